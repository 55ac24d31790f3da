/**
 * What a spreadsheet is to the rest of the program, whichever file it came from. Pure types: rules may speak of cells
 * without knowing how a file is read (src/sheets does that).
 */

/** A value as the file holds it: formulas stand as their last computed result, dates as serial numbers. */
export type CellValue = string | number | boolean | null;

/** Text of one font inside a cell that mixes fonts. */
export interface CellRun {
	text: string;
	font: string | undefined;
}

/** One cell. `font` is part of the data: `.VnTime` text is TCVN3, and `.VnTimeH` shows lower-case bytes as capitals. */
export interface Cell {
	value: CellValue;
	/** The number is a day serial of the 1900 system (serials of 1904 workbooks are already moved). */
	isDate?: boolean;
	/** Font name of the cell, where the format carries one. */
	font?: string;
	/** Only where one cell mixes several fonts. */
	runs?: CellRun[];
}

/** One row with at least one value; `cells[i]` is column `i` (0 = A), a hole is an empty cell. */
export interface Row {
	/** Row number as the user sees it, from 1. */
	row: number;
	cells: (Cell | undefined)[];
}

/** A merged rectangle; rows from 1, columns from 0, ends included. */
export interface Merge {
	top: number;
	left: number;
	bottom: number;
	right: number;
}

/** A sheet held in memory. Empty rows are left out; `row` keeps the numbers true. */
export interface Sheet {
	name: string;
	hidden: boolean;
	rows: Row[];
	merges: Merge[];
}
