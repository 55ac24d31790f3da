import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { COPY_NULL, copyBytes, copyText } from "../../db/copy-text.ts";
import { dateMultirange } from "../../db/ranges.ts";
import { countingOf } from "../members/rules.ts";
import { nameKeys } from "../members/rules-person.ts";
import type { BulkAdded, BulkMember } from "../members/store-bulk.ts";

/** A woman nobody knows yet, with one residence and at most one number: what a roster tells of nearly everyone in it. */
export interface Newcomer
	extends Omit<
		BulkMember,
		"personId" | "ids" | "residences" | "introducedBy" | "recognisedOn" | "minutes" | "honorary"
	> {
	residence: BulkMember["residences"][number];
	id: { kind: "cccd" | "cmnd"; hmac: Buffer; cipher: Buffer } | null;
}

/** The columns of calc.open_newcomers's table, in order. */
const COLUMNS =
	"person_id, full_name, search_key, identity_key, sort_key, birth, birth_precision, sex, phone, address, occupation, note, " +
	"spell_id, leaf_id, joined, left_on, leave_reason, counts, introducer_name, residence_id, residence, residence_start, " +
	"hmac, id_kind, id_cipher, ethnicity, religion, party_member, consent_id";

/** Text for one write to the socket. */
const PIECE = 64 * 1024;

/**
 * Adds recognised members nobody knows yet, any number of them: rows go to the database by COPY into a temporary table and from
 * there in a statement a table, with one posting to the ledger. Rights are checked once over all leaves. All or none. What a
 * basis of consent covers is given once for all.
 */
export async function addNewcomers(
	work: Work,
	members: readonly Newcomer[],
	options: { importId: string; consent: BulkMember["consent"] | null },
): Promise<BulkAdded[]> {
	if (members.length === 0) return [];
	const added = members.map(() => ({ personId: uuidv7(), spellId: uuidv7() }));
	await sql`select calc.open_newcomers()`.execute(work.db);
	await work.copy(`copy pg_temp.newcomer (${COLUMNS}) from stdin`, pieces(members, added, options.consent != null));
	const { consent } = options;
	await sql`select calc.add_newcomers(${options.importId}::uuid, ${consent ? JSON.stringify(consent) : null}::jsonb)`.execute(
		work.db,
	);
	return added;
}

function* pieces(members: readonly Newcomer[], added: readonly BulkAdded[], withConsent: boolean): Generator<string> {
	let text = "";
	for (const [index, member] of members.entries()) {
		text += lineOf(member, added[index] as BulkAdded, withConsent);
		if (text.length < PIECE) continue;
		yield text;
		text = "";
	}
	yield text;
}

function lineOf(member: Newcomer, { personId, spellId }: BulkAdded, withConsent: boolean): string {
	const { full_name, search_key, identity_key, sort_key } = nameKeys(member.name);
	const { birth, residence, id, sensitive } = member;
	const counting = countingOf([{ ...member, id: spellId, stage: "recognised", residences: [residence] }], {
		honorary: false,
	});
	const periods = counting.get(spellId) ?? [];
	const her = `${personId}\t${copyText(full_name)}\t${copyText(search_key)}\t${copyText(identity_key)}\t${copyText(sort_key)}\t${birth?.day ?? COPY_NULL}\t${birth?.precision ?? "day"}\t${member.sex ?? "female"}\t${copyText(member.phone ?? "")}\t${copyText(member.address ?? "")}\t${copyText(member.occupation ?? "")}\t${copyText(member.note ?? "")}`;
	const spell = `${spellId}\t${member.leafId}\t${member.joined}\t${member.left ?? COPY_NULL}\t${member.leaveReason ?? COPY_NULL}\t${dateMultirange(periods)}\t${copyText(member.introducerName ?? "")}`;
	const lives = `${uuidv7()}\t${residence.kind}\t${residence.start ?? COPY_NULL}`;
	const number = id ? `${copyBytes(id.hmac)}\t${id.kind}\t${copyBytes(id.cipher)}` : NO_NUMBER;
	const guarded = sensitive
		? `${copyText(sensitive.ethnicity)}\t${copyText(sensitive.religion)}\t${sensitive.partyMember ?? COPY_NULL}`
		: NOTHING_SENSITIVE;
	return `${her}\t${spell}\t${lives}\t${number}\t${guarded}\t${withConsent ? uuidv7() : COPY_NULL}\n`;
}

const NO_NUMBER = `${COPY_NULL}\t${COPY_NULL}\t${COPY_NULL}`;
const NOTHING_SENSITIVE = NO_NUMBER;
