import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { UnitKind } from "./contract.ts";

/** A unit found by its code, and whether a verb of the one acting reaches it. */
export interface CodedUnit {
	id: number;
	kind: UnitKind;
	name: string;
	reached: boolean;
}

/** The units that bore the codes on a day, in one query, by code; a code nobody bore is missing. */
export async function unitsByCode(work: Work, codes: string[], on: Day, verb: string): Promise<Map<string, CodedUnit>> {
	const { rows } = await sql<CodedUnit & { code: string }>`
		select s.code, u.id, u.kind, s.name,
			((select calc.sees_all(${verb})) or u.id in (select calc.my_units(${verb}))) as reached
		from app.unit_spell s join app.unit u on u.id = s.unit_id
		where s.code = any(${[...new Set(codes)]}::text[]) and s.during @> ${on}::date
		order by array_position(array['commune', 'district', 'province', 'centre'], u.kind) desc nulls first`.execute(
		work.db,
	);
	return new Map(rows.map((row) => [row.code, row]));
}
