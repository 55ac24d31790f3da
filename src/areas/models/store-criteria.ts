import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { CRITERIA, type Criterion } from "./rules.ts";
import { type Asked, about, homeJoin, named, placesOf, refuseAhead, requireMay, topOf } from "./store-places.ts";

type Answers = Partial<Record<Criterion, { met: boolean; onDay: Day; note: string }>>;

/** "3 có, 3 biết" of each branch: of each criterion the last answer up to the day. */
export async function listCriteria(work: Work, input: Asked & { limit: number; offset: number }) {
	const asked = await about(work, input);
	const { unit, on } = asked;
	const { rows } = await sql<{
		unitId: number;
		unitName: string;
		communeId: number | null;
		communeName: string;
		met: number;
		answers: Answers;
		mayChange: boolean;
		branches: number;
		metAll: number;
	}>`with place as materialized ${placesOf(asked)},
		branch as materialized (select p.unit_id, p.place_id, coalesce(a.met, 0) as met, coalesce(a.answers, '{}') as answers from place p
			join app.unit u on u.id = p.unit_id and u.kind = 'branch'
			left join lateral (select count(*) filter (where c.met)::integer as met,
					json_object_agg(c.criterion, json_build_object('met', c.met, 'onDay', c.on_day::text, 'note', c.note)) as answers
				from (select distinct on (c.criterion) c.* from app.branch_criterion c where c.unit_id = p.unit_id and c.superseded_at is null
					and c.on_day <= ${on}::date order by c.criterion, c.on_day desc) c having count(*) > 0) a on true)
		select ${named(on)}, r.met, r.answers,
			(select calc.sees_all('models.write')) or r.unit_id in (select calc.my_units('models.write')) as "mayChange",
			count(*) over ()::integer as branches, (count(*) filter (where r.met = 6) over ())::integer as "metAll"
		from branch r join place on place.unit_id = r.unit_id ${homeJoin(on)}
		order by home.place nulls last, 2, 1 limit ${input.limit} offset ${input.offset}`.execute(work.db);
	return {
		unit: topOf(unit),
		on,
		branches: rows[0]?.branches ?? 0,
		metAll: rows[0]?.metAll ?? 0,
		rows: rows.map(({ branches: _branches, metAll: _metAll, answers, ...row }) => ({
			...row,
			answers: Object.fromEntries(CRITERIA.map((one) => [one, answers[one] ?? null])) as Record<
				Criterion,
				NonNullable<Answers[Criterion]> | null
			>,
		})),
	};
}

/** Writes what a branch was found to have and to know on a day; an answer of the same day is replaced and stays in the table. */
export async function setCriteria(
	work: Work,
	input: { unitId: number; onDay: Day; answers: { criterion: Criterion; met: boolean; note: string }[] },
) {
	refuseAhead(input.onDay, work.today, "onDay");
	const { unitId, onDay, answers } = input;
	if (new Set(answers.map(({ criterion }) => criterion)).size < answers.length)
		throw new Problem("criterion.twice", 422, "Một tiêu chí có hai câu trả lời.", { field: "answers" });
	await requireMay(work, "models.write", unitId);
	const { rows } = await sql<{ kind: string }>`select u.kind from app.unit u
		where u.id = ${unitId} and exists (select from app.unit_spell s where s.unit_id = u.id and s.during @> ${onDay}::date)`.execute(
		work.db,
	);
	if (rows[0]?.kind !== "branch")
		throw new Problem("criterion.wrong_unit", 422, "“3 có, 3 biết” ghi cho chi hội đang hoạt động vào ngày ấy.", {
			field: "unitId",
		});
	const json = JSON.stringify(answers.map((one) => ({ ...one, id: uuidv7() })));
	await sql`update app.branch_criterion c set superseded_at = clock_timestamp() from jsonb_to_recordset(${json}::jsonb) as r(criterion text)
		where c.unit_id = ${unitId} and c.criterion = r.criterion and c.on_day = ${onDay}::date and c.superseded_at is null`.execute(
		work.db,
	);
	await sql`insert into app.branch_criterion (id, unit_id, criterion, on_day, met, note, recorded_by)
		select r.id, ${unitId}, r.criterion, ${onDay}::date, r.met, r.note, ${work.accountId}::uuid
		from jsonb_to_recordset(${json}::jsonb) as r(id uuid, criterion text, met boolean, note text)`.execute(work.db);
	await work.audit({ action: "models.setCriteria", unitId, detail: { onDay, answers: answers.length } });
	return { saved: answers.length };
}
