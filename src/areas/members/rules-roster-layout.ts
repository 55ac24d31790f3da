import { columnDayOrder } from "../../core/day-text.ts";
import { detectEncoding, type Encoding } from "../../core/legacy.ts";
import type { Cell, Sheet } from "../../core/sheet.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import { branchOfSheet } from "./rules-roster-branch.ts";
import { cellText, isUndeclared } from "./rules-roster-cells.ts";
import { headerKey, type RosterField } from "./rules-roster-fields.ts";
import { findHeader, headerAt, type RosterHeader } from "./rules-roster-header.ts";

/** What one column holds. Plain data: a person corrects it on screen, it is remembered per unit and applied again. */
export interface ColumnLayout {
	/** From 0. */
	column: number;
	/** Its head as read, lines joined with " / ". */
	header: string;
	field: RosterField | null;
	/** Encoding of its text where the font does not tell; only where it is not Unicode. */
	encoding?: Encoding;
	/** 0–1, how sure the letters are of `encoding`; a person confirms it. */
	encodingConfidence?: number;
	/** Only where its dates are written month first. */
	dayOrder?: "mdy";
}

/** How one sheet is read. */
export interface SheetLayout {
	sheet: string;
	/** Whether it is read at all. */
	use: boolean;
	/** First line of the header, from 1; 0 where none was found. */
	headerRow: number;
	headerRows: number;
	columns: ColumnLayout[];
	/** The branch of rows that name none. */
	branch: string | null;
}

/** How a workbook is read. */
export interface RosterLayout {
	sheets: SheetLayout[];
}

const SAMPLED_ROWS = 2000;
const DATE_FIELDS: ReadonlySet<RosterField | null> = new Set([
	"birth",
	"birthMale",
	"birthFemale",
	"joined",
	"residenceStart",
	"left",
]);
const MARK = /^(x|v|co|c|1|✓|✔|\+|\*|roi)$/;

/**
 * Recognises which sheets are rosters and what their columns hold. Enough of each sheet's top (2 000 rows) will do; hidden
 * sheets are off until a person turns them on.
 */
export function recogniseRoster(sheets: readonly Sheet[]): RosterLayout {
	return { sheets: sheets.map((sheet) => recogniseSheet(sheet)) };
}

/** Recognises one sheet, or reads it under a header that a person pointed at (`row` from 1, one to three `rows`). */
export function recogniseSheet(sheet: Sheet, pointed?: { row: number; rows: number }): SheetLayout {
	const encoding = encodingOf(sheet.rows.slice(0, SAMPLED_ROWS).flatMap((row) => row.cells)).encoding;
	const header = pointed ? headerAt(sheet, pointed.row, pointed.rows, encoding) : findHeader(sheet, encoding);
	if (!header)
		return {
			sheet: sheet.name,
			use: false,
			headerRow: 0,
			headerRows: 0,
			columns: [],
			branch: null,
		};
	const samples = samplesOf(sheet, header);
	const columns = header.columns.map((head) => columnLayout(head, samples(head.column), encoding));
	splitName(columns, samples);
	resolveByValues(columns, samples);
	const titles = sheet.rows
		.filter((row) => row.row < header.row)
		.flatMap((row) => row.cells.map((cell) => cleanText(cellText(cell, encoding).text)));
	return {
		sheet: sheet.name,
		use: pointed !== undefined || (!sheet.hidden && hasNames(columns, samples)),
		headerRow: header.row,
		headerRows: header.rows,
		columns,
		branch: branchOfSheet(sheet.name, titles),
	};
}

/** The same for every file with these columns: the key under which a unit's corrections are remembered. */
export function layoutFingerprint(layout: SheetLayout): string {
	return layout.columns.map(({ column, header }) => `${column}:${headerKey(header)}`).join("|");
}

