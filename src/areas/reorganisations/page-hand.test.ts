import assert from "node:assert/strict";
import { test } from "node:test";
import { type Destination, levelEnds, NOWHERE, newPart, partChanges, partsReady, shareOf } from "./page-hand.ts";

const fresh = (code: string): Destination => ({
	...NOWHERE,
	code,
	name: `Xã ${code}`,
	parent: { id: "7", code: "01", name: "Tỉnh Một" },
});

test("a share is a fraction or a whole percentage", () => {
	assert.deepEqual(shareOf("3/7"), { numerator: 3, denominator: 7 });
	assert.deepEqual(shareOf(" 40% "), { numerator: 40, denominator: 100 });
	assert.equal(shareOf(""), undefined);
	for (const wrong of ["40", "8/7", "1/0", "x"]) assert.equal(shareOf(wrong), null);
});

test("a parting needs two places, and shares for all of them or for none", () => {
	const parts = [
		{ ...newPart(), to: fresh("1") },
		{ ...newPart(), to: fresh("2") },
	];
	assert.equal(partsReady(parts, ""), true);
	assert.equal(partsReady(parts.slice(1), ""), false);
	const one = [{ ...parts[0], share: "3/7" }, parts[1]];
	assert.equal(partsReady(one, "Biên bản"), false);
	const both = [one[0], { ...parts[1], share: "4/7" }];
	assert.equal(partsReady(both, ""), false);
	assert.equal(partsReady(both, "Biên bản"), true);
	assert.deepEqual(
		partChanges(5, both, "Biên bản", 1).map((change) => change.kind),
		["create", "create", "succeed", "succeed"],
	);
});

test("a level ends: its districts, and what stood under them goes up to their province", () => {
	const units = [
		{ id: 1, kind: "province" as const, parentId: 0 },
		{ id: 2, kind: "district" as const, parentId: 1 },
		{ id: 3, kind: "commune" as const, parentId: 2 },
		{ id: 4, kind: "province" as const, parentId: 0 },
		{ id: 5, kind: "district" as const, parentId: 4 },
	];
	assert.deepEqual(levelEnds(units, 1), [
		{ kind: "change", unitId: 3, parent: { unitId: 1 } },
		{ kind: "end", unitId: 2 },
	]);
	// The draft of the whole country is about the centre, which is not among them.
	assert.equal(levelEnds(units, 0).length, 3);
});
