import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, it } from "node:test";
import { CFB, utils, write } from "@e965/xlsx";
import { ZipFile } from "yazl";
import { Problem } from "../core/problem.ts";
import { readWorkbook } from "./read.ts";
import { workbookBytes } from "./write.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships";

/** An XLSX of one sheet from raw XML, as another program might have written it. */
async function rawXlsx(sheetXml: string, parts: Record<string, string> = {}, links = ""): Promise<Buffer> {
	const zip = new ZipFile();
	const files: Record<string, string> = {
		"_rels/.rels": `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>${links}</Relationships>`,
		"xl/worksheets/sheet1.xml": sheetXml,
		...parts,
	};
	for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
	zip.end();
	return buffer(zip.outputStream);
}

function sheet(rows: string): string {
	return `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
}

function refusal(code: string, says?: RegExp) {
	return (error: unknown) => {
		assert.ok(error instanceof Problem, String(error));
		assert.equal(error.code, code);
		if (says) assert.match(error.message, says);
		return true;
	};
}

describe("an XLSX", () => {
	it("gives values, fonts, dates as serials, merged cells and true row numbers", async () => {
		const bytes = await workbookBytes([
			{
				name: "Thôn Đông",
				rows: [
					["Họ tên", "CCCD"],
					{
						row: 4,
						cells: [{ value: "®ç thÞ hµ", font: ".VnTimeH" }, "001171000001", { value: 22715, isDate: true }, 12, true],
					},
				],
				merges: [{ top: 1, left: 0, bottom: 1, right: 2 }],
			},
		]);
		const [read] = await readWorkbook(bytes, "a.xlsx");
		assert.equal(read?.name, "Thôn Đông");
		assert.deepEqual(read?.merges, [{ top: 1, left: 0, bottom: 1, right: 2 }]);
		assert.deepEqual(
			read?.rows.map((row) => row.row),
			[1, 4],
		);
		const cells = read?.rows[1]?.cells ?? [];
		assert.deepEqual(
			cells.map((cell) => cell?.value),
			["®ç thÞ hµ", "001171000001", 22715, 12, true],
		);
		assert.equal(cells[0]?.font, ".VnTimeH");
		assert.equal(cells[2]?.isDate, true);
		assert.equal(cells[3]?.isDate, undefined);
	});

	it("gives a formula's stored result, computes nothing and follows no link", async () => {
		const bytes = await rawXlsx(
			sheet(
				'<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:1/")</f></c><c r="B1" t="str"><f>[1]S!A1</f><v>Hà</v></c><c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>',
			),
			{},
			`<Relationship Id="r9" Type="${OFFICE}/externalLink" Target="http://127.0.0.1:1/x.xlsx" TargetMode="External"/>`,
		);
		const [read] = await readWorkbook(bytes, "a.xlsx");
		assert.deepEqual(
			Array.from(read?.rows[0]?.cells ?? [], (cell) => cell?.value),
			[undefined, "Hà", 2, "#DIV/0!"],
		);
	});

	it("reads shared strings, runs of several fonts, prefixes, 1904 dates and cells without a reference", async () => {
		const bytes = await rawXlsx(
			`<x:worksheet xmlns:x="${MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c s="1"><x:v>21253</x:v></x:c><x:c t="inlineStr"><x:is><x:t>a_x000D_b</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
			{
				"xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="1"/><sheets><sheet name="S" state="hidden" sheetId="1" r:id="r1"/></sheets></workbook>`,
				"xl/sharedStrings.xml": `<sst xmlns="${MAIN}"><si><r><rPr><rFont val=".VnTime"/></rPr><t xml:space="preserve">NguyÔn </t></r><r><rPr><rFont val=".VnTimeH"/></rPr><t>hµ</t></r></si><si><t>漢</t><rPh sb="0" eb="1"><t>kan</t></rPh></si></sst>`,
				"xl/styles.xml": `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd\\/mm\\/yyyy"/></numFmts><fonts><font><name val="Arial"/></font></fonts><cellXfs><xf fontId="0" numFmtId="0"/><xf fontId="0" numFmtId="170"/></cellXfs></styleSheet>`,
			},
			`<Relationship Id="r2" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="r3" Type="${OFFICE}/styles" Target="styles.xml"/>`,
		);
		const [read] = await readWorkbook(bytes, "a.xlsx");
		const cells = read?.rows[0]?.cells ?? [];
		assert.equal(read?.hidden, true);
		assert.equal(read?.rows[0]?.row, 1);
		assert.deepEqual(cells[0]?.runs, [
			{ text: "NguyÔn ", font: ".VnTime" },
			{ text: "hµ", font: ".VnTimeH" },
		]);
		assert.equal(cells[1]?.value, "漢");
		assert.deepEqual(cells[2], { value: 22715, isDate: true, font: "Arial" });
		assert.equal(cells[3]?.value, "a\rb");
	});

	it("leaves rows that only have looks out", async () => {
		const [read] = await readWorkbook(
			await rawXlsx(sheet('<row r="1"><c r="A1" s="0"/></row><row r="9"><c r="B9"><v>1</v></c></row>')),
			"a.xlsx",
		);
		assert.deepEqual(
			read?.rows.map((row) => row.row),
			[9],
		);
	});
});

