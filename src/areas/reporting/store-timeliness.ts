import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";

interface Row {
	periodId: number;
	unitId: number;
	name: string;
	code: string | null;
	expected: number;
	inTime: number;
	late: number;
	approved: number;
	pending: number;
	named: number | null;
	unlisted: number | null;
}

/**
 * How many reports of each period came in time, late or not at all, and how much of the members was named in them: completeness and
 * timeliness (R8, R34) as one table. By province for the country and a cluster, by unit within a province, a district or a commune.
 * Units the one acting does not read are not in it.
 */
export async function timeliness(work: Work, input: { periods: number; unitId?: number; unit?: string }) {
	const unitId =
		input.unit === undefined ? input.unitId : (await requireUnit(work, { code: input.unit, on: work.today })).id;
	const { rows: tops } = await sql<{
		kind: string;
	}>`select kind from app.unit where id = ${unitId ?? null}::integer`.execute(work.db);
	const kind = tops[0]?.kind ?? "centre";
	const byProvince = kind === "centre" || kind === "cluster";
	const { rows } = await sql<Row>`
		with chosen as materialized (select p.id, p.data_until, p.due_on, p.due_levels from app.report_period p where p.opens_on <= ${work.today}::date
			order by p.data_until desc, p.id desc limit ${input.periods}),
		-- Each report that is expected, in the row of a province or of its own unit.
		expected as materialized (
			select p.id as period_id, p.data_until, u.unit_id, coalesce((p.due_levels ->> u.kind)::date, p.due_on) as due, case when ${byProvince} then coalesce(u.province_id, u.unit_id) else u.unit_id end as at
			from chosen p cross join lateral calc.report_units(p.id) u
			where u.kind <> 'centre' and case ${kind}::text when 'centre' then true
				when 'cluster' then u.province_id in (select c.province_id from app.cluster_province c where c.cluster_id = ${unitId ?? null}::integer and c.during @> p.data_until)
				when 'province' then u.province_id = ${unitId ?? null}::integer
				when 'district' then exists (select from app.territory d where d.unit_id = u.unit_id and d.district_id = ${unitId ?? null}::integer
					and d.since <= p.data_until and d.until > p.data_until)
				else u.unit_id = ${unitId ?? null}::integer end
		)
		select e.period_id as "periodId", g.unit_id as "unitId", g.name, g.code, count(*)::integer as expected,
			(count(*) filter (where r.state not in ('draft', 'returned') and not c.late))::integer as "inTime",
			(count(*) filter (where r.state not in ('draft', 'returned') and c.late))::integer as late,
			(count(*) filter (where r.seq > 0))::integer as approved,
			(count(*) filter (where coalesce(r.state, 'draft') in ('draft', 'returned') and e.due >= ${work.today}::date))::integer as pending,
			max((k.counts ->> 'roster')::integer) as named, max((k.counts ->> 'unlisted')::integer) as unlisted
		from expected e
		join app.territory g on g.unit_id = e.at and g.since <= e.data_until and g.until > e.data_until
		left join app.report r on r.period_id = e.period_id and r.unit_id = e.unit_id
		-- The first copy says whether it came in time: a correction later on does not make it late.
		left join lateral (select x.late from app.report_copy x where x.report_id = r.id order by x.signed_at limit 1) c on true
		left join lateral (select convert_from(y.content, 'UTF8')::jsonb -> 'counts' as counts from app.report_frozen f join app.report_copy y on y.id = f.copy_id
			where f.report_id = r.id and f.seq = r.seq and r.unit_id = e.at) k on true
		group by e.period_id, e.data_until, g.unit_id, g.name, g.code, g.place order by e.data_until desc, e.period_id desc, g.place`.execute(
		work.db,
	);
	const { rows: periods } = await sql<{ id: number; name: string; dataUntil: Day }>`
		select id, name, data_until::text as "dataUntil" from app.report_period
		where id = any(${[...new Set(rows.map(({ periodId }) => periodId))]}::integer[]) order by data_until desc, id desc`.execute(
		work.db,
	);
	return { by: byProvince ? ("province" as const) : ("unit" as const), periods, rows };
}
