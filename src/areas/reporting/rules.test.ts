import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { uuidv7 } from "../../core/id.ts";
import { classOfWord } from "./rules-classes.ts";
import { isBalanced, ratesOf } from "./rules-content.ts";
import { FIGURE_BY_KEY, FIGURES, keysOf, sumFigures } from "./rules-figures.ts";
import { admittedIn, joinInputs, movementOf, partInputs, structureOf } from "./rules-inputs.ts";
import { jumpsOf } from "./rules-jumps.ts";
import { dueOf, OTHER_KINDS, otherPeriod, proposedPeriods } from "./rules-periods.ts";
import { needsLook, signalsOf } from "./rules-signals.ts";
import { inTimeShare, longWords, namedShare, shortWords } from "./rules-timeliness.ts";

const QUIET = {
	counts: {},
	members: new Uint8Array(0),
	admitted: admittedIn(new Uint8Array(0)),
	before: null,
	twice: 0,
	sameDate: null,
};

test("half-years follow one another: the movement begins the day after the last data, and the levels report one after the other (R8)", () => {
	const [last, next] = proposedPeriods("2026-11-22");
	assert.deepEqual([last.name, last.from, last.dataUntil], ["6 tháng đầu năm 2026", "2025-11-25", "2026-06-09"]);
	assert.deepEqual([next.name, next.from, next.dataUntil], ["6 tháng cuối năm 2026", "2026-06-10", "2026-11-24"]);
	assert.deepEqual(next.dueLevels, { commune: "2026-11-30", province: "2026-12-10", cluster: "2026-12-13" });
	assert.deepEqual(
		["commune", "province", "centre"].map((level) => dueOf(next, level)),
		["2026-11-30", "2026-12-10", "2026-12-15"],
	);
	// The last day in time still is the period's; districts report up to their end.
	assert.equal(proposedPeriods("2026-06-09")[1]?.dataUntil, "2026-06-09");
	assert.equal(proposedPeriods("2026-06-10")[0]?.dataUntil, "2026-06-09");
	assert.deepEqual(proposedPeriods("2025-06-09")[1]?.levels, ["commune", "district", "province", "cluster", "centre"]);
	assert.deepEqual(proposedPeriods("2025-11-01")[1]?.levels, ["commune", "province", "cluster", "centre"]);
});

test("typed words are told apart without tones and case", () => {
	const of = (mark: string, ...words: string[]) => words.map((word) => classOfWord(`${mark}${word}`));
	assert.deepEqual(of("e", "Kinh", "KINH", "Việt", "Tày", "Người Kinh", ""), [1, 1, 1, 2, 1, 0]);
	assert.deepEqual(of("r", "Không", "không theo", "Phật giáo", "Công giáo", ""), [1, 1, 2, 2, 0]);
	assert.deepEqual(
		of(
			"o",
			"Làm nông",
			"Công nhân may",
			"Buôn bán nhỏ",
			"Giáo viên",
			"Nội trợ",
			"Hưu trí",
			"Sinh viên",
			"Giám đốc công ty",
			"Họa sĩ",
			"",
		),
		[1, 2, 3, 5, 7, 8, 6, 4, 9, 0],
	);
});

test("every figure has one key, and the form chooses among the groups it may leave out", () => {
	assert.equal(FIGURE_BY_KEY.size, FIGURES.length);
	assert.ok(keysOf([]).includes("closing"));
	assert.ok(!keysOf([]).includes("party_yes"));
	assert.ok(keysOf(["party"]).includes("party_yes"));
});

test("sums leave out what is not known; nothing known stays unknown", () => {
	const keys = ["members", "women18"];
	assert.deepEqual(
		sumFigures(keys, [
			{ members: 2, women18: null },
			{ members: 3, women18: 9 },
		]),
		{ members: 5, women18: 9 },
	);
	assert.deepEqual(sumFigures(keys, [{ members: 2, women18: null }]), { members: 2, women18: null });
});

