import { sql } from "kysely";
import type * as z from "zod";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { newMember } from "./contract-member.ts";
import { checkMembership, nameKeys, readBirth } from "./rules-person.ts";
import { addMembers } from "./store-bulk.ts";
import { keepingCounts } from "./store-counting.ts";
import { addIds, giveConsent, insertSpell, learnNames } from "./store-insert.ts";
import {
	asLeaf,
	auditPerson,
	deniedThere,
	type LeafRow,
	leafEnded,
	requireLeaf,
	requireSpell,
	requireVerbAt,
	sealId,
	storedPhone,
	touchPerson,
} from "./store-person-row.ts";

type NewMember = z.output<typeof newMember>;

/** Adds a member whom the base committee has recognised (R45); a woman whose membership elsewhere has ended joins under the record she has. */
export function addMember(work: Work, input: NewMember & { recognisedOn: Day | null; minutes: string }) {
	return enter(work, input, "members.add", "recognised", input);
}

/** The branch head proposes; nothing counts until the base committee recognises (R45). */
export function proposeMember(work: Work, input: NewMember) {
	return enter(work, input, "members.propose", "proposed", { recognisedOn: null, minutes: "" });
}

async function enter(
	work: Work,
	input: NewMember,
	action: "members.add" | "members.propose",
	stage: "recognised" | "proposed",
	decision: { recognisedOn: Day | null; minutes: string },
) {
	const birth = readBirth(input.birth);
	checkMembership({ ...input, birth }, work.today);
	const id = sealId(work, input.nationalId, { birth, sex: input.sex });
	const verb = action === "members.add" ? "members.write" : "members.propose";
	const { leaf, isKnown, personId } = await look(work, { leafId: input.leafId, verb, hmac: id?.hmac ?? null });
	const known = id && isKnown ? await claimPerson(work, id.hmac, personId) : null;
	const written =
		known === null && stage === "recognised"
			? await addNew(work, { ...input, ...decision }, id)
			: await addBeside(work, { ...input, ...decision }, { known, stage, id });
	const version = known === null ? 1 : await touchPerson(work, known);
	await auditPerson(work, action, written.personId, leaf.communeId, known === null ? {} : { rejoined: true });
	const warnings: { code: string; text: string }[] = id?.warnings ?? [
		{ code: "id.missing", text: "Chưa có số CCCD/CMND." },
	];
	if (known !== null)
		warnings.push({ code: "member.known", text: "Chị đã từng là hội viên; hồ sơ cũ được dùng tiếp." });
	return { ...written, version, warnings };
}

/** Asks at once whether she may be entered there by this person, and whether her number is known: one question to the database. */
async function look(work: Work, { leafId, verb, hmac }: { leafId: number; verb: string; hmac: Buffer | null }) {
	const { rows } = await sql<
		LeafRow & { mayWrite: boolean; lasts: boolean; isKnown: boolean; personId: string | null }
	>`
		select u.kind, calc.commune_of(u.id, ${work.today}::date) as "communeId", calc.may_at(${verb}, u.id) as "mayWrite",
			k.hmac is not null as "isKnown", k.person_id as "personId",
			calc.stands_from(u.id, ${work.today}::date) as lasts
		from app.unit u left join calc.where_counts(array_remove(array[${hmac}::bytea], null), ${work.today}::date) k on true
		where u.id = ${leafId}`.execute(work.db);
	const leaf = asLeaf(leafId, rows[0]);
	if (!rows[0].mayWrite) throw deniedThere();
	if (!rows[0].lasts) throw leafEnded();
	return { ...rows[0], leaf };
}

type Entered = NewMember & { recognisedOn: Day | null; minutes: string };
type SealedId = NonNullable<ReturnType<typeof sealId>>;

/** A new recognised member goes the way of many: one call to the database. */
async function addNew(work: Work, input: Entered, id: SealedId | null) {
	const [added] = await addMembers(work, [
		{
			...input,
			birth: readBirth(input.birth),
			left: null,
			leaveReason: null,
			phone: storedPhone(input.phone),
			ids: id ? [id] : [],
			consent: input.consent ? { ...input.consent, purpose: "membership" } : undefined,
		},
	]);
	return added;
}

/** A proposal, or another membership of a woman already known. */
async function addBeside(
	work: Work,
	input: Entered,
	{ known, stage, id }: { known: string | null; stage: "recognised" | "proposed"; id: SealedId | null },
) {
	const personId = known ?? (await insertPerson(work, input));
	const spellId = uuidv7();
	const change = () => insertSpell(work, { ...input, id: spellId, personId, stage });
	await (stage === "recognised" ? keepingCounts(work, [personId], change) : change());
	if (known === null && id) await addIds(work, personId, [id]);
	if (input.consent) await giveConsent(work, [personId], { ...input.consent, purpose: "membership" });
	return { personId, spellId };
}

