import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { HeadcountComponent } from "../headcounts/contract.ts";
import { COMPONENT_LABELS, COMPONENTS, dayFault, refuse } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import type { Parts, RateRow } from "./contract.ts";
import { levelsBelow, totalOf } from "./rules.ts";
import { NOT_COUNTED_LABELS, rulesFor, stepsOf, type TermOfDay } from "./rules-explain.ts";
import { readRow, readRows, requireTop } from "./store-rates.ts";

/**
 * How a unit's figure on a day is made: the lines of the sum, the rules with their places, where the denominator and each
 * headcount come from, who of the roster does not count and why; and the whole counted once more from the rows themselves. Under the map of
 * another day: of which communes of the day it is made (R38); their own sheets hold the rest.
 */
export async function explainRate(work: Work, input: { id?: number; code?: string; on?: Day; map?: Day }) {
	const on = input.on ?? work.today;
	const map = input.map === undefined || input.map === on ? null : input.map;
	refuse(dayFault(on, work.today, "on"));
	const top = await requireTop(work, { ...input, on: map ?? on }, map === null ? "on" : "map");
	const row = await readRow(work, top, { on, map });
	const term = await termOf(work, on);
	const told = { row, steps: stepsOf(row), rules: rulesFor(row.kind, row.parts, term), term };
	if (map !== null) {
		const origins = await originsOf(work, top, { on, map });
		return {
			...told,
			origins,
			recount: await recountOrigins(work, row, origins),
			denominator: await denominatorUnder(work, row, origins),
			headcounts: [],
			notCounted: [],
		};
	}
	return {
		...told,
		origins: [],
		recount: await recount(work, top, row),
		denominator: await denominatorOf(work, row),
		headcounts: await headcountsOf(work, top, on),
		notCounted: await notCounted(work, top, on),
	};
}

interface Origin {
	unitId: number;
	code: string | null;
	name: string;
	members: number;
	women18: number | null;
	part: boolean;
}

/** The communes of the figures' own day that a commune of another day's map is made of; none for the levels above, which are sums. */
async function originsOf(work: Work, top: Unit, { on, map }: { on: Day; map: Day }): Promise<Origin[]> {
	if (top.kind !== "commune" && top.kind !== "unassigned") return [];
	const { rows } = await sql<Origin>`select unit_id as "unitId", code, name, members, women18, part
		from calc.map_origins(${on}::date, ${map}::date, ${top.id}::integer)`.execute(work.db);
	return rows;
}

/** The communes it is made of counted again from their rows; null where one of them is in it with a part only, which no row tells. */
async function recountOrigins(work: Work, row: RateRow, origins: readonly Origin[]) {
	if (origins.length === 0 || origins.some((one) => one.part)) return null;
	const counted: { parts: Parts; women18: number | null }[] = [];
	for (const one of origins) {
		const unit = { id: one.unitId, kind: "commune" } as Unit;
		counted.push({ parts: await partsOf(work, unit, row.on), women18: await womenOf(work, unit, row.on) });
	}
	const parts = Object.fromEntries(
		(Object.keys(row.parts) as (keyof Parts)[]).map((key) => [
			key,
			counted.reduce((sum, one) => sum + one.parts[key], 0),
		]),
	) as Parts;
	const women18 = counted.some((one) => one.women18 === null)
		? null
		: counted.reduce((sum, one) => sum + (one.women18 ?? 0), 0);
	return compared(row, parts, women18);
}

async function denominatorUnder(work: Work, row: RateRow, origins: readonly Origin[]) {
	if (origins.length === 0) return denominatorOf(work, row);
	return {
		how:
			row.women18 === null
				? ("none" as const)
				: origins.some((one) => one.part)
					? ("apportioned" as const)
					: ("carried" as const),
		source: await officialSource(work, row.on),
		of: origins.map((one) => ({
			unit: one.name,
			women18: one.women18,
			document: one.part ? "có một phần trong đơn vị này" : "",
		})),
	};
}

/** The term a day is read by; the first one for days before it (R47). */
async function termOf(work: Work, on: Day): Promise<TermOfDay> {
	const { rows } = await sql<TermOfDay>`select name, not during @> ${on}::date as recomputed from app.term
		where level = 'centre' order by during @> ${on}::date desc, lower(during) > ${on}::date desc, lower(during) limit 1`.execute(
		work.db,
	);
	return rows[0];
}

/** The same figures from spells, headcounts and recorded denominators, without the ledger. */
async function recount(work: Work, top: Unit, row: RateRow) {
	const parts =
		top.kind === "branch"
			? { ...row.parts, roster: await branchMembers(work, top, row.on) }
			: await partsOf(work, top, row.on);
	return compared(row, parts, await womenOf(work, top, row.on));
}

async function womenOf(work: Work, unit: Unit, on: Day): Promise<number | null> {
	const { rows } = await sql<{ women18: number | null }>`
		select calc.recount_women(${unit.id}::integer, ${on}::date) as women18`.execute(work.db);
	return rows[0].women18;
}

