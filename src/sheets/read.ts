import { open, stat } from "node:fs/promises";
import { wideEncoding } from "../core/csv-bytes.ts";
import { Problem } from "../core/problem.ts";
import type { Row, Sheet } from "../core/sheet.ts";
import { openCsv } from "./csv-read.ts";
import { fileProblems, limits } from "./limits.ts";
import type { FileSource, SheetSource, Workbook } from "./workbook.ts";
import { openXlsx } from "./xlsx-read.ts";

/**
 * Opens a spreadsheet, XLSX, XLS or CSV, told by its content and not by its name. Nothing is computed and no link followed.
 * Throws a Problem: `file.empty`, `file.too_large`, `file.not_a_workbook`, `file.damaged`, `file.bomb`, `file.encrypted`;
 * later, while rows are read, also `file.too_many_columns` and `file.cell_too_long`.
 */
export async function openWorkbook(source: FileSource, fileName: string): Promise<Workbook> {
	const size = typeof source === "string" ? (await stat(source)).size : source.length;
	if (size === 0) throw fileProblems.empty();
	if (size > limits.fileBytes) throw fileProblems.tooLarge(limits.fileBytes / 1024 / 1024);
	const head = await firstBytes(source);
	const kind = kindOf(head, fileName);
	if (kind === "xls") return (await import("./xls-read.ts")).openXls(source, size, fileName);
	if (kind === "csv") return openCsv(source, fileName);
	if (kind === "ods") throw fileProblems.openDocument();
	if (kind !== "xlsx") throw fileProblems.notAWorkbook(kind);
	try {
		return await openXlsx(source, fileName);
	} catch (error) {
		throw error instanceof Problem ? error : fileProblems.damaged();
	}
}

/** Reads a whole spreadsheet into memory: for a roster of a branch or commune, not for 100 000 rows. */
export async function readWorkbook(source: FileSource, fileName: string): Promise<Sheet[]> {
	const workbook = await openWorkbook(source, fileName);
	try {
		const sheets: Sheet[] = [];
		for (const sheet of workbook.sheets) sheets.push(await readSheet(sheet));
		return sheets;
	} finally {
		workbook.close();
	}
}

/**
 * A sheet in memory: all of it, or the first `maxRows` rows. Merged cells stand behind the rows of an XLSX, so a sheet that
 * is cut short comes without them.
 */
export async function readSheet(source: SheetSource, maxRows = Number.POSITIVE_INFINITY): Promise<Sheet> {
	const { name, hidden } = source;
	const rows: Row[] = [];
	for await (const row of source.rows()) {
		if (rows.length === maxRows) return { name, hidden, rows, merges: [] };
		rows.push(row);
	}
	return { name, hidden, rows, merges: await source.merges() };
}

async function firstBytes(source: FileSource): Promise<Uint8Array> {
	if (typeof source !== "string") return source.subarray(0, 4096);
	const file = await open(source);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

/** `xlsx`, `xls`, `csv`, `ods`, or the Vietnamese name of what the file is instead. */
function kindOf(head: Uint8Array, fileName: string): string {
	const ascii = Buffer.from(head).toString("latin1");
	if (ascii.startsWith(OPEN_DOCUMENT, PART_HEAD)) return "ods";
	if (ascii.startsWith("PK\x03\x04") || ascii.startsWith("PK\x05\x06")) return "xlsx";
	if (ascii.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "xls";
	const known = FOREIGN.find(([pattern]) => pattern.test(ascii));
	if (known) return known[1];
	if (!hasControls(head) || /^(\xff\xfe|\xfe\xff)/.test(ascii)) return "csv";
	return /\.(csv|tsv|txt)$/i.test(fileName) && wideEncoding(head) ? "csv" : "";
}

/** An OpenDocument file: its first part tells its kind and is not packed, so that it stands readable in the first bytes. */
const OPEN_DOCUMENT = "mimetypeapplication/vnd.oasis.opendocument.";
const PART_HEAD = 30;

const FOREIGN: [RegExp, string][] = [
	[/^%PDF/, "tệp PDF"],
	[/^\{\\rtf/, "văn bản RTF"],
	[/^(\xff\xd8\xff|\x89PNG|GIF8)/, "hình ảnh"],
	[/^(Rar!|7z\xbc\xaf)/, "tệp nén"],
	[/^\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|table|head|meta)/i, "trang web"],
	[/^\s*(\xef\xbb\xbf)?\s*<\?xml/i, "tệp XML"],
];

function hasControls(head: Uint8Array): boolean {
	return head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27));
}
