import { displayNumber, displayRate } from "../../core/number.ts";

/** What came of the reports expected of a unit (and those below it) in a period; `pending`: not sent, and not due yet. */
export interface Punctuality {
	expected: number;
	inTime: number;
	late: number;
	pending: number;
	named: number | null;
	unlisted: number | null;
}

/** The share in time, in whole per cent, by which a cell or a province is coloured; the last band is all of them. */
export const IN_TIME_BANDS = [
	{ from: 0, words: "dưới 50% đúng hạn" },
	{ from: 50, words: "từ 50% đến dưới 90%" },
	{ from: 90, words: "từ 90% đến dưới 100%" },
	{ from: 100, words: "tất cả đúng hạn" },
] as const;

/** Of those whose deadline is over or that have come, in per cent, rounded down: 100 only where all came in time. Null: nothing is due yet. */
export function inTimeShare({ expected, inTime, pending }: Punctuality): number | null {
	return expected === pending ? null : Math.floor((inTime * 100) / (expected - pending));
}

/** By what a cell is coloured: the share in time; of one report a late one stands between one in time and a missing one. */
export function shadeShare(cell: Punctuality): number | null {
	return cell.expected === 1 && cell.late === 1 ? 50 : inTimeShare(cell);
}

/** What a small cell can say: one report its state, several the share in time; on a phone a word. */
export function shortWords(cell: Punctuality, narrow = false): string {
	const share = inTimeShare(cell);
	if (share === null) return narrow ? "–" : "chưa đến hạn";
	if (cell.expected > 1) return `${share}%`;
	const words = cell.inTime > 0 ? "đúng hạn" : cell.late > 0 ? "muộn" : "chưa gửi";
	return narrow ? (words.split(" ", 1)[0] as string) : words;
}

/** The whole of it in words. */
export function longWords(cell: Punctuality): string {
	const missing = cell.expected - cell.inTime - cell.late - cell.pending;
	const share = namedShare(cell);
	return `đúng hạn ${displayNumber(cell.inTime)}, gửi muộn ${displayNumber(cell.late)}, chưa gửi ${displayNumber(missing)}${
		cell.pending > 0 ? `, chưa đến hạn ${displayNumber(cell.pending)}` : ""
	}${share === null ? "" : `; đã có tên ${displayRate(share)} số hội viên`}`;
}

/** Named ÷ (named + reported but not yet named) of the frozen report, in per cent with two decimals, rounded down (R8). */
export function namedShare({ named, unlisted }: Punctuality): string | null {
	const all = (named ?? 0) + (unlisted ?? 0);
	if (named === null || all === 0) return null;
	const hundredths = Math.floor((named * 10_000) / all);
	return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
