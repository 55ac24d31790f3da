import assert from "node:assert/strict";
import { test } from "node:test";
import { dayIn, flagIn, idIn, latestDay, textIn, wordIn } from "./search.ts";

test("an address with nonsense in it opens the page as if it were not there", () => {
	assert.equal(dayIn({ on: "2025-02-30" }, "on"), undefined);
	assert.equal(dayIn({ on: 20250701 }, "on"), undefined);
	assert.equal(dayIn({ on: "2016-12-31" }, "on"), undefined, "before the first day kept");
	assert.equal(dayIn({ on: "2025-07-01" }, "on"), "2025-07-01");
	assert.equal(idIn({ unit: "-1" }, "unit"), undefined);
	assert.equal(idIn({ unit: 1.5 }, "unit"), undefined);
	assert.equal(idIn({ unit: 42 }, "unit"), 42);
	assert.equal(wordIn({ list: "all" }, "list", ["under", "over"]), undefined);
	assert.equal(wordIn({ list: "over" }, "list", ["under", "over"]), "over");
	assert.equal(flagIn({ whole: "yes" }, "whole"), undefined);
});

test("a search by code comes back as it was typed", () => {
	assert.equal(textIn({ q: 26041 }, "q"), "26041");
	assert.equal(textIn({ q: "  " }, "q"), undefined);
	assert.equal(textIn({ q: "hòa" }, "q"), "hòa");
});

test("any day until the end of next year may be asked about", () => {
	assert.equal(latestDay("2025-11-20"), "2026-12-31");
});