/** A remembered layout for a sheet with the same columns: its fields and encodings, this sheet's own rows and branch. */
export function applyRemembered(layout: SheetLayout, remembered: SheetLayout): SheetLayout {
	if (layoutFingerprint(layout) !== layoutFingerprint(remembered)) return layout;
	const columns = layout.columns.map((column, i) => ({
		...column,
		field: remembered.columns[i]?.field ?? null,
	}));
	return { ...layout, use: remembered.use, columns };
}

type Samples = (column: number) => Cell[];

function samplesOf(sheet: Sheet, header: RosterHeader): Samples {
	const rows = sheet.rows.filter((row) => row.row >= header.row + header.rows).slice(0, SAMPLED_ROWS);
	return (column) => rows.map((row) => row.cells[column]).filter((cell) => cell !== undefined);
}

function columnLayout(head: RosterHeader["columns"][number], cells: Cell[], ofSheet: Encoding): ColumnLayout {
	const layout: ColumnLayout = { ...head };
	const found = encodingOf(cells);
	const encoding = found.confidence > 0.3 ? found.encoding : ofSheet;
	if (encoding !== "unicode" && cells.some(isJudged)) {
		layout.encoding = encoding;
		layout.encodingConfidence = Math.round(found.confidence * 100) / 100;
	}
	if (DATE_FIELDS.has(head.field) && columnDayOrder(cells.map((cell) => String(cell.value))) === "mdy")
		layout.dayOrder = "mdy";
	return layout;
}

function encodingOf(cells: readonly (Cell | undefined)[]) {
	return detectEncoding(cells.filter((cell) => isUndeclared(cell)).map((cell) => cell.value));
}

/** "Họ và tên" over two columns, merged or with the second head empty: family and middle names, then the given name. */
function splitName(columns: ColumnLayout[], samples: Samples): void {
	const at = columns.findIndex(({ field }) => field === "name");
	const name = columns[at];
	if (!name || columns.some(({ field }) => field === "givenName")) return;
	const column = name.column + 1;
	const next = columns.find((other) => other.column === column);
	if (next && (next.field !== null || next.header !== name.header)) return;
	const given = samples(column).filter(isWord);
	const oneWord = given.filter((cell) => !String(cell.value).trim().includes(" "));
	if (given.length * 2 <= samples(name.column).length || oneWord.length * 4 < given.length * 3) return;
	name.field = "familyName";
	if (next) next.field = "givenName";
	else columns.splice(at + 1, 0, { ...name, column, field: "givenName" });
}

function isWord(cell: Cell): boolean {
	return typeof cell.value === "string" && /\p{L}/u.test(cell.value);
}

/** Text whose letters an encoding changes and whose font does not say which. */
function isJudged(cell: Cell): boolean {
	return isUndeclared(cell) && /\P{ASCII}/u.test(cell.value);
}

/** Heads that mean two things: "Thường trú" over marks or over addresses, "Nơi cư trú" over addresses or over kinds. */
function resolveByValues(columns: ColumnLayout[], samples: Samples): void {
	for (const layout of columns) {
		if (layout.field !== "permanent" && layout.field !== "residence" && layout.field !== "address") continue;
		const keys = samples(layout.column)
			.map((cell) => searchKey(cellText(cell, layout.encoding).text))
			.filter(Boolean);
		if (keys.length === 0) continue;
		const most = (pattern: RegExp) => keys.filter((key) => pattern.test(key)).length * 2 > keys.length;
		const field = most(MARK)
			? layout.field === "address"
				? null
				: "permanent"
			: most(/^(thuong tru|tam tru|kt ?[1-4]|tt|tam vang|luu tru)\b/)
				? "residence"
				: "address";
		const isTaken = columns.some((other) => other !== layout && other.field === field);
		layout.field = isTaken ? null : field;
	}
}

/** A roster's name column holds words; a table of counts under "Hội viên" holds numbers. */
function hasNames(columns: ColumnLayout[], samples: Samples): boolean {
	const name = columns.find(({ field }) => field === "name" || field === "givenName");
	const cells = name ? samples(name.column) : [];
	const words = cells.filter((cell) => /\p{L}/u.test(String(cell.value)));
	return words.length * 2 >= cells.length;
}
