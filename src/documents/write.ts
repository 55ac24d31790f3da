import {
	AlignmentType,
	Document,
	Header,
	type ISectionOptions,
	LineRuleType,
	Packer,
	PageNumber,
	PageOrientation,
	Paragraph,
	type Table,
	TextRun,
} from "docx";
import type { Paper, PaperAnnex, PaperBlock } from "../core/paper.ts";
import { footTable, headTable, middle, titleBlock, toBlock } from "./head.ts";
import { BETWEEN, FIRST_LINE, FONT, LINE, MARGINS, PAGE, SIZE, TEXT_WIDTH, TEXT_WIDTH_ACROSS } from "./sizes.ts";
import { dataTable, wantedWidth } from "./table.ts";
import { dayWords, numberWords, typeset } from "./words.ts";

/** What a demo must carry on every page it leaves the program with. */
const DEMO_MARK = "Dữ liệu minh họa";

type Flow = Paragraph | Table;

/** The document as a Word file (.docx). Its text is NFC; nothing in it is a formula, a link or a macro. */
export async function wordBytes(paper: Paper): Promise<Buffer> {
	const document = new Document({
		title: [paper.title, ...paper.about].filter(Boolean).join(" ").normalize("NFC"),
		creator: paper.head.issuer,
		lastModifiedBy: paper.head.issuer,
		styles: {
			default: { document: { run: { font: FONT, size: SIZE.body, language: { value: "vi-VN" }, color: "000000" } } },
		},
		sections: [
			section(
				[headTable(paper), ...titleBlock(paper), ...toBlock(paper.to), ...bodyOf(paper.body), footTable(paper)],
				paper.demo,
				false,
			),
			...paper.annexes.map((annex, at) => annexSection(paper, annex, at)),
		],
	});
	return Packer.toBuffer(document);
}

/** The last words go over to the next page with the signature, which never stands on a page by itself. */
function bodyOf(blocks: readonly PaperBlock[]): Flow[] {
	return blocks.flatMap((block, at) =>
		at === blocks.length - 1 && block.kind !== "table" ? [paragraphOf(block, true)] : blocksOf(block),
	);
}

function blocksOf(block: PaperBlock): Flow[] {
	// A table stands off the words above it.
	if (block.kind === "table")
		return [
			new Paragraph({ spacing: { line: 120, lineRule: LineRuleType.EXACT } }),
			dataTable(block.table, TEXT_WIDTH, SIZE.table),
		];
	return [paragraphOf(block)];
}

function paragraphOf(block: Exclude<PaperBlock, { kind: "table" }>, keepNext = false): Paragraph {
	const text = typeset(block.text);
	if (block.kind === "note")
		return new Paragraph({
			spacing: { before: 60 },
			keepNext,
			children: [new TextRun({ text, size: SIZE.note, italics: true })],
		});
	const isHeading = block.kind === "heading";
	return new Paragraph({
		alignment: AlignmentType.JUSTIFIED,
		indent: { firstLine: FIRST_LINE },
		spacing: { before: BETWEEN, after: 0, line: LINE },
		keepNext: isHeading || keepNext,
		children: [
			new TextRun({
				text: isHeading && block.level === 1 ? text.toUpperCase() : text,
				size: SIZE.body,
				bold: isHeading,
				italics: block.kind === "basis",
			}),
		],
	});
}

/** A table behind the document, which says of which document it is part. */
function annexSection(paper: Paper, { title, table, notes }: PaperAnnex, at: number): ISectionOptions {
	const { head } = paper;
	const across = wantedWidth(table) > TEXT_WIDTH;
	const kind = paper.title === "" ? "Công văn" : paper.title.charAt(0) + paper.title.slice(1).toLowerCase();
	const nth = paper.annexes.length > 1 ? ` ${ROMAN[at]}` : "";
	const of = `(Kèm theo ${kind} ${numberWords(head).replace(/^Số: /u, "số ")} ${dayWords(head.day)} của ${issuerWords(paper)})`;
	return section(
		[
			middle(`Phụ lục${nth}`, { size: SIZE.annex, bold: true, keep: true }),
			...title.map((line) => middle(line.toUpperCase(), { size: SIZE.annex, bold: true, keep: true })),
			middle(of, { size: SIZE.annex, italics: true, after: BETWEEN, keep: true }),
			dataTable(table, across ? TEXT_WIDTH_ACROSS : TEXT_WIDTH, SIZE.annexTable),
			...notes.map((text) => paragraphOf({ kind: "note", text })),
		],
		paper.demo,
		across,
	);
}

const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

function issuerWords({ head }: Paper): string {
	return [head.issuer, head.above].filter(Boolean).join(" ").replace(/\s+/gu, " ");
}

/** A part with pages of its own: A4, numbered in the upper margin from the second page on. */
function section(children: Flow[], demo: boolean, across: boolean): ISectionOptions {
	const mark = () => (demo ? [markLine()] : []);
	return {
		properties: {
			titlePage: true,
			page: {
				// docx turns the page itself: width and height are those of the sheet upright.
				size: { ...PAGE, orientation: across ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
				margin: MARGINS,
				pageNumbers: { start: 1 },
			},
		},
		headers: {
			first: new Header({ children: demo ? mark() : [new Paragraph({})] }),
			default: new Header({
				children: [
					new Paragraph({
						alignment: AlignmentType.CENTER,
						children: [new TextRun({ children: [PageNumber.CURRENT], size: SIZE.page })],
					}),
					...mark(),
				],
			}),
		},
		children,
	};
}

function markLine(): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.RIGHT,
		children: [new TextRun({ text: DEMO_MARK, size: SIZE.mark, italics: true, bold: true })],
	});
}
