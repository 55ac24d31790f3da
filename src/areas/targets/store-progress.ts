import { sql } from "kysely";
import { addDays, addMonths, type Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { isAtOrBelow, type Level } from "../gathering/rules.ts";
import { readRows } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import type { ProgressRow } from "./contract.ts";
import { hasTargets } from "./rules.ts";
import { type Ahead, aheadOf, gainAhead, monthsUntil, paceNeeded, passesAhead } from "./rules-progress.ts";
import { readCountry } from "./store-lines.ts";
import { requireTargeted } from "./store-show.ts";
import { type Period, requirePeriod, standingsOn, type Which } from "./store-standing.ts";

export const LEVELS: readonly Level[] = ["centre", "province", "district", "commune"];

/** Units' figures on a day, under the units of the day asked about. */
type Figures = Map<number, RateRow>;

/** What an earlier day is asked for: members, and whether something in them was parted by shares. */
type Earlier = ReadonlyMap<number, { members: number; estimated: boolean }>;

/**
 * What was achieved of a target to the day (live: "tạm tính"), the pace needed to the end of the period, and what the pace of the last
 * twelve months would bring. Earlier days are read under the units of the day, so that a unit of today has its predecessors' figures
 * (R38). Units stand in the order of their codes, never ranked (R6).
 */
export async function showProgress(
	work: Work,
	input: Which & { kind: "net_new_members" | "communes_over_60"; unitId?: number; unit?: string; on?: Day },
) {
	const map = input.on ?? work.today;
	const { unit } = await requireTargeted(work, input, map);
	const period = await requirePeriod(work, input, map);
	const on = lastDayOf(period, map);
	const { rows: found } = await sql<{ day: Day; own: boolean }>`select baseline_on::text as day, own
		from calc.target_baseline(${unit.id}, ${period.termId}::integer, ${period.year}::integer, ${map}::date)`.execute(
		work.db,
	);
	const baselineOn = between(found[0]?.day ?? dayBefore(period), on);
	const yearAgo = between(addMonths(on, -12), on);
	const now = await figuresOn(work, unit, on, map);
	const isNet = input.kind === "net_new_members";
	// Communes over 60 % a year ago need that day's denominators, too; members alone are a line through the ledger's sums for the country.
	const figuresBefore = isNet ? null : await figuresOn(work, unit, yearAgo, map);
	const [then, before] = isNet
		? await earlierMembers(work, unit, [baselineOn, yearAgo], map)
		: [new Map(), figuresBefore as Figures];
	const [overNow, overBefore] = [countOver(now), countOver(figuresBefore ?? new Map())];
	const standings = await standingsOn(work, input, period, map);
	const baselineMembers = found[0]?.own ? (standings.get(unit.id)?.decision?.baselineMembers ?? null) : null;
	const ahead = aheadOf(yearAgo, on, period.end);
	const monthsLeft = monthsUntil(on, period.end);
	const progressOf = (row: RateRow): ProgressRow => {
		const { achieved, yearNet } =
			figuresBefore === null
				? netOf(row, then, before, row.id === unit.id ? baselineMembers : null)
				: overOf(row, overNow, overBefore);
		const target = standings.get(row.id)?.value ?? null;
		const expected = achieved + gainAhead(yearNet, ahead);
		const needed = target === null ? null : paceNeeded(target, achieved, monthsLeft);
		return {
			unitId: row.id,
			code: row.code,
			name: row.name,
			target,
			achieved,
			remaining: needed?.remaining ?? null,
			perMonth: needed?.perMonth ?? null,
			yearNet,
			expected,
			reaches: target === null ? null : expected >= target,
			estimated: row.estimated || then.get(row.id)?.estimated === true || before.get(row.id)?.estimated === true,
		};
	};
	const communes = [...now.values()].filter(({ kind, women18 }) => kind === "commune" && women18 !== null);
	return {
		on,
		baselineOn,
		recorded: found.length > 0,
		baselineMembers,
		yearAgo,
		end: period.end,
		monthsLeft,
		own: progressOf(requireFigures(now, unit)),
		rows: [...now.values()].filter(({ kind, parentId }) => parentId === unit.id && hasTargets(kind)).map(progressOf),
		notPassing: notPassing(communes, now, before, ahead),
		known: communes.length,
		over: communes.filter((row) => row.class === "over").length,
	};
}

/** A period without a recorded baseline is counted from the evening before it began. */
function dayBefore({ from }: Period): Day {
	return addDays(from, -1);
}

/** The day, not before figures are kept and not after `on`. */
function between(day: Day, on: Day): Day {
	if (day < FIRST_DAY) return FIRST_DAY;
	return day > on ? on : day;
}

/** The last day of a period that is over by `map`, else that day. */
export function lastDayOf({ end }: Period, map: Day): Day {
	return end <= map ? addDays(end, -1) : map;
}

/**
 * Members on earlier days. Of a province or less exactly as gathering.rates has them, where branches of parted communes are counted woman
 * by woman; that takes as long as the country is large, so the centre reads what each parted commune had shared out: the sums of its provinces are the same.
 */
async function earlierMembers(work: Work, unit: Unit, days: [Day, Day], map: Day): Promise<[Earlier, Earlier]> {
	if (unit.kind !== "centre")
		return [await figuresOn(work, unit, days[0], map), await figuresOn(work, unit, days[1], map)];
	const country = await readCountry(work, days, map, unit.id);
	const at = (index: number) =>
		new Map([...country].map(([id, { members, estimated }]) => [id, { members: members[index] as number, estimated }]));
	return [at(0), at(1)];
}

async function figuresOn(work: Work, unit: Unit, day: Day, map: Day): Promise<Figures> {
	const levels = LEVELS.filter((level) => isAtOrBelow(level, unit.kind));
	// Reading an earlier day under later units walks successions; where the same units stood in the same places, there is nothing to walk.
	const { rows: changes } = await sql<{ changed: boolean }>`select exists (select from app.territory t
		where ((t.since > ${day}::date and t.since <= ${map}::date) or (t.until > ${day}::date and t.until <= ${map}::date))
			and (select o.parent_id from app.territory o where o.unit_id = t.unit_id and o.since <= ${day}::date and o.until > ${day}::date)
				is distinct from (select o.parent_id from app.territory o where o.unit_id = t.unit_id and o.since <= ${map}::date and o.until > ${map}::date)) as changed`.execute(
		work.db,
	);
	const rows = await readRows(work, { on: day, map: changes[0]?.changed ? map : null }, levels, unit.id);
	return new Map(rows.map((row) => [row.id, row]));
}

function requireFigures(figures: Figures, unit: Unit): RateRow {
	const row = figures.get(unit.id);
	if (row) return row;
	throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem số liệu của đơn vị này.");
}

function netOf(row: RateRow, then: Earlier, before: Earlier, baselineMembers: number | null) {
	return {
		achieved: row.members - (baselineMembers ?? then.get(row.id)?.members ?? 0),
		yearNet: row.members - (before.get(row.id)?.members ?? 0),
	};
}

/** Communes over 60 % at or below a unit, now and how many more than a year ago. */
function overOf({ id }: RateRow, now: ReadonlyMap<number, number>, before: ReadonlyMap<number, number>) {
	const achieved = now.get(id) ?? 0;
	return { achieved, yearNet: achieved - (before.get(id) ?? 0) };
}

/** How many communes at or below each unit are over 60 %. */
export function countOver(figures: Figures): Map<number, number> {
	const over = new Map<number, number>([...figures.keys()].map((id) => [id, 0]));
	for (const row of figures.values()) {
		if (row.class !== "over" || row.kind !== "commune") continue;
		for (let at: RateRow | undefined = row; at; at = at.parentId === null ? undefined : figures.get(at.parentId))
			over.set(at.id, (over.get(at.id) ?? 0) + 1);
	}
	return over;
}

function notPassing(communes: RateRow[], now: Figures, before: Earlier, ahead: Ahead) {
	return communes.flatMap(({ id, code, name, parentId, members, women18, missing }) => {
		const yearNet = members - (before.get(id)?.members ?? 0);
		if (women18 === null || missing === null || missing === 0 || passesAhead(members, women18, yearNet, ahead))
			return [];
		const parent = parentId === null ? "" : (now.get(parentId)?.name ?? "");
		return [
			{
				unitId: id,
				code,
				name,
				parent,
				members,
				women18,
				missing,
				yearNet,
				expected: members + gainAhead(yearNet, ahead),
			},
		];
	});
}
