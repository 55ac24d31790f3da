import { addMonths, type Day } from "../../core/day.ts";

/** As what someone of a level above holds a commune (R20). */
export const OFFICER_ROLES = ["officer", "committee"] as const;
export type OfficerRole = (typeof OFFICER_ROLES)[number];

export const OFFICER_WORDS: Record<OfficerRole, string> = {
	officer: "Cán bộ phụ trách",
	committee: "Ủy viên Ban Chấp hành trực tiếp giúp đỡ",
};

/** What a visitor attended. */
export const ATTENDED = ["branch_meeting", "group_meeting", "club_meeting", "activity", "committee", "other"] as const;
export type Attended = (typeof ATTENDED)[number];

export const ATTENDED_WORDS: Record<Attended, string> = {
	branch_meeting: "Sinh hoạt chi hội",
	group_meeting: "Sinh hoạt tổ",
	club_meeting: "Sinh hoạt câu lạc bộ, mô hình",
	activity: "Hoạt động của cơ sở",
	committee: "Làm việc với Ban Chấp hành cơ sở",
	other: "Việc khác",
};

/**
 * By when the next visit is due (R20): so many months after the last one, or after the commune was given to her where there was none
 * since; null without a schedule.
 */
export function visitDueOn(schedule: { since: Day; everyMonths: number }, lastVisit: Day | null): Day | null {
	if (schedule.everyMonths === 0) return null;
	const from = lastVisit !== null && lastVisit > schedule.since ? lastVisit : schedule.since;
	return addMonths(from, schedule.everyMonths);
}

/** What is open at a commune, as lists ask for it. */
export interface Held {
	class: "under" | "exactly" | "over" | null;
	officer: { present: boolean } | null;
	committee: { present: boolean } | null;
	difficult: boolean;
	cluster: object | null;
	visitLate: boolean;
}

/** The lists of communes for which someone or something is missing. */
export const GAPS = ["officer", "committee", "cluster", "visit"] as const;
export type Gap = (typeof GAPS)[number];

export const GAP_WORDS: Record<Gap, string> = {
	officer: "Chưa có cán bộ phụ trách",
	committee: "Quá khó khăn, chưa có ủy viên Ban Chấp hành",
	cluster: "Chưa đạt trên 60%, chưa phân công cho Cụm",
	visit: "Quá hạn đi cơ sở",
};

/** Whether a commune stands in a list. Every commune is to have an officer; one that is not over 60 % a cluster; a very difficult one a committee member, too. */
export function isGap(gap: Gap, row: Held): boolean {
	if (gap === "officer") return !row.officer?.present;
	if (gap === "committee") return row.difficult && !row.committee?.present;
	if (gap === "cluster") return (row.class === "under" || row.class === "exactly") && row.cluster === null;
	return row.visitLate;
}
