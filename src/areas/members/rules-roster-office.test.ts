import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readWorkbook } from "../../sheets/read.ts";
import { OFFICE_NAMES, officeBytes } from "./office.harness.ts";
import { readSheets } from "./roster.harness.ts";
import { isRefused } from "./rules-roster-read.ts";

/** What LibreOffice made of {@link officeBytes}; how, stands in `office-roster.md`. */
const XLS = join(import.meta.dirname, "office-roster.xls");

const rowsOf = async (bytes: Buffer, name: string) => readSheets(...(await readWorkbook(bytes, name))).rows;

test("names in TCVN3, in capitals by their font, in VNI and in Unicode are one and the same", async () => {
	const rows = await rowsOf(await officeBytes(), "so.xlsx");
	const names = rows.map(({ fields }) => fields.name);
	const capitals = OFFICE_NAMES.map((name, index) => (index % 3 === 0 ? name.toUpperCase() : name));
	assert.deepEqual(names, [...capitals, ...OFFICE_NAMES, ...OFFICE_NAMES]);
	assert.ok(rows.every(({ problems }) => !isRefused(problems)));
	assert.deepEqual([...new Set(rows.map(({ fields }) => fields.branch))], ["Chi hội thôn Đoài", "Chi hội thôn Thượng"]);
	const [first, second, third] = rows.map(({ fields }) => fields);
	assert.deepEqual([first.birth, first.nationalId, first.joined], ["1972-01-02", "001172000100", "2014-12-27"]);
	assert.deepEqual([second.birth, second.birthPrecision], ["1972-01-01", "year"]);
	assert.deepEqual([third.nationalId, third.residence], ["001172000102", "permanent"]);
	assert.deepEqual([rows[4].fields.residence, rows[4].fields.residenceStart], ["temporary", "2022-12-09"]);
});

test("the same roster saved by LibreOffice as an .xls gives the same rows: fonts, capitals, days, zeros, problems", async () => {
	const told = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
		rows.map(({ sheet, row, fields, problems }) => ({ sheet, row, fields, problems }));
	const expected = told(await rowsOf(await officeBytes(), "so.xlsx"));
	assert.deepEqual(told(await rowsOf(readFileSync(XLS), "so.xls")), expected);
});
