import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { readPhone } from "./phone.ts";

describe("a phone number", () => {
	const cases: [string, string | null, boolean][] = [
		["0912000111", "0912000111", false],
		["0912 000 111", "0912000111", false],
		["0912.000.111", "0912000111", false],
		["(0912) 000-111", "0912000111", false],
		["ĐT: 0912000111", "0912000111", false],
		["'0912000111", "0912000111", false],
		["912000111", "0912000111", true],
		["912000111.0", "0912000111", true],
		["+84 912 000 111", "0912000111", true],
		["+84 (0) 912 000 111", "0912000111", true],
		["84912000111", "0912000111", true],
		["0084912000111", "0912000111", true],
		["840912000111", "0912000111", true],
		["0841200011", "0841200011", false],
		["841200011", "0841200011", true],
		["01201234567", "0701234567", true],
		["1201234567", "0701234567", true],
		["+841201234567", "0701234567", true],
		["0123 123 4567", "0831234567", true],
		["01691234567", "0391234567", true],
		["01861234567", "0561234567", true],
		["01991234567", "0591234567", true],
		["01801234567", null, true],
		["024 3825 0000", "02438250000", false],
		["2438250000", "02438250000", true],
		["+842438250000", "02438250000", true],
		["0438250000", "0438250000", false],
		["0236 3 825 000", "02363825000", false],
		["3825000", "3825000", false],
		["0912000111 / 0987000222", "0912000111", true],
		["không; 0987000222", "0987000222", true],
		["0912000111 - 0987000222", "0912000111", true],
		["", null, false],
		["  ", null, false],
		["không có", null, true],
		["9.12E+08", null, true],
		["12345", null, true],
		["091200011", null, true],
		["09120001112", null, true],
		["9".repeat(100_000), null, true],
	];
	for (const [raw, value, changed] of cases)
		test(`"${raw.slice(0, 40)}" is ${value}${changed ? ", changed" : ""}`, () =>
			assert.deepEqual(readPhone(raw), { value, changed }));

	const prefixes =
		"0120 0121 0122 0126 0128 0123 0124 0125 0127 0129 0162 0163 0164 0165 0166 0167 0168 0169 0186 0188 0199";
	test("every old prefix gives a number of its own of 10 digits", () => {
		const values = prefixes.split(" ").map((prefix) => readPhone(`${prefix}1234567`).value ?? "");
		assert.equal(new Set(values).size, 21);
		for (const value of values) assert.match(value, /^0[3578]\d1234567$/);
	});
	test("reading what was read changes nothing, and no text is an error", () =>
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^\+?\d{6,13}$/)), (raw) => {
				const { value } = readPhone(raw);
				if (value !== null) assert.deepEqual(readPhone(value), { value, changed: false });
			}),
		));
});
