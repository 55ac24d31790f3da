import assert from "node:assert/strict";
import { test } from "node:test";
import { importSearch, MEMBER_LISTS, membersSearch, STATUSES_OF } from "./search-people.ts";

test("what an address says of the list of members is taken only where it makes sense", () => {
	assert.deepEqual(membersSearch({ which: "left", unit: "12", q: "lan", end: true, pick: true, on: "2025-02-30" }), {
		on: undefined,
		unit: 12,
		branch: undefined,
		which: "left",
		q: "lan",
		end: true,
		pick: true,
	});
	assert.equal(membersSearch({ which: "everyone" }).which, undefined);
	assert.deepEqual(importSearch({ only: "ask", code: "id.missing" }), { only: "ask", code: "id.missing" });
});

test("every list of statuses is one that can be chosen", () => {
	for (const list of Object.keys(STATUSES_OF)) assert.ok((MEMBER_LISTS as readonly string[]).includes(list), list);
});
