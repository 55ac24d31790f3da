import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Problem } from "../core/problem.ts";
import { readTable } from "./csv.ts";

const folder = mkdtempSync(join(tmpdir(), "taphop-csv-"));
after(() => rmSync(folder, { recursive: true }));

function read(content: string | Buffer) {
	const file = join(folder, "a.csv");
	writeFileSync(file, content);
	return readTable(file, ["code", "count", "note"], ["note"]);
}

test("commas, semicolons, tabs, marks, quotes and line ends of every kind read the same", () => {
	const expected = [
		{ row: 2, cells: { code: "00001", count: "1,5", note: 'a "b"' } },
		{ row: 4, cells: { code: "00004", count: "2", note: "" } },
	];
	for (const content of [
		'code,count,note\n00001,"1,5","a ""b"""\n\n00004,2,\n',
		'\ufeffCODE;Count;note\r\n00001;1,5;"a ""b"""\r\n\r\n00004;2;',
		'code\tcount\tnote\r00001\t1,5\t"a ""b"""\r\r00004\t2\t\r',
		Buffer.concat([
			Buffer.from([0xff, 0xfe]),
			Buffer.from('code\tcount\tnote\n00001\t1,5\t"a ""b"""\n\n00004\t2\n', "utf16le"),
		]),
	])
		assert.deepEqual(read(content), expected);
});

test("a line break inside quotes belongs to its cell, and rows keep the number of the line they begin on", () => {
	const rows = read('note,code,count,extra\n"hai\ndòng",1,2,x\nb,3,4,y\n');
	assert.deepEqual(rows, [
		{ row: 2, cells: { code: "1", count: "2", note: "hai\ndòng" } },
		{ row: 4, cells: { code: "3", count: "4", note: "b" } },
	]);
});

test("what is no table is refused with a code", () => {
	const cases: [string | Buffer, string][] = [
		["", "file.empty"],
		["code,number\n1,2\n", "file.columns_missing"],
		["code,count,code\n1,2,3\n", "file.column_twice"],
		['code,count\n"1,2\n', "file.quote_open"],
		[Buffer.from([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe]), "file.not_csv"],
		[Buffer.from("%PDF-1.7\n\u0000\u0001", "latin1"), "file.not_csv"],
		[`code,count\n${"x".repeat(10_000)},1\n`, "file.cell_too_long"],
	];
	for (const [content, code] of cases)
		assert.throws(
			() => read(content),
			(error: Problem) => error.code === code,
			code,
		);
	assert.throws(
		() => readTable(join(folder, "none.csv"), ["code"]),
		(error: Problem) => error.code === "file.unreadable",
	);
	assert.throws(
		() => readTable(folder, ["code"]),
		(error: Problem) => error.code === "file.unreadable",
	);
});
