import { addMonths, type Day } from "../../core/day.ts";
import type { MemberStatus } from "./contract-member.ts";

/** A half-open period of days: up to, not including, `to`; null where it has no end. */
export interface Period {
	from: Day;
	to: Day | null;
}

/** Residence within a spell; `until` is the first day she no longer lived there. */
export interface Residence {
	kind: "permanent" | "temporary";
	start: Day | null;
	until: Day | null;
}

/** What of a spell decides whether it counts. */
export interface CountedSpell {
	id: string;
	stage: "proposed" | "recognised" | "declined";
	joined: Day;
	left: Day | null;
	/**
	 * The unit's first day (design §4): a commune made on 1 July 2025 takes nobody over before it. Null where it never stands;
	 * absent as if it always stood.
	 */
	standsFrom?: Day | null;
	residences: readonly Residence[];
}

/** A temporary resident is present after this many months (R2, guidance II.1.2). */
export const MONTHS_OF_PRESENCE = 6;
/** Absence from the permanent and from the temporary residence after which residence is looked at (guidance, note 1). */
export const MONTHS_AWAY = { permanent: 12, temporary: 6 } as const;
/** Age on the day of joining. */
export const AGE_OF_JOINING = 18;

interface Claim extends Period {
	spellId: string;
	standsFrom: Day | "" | null;
	kind: Residence["kind"];
}

/**
 * The days on which each spell of one person counts (R2, R7): a permanent resident from her joining day, a temporary one
 * from the day six months after her start, both up to, not including, the day she left or moved. On a day that two
 * spells claim, the claim that began later has it, once its unit stands: a destination takes over from home on the day her six months have run,
 * and home resumes when the destination ends. So no day has two, and none that one claims has none.
 */
export function countingOf(spells: readonly CountedSpell[], options: { honorary: boolean }): Map<string, Period[]> {
	const counting = new Map<string, Period[]>(spells.map((spell) => [spell.id, []]));
	const claims = options.honorary ? [] : spells.flatMap(claimsOf);
	if (claims.length === 1) counting.set(claims[0].spellId, [{ from: claims[0].from, to: claims[0].to }]);
	if (claims.length < 2) return counting;
	const days = [...new Set(claims.flatMap(boundariesOf))];
	days.sort();
	for (const [index, from] of days.entries()) {
		const winner = strongest(claims, from);
		if (winner) extend(counting.get(winner.spellId) as Period[], { from, to: days[index + 1] ?? null });
	}
	return counting;
}

/** The periods in which a spell would count if the woman had no other. */
function claimsOf(spell: CountedSpell): Claim[] {
	if (spell.stage !== "recognised") return [];
	const { standsFrom = "" } = spell;
	return spell.residences.flatMap((residence) => {
		const present = presentFrom(residence);
		if (present === null) return [];
		const from = present > spell.joined ? present : spell.joined;
		const to = earlier(spell.left, residence.until);
		return to !== null && to <= from ? [] : [{ spellId: spell.id, standsFrom, kind: residence.kind, from, to }];
	});
}

/** The first day this residence makes her present; "" where it always has; null where that is not known. */
function presentFrom(residence: Residence): Day | "" | null {
	if (residence.kind === "permanent") return residence.start ?? "";
	return residence.start === null ? null : addMonths(residence.start, MONTHS_OF_PRESENCE);
}

/** The days on which who has the day may change. */
function boundariesOf({ from, to, standsFrom }: Claim): Day[] {
	const days = to === null ? [from] : [from, to];
	if (standsFrom !== null && standsFrom > from && (to === null || standsFrom < to)) days.push(standsFrom);
	return days;
}

/**
 * Who has the day: a claim whose unit stands before one whose unit does not yet (or no commune would count her), then the
 * claim that began last; of two that began together the temporary one, then the greater id.
 */
function strongest(claims: readonly Claim[], day: Day): Claim | null {
	let best: Claim | null = null;
	for (const claim of claims)
		if (
			claim.from <= day &&
			(claim.to === null || day < claim.to) &&
			(best === null || rank(claim, day) > rank(best, day))
		)
			best = claim;
	return best;
}

