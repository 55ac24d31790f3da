const DELIMITERS = [",", ";", "\t", "|"];
const SAMPLE_ROWS = 50;

/** The delimiter that splits the first rows into the most columns that agree; Excel's own first line `sep=;` decides. */
export function detectDelimiter(text: string): {
	delimiter: string;
	from: { at: number; row: number };
} {
	const declared = /^sep=(.)\r?\n/i.exec(text);
	if (declared?.[1]) return { delimiter: declared[1], from: { at: declared[0].length, row: 2 } };
	const [best] = DELIMITERS.map((delimiter) => ({
		delimiter,
		score: agreement(text, delimiter),
	})).sort((a, b) => b.score - a.score);
	return { delimiter: best?.delimiter ?? ",", from: { at: 0, row: 1 } };
}

/** Columns of the commonest row width, times the number of rows that have it. */
function agreement(text: string, delimiter: string): number {
	const widths = new Map<number, number>();
	let rows = 0;
	for (const fields of splitCsv(text, delimiter)) {
		widths.set(fields.length, (widths.get(fields.length) ?? 0) + 1);
		if (++rows === SAMPLE_ROWS) break;
	}
	return Math.max(0, ...[...widths].map(([width, count]) => (width - 1) * count));
}

/**
 * Splits CSV by RFC 4180: quoted fields may hold delimiters, doubled quotes and line breaks. A quote that never closes, or
 * one in the middle of a field, is taken as an ordinary character: nothing of the file is lost.
 */
export function* splitCsv(text: string, delimiter: string, start = 0): Generator<string[]> {
	let fields: string[] = [];
	let at = start;
	while (at < text.length) {
		const field = text[at] === '"' ? quoted(text, at, delimiter) : undefined;
		if (field) {
			fields.push(field.value);
			at = field.end;
		} else {
			const end = plainEnd(text, at, delimiter);
			fields.push(text.slice(at, end));
			at = end;
		}
		if (text[at] === delimiter) {
			at++;
			if (at < text.length) continue;
			fields.push("");
		}
		if (text[at] === "\r" && text[at + 1] === "\n") at += 2;
		else at++;
		yield fields;
		fields = [];
	}
}

function quoted(text: string, at: number, delimiter: string): { value: string; end: number } | undefined {
	let close = text.indexOf('"', at + 1);
	while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
	const next = close < 0 ? "x" : (text[close + 1] ?? "\n");
	if (next !== delimiter && next !== "\r" && next !== "\n") return undefined;
	return {
		value: text.slice(at + 1, close).replaceAll('""', '"'),
		end: close + 1,
	};
}

function plainEnd(text: string, at: number, delimiter: string): number {
	let end = at;
	while (end < text.length) {
		const character = text[end];
		if (character === delimiter || character === "\n" || character === "\r") break;
		end++;
	}
	return end;
}
