/** Built-in number formats that show a day (ECMA-376 §18.8.30, with those of East Asian Excel). */
const BUILT_IN_DATES = new Set([
	14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);

/** True when a custom format code shows a day: a `d` or `y` outside quotes, escapes and brackets (`[$-42A]dd/mm/yyyy`). */
export function isDateCode(code: string): boolean {
	const bare = code
		.replace(/"[^"]*"/g, "")
		.replace(/[\\_*]./g, "")
		.replace(/\[[^\]]*\]/g, "");
	return /[dy]/i.test(bare.replace(/general|standard/gi, ""));
}

/** True when a number with this format is a day serial. */
export function isDateFormat(id: number, code: string | undefined): boolean {
	return code === undefined ? BUILT_IN_DATES.has(id) : isDateCode(code);
}

/** Days between the two epochs of Excel: a serial of a 1904 workbook plus this is the serial of 1900. */
export const DAYS_1904 = 1462;