describe("an XLS", () => {
	it("gives values, dates, merged cells and the font of text cells", async () => {
		const ws = utils.aoa_to_sheet([
			["Họ tên", "Ngày sinh"],
			["Hà", 22715],
		]);
		ws.B2.z = "dd/mm/yyyy";
		ws["!merges"] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
		const book = utils.book_new();
		utils.book_append_sheet(book, ws, "DS");
		const bytes = write(book, { type: "buffer", bookType: "biff8" });
		const [read] = await readWorkbook(bytes, "a.xls");
		assert.equal(read?.name, "DS");
		assert.deepEqual(read?.merges, [{ top: 1, left: 0, bottom: 1, right: 1 }]);
		assert.equal(read?.rows[1]?.cells[0]?.value, "Hà");
		assert.equal(read?.rows[1]?.cells[0]?.font, "Arial");
		assert.deepEqual(read?.rows[1]?.cells[1], { value: 22715, isDate: true });
	});
});

describe("a file that is no spreadsheet or too much", () => {
	it("is refused with a code and a sentence that says what to do", async () => {
		const good = await workbookBytes([{ name: "S", rows: [["a"]] }]);
		const wide = await workbookBytes([{ name: "S", rows: [Array.from({ length: 1000 }, (_, i) => i)] }]);
		const container = CFB.utils.cfb_new();
		CFB.utils.cfb_add(container, "/EncryptedPackage", Buffer.alloc(5000));
		const locked = CFB.write(container, { type: "buffer" }) as Buffer;
		const word = CFB.utils.cfb_new();
		CFB.utils.cfb_add(word, "/WordDocument", Buffer.alloc(5000));
		const cases: [string, Uint8Array, string, RegExp?][] = [
			["empty", new Uint8Array(), "file.empty"],
			["blank text", Buffer.from(" \r\n"), "file.empty"],
			["PDF", Buffer.from("%PDF-1.7\n%âã"), "file.not_a_workbook", /PDF/],
			["web page", Buffer.from("<html><table>"), "file.not_a_workbook"],
			["picture", Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), "file.not_a_workbook"],
			["noise", Buffer.from([1, 2, 3, 0, 4, 5, 6, 7, 8]), "file.not_a_workbook"],
			["Word", CFB.write(word, { type: "buffer" }) as Buffer, "file.not_a_workbook"],
			["password", locked, "file.encrypted", /mật khẩu/],
			["cut short", good.subarray(0, good.length - 300), "file.damaged"],
			["not well formed", await rawXlsx("<worksheet><sheetData><row>"), "file.damaged"],
			["entity", await rawXlsx('<!DOCTYPE w [<!ENTITY a "aa">]><worksheet>&a;</worksheet>'), "file.damaged"],
			["string index", await rawXlsx(sheet('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "file.damaged"],
			["wide", wide, "file.too_many_columns", /256/],
			["long cell", await workbookBytes([{ name: "S", rows: [["x".repeat(40_000)]] }]), "file.cell_too_long"],
			["other zip", await zipOf("word/document.xml", "x"), "file.not_a_workbook"],
			["LibreOffice", await zipOf("mimetype", OPEN_DOCUMENT), "file.not_a_workbook", /\.ods.*\.xlsx/],
		];
		for (const [what, bytes, code, says] of cases)
			await assert.rejects(readWorkbook(bytes, "ten.xlsx"), refusal(code, says), what);
	});

	it("is refused above 100 MB before a byte is read", async () => {
		const folder = await mkdtemp(join(tmpdir(), "taphop-"));
		try {
			const path = join(folder, "a.xlsx");
			await writeFile(path, "");
			await truncate(path, 101 * 1024 * 1024);
			await assert.rejects(readWorkbook(path, "a.xlsx"), refusal("file.too_large", /100 MB/));
		} finally {
			await rm(folder, { recursive: true });
		}
	});

	it("is refused when it would unpack to far more than it is", async () => {
		const bomb = await rawXlsx(sheet(" ".repeat(40 * 1024 * 1024)));
		assert.ok(bomb.length < 100_000);
		await assert.rejects(readWorkbook(bomb, "a.xlsx"), refusal("file.bomb"));
	});
});

const OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet";

async function zipOf(part: string, text: string): Promise<Buffer> {
	const zip = new ZipFile();
	zip.addBuffer(Buffer.from(text), part, { compress: false });
	zip.end();
	return buffer(zip.outputStream);
}
