import { displayNumber } from "../../core/number.ts";
import { FIGURE_BY_KEY, type Figures } from "./rules-figures.ts";

/** A figure of the period's last day that is this much away from the last report's is looked at: by a tenth, and by ten at least. */
const STOCK_PER_CENT = 10;
const LEAST_STOCK = 10;
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
 * Figures that jump against those of the last period (or of the opening, where none was reported), by whole numbers alone; more members
 * than women; and a report that says word for word what the last one said.
 */
export function jumpsOf(now: Figures, before: Before | null): Jump[] {
	const jumps = [...FIGURE_BY_KEY.values()].flatMap((kind) => {
		const value = now[kind.key];
		if (value === null || value === undefined) return [];
		const text = kind.flow ? flowJump(value, now.opening ?? 0) : stockJump(value, before?.counts[kind.key]);
		return text === null ? [] : [{ key: kind.key, text }];
	});
	return [...jumps, ...over100(now), ...(before?.frozen ? copied(now, before.counts) : [])];
}

/** A unit of some size in which nobody came, went or grew older has likely sent the last report again. */
function copied(now: Figures, before: Figures): Jump[] {
	const stocks = [...FIGURE_BY_KEY.values()].filter(({ flow }) => !flow).map(({ key }) => key);
	const same = stocks.every((key) => (now[key] ?? null) === (before[key] ?? null));
	if (!same || !now.members || now.members < LEAST_STOCK) return [];
	return [{ key: "members", text: "Mọi số liệu giống hệt kỳ trước." }];
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

function over100({ members, women18 }: Figures): Jump[] {
	if (!women18 || !members || members <= women18) return [];
	return [{ key: "women18", text: "Tổng số hội viên lớn hơn số phụ nữ từ 18 tuổi trở lên (số liệu năm 2019)." }];
}
