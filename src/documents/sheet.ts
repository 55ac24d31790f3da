import type { Readable } from "node:stream";
import type { Paper, PaperCell, PaperColumn, PaperTable } from "../core/paper.ts";
import { missingFormula, rateFormula, sumFormula } from "../sheets/formulas.ts";
import { columnName, type OutCell, type OutSheet, writeWorkbook } from "../sheets/write.ts";
import { dateWords, numberWords } from "./words.ts";

/** Millimetres of a column in the characters a spreadsheet measures by. */
const CHARACTERS_PER_MILLIMETRE = 0.5;

/**
 * The document's tables as a workbook, a page each with the same figures; what a person would check stands as a live formula. The words
 * that must go with them stand on a page behind.
 */
export function documentWorkbook(paper: Paper): Readable {
	const tables = [
		...paper.body.flatMap((block) => (block.kind === "table" ? [block.table] : [])),
		...paper.annexes.map(({ table }) => table),
	];
	return writeWorkbook([...tables.map(tableSheet), notesSheet(paper)], { demo: paper.demo });
}

function tableSheet({ name, columns, rows, sum }: PaperTable): OutSheet {
	const cells = (row: PaperCell[]) => columns.map((column, at) => cellOf(column, row[at], columns));
	return {
		name,
		columns: columns.map(({ head, width }) => ({
			header: head,
			width: Math.max(6, width * CHARACTERS_PER_MILLIMETRE),
		})),
		rows: [
			...rows.map(cells),
			...(sum ? [columns.map((column, at) => sumCell(column, sum[at], columns, rows.length))] : []),
		],
	};
}

function cellOf(column: PaperColumn, cell: PaperCell | undefined, columns: PaperColumn[]): OutCell {
	if (cell === null || cell === undefined || cell === "") return null;
	if (column.kind === "text") return String(cell);
	return { value: Number(cell), look: column.kind === "rate" ? "rate" : "count", formula: formulaOf(column, columns) };
}

/** The line of the sum: its label, columns added up, and rates worked out from the sums beside them. */
function sumCell(column: PaperColumn, cell: PaperCell | undefined, columns: PaperColumn[], rows: number): OutCell {
	if (cell === null || cell === undefined) return null;
	if (column.kind === "text" || column.kind === "number") return { value: String(cell), look: "header" };
	const letter = columnName(columns.indexOf(column));
	const added = (row: number) => sumFormula(`${letter}${row - rows}`, `${letter}${row - 1}`);
	return {
		value: Number(cell),
		look: column.kind === "rate" ? "sum_rate" : "sum",
		formula:
			column.sum === "added" && rows > 0 ? added : column.sum === "as_row" ? formulaOf(column, columns) : undefined,
	};
}

function formulaOf({ formula }: PaperColumn, columns: PaperColumn[]): ((row: number) => string) | undefined {
	if (!formula) return undefined;
	const letterOf = (key: string) => columnName(columns.findIndex((column) => column.key === key));
	if (formula.kind === "difference") return (row) => `${letterOf(formula.of)}${row}-${letterOf(formula.less)}${row}`;
	const write = formula.kind === "rate" ? rateFormula : missingFormula;
	return (row) => write(`${letterOf(formula.members)}${row}`, `${letterOf(formula.women)}${row}`);
}

function notesSheet(paper: Paper): OutSheet {
	const { head, title, about, body, annexes } = paper;
	const notes = [
		[title, ...about].filter(Boolean).join(" "),
		`${[head.above, head.issuer].join(" ").replace(/\s+/gu, " ").toUpperCase()}. ${numberWords(head)}. ${dateWords(head)}.`,
		...body.flatMap((block) => (block.kind === "table" ? [] : [block.text])),
		...annexes.flatMap((annex) => annex.notes),
	];
	return { name: "Ghi chú", widths: [120], rows: notes.map((value) => [{ value, look: "note" }]) };
}
