import type { Row } from "../../core/sheet.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import { readHeading } from "./rules-roster-branch.ts";
import { cellText, filledCells } from "./rules-roster-cells.ts";
import { headerKey, type RosterField } from "./rules-roster-fields.ts";
import type { SheetLayout } from "./rules-roster-layout.ts";

/** What a line of a roster is; all but `member` are skipped and counted. */
export type LineKind = "member" | "header" | "group" | "total" | "signature" | "note";

/** A line sorted into its kind. `heading` only for a group, `text` for those that are skipped. */
export interface Line {
	kind: LineKind;
	/** Its texts in order, decoded: what the preview shows of a skipped line. */
	text: string;
	heading?: { kind: "branch" | "group"; name: string };
}

const TOTAL = /^(tong cong|tong so|tong( hop)?( \d+)?$|cong( don| chung)?( \d+)?$|cong [^a-z]*$|(tong|cong) ?[:=])/;
const SIGNATURE =
	/^(t\/?m\.?|thay mat|kt\.?|tl\.?) |^(nguoi lap( bieu| danh sach)?|lap bieu|xac nhan.*|ky( ten|,).*|\(ky.*|chu tich( hoi lhpn.*)?|pho chu tich|chi hoi (truong|pho)|to truong|noi nhan:?|luu:? ?vt.*|danh sach (nay )?(gom|co) .*)$|ky,? ghi ro ho ten/;
const DATED = /(^|, ?|[a-z] )ngay .{0,12} ?thang .{0,12} ?nam( |$)/;
const NO_BRANCH = /hoi vien|danh sach|nong cot|dang vien|tong|ket nap|chuyen di|qua doi|ghi chu/;
const FACTS: readonly RosterField[] = [
	"birth",
	"birthYear",
	"birthMale",
	"birthFemale",
	"nationalId",
	"joined",
	"phone",
	"residenceStart",
	"left",
];

/** Sorts the lines of one sheet, in order: what stands below a total or a signature is read with that in mind. */
export function lineSorter(layout: SheetLayout): (row: Row) => Line {
	const heads = layout.columns.map(({ column, header }) => ({
		column,
		keys: header.split(" / ").map(headerKey),
	}));
	const columnsOf = (field: RosterField) =>
		layout.columns.filter((column) => column.field === field).map(({ column }) => column);
	const numbers = new Set(columnsOf("number"));
	const names = new Set((["name", "familyName", "givenName"] as const).flatMap(columnsOf));
	const factColumns = new Set(FACTS.flatMap(columnsOf));
	const ids = new Set(columnsOf("nationalId"));
	const encodings = new Map(layout.columns.map(({ column, encoding }) => [column, encoding]));
	let isFooter = false;

	const isPlainMember = (row: Row) =>
		some(ids, (id) => digits(row, id) >= 9) && some(names, (name) => hasLetters(row, name));

	return (row) => {
		if (isPlainMember(row)) {
			isFooter = false;
			return { kind: "member", text: "" };
		}
		const facts = describe(row);
		const kind = kindOf(facts, isFooter);
		if (kind === "total" || kind === "signature") isFooter = true;
		if (kind === "group" || kind === "member") isFooter = false;
		const { text, heading } = facts;
		return kind === "group" && heading ? { kind, text, heading } : { kind, text };
	};

	function describe(row: Row): LineFacts {
		const cells = filledCells(row)
			.map(({ column, cell }) => ({
				column,
				text: cleanText(cellText(cell, encodings.get(column)).text),
			}))
			.filter(({ text }) => text !== "");
		const words = cells.filter((cell) => /\p{L}{2}/u.test(cell.text) && !isNumeral(cell.text));
		const isNumbered = cells.some((cell) => numbers.has(cell.column) && /^\d+[.)]?$/.test(cell.text));
		const hasName = words.some((cell) => names.has(cell.column));
		const hasFacts = cells.some((cell) => factColumns.has(cell.column));
		return {
			text: cells.map((cell) => cell.text).join(" · "),
			keys: words.map((cell) => searchKey(cell.text.slice(0, 200))),
			isEmpty: cells.length === 0,
			isHeader: isHeaderAgain(cells, heads) || (words.length === 0 && isColumnNumbers(cells)),
			isNumbered,
			hasName,
			hasFacts,
			hasId: some(ids, (id) => digits(row, id) >= 8),
			heading: hasFacts ? null : headingOf(cells, words, isNumbered && hasName),
		};
	}
}

