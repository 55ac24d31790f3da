import type { Day } from "../../core/day.ts";
import { classOf, missingToPass, rateText } from "../../core/rate.ts";
import type { UnitKind } from "../units/contract.ts";
import type { LEVELS, Parts, RateRow } from "./contract.ts";

export type Level = (typeof LEVELS)[number];

/** A unit's figures on a day before anything is divided: parts summed over what stands below it and its own. */
export interface Sum {
	id: number;
	code: string | null;
	name: string;
	kind: UnitKind;
	parentId: number | null;
	/** The known denominators added up; null where none is known. */
	women18: number | null;
	/** Communes without a denominator, and *Chưa phân* that hold members without one. */
	without: number;
	parts: Parts;
	/** Parted by shares, under the map of another day. */
	estimated: boolean;
}

/** The day of guidance 21/HD-ĐCT, whose picture of the communes today's is compared with. */
export const GUIDANCE_DAY: Day = "2023-05-29";

const RANKS: Partial<Record<UnitKind, number>> = {
	centre: 0,
	cluster: 1,
	province: 2,
	district: 3,
	commune: 4,
	unassigned: 4,
	branch: 5,
	group: 6,
};

/** Whether a level lies at or below a kind of unit: a district has no provinces. */
export function isAtOrBelow(level: Level, kind: UnitKind): boolean {
	return (RANKS[level] as number) >= (RANKS[kind] ?? 7);
}

/** The level at which a unit of a kind has its row; null for kinds that have no figures of their own (clubs, special bases, forces: R6). */
export function levelOf(kind: UnitKind): Level | null {
	if (kind === "unassigned") return "commune";
	return kind in RANKS && kind !== "group" ? (kind as Level) : null;
}

/** The levels at which what stands directly under a unit is found. */
export function levelsBelow(kind: UnitKind): Level[] {
	if (kind === "centre" || kind === "cluster") return ["province"];
	if (kind === "province") return ["district", "commune"];
	if (kind === "district") return ["commune"];
	return kind === "commune" || kind === "unassigned" ? ["branch"] : [];
}

/** Total members (R3): the parts, less what is declared to be in the roster already. */
export function totalOf(parts: Parts): number {
	return (
		parts.roster +
		parts.unlisted +
		parts.trade_union +
		parts.armed_forces +
		parts.member_organisation +
		parts.upper_club -
		parts.overlap
	);
}

/**
 * The row of a unit (R1, R5, R6): the rate wherever a denominator is known, "tham khảo" above the commune; class and what is
 * missing only for a commune with its denominator. A branch has a count, *Chưa phân* figures, neither has a rate.
 */
export function rowOf(sum: Sum, on: Day, map: Day | null = null): RateRow {
	const { id, code, name, kind, parentId, women18, without, parts, estimated } = sum;
	const members = totalOf(parts);
	const divides = women18 !== null && kind !== "unassigned" && kind !== "branch";
	const classed = divides && kind === "commune";
	return {
		id,
		code,
		name,
		kind,
		parentId,
		on,
		women18,
		without_denominator: without,
		members,
		parts,
		rate: divides ? rateText(members, women18) : null,
		class: classed ? classOf(members, women18) : null,
		missing: classed ? missingToPass(members, women18) : null,
		map,
		estimated,
	};
}

/** How many communes of a table stand in each class; `none`: without denominator. *Chưa phân* is in no class list. */
export function classCounts(rows: readonly RateRow[]): { under: number; exactly: number; over: number; none: number } {
	const counts = { under: 0, exactly: 0, over: 0, none: 0 };
	for (const row of rows) if (row.kind === "commune") counts[row.class ?? "none"] += 1;
	return counts;
}

/** Communes whose members are more than the women counted in 2019: possible, and shown with that reason (R1). */
export function countOver100(rows: readonly RateRow[]): number {
	return rows.filter((row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18).length;
}

/** The first days of the months from `from` to `to`, and `to` itself: the points of a line. */
export function monthlyPoints(from: Day, to: Day): Day[] {
	const points: Day[] = [];
	let [year, month] = from.split("-").map(Number) as [number, number];
	if (!from.endsWith("-01")) points.push(from);
	for (let day = firstOf(year, month); day <= to; day = firstOf(year, month)) {
		if (day >= from) points.push(day);
		month += 1;
		if (month > 12) [year, month] = [year + 1, 1];
	}
	if (points.at(-1) !== to && from <= to) points.push(to);
	return points;
}

function firstOf(year: number, month: number): Day {
	return `${year}-${String(month).padStart(2, "0")}-01`;
}
