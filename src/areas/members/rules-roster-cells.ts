import { decode, decodeByFont, type Encoding, encodingOfFont } from "../../core/legacy.ts";
import type { Cell, Row } from "../../core/sheet.ts";

/**
 * The text of a cell in Unicode: by its font where that is an old one (run by run), else by the encoding its column was
 * found to have. Not yet cleaned; `decoded` says that it stood in an old encoding or in decomposed letters (NFD).
 */
export function cellText(cell: Cell | undefined, column: Encoding = "unicode"): { text: string; decoded: boolean } {
	if (!cell || cell.value === null) return { text: "", decoded: false };
	if (typeof cell.value !== "string") return { text: valueText(cell.value), decoded: false };
	const text = cell.runs
		? cell.runs.map((run) => runText(run.text, run.font, column)).join("")
		: runText(cell.value, cell.font, column);
	return { text, decoded: text !== cell.value };
}

function runText(text: string, font: string | undefined, column: Encoding): string {
	return font && encodingOfFont(font) !== "unicode" ? decodeByFont(text, font) : decode(text, column);
}

/** A number as digits: 91162421865, never 9.1e10. */
function valueText(value: number | boolean): string {
	if (typeof value === "boolean") return value ? "x" : "";
	return Number.isInteger(value) ? value.toFixed(0) : String(value);
}

/** True where the font of a text cell does not tell its encoding: the column's letters must. */
export function isUndeclared(cell: Cell | undefined): cell is Cell & { value: string } {
	if (typeof cell?.value !== "string") return false;
	const fonts = cell.runs ? cell.runs.map((run) => run.font) : [cell.font];
	return fonts.every((font) => !font || encodingOfFont(font) === "unicode");
}

/** The cells that hold something, with their columns. */
export function filledCells(row: Row): { column: number; cell: Cell }[] {
	const filled: { column: number; cell: Cell }[] = [];
	row.cells.forEach((cell, column) => {
		if (cell && cell.value !== null && String(cell.value).trim() !== "") filled.push({ column, cell });
	});
	return filled;
}
