import assert from "node:assert/strict";
import { buffer, text } from "node:stream/consumers";
import { describe, it } from "node:test";
import fc from "fast-check";
import { annotateWorkbook, ERROR_COLUMN } from "./annotate.ts";
import { openWorkbook, readWorkbook } from "./read.ts";
import { columnName, sheetNames, workbookBytes, writeWorkbook } from "./write.ts";
import { openZip } from "./zip.ts";

function table(sheet: Awaited<ReturnType<typeof readWorkbook>>[number] | undefined) {
	return sheet?.rows.map((row) => Array.from(row.cells, (cell) => cell?.value ?? null));
}

describe("a written workbook", () => {
	it("keeps text as text: zeros of IDs, and formulas that come as text stay harmless", async () => {
		const rows = [["001171000001", "=1+1", "+84", "-5", "@x", '<a> & "b"', "_x0041_", "a\nb\tc", "\u0007"]];
		const [sheet] = await readWorkbook(await workbookBytes([{ name: "S", rows }]), "a.xlsx");
		assert.deepEqual(table(sheet), rows);
	});

	it("puts the demo line above everything and the header below it", async () => {
		const bytes = await workbookBytes(
			[
				{
					name: "S",
					columns: [{ header: "Họ và tên", width: 30 }],
					rows: [["Hà"]],
					merges: [{ top: 2, left: 0, bottom: 2, right: 1 }],
				},
			],
			{ demo: true },
		);
		const [sheet] = await readWorkbook(bytes, "a.xlsx");
		assert.deepEqual(table(sheet), [["Dữ liệu minh họa"], ["Họ và tên"], ["Hà"]]);
		assert.equal(sheet?.merges[0]?.top, 3);
	});

	it("gives any text back as it was, without what no XML can hold", async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 50 }), async (text) => {
				const [sheet] = await readWorkbook(await workbookBytes([{ name: "S", rows: [[text, "x"]] }]), "a.xlsx");
				assert.equal(sheet?.rows[0]?.cells[0]?.value, text.toWellFormed());
			}),
			{ numRuns: 200 },
		);
	});

	it("ends with the error of the rows it was given", async () => {
		async function* rows() {
			yield ["a"];
			throw new Error("connection lost");
		}
		await assert.rejects(buffer(writeWorkbook([{ name: "S", rows: rows() }])), /connection lost/);
	});

	it("names sheets as Excel takes them", () => {
		assert.deepEqual(sheetNames(["a/b", "A b", "", "x".repeat(40), "x".repeat(50)]), [
			"a b",
			"A b (2)",
			"Trang 3",
			"x".repeat(31),
			`${"x".repeat(27)} (2)`,
		]);
		assert.deepEqual([0, 25, 26, 701, 702].map(columnName), ["A", "Z", "AA", "ZZ", "AAA"]);
	});
});

describe("her own workbook back", () => {
	it("keeps sheets, row numbers, fonts, dates and merged cells, and adds the column once", async () => {
		const original = await workbookBytes([
			{
				name: "Thôn Đông",
				rows: [
					["DANH SÁCH"],
					{ row: 3, cells: ["Họ tên", "Ngày sinh"] },
					[
						{ value: "hµ", font: ".VnTimeH" },
						{ value: 22715, isDate: true },
					],
					[
						{
							value: "x",
							runs: [
								{ text: "NguyÔn ", font: ".VnTime" },
								{ text: "hµ", font: ".VnTimeH" },
							],
						},
						"30/2/1970",
					],
				],
				merges: [{ top: 1, left: 0, bottom: 1, right: 1 }],
			},
			{ name: "Ghi chú", rows: [["giữ nguyên"]] },
		]);
		const notes = new Map([
			[
				"Thôn Đông",
				{
					headerRow: 3,
					noteOf: (row: number) => (row === 5 ? "Ngày sinh không có thật." : undefined),
				},
			],
		]);
		const once = await again(original);
		const twice = await again(once);
		for (const bytes of [once, twice]) {
			const [first, second] = await readWorkbook(bytes, "a.xlsx");
			assert.deepEqual(first?.merges, [{ top: 1, left: 0, bottom: 1, right: 1 }]);
			assert.deepEqual(table(first), [
				["DANH SÁCH"],
				["Họ tên", "Ngày sinh", ERROR_COLUMN],
				["hµ", 22715],
				["NguyÔn hµ", "30/2/1970", "Ngày sinh không có thật."],
			]);
			assert.equal(first?.rows[2]?.cells[0]?.font, ".VnTimeH");
			assert.equal(first?.rows[2]?.cells[1]?.isDate, true);
			assert.equal(first?.rows[3]?.cells[0]?.runs?.[1]?.font, ".VnTimeH");
			assert.deepEqual(table(second), [["giữ nguyên"]]);
		}

		async function again(bytes: Uint8Array): Promise<Buffer> {
			const workbook = await openWorkbook(bytes, "a.xlsx");
			try {
				return await buffer(await annotateWorkbook(workbook, notes));
			} finally {
				workbook.close();
			}
		}
	});
});

describe("a workbook on paper", () => {
	it("is one page across with its head on every page, rows as high as their lines, figures in the reader's notation", async () => {
		const zip = await openZip(
			await workbookBytes(
				[
					{
						name: "Hội's viên",
						columns: [{ header: "CLB, tổ, nhóm do Hội cấp trên thành lập", width: 16 }, { header: "Tỷ lệ" }],
						rows: [["ngắn", { value: 60, look: "rate" }], [{ value: "một ghi chú dài hơn cột", look: "note" }]],
					},
					{ name: "Ghi chú", rows: [["x"]] },
				],
				{ demo: true },
			),
		);
		const part = async (name: string) => text(await zip.stream(name));
		const sheet = await part("xl/worksheets/sheet1.xml");
		const order = [
			...sheet.matchAll(
				/<(sheetPr|sheetViews|sheetFormatPr|cols|sheetData|printOptions|pageMargins|pageSetup|headerFooter|ignoredErrors)\b/g,
			),
		];
		assert.deepEqual(
			order.map(([, name]) => name),
			[
				"sheetPr",
				"sheetViews",
				"sheetFormatPr",
				"cols",
				"sheetData",
				"printOptions",
				"pageMargins",
				"pageSetup",
				"headerFooter",
				"ignoredErrors",
			],
		);
		assert.match(sheet, /orientation="landscape" fitToWidth="1" fitToHeight="0"/);
		assert.deepEqual(
			[...sheet.matchAll(/<row r="(\d)"( ht="\d+")?/g)].map(([, row, height]) => `${row}${height ?? ""}`),
			["1", '2 ht="48"', "3", '4 ht="32"'],
		);
		const workbook = await part("xl/workbook.xml");
		assert.deepEqual(
			[...workbook.matchAll(/<definedName .*?<\/definedName>/g)].map(([all]) => all),
			[`<definedName name="_xlnm.Print_Titles" localSheetId="0">'Hội''s viên'!$1:$2</definedName>`],
		);
		assert.match(await part("xl/styles.xml"), /numFmtId="2" /);
		zip.close();
	});
});
