import { readFile } from "node:fs/promises";
import { detectDelimiter, splitCsv } from "../core/csv.ts";
import type { Cell, Row } from "../core/sheet.ts";
import { decodeCsv } from "./csv-bytes.ts";
import { checkCell, fileProblems } from "./limits.ts";
import type { FileSource, Workbook } from "./workbook.ts";

/** Opens a CSV or tab-separated text as a workbook of one sheet; every value stays text, so that IDs keep their zeros. */
export async function openCsv(source: FileSource, fileName: string): Promise<Workbook> {
	const text = decodeCsv(typeof source === "string" ? await readFile(source) : source);
	if (text.trim() === "") throw fileProblems.empty();
	const name = fileName.replace(/\.[^.]*$/, "").slice(0, 31) || "CSV";
	const { delimiter, from } = detectDelimiter(text);
	async function* rows(): AsyncGenerator<Row> {
		let number = from.row;
		for (const fields of splitCsv(text, delimiter, from.at)) {
			const row = rowOf(name, number++, fields);
			if (row) yield row;
		}
	}
	return {
		fileName,
		format: "csv",
		sheets: [{ name, hidden: false, rows, merges: async () => [] }],
		close: () => {},
	};
}

function rowOf(sheet: string, row: number, fields: string[]): Row | undefined {
	const cells: (Cell | undefined)[] = [];
	fields.forEach((value, column) => {
		if (value === "") return;
		checkCell(sheet, row, column, value);
		cells[column] = { value };
	});
	return cells.length > 0 ? { row, cells } : undefined;
}
