import assert from "node:assert/strict";
import { test } from "node:test";
import { typedBirth } from "./page-typed.ts";

test("a birth is taken as much as it is known, and no day that does not exist", () => {
	const cases: [string, string | null | undefined][] = [
		["", null],
		["1984", "1984"],
		["05/1984", "1984-05"],
		["20/05/1984", "1984-05-20"],
		["20.5.84", "1984-05-20"],
		["30/2/1984", undefined],
		["hai mươi", undefined],
	];
	for (const [typed, birth] of cases) assert.equal(typedBirth(typed, "2025-11-20"), birth, typed);
});
