import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { splitCsv } from "../core/csv.ts";
import { readWorkbook } from "./read.ts";

async function values(bytes: Uint8Array, name = "a.csv") {
	const [sheet] = await readWorkbook(bytes, name);
	return sheet?.rows.map((row) => Array.from(row.cells, (cell) => cell?.value ?? ""));
}

const ROWS = [
	["Họ và tên", "CCCD"],
	["Đặng Thị Mỹ", "001171000001"],
];

/** The bytes of windows-1258 for the letters used here. */
const PAGE_1258: Record<string, number> = {
	Đ: 0xd0,
	ă: 0xe3,
	ê: 0xea,
	à: 0xe0,
	"\u0323": 0xf2,
	"\u0303": 0xde,
	"\u0301": 0xec,
};

/** The page writes a letter with its hat or horn as one byte and the tone after it. */
function in1258(text: string): Buffer {
	const letters = [...text].flatMap((letter) => {
		if (PAGE_1258[letter]) return [letter];
		const parts = letter.normalize("NFD");
		const tone = parts.match(/[\u0301\u0303\u0323]/)?.[0] ?? "";
		return [parts.replace(tone, "").normalize("NFC"), tone].filter(Boolean);
	});
	return Buffer.from(letters.map((letter) => PAGE_1258[letter] ?? letter.charCodeAt(0)));
}

describe("a CSV", () => {
	it("is read with any usual delimiter and code", async () => {
		const text = (delimiter: string) => ROWS.map((row) => row.join(delimiter)).join("\r\n");
		for (const delimiter of [",", ";", "\t", "|"]) assert.deepEqual(await values(Buffer.from(text(delimiter))), ROWS);
		const utf16 = Buffer.from(text(";"), "utf16le");
		assert.deepEqual(await values(Buffer.from(`\ufeff${text(";")}`)), ROWS);
		assert.deepEqual(await values(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])), ROWS);
		assert.deepEqual(await values(utf16), ROWS);
		assert.deepEqual(await values(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])), ROWS);
	});

	it("is read from windows-1258, and TCVN3 bytes are handed on as they are", async () => {
		assert.deepEqual(await values(in1258("Đặng Thị Mỹ;Đà\nĐặng Hà;x")), [
			["Đặng Thị Mỹ", "Đà"],
			["Đặng Hà", "x"],
		]);
		const legacy = "Ph¹m ThÞ TuyÕt H­êng;Th­êng tró\nLª ThÞ;x";
		assert.deepEqual(await values(Buffer.from(legacy, "latin1")), [
			["Ph¹m ThÞ TuyÕt H­êng", "Th­êng tró"],
			["Lª ThÞ", "x"],
		]);
	});

	it("honours Excel's sep line and keeps row numbers", async () => {
		const [sheet] = await readWorkbook(Buffer.from("sep=;\r\na;b\r\n\r\nc;d\r\n"), "a.csv");
		assert.deepEqual(
			sheet?.rows.map((row) => row.row),
			[2, 4],
		);
	});

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
	];
	for (const [text, expected] of cases)
		it(`splits ${JSON.stringify(text)}`, () => {
			assert.deepEqual([...splitCsv(text, ",")], expected);
		});
});
