import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type IdBearer, type IdNote, maskNationalId, readNationalId } from "./national-id.ts";

const born = (day: string, sex: IdBearer["sex"] = "female"): IdBearer => ({
	birth: { day, precision: "day" },
	sex,
});
const WOMAN = born("1985-07-20");

describe("a CCCD of 12 digits", () => {
	const cases: [string, string, IdBearer, IdNote[]][] = [
		["of a woman born in 1985", "048185001234", WOMAN, []],
		["of a woman born in 2004", "048304001234", born("2004-02-29"), []],
		["of a woman born in 1904", "048304001234", born("1904-01-01"), ["id.birth_year"]],
		[
			"of whom only the year is known",
			"048185001234",
			{ birth: { day: "1985-01-01", precision: "year" }, sex: "female" },
			[],
		],
		["with another birth year", "048186001234", WOMAN, ["id.birth_year"]],
		["with the digit of a man", "048085001234", WOMAN, ["id.sex"]],
		["of another century and sex", "048285001234", WOMAN, ["id.birth_year", "id.sex"]],
		["of an honorary member who is a man", "048085001234", born("1985-07-20", "male"), []],
		["of someone of whom nothing is known", "048985001234", { birth: null, sex: null }, []],
		["with a prefix that is no province", "999185001234", WOMAN, []],
	];
	for (const [name, raw, person, notes] of cases)
		test(`${name}: ${notes.join(", ") || "fits"}, and is kept`, () =>
			assert.deepEqual(readNationalId(raw, person), {
				kind: "cccd",
				value: raw,
				notes,
			}));
	for (const raw of [
		" 048 185 001 234 ",
		"048.185.001.234",
		"048-185-001-234",
		"'048185001234",
		"048185001234.0",
		"CCCD: 048185001234",
		"０４８１８５００１２３４",
		"048185\u200b001234",
		"048\u00a0185001234",
	])
		test(`written as "${raw}"`, () => assert.equal(readNationalId(raw, WOMAN).value, "048185001234"));
});

describe("a number that lost its zeros", () => {
	const cases: [string, string, IdBearer, string | null, IdNote[]][] = [
		["11 digits that fit", "48185001234", WOMAN, "048185001234", ["id.zeros_restored"]],
		["10 digits that fit", "1185001234", WOMAN, "001185001234", ["id.zeros_restored"]],
		["a fraction that Excel wrote", "1185001234.0", WOMAN, "001185001234", ["id.zeros_restored"]],
		["an exponent with all digits", "4.8185001234E+10", WOMAN, "048185001234", ["id.zeros_restored"]],
		["an exponent that lost digits", "4.82E+10", WOMAN, null, ["id.unreadable"]],
		["another birth year", "48186001234", WOMAN, "048186001234", ["id.birth_year", "id.zeros_restored"]],
		["the digit of a man", "48085001234", WOMAN, "048085001234", ["id.sex", "id.zeros_restored"]],
		["nothing that fits", "48290001234", WOMAN, null, ["id.unreadable"]],
		["a man whose digit fits", "48085001234", born("1985-07-20", "male"), "048085001234", ["id.zeros_restored"]],
		["a birth that is not known", "48185001234", { birth: null, sex: "female" }, null, ["id.unreadable"]],
		["a sex that is not known", "48185001234", { ...WOMAN, sex: null }, null, ["id.unreadable"]],
		["a zero left at the front", "04185001234", WOMAN, null, ["id.unreadable"]],
		["a prefix that is no province", "99185001234", WOMAN, null, ["id.unreadable"]],
	];
	for (const [name, raw, person, value, notes] of cases)
		test(`${name}: ${notes.join(", ")}`, () => {
			const read = readNationalId(raw, person);
			assert.deepEqual(read, { kind: value && "cccd", value, notes });
		});
});

describe("a CMND of 9 digits", () => {
	for (const raw of ["201 456 789", "201456789", "201456789.0", "185001234", "012345679"])
		test(`"${raw}" is one, whatever its digits look like`, () => {
			const { kind, notes } = readNationalId(raw, WOMAN);
			assert.deepEqual([kind, notes], ["cmnd", ["id.cmnd"]]);
		});
	test("no number of 9 digits ever becomes a CCCD", () =>
		fc.assert(
			fc.property(fc.stringMatching(/^[1-9]\d{8}$/), fc.integer({ min: 1930, max: 2008 }), (raw, year) =>
				assert.notEqual(readNationalId(raw, born(`${year}-01-01`)).kind, "cccd"),
			),
		));
});

describe("a cell without a number that can be read", () => {
	for (const raw of ["", "  ", "-", "không có", "chưa cấp", "0", "000000000000"])
		test(`"${raw}" is missing`, () =>
			assert.deepEqual(readNationalId(raw, WOMAN), {
				kind: null,
				value: null,
				notes: ["id.missing"],
			}));
	for (const raw of [
		"12345678",
		"1234567890123",
		"048185O01234",
		"201456789/048185001234",
		"111111111111",
		"123456789",
		"1E+99",
		`${"0".repeat(10_000)}1`,
		"9".repeat(100_000),
	])
		test(`"${raw.slice(0, 30)}" is unreadable`, () =>
			assert.deepEqual(readNationalId(raw, WOMAN), {
				kind: null,
				value: null,
				notes: ["id.unreadable"],
			}));
	test("any text is read without an error", () =>
		fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => void readNationalId(raw, WOMAN))));
});

test("a card that lost its zeros is read as the card itself", () => {
	const card = fc.tuple(
		fc.integer({ min: 1, max: 96 }),
		fc.integer({ min: 1930, max: 2008 }),
		fc.integer({ min: 0, max: 999_999 }),
	);
	fc.assert(
		fc.property(card, ([province, year, number]) => {
			const digit = year < 2000 ? 1 : 3;
			const value = `${String(province).padStart(3, "0")}${digit}${String(year % 100).padStart(2, "0")}${String(number).padStart(6, "0")}`;
			assert.equal(readNationalId(String(Number(value)), born(`${year}-06-01`)).value, value);
		}),
	);
});

test("a number is shown by its last three digits", () => {
	assert.equal(maskNationalId("001184000001"), "•••••••••001");
	assert.equal(maskNationalId("012345678"), "••••••678");
});
