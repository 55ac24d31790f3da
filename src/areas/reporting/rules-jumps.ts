import { displayNumber } from "../../core/number.ts";
import { FIGURE_BY_KEY, type Figures } from "./rules-figures.ts";

/** A figure of the period's last day that is this much away from the last report's is looked at: by a tenth, and by ten at least. */
const STOCK_PER_CENT = 10;
export const LEAST_STOCK = 10;
/** Comings and goings that are this many in a hundred of the members at the opening, and thirty at least. */
const FLOW_PER_CENT = 5;
const LEAST_FLOW = 30;

/** How the program says what it takes for a jump. */
export const JUMP_RULE = `Đánh dấu khi một con số chênh từ ${STOCK_PER_CENT}% và từ ${LEAST_STOCK} người trở lên so với kỳ trước, hoặc khi một dòng biến động từ ${FLOW_PER_CENT}% số hội viên đầu kỳ và từ ${LEAST_FLOW} người trở lên.`;

/** A figure that needs a second look, and why, in a sentence. */
export interface Jump {
	key: string;
	text: string;
}

/** What stands before a report: the last period's figures, reported, or those of the ledger where nothing was. */
export interface Before {
	frozen: boolean;
	counts: Figures;
}

/**
 * Figures that jump against those of the last period (or of the opening, where none was reported), by whole numbers alone.
 */
export function jumpsOf(now: Figures, before: Before | null): Jump[] {
	return [...FIGURE_BY_KEY.values()].flatMap((kind) => {
		const value = now[kind.key];
		if (value === null || value === undefined) return [];
		const text = kind.flow ? flowJump(value, now.opening ?? 0) : stockJump(value, before?.counts[kind.key]);
		return text === null ? [] : [{ key: kind.key, text }];
	});
}

function stockJump(value: number, before: number | null | undefined): string | null {
	if (before === null || before === undefined) return null;
	const change = Math.abs(value - before);
	if (change < LEAST_STOCK || change * 100 < STOCK_PER_CENT * before) return null;
	return `${value > before ? "Tăng" : "Giảm"} ${displayNumber(change)} so với kỳ trước (${displayNumber(before)}).`;
}

function flowJump(value: number, opening: number): string | null {
	const size = Math.abs(value);
	if (size < LEAST_FLOW || size * 100 < FLOW_PER_CENT * opening) return null;
	return `${displayNumber(size)} trong kỳ, so với ${displayNumber(opening)} hội viên đầu kỳ.`;
}
