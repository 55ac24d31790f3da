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
import type { Paper, PaperSigner } from "../core/paper.ts";
import { rule, widthOf } from "./rule.ts";
import { BETWEEN, SIZE, TEXT_WIDTH, twips } from "./sizes.ts";
import { dateWords, numberWords, recipientLines, typeset } from "./words.ts";

/** The column of who issues the document; the other one holds the name of the country in one line. */
const LEFT = twips(72);
const MOTTO = "Độc lập - Tự do - Hạnh phúc";

const NOTHING = { style: BorderStyle.NONE, size: 0, color: "auto" };
// Word draws a cell's own borders over the table's: both must say none.
const NO_BORDERS = { top: NOTHING, bottom: NOTHING, left: NOTHING, right: NOTHING };

/** The head of a document: on the left who issues it, with number and symbol; on the right the country, its motto, place and day. */
export function headTable({ head, title, about }: Paper): Table {
	const isLetter = title === "";
	const issuer = head.issuer.toUpperCase();
	const half = Math.min(widthOf(linesOf(issuer).at(-1) ?? "", SIZE.issuer), LEFT / 20 - 12) * 0.45;
	return twoColumns(LEFT, [
		[
			[
				...linesOf(head.above).map((line) => middle(line.toUpperCase(), { size: SIZE.above })),
				...linesOf(issuer).map((line) => middle(line, { size: SIZE.issuer, bold: true })),
				rule(Math.max(50, half)),
			],
			[
				middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", { size: SIZE.nation, bold: true }),
				middle(MOTTO, { size: SIZE.motto, bold: true }),
				rule(widthOf(MOTTO, SIZE.motto)),
			],
		],
		[
			[
				middle(numberWords(head), { size: SIZE.number, before: BETWEEN }),
				...(isLetter
					? about.map((line, at) => middle(at === 0 ? `V/v ${line}` : line, { size: SIZE.subject, before: 40 }))
					: []),
			],
			[middle(dateWords(head), { size: SIZE.date, italics: true, before: BETWEEN })],
		],
	]);
}

/** A name may be set in several lines, so that it breaks where its words do. */
function linesOf(words: string): string[] {
	return words.split("\n").filter((line) => line.trim() !== "");
}

/** The kind of document and what it is about, with its line; nothing for a letter. */
export function titleBlock({ title, about }: Pick<Paper, "title" | "about">): Paragraph[] {
	if (title === "") return [];
	return [
		middle(title.toUpperCase(), { size: SIZE.title, bold: true, before: 2 * BETWEEN }),
		...about.map((line) => middle(line, { size: SIZE.title, bold: true })),
		rule(Math.min(140, Math.max(60, widthOf(about.at(-1) ?? title, SIZE.title) * 0.4)), BETWEEN),
	];
}

/** Kính gửi: one on the line itself, several below it with hyphens. */
export function toBlock(to: readonly string[]): Paragraph[] {
	const names = to.map((name) => name.replace(/[;.]+$/u, ""));
	if (names.length === 0) return [];
	if (names.length === 1) return [middle(`Kính gửi: ${names[0]}`, { size: SIZE.to, before: BETWEEN, after: BETWEEN })];
	return [
		new Paragraph({
			indent: { left: twips(25) },
			spacing: { before: BETWEEN },
			children: [new TextRun({ text: "Kính gửi:", size: SIZE.to })],
		}),
		...names.map(
			(name, at) =>
				new Paragraph({
					indent: { left: twips(45) },
					spacing: { after: at === names.length - 1 ? BETWEEN : 0 },
					children: [new TextRun({ text: typeset(`- ${name}${at === names.length - 1 ? "." : ";"}`), size: SIZE.to })],
				}),
		),
	];
}

/** The foot of a document: on the left who gets it, on the right who signs. */
export function footTable({ recipients, signer }: Pick<Paper, "recipients" | "signer">): Table {
	const lines = recipientLines(recipients);
	return twoColumns(
		twips(80),
		[
			[
				[
					...(lines.length === 0
						? []
						: [
								new Paragraph({
									children: [new TextRun({ text: "Nơi nhận:", size: SIZE.recipientsLabel, bold: true, italics: true })],
								}),
							]),
					...lines.map(
						(text) => new Paragraph({ children: [new TextRun({ text: typeset(text), size: SIZE.recipients })] }),
					),
				],
				signature(signer),
			],
		],
		2 * BETWEEN,
	);
}

/** Room for signature and seal between the post and the name. */
function signature(signer: PaperSigner): Paragraph[] {
	const bold = { size: SIZE.signer, bold: true, keep: true };
	return [
		middle(signer.for.toUpperCase(), bold),
		...(signer.post === "" ? [] : [middle(signer.post.toUpperCase(), bold)]),
		...Array.from({ length: 4 }, () => middle("", { size: SIZE.signer, keep: true })),
		middle(signer.name, { size: SIZE.signer, bold: true }),
	];
}

type Look = { size: number; bold?: boolean; italics?: boolean; before?: number; after?: number; keep?: boolean };

/** A line in the middle of its column. */
export function middle(text: string, { size, bold, italics, before = 0, after = 0, keep = false }: Look): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { before, after },
		keepNext: keep,
		children: [new TextRun({ text: typeset(text), size, bold, italics })],
	});
}

function twoColumns(left: number, rows: Paragraph[][][], before = 0): Table {
	const widths = [left, TEXT_WIDTH - left];
	return new Table({
		layout: TableLayoutType.FIXED,
		width: { size: TEXT_WIDTH, type: WidthType.DXA },
		columnWidths: widths,
		borders: { ...NO_BORDERS, insideHorizontal: NOTHING, insideVertical: NOTHING },
		rows: rows.map(
			(cells) =>
				new TableRow({
					cantSplit: true,
					children: cells.map(
						(children, at) =>
							new TableCell({
								width: { size: widths[at], type: WidthType.DXA },
								borders: NO_BORDERS,
								verticalAlign: VerticalAlignTable.TOP,
								margins: { top: before, left: 40, right: 40 },
								// A cell without a paragraph is damaged to Word.
								children: children.length > 0 ? children : [new Paragraph({})],
							}),
					),
				}),
		),
	});
}
