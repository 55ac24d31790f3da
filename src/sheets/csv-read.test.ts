import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Problem } from "../core/problem.ts";
import { openWorkbook, readSheet, readWorkbook } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "taphop-csv-"));
after(() => rmSync(folder, { recursive: true }));

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

	it("is read alike from a file and from memory, in pieces cut anywhere, as often as asked", async () => {
		const line = (n: number) => `Nguyễn Thị Hường ${n};"Tổ ${n}, ấp ""Đông""\nkhu 2";${n}`;
		const lines = Array.from({ length: 20_000 }, (_, n) => line(n));
		for (const bytes of [Buffer.from(lines.join("\r\n")), Buffer.from(`\ufeff${lines.join("\n")}`, "utf16le")]) {
			const file = join(folder, "a.csv");
			writeFileSync(file, bytes);
			const workbook = await openWorkbook(file, "a.csv");
			const [sheet] = workbook.sheets;
			const [source] = (await openWorkbook(bytes, "a.csv")).sheets;
			assert.ok(sheet && source);
			const { rows } = await readSheet(sheet);
			assert.equal(rows.length, 20_000);
			assert.deepEqual(rows[19_999], {
				row: 20_000,
				cells: [{ value: "Nguyễn Thị Hường 19999" }, { value: 'Tổ 19999, ấp "Đông"\nkhu 2' }, { value: "19999" }],
			});
			assert.deepEqual((await readSheet(source)).rows, rows);
			assert.deepEqual((await readSheet(sheet, 3)).rows, rows.slice(0, 3));
			workbook.close();
		}
	});

	it("of windows-1258 is composed across the pieces", async () => {
		const bytes = in1258("Đặng Thị Mỹ;Đà\n".repeat(40_000));
		const read = await values(bytes);
		assert.ok(bytes.length > 256 * 1024);
		assert.deepEqual([...new Set(read?.flat())], ["Đặng Thị Mỹ", "Đà"]);
	});

	it("with a row that never ends is refused", async () => {
		await assert.rejects(
			values(Buffer.from(`a;b\n${"x;".repeat(3_000_000)}`)),
			(error: Problem) => error.code === "file.cell_too_long",
		);
	});
});
