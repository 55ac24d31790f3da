import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { displayNumber, displayRate, readCount } from "./number.ts";

describe("numbers on screen and paper", () => {
	for (const [value, text] of [
		[0, "0"],
		[999, "999"],
		[1000, "1.000"],
		[1_234_567, "1.234.567"],
		[-48_327_923, "-48.327.923"],
		[-100, "-100"],
		[12_345_678_901_234_567_890n, "12.345.678.901.234.567.890"],
	] as const)
		test(`${value} is "${text}"`, () => assert.equal(displayNumber(value), text));
	test("a rate has a comma and no space", () => assert.equal(displayRate("57.31"), "57,31%"));
});

describe("counts from files", () => {
	const cases: [string | number, number | null][] = [
		["0", 0],
		["1234567", 1_234_567],
		["1.234.567", 1_234_567],
		["1 234 567", 1_234_567],
		["1\u00a0234", 1234],
		["1,234,567", 1_234_567],
		[" 12 ", 12],
		["12.0", 12],
		["1.234", 1234],
		[1234, 1234],
		[12.5, null],
		[1.234, null],
		[-3, null],
		[Number.NaN, null],
		[1e21, null],
		["1,234", null],
		["12,5", null],
		["12.5", null],
		["1.23.456", null],
		["-3", null],
		["1e3", null],
		["0x10", null],
		["200000000", 200_000_000],
		["200000001", null],
		["", null],
		["x", null],
		["9".repeat(100_000), null],
	];
	for (const [raw, count] of cases)
		test(`${JSON.stringify(raw).slice(0, 30)} is ${count}`, () => assert.equal(readCount(raw), count));
	test("what is shown is read back", () =>
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 200_000_000 }), (count) =>
				assert.equal(readCount(displayNumber(count)), count),
			),
		));
});
