/** More than twice the country's people: whatever is above was mistyped. */
const LARGEST_COUNT = 200_000_000;

/** A whole number as screens and papers write it, thousands with a dot: 1234567 gives "1.234.567". */
export function displayNumber(value: number | bigint): string {
	return String(value).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ".");
}

/** A rate of `rateText` ("57.31") as screens and papers write it: "57,31%". */
export function displayRate(rate: string): string {
	return `${rate.replace(".", ",")}%`;
}

/**
 * A count from a file: a whole number from 0 to 200 million, with dots or spaces between thousands ("1.234.567"), or with
 * commas where there are two and more ("1,234,567"). Null for anything else, also for "1,234", which in Vietnamese is a decimal.
 */
export function readCount(raw: string | number): number | null {
	const text = String(raw).trim();
	if (text.length > 20) return null;
	const isNumber = /^(?:\d+(?:\.0)?|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3}){2,})$/.test(
		text,
	);
	const isDecimal = typeof raw === "number" && !Number.isInteger(raw);
	const count = Number(text.replace(/\.0$/, "").replace(/[.,\s]/g, ""));
	return isNumber && !isDecimal && count <= LARGEST_COUNT ? count : null;
}