/** What is seen of one line before its kind is decided. */
interface LineFacts {
	text: string;
	/** Keys of its words. */
	keys: string[];
	isEmpty: boolean;
	isHeader: boolean;
	isNumbered: boolean;
	hasName: boolean;
	/** Something only a member has: a birth, an ID, a phone … */
	hasFacts: boolean;
	hasId: boolean;
	heading: Line["heading"] | null;
}

function kindOf(line: LineFacts, isFooter: boolean): LineKind {
	if (line.isEmpty) return "note";
	if (line.isHeader) return "header";
	if (!line.hasId && line.keys.some((key) => TOTAL.test(key))) return "total";
	if (isSignature(line)) return "signature";
	if (line.heading) return "group";
	if (!line.hasName && !line.hasFacts) return "note";
	return isFooter && !line.isNumbered && !line.hasFacts ? "signature" : "member";
}

function isSignature(line: LineFacts): boolean {
	if (line.isNumbered || line.hasId) return false;
	const isMember = line.hasName && line.hasFacts;
	return line.keys.some((key) => DATED.test(key) || (!isMember && SIGNATURE.test(key)));
}

function some(columns: ReadonlySet<number>, holds: (column: number) => boolean): boolean {
	for (const column of columns) if (holds(column)) return true;
	return false;
}

function digits(row: Row, column: number): number {
	const text = String(row.cells[column]?.value ?? "");
	let count = 0;
	for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) ^ 48) < 10) count++;
	return count;
}

function hasLetters(row: Row, column: number): boolean {
	return /\p{L}{2}/u.test(String(row.cells[column]?.value ?? ""));
}

interface LineCell {
	column: number;
	text: string;
}

/** One text alone on its line, maybe numbered and with a count: the head of the members below. */
function headingOf(cells: LineCell[], words: LineCell[], isNumberedName: boolean): Line["heading"] | null {
	const [only, ...others] = words;
	if (!only || others.some((cell) => cell.text !== only.text)) return null;
	const heading = readHeading(only.text);
	if (heading && (!isNumberedName || /^chi hoi|^to /.test(searchKey(only.text)))) return heading;
	const first = cells[0];
	const numbered = first && first !== only && isNumeral(first.text);
	if (!numbered || NO_BRANCH.test(searchKey(only.text))) return null;
	return { kind: "branch", name: `Chi hội ${only.text}` };
}

/** I, II, IV, A, B … as headings are numbered. */
function isNumeral(text: string): boolean {
	return /^([IVX]{1,6}|[A-ZĐ])[.)]?$/u.test(text);
}

function isHeaderAgain(cells: LineCell[], heads: { column: number; keys: string[] }[]): boolean {
	const same = cells.filter((cell) =>
		heads.some((head) => head.column === cell.column && head.keys.includes(headerKey(cell.text))),
	);
	return same.length >= 2 && same.length * 2 >= cells.length;
}

/** 1, 2, 3 … or (1), (2), (3) … under the header. */
function isColumnNumbers(cells: LineCell[]): boolean {
	const numbers = cells.map((cell) => Number(/^\(?(\d{1,2})\)?$/.exec(cell.text)?.[1] ?? Number.NaN));
	return numbers.length >= 3 && numbers.every((number, i) => i === 0 || number === (numbers[i - 1] as number) + 1);
}
