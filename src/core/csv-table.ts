import { detectDelimiter, splitCsv } from "./csv.ts";
import { searchKey } from "./vietnamese.ts";

/** A column a table may have: the key it is sent under, and the heads people give it (compared without diacritics). */
export type TableColumn = { key: string; heads: readonly string[]; required: boolean };

/** A row of a table: its number in the file (the head is row 1), and a text for every column, empty where it has none. */
export type TableRow = { row: number } & Record<string, string | number>;

export type Table = { rows: TableRow[]; missing: TableColumn[] };

/**
 * The rows of a CSV with a head line, by the heads of `columns` in whatever order; unknown columns and empty rows are passed over.
 * `missing` names the required columns that the head does not have; then there are no rows.
 */
export function readTable(text: string, columns: readonly TableColumn[]): Table {
	const { delimiter, from } = detectDelimiter(text);
	const lines = splitCsv(text.replace(/^\ufeff/, ""), delimiter, from.at);
	const head = (lines.next().value ?? []).map((cell: string) => searchKey(cell));
	const places = columns.map((column) => ({
		column,
		at: head.findIndex((cell: string) => names(column).includes(cell)),
	}));
	const missing = places.filter(({ column, at }) => at < 0 && column.required).map(({ column }) => column);
	if (missing.length > 0) return { rows: [], missing };
	const rows: TableRow[] = [];
	let row = from.row;
	for (const cells of lines) {
		row += 1;
		if (cells.every((cell) => cell.trim() === "")) continue;
		rows.push({ row, ...Object.fromEntries(places.map(({ column, at }) => [column.key, (cells[at] ?? "").trim()])) });
	}
	return { rows, missing: [] };
}

function names({ key, heads }: TableColumn): string[] {
	return [key, ...heads].map(searchKey);
}

/** The text of a file as Excel saves it: UTF-8 or UTF-16 by its mark, else UTF-8 when valid, else the Vietnamese page of old Windows. */
export function decodeTable(bytes: Uint8Array): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder("windows-1258").decode(bytes).normalize("NFC");
	}
}