async function insertPerson(work: Work, input: NewMember): Promise<string> {
	const id = uuidv7();
	const birth = readBirth(input.birth);
	await work.db
		.insertInto("person")
		.values({
			id,
			...nameKeys(input.name),
			birth: birth?.day ?? null,
			birth_precision: birth?.precision ?? "day",
			sex: input.sex,
			honorary: input.honorary,
			phone: storedPhone(input.phone),
			address: input.address,
			occupation: input.occupation,
			note: input.note,
			created_by: work.accountId,
		})
		.execute();
	await learnNames(work, [id]);
	return id;
}

/**
 * The record of a woman already known by this number, if she may join again under it.
 * A member somewhere still: refused, with her id where the caller sees her; else without a word of where (members.search
 * tells the commune's name, and leaves an audit row).
 */
async function claimPerson(work: Work, hmac: Buffer, personId: string | null): Promise<string> {
	const { rows } = await sql<{
		personId: string;
	}>`select person_id as "personId" from calc.claim_persons(${[hmac]}::bytea[])`.execute(work.db);
	if (rows[0]) return rows[0].personId;
	throw personId === null
		? new Problem(
				"member.id_elsewhere",
				409,
				"Số CCCD/CMND này thuộc một hội viên ở đơn vị khác. Hãy tìm theo số để biết nơi, rồi dùng “Chuyển sinh hoạt Hội”.",
				{ field: "nationalId" },
			)
		: new Problem("member.id_taken", 409, "Số CCCD/CMND này đã thuộc về một hồ sơ khác.", {
				field: "nationalId",
				detail: { personId },
			});
}

/** The base committee recognises proposals: members from the day of the decision (R45). All or none. */
export async function recogniseMembers(work: Work, input: { spellIds: string[]; on: Day; minutes: string }) {
	const proposals = await proposalsOf(work, input.spellIds);
	for (const proposal of proposals) {
		await requireVerbAt(work, "members.write", proposal.leafId);
		checkMembership(
			{
				...proposal,
				birth: proposal.birth ? { day: proposal.birth, precision: proposal.precision } : null,
				joined: input.on,
			},
			work.today,
		);
	}
	await keepingCounts(
		work,
		proposals.map((proposal) => proposal.personId),
		() =>
			sql`update app.spell set stage = 'recognised', joined = ${input.on}::date, recognised_on = ${input.on}::date, minutes = ${input.minutes},
				version = version + 1, updated_at = now() where id = any(${input.spellIds}::uuid[]) and stage = 'proposed'`.execute(
				work.db,
			),
	);
	for (const proposal of proposals) {
		await touchPerson(work, proposal.personId);
		await auditPerson(work, "members.recognise", proposal.personId, proposal.communeId, { on: input.on });
	}
	return { recognised: proposals.length };
}

async function proposalsOf(work: Work, spellIds: string[]) {
	const { rows } = await sql<{
		personId: string;
		leafId: number;
		communeId: number;
		birth: Day | null;
		precision: "day" | "month" | "year";
		sex: string;
		honorary: boolean;
	}>`select s.person_id as "personId", s.leaf_id as "leafId", calc.commune_of(s.leaf_id, ${work.today}::date) as "communeId",
			p.birth::text as birth, p.birth_precision as precision, p.sex, p.honorary
		from app.spell s join app.person p on p.id = s.person_id
		where s.id = any(${spellIds}::uuid[]) and s.stage = 'proposed' order by s.id for update of s`.execute(work.db);
	if (rows.length !== new Set(spellIds).size)
		throw new Problem("proposal.not_found", 404, "Có đề nghị không còn chờ công nhận. Hãy tải lại danh sách.");
	return rows;
}

/** The base committee does not recognise a proposal; it stays on record with the reason. */
export async function declineProposal(work: Work, input: { spellId: string; on: Day; reason: string }) {
	const spell = await requireSpell(work, input.spellId);
	await requireVerbAt(work, "members.write", spell.leafId);
	const { numAffectedRows } =
		await sql`update app.spell set stage = 'declined', recognised_on = ${input.on}::date, decision_note = ${input.reason},
		version = version + 1, updated_at = now() where id = ${input.spellId} and stage = 'proposed'`.execute(work.db);
	if (!numAffectedRows)
		throw new Problem("proposal.not_found", 404, "Đề nghị này không còn chờ công nhận. Hãy tải lại danh sách.");
	const leaf = await requireLeaf(work, spell.leafId, work.today);
	await auditPerson(work, "members.decline", spell.personId, leaf.communeId, { on: input.on });
	return { id: input.spellId };
}
