import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit, type UnitRef } from "../units/store-reading.ts";
import { standsAbove } from "./rules-duplicates.ts";
import { pairsOf } from "./store-duplicates.ts";
import { herePeople, IS_NEW_GROUP } from "./store-search.ts";

interface Todo {
	sixMonths: number;
	startUnknown: number;
	proposed: number;
	transfersToDecide: number;
	transfersWaiting: number;
	withoutConsent: number;
	withoutId: number;
	review: number;
	duplicates: number;
	duplicatePairs: number;
}

/** What waits for a unit's people to do, as numbers: each has a list behind it (members.list and its filters). */
export async function countTodo(work: Work, input: UnitRef): Promise<Todo> {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const scope = sql`(select unit_id from app.unit_scope where ancestor_id = ${unit.id})`;
	const { rows } = await sql<Todo>`
		select (select count(*) ${sixMonthsFrom(unit.id, on, 30)}) as "sixMonths",
			start_unknown as "startUnknown", proposed, without_consent as "withoutConsent", without_id as "withoutId", review,
			(select count(*) from app.transfer t where t.state = 'pending'
				and case t.asked_side when 'origin' then t.to_unit_id else t.from_commune_id end in ${scope}) as "transfersToDecide",
			(select count(*) from app.transfer t where t.state = 'pending'
				and case t.asked_side when 'origin' then t.from_commune_id else t.to_unit_id end in ${scope}) as "transfersWaiting",
			(select count(*) from app.duplicate_pair d where d.id in (${pairsOf(unit.id)}) and d.decision is not distinct from ${standsAbove(unit.kind) ? "same" : null}::text) as "duplicatePairs",
			(select count(*) from (select 1 from (${herePeople(unit.id, on)}) h group by h.identity_key, h.birth having ${IS_NEW_GROUP}) d) as duplicates
		from calc.members_to_do(${unit.id}, ${on}::date)`.execute(work.db);
	return rows[0];
}

/** Where the members of a unit reach their six months within some days (R2), the next first. */
export async function listSixMonths(work: Work, input: UnitRef & { days: number }) {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const { rows } = await sql<{
		personId: string;
		spellId: string;
		name: string;
		branch: string;
		start: Day;
		countsFrom: Day;
	}>`select p.id as "personId", s.id as "spellId", p.full_name as name,
			case when u.kind in ('branch', 'group') then calc.unit_name(u.id, ${on}::date) else 'Chưa xếp chi hội' end as branch,
			r.start::text as start, lower(c)::text as "countsFrom"
		${sixMonthsFrom(unit.id, on, input.days)}
		order by lower(c), p.sort_key, p.id`.execute(work.db);
	return rows;
}

/** Spells whose counting begins in the days after `on`, because their six months have then run. */
export function sixMonthsFrom(unitId: number, on: Day, days: number) {
	return sql`from app.residence r join app.spell s on s.id = r.spell_id cross join unnest(s.counts) c
		join app.person p on p.id = s.person_id join app.unit u on u.id = s.leaf_id
		where r.kind = 'temporary' and r.until is null
			and r.start between ${on}::date - interval '6 months' - interval '4 days' and ${on}::date + ${days}::integer - interval '6 months' + interval '4 days'
			and lower(c) > ${on}::date and lower(c) <= ${on}::date + ${days}::integer and lower(c) = (r.start + interval '6 months')::date
			and s.leaf_id in (select calc.leaves_of(array[${unitId}::integer], ${on}::date))`;
}
