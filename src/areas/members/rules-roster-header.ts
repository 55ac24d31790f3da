import type { Encoding } from "../../core/legacy.ts";
import type { Merge, Row, Sheet } from "../../core/sheet.ts";
import { cleanText } from "../../core/vietnamese.ts";
import { cellText, filledCells } from "./rules-roster-cells.ts";
import { fieldOfHeader, type RosterField } from "./rules-roster-fields.ts";

/** A header of one to three lines and what its columns mean. */
export interface RosterHeader {
	/** First line, from 1. */
	row: number;
	rows: number;
	columns: { column: number; header: string; field: RosterField | null }[];
}

const SEARCHED_ROWS = 40;
const MOST_LINES = 3;

/**
 * The header of a sheet: the block of one to three lines among its first rows whose heads name the most fields and hold no
 * data; null where no block names a person and something about her.
 */
export function findHeader(sheet: Sheet, encoding: Encoding): RosterHeader | null {
	let best: { header: RosterHeader; score: number } | null = null;
	for (const row of sheet.rows.slice(0, SEARCHED_ROWS)) {
		for (let rows = 1; rows <= MOST_LINES; rows++) {
			const header = headerAt(sheet, row.row, rows, encoding);
			const score = scoreOf(sheet, header);
			if (score !== null && (best === null || score > best.score)) best = { header, score };
		}
	}
	return best?.header ?? null;
}

/** The header taken from given lines, whatever it scores: also what a person points at. */
export function headerAt(sheet: Sheet, row: number, rows: number, encoding: Encoding): RosterHeader {
	const lines = linesOf(sheet, row, rows).map((line) =>
		line ? Array.from(line.cells, (cell) => cleanText(cellText(cell, encoding).text)) : [],
	);
	const width = Math.max(0, ...lines.map((line) => line.length));
	const taken = new Set<RosterField>();
	const columns = Array.from({ length: width }, (_, column) => {
		const heads = headsOf(lines, sheet.merges, row, column);
		const field = fieldOfHeader(heads) ?? null;
		const isFree = field !== null && !taken.has(field);
		if (isFree) taken.add(field);
		return { column, header: heads.join(" / "), field: isFree ? field : null };
	});
	return { row, rows, columns: columns.filter(({ header }) => header !== "") };
}

function linesOf(sheet: Sheet, row: number, rows: number): (Row | undefined)[] {
	const near = sheet.rows.slice(0, SEARCHED_ROWS + MOST_LINES);
	return Array.from({ length: rows }, (_, i) => near.find((line) => line.row === row + i));
}

/** The texts over a column, from the top, with merged heads filled in and none twice in a row. */
function headsOf(lines: string[][], merges: Merge[], row: number, column: number): string[] {
	const heads = lines.map((line, i) => {
		const merge = merges.find(
			({ top, left, bottom, right }) => row + i >= top && row + i <= bottom && column >= left && column <= right,
		);
		if (merge) return lines[merge.top - row]?.[merge.left] ?? "";
		return line[column] || inherited(lines, i, column);
	});
	return heads.filter((head, i) => head !== "" && head !== heads[i - 1]);
}

/** Where merged cells were lost (CSV): an empty head belongs to the one on its left while the line below is filled. */
function inherited(lines: string[][], line: number, column: number): string {
	const below = lines[line + 1];
	if (!below?.[column]) return "";
	for (let left = column - 1; left >= 0 && below[left]; left--) {
		const head = lines[line]?.[left];
		if (head) return head;
	}
	return "";
}

/** Higher is better; null where this cannot be the header of a roster. */
function scoreOf(sheet: Sheet, header: RosterHeader): number | null {
	const fields = new Set(header.columns.map((column) => column.field).filter((field) => field !== null));
	const hasName = fields.has("name") || fields.has("givenName");
	if (!hasName || fields.size < 2) return null;
	const lines = linesOf(sheet, header.row, header.rows);
	if (lines[0] === undefined || lines.at(-1) === undefined) return null;
	let score = fields.size + (fields.has("name") ? 2 : 1) - header.rows * 0.5;
	for (const [i, line] of lines.entries()) {
		const cells = line ? filledCells(line) : [];
		score -= 2 * cells.filter(({ cell }) => isData(cell.value)).length;
		if (i > 0 && cells.length < 2) score -= 2;
	}
	return score;
}

/** A number or a day: no head of a column. */
function isData(value: unknown): boolean {
	return typeof value === "number" || /^\s*[\d\s./-]+\s*$/.test(String(value));
}
