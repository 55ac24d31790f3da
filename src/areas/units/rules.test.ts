import assert from "node:assert/strict";
import { test } from "node:test";
import { isMadeKind, kindsUnder, kindWords } from "./rules.ts";

test("under a commune stand branches, clubs, special bases and forces; a group only under a branch", () => {
	assert.deepEqual(kindsUnder("commune"), ["branch", "club", "special_base", "force"]);
	assert.deepEqual(kindsUnder("branch"), ["group", "club"]);
	assert.deepEqual(kindsUnder("unassigned"), ["branch"]);
	assert.deepEqual(kindsUnder("group"), []);
});

test("administrative units are not made by people", () => {
	assert.equal(isMadeKind("commune"), false);
	assert.equal(isMadeKind("club"), true);
});

test("a commune's word is that of its time", () => {
	assert.equal(kindWords("commune", "2025-06-30"), "Xã, phường, thị trấn");
	assert.equal(kindWords("commune", "2025-07-01"), "Xã, phường, đặc khu");
	assert.equal(kindWords("branch", "2020-01-01"), "Chi hội");
});
