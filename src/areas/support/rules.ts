import { addDays, type Day } from "../../core/day.ts";
import { classOf, missingToPass } from "../../core/rate.ts";
import type { CaseState } from "./rules-kinds.ts";

/** What the guidance says of its own day: "trên 2.129 cơ sở Hội có tỷ lệ tập hợp dưới 60% thuộc 46 tỉnh/thành". Recorded, never counted. */
export const GUIDANCE_FIGURE = { communes: 2129, provinces: 46, source: "Hướng dẫn 21/HD-ĐCT ngày 29/5/2023" } as const;

/** How much a cause weighs. */
export const WEIGHT_WORDS: Record<number, string> = { 1: "Có một phần", 2: "Nhiều", 3: "Nguyên nhân chính" };

/** Why a case was opened. */
export const WHYS = ["rule", "hand", "carried"] as const;
export const WHY_WORDS: Record<(typeof WHYS)[number], string> = {
	rule: "theo danh sách cơ sở chưa đạt trên 60%",
	hand: "theo đề nghị của cơ sở hoặc của cấp trên",
	carried: "tiếp nối hồ sơ của các xã trước sắp xếp",
};

/** How a case ended. */
export const RESULTS = ["passed", "mistake", "other"] as const;
export const RESULT_WORDS: Record<(typeof RESULTS)[number], string> = {
	passed: "Đã đạt trên 60%",
	mistake: "Lập nhầm",
	other: "Kết thúc vì lý do khác",
};

/** A state as screens and the command line say it. */
export const CASE_STATE_WORDS: Record<CaseState, string> = {
	none: "Chưa lập hồ sơ",
	open: "Đang hỗ trợ",
	fell_back: "Đã đạt rồi tụt lại",
	waiting: "Đã trên 60%, chờ kỳ 6 tháng xác nhận",
	confirmed: "Kỳ 6 tháng đã xác nhận, có thể kết thúc",
	closed: "Đã kết thúc",
};

/** The last days in time of the half-yearly update (R8): what a commune stands at on such a day confirms that it has passed. */
const LAST_DAYS = ["06-09", "11-24"];

/** The half-years' data days from a day on, up to another, both included. */
export function dataDays(from: Day, to: Day): Day[] {
	const days: Day[] = [];
	for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
		for (const last of LAST_DAYS)
			if (`${year}-${last}` >= from && `${year}-${last}` <= to) days.push(`${year}-${last}`);
	return days;
}

/** The last data day that is over: its evening has passed. */
export function lastDataDay(today: Day): Day {
	return dataDays(`${Number(today.slice(0, 4)) - 1}-01-01`, addDays(today, -1)).at(-1) as Day;
}

/** The data day that will confirm what is true today, today's own included. */
export function nextDataDay(today: Day): Day {
	return dataDays(today, `${Number(today.slice(0, 4)) + 1}-12-31`)[0] as Day;
}

/**
 * How an open case stands (R8, R17): by the commune's class now, and whether it was over 60 % in the evening of each data day since the case
 * was opened, the earliest first.
 */
export function stateOf(overNow: boolean, overAtDataDays: readonly boolean[]): CaseState {
	if (overNow) return overAtDataDays.at(-1) ? "confirmed" : "waiting";
	return overAtDataDays.includes(true) ? "fell_back" : "open";
}

export interface Milestone {
	day: Day;
	members: number;
}

/** What is wrong with a road map (R17); null: nothing. Its last number must be over 60 % by integers, days and numbers go up. */
export function roadMapFault(milestones: readonly Milestone[], women18: number | null): string | null {
	for (const [at, { day, members }] of milestones.entries()) {
		const before = milestones[at - 1];
		if (before && day <= before.day) return "Các mốc phải xếp theo ngày, mỗi ngày một mốc.";
		if (before && members < before.members) return "Mốc sau không được ít hội viên hơn mốc trước.";
	}
	const last = milestones.at(-1);
	if (!last || women18 === null || classOf(last.members, women18) === "over") return null;
	return `Mốc cuối phải đạt trên 60%: từ ${last.members + missingToPass(last.members, women18)} hội viên trở lên.`;
}

/** A commune's way from where it stood to over 60 %, with its road map. */
export interface Way {
	/** Members when the case was opened. */
	from: number;
	/** The members it needs to be over 60 %. */
	need: number;
	milestones: readonly Milestone[];
}

/**
 * The road map of a commune that stands in the place of some (R38) [own]: on each day the same part of its own way as those before it were to
 * have gone together, weighed by how much each lacked; at the end over 60 %. Empty where it is over 60 % already or nobody had a road map.
 */
export function followRoadMap(ways: readonly Way[], to: { members: number; need: number }): Milestone[] {
	const mapped = ways.filter(({ milestones }) => milestones.length > 0);
	if (mapped.length === 0 || to.members >= to.need) return [];
	const days = [...new Set(mapped.flatMap(({ milestones }) => milestones.map(({ day }) => day)))].sort();
	const gaps = mapped.map(({ from, need }) => Math.max(1, need - from));
	const whole = gaps.reduce((sum, gap) => sum + gap, 0);
	const last = days.length - 1;
	return days.map((day, at) => {
		const gone = mapped.reduce((sum, way, n) => sum + goneBy(way, gaps[n] as number, day), 0);
		const members = to.members + Math.floor(((to.need - to.members) * gone) / whole);
		return { day, members: at === last ? to.need : members };
	});
}

/** How much of a gap was to be closed by the end of a day: by the last milestone up to it, never more than all of it. */
function goneBy({ from, milestones }: Way, gap: number, day: Day): number {
	const reached = milestones.filter((one) => one.day <= day).at(-1);
	return reached ? Math.min(gap, Math.max(0, reached.members - from)) : 0;
}

/** A road map proposed where there is none: at each half-year's data day an even part of what is missing, over 60 % at the last. */
export function proposedRoadMap(members: number, women18: number, today: Day, halfYears: number): Milestone[] {
	const missing = missingToPass(members, women18);
	if (missing === 0) return [];
	const days = dataDays(addDays(today, 30), `${Number(today.slice(0, 4)) + halfYears}-12-31`).slice(0, halfYears);
	return days.map((day, at) => ({ day, members: members + Math.ceil((missing * (at + 1)) / days.length) }));
}

/** Since which data day a commune has been without a break not over 60 %; null: it is over, or nothing is known of it. */
export function notOverSince(days: readonly Day[], members: readonly number[], women18: number | null): Day | null {
	if (women18 === null) return null;
	let since: Day | null = null;
	for (let at = days.length - 1; at >= 0; at -= 1) {
		if (classOf(members[at] as number, women18) === "over") break;
		since = days[at] as Day;
	}
	return since;
}