function rank(claim: Claim, day: Day): string {
	const stands = claim.standsFrom !== null && claim.standsFrom <= day ? 1 : 0;
	return `${stands}${claim.from}${claim.kind === "temporary" ? 1 : 0}${claim.spellId}`;
}

/** Appends a period, joined with the last one where they touch. */
function extend(periods: Period[], next: Period): void {
	const last = periods.at(-1);
	if (last && last.to === next.from) last.to = next.to;
	else periods.push(next);
}

function earlier(a: Day | null, b: Day | null): Day | null {
	if (a === null || b === null) return a ?? b;
	return a < b ? a : b;
}

/** True where one of the periods holds the day. */
export function holds(periods: readonly Period[], on: Day): boolean {
	return periods.some((period) => period.from <= on && (period.to === null || on < period.to));
}

/** The residence that says where she lived on the day: of several the one that began last. */
export function residenceOn(residences: readonly Residence[], on: Day): Residence | null {
	const current = residences.filter(
		(residence) => (residence.start ?? "") <= on && (residence.until === null || on < residence.until),
	);
	return current.reduce<Residence | null>(
		(best, next) => (best === null || (next.start ?? "") >= (best.start ?? "") ? next : best),
		null,
	);
}

/**
 * Whether a spell counts on a day, or why not, with the day from which it will where only the calendar stands between.
 * `counts` is what {@link countingOf} gave for it.
 */
export function statusOn(
	spell: CountedSpell,
	counts: readonly Period[],
	honorary: boolean,
	on: Day,
): { status: MemberStatus; countsFrom: Day | null } {
	if (holds(counts, on)) return { status: "counts", countsFrom: null };
	if (spell.stage !== "recognised") return { status: spell.stage, countsFrom: null };
	if (honorary) return { status: "honorary", countsFrom: null };
	const countsFrom = counts.find((period) => period.from > on)?.from ?? null;
	if (on < spell.joined) return { status: "not_joined_yet", countsFrom };
	if (spell.left !== null && on >= spell.left) return { status: "left", countsFrom: null };
	if (holds(claimsOf(spell), on)) return { status: "elsewhere", countsFrom };
	const residence = residenceOn(spell.residences, on);
	if (residence?.kind === "temporary")
		return { status: residence.start === null ? "start_unknown" : "under_six_months", countsFrom };
	return { status: "not_resident", countsFrom };
}

/** The words of a status on screen. */
export const STATUS_TEXT: Record<MemberStatus, string> = {
	counts: "Đang được tính",
	proposed: "Đề nghị kết nạp (chờ công nhận)",
	declined: "Không được công nhận",
	honorary: "Hội viên danh dự (không tính)",
	not_joined_yet: "Chưa vào Hội vào ngày này",
	left: "Đã ra khỏi tổ chức Hội",
	under_six_months: "Tạm trú chưa đủ 6 tháng",
	start_unknown: "Chưa rõ ngày bắt đầu tạm trú",
	elsewhere: "Hội viên di cư đi (được tính ở nơi khác)",
	not_resident: "Không cư trú tại đây vào ngày này",
};

/** The words of a reason of leaving. */
export const LEAVE_REASON_TEXT: Record<string, string> = {
	resigned: "Xin ra khỏi Hội",
	dead: "Qua đời",
	moved: "Chuyển nơi thường trú",
	temporary_left: "Thôi tạm trú, đã rời địa bàn",
	branch: "Chuyển chi hội",
	other: "Lý do khác",
};

/**
 * "Cần rà soát cư trú": away for 12 months from the permanent, for 6 from the temporary residence (note 1). It only says so;
 * a person decides.
 */
export function needsReview(
	residences: readonly Residence[],
	away: readonly { since: Day; until: Day | null }[],
	on: Day,
): boolean {
	const kind = residenceOn(residences, on)?.kind ?? "permanent";
	return away.some(
		(each) => addMonths(each.since, MONTHS_AWAY[kind]) <= on && (each.until === null || on < each.until),
	);
}
