/** The text format of COPY: cells with tabs between, a line a row. */

/** A cell that holds nothing. */
export const COPY_NULL = "\\N";

/** A text as a cell. */
export function copyText(text: string): string {
	return SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (letter) => ESCAPED[letter] as string) : text;
}

/** Bytes as a cell. */
export function copyBytes(bytes: Buffer): string {
	return `\\\\x${bytes.toString("hex")}`;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
