import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";

/** Every source with its term, or those of the term of a day, and for how many places each has a figure that the one acting may see. */
export async function listSources(work: Work, { on }: { on?: Day }) {
	const termId = on === undefined ? null : await termOn(work, on);
	const { rows } = await sql<{ id: number; name: string; official: boolean; term: string; figures: number }>`
		select o.id, o.name, o.official, t.name as term,
			(select count(*) from app.population p where p.source_id = o.id and p.superseded_at is null) as figures
		from app.population_source o join app.term t on t.id = o.term_id
		where ${termId}::integer is null or o.term_id = ${termId}::integer order by lower(t.during) desc, o.official desc, o.id`.execute(
		work.db,
	);
	return rows;
}

/** The source named, or the official one of today's term. */
export async function requireSource(work: Work, id?: number): Promise<{ id: number; termId: number }> {
	const { rows } = await sql<{ id: number; termId: number }>`select id, term_id as "termId" from app.population_source
		where ${id === undefined ? sql`official and term_id = ${await termOn(work, work.today)}` : sql`id = ${id}`}`.execute(
		work.db,
	);
	if (rows[0]) return rows[0];
	throw id === undefined
		? new Problem(
				"population.no_source",
				409,
				"Nhiệm kỳ này chưa có nguồn số liệu chính thức. Hãy nhập bảng số liệu của cơ quan thống kê trước.",
			)
		: new Problem("population.source_not_found", 404, "Không tìm thấy nguồn số liệu này.", { field: "sourceId" });
}

/** The term of a day; before the first term the first, by whose rules earlier days are read (R47). */
export async function termOn(work: Work, on: Day): Promise<number> {
	const { rows } = await sql<{ id: number }>`select id from app.term where level = 'centre'
		order by during @> ${on}::date desc, lower(during) > ${on}::date desc, lower(during) limit 1`.execute(work.db);
	return rows[0].id;
}

/** The source of a name in a term, made where it is new. A term's first source is the official one until the centre changes it (R5). */
export async function findOrAddSource(
	work: Work,
	termId: number,
	name: string,
): Promise<{ id: number; official: boolean }> {
	await sql`select pg_advisory_xact_lock(7404)`.execute(work.db);
	const found = await work.db
		.selectFrom("population_source")
		.select(["id", "official"])
		.where("term_id", "=", termId)
		.where("name", "=", name)
		.executeTakeFirst();
	if (found) return found;
	const { rows } = await sql<{
		id: number;
		official: boolean;
	}>`insert into app.population_source (term_id, name, official)
		select ${termId}, ${name}, not exists (select from app.population_source where term_id = ${termId} and official)
		returning id, official`.execute(work.db);
	return rows[0];
}

/** Writes figures of a source for places as they stand on `asOf`, an earlier one of the same place superseded; denominators follow. */
export async function writePopulations(
	work: Work,
	sourceId: number,
	figures: { unitId: number; women18: number; document: string }[],
	asOf: Day,
): Promise<void> {
	const json = JSON.stringify(figures.map((figure) => ({ ...figure, id: uuidv7() })));
	await sql`update app.population p set superseded_at = clock_timestamp()
		from jsonb_to_recordset(${json}::jsonb) as r("unitId" integer)
		where p.source_id = ${sourceId} and p.unit_id = r."unitId" and p.superseded_at is null`.execute(work.db);
	await sql`insert into app.population (id, source_id, unit_id, women18, document, as_of, created_by)
		select r.id, ${sourceId}, r."unitId", r.women18, r.document, ${asOf}::date, ${work.accountId}::uuid
		from jsonb_to_recordset(${json}::jsonb) as r(id uuid, "unitId" integer, women18 integer, document text)`.execute(
		work.db,
	);
	await sql`select calc.refresh_denominators()`.execute(work.db);
}
