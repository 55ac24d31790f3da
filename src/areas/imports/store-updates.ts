import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { nameKeys } from "../members/rules-person.ts";
import type { ChangedField } from "../members/rules-roster-match.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import type { ApplyContext, PlannedRow, Written } from "./store-apply.ts";

interface Residence {
	kind: "permanent" | "temporary";
	start: Day | null;
	until: Day | null;
}

/** A woman as she stands before an update: what undo gives back. */
export interface Before {
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
	spell: {
		id: string;
		version: number;
		leaf_id: number;
		joined: Day;
		left_on: Day | null;
		leave_reason: string | null;
	};
	residences: Residence[];
	/** Fingerprints of numbers the update added. */
	addedIds: string[];
}

const PERSON_FIELDS: readonly ChangedField[] = ["name", "birth", "phone", "address", "occupation", "nationalId"];
const RESIDENCE_FIELDS: readonly ChangedField[] = ["residence", "residenceStart"];

/** Brings changed members up to what the roster says, sealing what they were. Their persons have been opened. */
export async function updateMembers(
	work: Work,
	context: ApplyContext,
	rows: readonly PlannedRow[],
	written: Map<number, Written>,
): Promise<void> {
	if (rows.length === 0) return;
	const before = await findBefore(
		work,
		rows.map(({ plan }) => plan.match.spellId as string),
	);
	const after: Before[] = [];
	const ids: Record<string, unknown>[] = [];
	for (const { row, plan } of rows) {
		const was = before.get(plan.match.spellId as string);
		if (!was) throw changedMeanwhile();
		const changes = new Set(plan.match.changes);
		after.push(changed(was, row.fields, changes, context, work.today));
		if (changes.has("nationalId") && row.fields.nationalId !== null) {
			const hmac = context.ids.key(row.fields.nationalId);
			was.addedIds.push(hmac);
			ids.push({
				hmac,
				person_id: was.person.id,
				kind: row.fields.idKind,
				cipher: work.vault.seal(row.fields.nationalId).toString("base64"),
			});
		}
		const touchesPerson = PERSON_FIELDS.some((field) => changes.has(field));
		written.set(row.position, {
			personId: was.person.id,
			spellId: was.spell.id,
			stored: { personVersion: was.person.version + (touchesPerson ? 1 : 0), spellVersion: was.spell.version + 1 },
			before: work.vault.seal(JSON.stringify(was)),
		});
	}
	await writePersons(
		work,
		after.filter((_, index) => PERSON_FIELDS.some((field) => rows[index]?.plan.match.changes?.includes(field))),
	);
	await writeSpells(work, after);
	await writeResidences(
		work,
		after.filter((_, index) => RESIDENCE_FIELDS.some((field) => rows[index]?.plan.match.changes?.includes(field))),
	);
	if (ids.length > 0)
		await sql`insert into app.national_id (hmac, person_id, kind, cipher)
			select decode(hmac, 'base64'), person_id, kind, decode(cipher, 'base64')
			from json_to_recordset(${JSON.stringify(ids)}::json) as r(hmac text, person_id uuid, kind text, cipher text)`.execute(
			work.db,
		);
}

/** The members as they stand, by spell. */
export async function findBefore(work: Work, spellIds: string[]): Promise<Map<string, Before>> {
	const { rows } = await sql<Omit<Before, "addedIds">>`
		select jsonb_build_object('id', p.id, 'version', p.version, 'full_name', p.full_name, 'birth', p.birth, 'birth_precision', p.birth_precision,
				'phone', p.phone, 'address', p.address, 'occupation', p.occupation) as person,
			jsonb_build_object('id', s.id, 'version', s.version, 'leaf_id', s.leaf_id, 'joined', s.joined, 'left_on', s.left_on,
				'leave_reason', s.leave_reason) as spell,
			coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'start', r.start, 'until', r.until) order by r.start nulls first, r.id)
				from app.residence r where r.spell_id = s.id), '[]') as residences
		from app.spell s join app.person p on p.id = s.person_id where s.id = any(${spellIds}::uuid[])`.execute(work.db);
	return new Map(rows.map((row) => [row.spell.id, { ...row, addedIds: [] }]));
}

function changed(
	was: Before,
	fields: RosterFields,
	changes: ReadonlySet<ChangedField>,
	context: ApplyContext,
	today: Day,
): Before {
	const pick = <T>(field: ChangedField, value: T, old: T) => (changes.has(field) ? value : old);
	const left = pick("left", fields.left, was.spell.left_on);
	return {
		person: {
			...was.person,
			full_name: pick("name", fields.name, was.person.full_name),
			birth: pick("birth", fields.birth, was.person.birth),
			birth_precision: pick("birth", fields.birthPrecision, was.person.birth_precision),
			phone: pick("phone", fields.phone, was.person.phone),
			address: pick("address", fields.address, was.person.address),
			occupation: pick("occupation", fields.occupation, was.person.occupation),
		},
		spell: {
			...was.spell,
			leaf_id:
				changes.has("branch") || changes.has("group")
					? (context.branches.leafOf(fields) ?? was.spell.leaf_id)
					: was.spell.leaf_id,
			joined: pick("joined", fields.joined ?? was.spell.joined, was.spell.joined),
			left_on: left,
			leave_reason:
				left === null
					? null
					: (pick("leaveReason", fields.leaveReason, was.spell.leave_reason) ?? fields.leaveReason ?? "other"),
		},
		residences: RESIDENCE_FIELDS.some((field) => changes.has(field))
			? residencesAfter(was, fields, context.asOf, today)
			: was.residences,
		addedIds: [],
	};
}

/**
 * Her residences once the roster says another kind or start: of the same kind the start is put right; a change of kind ends the
 * old residence on the day the new one begins, which is the roster's own day where it does not say (R2).
 */
export function residencesAfter(
	was: Pick<Before, "residences">,
	fields: RosterFields,
	asOf: Day,
	today: Day,
): Residence[] {
	const current = was.residences.find(({ until }) => until === null) ?? was.residences.at(-1);
	const others = was.residences.filter((residence) => residence !== current);
	if (!current) return [{ kind: fields.residence, start: fields.residenceStart, until: null }];
	if (current.kind === fields.residence)
		return [...others, { ...current, start: fields.residenceStart ?? current.start }];
	const begins = fields.residenceStart ?? (asOf < today ? asOf : today);
	const start = fields.residence === "temporary" ? fields.residenceStart : begins;
	const until = current.start !== null && begins < current.start ? current.start : begins;
	return [...others, { ...current, until }, { kind: fields.residence, start, until: null }];
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
	if (done.numAffectedRows !== BigInt(rows.length)) throw changedMeanwhile();
}

/** Writes spells as given and counts their versions on. Their counting is worked out when their persons are closed. */
export async function writeSpells(work: Work, rows: readonly Pick<Before, "spell">[]): Promise<void> {
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
export async function writeResidences(
	work: Work,
	rows: readonly Pick<Before, "spell" | "residences">[],
): Promise<void> {
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

function changedMeanwhile(): Problem {
	return new Problem(
		"import.changed_meanwhile",
		409,
		"Có người khác vừa sửa hội viên này. Hãy xem lại dòng rồi làm lại.",
	);
}
