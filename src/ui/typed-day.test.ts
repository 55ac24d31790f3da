import assert from "node:assert/strict";
import { test } from "node:test";
import { typedDay } from "./typed-day.ts";

test("a typed day is read day first, in every way it is written; a month or a year alone is no day", () => {
	const cases: [string, string | null][] = [
		["20/11/2025", "2025-11-20"],
		["5/7/2025", "2025-07-05"],
		["20-11-2025", "2025-11-20"],
		["20.11.25", "2025-11-20"],
		["01/01/72", "1972-01-01"],
		["20112025", "2025-11-20"],
		[" 29/2/2024 ", "2024-02-29"],
		["29/2/2023", null],
		["30/2", null],
		["11/2025", null],
		["1984", null],
		["2025-11-20", "2025-11-20"],
		["11/20/2025", null],
		["", null],
	];
	for (const [text, day] of cases) assert.equal(typedDay(text, 2030), day, text);
});
