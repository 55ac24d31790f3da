import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, addMonths } from "../../core/day.ts";
import { classOf } from "../../core/rate.ts";
import {
	expectedOn,
	type Ground,
	lineOf,
	MONTHS_AHEAD,
	neededPerMonth,
	type Plan,
	passingOf,
} from "./rules-calculator.ts";

const ON = "2026-11-23";
const ground = (more: Partial<Ground> = {}): Ground => ({
	on: ON,
	members: 590,
	women: 1000,
	coming: [],
	spread: [],
	...more,
});
const plan = (more: Partial<Plan> = {}): Plan => ({
	perMonth: 0,
	includesComing: true,
	leaversPerYear: 0,
	openings: [],
	...more,
});

test("exactly 60 % is not over: the day is the one on which 5·members is more than 3·women", () => {
	// 590 and 2 a month: 600 after five months is exactly 60 %, 602 after six.
	assert.equal(passingOf(ground(), plan({ perMonth: 2 })).passes, "2027-05-23");
	assert.equal(passingOf(ground(), plan({ perMonth: 5 })).passes, "2027-02-23", "600 on the second, 605 on the third");
	assert.equal(passingOf(ground({ members: 601 }), plan()).passes, ON, "over already");
	assert.equal(passingOf(ground({ members: 600 }), plan()).passes, null);
});

test("six months of residence, leavers and a new branch each do what they say", () => {
	const coming = [{ day: "2026-12-10", women: 12 }];
	assert.equal(passingOf(ground({ coming }), plan()).passes, "2026-12-10");
	assert.equal(passingOf(ground({ coming }), plan({ includesComing: false })).passes, null);
	// Twelve a year: one of them has left after the first day already, so 602 becomes 600 within two months.
	const leaving = passingOf(ground({ coming }), plan({ leaversPerYear: 12 }));
	assert.deepEqual([leaving.passes, leaving.lasts], ["2026-12-10", false]);
	const opened = plan({ openings: [{ on: "2027-03-01", members: 9, perMonth: 1 }] });
	assert.equal(passingOf(ground(), opened).passes, "2027-05-01", "599, 600, 601");
	assert.equal(expectedOn(ground(), opened, "2027-02-28").members, 590);
	assert.equal(expectedOn(ground(), plan({ leaversPerYear: 100_000 }), "2028-01-01").members, 0, "never below nought");
});

test("the end of a month clamps: what comes by the month from 31 August comes on the last day of a shorter one", () => {
	const from = ground({ on: "2026-08-31" });
	assert.equal(expectedOn(from, plan({ perMonth: 3 }), "2027-02-27").members, 590 + 5 * 3);
	assert.equal(expectedOn(from, plan({ perMonth: 3 }), "2027-02-28").members, 590 + 6 * 3);
});

test("the interval of the forecast opens with time, straight between its days", () => {
	const spread = [
		{ on: addDays(ON, 100), low: -10, high: 20 },
		{ on: addDays(ON, 200), low: -30, high: 20 },
	];
	const at = (days: number) => {
		const { low, members, high } = expectedOn(ground({ spread }), plan(), addDays(ON, days));
		return [low - members, high - members];
	};
	assert.deepEqual(
		[at(0), at(50), at(100), at(150), at(999)],
		[
			[0, 0],
			[-5, 10],
			[-10, 20],
			[-20, 20],
			[-30, 20],
		],
	);
	const found = passingOf(ground({ spread }), plan({ perMonth: 3 }));
	assert.ok(
		found.earliest && found.passes && found.latest && found.earliest < found.passes && found.passes < found.latest,
	);
});

const plans = fc.record({
	perMonth: fc.integer({ min: 0, max: 200 }),
	includesComing: fc.boolean(),
	leaversPerYear: fc.integer({ min: 0, max: 500 }),
	openings: fc.array(
		fc.record({
			on: fc.integer({ min: 0, max: 900 }).map((days) => addDays(ON, days)),
			members: fc.integer({ min: 0, max: 300 }),
			perMonth: fc.integer({ min: 0, max: 20 }),
		}),
		{ maxLength: 3 },
	),
});
const grounds = fc
	.record({
		members: fc.integer({ min: 0, max: 20_000 }),
		women: fc.integer({ min: 1, max: 20_000 }),
		coming: fc.array(
			fc.record({
				day: fc.integer({ min: 1, max: 184 }).map((days) => addDays(ON, days)),
				women: fc.integer({ min: 1, max: 40 }),
			}),
			{ maxLength: 4 },
		),
		spread: fc.array(fc.tuple(fc.integer({ min: -400, max: 0 }), fc.integer({ min: 0, max: 400 })), { maxLength: 6 }),
	})
	.map(
		({ spread, ...rest }): Ground => ({
			...rest,
			on: ON,
			spread: spread.map(([low, high], at) => ({ on: addMonths(ON, 6 * (at + 1)), low, high })),
		}),
	);

test("the day named is the first over, the day before is not; the bounds stand on their sides of it", () => {
	fc.assert(
		fc.property(grounds, plans, (base, given) => {
			const { passes, earliest, latest, hasInterval } = passingOf(base, given);
			const classAt = (day: string) => classOf(expectedOn(base, given, day).members, base.women);
			if (passes !== null) {
				assert.equal(classAt(passes), "over");
				if (passes > base.on) assert.notEqual(classAt(addDays(passes, -1)), "over");
			} else assert.notEqual(classAt(addMonths(base.on, MONTHS_AHEAD)), "over");
			if (!hasInterval) return assert.deepEqual([earliest, latest], [null, null]);
			if (passes !== null) assert.ok(earliest !== null && earliest <= passes);
			if (latest !== null) assert.ok(passes !== null && passes <= latest);
		}),
		{ numRuns: 60 },
	);
});

test("more a month is never later, and the fewest a month that is over by a day is the fewest", () => {
	fc.assert(
		fc.property(grounds, plans, fc.integer({ min: 0, max: 30 }), (base, given, more) => {
			const [less, greater] = [passingOf(base, given), passingOf(base, { ...given, perMonth: given.perMonth + more })];
			if (less.passes !== null) assert.ok(greater.passes !== null && greater.passes <= less.passes);
		}),
		{ numRuns: 40 },
	);
	fc.assert(
		fc.property(grounds, plans, fc.integer({ min: 0, max: 1000 }), (base, given, days) => {
			const by = addDays(base.on, days);
			const needed = neededPerMonth(base, given, by);
			const isOver = (perMonth: number) =>
				classOf(expectedOn(base, { ...given, perMonth }, by).members, base.women) === "over";
			if (needed === null) return assert.ok(!isOver(100_000));
			assert.ok(isOver(needed) && (needed === 0 || !isOver(needed - 1)));
		}),
		{ numRuns: 200 },
	);
});

test("a line has today and every month ahead, its numbers whole and in order", () => {
	fc.assert(
		fc.property(grounds, plans, (base, given) => {
			const line = lineOf(base, given);
			assert.equal(line.length, MONTHS_AHEAD + 1);
			for (const { low, members, high } of line)
				assert.ok([low, members, high].every(Number.isSafeInteger) && low >= 0 && low <= members && members <= high);
		}),
		{ numRuns: 60 },
	);
});
