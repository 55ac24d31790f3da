import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { displayDay, fromEpochDays } from "./day.ts";
import { columnDayOrder, type DayOptions, type DayPrecision, readDay } from "./day-text.ts";

const RECENT: DayOptions = { latestYear: 2026 };

describe("a day as it is written in Vietnam", () => {
	const cases: [string, string, DayPrecision?, DayOptions?][] = [
		["15/08/1971", "1971-08-15"],
		["1/7/2002", "2002-07-01"],
		["1965-12-06", "1965-12-06"],
		["1965/12/6", "1965-12-06"],
		["02-06-2020", "2020-06-02"],
		["02–06–2020", "2020-06-02"],
		["3.3.1966", "1966-03-03"],
		["19 / 9 / 1991", "1991-09-19"],
		["'19/9/1991", "1991-09-19"],
		["19 9 1991", "1991-09-19"],
		["29/02/2024", "2024-02-29"],
		["ngày 3 tháng 4 năm 1980", "1980-04-03"],
		["Ngày 03 tháng 04 năm 1980".normalize("NFD"), "1980-04-03"],
		["Sinh ngày: 3/4/1980", "1980-04-03"],
		["15081971", "1971-08-15"],
		["19710815", "1971-08-15"],
		["20012010", "2010-01-20"],
		["1081971", "1971-08-01"],
		["15-Aug-1971", "1971-08-15"],
		["Aug 15, 1971", "1971-08-15"],
		["15 Thg8 1971", "1971-08-15"],
		["15/08/1971 00:00:00", "1971-08-15"],
		["1971-08-15T17:00:00.000Z", "1971-08-15"],
		["08/15/1971 12:00 AM", "1971-08-15", "day", { order: "mdy" }],
		["7/1/2002", "2002-07-01", "day", { order: "mdy" }],
		["1965-12-06", "1965-12-06", "day", { order: "mdy" }],
		["65-12-06", "1965-12-06", "day", { order: "ymd", ...RECENT }],
		["15/08/1971", "1971-08-15", "day", { order: "ymd" }],
		["15/08/71", "1971-08-15", "day", RECENT],
		["15-Aug-71", "1971-08-15", "day", RECENT],
		["1/7/02", "2002-07-01", "day", RECENT],
		["1/7/26", "2026-07-01", "day", RECENT],
		["1/7/27", "1927-07-01", "day", RECENT],
		["03/1975", "1975-03-01", "month"],
		["3-1975", "1975-03-01", "month"],
		["1975-03", "1975-03-01", "month"],
		["tháng 3 năm 1975", "1975-03-01", "month"],
		["Tháng 3/1975", "1975-03-01", "month"],
		["ngày … tháng 3 năm 1975", "1975-03-01", "month"],
		["00/03/1975", "1975-03-01", "month"],
		["1984", "1984-01-01", "year"],
		["năm 1984", "1984-01-01", "year"],
		["SN 1984", "1984-01-01", "year"],
		["00/00/1984", "1984-01-01", "year"],
		["--/--/1984", "1984-01-01", "year"],
		["../../1984", "1984-01-01", "year"],
		["1984.0", "1984-01-01", "year"],
		["26160", "1971-08-15"],
		["26160.5", "1971-08-15"],
		["24698", "1971-08-15", "day", { epoch1904: true }],
	];
	for (const [raw, day, precision = "day", options] of cases)
		test(`"${raw}"${options ? ` with ${JSON.stringify(options)}` : ""} is ${day}, ${precision}`, () =>
			assert.deepEqual(readDay(raw, options), { day, precision }));
});

describe("a number in a cell", () => {
	const cases: [number, string, DayPrecision?, DayOptions?][] = [
		[1, "1900-01-01"],
		[59, "1900-02-28"],
		[61, "1900-03-01"],
		[26160, "1971-08-15"],
		[26160.75, "1971-08-15"],
		[7300, "1919-12-26"],
		[0, "1904-01-01", "day", { epoch1904: true }],
		[60, "1904-03-01", "day", { epoch1904: true }],
		[24698, "1971-08-15", "day", { epoch1904: true }],
		[1900, "1900-01-01", "year"],
		[1984, "1984-01-01", "year"],
		[1984, "1984-01-01", "year", { epoch1904: true }],
		[15081971, "1971-08-15"],
		[1081971, "1971-08-01"],
	];
	for (const [raw, day, precision = "day", options] of cases)
		test(`${raw} is ${day}, ${precision}`, () => assert.deepEqual(readDay(raw, options), { day, precision }));
	for (const raw of [0, 60, -1, 80_000, 123_456, 31_022_000, 1e9, 1e300, Number.NaN, Number.POSITIVE_INFINITY])
		test(`${raw} is no day`, () => assert.equal(readDay(raw).problem, "invalid"));
});

