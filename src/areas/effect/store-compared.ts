import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";

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

/** Every commune of a day with its members before each of some days began: one question for the whole country. */
export async function readCompared(work: Work, on: Day, days: readonly Day[]): Promise<Compared[]> {
	const { rows } =
		await sql<Compared>`select unit_id as "unitId", code, name, province_id as "provinceId", province, province_code as "provinceCode",
			urban, women18, members, unlisted, estimated, reads, branches, roster, temporary, away, minority, peoples_known, groups, uses
		from calc.communes_compared(${on}::date, ${days}::date[])`.execute(work.db);
	return rows;
}

/** The words of the catalogue she reads: a unit's own entry is nobody's business elsewhere. */
export async function catalogueWords(
	work: Work,
	kind: string,
): Promise<Map<string, { words: string; guidance: string }>> {
	const { rows } = await sql<{ code: string; words: string; guidance: string }>`
		select code, words, guidance from app.support_catalogue where kind = ${kind}`.execute(work.db);
	return new Map(rows.map(({ code, ...row }) => [code, row]));
}

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
