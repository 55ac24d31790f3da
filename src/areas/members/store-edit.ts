import { sql } from "kysely";
import type { BirthDate } from "../../core/day-text.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { MembersInput } from "./contract.ts";
import { checkLeaving, checkMembership, nameKeys, readBirth } from "./rules-person.ts";
import { keepingCounts } from "./store-counting.ts";
import { addIds, insertResidences, learnNames } from "./store-insert.ts";
import {
	auditPerson,
	communeOfPerson,
	lockPerson,
	type PersonRow,
	requireLasting,
	requireSpell,
	requireVerbAt,
	sealId,
	storedPhone,
	touchPerson,
} from "./store-person-row.ts";

type Edit = MembersInput<"edit">;

/** Corrects a person, her numbers, and one of her spells: also years back; what is absent is kept. */
export async function editMember(work: Work, input: Edit) {
	const { personId, version: _, ...mine } = input;
	const person = await lockPerson(work, personId, input.version, mine);
	const birth = bornAs(person, input);
	const sex = input.sex ?? person.sex;
	await checkSpells(work, person, { birth, sex }, input.spell?.id ?? null);
	const version = await updatePerson(work, person, input, birth);
	const warnings = await changeIds(work, personId, input, { birth, sex });
	if (input.spell) await editSpell(work, person, input.spell, { birth, sex });
	const spellId = input.spell?.id ?? null;
	await auditPerson(work, "members.edit", personId, await communeOfPerson(work, personId), {
		fields: Object.keys(mine),
	});
	return { personId, spellId, version, warnings };
}

function bornAs(person: PersonRow, input: Edit): BirthDate | null {
	if (input.birth !== undefined) return readBirth(input.birth);
	return person.birth === null ? null : { day: person.birth, precision: person.birth_precision };
}

/** Her other spells must fit the corrected birth and sex, too. */
async function checkSpells(
	work: Work,
	person: PersonRow,
	her: { birth: BirthDate | null; sex: string },
	except: string | null,
): Promise<void> {
	if (her.birth?.day === (person.birth ?? undefined) && her.sex === person.sex) return;
	const { rows } = await sql<{ joined: string }>`select joined::text as joined from app.spell
		where person_id = ${person.id} and stage <> 'declined' and id is distinct from ${except}::uuid`.execute(work.db);
	for (const { joined } of rows) checkMembership({ ...her, honorary: person.honorary, joined }, work.today);
}

/** Answers her new version. */
async function updatePerson(work: Work, person: PersonRow, input: Edit, birth: BirthDate | null): Promise<number> {
	const { version } = await work.db
		.updateTable("person")
		.set({
			...(input.name === undefined ? {} : nameKeys(input.name)),
			birth: birth?.day ?? null,
			birth_precision: birth?.precision ?? "day",
			sex: input.sex ?? person.sex,
			phone: input.phone === undefined ? person.phone : storedPhone(input.phone),
			address: input.address ?? person.address,
			occupation: input.occupation ?? person.occupation,
			note: input.note ?? person.note,
			version: sql`version + 1`,
			updated_at: sql`now()`,
		})
		.where("id", "=", person.id)
		.returning("version")
		.executeTakeFirstOrThrow();
	if (input.name !== undefined) await learnNames(work, [person.id]);
	return version;
}

/** Removes and adds numbers; the same number at another person is a Problem of the database's. */
async function changeIds(
	work: Work,
	personId: string,
	input: Edit,
	her: { birth: BirthDate | null; sex: "female" | "male" },
) {
	if (input.removeIds?.length)
		await sql`delete from app.national_id where person_id = ${personId}
			and left(encode(hmac, 'hex'), 16) = any(${input.removeIds}::text[])`.execute(work.db);
	const ids = (input.addIds ?? []).map((raw) => sealId(work, raw, her)).filter((id) => id !== null);
	if (ids.length > 0) await addIds(work, personId, ids);
	return ids.flatMap((id) => id.warnings);
}

async function editSpell(
	work: Work,
	person: PersonRow,
	change: NonNullable<Edit["spell"]>,
	her: { birth: BirthDate | null; sex: string },
): Promise<void> {
	const spell = await requireSpell(work, change.id);
	if (spell.personId !== person.id) throw new Problem("member.not_found", 404, "Không tìm thấy hội viên này.");
	await requireVerbAt(work, "members.write", spell.leafId);
	const joined = change.joined ?? spell.joined;
	const left = change.left === undefined ? spell.left : change.left;
	if (left === null && spell.left !== null) await requireLasting(work, spell.leafId);
	checkMembership({ ...her, honorary: person.honorary, joined, left }, work.today);
	await keepingCounts(work, [person.id], async () => {
		await sql`update app.spell set joined = ${joined}::date, left_on = ${left}::date,
			leave_reason = case when ${left}::date is null then null else coalesce(${change.leaveReason ?? null}, leave_reason) end,
			introduced_by = case when ${change.introducedBy !== undefined} then ${change.introducedBy ?? null}::uuid else introduced_by end,
			introducer_name = coalesce(${change.introducerName ?? null}, introducer_name),
			version = version + 1, updated_at = now() where id = ${spell.id}`.execute(work.db);
		if (!change.residences) return;
		await sql`delete from app.residence where spell_id = ${spell.id}`.execute(work.db);
		await insertResidences(work, spell.id, change.residences);
	});
}

