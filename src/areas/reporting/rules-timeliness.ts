import { displayNumber, displayRate } from "../../core/number.ts";

/** What came of the reports expected of a unit (and those below it) in a period. */
export interface Punctuality {
	expected: number;
	inTime: number;
	late: number;
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

/** In per cent, rounded down: 100 only where all came in time. */
export function inTimeShare({ expected, inTime }: Punctuality): number {
	return expected === 0 ? 0 : Math.floor((inTime * 100) / expected);
}

/** What a small cell can say: one report its state, several the share in time. */
export function shortWords(cell: Punctuality): string {
	if (cell.expected > 1) return `${inTimeShare(cell)}%`;
	return cell.inTime > 0 ? "đúng" : cell.late > 0 ? "muộn" : "chưa";
}

/** The whole of it in words. */
export function longWords(cell: Punctuality): string {
	const missing = cell.expected - cell.inTime - cell.late;
	const share = namedShare(cell);
	return `đúng hạn ${displayNumber(cell.inTime)}, gửi muộn ${displayNumber(cell.late)}, chưa gửi ${displayNumber(missing)}${
		share === null ? "" : `; đã có tên ${displayRate(share)} số hội viên`
	}`;
}

/** Named ÷ (named + reported but not yet named) of the frozen report, in per cent with two decimals, rounded down (R8). */
export function namedShare({ named, unlisted }: Punctuality): string | null {
	const all = (named ?? 0) + (unlisted ?? 0);
	if (named === null || all === 0) return null;
	const hundredths = Math.floor((named * 10_000) / all);
	return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}
