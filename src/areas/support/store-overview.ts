import { sql } from "kysely";
import { rateText } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import { STATES } from "./rules-kinds.ts";
import { requireSupported, type Supported, supportedBelow } from "./store-standing.ts";

/** What is done in an area: its communes by how their case stands, causes and solutions counted upward (R17), rates before and now. */
export async function showOverview(work: Work, input: { unitId?: number; unit?: string }) {
	const unit = await requireSupported(work, input);
	const all = await supportedBelow(work, unit);
	const concerned = all.filter(
		({ row, state }) => state !== "none" || row.class === "under" || row.class === "exactly",
	);
	const at = concerned.flatMap(({ row, cases }) => cases.map(({ caseId }) => ({ unitId: row.id, caseId })));
	return {
		unit: { unitId: unit.id, name: unit.name, kind: unit.kind },
		on: work.today,
		states: STATES.map((state) => ({ state, communes: concerned.filter((one) => one.state === state).length })).filter(
			({ state, communes }) => state !== "closed" || communes > 0,
		),
		...(await countParts(work, at)),
		strip: await stripOf(work, all),
	};
}

/** How many communes name each cause, solution and group: of the cases that stand in the area. */
async function countParts(work: Work, at: readonly { unitId: number; caseId: string }[]) {
	const json = JSON.stringify(at);
	const standing = sql`jsonb_to_recordset(${json}::jsonb) as s("unitId" integer, "caseId" uuid)`;
	const causes = await sql<{ code: string; words: string; guidance: string; communes: number; main: number }>`
		select k.code, k.words, k.guidance, count(distinct s."unitId")::integer as communes,
			count(distinct s."unitId") filter (where c.weight = 3)::integer as main
		from ${standing} join app.support_cause c on c.case_id = s."caseId" join app.support_catalogue k on k.code = c.cause
		group by k.code order by communes desc, main desc, k.position`.execute(work.db);
	const solutions = await sql<{ code: string; words: string; guidance: string; begun: number; planned: number }>`
		select k.code, k.words, k.guidance, count(distinct s."unitId") filter (where c.begun_on <= ${work.today}::date)::integer as begun,
			count(distinct s."unitId") filter (where c.begun_on > ${work.today}::date)::integer as planned
		from ${standing} join app.support_solution c on c.case_id = s."caseId" join app.support_catalogue k on k.code = c.solution
		group by k.code order by begun desc, planned desc, k.position`.execute(work.db);
	const groups = await sql<{ code: string; words: string; communes: number; women: number }>`
		select k.code, k.words, count(distinct s."unitId")::integer as communes, coalesce(sum(c.women), 0)::integer as women
		from ${standing} join app.support_group c on c.case_id = s."caseId" join app.support_catalogue k on k.code = c."group"
		group by k.code order by communes desc, women desc, k.position`.execute(work.db);
	return { causes: causes.rows, solutions: solutions.rows, groups: groups.rows };
}

/** The rates of communes when their support began and now: of every case that is not a mistake, the first of each commune. */
async function stripOf(work: Work, all: readonly Supported[]) {
	const rows = new Map(all.map(({ row }) => [row.id, row]));
	const { rows: cases } = await sql<{ unitId: number; members: number; women18: number }>`
		select distinct on (c.unit_id) c.unit_id as "unitId", c.members, c.women18 from app.support_case c
		where c.unit_id = any(${[...rows.keys()]}::integer[]) and c.members is not null and c.women18 > 0 and c.result is distinct from 'mistake'
		order by c.unit_id, c.opened_on`.execute(work.db);
	return cases.flatMap(({ unitId, members, women18 }) => {
		const row = rows.get(unitId);
		if (!row || row.rate === null || row.class === null) return [];
		return [{ unitId, name: row.name, before: rateText(members, women18), now: row.rate, class: row.class }];
	});
}
