import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { HeadcountComponent } from "./contract.ts";

/** More families than this are locked all at once: PostgreSQL's lock table is finite. */
const MANY_UNITS = 20;

/** A figure in force at a unit on a day; `carried` where a predecessor reported it. */
export interface FigureInForce {
	unitId: number;
	id: string;
	originId: number;
	component: HeadcountComponent;
	onDay: Day;
	count: number;
	overlap: number;
	source: string;
	document: string;
	carried: boolean;
}

/** A row to write. */
export interface NewFigure {
	id: string;
	unitId: number;
	component: HeadcountComponent;
	onDay: Day;
	count: number;
	overlap: number;
	source: string;
	document: string;
	importId?: string;
}

/** Makes every other writer of these units' families wait until this transaction ends. Before any reading of what is to change. */
export async function lockHeadcounts(work: Work, units: number[]): Promise<void> {
	if (units.length > MANY_UNITS) {
		await sql`select calc.lock_headcounts(null, true)`.execute(work.db);
		return;
	}
	// One family each, in one order, so that two writers never wait for each other in a ring.
	const { rows } = await sql<{
		unit: number;
	}>`select distinct (select min(f) from calc.headcount_family(array[u]) f) as unit
		from unnest(${units}::integer[]) u order by 1`.execute(work.db);
	for (const { unit } of rows) await sql`select calc.lock_headcounts(array[${unit}::integer], false)`.execute(work.db);
}

/** Changes rows of the units' families and posts to the ledger what that changed. Lock first. */
export async function repostingHeadcounts(work: Work, units: number[], change: () => Promise<void>): Promise<void> {
	const { rows } = await sql<{ before: string }>`
		select calc.headcount_state(${units}::integer[])::text as before`.execute(work.db);
	await change();
	await sql`select calc.post_headcount_change(${units}::integer[], ${rows[0].before}::jsonb)`.execute(work.db);
}

/** Writes figures; one of the same unit, component and day is superseded and stays in the history. Inside {@link repostingHeadcounts}. */
export async function writeFigures(work: Work, figures: NewFigure[]): Promise<void> {
	const json = JSON.stringify(figures);
	await sql`update app.headcount h set superseded_at = clock_timestamp()
		from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer, component text, "onDay" date)
		where h.superseded_at is null and h.unit_id = r."unitId" and h.component = r.component and h.on_day = r."onDay"`.execute(
		work.db,
	);
	await sql`insert into app.headcount (id, unit_id, component, on_day, count, overlap, source, document, created_by, import_id)
		select r.id, r."unitId", r.component, r."onDay", r.count, r.overlap, r.source, r.document, ${work.accountId}::uuid, r."importId"
		from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "unitId" integer, component text, "onDay" date, count integer,
			overlap integer, source text, document text, "importId" uuid)`.execute(work.db);
}

/** The figures in force on a day at units the one acting may read; a unit may carry several, one of each predecessor. */
export async function figuresInForce(work: Work, units: number[], on: Day): Promise<FigureInForce[]> {
	const { rows } =
		await sql<FigureInForce>`select unit_id as "unitId", headcount_id as id, origin_id as "originId", component,
			since::text as "onDay", count, overlap, source, document, carried
		from calc.headcounts_in_force(${units}::integer[], ${on}::date)
		order by unit_id, component, carried, since desc`.execute(work.db);
	return rows;
}

/** The sum of the figures of one component in force at a unit; null where there is none. */
export function sumOf(figures: FigureInForce[]): { count: number; overlap: number } | null {
	if (figures.length === 0) return null;
	return {
		count: figures.reduce((sum, one) => sum + one.count, 0),
		overlap: figures.reduce((sum, one) => sum + one.overlap, 0),
	};
}
