import type { Readable } from "node:stream";
import type { Row } from "../core/sheet.ts";
import type { SheetSource, Workbook } from "./workbook.ts";
import { type OutRow, type OutSheet, writeWorkbook } from "./write.ts";

/** Head of the column that tells what must be corrected. */
export const ERROR_COLUMN = "Lỗi cần sửa";

/** What to write beside the rows of one sheet. */
export interface SheetNotes {
	/** The (last) header row, where the column gets its head; rows from 1. */
	headerRow: number;
	noteOf(row: number): string | undefined;
}

/**
 * Her own workbook back as XLSX: every sheet, row, column, font and merged cell as values, and a column "Lỗi cần sửa" behind
 * the last one (in place of an earlier such column). `notes` by sheet name; a sheet without notes is copied as it is.
 */
export async function annotateWorkbook(
	workbook: Workbook,
	notes: ReadonlyMap<string, SheetNotes>,
	options: { demo?: boolean } = {},
): Promise<Readable> {
	const sheets: OutSheet[] = [];
	for (const source of workbook.sheets) sheets.push(await annotatedSheet(source, notes.get(source.name)));
	return writeWorkbook(sheets, options);
}

async function annotatedSheet(source: SheetSource, notes: SheetNotes | undefined): Promise<OutSheet> {
	const { widths, column } = await measure(source);
	if (notes) widths[column] = 48;
	return {
		name: source.name,
		widths: Array.from(widths, (width) => width ?? 9),
		rows: rows(),
		merges: await source.merges(),
	};

	async function* rows(): AsyncGenerator<OutRow> {
		for await (const row of source.rows()) yield notes ? annotated(row, column, notes) : row;
	}
}

function annotated(row: Row, column: number, notes: SheetNotes): OutRow {
	const cells: ((Row["cells"][number] & { look?: "header" | "error" }) | undefined)[] = [...row.cells];
	const note = notes.noteOf(row.row);
	cells[column] = undefined;
	if (row.row === notes.headerRow) cells[column] = { value: ERROR_COLUMN, look: "header" };
	else if (note) cells[column] = { value: note, look: "error" };
	return { row: row.row, cells };
}

/**
 * Width of each column by its longest text, and where the error column goes: over an earlier one, else behind the last. A row with
 * one cell alone (a title, the name of a group) runs on over its neighbours and widens no column.
 */
async function measure(source: SheetSource): Promise<{ widths: number[]; column: number }> {
	const widths: number[] = [];
	let earlier: number | undefined;
	for await (const { cells } of source.rows()) {
		const alone = cells.filter((cell) => (cell?.value ?? "") !== "").length === 1;
		cells.forEach((cell, column) => {
			const text = String(cell?.value ?? "");
			if (text === ERROR_COLUMN) earlier ??= column;
			const length = alone ? 0 : cell?.isDate ? 10 : text.length;
			widths[column] = Math.min(40, Math.max(widths[column] ?? 6, Math.ceil(length * 1.15) + 2));
		});
	}
	return { widths, column: earlier ?? widths.length };
}
