import { readFileSync, statSync } from "node:fs";
import { Problem } from "../core/problem.ts";

/** A table of the country's units takes under 2 MB. */
const LARGEST_FILE = 32 * 1024 * 1024;
const LARGEST_CELL = 2_000;
const DELIMITERS = [",", ";", "\t"];

/** A line of a table: its number in the file, and its cells by column name. */
export interface TableLine<Column extends string> {
	row: number;
	cells: Record<Column, string>;
}

/**
 * Reads a CSV file with a header: comma, semicolon or tab; UTF-8 with or without mark, or Excel's "Unicode text" (UTF-16);
 * quotes and line breaks inside them. Columns in any order; others are left out; `optionalColumns` read as "". Throws Problems.
 */
export function readTable<Column extends string>(
	file: string,
	columns: readonly Column[],
	optionalColumns: readonly NoInfer<Column>[] = [],
): TableLine<Column>[] {
	const text = decode(readBytes(file));
	const records = splitRecords(text, delimiterOf(text));
	const header = (records.shift()?.cells ?? []).map((name) => name.trim().toLowerCase());
	const missing = columns.filter((column) => !optionalColumns.includes(column) && !header.includes(column));
	if (missing.length > 0)
		throw new Problem("file.columns_missing", 422, `Tệp thiếu cột: ${missing.join(", ")}. Dòng đầu phải là tên cột.`, {
			field: "file",
		});
	const twice = columns.find((column) => header.indexOf(column) !== header.lastIndexOf(column));
	if (twice) throw new Problem("file.column_twice", 422, `Cột ${twice} có hai lần.`, { field: "file" });
	return records.map(({ row, cells }) => ({
		row,
		cells: Object.fromEntries(columns.map((column) => [column, cells[header.indexOf(column)] ?? ""])) as Record<
			Column,
			string
		>,
	}));
}

function readBytes(file: string): Buffer {
	try {
		if (statSync(file).size > LARGEST_FILE)
			throw new Problem("file.too_large", 413, "Tệp lớn hơn 32 MB. Hãy chia nhỏ rồi nhập từng phần.", {
				field: "file",
			});
		const bytes = readFileSync(file);
		if (bytes.length === 0) throw new Problem("file.empty", 422, "Tệp không có nội dung.", { field: "file" });
		return bytes;
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem("file.unreadable", 422, `Không đọc được tệp: ${(error as Error).message}`, { field: "file" });
	}
}

function decode(bytes: Buffer): string {
	const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		if (!text.includes("\0")) return text;
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
	}
	throw new Problem(
		"file.not_csv",
		422,
		"Tệp không phải là CSV mã hóa UTF-8. Trong Excel hãy lưu dạng “CSV UTF-8 (Comma delimited)”.",
		{ field: "file" },
	);
}

/** The delimiter that the header has most of. */
function delimiterOf(text: string): string {
	const [header] = text.split(/\r?\n|\r/, 1);
	const counts = DELIMITERS.map((delimiter) => ({ delimiter, n: header.split(delimiter).length }));
	return counts.sort((a, b) => b.n - a.n)[0].delimiter;
}

/** The records of the text with the line each begins on; lines without any content are left out. */
function splitRecords(text: string, delimiter: string): { row: number; cells: string[] }[] {
	const records: { row: number; cells: string[] }[] = [];
	let cells: string[] = [];
	let cell = "";
	let row = 1;
	let startedAt = 1;
	let quoted = false;
	const endCell = () => {
		if (cell.length > LARGEST_CELL)
			throw new Problem("file.cell_too_long", 422, `Dòng ${startedAt}: một ô dài hơn ${LARGEST_CELL} ký tự.`, {
				field: "file",
			});
		cells.push(cell);
		cell = "";
	};
	const endRecord = () => {
		endCell();
		if (cells.some((one) => one.trim() !== "")) records.push({ row: startedAt, cells });
		cells = [];
	};
	for (let at = 0; at < text.length; at++) {
		const letter = text[at];
		const breaks = letter === "\n" || (letter === "\r" && text[at + 1] !== "\n");
		if (quoted) {
			if (letter === '"' && text[at + 1] === '"') {
				cell += '"';
				at++;
			} else if (letter === '"') quoted = false;
			else cell += letter;
		} else if (letter === '"' && cell === "") quoted = true;
		else if (letter === delimiter) endCell();
		else if (breaks) endRecord();
		else if (letter !== "\r") cell += letter;
		if (breaks) {
			row++;
			if (!quoted) startedAt = row;
		}
	}
	if (quoted)
		throw new Problem("file.quote_open", 422, `Dòng ${startedAt}: thiếu dấu ngoặc kép đóng.`, { field: "file" });
	endRecord();
	return records;
}
