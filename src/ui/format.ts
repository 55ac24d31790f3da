import { displayNumber } from "../core/number.ts";

/** A whole number as the Union writes it, thousands with a dot, and a true minus sign below zero: `9.412`, `−36`. */
export function count(value: number): string {
	return displayNumber(value).replace("-", "−");
}

/** A rate of the API (`"57.31"`, two decimals with a point) as shown: `57,31%`, `1.234,56%`. */
export function percent(rate: string): string {
	const [whole, decimals] = rate.split(".");
	return `${count(Number(whole))},${(decimals ?? "").padEnd(2, "0")}%`;
}

/** A change with its sign: `+19`, `−3`, `0`. */
export function change(value: number): string {
	return value > 0 ? `+${count(value)}` : count(value);
}

/** A file's size in words: `640 kB`, `1,2 MB`. */
export function fileSize(bytes: number): string {
	if (bytes < 1_000_000) return `${count(Math.max(1, Math.round(bytes / 1000)))} kB`;
	const tenths = Math.round(bytes / 100_000);
	return `${count(Math.floor(tenths / 10))},${tenths % 10} MB`;
}

/** The words of a label inside a sentence: "Số CCCD/CMND" → "số CCCD/CMND". */
export function lowerFirst(words: string): string {
	return words.charAt(0).toLowerCase() + words.slice(1);
}
