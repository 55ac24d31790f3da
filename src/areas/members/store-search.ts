import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { readNationalId } from "../../core/national-id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit, type UnitRef } from "../units/store-reading.ts";
import { writeBirth } from "./rules-person.ts";

/**
 * Who bears a number. Seen by the caller: who and where. A member elsewhere: no more than the name of her commune. Each look
 * leaves an audit row, found or not.
 */
export async function searchByNumber(work: Work, input: { nationalId: string }) {
	const { value } = readNationalId(input.nationalId, { birth: null, sex: null });
	if (value === null)
		throw new Problem("member.id_unreadable", 422, "Số CCCD có 12 chữ số, số CMND có 9 chữ số. Hãy kiểm tra lại.", {
			field: "nationalId",
		});
	const { rows } = await sql<{ personId: string | null; countsAt: string | null; openAt: string | null }>`
		select person_id as "personId", counts_at as "countsAt", open_at as "openAt"
		from calc.where_counts(${[work.vault.fingerprint(value)]}::bytea[], ${work.today}::date)`.execute(work.db);
	const [known] = rows;
	const seen = known?.personId ?? null;
	const elsewhere = known && seen === null ? (known.countsAt ?? known.openAt) : null;
	await work.audit({ action: "members.search", subjectId: seen, detail: { found: seen !== null, elsewhere } });
	return { found: seen === null ? [] : await foundPeople(work, seen), elsewhere };
}

async function foundPeople(work: Work, personId: string) {
	const { rows } = await sql<{ name: string; birth: Day | null; precision: string; units: string[] }>`
		select full_name as name, birth::text as birth, birth_precision as precision, units
		from calc.found_person(${personId}::uuid, ${work.today}::date)`.execute(work.db);
	return rows.map((row) => ({
		personId,
		name: row.name,
		birth: writeBirth(row.birth, row.precision),
		units: row.units,
	}));
}

/** Groups of records of a unit with one tone-free name and one day of birth: perhaps one woman twice. */
export async function listDuplicates(work: Work, input: UnitRef) {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const { rows } = await sql<{
		people: { personId: string; name: string; birth: Day; precision: string; branch: string }[];
	}>`
		select jsonb_agg(jsonb_build_object('personId', h.id, 'name', h.full_name, 'birth', h.birth, 'precision', h.birth_precision,
			'branch', calc.unit_name(h.leaf_id, ${on}::date)) order by h.sort_key, h.id) as people
		from (${herePeople(unit.id, on)}) h
		group by h.identity_key, h.birth having ${IS_NEW_GROUP} limit 200`.execute(work.db);
	return rows.map(({ people }) =>
		people.map(({ precision, birth, ...person }) => ({ ...person, birth: writeBirth(birth, precision) })),
	);
}

/** Of people grouped by name and birth: more than one, of whom the pass over the country has raised no pair yet. */
export const IS_NEW_GROUP = sql`count(*) > 1 and not exists (select from app.duplicate_pair d
	where d.person_a = any(array_agg(h.id)) and d.person_b = any(array_agg(h.id)))`;

/** The people with an open membership in a unit, one line each, whose birth is known. */
export function herePeople(unitId: number, on: Day) {
	return sql`select distinct on (p.id) p.id, p.full_name, p.birth, p.birth_precision, p.identity_key, p.sort_key, s.leaf_id
		from app.spell s join app.person p on p.id = s.person_id
		where s.leaf_id in (select calc.leaves_of(array[${unitId}::integer], ${on}::date)) and s.stage <> 'declined'
			and s.left_on is null and p.birth is not null order by p.id, s.joined desc`;
}

/** Who is active at a club or special base, and how many more whose home the caller does not see (R3: not counted here). */
export async function listAffiliated(work: Work, input: UnitRef) {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const { rows } = await sql<{ personId: string; name: string; residesAt: string | null; since: Day }>`
		select p.id as "personId", p.full_name as name, a.since::text as since,
			(select calc.unit_name(calc.commune_of(s.leaf_id, ${on}::date), ${on}::date) from app.spell s
				where s.person_id = p.id and s.stage = 'recognised' order by s.counts @> ${on}::date desc, s.joined desc limit 1) as "residesAt"
		from app.affiliation a join app.person p on p.id = a.person_id
		where a.unit_id = ${unit.id} and a.since <= ${on}::date and (a.until is null or a.until > ${on}::date)
		order by p.sort_key, p.id limit 2000`.execute(work.db);
	const unseen = await sql<{ n: number }>`select calc.affiliated_unseen(${unit.id}, ${on}::date) as n`.execute(work.db);
	return {
		rows: rows.map((row) => ({ ...row, residesAt: row.residesAt ?? "" })),
		residingElsewhere: unseen.rows[0].n,
	};
}
