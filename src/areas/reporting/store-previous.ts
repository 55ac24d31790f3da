import { sql } from "kysely";
import { addDays } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { totalOf } from "../gathering/rules.ts";
import type { Figures } from "./rules-figures.ts";
import { basesOf, countsIn, reportUnits } from "./store-making.ts";
import type { Period } from "./store-periods.ts";

/** What was reported last before a period: the frozen figures, or for units that reported nothing the ledger's of the day before it. */
export async function previousOf(
	work: Work,
	period: Period,
	units: number[],
): Promise<Map<number, { name: string; frozen: boolean; counts: Figures }>> {
	// A plan has no figures, and nothing stands before it.
	if (period.kind === "plan") return new Map();
	const { rows } = await sql<{ unitId: number; name: string; content: Buffer }>`
		select distinct on (r.unit_id) r.unit_id as "unitId", p.name, c.content
		from app.report r join app.report_period p on p.id = r.period_id
		join app.report_frozen f on f.report_id = r.id and f.seq = r.seq join app.report_copy c on c.id = f.copy_id
		where r.unit_id = any(${units}::integer[]) and p.data_until < ${period.dataUntil}::date and p.kind <> 'plan'
		order by r.unit_id, p.data_until desc, p.id desc`.execute(work.db);
	const found = new Map(
		rows.map(({ unitId, name, content }) => [unitId, { name, frozen: true, counts: countsIn(content) }]),
	);
	const others = units.filter((id) => !found.has(id));
	const bases = await basesOf(work, others, addDays(period.from, -1));
	// What stands above others has its own figures alone there: not what it reports.
	const summed = new Set((await reportUnits(work, period, { above: others })).map(({ aboveId }) => aboveId));
	for (const [id, base] of bases)
		if (!summed.has(id))
			found.set(id, { name: "", frozen: false, counts: { ...base, members: totalOf(base), closing: totalOf(base) } });
	return found;
}