/** Sensitive columns, under their own verb (law 91/2025). */
export async function editSensitive(work: Work, input: MembersInput<"editSensitive">) {
	const { personId, version, ...mine } = input;
	await lockPerson(work, personId, version, {});
	const { rows } = await sql<{ ok: boolean }>`select calc.reads_sensitive(${personId}) as ok`.execute(work.db);
	if (!rows[0].ok) throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền sửa dữ liệu nhạy cảm.");
	const columns = {
		...(mine.ethnicity === undefined ? {} : { ethnicity: mine.ethnicity }),
		...(mine.religion === undefined ? {} : { religion: mine.religion }),
		...(mine.partyMember === undefined ? {} : { party_member: mine.partyMember }),
		...(mine.health === undefined ? {} : { health: mine.health }),
	};
	await work.db
		.insertInto("person_sensitive")
		.values({ person_id: personId, ...columns })
		.onConflict((conflict) => conflict.column("person_id").doUpdateSet({ ...columns, person_id: personId }))
		.execute();
	return finish(work, "members.editSensitive", personId, null, { fields: Object.keys(mine) });
}

/** Honorary members, of any sex, are kept and never counted. */
export async function setHonorary(work: Work, input: MembersInput<"setHonorary">) {
	await lockPerson(work, input.personId, input.version, { honorary: input.honorary });
	await keepingCounts(work, [input.personId], () =>
		work.db.updateTable("person").set({ honorary: input.honorary }).where("id", "=", input.personId).execute(),
	);
	return finish(work, "members.setHonorary", input.personId, null, { honorary: input.honorary });
}

/** Core members: a mark, without effect on counting (R43). */
export async function setCore(work: Work, input: MembersInput<"setCore">) {
	await lockPerson(work, input.personId, input.version, { coreMember: input.coreMember });
	await work.db.updateTable("person").set({ core_member: input.coreMember }).where("id", "=", input.personId).execute();
	return finish(work, "members.setCore", input.personId, null, { coreMember: input.coreMember });
}

/** Ends a membership (R7, R45). Death ends every membership of hers, also in other communes, which are told by the audit. */
export async function endMember(work: Work, input: MembersInput<"end">) {
	const person = await lockPerson(work, input.personId, input.version, { left: input.left, reason: input.reason });
	const spell = await requireOwnSpell(work, person.id, input.spellId);
	checkLeaving(spell.joined, input.left, work.today);
	await keepingCounts(work, [person.id], async () => {
		await sql`update app.spell set left_on = ${input.left}::date, leave_reason = ${input.reason}, version = version + 1, updated_at = now()
			where id = ${spell.id}`.execute(work.db);
		if (input.reason === "dead") await endByDeath(work, person.id, input.left);
	});
	return finish(work, "members.end", person.id, spell.id, { left: input.left, reason: input.reason });
}

async function endByDeath(work: Work, personId: string, on: string): Promise<void> {
	const { rows } = await sql<{ communeId: number }>`
		select calc.end_by_death(${personId}, ${on}::date) as "communeId"`.execute(work.db);
	for (const { communeId } of rows) await auditPerson(work, "members.end", personId, communeId, { reason: "dead" });
}

/** Takes back an end that was recorded by mistake. */
export async function reopenMember(work: Work, input: MembersInput<"reopen">) {
	const person = await lockPerson(work, input.personId, input.version);
	const spell = await requireOwnSpell(work, person.id, input.spellId);
	await requireLasting(work, spell.leafId);
	await keepingCounts(work, [person.id], () =>
		sql`update app.spell set left_on = null, leave_reason = null, version = version + 1, updated_at = now()
			where id = ${spell.id}`.execute(work.db),
	);
	return finish(work, "members.reopen", person.id, spell.id, {});
}

/** A recognised spell of this person that the caller may write. */
async function requireOwnSpell(work: Work, personId: string, spellId: string) {
	const spell = await requireSpell(work, spellId);
	if (spell.personId !== personId || spell.stage !== "recognised")
		throw new Problem("member.not_found", 404, "Không tìm thấy quá trình tham gia Hội này của hội viên.");
	await requireVerbAt(work, "members.write", spell.leafId);
	return spell;
}

async function finish(work: Work, action: string, personId: string, spellId: string | null, detail: object) {
	const version = await touchPerson(work, personId);
	await auditPerson(work, action, personId, await communeOfPerson(work, personId), detail);
	return { personId, spellId, version, warnings: [] };
}
