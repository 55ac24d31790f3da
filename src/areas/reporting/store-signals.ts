import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { type Admitted, admittedIn } from "./rules-inputs.ts";
import { dueOf } from "./rules-periods.ts";
import { LEAST_NEWCOMERS, type Signal, signalsOf } from "./rules-signals.ts";
import type { Made } from "./store-making.ts";
import type { Period } from "./store-periods.ts";
import { previousOf } from "./store-previous.ts";

/** What in each of some reports is to be looked at before it is approved, in three questions to the database for all of them. */
export async function signalsIn(work: Work, period: Period, reports: readonly Made[]): Promise<Map<number, Signal[]>> {
	const ids = reports.map(({ unit }) => unit.unitId);
	const before = await previousOf(work, period, ids);
	const admitted = new Map(reports.map(({ unit, moves }) => [unit.unitId, admittedIn(moves)]));
	// A few newcomers of one day are told of nobody.
	const many = [...admitted].filter(([, { count }]) => count >= LEAST_NEWCOMERS);
	const { rows: dates } = await sql<{ unitId: number; day: Day; count: number }>`
		select unit_id as "unitId", day::text as day, women as count
		from calc.report_same_date(${many.map(([unitId]) => unitId)}::integer[], ${many.map(([, { ids: packed }]) => Buffer.from(packed))}::bytea[])`.execute(
		work.db,
	);
	const { rows: pairs } = await sql<{ unitId: number; women: number }>`
		select unit_id as "unitId", women from calc.report_twice(${ids}::integer[], ${period.dataUntil}::date)`.execute(
		work.db,
	);
	const sameDate = new Map(dates.map((row) => [row.unitId, row]));
	const twice = new Map(pairs.map(({ unitId, women }) => [unitId, women]));
	return new Map(
		reports.map(({ unit, counts, members }) => [
			unit.unitId,
			signalsOf(
				{
					counts,
					members,
					admitted: admitted.get(unit.unitId) as Admitted,
					before: before.get(unit.unitId) ?? null,
					twice: twice.get(unit.unitId) ?? 0,
					sameDate: sameDate.get(unit.unitId) ?? null,
				},
				{ from: period.from, dataUntil: period.dataUntil, due: dueOf(period, unit.kind) },
			),
		]),
	);
}
