import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { regionOf } from "./rules-regions.ts";

/** What a commune began against the causes, and when. */
export interface Begun {
	kind: string;
	begunOn: Day;
}

/** A commune as calc.communes_compared tells it; without id, code and name where she may not know it by name. */
export interface Compared {
	unitId: number | null;
	code: string | null;
	name: string | null;
	provinceId: number;
	province: string;
	provinceCode: string | null;
	urban: boolean;
	women18: number;
	members: number[];
	unlisted: number[];
	estimated: boolean;
	reads: boolean;
	branches: number | null;
	roster: number | null;
	temporary: number | null;
	away: number | null;
	minority: number | null;
	peoples_known: number | null;
	groups: string[];
	uses: Begun[];
}

/** Every commune of a day, of some provinces or of all, with its members before each of some days began: one question for the whole country. */
export async function readCompared(
	work: Work,
	on: Day,
	days: readonly Day[],
	provinces: readonly number[] | null = null,
): Promise<Compared[]> {
	const { rows } =
		await sql<Compared>`select unit_id as "unitId", code, name, province_id as "provinceId", province, province_code as "provinceCode",
			urban, women18, members, unlisted, estimated, reads, branches, roster, temporary, away, minority, peoples_known, groups, uses
		from calc.communes_compared(${on}::date, ${days}::date[], ${provinces}::integer[])`.execute(work.db);
	return rows;
}

/** The provinces of a unit's region on a day: who is like it stands among them. */
export async function provincesAround(work: Work, unitId: number, on: Day): Promise<number[]> {
	const { rows } = await sql<{ id: number; code: string | null; own: boolean }>`
		select p.unit_id as id, p.code, exists (select from app.territory t where t.unit_id = ${unitId} and t.province_id = p.unit_id
			and t.since <= ${on}::date and t.until > ${on}::date) as own
		from app.territory p where p.kind = 'province' and p.since <= ${on}::date and p.until > ${on}::date`.execute(
		work.db,
	);
	const region = regionOf(rows.find(({ own }) => own)?.code ?? null, on);
	return rows.filter(({ own, code }) => own || (region !== "" && regionOf(code, on) === region)).map(({ id }) => id);
}

/** When a commune first began something; null for one that never did, or that she may not read. */
export async function firstBegun(work: Work, unitId: number, on: Day): Promise<Day | null> {
	const { rows } = await sql<{ day: Day | null }>`select min(s.begun_on)::text as day from app.support_case c
		join app.support_solution s on s.case_id = c.id join app.territory t on t.unit_id = c.unit_id and t.during @> s.begun_on
		where c.unit_id = ${unitId} and s.begun_on <= ${on}::date and c.result is distinct from 'mistake'`.execute(work.db);
	return rows[0]?.day ?? null;
}

/** The words of the catalogue she reads: a unit's own entry is nobody's business elsewhere. */
export async function catalogueWords(
	work: Work,
	kinds: readonly string[],
): Promise<Map<string, { words: string; guidance: string }>> {
	const { rows } = await sql<{ code: string; words: string; guidance: string }>`
		select code, words, guidance from app.support_catalogue where kind = any(${kinds}::text[])`.execute(work.db);
	return new Map(rows.map(({ code, ...row }) => [code, row]));
}

/** What may help: the solutions of the guidance and of units, and the kinds of model. */
export const WAYS = ["solution", "model"] as const;

/** What was begun, in words; what she has no words for is left out. */
export function begunWords(uses: readonly Begun[], words: ReadonlyMap<string, { words: string }>) {
	return uses.flatMap(({ kind, begunOn }) => {
		const found = words.get(kind);
		return found ? [{ words: found.words, begunOn }] : [];
	});
}

/** The firsts of the months from `from` (a first of a month) to a day. */
export function monthDays(from: Day, to: Day): Day[] {
	const days: Day[] = [];
	for (let day = from; day <= to; day = addMonths(from, days.length)) days.push(day);
	return days;
}
