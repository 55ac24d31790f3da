import { readFile } from "node:fs/promises";
import { type CellObject, CFB, read, type WorkBook, type WorkSheet } from "@e965/xlsx";
import { Problem } from "../core/problem.ts";
import type { Cell, Merge, Row } from "../core/sheet.ts";
import { checkCell, fileProblems, limits } from "./limits.ts";
import { DAYS_1904, isDateCode } from "./number-format.ts";
import type { FileSource, SheetSource, Workbook } from "./workbook.ts";
import { readXlsFonts, type XlsFonts } from "./xls-fonts.ts";

/**
 * Opens an .xls (Excel 97–2003) through SheetJS, in one piece: the format has no more than 65 536 rows. Also recognises an
 * encrypted .xlsx, which lies in the same container. Throws `file.encrypted`, `file.not_a_workbook`, `file.damaged`.
 */
export async function openXls(source: FileSource, size: number, fileName: string): Promise<Workbook> {
	if (size > limits.xlsBytes) throw fileProblems.tooLarge(limits.xlsBytes / 1024 / 1024);
	const bytes = typeof source === "string" ? await readFile(source) : source;
	const { book, fonts } = parse(bytes);
	const sheets = book.SheetNames.map((name, index) => sheetSource(book, name, index, fonts));
	return { fileName, format: "xls", sheets, close: () => {} };
}

function parse(bytes: Uint8Array): { book: WorkBook; fonts: XlsFonts } {
	try {
		const container = CFB.read(bytes, { type: "buffer" });
		if (CFB.find(container, "/EncryptedPackage")) throw fileProblems.encrypted();
		const stream = CFB.find(container, "/Workbook") ?? CFB.find(container, "/Book");
		if (!stream) throw fileProblems.notAWorkbook("tài liệu Office khác");
		const fonts = readXlsFonts(Uint8Array.from(stream.content));
		if (fonts.encrypted) throw fileProblems.encrypted();
		const book = read(bytes, {
			type: "buffer",
			dense: true,
			cellNF: true,
			cellFormula: false,
			cellHTML: false,
		});
		return { book, fonts };
	} catch (error) {
		throw error instanceof Problem ? error : fileProblems.damaged();
	}
}

function sheetSource(book: WorkBook, name: string, index: number, fonts: XlsFonts): SheetSource {
	const sheet = book.Sheets[name] as WorkSheet;
	const date1904 = book.Workbook?.WBProps?.date1904 === true;
	const merges: Merge[] = (sheet["!merges"] ?? []).map(({ s, e }) => ({
		top: s.r + 1,
		left: s.c,
		bottom: e.r + 1,
		right: e.c,
	}));
	async function* rows(): AsyncGenerator<Row> {
		const data: (CellObject | undefined)[][] = sheet["!data"] ?? [];
		for (const [at, line] of data.entries()) {
			const cells: (Cell | undefined)[] = [];
			line?.forEach((object, column) => {
				const cell = object && cellOf(object, date1904, fonts.fontOf(index, at, column));
				if (!cell) return;
				checkCell(name, at + 1, column, typeof cell.value === "string" ? cell.value : "");
				cells[column] = cell;
			});
			if (cells.length > 0) yield { row: at + 1, cells };
		}
	}
	const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
	return { name, hidden, rows, merges: async () => merges };
}

function cellOf(object: CellObject, date1904: boolean, font: string | undefined): Cell | undefined {
	const { t: type, v: value } = object;
	if (type === "n" && typeof value === "number") {
		if (!isDateCode(String(object.z ?? ""))) return { value };
		return { value: date1904 ? value + DAYS_1904 : value, isDate: true };
	}
	if (type === "b") return { value: Boolean(value) };
	if (type === "e") return { value: object.w ?? "#N/A" };
	if (typeof value !== "string" || value === "") return undefined;
	return font === undefined ? { value } : { value, font };
}
