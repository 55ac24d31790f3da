import { detectDelimiter, splitCsv } from "./csv.ts";
import { decodeCsv } from "./csv-bytes.ts";
import { Problem } from "./problem.ts";
import { searchKey } from "./vietnamese.ts";

const LONGEST_CELL = 2_000;

/** A column a table may have: the key it is sent under, and the heads people give it (compared without diacritics). */
export type TableColumn = { key: string; heads: readonly string[]; required: boolean };

/** A row of a table: its number as a spreadsheet shows it (the head is row 1), and a text for every column, empty where it has none. */
export type TableRow<Columns extends readonly TableColumn[]> = { row: number } & Record<Columns[number]["key"], string>;

/**
 * The rows of a CSV file of figures, with a head line: by the key or the heads of `columns` in whatever order; unknown columns
 * and empty rows are passed over. Throws a Problem where anything would have to be guessed: `file.empty`, `file.not_csv`,
 * `file.columns_missing`, `file.column_twice`, `file.quote_open`, `file.cell_too_long`.
 */
export function readTable<const Columns extends readonly TableColumn[]>(
	bytes: Uint8Array,
	columns: Columns,
): TableRow<Columns>[] {
	const text = decodeCsv(bytes);
	if (text.trim() === "") throw refused("empty", "Tệp không có nội dung.");
	if (text.includes("\0"))
		throw refused("not_csv", "Tệp không phải là CSV. Trong Excel hãy lưu dạng “CSV UTF-8 (Comma delimited)”.");
	const { delimiter, from } = detectDelimiter(text);
	const [head, ...lines] = splitCsv(text.slice(from.at), delimiter, (index) => {
		throw refused("quote_open", `Dòng ${from.row + index}: dấu ngoặc kép mở mà không đóng đúng chỗ.`);
	});
	const places = placesOf(columns, (head ?? []).map(searchKey));
	return lines.flatMap((cells, index) => {
		if (cells.every((cell) => cell.trim() === "")) return [];
		const row = from.row + 1 + index;
		if (cells.some((cell) => cell.length > LONGEST_CELL))
			throw refused("cell_too_long", `Dòng ${row}: một ô dài hơn ${LONGEST_CELL} ký tự.`);
		const values = places.map(({ key, at }) => [key, (cells[at] ?? "").trim()]);
		return [{ row, ...Object.fromEntries(values) } as TableRow<Columns>];
	});
}

/** Where each column stands in the head; -1 for one that is not there and need not be. */
function placesOf(columns: readonly TableColumn[], head: string[]): { key: string; at: number }[] {
	const places = columns.map((column) => {
		const names = [column.key, ...column.heads].map(searchKey);
		const found = [...head.keys()].filter((at) => names.includes(head[at] as string));
		if (found.length > 1) throw refused("column_twice", `Cột ${column.key} có hai lần.`);
		return { column, key: column.key, at: found[0] ?? -1 };
	});
	const missing = places.filter(({ column, at }) => column.required && at < 0).map(({ column }) => titleOf(column));
	if (missing.length > 0)
		throw refused("columns_missing", `Tệp thiếu cột ${missing.join(", ")}. Dòng đầu phải là tên cột.`);
	return places;
}

function titleOf({ key, heads }: TableColumn): string {
	return heads[0] ? `“${heads[0]}” (${key})` : `“${key}”`;
}

function refused(reason: string, sentence: string): Problem {
	return new Problem(`file.${reason}`, 422, sentence, { field: "file" });
}
