import {
	AlignmentType,
	BorderStyle,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	VerticalAlignTable,
	WidthType,
} from "docx";
import type { PaperCell, PaperColumn, PaperTable } from "../core/paper.ts";
import { twips } from "./sizes.ts";
import { cellWords, typeset } from "./words.ts";

const LINE = { style: BorderStyle.SINGLE, size: 4, color: "000000" };
const ALIGNED = {
	text: AlignmentType.LEFT,
	number: AlignmentType.CENTER,
	count: AlignmentType.RIGHT,
	rate: AlignmentType.RIGHT,
} as const;

/** What the columns of a table want together, in twips. */
export function wantedWidth({ columns }: PaperTable): number {
	return columns.reduce((sum, { width }) => sum + twips(width), 0);
}

/** A table as wide as the text, its head again on each page, no row parted between two pages. */
export function dataTable(table: PaperTable, whole: number, size: number): Table {
	const wanted = wantedWidth(table);
	const widths = table.columns.map(({ width }) => Math.floor((twips(width) * whole) / wanted));
	const line = (cells: PaperCell[], bold = false) =>
		new TableRow({
			cantSplit: true,
			children: table.columns.map((column, at) =>
				cell(cellWords(cells[at], column.kind), ALIGNED[column.kind], { width: widths[at], size, bold }),
			),
		});
	return new Table({
		layout: TableLayoutType.FIXED,
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: widths,
		borders: { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE },
		rows: [
			new TableRow({
				cantSplit: true,
				tableHeader: true,
				children: table.columns.map(({ head }: PaperColumn, at) =>
					cell(head, AlignmentType.CENTER, { width: widths[at], size, bold: true }),
				),
			}),
			...table.rows.map((cells) => line(cells)),
			...(table.sum ? [line(table.sum, true)] : []),
		],
	});
}

type Look = { width: number; size: number; bold: boolean };

function cell(
	text: string,
	alignment: (typeof AlignmentType)[keyof typeof AlignmentType],
	{ width, size, bold }: Look,
): TableCell {
	return new TableCell({
		width: { size: width, type: WidthType.DXA },
		verticalAlign: VerticalAlignTable.CENTER,
		margins: { top: 30, bottom: 30, left: 70, right: 70 },
		children: [new Paragraph({ alignment, children: [new TextRun({ text: typeset(text), size, bold })] })],
	});
}