test("packed rows: structures each add up to the members, and moves to their signs", () => {
	const member = fc.record({
		age: fc.integer({ min: 0, max: 5 }),
		people: fc.integer({ min: 0, max: 2 }),
		religion: fc.integer({ min: 0, max: 2 }),
		party: fc.integer({ min: 0, max: 2 }),
		trade: fc.integer({ min: 0, max: 9 }),
	});
	fc.assert(
		fc.property(fc.array(member), fc.array(fc.constantFrom(1, 2, 3, 4, -1, -2, -3, -4, -5)), (women, kinds) => {
			const members = Buffer.alloc(women.length * 20);
			for (const [at, one] of women.entries())
				members.writeInt32BE(
					one.age + 8 * one.people + 32 * one.religion + 128 * one.party + 512 * one.trade,
					at * 20 + 16,
				);
			const moves = Buffer.alloc(kinds.length * 18);
			for (const [at, kind] of kinds.entries()) moves.writeInt16BE(kind, at * 18 + 16);
			const parted = partInputs(joinInputs(Buffer.from("{}"), members, moves));
			const structure = structureOf(parted.members);
			for (const group of ["age", "ethnicity", "religion", "party", "trade"]) {
				const sum = FIGURES.filter((one) => one.group === group).reduce(
					(all, { key }) => all + (structure[key] ?? 0),
					0,
				);
				assert.equal(sum, women.length, group);
			}
			assert.equal(structure.party_yes, women.filter(({ party }) => party === 2).length);
			const movement = movementOf(parted.moves);
			const net = kinds.reduce((sum, kind) => sum + Math.sign(kind), 0);
			const counts = { ...movement, opening: 1000, unnamed: 0, closing: 1000 + net };
			assert.ok(isBalanced(counts));
			assert.ok(!isBalanced({ ...counts, closing: counts.closing + 1 }));
		}),
	);
});

test("a figure jumps by a tenth and ten at least; comings and goings against the opening; over 100 % is said", () => {
	const keys = (now: object, before: object | null) =>
		jumpsOf({ ...now }, before && { frozen: true, counts: { ...before } }).map(({ key }) => key);
	const told = (now: object, before: object | null, frozen = true) =>
		signalsOf(
			{ ...QUIET, counts: { ...now }, before: before && { frozen, counts: { ...before } } },
			{ from: "2025-11-25", dataUntil: "2026-06-09", due: "2026-06-15" },
		).map(({ kind, key }) => `${kind} ${key}`);
	assert.deepEqual(keys({ members: 110 }, { members: 100 }), ["members"]);
	assert.deepEqual(keys({ members: 109 }, { members: 100 }), []);
	assert.deepEqual(keys({ members: 90 }, { members: 100 }), ["members"]);
	assert.deepEqual(keys({ members: 9 }, { members: 0 }), []);
	assert.deepEqual(keys({ members: 500 }, null), []);
	assert.deepEqual(keys({ opening: 600, left: 30 }, null), ["left"]);
	assert.deepEqual(keys({ opening: 601, left: 30 }, null), []);
	assert.deepEqual(told({ members: 101, women18: 100 }, null), ["over_100 women18"]);
	assert.deepEqual(
		told({ members: 50, dead: 0 }, { members: 50, dead: 2 }),
		["copied members"],
		"word for word the last report",
	);
	assert.deepEqual(told({ members: 50 }, { members: 50 }, false), [], "what nobody reported is not copied");
});

test("a commune has a class, what stands above it a rate for reference only; completeness is never rounded up to all", () => {
	const counts = { members: 60, women18: 100, roster: 99_999, unlisted: 1 };
	assert.deepEqual(ratesOf("commune", counts), { rate: "60.00", class: "exactly", missing: 1, completeness: "99.99" });
	assert.deepEqual(ratesOf("province", counts), { rate: "60.00", class: null, missing: null, completeness: "99.99" });
	assert.deepEqual(ratesOf("commune", { members: 5, women18: null, roster: 0, unlisted: 0 }), {
		rate: null,
		class: null,
		missing: null,
		completeness: null,
	});
});

/** Moves as the database packs them: admitted, each membership written down on a day at noon in Việt Nam. */
function admittedOn(days: readonly string[], kind = 1): Uint8Array {
	const packed = Buffer.alloc(days.length * 18);
	for (const [at, day] of days.entries()) {
		packed.write(uuidv7(Date.parse(`${day}T12:00:00+07:00`)).replaceAll("-", ""), at * 18, "hex");
		packed.writeInt16BE(kind, at * 18 + 16);
	}
	return packed;
}