describe("what is no day is never another day", () => {
	const invalid = [
		"30/2/1980",
		"31/02/1970",
		"29/02/2023",
		"31-04-1990",
		"1900-02-29",
		"29/2/1900",
		"08/15/1971",
		"15/13/1980",
		"0/5/0",
		"32/1/1980",
		"13/1975",
		"1975-13",
		"1971-15-08",
		"15//1975",
		"5//1975",
		"15/8",
		"12",
		"1234",
		"123456",
		"15/08/0971",
		"15/08/19711",
		"15/08/2971",
		"15/08/197",
		"15/08/71",
		"abc",
		"không rõ",
		"15/tám/1971",
		"1/1/1980/2",
		"60",
		"00060",
		"30 tháng 2 năm 1980",
		"x".repeat(10_000),
		"1".repeat(100_000),
		"/".repeat(100_000),
	];
	for (const raw of invalid)
		test(`"${raw.slice(0, 30)}"`, () =>
			assert.deepEqual(readDay(raw), {
				day: null,
				precision: "day",
				problem: "invalid",
			}));
	for (const raw of ["", "  ", "-", "...", "__/__/____", "\u00a0"])
		test(`"${raw}" is nothing, not a wrong day`, () => assert.deepEqual(readDay(raw), { day: null, precision: "day" }));
	test("no text is an error", () => fc.assert(fc.property(fc.string({ unit: "binary" }), (raw) => void readDay(raw))));
});

test("every day is read back from every way to write it", () => {
	const day = fc.integer({ min: -25_567, max: 47_000 }).map(fromEpochDays);
	fc.assert(
		fc.property(day, (original) => {
			const [year = "", month = "", date = ""] = original.split("-");
			const shown = displayDay(original);
			for (const raw of [
				original,
				shown,
				shown.replaceAll("/", "."),
				`${Number(date)}-${Number(month)}-${year}`,
				date + month + year,
				year + month + date,
			])
				assert.equal(readDay(raw).day, original, raw);
			assert.equal(readDay(`${month}/${date}/${year}`, { order: "mdy" }).day, original);
		}),
	);
});

test("ten characters with two slashes mean what they mean with a blank before them, whatever the order", () => {
	const part = (length: number) => fc.stringMatching(new RegExp(`^[0-9x]{${length}}$`));
	const order = fc.constantFrom<DayOptions>({}, { order: "mdy" }, { order: "ymd" }, RECENT);
	fc.assert(
		fc.property(part(2), part(2), part(4), order, (first, second, third, options) => {
			const text = `${first}/${second}/${third}`;
			assert.deepEqual(readDay(text, options), readDay(` ${text}`, options));
		}),
		{ numRuns: 2000 },
	);
});

describe("the order of a column", () => {
	const columns: [string, string[], "dmy" | "mdy"][] = [
		["nothing to tell by", ["1/2/1980", "03/04/1975", "1984", ""], "dmy"],
		["a day above 12 first", ["15/08/1971", "1/2/1980"], "dmy"],
		["a day above 12 second", ["08/15/1971", "1/2/1980"], "mdy"],
		["one slip among many", ["15/08/1971", "08/15/1971"], "dmy"],
		["one slip the other way", ["31/02/1971", ...Array(30).fill("08/15/1971")], "mdy"],
		["year first says nothing", ["1971-08-15", "1971-08-30"], "dmy"],
		["numbers that are no day say nothing", ["99/15/1971", "1/99/1980"], "dmy"],
		["no column", [], "dmy"],
	];
	for (const [name, samples, order] of columns) test(name, () => assert.equal(columnDayOrder(samples), order));
	test("long cells are passed over at once", () =>
		assert.equal(columnDayOrder(Array(1000).fill("1/".repeat(50_000))), "dmy"));
});
