import type { Day } from "./day.ts";

/**
 * What a document in the Union's administrative form is to the rest of the program, whichever file it becomes: plain data. Rules may
 * compose one without knowing how it is drawn (src/documents does that, for Word and for Excel from the same figures).
 */
export interface Paper {
	/** Synthetic figures: every page says so. */
	demo: boolean;
	head: PaperHead;
	/** The kind of document: "BÁO CÁO". Empty: an official letter (công văn), whose subject stands under the number. */
	title: string;
	/** What it is about (trích yếu), a line each; of a letter without "V/v". */
	about: string[];
	/** Kính gửi: nobody, one, or several. */
	to: string[];
	body: PaperBlock[];
	signer: PaperSigner;
	/** Nơi nhận, without signs at the ends: "Như trên", "Lưu: VT, TC". */
	recipients: string[];
	annexes: PaperAnnex[];
}

export interface PaperHead {
	/** The level above or the Union itself; empty where there is none. */
	above: string;
	/** Who issues it. */
	issuer: string;
	/** Null: not numbered yet, left open to be filled in by hand. */
	number: number | null;
	/** "BC-BTV". */
	symbol: string;
	/** Where it is issued: "Lào Cai"; empty: left open. */
	place: string;
	/** Null: left open. */
	day: Day | null;
}

export interface PaperSigner {
	/** In whose name: "TM. BAN THƯỜNG VỤ". */
	for: string;
	/** "CHỦ TỊCH"; empty: left open. */
	post: string;
	/** Empty: left open. */
	name: string;
}

export type PaperBlock =
	| { kind: "paragraph"; text: string }
	/** Level 1: "I. TIÊU ĐỀ"; level 2: "1. Tiêu đề". */
	| { kind: "heading"; level: 1 | 2; text: string }
	/** What the document rests on, in italics; ends with ";" or, the last, with ".". */
	| { kind: "basis"; text: string }
	| { kind: "table"; table: PaperTable }
	/** What must be said below a table, small. */
	| { kind: "note"; text: string };

/** A table that goes with the document, on pages numbered by themselves; across where it is wide. */
export interface PaperAnnex {
	/** What it is: a line each. */
	title: string[];
	table: PaperTable;
	notes: string[];
}

export interface PaperColumn {
	/** Formulas name columns by it. */
	key: string;
	head: string;
	/** `number`: TT; `count`: a whole number; `rate`: per cent as `rateText` gives it, "57.31". */
	kind: "text" | "number" | "count" | "rate";
	/** Millimetres it wants; a table that wants more than an upright page has lies across. */
	width: number;
	/** How a spreadsheet works the cell out again from others of its row; the value stands there beforehand. */
	formula?: PaperFormula;
	/** What stands in the line of the sum: a spreadsheet adds the column up, or works it out as in every row. */
	sum?: "added" | "as_row";
}

export type PaperFormula =
	/** Members in per cent of women, as the guidance has it (R1): two decimals, 60 only where it is exactly 60. */
	| { kind: "rate"; members: string; women: string }
	/** One column less another. */
	| { kind: "difference"; of: string; less: string }
	/** Members missing to pass 60 % (R1). */
	| { kind: "missing"; members: string; women: string };

/** A cell: text, a whole number, a rate as text; null where there is nothing to say. */
export type PaperCell = string | number | null;

export interface PaperTable {
	/** For the name of a spreadsheet's page. */
	name: string;
	columns: PaperColumn[];
	rows: PaperCell[][];
	/** The last line in bold, with its label in a text column. */
	sum?: PaperCell[];
}
