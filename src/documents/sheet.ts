import type { Readable } from "node:stream";
import type { Paper, PaperCell, PaperColumn, PaperTable } from "../core/paper.ts";
import { missingFormula, rateFormula, sumFormula } from "../sheets/formulas.ts";
import { columnName, type OutCell, type OutSheet, writeWorkbook } from "../sheets/write.ts";
import { dateWords, numberWords } from "./words.ts";

/** Millimetres of a column in the characters a spreadsheet measures by. */
const CHARACTERS_PER_MILLIMETRE = 0.5;

/**
 * The document's tables as a workbook with the same figures; what a person would check stands as a live formula. Tables of the same columns
 * that follow one another in the body share a page, each under its name. The words that must go with them stand on a page behind.
 */
export function documentWorkbook(paper: Paper): Readable {
	const inBody = paper.body.flatMap((block) => (block.kind === "table" ? [block.table] : []));
	const pages = [...togetherWhereAlike(inBody), ...paper.annexes.map(({ table }) => [table])];
	return writeWorkbook([...pages.map(tableSheet), notesSheet(paper)], { demo: paper.demo });
}

function togetherWhereAlike(tables: PaperTable[]): PaperTable[][] {
	const pages: PaperTable[][] = [];
	const headsOf = ({ columns }: PaperTable) => columns.map(({ head }) => head).join("\n");
	for (const table of tables) {
		const last = pages.at(-1);
		if (last && headsOf(last[0]) === headsOf(table)) last.push(table);
		else pages.push([table]);
	}
	return pages;
}

function tableSheet(tables: PaperTable[]): OutSheet {
	const [{ name, columns }] = tables;
	const isShared = tables.length > 1;
	return {
		name: isShared ? "Số liệu" : name,
		columns: columns.map(({ head, width }) => ({
			header: head,
			width: Math.max(6, width * CHARACTERS_PER_MILLIMETRE),
		})),
		rows: tables.flatMap((table) => [...(isShared ? [nameRow(table)] : []), ...rowsOf(table)]),
	};
}

function nameRow({ name, columns }: PaperTable): OutCell[] {
	const at = columns.findIndex(({ kind }) => kind === "text");
	return columns.map((_, index) => (index === at ? { value: name, look: "header" } : null));
}

function rowsOf({ columns, rows, sum }: PaperTable): OutCell[][] {
	return [
		...rows.map((row) => columns.map((column, at) => cellOf(column, row[at], columns))),
		...(sum ? [columns.map((column, at) => sumCell(column, sum[at], columns, rows.length))] : []),
	];
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
