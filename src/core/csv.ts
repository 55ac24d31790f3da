import { Problem } from "./problem.ts";

const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE_ROWS = 50;

/** A quote that has not closed after so many characters never closes; Excel allows a cell 32 767. */
const LONGEST_QUOTED = 1_000_000;
/** A row that is longer is none, and memory must not grow with it. */
const LONGEST_ROW = 2_000_000;

/**
 * The delimiter that splits the first rows into the most columns that agree; Excel's own first line `sep=;` decides. `from` is
 * where the table then begins, and the number of that row. A sample that breaks off in a row does no harm.
 */
export function detectDelimiter(sample: string): { delimiter: string; from: { at: number; row: number } } {
	const declared = /^sep=([^"\r\n])(?:\r\n|\r|\n)/i.exec(sample);
	if (declared?.[1]) return { delimiter: declared[1], from: { at: declared[0].length, row: 2 } };
	const [best] = DELIMITERS.map((delimiter) => ({ delimiter, score: agreement(sample, delimiter) })).sort(
		(a, b) => b.score - a.score,
	);
	return { delimiter: best?.delimiter ?? ",", from: { at: 0, row: 1 } };
}

/** Columns of the commonest row width, times the number of rows that have it. */
function agreement(sample: string, delimiter: string): number {
	const widths = new Map<number, number>();
	for (const { length } of splitCsv(sample, delimiter).slice(0, SAMPLE_ROWS))
		widths.set(length, (widths.get(length) ?? 0) + 1);
	return Math.max(0, ...[...widths].map(([width, count]) => (width - 1) * count));
}

/** Splits a text that comes piece by piece, wherever it is cut. */
export interface CsvSplitter {
	/** The rows that are whole now. Throws `file.cell_too_long` where a row never ends. */
	push(text: string): string[][];
	/** The row that no line break ended, if there is one. */
	end(): string[][];
}

/**
 * Splits CSV by RFC 4180: quoted fields may hold delimiters, doubled quotes and line breaks; a row ends with CR, LF or both.
 * A quote that never closes, or one in the middle of a field, is taken as an ordinary character: nothing of the file is lost.
 */
export function csvSplitter(delimiter: string): CsvSplitter {
	let rest = "";
	let done = 0;
	const take = (isLast: boolean): string[][] => {
		const { rows, at } = wholeRows(rest, delimiter, isLast);
		rest = rest.slice(at);
		done += rows.length;
		if (rest.length > LONGEST_ROW)
			throw new Problem("file.cell_too_long", 422, `Dòng ${done + 1} dài quá mức Excel cho phép. Hãy sửa dòng đó.`, {
				detail: { row: done + 1 },
			});
		return rows;
	};
	return {
		push(text) {
			rest += text;
			return take(false);
		},
		end: () => take(true),
	};
}

/** All rows of a text held in memory. `onOpenQuote` is told the place among them of a row with a quote that closes nothing. */
export function splitCsv(text: string, delimiter: string, onOpenQuote?: (index: number) => void): string[][] {
	return wholeRows(text, delimiter, true, onOpenQuote).rows;
}

/** The rows of the text, up to one that may go on in the next piece; `at` is where that one begins. */
function wholeRows(
	text: string,
	delimiter: string,
	isLast: boolean,
	onOpenQuote?: (index: number) => void,
): { rows: string[][]; at: number } {
	const rows: string[][] = [];
	const quoteFrom = seek(text, '"');
	const fieldEnd = seek(text, delimiter);
	const [lf, cr] = [seek(text, "\n"), seek(text, "\r")];
	const rowEnd = (from: number) => Math.min(lf(from), cr(from));
	/** What ends at the very end of a piece may go on in the next one, and a CR be half of a line end. */
	const isOpen = (end: number) => !isLast && end >= text.length - 1 && text[end] !== "\n";

	/** Reads a row that has a quote somewhere; answers where it ends, or nothing where the next piece may change it. */
	const quotedRow = (start: number): number | undefined => {
		const fields: string[] = [];
		for (let at = start; ; ) {
			const close = text[at] === '"' ? closingQuote(text, at, delimiter, isLast) : -1;
			if (close === undefined) return undefined;
			if (close < 0 && text[at] === '"') onOpenQuote?.(rows.length);
			const end = Math.min(fieldEnd(Math.max(at, close)), rowEnd(Math.max(at, close)));
			if (isOpen(end)) return undefined;
			fields.push(close < 0 ? text.slice(at, end) : text.slice(at + 1, close).replaceAll('""', '"'));
			if (text[end] !== delimiter) {
				rows.push(fields);
				return end;
			}
			at = end + 1;
		}
	};

	let at = 0;
	while (at < text.length) {
		let end: number | undefined = rowEnd(at);
		if (quoteFrom(at) < end) end = quotedRow(at);
		else if (isOpen(end)) end = undefined;
		else rows.push(text.slice(at, end).split(delimiter));
		if (end === undefined) break;
		at = end + (text[end] === "\r" && text[end + 1] === "\n" ? 2 : 1);
	}
	return { rows, at };
}

/** Where a sign next stands from a place on, or the end of the text; each is looked for once, if places are asked in order. */
function seek(text: string, sign: string): (from: number) => number {
	let found = -1;
	return (from) => {
		if (found >= from) return found;
		found = text.indexOf(sign, from);
		if (found < 0) found = text.length;
		return found;
	};
}

/** Where the field's quote closes; -1 where it never does or text follows it, undefined where that is not known yet. */
function closingQuote(text: string, open: number, delimiter: string, isLast: boolean): number | undefined {
	let close = text.indexOf('"', open + 1);
	while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
	if ((close < 0 ? text.length : close) - open > LONGEST_QUOTED) return -1;
	const next = close < 0 ? undefined : text[close + 1];
	if (next === undefined) return isLast ? close : undefined;
	return next === delimiter || next === "\r" || next === "\n" ? close : -1;
}
