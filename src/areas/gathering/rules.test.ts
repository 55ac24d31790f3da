import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitKind } from "../units/contract.ts";
import type { Parts } from "./contract.ts";
import {
	classCounts,
	countOver100,
	isAtOrBelow,
	type Level,
	levelOf,
	levelsBelow,
	monthlyPoints,
	rowOf,
	type Sum,
	totalOf,
} from "./rules.ts";
import { rulesFor, stepsOf } from "./rules-explain.ts";

const NOTHING: Parts = {
	roster: 0,
	unlisted: 0,
	trade_union: 0,
	armed_forces: 0,
	member_organisation: 0,
	upper_club: 0,
	overlap: 0,
};

function sum(kind: UnitKind, roster: number, women18: number | null, more: Partial<Sum> = {}): Sum {
	const parts = { ...NOTHING, roster };
	return {
		id: 1,
		code: "00001",
		name: "Xã A",
		kind,
		parentId: 2,
		women18,
		without: women18 === null ? 1 : 0,
		estimated: false,
		parts,
		...more,
	};
}

test("a total adds every part and subtracts the declared overlap", () => {
	assert.equal(totalOf(NOTHING), 0);
	const parts = {
		roster: 100,
		unlisted: 20,
		trade_union: 10,
		armed_forces: 5,
		member_organisation: 3,
		upper_club: 2,
		overlap: 4,
	};
	assert.equal(totalOf(parts), 136);
});

test("rate, class and what is missing follow the kind of unit and the integers (R1, R6)", () => {
	const cases: [UnitKind, number, number | null, string | null, string | null, number | null][] = [
		["commune", 599, 1000, "59.90", "under", 2],
		["commune", 600, 1000, "60.00", "exactly", 1],
		["commune", 601, 1000, "60.10", "over", 0],
		["commune", 59_999, 100_000, "59.99", "under", 2],
		["commune", 60_001, 100_000, "60.01", "over", 0],
		["commune", 1500, 1000, "150.00", "over", 0],
		["commune", 0, 1000, "0.00", "under", 601],
		["commune", 10, null, null, null, null],
		["unassigned", 10, 100, null, null, null],
		["branch", 10, null, null, null, null],
		["district", 600, 1000, "60.00", null, null],
		["province", 599, 1000, "59.90", null, null],
		["cluster", 599, 1000, "59.90", null, null],
		["centre", 10, null, null, null, null],
	];
	for (const [kind, members, women18, rate, cls, missing] of cases) {
		const row = rowOf(sum(kind, members, women18), "2023-05-29");
		assert.deepEqual([row.rate, row.class, row.missing], [rate, cls, missing], `${kind} ${members}/${women18}`);
		assert.equal(row.members, members);
	}
});

test("class lists hold communes only; those without a denominator stand apart; over 100% is counted", () => {
	const rows = [
		sum("commune", 599, 1000),
		sum("commune", 600, 1000),
		sum("commune", 1001, 1000),
		sum("commune", 1000, 1000),
		sum("commune", 5, null),
		sum("unassigned", 5, 1000),
	].map((one) => rowOf(one, "2023-05-29"));
	assert.deepEqual(classCounts(rows), { under: 1, exactly: 1, over: 2, none: 1 });
	assert.equal(countOver100(rows), 1);
});

test("levels lie at or below a unit, never above", () => {
	const cases: [Level, UnitKind, boolean][] = [
		["centre", "centre", true],
		["cluster", "province", false],
		["province", "cluster", true],
		["district", "province", true],
		["province", "district", false],
		["commune", "unassigned", true],
		["branch", "commune", true],
		["commune", "branch", false],
		["branch", "special_base", false],
	];
	for (const [level, kind, expected] of cases)
		assert.equal(isAtOrBelow(level, kind), expected, `${level} under ${kind}`);
	assert.equal(levelOf("special_base"), null);
	assert.equal(levelOf("force"), null);
	assert.equal(levelOf("unassigned"), "commune");
	assert.deepEqual(levelsBelow("province"), ["district", "commune"]);
});

test("the points of a line are first days of months and its two ends", () => {
	assert.deepEqual(monthlyPoints("2024-11-15", "2025-02-10"), [
		"2024-11-15",
		"2024-12-01",
		"2025-01-01",
		"2025-02-01",
		"2025-02-10",
	]);
	assert.deepEqual(monthlyPoints("2025-01-01", "2025-01-01"), ["2025-01-01"]);
	assert.deepEqual(monthlyPoints("2025-02-01", "2025-01-01"), []);
});

test("the lines of Cách tính add up to the total, and no R-number reaches the screen", () => {
	const parts = { ...NOTHING, roster: 100, unlisted: 20, trade_union: 10, overlap: 4 };
	const row = rowOf(sum("commune", 0, 200, { parts }), "2023-05-29");
	const steps = stepsOf(row);
	const added = steps.reduce(
		(total, step) => total + (step.sign === "+" ? step.value : step.sign === "-" ? -step.value : 0),
		0,
	);
	assert.equal(added, row.members);
	for (const kind of ["commune", "province", "unassigned", "branch"] as const)
		for (const rule of rulesFor(kind, parts, { name: "Nhiệm kỳ 2022 - 2027", recomputed: true })) {
			assert.doesNotMatch(rule.text + rule.place, /\bR\d/);
			assert.match(rule.place, /mục II, Hướng dẫn 21\/HD-ĐCT|chưa quy định/);
		}
	assert.ok(
		rulesFor("commune", parts, { name: "", recomputed: true }).some((rule) =>
			rule.text.includes("tính lại theo cách tính 2022 - 2027"),
		),
	);
});
