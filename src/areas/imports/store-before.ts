import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { nameKeys } from "../members/rules-person.ts";
import { learnNames } from "../members/store-insert.ts";

export interface Residence {
	kind: "permanent" | "temporary";
	start: Day | null;
	until: Day | null;
}

interface Spell {
	id: string;
	version: number;
	leaf_id: number;
	joined: Day;
	left_on: Day | null;
	leave_reason: string | null;
}

/** A part of a membership that was cut because she changed branch. */
export interface Part {
	spell: Spell;
	residences: Residence[];
}

/** A woman as she stands before an update: what undo gives back. */
export interface Before extends Part {
	person: {
		id: string;
		version: number;
		full_name: string;
		birth: Day | null;
		birth_precision: string;
		phone: string;
		address: string;
		occupation: string;
	};
	/** Her membership in the branches she was in before, the first first: `spell` is where it has gone on. */
	earlier: Part[];
	/** Fingerprints of numbers the update added. */
	addedIds: string[];
	/** The spell in which the update let her membership go on in another branch. */
	continued?: string;
}

/** What {@link Before} was sealed as; those sealed by earlier versions of the program know no earlier parts. */
export function openBefore(work: Work, cipher: Buffer): Before {
	return { earlier: [], ...JSON.parse(work.vault.open(cipher).toString()) };
}

/** A membership with what is left of it in earlier branches, the first part first. */
export function partsOf({ earlier, spell, residences }: Before): Part[] {
	return [...earlier, { spell, residences }];
}

/** A spell by the alias of its table, and its residences. */
const spellOf = (alias: "s" | "b") =>
	sql.raw(`jsonb_build_object('id', ${alias}.id, 'version', ${alias}.version, 'leaf_id', ${alias}.leaf_id, 'joined', ${alias}.joined,
	'left_on', ${alias}.left_on, 'leave_reason', ${alias}.leave_reason)`);
const residencesOf = (alias: "s" | "b") =>
	sql.raw(`coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'start', r.start, 'until', r.until) order by r.start nulls first, r.id)
	from app.residence r where r.spell_id = ${alias}.id), '[]')`);

/** The members as they stand, by spell. */
export async function findBefore(work: Work, spellIds: string[]): Promise<Map<string, Before>> {
	const { rows } = await sql<Omit<Before, "addedIds">>`
		with recursive earlier(of_spell, id, person_id, joined) as (
			select s.id, s.id, s.person_id, s.joined from app.spell s where s.id = any(${spellIds}::uuid[])
			union
			select e.of_spell, b.id, b.person_id, b.joined from earlier e join app.spell b on b.person_id = e.person_id
				and b.leave_reason = 'branch' and b.left_on = e.joined
		)
		select jsonb_build_object('id', p.id, 'version', p.version, 'full_name', p.full_name, 'birth', p.birth, 'birth_precision', p.birth_precision,
				'phone', p.phone, 'address', p.address, 'occupation', p.occupation) as person,
			${spellOf("s")} as spell, ${residencesOf("s")} as residences,
			coalesce((select jsonb_agg(jsonb_build_object('spell', ${spellOf("b")}, 'residences', ${residencesOf("b")}) order by b.joined, b.left_on, b.id)
				from earlier e join app.spell b on b.id = e.id where e.of_spell = s.id and e.id <> s.id), '[]') as earlier
		from app.spell s join app.person p on p.id = s.person_id where s.id = any(${spellIds}::uuid[])`.execute(work.db);
	return new Map(rows.map((row) => [row.spell.id, { ...row, addedIds: [] }]));
}

/** The versions of persons and spells as they stand now. */
export async function versionsOf(
	work: Work,
	personIds: readonly string[],
	spellIds: readonly string[],
): Promise<Map<string, number>> {
	const { rows } = await sql<{ id: string; version: number }>`
		select id, version from app.person where id = any(${personIds}::uuid[])
		union all select id, version from app.spell where id = any(${spellIds}::uuid[])`.execute(work.db);
	return new Map(rows.map(({ id, version }) => [id, version]));
}

/** Writes persons as given and counts their versions on. Refused where one of them is not the caller's to write. */
export async function writePersons(work: Work, rows: readonly Pick<Before, "person">[]): Promise<void> {
	if (rows.length === 0) return;
	const people = rows.map(({ person }) => ({ ...person, ...nameKeys(person.full_name) }));
	const done =
		await sql`update app.person p set full_name = r.full_name, search_key = r.search_key, identity_key = r.identity_key,
			sort_key = r.sort_key, birth = r.birth, birth_precision = r.birth_precision, phone = r.phone, address = r.address,
			occupation = r.occupation, version = p.version + 1, updated_at = now()
		from json_to_recordset(${JSON.stringify(people)}::json) as r(id uuid, version integer, full_name text, search_key text, identity_key text,
			sort_key text, birth date, birth_precision text, phone text, address text, occupation text)
		where p.id = r.id and p.version = r.version`.execute(work.db);
	await learnNames(
		work,
		rows.map(({ person }) => person.id),
	);
	if (done.numAffectedRows !== BigInt(rows.length)) throw changedMeanwhile();
}

/** Writes spells as given and counts their versions on. Their counting is worked out when their persons are closed. */
export async function writeSpells(work: Work, rows: readonly Pick<Part, "spell">[]): Promise<void> {
	if (rows.length === 0) return;
	const done =
		await sql`update app.spell s set leaf_id = r.leaf_id, joined = r.joined, left_on = r.left_on, leave_reason = r.leave_reason,
			version = s.version + 1, updated_at = now()
		from json_to_recordset(${JSON.stringify(rows.map(({ spell }) => spell))}::json)
			as r(id uuid, version integer, leaf_id integer, joined date, left_on date, leave_reason text)
		where s.id = r.id and s.version = r.version`.execute(work.db);
	if (done.numAffectedRows !== BigInt(rows.length)) throw changedMeanwhile();
}

/** Puts the residences of spells in place of those they had. */
export async function writeResidences(work: Work, rows: readonly Part[]): Promise<void> {
	if (rows.length === 0) return;
	const spellIds = rows.map(({ spell }) => spell.id);
	const residences = rows.flatMap(({ spell, residences }) =>
		residences.map((residence) => ({ id: uuidv7(), spell_id: spell.id, ...residence })),
	);
	await sql`delete from app.residence where spell_id = any(${spellIds}::uuid[])`.execute(work.db);
	await sql`insert into app.residence (id, spell_id, kind, start, until)
		select r.id, r.spell_id, r.kind, r.start, r.until
		from json_to_recordset(${JSON.stringify(residences)}::json) as r(id uuid, spell_id uuid, kind text, start date, until date)`.execute(
		work.db,
	);
}

/** Someone else was quicker. */
export function changedMeanwhile(): Problem {
	return new Problem(
		"import.changed_meanwhile",
		409,
		"Có người khác vừa sửa hội viên này. Hãy xem lại dòng rồi làm lại.",
	);
}
