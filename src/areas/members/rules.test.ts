import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, addMonths, type Day } from "../../core/day.ts";
import { type CountedSpell, countingOf, holds, needsReview, statusOn } from "./rules.ts";

const permanent = (id: string, joined: Day, left: Day | null = null): CountedSpell => ({
	id,
	stage: "recognised",
	joined,
	left,
	residences: [{ kind: "permanent", start: null, until: null }],
});
const temporary = (id: string, joined: Day, start: Day | null, left: Day | null = null): CountedSpell => ({
	...permanent(id, joined, left),
	residences: [{ kind: "temporary", start, until: null }],
});
const counting = (...spells: CountedSpell[]) => Object.fromEntries(countingOf(spells, { honorary: false }));

test("the joining day counts, the leaving day does not", () => {
	assert.deepEqual(counting(permanent("a", "2020-03-01", "2023-05-01")), {
		a: [{ from: "2020-03-01", to: "2023-05-01" }],
	});
});

test("a temporary resident counts from the day six months after her start, the end of the month clamped", () => {
	for (const [start, from] of [
		["2023-08-31", "2024-02-29"],
		["2022-08-31", "2023-02-28"],
		["2023-01-15", "2023-07-15"],
	])
		assert.deepEqual(counting(temporary("a", "2023-01-01", start)), { a: [{ from, to: null }] });
	assert.deepEqual(counting(temporary("a", "2025-01-01", "2020-01-01")), { a: [{ from: "2025-01-01", to: null }] });
});

test("never counted: no start, proposed, honorary, left before six months, no residence", () => {
	assert.deepEqual(counting(temporary("a", "2020-01-01", null)), { a: [] });
	assert.deepEqual(counting({ ...permanent("a", "2020-01-01"), stage: "proposed" }), { a: [] });
	assert.deepEqual([...countingOf([permanent("a", "2020-01-01")], { honorary: true })], [["a", []]]);
	assert.deepEqual(counting(temporary("a", "2020-01-01", "2020-01-01", "2020-07-01")), { a: [] });
	assert.deepEqual(counting({ ...permanent("a", "2020-01-01"), residences: [] }), { a: [] });
});

test("a destination takes over on the day six months have run, and home resumes when it ends", () => {
	assert.deepEqual(
		counting(permanent("home", "2015-01-01"), temporary("away", "2020-02-01", "2020-01-10", "2022-06-01")),
		{
			home: [
				{ from: "2015-01-01", to: "2020-07-10" },
				{ from: "2022-06-01", to: null },
			],
			away: [{ from: "2020-07-10", to: "2022-06-01" }],
		},
	);
});

test("a destination that did not stand yet takes nobody over before its first day", () => {
	const home = permanent("home", "2010-05-01");
	const away = { ...temporary("away", "2024-01-01", "2024-03-01"), standsFrom: "2025-07-01" };
	assert.deepEqual(counting(home, away), {
		home: [{ from: "2010-05-01", to: "2025-07-01" }],
		away: [{ from: "2025-07-01", to: null }],
	});
});

test("a unit that never stands takes nobody over, and keeps those who are nowhere else", () => {
	const away = { ...temporary("away", "2020-01-01", "2020-01-01", "2021-01-01"), standsFrom: null };
	assert.deepEqual(counting(permanent("home", "2010-05-01"), away), {
		home: [{ from: "2010-05-01", to: null }],
		away: [],
	});
	assert.deepEqual(counting(away), { away: [{ from: "2020-07-01", to: "2021-01-01" }] });
});

test("from temporary to permanent in one commune: one unbroken period", () => {
	const spell = {
		...permanent("a", "2019-01-01"),
		residences: [
			{ kind: "temporary" as const, start: "2019-01-01", until: "2021-05-01" },
			{ kind: "permanent" as const, start: "2021-05-01", until: null },
		],
	};
	assert.deepEqual(counting(spell), { a: [{ from: "2019-07-01", to: null }] });
});

const day = fc.integer({ min: 0, max: 3000 }).map((days) => addDays("2017-01-01", days));
const residence = fc.record({
	kind: fc.constantFrom("permanent" as const, "temporary" as const),
	start: fc.option(day, { nil: null }),
	until: fc.option(day, { nil: null }),
});
const spell = fc.record({
	stage: fc.constantFrom("recognised" as const, "recognised" as const, "proposed" as const),
	joined: day,
	left: fc.option(day, { nil: null }),
	residences: fc.array(residence, { maxLength: 3 }),
});

/** Whether a spell alone would count on the day, read off the guidance, not off the code. */
function present(each: CountedSpell, on: Day): boolean {
	if (each.stage !== "recognised" || on < each.joined || (each.left !== null && on >= each.left)) return false;
	return each.residences.some((where) => {
		if (where.until !== null && on >= where.until) return false;
		if (where.kind === "permanent") return where.start === null || where.start <= on;
		return where.start !== null && addMonths(where.start, 6) <= on;
	});
}

test("law: on any day exactly one spell counts where any would, none where none would; the status says which", () => {
	fc.assert(
		fc.property(
			fc.array(spell, { minLength: 1, maxLength: 4 }),
			fc.array(day, { minLength: 20, maxLength: 20 }),
			(drawn, days) => {
				const spells = drawn.map((each, index) => ({ ...each, id: `s${index}` }));
				const counts = countingOf(spells, { honorary: false });
				const edges = [...counts.values()]
					.flat()
					.flatMap((period) => [period.from, addDays(period.from, -1), period.to ?? period.from]);
				for (const on of [...days, ...edges]) {
					const counted = spells.filter((each) => holds(counts.get(each.id) ?? [], on));
					assert.equal(counted.length, spells.some((each) => present(each, on)) ? 1 : 0, `on ${on}`);
					for (const each of counted) assert.ok(present(each, on));
					for (const each of spells) {
						const { status, countsFrom } = statusOn(each, counts.get(each.id) ?? [], false, on);
						assert.equal(status === "counts", counted.includes(each));
						assert.equal(status === "elsewhere", present(each, on) && !counted.includes(each));
						assert.ok(countsFrom === null || countsFrom > on);
					}
				}
			},
		),
		{ numRuns: 2000 },
	);
});

test("law: an interval that ends before it begins counts nothing; periods are ordered, apart and not empty", () => {
	fc.assert(
		fc.property(fc.array(spell, { maxLength: 4 }), (drawn) => {
			const spells = drawn.map((each, index) => ({ ...each, id: `s${index}` }));
			for (const periods of countingOf(spells, { honorary: false }).values())
				for (const [index, period] of periods.entries()) {
					assert.ok(period.to === null || period.from < period.to);
					if (index > 0) assert.ok((periods[index - 1].to as Day) < period.from);
				}
		}),
		{ numRuns: 2000 },
	);
});

test("residence is to be looked at after 12 months away from the permanent, 6 from the temporary one", () => {
	const home = [{ kind: "permanent" as const, start: null, until: null }];
	const rented = [{ kind: "temporary" as const, start: "2020-01-01", until: null }];
	const away = [{ since: "2024-01-15", until: null }];
	assert.equal(needsReview(home, away, "2025-01-14"), false);
	assert.equal(needsReview(home, away, "2025-01-15"), true);
	assert.equal(needsReview(rented, away, "2024-07-14"), false);
	assert.equal(needsReview(rented, away, "2024-07-15"), true);
	assert.equal(needsReview(home, [{ since: "2024-01-15", until: "2024-12-01" }], "2026-01-01"), false);
});
