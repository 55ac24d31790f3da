import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { DayPrecision } from "../../core/day-text.ts";
import { readNationalId } from "../../core/national-id.ts";
import { readPhone } from "../../core/phone.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { ID_NOTE_TEXT, writeBirth } from "./rules-person.ts";

/** What the stores need of a person's row. */
export interface PersonRow {
	id: string;
	full_name: string;
	birth: Day | null;
	birth_precision: DayPrecision;
	sex: "female" | "male";
	honorary: boolean;
	core_member: boolean;
	phone: string;
	address: string;
	occupation: string;
	note: string;
	merged_into: string | null;
	version: number;
}

const COLUMNS = sql.raw(
	"id, full_name, birth::text as birth, birth_precision, sex, honorary, core_member, phone, address, occupation, note, merged_into, version",
);

/** The person, or a Problem where there is none or the caller does not see her. */
export async function requirePerson(work: Work, personId: string): Promise<PersonRow> {
	const { rows } = await sql<PersonRow>`select ${COLUMNS} from app.person where id = ${personId}`.execute(work.db);
	if (!rows[0]) throw notFound();
	return rows[0];
}

/** The spell with its person's id, or the same Problem. */
export async function requireSpell(
	work: Work,
	spellId: string,
): Promise<{ id: string; personId: string; leafId: number; stage: string; joined: Day; left: Day | null }> {
	const { rows } = await sql<{
		id: string;
		personId: string;
		leafId: number;
		stage: string;
		joined: Day;
		left: Day | null;
	}>`select id, person_id as "personId", leaf_id as "leafId", stage, joined::text as joined, left_on::text as "left"
		from app.spell where id = ${spellId}`.execute(work.db);
	if (!rows[0]) throw notFound();
	return rows[0];
}

/**
 * The person, locked until the transaction ends, for someone who may write her. Someone else changed her since `version`: a
 * Problem with both versions, so that the screen can show them side by side.
 */
export async function lockPerson(
	work: Work,
	personId: string,
	version: number | null,
	mine: object = {},
): Promise<PersonRow> {
	const { rows } = await sql<PersonRow>`select ${COLUMNS} from app.person where id = ${personId} for update`.execute(
		work.db,
	);
	if (!rows[0]) {
		await requirePerson(work, personId);
		throw new Problem("access.denied", 403, "Chị không có quyền sửa hồ sơ của hội viên này.");
	}
	refuseStale(rows[0], version, mine);
	return rows[0];
}

/** Refuses a person merged into another, and one whom someone else has changed since `version`. */
export function refuseStale(person: PersonRow, version: number | null, mine: object = {}): void {
	if (person.merged_into)
		throw new Problem("member.merged", 409, "Hồ sơ này đã được gộp vào một hồ sơ khác.", {
			detail: { mergedInto: person.merged_into },
		});
	if (version !== null && person.version !== version)
		throw new Problem("member.stale", 409, "Người khác vừa sửa hồ sơ này. Hãy xem cả hai bản rồi lưu lại.", {
			detail: { mine, theirs: theirs(person) },
		});
}

function theirs(person: PersonRow) {
	const { full_name, birth, birth_precision, honorary, core_member, id, merged_into: _, ...same } = person;
	return {
		personId: id,
		name: full_name,
		birth: writeBirth(birth, birth_precision),
		honorary,
		coreMember: core_member,
		...same,
	};
}

/** Marks a person changed; answers her new version. */
export async function touchPerson(work: Work, personId: string): Promise<number> {
	const { rows } = await sql<{
		version: number;
	}>`update app.person set version = version + 1, updated_at = now() where id = ${personId} returning version`.execute(
		work.db,
	);
	if (!rows[0]) throw notFound();
	return rows[0].version;
}

