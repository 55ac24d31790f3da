import type { Cell, Sheet } from "../../core/sheet.ts";
import { type RosterLayout, recogniseRoster } from "./rules-roster-layout.ts";
import type { RosterOptions } from "./rules-roster-member.ts";
import { type RosterRow, rosterReader, type SkippedRow, seenIds } from "./rules-roster-read.ts";

/** A cell as the roster tests write it. */
export type Value = string | number | null | Cell;
export const TODAY = "2026-11-22";

/** A sheet of these rows from row 1; an empty row is a gap, as in a file. */
export function sheetOf(rows: Value[][], more: Partial<Sheet> = {}): Sheet {
	const lines = rows.map((values, i) => ({
		row: i + 1,
		cells: values.map((value) =>
			value === null || value === "" ? undefined : typeof value === "object" ? value : { value },
		),
	}));
	return {
		name: "DS",
		hidden: false,
		merges: [],
		rows: lines.filter(({ cells }) => cells.length > 0),
		...more,
	};
}

/** Reads all used sheets of a workbook held in memory, in order. */
export function readRoster(sheets: readonly Sheet[], layout: RosterLayout, options: RosterOptions) {
	const rows: RosterRow[] = [];
	const skipped: SkippedRow[] = [];
	const seen = seenIds();
	for (const sheetLayout of layout.sheets) {
		const sheet = sheets.find(({ name }) => name === sheetLayout.sheet);
		if (!sheet || !sheetLayout.use) continue;
		const read = rosterReader(sheetLayout, options, seen);
		for (const row of sheet.rows) {
			const line = read(row);
			if (line && "fields" in line) rows.push(line);
			else if (line) skipped.push(line);
		}
	}
	return { rows, skipped };
}

export function readSheets(...sheets: Sheet[]) {
	return readRoster(sheets, recogniseRoster(sheets), { today: TODAY });
}

/** The columns of the standard roster. */
export const HEAD = [
	"STT",
	"Họ và tên",
	"Ngày sinh",
	"Số CCCD/CMND",
	"Chi hội",
	"Ngày vào Hội",
	"Cư trú",
	"Tạm trú từ ngày",
	"Ngày ra khỏi Hội",
	"Lý do",
	"Số điện thoại",
];
