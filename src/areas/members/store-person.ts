import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { maskNationalId } from "../../core/national-id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { MemberShow } from "./contract-member.ts";
import { writeBirth } from "./rules-person.ts";
import {
	affiliationsOf,
	consentsOf,
	historyOf,
	introducedBy,
	mergesOf,
	postsOf,
	spellsOf,
	transfersOf,
} from "./store-person-parts.ts";
import { auditPerson, communeOfPerson, requirePerson } from "./store-person-row.ts";

/** The person page: of her spells those the caller sees; numbers masked, sensitive columns left out. */
export async function showMember(work: Work, input: { personId: string; on?: Day }): Promise<MemberShow> {
	const on = input.on ?? work.today;
	const person = await requirePerson(work, input.personId);
	const { full_name, birth, birth_precision, core_member, merged_into, id, ...same } = person;
	return {
		...same,
		personId: id,
		name: full_name,
		birth: writeBirth(birth, birth_precision),
		coreMember: core_member,
		mergedInto: merged_into,
		nationalIds: await maskedIds(work, id),
		spells: await spellsOf(work, id, person.honorary, on),
		affiliations: await affiliationsOf(work, id, on),
		posts: await postsOf(work, id, on),
		introduced: await introducedBy(work, id),
		consents: await consentsOf(work, id),
		transfers: await transfersOf(work, id),
		merges: await mergesOf(work, id),
		history: await historyOf(work, id),
		may: await rightsOver(work, id),
	};
}

async function idsOf(work: Work, personId: string) {
	const { rows } = await sql<{ ref: string; kind: "cccd" | "cmnd"; cipher: Buffer }>`
		select left(encode(hmac, 'hex'), 16) as ref, kind, cipher from app.national_id where person_id = ${personId}
		order by kind, ref`.execute(work.db);
	return rows.map(({ cipher, ...row }) => ({ ...row, value: work.vault.open(cipher).toString("utf8") }));
}

async function maskedIds(work: Work, personId: string) {
	return (await idsOf(work, personId)).map(({ value, ...id }) => ({ ...id, masked: maskNationalId(value) }));
}

/** The whole numbers, for those who may write her; leaves an audit row. */
export async function revealIds(work: Work, input: { personId: string }) {
	const person = await requirePerson(work, input.personId);
	const may = await rightsOver(work, person.id);
	if (!may.revealId) throw denied();
	await auditPerson(work, "members.revealId", person.id, await communeOfPerson(work, person.id));
	return { nationalIds: await idsOf(work, person.id) };
}

/** Ethnicity, religion, party membership, health; leaves an audit row (law 91/2025). */
export async function readSensitive(work: Work, input: { personId: string }) {
	const person = await requirePerson(work, input.personId);
	const may = await rightsOver(work, person.id);
	if (!may.sensitive) throw denied();
	await auditPerson(work, "members.sensitive", person.id, await communeOfPerson(work, person.id));
	const { rows } = await sql<{ ethnicity: string; religion: string; partyMember: boolean | null; health: string }>`
		select ethnicity, religion, party_member as "partyMember", health from app.person_sensitive where person_id = ${person.id}`.execute(
		work.db,
	);
	return rows[0] ?? { ethnicity: "", religion: "", partyMember: null, health: "" };
}

async function rightsOver(work: Work, personId: string): Promise<MemberShow["may"]> {
	const { rows } = await sql<{ write: boolean; sensitive: boolean }>`
		select calc.may('members.write') and calc.writes_person(${personId}) as write,
			calc.may('members.sensitive') and calc.reads_sensitive(${personId}) as sensitive`.execute(work.db);
	return { ...rows[0], revealId: rows[0].write };
}

function denied(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem dữ liệu này.");
}
