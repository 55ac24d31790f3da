import { addDays, addMonths, type Day, displayDay } from "../../core/day.ts";
import { TERM_START } from "../gathering/rules-day.ts";

/** The levels whose units report, from below. */
export const REPORT_LEVELS = ["commune", "district", "province", "cluster", "centre"] as const;
export type ReportLevel = (typeof REPORT_LEVELS)[number];

export const PERIOD_KINDS = ["half_year", "year", "mid_term", "term", "ad_hoc", "plan"] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** The question of a plan whose answer is how many communes are to pass 60 % in the year (R35). */
export const PLANNED_COMMUNES = "communes_to_pass";

/** The last days in time of the half-yearly update: it is asked for before 10 June and before 25 November (R8). */
const LAST_DAYS = ["06-09", "11-24"] as const;

/** Days from the last day of data to the report's deadline, level by level [own]: each level has time for those below it. */
const DAYS_TO_REPORT: Record<ReportLevel, number> = {
	commune: 6,
	district: 11,
	province: 16,
	cluster: 19,
	centre: 21,
};

/** The last day of the districts (R38). */
const DISTRICTS_UNTIL: Day = "2025-06-30";

export interface ProposedPeriod {
	kind: PeriodKind;
	name: string;
	opensOn: Day;
	from: Day;
	dataUntil: Day;
	dueOn: Day;
	dueLevels: Partial<Record<ReportLevel, Day>>;
	levels: ReportLevel[];
}

/** The half-year whose data are kept up until a day, as it is proposed: movement from the day after the last one's data. */
function halfYear(dataUntil: Day): ProposedPeriod {
	const year = Number(dataUntil.slice(0, 4));
	const first = dataUntil.slice(5) === LAST_DAYS[0];
	const before = first ? `${year - 1}-${LAST_DAYS[1]}` : `${year}-${LAST_DAYS[0]}`;
	const levels = REPORT_LEVELS.filter((level) => level !== "district" || dataUntil <= DISTRICTS_UNTIL);
	const dueLevels = Object.fromEntries(
		levels.filter((level) => level !== "centre").map((level) => [level, addDays(dataUntil, DAYS_TO_REPORT[level])]),
	);
	return {
		kind: "half_year",
		name: `6 tháng ${first ? "đầu" : "cuối"} năm ${year}`,
		opensOn: addDays(dataUntil, -14),
		from: addDays(before, 1),
		dataUntil,
		dueOn: addDays(dataUntil, DAYS_TO_REPORT.centre),
		dueLevels,
		levels,
	};
}

/** The half-years of the calendar around a day: the last one whose data are complete, and the next. */
export function proposedPeriods(today: Day): ProposedPeriod[] {
	const year = Number(today.slice(0, 4));
	const days = [year - 1, year, year + 1].flatMap((one) => LAST_DAYS.map((day) => `${one}-${day}`));
	const next = days.findIndex((day) => day >= today);
	return days.slice(next - 1, next + 1).map(halfYear);
}

/** The deadline of a level's reports in a period. */
export function dueOf(period: { dueOn: Day; dueLevels: Partial<Record<ReportLevel, Day>> }, level: string): Day {
	return period.dueLevels[level as ReportLevel] ?? period.dueOn;
}

/** What else may be opened, with its official word; half-years the calendar proposes. */
export const OTHER_KINDS: Record<Exclude<PeriodKind, "half_year">, string> = {
	year: "Báo cáo năm",
	mid_term: "Sơ kết giữa nhiệm kỳ",
	term: "Tổng kết nhiệm kỳ",
	ad_hoc: "Báo cáo đột xuất",
	plan: "Kế hoạch năm của các tỉnh, thành phố",
};

/** A period of another kind as it is first shown to whoever opens it [own]: every day of it may be another. */
export function otherPeriod(kind: keyof typeof OTHER_KINDS, today: Day): ProposedPeriod {
	const year = Number(today.slice(0, 4));
	if (kind === "plan") {
		const planned = addMonths(today, 6).slice(0, 4);
		return {
			kind,
			name: `Kế hoạch năm ${planned}`,
			opensOn: today,
			from: `${year}-01-01`,
			dataUntil: today,
			dueOn: laterOf(`${planned}-01-31`, addDays(today, 30)),
			dueLevels: {},
			levels: ["province"],
		};
	}
	const until = kind === "ad_hoc" ? today : `${year}-${LAST_DAYS[1]}`;
	const levels = REPORT_LEVELS.filter((level) => level !== "district" || until <= DISTRICTS_UNTIL);
	const names = {
		year: `Năm ${year}`,
		mid_term: `Sơ kết giữa nhiệm kỳ, năm ${year}`,
		term: `Tổng kết nhiệm kỳ, năm ${year}`,
		ad_hoc: `Báo cáo đột xuất ngày ${displayDay(today)}`,
	};
	return {
		kind,
		name: names[kind],
		opensOn: today,
		from: kind === "year" ? `${year - 1}-11-25` : kind === "ad_hoc" ? `${today.slice(0, 8)}01` : TERM_START,
		dataUntil: until,
		dueOn: laterOf(addDays(until, DAYS_TO_REPORT.centre), today),
		dueLevels: {},
		levels,
	};
}

function laterOf(one: Day, other: Day): Day {
	return one > other ? one : other;
}
