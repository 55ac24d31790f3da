import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { dayFault, refuse } from "../headcounts/rules.ts";
import { requireUnit } from "../units/store-reading.ts";

/** The communes (and *Chưa phân*) at or below a unit on a day, each with its official figure, and its own count of women present. */
export async function listPlaces(work: Work, input: { unitId: number; on?: Day }) {
	const on = input.on ?? work.today;
	refuse(dayFault(on, work.today, "on"));
	const unit = await requireUnit(work, { id: input.unitId, on });
	const { rows } = await sql<{
		unitId: number;
		code: string | null;
		name: string;
		women18: number | null;
		how: "recorded" | "carried" | "apportioned" | "none";
		document: string;
		present: number | null;
		presentOn: Day | null;
	}>`select t.unit_id as "unitId", t.code, t.name, nullif(d.women18, 0) as women18, case when d.women18 > 0 then d.how else 'none' end as how,
			coalesce(r.document, '') as document, w.women18 as present, w.on_day::text as "presentOn"
		from app.territory t
		left join app.denominator d on d.unit_id = t.unit_id and d.during @> ${on}::date
		left join (app.population r join app.population_source o on o.id = r.source_id and o.official
			and o.term_id = (select id from app.term where level = 'centre' order by during @> ${on}::date desc, lower(during) > ${on}::date desc, lower(during) limit 1))
			on r.unit_id = t.unit_id and r.superseded_at is null
		left join lateral (select x.women18, x.on_day from app.women_present x where x.unit_id = t.unit_id
			and x.superseded_at is null and x.on_day <= ${on}::date order by x.on_day desc limit 1) w on true
		where t.during @> ${on}::date and t.kind in ('commune', 'unassigned')
			and (${unit.kind}::text = 'centre' or t.unit_id = ${unit.id} or t.province_id = ${unit.id} or t.district_id = ${unit.id}
				or t.province_id in (select c.province_id from app.cluster_province c where c.cluster_id = ${unit.id} and c.during @> ${on}::date))
			and ((select calc.sees_all('gathering.read')) or t.unit_id in (select calc.my_units('gathering.read')))
		order by t.path`.execute(work.db);
	return rows;
}
