import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { rateText } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import { dayFault, FIRST_DAY, refuse } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import type { RateRow } from "./contract.ts";
import { classCounts, countOver100, GUIDANCE_DAY, isAtOrBelow, levelOf, monthlyPoints } from "./rules.ts";
import { readRows, requireLevel, requireRow, requireTop } from "./store-rates.ts";

interface UnitQuestion {
	id?: number;
	code?: string;
	on?: Day;
}

/** More points than this are nobody's question: ten years of months and a little. */
const MOST_POINTS = 140;

/** The communes of a unit by class, now and on the guidance's day, with each of them for the strip, and the provinces' rows. */
export async function overview(work: Work, input: UnitQuestion) {
	const on = input.on ?? work.today;
	const top = await requireTop(work, { ...input, on });
	const below = (["province", "commune"] as const).filter((level) => isAtOrBelow(level, top.kind));
	const rows = await readRows(work, { on, map: null }, [...new Set([requireLevel(top), ...below])], top.id);
	const communes = rows.filter((row) => levelOf(row.kind) === "commune");
	return {
		unit: requireRow(rows, top),
		classes: classCounts(communes),
		classesBefore: await classesBefore(work, top, on),
		over100: countOver100(communes),
		communes: communes.flatMap(stripOf),
		provinces: rows.filter((row) => row.kind === "province"),
	};
}

/** How many communes of each province are in each class, on a day under its own units or those of another day (R38). */
export async function classShares(work: Work, input: { on?: Day; map?: Day }) {
	const on = input.on ?? work.today;
	const map = input.map === undefined || input.map === on ? null : input.map;
	refuse(dayFault(on, work.today, "on"));
	const top = await requireTop(work, { on: map ?? on }, map === null ? "on" : "map");
	const rows = await readRows(work, { on, map }, ["province", "commune"], top.id);
	const provinces = rows.filter((row) => row.kind === "province");
	const provinceOf = await provincesOf(work, map ?? on);
	const communes = Map.groupBy(
		rows.filter((row) => row.kind === "commune"),
		(row) => provinceOf.get(row.id),
	);
	return provinces.map(({ id, code, name }) => ({ id, code, name, ...classCounts(communes.get(id) ?? []) }));
}

async function provincesOf(work: Work, on: Day): Promise<Map<number, number>> {
	const { rows } = await sql<{
		id: number;
		province: number;
	}>`select unit_id as id, province_id as province from app.territory
		where kind = 'commune' and since <= ${on}::date and until > ${on}::date`.execute(work.db);
	return new Map(rows.map((row) => [row.id, row.province]));
}

function stripOf(row: RateRow) {
	const { id, parentId, name, rate, class: cls, missing } = row;
	return rate !== null && cls !== null && missing !== null ? [{ id, parentId, name, rate, class: cls, missing }] : [];
}

/** The same classes on the day of the guidance (in days before it: on the term's first day), under whatever stood in the unit's place then. */
async function classesBefore(work: Work, top: Unit, on: Day) {
	if (!isAtOrBelow("commune", top.kind) || top.kind === "commune" || top.kind === "unassigned") return null;
	const day = on > GUIDANCE_DAY ? GUIDANCE_DAY : await termBegin(work);
	if (day === null || day >= on) return null;
	const { rows: stood } = await sql<{ id: number }>`
		select unit_id as id from calc.stood_for(${top.id}::integer) where since <= ${day}::date and until > ${day}::date`.execute(
		work.db,
	);
	const communes: RateRow[] = [];
	for (const { id } of stood) communes.push(...(await readRows(work, { on: day, map: null }, ["commune"], id)));
	return { on: day, ...classCounts(communes) };
}

async function termBegin(work: Work): Promise<Day | null> {
	const { rows } = await sql<{
		day: Day;
	}>`select greatest(min(lower(during)), calc.first_day())::text as day from app.term where level = 'centre'`.execute(
		work.db,
	);
	return rows[0].day;
}

/**
 * A unit's figures on the first of every month from `from` (default: two years before `to`) to `to` (default `on`, then today).
 * Before a unit's first day the line goes on with its whole predecessors together.
 */
export async function trend(work: Work, input: UnitQuestion & { from?: Day; to?: Day }) {
	const to = input.to ?? input.on ?? work.today;
	const top = await requireTop(work, { ...input, on: input.on ?? to });
	refuse(dayFault(to, work.today, "to"));
	const twoYearsBefore = addMonths(to, -24);
	const from = input.from ?? (twoYearsBefore < FIRST_DAY ? FIRST_DAY : twoYearsBefore);
	refuse(dayFault(from, work.today, "from"));
	const points = monthlyPoints(from, to);
	if (points.length > MOST_POINTS || points.length === 0)
		throw new Problem("input.invalid", 422, "Khoảng thời gian phải từ 1 đến 139 tháng.", { field: "from" });
	const { rows } = await sql<{ on: Day; itself: boolean; women18: number | null; members: number }>`
		select day::text as "on", itself, women18, members from calc.gathering_line(${points}::date[], ${top.id}::integer)`.execute(
		work.db,
	);
	return rows.map(({ on, members, women18, itself }) => ({
		on,
		members,
		women18,
		rate: women18 !== null && top.kind !== "unassigned" ? rateText(members, women18) : null,
		unitId: top.id,
		name: itself ? top.name : `${top.name} (các đơn vị trước sắp xếp)`,
	}));
}
