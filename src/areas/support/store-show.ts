import { sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import { classOf, rateText } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { readRow } from "../gathering/store-rates.ts";
import type { SupportCase } from "./contract.ts";
import { dataDays, lastDataDay, nextDataDay, notOverSince, proposedRoadMap } from "./rules.ts";
import { type CaseHead, type ReadCase, readCase, readClosed, readParts } from "./store-case.ts";
import { may, membersOn, openedOf, requireCommune, standingCases, stateAt } from "./store-standing.ts";

/** The first data day of the term. */
const FIRST_DATA_DAY: Day = "2022-06-09";

/** A commune's support as one story: where it stands, since when, why, what is done by whom, by when; and the cases before. */
export async function showSupport(work: Work, input: { unitId?: number; unit?: string }) {
	const unit = await requireCommune(work, input);
	const row = await readRow(work, unit, { on: work.today, map: null });
	const cases = (await standingCases(work, unit.id)).get(unit.id) ?? [];
	const read = await readCase(work, row, cases);
	const closed = await readClosed(work, unit.id);
	const [last] = closed;
	const shown = read ? await toldCase(work, row, read) : last ? await toldClosed(work, row, last) : null;
	const state = read
		? await stateAt(work, row, cases)
		: last && row.class === "over"
			? ("closed" as const)
			: ("none" as const);
	const days = dataDays(FIRST_DATA_DAY, work.today);
	const evenings = await membersOn(work, unit.id, days);
	const opened = openedOf(cases);
	const isOver = row.class === "over";
	return {
		unit: { unitId: unit.id, code: unit.code, name: unit.name, path: await pathOf(work, unit.id) },
		row,
		state,
		crossedOn: isOver && opened !== null ? await crossedOn(work, row, opened) : null,
		dataDay: state === "confirmed" ? lastDataDay(work.today) : nextDataDay(work.today),
		since: isOver
			? null
			: notOverSince(
					days,
					days.map((day) => evenings.get(day) ?? 0),
					row.women18,
				),
		case: state === "none" && !read ? null : shown,
		earlier: (read || state === "none" ? closed : closed.slice(1)).map(
			({ id, openedOn, closedOn, result, closingNote }) => ({
				id,
				openedOn,
				closedOn: closedOn as Day,
				result: result as NonNullable<CaseHead["result"]>,
				note: closingNote,
			}),
		),
		revisions: await revisionsOf(work, read?.own?.id ?? (read ? null : (last?.id ?? null))),
		mayWrite: await may(work, "support.write", unit.id),
		proposed:
			row.women18 !== null && (read?.parts.milestones.length ?? 0) === 0
				? proposedRoadMap(row.members, row.women18, work.today, 3)
				: [],
	};
}

/** The first day of the present stretch over 60 %, looked for back to the case's opening and at most 400 days. */
async function crossedOn(work: Work, { id, women18 }: RateRow, opened: Day): Promise<Day | null> {
	if (women18 === null) return null;
	const first = addDays(work.today, -400) > opened ? addDays(work.today, -400) : opened;
	const days: Day[] = [];
	for (let day = first; day <= work.today; day = addDays(day, 1)) days.push(day);
	const members = await membersOn(work, id, days);
	const at = days.findLastIndex((day) => classOf(members.get(day) ?? 0, women18) !== "over");
	return at < 0 ? null : (days[at + 1] ?? null);
}

async function toldClosed(work: Work, row: RateRow, head: CaseHead): Promise<SupportCase> {
	const parts = await readParts(work, head.id);
	const basis = { members: row.members, women18: row.women18 };
	return toldCase(work, row, { own: head, heads: [head], carried: [], parts, basis });
}

async function toldCase(work: Work, row: RateRow, { own, heads, carried, parts }: ReadCase): Promise<SupportCase> {
	const head = (own ?? heads[0]) as CaseHead;
	const words = await wordsOf(work);
	const said = (code: string) => words.get(code) ?? { words: "Mục của đơn vị khác", guidance: "", parent: "" };
	const past = parts.milestones.map(({ day }) => day).filter((day) => day < work.today);
	const actual = await membersOn(work, row.id, past);
	const first = heads.reduce((day, one) => (one.openedOn < day ? one.openedOn : day), head.openedOn);
	return {
		id: own?.id ?? null,
		version: own?.version ?? 0,
		why: own?.why ?? "carried",
		openedOn: first,
		openedBy: head.openedBy,
		note: heads
			.map(({ note }) => note)
			.filter(Boolean)
			.join("\n"),
		veryDifficult: heads.some(({ veryDifficult }) => veryDifficult),
		before: beforeOf(heads),
		goalOn: parts.milestones.at(-1)?.day ?? head.goalOn,
		closed:
			head.closedOn && head.result
				? {
						on: head.closedOn,
						by: head.closedBy,
						result: head.result,
						note: head.closingNote,
						confirmedOn: head.confirmedOn,
					}
				: null,
		causes: parts.causes.map((one) => ({ ...one, words: said(one.cause).words, guidance: said(one.cause).guidance })),
		groups: parts.groups.map((one) => ({ ...one, words: said(one.group).words })),
		milestones: parts.milestones.map((one) => ({
			...one,
			actual: actual.get(one.day) ?? null,
			over: row.women18 !== null && classOf(one.members, row.women18) === "over",
		})),
		solutions: parts.solutions.map((one) => ({
			...one,
			words: said(one.solution).words,
			guidance: said(one.solution).guidance,
			group: said(one.solution).parent,
		})),
		resources: parts.resources,
		partners: parts.partners.map((one) => ({ ...one, words: said(one.partner).words })),
		origins: await originsOf(
			work,
			own?.id ?? null,
			carried.map(({ caseId }) => caseId),
		),
	};
}

/** How it stood when the support began: of several communes together. */
function beforeOf(heads: readonly CaseHead[]): SupportCase["before"] {
	let [members, women18] = [0, 0];
	for (const head of heads) {
		if (head.members === null || !head.women18) return null;
		members += head.members;
		women18 += head.women18;
	}
	return { members, women18, rate: rateText(members, women18) };
}

async function wordsOf(work: Work): Promise<Map<string, { words: string; guidance: string; parent: string }>> {
	const { rows } = await sql<{ code: string; words: string; guidance: string; parent: string }>`
		select c.code, c.words, c.guidance, coalesce(p.words, '') as parent
		from app.support_catalogue c left join app.support_catalogue p on p.code = c.parent_code`.execute(work.db);
	return new Map(rows.map(({ code, ...said }) => [code, said]));
}

async function originsOf(work: Work, ownId: string | null, carried: readonly string[]) {
	const { rows } = await sql<{
		unitId: number;
		name: string;
		openedOn: Day;
	}>`select c.unit_id as "unitId", coalesce((select s.name from app.unit_spell s
			where s.unit_id = c.unit_id order by lower(s.during) desc limit 1), '') as name, c.opened_on::text as "openedOn"
		from app.support_case c where c.id = any(${[...carried]}::uuid[])
			or exists (select from app.support_origin o where o.case_id = ${ownId}::uuid and o.origin_id = c.id)
		order by c.opened_on, c.unit_id`.execute(work.db);
	return rows;
}

async function revisionsOf(work: Work, caseId: string | null) {
	const { rows } = await sql<{ version: number; part: string; by: string | null; at: string }>`select version, part,
			calc.account_name(by) as by, to_json(at)#>>'{}' as at from app.support_revision
		where case_id = ${caseId}::uuid order by version desc limit 50`.execute(work.db);
	return rows;
}

/** The names of what a commune stands under today, nearest first. */
async function pathOf(work: Work, unitId: number): Promise<string[]> {
	const { rows } = await sql<{
		names: string[];
	}>`select array_remove(array[d.name, p.name], null) as names from app.territory t
		left join app.territory d on d.unit_id = t.district_id and d.since <= ${work.today}::date and d.until > ${work.today}::date
		left join app.territory p on p.unit_id = t.province_id and p.since <= ${work.today}::date and p.until > ${work.today}::date
		where t.unit_id = ${unitId} and t.since <= ${work.today}::date and t.until > ${work.today}::date`.execute(work.db);
	return rows[0]?.names ?? [];
}
