import { sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { readRows } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { readLines } from "../targets/store-lines.ts";
import { countOver } from "../targets/store-progress.ts";
import { requirePeriod, standingsOn } from "../targets/store-standing.ts";
import type { Criterion } from "./contract.ts";
import type { Measure, Reckoned } from "./rules.ts";
import { dayOfYear, type Member } from "./store-round.ts";

/** What the figures say of each member for each measure that a round asks for; live until the year is published. */
export async function reckonAll(
	work: Work,
	clusterId: number,
	year: number,
	criteria: readonly Criterion[],
	members: readonly Member[],
): Promise<Map<number, Partial<Record<Measure, Reckoned>>>> {
	const on = dayOfYear(year, work.today);
	const asked = new Set(criteria.map(({ measure }) => measure));
	asked.delete("self");
	const found = new Map<number, Partial<Record<Measure, Reckoned>>>(members.map(({ unitId }) => [unitId, {}]));
	if (asked.size === 0 || members.length === 0) return found;
	// A province reads itself, not its cluster.
	const top = members.length === 1 ? (members[0] as Member).unitId : clusterId;
	const rows = await readRows(work, { on, map: null }, ["province", "district", "commune"], top);
	const now = new Map(rows.map((row) => [row.id, row]));
	const over = countOver(now);
	const net = asked.has("net_vs_target") ? await netOf(work, top, year, on) : new Map<number, number>();
	const [members60, membersNet] = [
		await targetsOf(work, "communes_over_60", year, on),
		await targetsOf(work, "net_new_members", year, on),
	];
	const timely = asked.has("timeliness") ? await timelinessOf(work, year, on) : new Map<number, Reckoned>();
	for (const { unitId } of members) {
		const row = now.get(unitId);
		if (!row) continue;
		found.set(unitId, {
			net_vs_target: { achieved: net.get(unitId) ?? 0, whole: membersNet.get(unitId) ?? null },
			over_60_vs_target: { achieved: over.get(unitId) ?? 0, whole: members60.get(unitId) ?? null },
			completeness: { achieved: row.parts.roster, whole: row.parts.roster + row.parts.unlisted },
			timeliness: timely.get(unitId) ?? { achieved: 0, whole: null },
		});
	}
	return found;
}

/** Members who came on top since the evening before the year, of each province at or below `top`. */
async function netOf(work: Work, top: number, year: number, on: Day): Promise<Map<number, number>> {
	const begins = `${year}-01-01` < FIRST_DAY ? FIRST_DAY : `${year}-01-01`;
	const net = new Map<number, number>();
	for (const { provinceId, unitId, kind, members } of await readLines(work, [begins, addDays(on, 1)], on, top, false)) {
		const province = kind === "province" ? unitId : provinceId;
		if (province === null) continue;
		net.set(province, (net.get(province) ?? 0) + (members[1] as number) - (members[0] as number));
	}
	return net;
}

/**
 * Reports that came in time among those whose deadline in the year is over, of each province and the units below it. What was returned
 * and not sent again has not come; a correction later on makes none late.
 */
async function timelinessOf(work: Work, year: number, on: Day): Promise<Map<number, Reckoned>> {
	const { rows } = await sql<{ provinceId: number; achieved: number; whole: number }>`
		with period as materialized (select p.* from app.report_period p where p.due_on >= make_date(${year}::integer, 1, 1)
			and p.data_until <= ${on}::date)
		select u.province_id as "provinceId", count(*)::integer as whole,
			(count(*) filter (where r.state not in ('draft', 'returned') and not c.late))::integer as achieved
		from period p cross join lateral calc.report_units(p.id) u
		cross join lateral (select coalesce((p.due_levels ->> u.kind)::date, p.due_on) as due) d
		left join app.report r on r.period_id = p.id and r.unit_id = u.unit_id
		left join lateral (select x.late from app.report_copy x where x.report_id = r.id order by x.signed_at limit 1) c on true
		where u.province_id is not null and d.due < ${on}::date and d.due between make_date(${year}::integer, 1, 1) and make_date(${year}::integer, 12, 31)
		group by u.province_id`.execute(work.db);
	return new Map(rows.map(({ provinceId, ...reckoned }) => [provinceId, reckoned]));
}

async function targetsOf(work: Work, kind: "net_new_members" | "communes_over_60", year: number, on: Day) {
	const which = { kind, name: "", year };
	const standings = await standingsOn(work, which, await requirePeriod(work, which, on), on);
	return new Map([...standings].map(([unitId, { value }]) => [unitId, value]));
}
