import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvSplitter, detectDelimiter, splitCsv } from "./csv.ts";

const cases: [string, string[][]][] = [
	['a,"b,c",d\n', [["a", "b,c", "d"]]],
	['"a ""b""",c', [['a "b"', "c"]]],
	[
		'"two\nlines",x\ny,z',
		[
			["two\nlines", "x"],
			["y", "z"],
		],
	],
	[
		'"never closed,x\ny,z',
		[
			['"never closed', "x"],
			["y", "z"],
		],
	],
	['""', [[""]]],
	["a,", [["a", ""]]],
	[
		"a,\nb,c",
		[
			["a", ""],
			["b", "c"],
		],
	],
	[
		'Hà "Bé",x\r\n,y\r\n',
		[
			['Hà "Bé"', "x"],
			["", "y"],
		],
	],
	["a\rb\r\rc\n", [["a"], ["b"], [""], ["c"]]],
	['"a"b,"c"', [['"a"b', "c"]]],
	["", []],
];
for (const [text, expected] of cases)
	test(`${JSON.stringify(text)} is split`, () => assert.deepEqual(splitCsv(text, ","), expected));

test("a text is split alike wherever it is cut", () => {
	const piece = fc.constantFrom("a", "Hà", '"', '""', ",", "\n", "\r", "\r\n", " ");
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 7 }), (pieces, size) => {
			const text = pieces.join("");
			const splitter = csvSplitter(",");
			const rows: string[][] = [];
			for (let at = 0; at < text.length; at += size) rows.push(...splitter.push(text.slice(at, at + size)));
			assert.deepEqual([...rows, ...splitter.end()], splitCsv(text, ","));
		}),
		{ numRuns: 5000 },
	);
});

test("the delimiter is the one by which the rows agree, or the one Excel's first line names", () => {
	assert.deepEqual(detectDelimiter("họ, tên;năm\nLê, Hà;1980\nVõ;1981\n"), { delimiter: ";", from: { at: 0, row: 1 } });
	assert.deepEqual(detectDelimiter("sep=|\r\na,b|c,d\r\n"), { delimiter: "|", from: { at: 7, row: 2 } });
	assert.equal(detectDelimiter("one column\nonly\n").delimiter, ",");
});

test("a row that never ends is refused before it fills the memory", () => {
	const splitter = csvSplitter(",");
	splitter.push("a,b\n");
	assert.throws(
		() => {
			for (let n = 0; n < 100; n++) splitter.push("x".repeat(100_000));
		},
		{ code: "file.cell_too_long", detail: { row: 2 } },
	);
});

test("a quote that never closes costs no more than the text is long", () => {
	const text = `"open\n${'"",""\n'.repeat(300_000)}`;
	assert.equal(splitCsv(text, ",").length, 300_001);
});