/** What was counted again beside what the row says. */
function compared(row: RateRow, parts: Parts, women18: number | null) {
	const equal =
		women18 === row.women18 && (Object.keys(parts) as (keyof Parts)[]).every((key) => parts[key] === row.parts[key]);
	return { members: totalOf(parts), parts, women18, equal };
}

async function partsOf(work: Work, top: Unit, on: Day): Promise<Parts> {
	const { rows: roster } = await sql<{ n: number }>`
		select calc.recount_roster(${top.id}::integer, ${on}::date) as n`.execute(work.db);
	const { rows: figures } = await sql<{ component: HeadcountComponent; count: number; overlap: number }>`
		select component, count, overlap from calc.recount_headcounts(${top.id}::integer, ${on}::date)`.execute(work.db);
	const counts = Object.fromEntries(COMPONENTS.map((component) => [component, 0])) as Record<
		HeadcountComponent,
		number
	>;
	for (const { component, count } of figures) counts[component] = count;
	return { roster: roster[0].n, ...counts, overlap: figures.reduce((sum, one) => sum + one.overlap, 0) };
}

async function branchMembers(work: Work, branch: Unit, on: Day): Promise<number> {
	const { rows } = await sql<{ n: number }>`select coalesce(sum(roster), 0) as n
		from calc.branch_counts(${on}::date, ${branch.id}::integer) where unit_id = ${branch.id}`.execute(work.db);
	return Number(rows[0].n);
}

/** Where the denominator comes from: recorded, carried from predecessors, summed over what stands below, or none. */
async function denominatorOf(work: Work, row: RateRow) {
	if (row.kind === "branch") return { how: "none" as const, source: null, of: [] };
	if (row.kind === "commune" || row.kind === "unassigned") return ownDenominator(work, row);
	const levels = levelsBelow(row.kind).filter((level) => level !== "branch");
	const rows = await readRows(work, { on: row.on, map: row.map }, levels, row.id);
	const below = row.kind === "cluster" ? rows : rows.filter((one) => one.parentId === row.id);
	return {
		how: row.women18 === null ? ("none" as const) : ("summed" as const),
		source: await officialSource(work, row.on),
		of: below.map((one) => ({ unit: one.name, women18: one.women18, document: "" })),
	};
}

/** The official source of the term of a day. */
async function officialSource(work: Work, on: Day): Promise<string | null> {
	const { rows } = await sql<{ name: string }>`select o.name from app.population_source o
		join app.term t on t.id = o.term_id where o.official
		order by t.during @> ${on}::date desc, lower(t.during) > ${on}::date desc, lower(t.during) limit 1`.execute(
		work.db,
	);
	return rows[0]?.name ?? null;
}

async function ownDenominator(work: Work, row: RateRow) {
	const { rows } = await sql<{
		unitId: number;
		unit: string;
		women18: number | null;
		document: string;
		source: string | null;
	}>`
		select o.unit_id as "unitId", s.name as unit, o.women18, o.document, o.source
		from calc.denominator_origins(${row.id}::integer, ${row.on}::date) o
		join lateral (select name from app.unit_spell x where x.unit_id = o.unit_id
			order by x.during @> ${row.on}::date desc, x.during desc limit 1) s on true order by s.name`.execute(work.db);
	const { rows: kept } = await sql<{ how: "recorded" | "carried" | "apportioned" }>`
		select how from app.denominator where unit_id = ${row.id} and since <= ${row.on}::date and until > ${row.on}::date`.execute(
		work.db,
	);
	return {
		how: kept[0]?.how ?? ("none" as const),
		source: rows.find((one) => one.source !== null)?.source ?? null,
		of: rows.map(({ unit, women18, document }) => ({ unit, women18, document })),
	};
}

/** The figures without names in force at the unit itself; those of the units below stand in their own "Cách tính". */
async function headcountsOf(work: Work, top: Unit, on: Day) {
	const { rows } = await sql<{
		component: HeadcountComponent;
		count: number;
		overlap: number;
		onDay: Day;
		source: string;
		document: string;
		unit: string;
	}>`select f.component, f.count, f.overlap, f.since::text as "onDay", f.source, f.document, s.name as unit
		from calc.headcounts_in_force(array[${top.id}::integer], ${on}::date) f
		join lateral (select name from app.unit_spell x where x.unit_id = f.origin_id
			order by x.during @> f.since desc, x.during desc limit 1) s on true
		order by array_position(${[...COMPONENTS]}::text[], f.component), f.carried, s.name`.execute(work.db);
	return rows.map((row) => ({ ...row, label: COMPONENT_LABELS[row.component] }));
}

async function notCounted(work: Work, top: Unit, on: Day) {
	const { rows } = await sql<{ reason: string; count: number }>`
		select reason, n as count from calc.not_counted(${top.id}::integer, ${on}::date) order by n desc, reason`.execute(
		work.db,
	);
	return rows.map((row) => ({ ...row, label: NOT_COUNTED_LABELS[row.reason] ?? row.reason }));
}
