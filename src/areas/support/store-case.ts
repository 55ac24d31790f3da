import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import type { RESULTS, WHYS } from "./rules.ts";
import { type CaseParts, mergedParts, remapped } from "./rules-follow.ts";
import { membersOn, type StandingCase } from "./store-standing.ts";

/** The head of a case, open or closed. */
export interface CaseHead {
	id: string;
	unitId: number;
	version: number;
	why: (typeof WHYS)[number];
	openedOn: Day;
	openedBy: string | null;
	note: string;
	veryDifficult: boolean;
	members: number | null;
	women18: number | null;
	goalOn: Day | null;
	roadMembers: number | null;
	roadWomen18: number | null;
	confirmedOn: Day | null;
	closedOn: Day | null;
	closedBy: string | null;
	result: (typeof RESULTS)[number] | null;
	closingNote: string;
}

const HEAD =
	sql.raw(`c.id, c.unit_id as "unitId", c.version, c.why, c.opened_on::text as "openedOn", calc.account_name(c.opened_by) as "openedBy",
	c.note, c.very_difficult as "veryDifficult", c.members, c.women18, c.goal_on::text as "goalOn", c.road_members as "roadMembers",
	c.road_women18 as "roadWomen18", c.confirmed_on::text as "confirmedOn", c.closed_on::text as "closedOn",
	calc.account_name(c.closed_by) as "closedBy", c.result, c.closing_note as "closingNote"`);

export async function readHeads(work: Work, ids: readonly string[]): Promise<CaseHead[]> {
	const { rows } = await sql<CaseHead>`select ${HEAD} from app.support_case c where c.id = any(${[...ids]}::uuid[])
		order by c.opened_on, c.id`.execute(work.db);
	return rows;
}

/** The closed cases of a unit, the latest first. */
export async function readClosed(work: Work, unitId: number): Promise<CaseHead[]> {
	const { rows } =
		await sql<CaseHead>`select ${HEAD} from app.support_case c where c.unit_id = ${unitId} and c.closed_on is not null
		order by c.closed_on desc, c.closed_at desc`.execute(work.db);
	return rows;
}

/** All that a case holds beside its head. */
export async function readParts(work: Work, caseId: string): Promise<CaseParts> {
	const { rows } = await sql<CaseParts>`select
		coalesce((select jsonb_agg(jsonb_build_object('cause', x.cause, 'weight', x.weight, 'evidence', x.evidence) order by x.position, x.cause)
			from app.support_cause x where x.case_id = c.id), '[]') as causes,
		coalesce((select jsonb_agg(jsonb_build_object('group', x."group", 'women', x.women, 'note', x.note) order by x.position, x."group")
			from app.support_group x where x.case_id = c.id), '[]') as groups,
		coalesce((select jsonb_agg(jsonb_build_object('day', x.day, 'members', x.members, 'note', x.note, 'recomputed', x.recomputed) order by x.day)
			from app.support_milestone x where x.case_id = c.id), '[]') as milestones,
		coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'solution', x.solution, 'cause', x.cause, 'begunOn', x.begun_on, 'endedOn', x.ended_on,
			'responsible', x.responsible, 'note', x.note) order by x.position, x.begun_on, x.id)
			from app.support_solution x where x.case_id = c.id), '[]') as solutions,
		coalesce((select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words, 'source', x.source, 'amount', x.amount, 'onDay', x.on_day)
			order by x.position, x.id) from app.support_resource x where x.case_id = c.id), '[]') as resources,
		coalesce((select jsonb_agg(jsonb_build_object('partner', x.partner, 'task', x.task) order by x.position, x.partner)
			from app.support_partner x where x.case_id = c.id), '[]') as partners
		from app.support_case c where c.id = ${caseId}::uuid`.execute(work.db);
	return rows[0] ?? { causes: [], groups: [], milestones: [], solutions: [], resources: [], partners: [] };
}

/** The case of a commune as it is to be read today. */
export interface ReadCase {
	/** Its own; null while it is still that of communes that ended. */
	own: CaseHead | null;
	/** Its own and those carried to it, the earliest first. */
	heads: CaseHead[];
	carried: StandingCase[];
	parts: CaseParts;
	/** What the road map is drawn from today. */
	basis: { members: number; women18: number | null };
}

/**
 * The case that stands at a commune today; null where none does. What was carried to it by a reorganisation is read with it as one, its
 * road map worked out anew (R38), until the first change makes it the commune's own.
 */
export async function readCase(work: Work, row: RateRow, cases: readonly StandingCase[]): Promise<ReadCase | null> {
	if (cases.length === 0) return null;
	const heads = await readHeads(
		work,
		cases.map(({ caseId }) => caseId),
	);
	const own = heads.find(({ id }) => cases.some((one) => one.caseId === id && one.carriedOn === null)) ?? null;
	const carried = cases.filter(({ carriedOn }) => carriedOn !== null);
	const all: CaseParts[] = [];
	for (const { id } of heads) all.push(await readParts(work, id));
	const merged = mergedParts(all);
	const [day] = carried.map(({ carriedOn }) => carriedOn as Day).sort();
	const members =
		day === undefined
			? (own?.roadMembers ?? row.members)
			: ((await membersOn(work, row.id, [day])).get(day) ?? row.members);
	const milestones = remapped(
		heads.map(({ roadMembers, roadWomen18 }, at) => ({
			members: roadMembers,
			women18: roadWomen18,
			milestones: (all[at] as CaseParts).milestones,
		})),
		{ carried: day !== undefined, members, women18: row.women18 },
	);
	return { own, heads, carried, parts: { ...merged, milestones }, basis: { members, women18: row.women18 } };
}
