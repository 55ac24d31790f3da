import { sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { Change } from "./contract.ts";
import type { Surroundings } from "./import.ts";
import type { KnownUnit, Registry } from "./rules.ts";

const ADMINISTRATIVE = ["centre", "province", "district", "commune", "unassigned"];

/** Every administrative unit that stands on a day. */
async function unitsOn(work: Work, on: Day): Promise<KnownUnit[]> {
	const { rows } = await sql<KnownUnit>`
		select u.id, u.kind, s.code, s.name, s.parent_id as "parentId",
			(select min(lower(l.during)) from app.unit_spell l where l.unit_id = u.id)::text as "from", upper(s.during)::text as "to"
		from app.unit_spell s join app.unit u on u.id = s.unit_id
		where s.during @> ${on}::date and u.kind = any(${ADMINISTRATIVE}::text[])`.execute(work.db);
	return rows;
}

/** What {@link conflictsOf} asks of the registry. */
export async function readRegistry(work: Work, on: Day, changes: readonly Change[]): Promise<Registry> {
	const named = [...new Set(changes.flatMap((change) => (change.kind === "create" ? [] : [change.unitId])))];
	const later = await sql<{ id: number }>`select distinct unit_id as id from app.unit_spell
		where unit_id = any(${named}::integer[]) and lower(during) > ${on}::date`.execute(work.db);
	const [before, onDay] = [await unitsOn(work, addDays(on, -1)), await unitsOn(work, on)];
	return {
		before: new Map(before.map((unit) => [unit.id, unit])),
		onDay: new Map(onDay.map((unit) => [unit.id, unit])),
		changedLater: new Set(later.rows.map((row) => row.id)),
	};
}

/** What a table of successors is read against. A code that two levels bear (provinces have two digits, communes five) is one unit's. */
export async function readSurroundings(work: Work, on: Day): Promise<Surroundings> {
	const { rows } = await sql<{ predecessorId: number; successorId: number; part: "full" | "partial" }>`
		select predecessor_id as "predecessorId", successor_id as "successorId", part from app.unit_succession
		where on_day = ${on}::date`.execute(work.db);
	const byCode = (units: KnownUnit[]) =>
		new Map(units.flatMap((unit) => (unit.code === null ? [] : [[unit.code, unit] as const])));
	return {
		before: byCode(await unitsOn(work, addDays(on, -1))),
		onDay: byCode(await unitsOn(work, on)),
		successions: Map.groupBy(rows, (row) => row.predecessorId),
	};
}