/** Where a member may be entered: a branch, a group, or the commune itself. */
export async function requireLeaf(work: Work, leafId: number, on: Day): Promise<Leaf> {
	const { rows } = await sql<LeafRow>`
		select u.kind, calc.commune_of(u.id, ${on}::date) as "communeId" from app.unit u where u.id = ${leafId}`.execute(
		work.db,
	);
	return asLeaf(leafId, rows[0]);
}

export interface Leaf {
	id: number;
	communeId: number;
}

/** What the database says of a unit that may be a leaf. */
export interface LeafRow {
	kind: string;
	communeId: number | null;
}

/** The leaf, or the Problem that it is none. */
export function asLeaf(leafId: number, leaf: LeafRow | undefined): Leaf {
	if (!leaf || leaf.communeId === null || !["commune", "unassigned", "branch", "group"].includes(leaf.kind))
		throw new Problem("leaf.invalid", 422, "Hãy chọn một chi hội, tổ, hoặc chính cơ sở Hội của xã, phường.", {
			field: "leafId",
		});
	return { id: leafId, communeId: leaf.communeId };
}

/** Nobody is a member from now on in a branch that is no more: no commune would count her. */
export async function requireLasting(work: Work, leafId: number): Promise<void> {
	const { rows } = await sql<{
		lasts: boolean;
	}>`select calc.stands_from(${leafId}, ${work.today}::date) as lasts`.execute(work.db);
	if (!rows[0].lasts) throw leafEnded();
}

/** The Problem of a branch that is no more. */
export function leafEnded(): Problem {
	return new Problem(
		"leaf.ended",
		409,
		"Chi hội, tổ này nay không còn. Hãy ghi nhận chị vào một chi hội đang hoạt động.",
		{ field: "leafId" },
	);
}

/** Refuses early, with a sentence, what row-level security would refuse anyway. */
export async function requireVerbAt(work: Work, verb: string, unitId: number): Promise<void> {
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at(${verb}, ${unitId}) as ok`.execute(work.db);
	if (!rows[0].ok) throw deniedThere();
}

/** The Problem of a verb that does not reach the unit asked for. */
export function deniedThere(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở đơn vị đã chọn.");
}

/** An audit row about a person, told to the commune of the leaf. */
export function auditPerson(
	work: Work,
	action: string,
	personId: string,
	communeId: number | null,
	detail: object = {},
): Promise<void> {
	return work.audit({ action, subjectId: personId, unitId: communeId, detail });
}

/** The commune a person's record is kept by: of her latest spell that the caller sees. */
export async function communeOfPerson(work: Work, personId: string): Promise<number | null> {
	const { rows } = await sql<{ id: number | null }>`
		select calc.commune_of(leaf_id, ${work.today}::date) as id from app.spell where person_id = ${personId}
		order by left_on is null desc, joined desc limit 1`.execute(work.db);
	return rows[0]?.id ?? null;
}

/** A CCCD or CMND as someone typed it, checked and sealed; null where nothing was typed. Unreadable is refused here: she can retype it. */
export function sealId(
	work: Work,
	raw: string,
	person: { birth: { day: Day; precision: DayPrecision } | null; sex: "female" | "male" },
) {
	if (raw.trim() === "") return null;
	const { kind, value, notes } = readNationalId(raw, person);
	if (kind === null || value === null)
		throw new Problem("member.id_unreadable", 422, "Số CCCD có 12 chữ số, số CMND có 9 chữ số. Hãy kiểm tra lại.", {
			field: "nationalId",
		});
	return {
		kind,
		value,
		hmac: work.vault.fingerprint(value),
		cipher: work.vault.seal(value),
		warnings: notes.map((code) => ({ code, text: ID_NOTE_TEXT[code] })),
	};
}

/** A phone as it is stored: its digits, or what was typed where no number can be read. */
export function storedPhone(raw: string): string {
	return (readPhone(raw).value ?? raw.trim()).slice(0, 40);
}

function notFound(): Problem {
	return new Problem("member.not_found", 404, "Không tìm thấy hội viên này ở các đơn vị chị được xem.");
}