test("newcomers written down in the last seven days three times faster than before are told, and who came otherwise is not", () => {
	const kinds = (moves: Uint8Array) =>
		signalsOf(
			{ ...QUIET, admitted: admittedIn(moves) },
			{ from: "2025-11-25", dataUntil: "2026-06-09", due: "2026-06-15" },
		).map(({ kind, count }) => `${kind} ${count}`);
	const many = (day: string, count: number) => Array.from({ length: count }, () => day);
	assert.deepEqual(kinds(admittedOn(many("2026-06-03", 20))), ["late_entries 20"]);
	assert.deepEqual(kinds(admittedOn(many("2026-06-15", 20))), ["late_entries 20"]);
	assert.deepEqual(kinds(admittedOn(many("2026-06-03", 19))), [], "a few are no haste");
	assert.deepEqual(kinds(admittedOn(many("2026-06-02", 40))), [], "before the last seven days");
	assert.deepEqual(kinds(admittedOn(many("2026-07-01", 40))), [], "a roster taken over long after the deadline");
	assert.deepEqual(kinds(admittedOn(many("2026-06-05", 40), 2)), [], "who moved in is no newcomer");
	// 190 days before, 13 up to the deadline: 20 late are three times the pace of 97, not of 98.
	assert.deepEqual(kinds(admittedOn([...many("2026-06-05", 20), ...many("2026-03-01", 97)])), ["late_entries 20"]);
	assert.deepEqual(kinds(admittedOn([...many("2026-06-05", 20), ...many("2026-03-01", 98)])), []);
});

test("a common day of joining, women who may stand twice and ages nobody has are told with how many they are", () => {
	const period = { from: "2025-11-25", dataUntil: "2026-06-09", due: "2026-06-15" };
	const moves = admittedOn(Array.from({ length: 40 }, () => "2026-03-01"));
	const kinds = (more: object) =>
		signalsOf({ ...QUIET, admitted: admittedIn(moves), ...more }, period).map(({ kind, count }) => [kind, count]);
	assert.deepEqual(kinds({ sameDate: { day: "2026-03-08", count: 20 } }), [["same_date", 20]]);
	assert.deepEqual(kinds({ sameDate: { day: "2026-03-08", count: 19 } }), []);
	assert.deepEqual(kinds({ twice: 3 }), [["twice", 3]]);
	const members = Buffer.alloc(4 * 20);
	for (const [at, age] of [1, 1, 5, 3].entries()) members.writeInt32BE(age, at * 20 + 16);
	assert.deepEqual(kinds({ members }), [
		["under_18", 2],
		["over_110", 1],
	]);
});

test("approved in one act is what has neither jump nor signal, names nobody missing and corrects nothing", () => {
	const quiet = { state: "submitted", jumps: [], signals: [], missing: [] };
	assert.equal(needsLook(quiet), false);
	for (const odd of [{ state: "restating" }, { jumps: [{}] }, { signals: [{}] }, { missing: ["Xã"] }])
		assert.equal(needsLook({ ...quiet, ...odd }), true);
});

test("the share in time and of named members is rounded down: 100 only where it is all", () => {
	const cell = { expected: 1000, inTime: 999, late: 1, pending: 0, named: 99_999, unlisted: 1 };
	assert.deepEqual([inTimeShare(cell), namedShare(cell), shortWords(cell)], [99, "99.99", "99%"]);
	assert.deepEqual(longWords(cell), "đúng hạn 999, gửi muộn 1, chưa gửi 0; đã có tên 99,99% số hội viên");
	const one = { expected: 1, inTime: 0, late: 0, pending: 0, named: null, unlisted: null };
	assert.deepEqual([shortWords(one), namedShare(one)], ["chưa gửi", null]);
	assert.deepEqual([shortWords({ ...one, late: 1 }), shortWords(one, true)], ["muộn", "chưa"]);
	const early = { ...cell, inTime: 4, late: 0, pending: 996 };
	assert.deepEqual(
		[inTimeShare(early), inTimeShare({ ...one, pending: 1 })],
		[100, null],
		"what is not due is not missing",
	);
});

test("a period of another kind is shown with days that can be opened as they are, and a plan is of the year half a year ahead", () => {
	for (const today of ["2026-01-01", "2026-06-30", "2026-11-23", "2026-12-31"])
		for (const kind of Object.keys(OTHER_KINDS) as (keyof typeof OTHER_KINDS)[]) {
			const { from, dataUntil, opensOn, dueOn, levels } = otherPeriod(kind, today);
			assert.ok(from <= dataUntil && dataUntil <= dueOn && opensOn <= dueOn && levels.length > 0, `${kind} ${today}`);
		}
	assert.equal(otherPeriod("plan", "2026-06-30").name, "Kế hoạch năm 2026");
	assert.equal(otherPeriod("plan", "2026-11-23").name, "Kế hoạch năm 2027");
});
