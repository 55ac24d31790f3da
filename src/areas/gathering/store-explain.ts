import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { HeadcountComponent } from "../headcounts/contract.ts";
import { COMPONENT_LABELS, COMPONENTS } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import type { Parts, RateRow } from "./contract.ts";
import { levelsBelow, totalOf } from "./rules.ts";
import { NOT_COUNTED_LABELS, rulesFor, stepsOf, type TermOfDay } from "./rules-explain.ts";
import { readRow, readRows, requireTop } from "./store-rates.ts";

/**
 * How a unit's figure on a day is made: the lines of the sum, the rules with their places, where the denominator and each
 * headcount come from, who of the roster does not count and why; and the whole counted once more from the rows themselves.
 */
export async function explainRate(work: Work, input: { id?: number; code?: string; on?: Day }) {
	const on = input.on ?? work.today;
	const top = await requireTop(work, { ...input, on });
	const row = await readRow(work, top, { on, map: null });
	const term = await termOf(work, on);
	return {
		row,
		recount: await recount(work, top, row),
		steps: stepsOf(row),
		rules: rulesFor(row.kind, row.parts, term),
		denominator: await denominatorOf(work, row),
		headcounts: await headcountsOf(work, top, on),
		notCounted: await notCounted(work, top, on),
		term,
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
	const { rows } = await sql<{ women18: number | null }>`
		select calc.recount_women(${top.id}::integer, ${row.on}::date) as women18`.execute(work.db);
	const women18 = rows[0].women18;
	const members = totalOf(parts);
	const equal =
		women18 === row.women18 && (Object.keys(parts) as (keyof Parts)[]).every((key) => parts[key] === row.parts[key]);
	return { members, parts, women18, equal };
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
	const rows = await readRows(work, { on: row.on, map: null }, levelsBelow(row.kind), row.id);
	const below = row.kind === "cluster" ? rows : rows.filter((one) => one.parentId === row.id);
	const { rows: sources } = await sql<{ name: string }>`select o.name from app.population_source o
		join app.term t on t.id = o.term_id where o.official
		order by t.during @> ${row.on}::date desc, lower(t.during) > ${row.on}::date desc, lower(t.during) limit 1`.execute(
		work.db,
	);
	return {
		how: row.women18 === null ? ("none" as const) : ("summed" as const),
		source: sources[0]?.name ?? null,
		of: below.map((one) => ({ unit: one.name, women18: one.women18, document: "" })),
	};
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
