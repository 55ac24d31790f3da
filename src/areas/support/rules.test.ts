import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays } from "../../core/day.ts";
import { classOf, missingToPass } from "../../core/rate.ts";
import {
	dataDays,
	followRoadMap,
	lastDataDay,
	nextDataDay,
	notOverSince,
	proposedRoadMap,
	roadMapFault,
	stateOf,
} from "./rules.ts";
import { type CaseParts, mergedParts, remapped } from "./rules-follow.ts";

test("the half-years' data days are 9 June and 24 November (R8)", () => {
	assert.deepEqual(dataDays("2025-06-09", "2026-11-23"), ["2025-06-09", "2025-11-24", "2026-06-09"]);
	assert.equal(lastDataDay("2026-06-09"), "2025-11-24", "the day itself is not over");
	assert.equal(lastDataDay("2026-06-10"), "2026-06-09");
	assert.equal(nextDataDay("2026-06-09"), "2026-06-09");
	assert.equal(nextDataDay("2026-11-25"), "2027-06-09");
});

test("a case is confirmed by the last data day alone, and falls back from any", () => {
	assert.equal(stateOf(false, []), "open");
	assert.equal(stateOf(false, [false, false]), "open");
	assert.equal(stateOf(true, []), "waiting");
	assert.equal(stateOf(true, [true, false]), "waiting", "fell back meanwhile and rose again");
	assert.equal(stateOf(true, [false, true]), "confirmed");
	assert.equal(stateOf(false, [true, false]), "fell_back");
	assert.equal(stateOf(false, [true]), "fell_back");
});

test("a road map ends strictly over 60 %, goes up, and has one number a day", () => {
	const at = (day: string, members: number) => ({ day, members });
	assert.equal(roadMapFault([at("2026-06-09", 50), at("2026-11-24", 61)], 100), null);
	assert.match(roadMapFault([at("2026-06-09", 60)], 100) as string, /từ 61 hội viên/);
	assert.match(roadMapFault([at("2026-06-09", 59)], 99) as string, /từ 60 hội viên/);
	assert.match(roadMapFault([at("2026-06-09", 61), at("2026-06-09", 62)], 100) as string, /mỗi ngày một mốc/);
	assert.match(roadMapFault([at("2026-06-09", 70), at("2026-11-24", 65)], 100) as string, /không được ít/);
	assert.equal(roadMapFault([at("2026-06-09", 1)], null), null, "without women18 nobody can say");
	assert.equal(roadMapFault([], 100), null);
});

const women = fc.integer({ min: 1, max: 20_000 });
const members = fc.integer({ min: 0, max: 25_000 });

test("a proposed road map is one the rule takes", () => {
	fc.assert(
		fc.property(members, women, fc.integer({ min: 1, max: 6 }), (has, women18, halfYears) => {
			const proposed = proposedRoadMap(has, women18, "2026-11-22", halfYears);
			assert.equal(proposed.length > 0, classOf(has, women18) !== "over");
			assert.equal(roadMapFault(proposed, women18), null);
		}),
	);
});

const way = fc
	.record({ has: members, women18: women, halfYears: fc.integer({ min: 1, max: 5 }), start: fc.nat(900) })
	.map(({ has, women18, halfYears, start }) => {
		const milestones = proposedRoadMap(has, women18, addDays("2024-01-01", start), halfYears);
		return { from: has, need: has + missingToPass(has, women18), milestones };
	});

test("a road map that follows a reorganisation keeps the days, never goes down and ends just over 60 %", () => {
	fc.assert(
		fc.property(fc.array(way, { minLength: 1, maxLength: 4 }), members, women, (ways, has, women18) => {
			const need = has + missingToPass(has, women18);
			const followed = followRoadMap(ways, { members: has, need });
			if (classOf(has, women18) === "over" || ways.every(({ milestones }) => milestones.length === 0)) {
				assert.deepEqual(followed, []);
				return;
			}
			assert.deepEqual(
				followed.map(({ day }) => day),
				[...new Set(ways.flatMap(({ milestones }) => milestones.map(({ day }) => day)))].sort(),
			);
			assert.equal(roadMapFault(followed, women18), null);
			assert.equal(followed.at(-1)?.members, need);
			assert.ok(followed.every((one) => one.members >= has));
		}),
	);
});

test("a commune that nothing happened to keeps its road map to the letter", () => {
	const milestones = [{ day: "2026-06-09", members: 61, note: "x", recomputed: false }];
	const drawn = [{ members: 50, women18: 100, milestones }];
	assert.deepEqual(remapped(drawn, { carried: false, members: 70, women18: 100 }), milestones);
	const [moved] = remapped(drawn, { carried: false, members: 50, women18: 200 });
	assert.deepEqual(moved, { day: "2026-06-09", members: 121, note: "", recomputed: true });
});

test("two cases as one lose nothing that was said", () => {
	const none: CaseParts = { causes: [], groups: [], milestones: [], solutions: [], resources: [], partners: [] };
	const one = {
		...none,
		causes: [{ cause: "cause.away", weight: 1, evidence: "300 chị" }],
		groups: [{ group: "group.away", women: 300, note: "" }],
	};
	const two = {
		...none,
		causes: [
			{ cause: "cause.away", weight: 3, evidence: "200 chị" },
			{ cause: "cause.cadres", weight: 2, evidence: "" },
		],
		groups: [{ group: "group.away", women: 200, note: "theo sổ tạm trú" }],
	};
	const { causes, groups } = mergedParts([one, two]);
	assert.deepEqual(causes, [
		{ cause: "cause.away", weight: 3, evidence: "300 chị\n200 chị" },
		{ cause: "cause.cadres", weight: 2, evidence: "" },
	]);
	assert.deepEqual(groups, [{ group: "group.away", women: 500, note: "theo sổ tạm trú" }]);
});

test("since when a commune is on the list is told by data days, back to the last one at which it was over", () => {
	const days = ["2024-06-09", "2024-11-24", "2025-06-09"];
	assert.equal(notOverSince(days, [50, 50, 50], 100), "2024-06-09");
	assert.equal(notOverSince(days, [50, 61, 60], 100), "2025-06-09", "exactly 60 % is on the list");
	assert.equal(notOverSince(days, [50, 50, 61], 100), null);
	assert.equal(notOverSince(days, [1, 1, 1], null), null);
});
