import { addDays, type Day, displayDay, epochDays } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import { FIGURES, type Figures } from "./rules-figures.ts";
import { type Admitted, eachMember } from "./rules-inputs.ts";
import { type Before, LEAST_STOCK } from "./rules-jumps.ts";

/** What may be wrong with a report although no figure jumps, in the order it is told. */
export const SIGNALS = {
	late_entries: "Nhập dồn sát hạn",
	same_date: "Nhiều người cùng ngày vào Hội",
	twice: "Nghi trùng người",
	over_100: "Trên 100%",
	under_18: "Dưới 18 tuổi",
	over_110: "Trên 110 tuổi",
	copied: "Giống hệt kỳ trước",
} as const;
export type SignalKind = keyof typeof SIGNALS;

/** A reason to look at a report of its own before it is approved: at which figure, how many women it is about, and a sentence. */
export interface Signal {
	kind: SignalKind;
	key: string;
	count: number;
	text: string;
}

/** Whether a report is looked at by itself: a jump, a signal, someone missing in it, or a correction. All others are approved in one act. */
export function needsLook(report: { state: string; jumps: object[]; signals: object[]; missing: string[] }): boolean {
	return (
		report.state === "restating" || report.jumps.length > 0 || report.signals.length > 0 || report.missing.length > 0
	);
}

/** The last days of data, and so many newcomers, from which on a haste or a common day is told; a day's pace so many times the usual. */
const LAST_DAYS = 7;
export const LEAST_NEWCOMERS = 20;
const HASTE = 3;
const AGE_UNDER_18 = 1;
const AGE_OVER_110 = 5;

/** What the signals of one report are read from. */
export interface Suspicion {
	counts: Figures;
	members: Uint8Array;
	admitted: Admitted;
	before: Before | null;
	/** How many of its women may stand in the rosters twice, unjudged. */
	twice: number;
	/** The newcomers' commonest day of joining, and how many share it. */
	sameDate: { day: Day; count: number } | null;
}

/** How the program says what it looks for. */
export const SIGNAL_RULE = `Dấu hiệu cần xem: từ ${LEAST_NEWCOMERS} chị kết nạp được nhập trong ${LAST_DAYS} ngày cuối với nhịp gấp ${HASTE} lần trước đó; từ ${LEAST_NEWCOMERS} chị và từ một nửa số kết nạp cùng ngày vào Hội; nghi trùng người; hội viên dưới 18 hoặc trên 110 tuổi; tổng số trên 100%; mọi số giống hệt kỳ trước.`;

/** The signals of a report, each with its reason; of a unit that adds up others, of its own members alone: those below were looked at there. */
export function signalsOf(of: Suspicion, period: { from: Day; dataUntil: Day; due: Day }): Signal[] {
	const ages = agesOf(of.members);
	const found: (Omit<Signal, "kind"> | null)[] = [
		hasteOf(of.admitted, period),
		sameDateOf(of),
		of.twice > 0
			? {
					key: "roster",
					count: of.twice,
					text: `${displayNumber(of.twice)} chị nghi được ghi hai lần (trong đơn vị hoặc ở nơi khác), chưa có kết luận.`,
				}
			: null,
		over100(of),
		ages.under18 > 0
			? { key: "roster", count: ages.under18, text: `${displayNumber(ages.under18)} hội viên dưới 18 tuổi.` }
			: null,
		ages.over110 > 0
			? { key: "roster", count: ages.over110, text: `${displayNumber(ages.over110)} hội viên trên 110 tuổi.` }
			: null,
		of.before?.frozen ? copied(of.counts, of.before.counts) : null,
	];
	return (Object.keys(SIGNALS) as SignalKind[]).flatMap((kind, at) => (found[at] ? [{ kind, ...found[at] }] : []));
}

/** Midnight in Việt Nam, in milliseconds: what stands in an id made then. */
function midnight(day: Day): number {
	return (epochDays(day) * 24 - 7) * 3_600_000;
}

/**
 * Newcomers written down in the last days of data and up to the deadline, many times faster than before in the same period. When a
 * membership was written stands in its id (UUID version 7), so a frozen report can be asked again; other ids say nothing.
 */
function hasteOf({ madeAt }: Admitted, { from, dataUntil, due }: { from: Day; dataUntil: Day; due: Day }) {
	const since = addDays(dataUntil, 1 - LAST_DAYS);
	const [usualDays, lastDays] = [epochDays(since) - epochDays(from), epochDays(due) - epochDays(since) + 1];
	if (usualDays <= 0) return null;
	const between = (first: number, last: number) => madeAt.filter((at) => at >= first && at < last).length;
	const usual = between(midnight(from), midnight(since));
	const late = between(midnight(since), midnight(addDays(due, 1)));
	if (late < LEAST_NEWCOMERS || late * usualDays < HASTE * usual * lastDays) return null;
	return {
		key: "admitted",
		count: late,
		text: `${displayNumber(late)} chị kết nạp trong kỳ được nhập từ ngày ${displayDay(since)} đến hạn gửi; ${displayNumber(usualDays)} ngày trước đó nhập ${displayNumber(usual)} chị.`,
	};
}

function sameDateOf({ sameDate, admitted: { count: all } }: Suspicion) {
	if (!sameDate || sameDate.count < LEAST_NEWCOMERS || sameDate.count * 2 < all) return null;
	return {
		key: "admitted",
		count: sameDate.count,
		text: `${displayNumber(sameDate.count)} trên ${displayNumber(all)} chị kết nạp trong kỳ cùng ghi ngày vào Hội ${displayDay(sameDate.day)}.`,
	};
}

function over100({ counts: { members, women18 } }: Suspicion) {
	if (!women18 || !members || members <= women18) return null;
	return {
		key: "women18",
		count: members - women18,
		text: "Tổng số hội viên lớn hơn số phụ nữ từ 18 tuổi trở lên (số liệu năm 2019).",
	};
}

/** A unit of some size in which nobody came, went or grew older has likely sent the last report again. */
function copied(now: Figures, before: Figures) {
	const same = FIGURES.every(({ key, flow }) => flow || (now[key] ?? null) === (before[key] ?? null));
	if (!same || !now.members || now.members < LEAST_STOCK) return null;
	return { key: "members", count: now.members, text: "Mọi số liệu giống hệt kỳ trước." };
}

function agesOf(members: Uint8Array): { under18: number; over110: number } {
	const ages = { under18: 0, over110: 0 };
	eachMember(members, (code) => {
		if ((code & 7) === AGE_UNDER_18) ages.under18 += 1;
		else if ((code & 7) === AGE_OVER_110) ages.over110 += 1;
	});
	return ages;
}
