import assert from "node:assert/strict";
import { test } from "node:test";
import { readTable } from "./csv-table.ts";

const COLUMNS = [
	{ key: "code", heads: ["Mã đơn vị"], required: true },
	{ key: "count", heads: ["Số lượng"], required: true },
	{ key: "note", heads: ["Ghi chú"], required: false },
] as const;

const bytes = (content: string | Uint8Array) =>
	typeof content === "string" ? new TextEncoder().encode(content) : content;
const read = (content: string | Uint8Array) => readTable(bytes(content), COLUMNS);

test("commas, semicolons, tabs, marks, quotes, codes and line ends of every kind read the same", () => {
	const expected = [
		{ row: 2, code: "00001", count: "1,5", note: 'a "b"' },
		{ row: 4, code: "00004", count: "2", note: "" },
	];
	for (const content of [
		'code,count,note\n00001,"1,5","a ""b"""\n\n00004,2,\n',
		'\ufeffCODE;Count;note\r\n00001;1,5;"a ""b"""\r\n\r\n00004;2;',
		'code\tcount\tnote\r00001\t1,5\t"a ""b"""\r\r00004\t2\t\r',
		Buffer.from('\ufeffcode\tcount\tnote\n00001\t1,5\t"a ""b"""\n\n00004\t2\n', "utf16le"),
	])
		assert.deepEqual(read(content), expected);
	const page1258 = Uint8Array.from([...bytes("code;count;note\n00001;5;"), 0xd0, 0xf4, 0x6e, 0x67]);
	assert.equal(read(page1258)[0]?.note, "Đông");
});

test("columns are found by key or by head, in any order; codes keep their zeros; rows keep their number in the file", () => {
	const text = "Ghi chú;Số lượng;MÃ ĐƠN VỊ;Thêm\r\nCV 1;1.234;00001;x\r\n;;;\r\n;99;00004;\r\n";
	assert.deepEqual(read(text), [
		{ row: 2, code: "00001", count: "1.234", note: "CV 1" },
		{ row: 4, code: "00004", count: "99", note: "" },
	]);
	assert.equal(read("sep=;\ncode;count\n00001;5\n")[0]?.row, 3);
});

test("a line break inside quotes belongs to its cell, and the rows below keep the numbers a spreadsheet gives them", () => {
	assert.deepEqual(read('note,code,count,extra\n"hai\ndòng",1,2,x\nb,3,4,y\n'), [
		{ row: 2, code: "1", count: "2", note: "hai\ndòng" },
		{ row: 3, code: "3", count: "4", note: "b" },
	]);
});

test("what is no table is refused with a code, and the sentence says where", () => {
	const cases: [string | Uint8Array, string, RegExp?][] = [
		["", "file.empty"],
		["\n \r\n", "file.empty"],
		["code,number\n1,2\n", "file.columns_missing", /“Số lượng” \(count\)/],
		["code,count,Mã đơn vị\n1,2,3\n", "file.column_twice", /code/],
		['code,count\n3,4\n"1,2\n', "file.quote_open", /Dòng 3/],
		[Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0xff, 0xfe), "file.not_csv"],
		[Buffer.from("%PDF-1.7\n\u0000\u0001", "latin1"), "file.not_csv"],
		[`code,count\n${"x".repeat(10_000)},1\n`, "file.cell_too_long", /Dòng 2/],
	];
	for (const [content, code, message = /./] of cases) assert.throws(() => read(content), { code, message }, code);
});
