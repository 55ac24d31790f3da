import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { BirthDate } from "../../core/day-text.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { dateMultirange } from "../../db/ranges.ts";
import { type CountedSpell, countingOf, type Residence } from "./rules.ts";
import { nameKeys } from "./rules-person.ts";
import { keepingCounts } from "./store-counting.ts";

/** A member to be added with many others. Nothing here is checked but what the database refuses: the caller has done so. */
export interface BulkMember {
	/** The record she has (found in the unit, or claimed by her number); absent: a new one is made. */
	personId?: string;
	leafId: number;
	name: string;
	birth: BirthDate | null;
	sex?: "female" | "male";
	honorary?: boolean;
	phone?: string;
	address?: string;
	occupation?: string;
	note?: string;
	/** Numbers; the fingerprint and the sealed bytes where the caller has them already. */
	ids?: readonly { kind: "cccd" | "cmnd"; value: string; hmac?: Buffer; cipher?: Buffer }[];
	joined: Day;
	left: Day | null;
	leaveReason: string | null;
	residences: readonly Residence[];
	introducedBy?: string | null;
	introducerName?: string;
	recognisedOn?: Day | null;
	minutes?: string;
	sensitive?: { ethnicity: string; religion: string; partyMember: boolean | null; health: string };
	consent?: { purpose: string; givenOn: Day; how: string; textVersion: string; document: string };
}

/** Where a member of the batch went. */
export interface BulkAdded {
	personId: string;
	spellId: string;
}

type Row = Record<string, unknown>;
type Payload = Record<"people" | "spells" | "residences" | "ids" | "sensitive" | "consents", Row[]>;

/**
 * Adds recognised members in one statement a table, with their counting worked out here and one posting to the ledger. Rights
 * are checked once: every leaf must be one the caller may write, every known person one she may open. All or none.
 * A person of her own appears once in a batch. Some 1 000 to 5 000 a call is the best size.
 */
export async function addMembers(
	work: Work,
	batch: readonly BulkMember[],
	options: { importId?: string } = {},
): Promise<BulkAdded[]> {
	const payload: Payload = { people: [], spells: [], residences: [], ids: [], sensitive: [], consents: [] };
	const added = batch.map((member) => put(payload, work, member, options.importId ?? null));
	const known = batch.flatMap((member) => (member.personId === undefined ? [] : [member.personId]));
	const write = () => {
		const json = (rows: Row[]) => sql`${JSON.stringify(rows)}::json`;
		return sql`select calc.add_members(${json(payload.people)}, ${json(payload.spells)}, ${json(payload.residences)},
			${json(payload.ids)}, ${json(payload.sensitive)}, ${json(payload.consents)})`.execute(work.db);
	};
	await (known.length > 0 ? keepingCounts(work, known, write) : write());
	return added;
}

function put(payload: Payload, work: Work, member: BulkMember, importId: string | null): BulkAdded {
	const personId = member.personId ?? uuidv7();
	const spellId = uuidv7();
	if (member.personId === undefined) payload.people.push(personRow(personId, member));
	payload.spells.push({ ...spellRow(spellId, personId, member), import_id: importId });
	for (const { kind, start, until } of member.residences)
		payload.residences.push({ id: uuidv7(), spell_id: spellId, kind, start, until });
	for (const { kind, value, hmac, cipher } of member.ids ?? [])
		payload.ids.push({
			hmac: (hmac ?? work.vault.fingerprint(value)).toString("base64"),
			person_id: personId,
			kind,
			cipher: (cipher ?? work.vault.seal(value)).toString("base64"),
		});
	if (member.sensitive) {
		const { partyMember, ...same } = member.sensitive;
		payload.sensitive.push({ person_id: personId, ...same, party_member: partyMember });
	}
	if (member.consent) payload.consents.push({ ...consentRow(personId, member.consent), import_id: importId });
	return { personId, spellId };
}

function personRow(id: string, member: BulkMember): Row {
	return {
		id,
		...nameKeys(member.name),
		birth: member.birth?.day ?? null,
		birth_precision: member.birth?.precision ?? "day",
		sex: member.sex ?? "female",
		honorary: member.honorary ?? false,
		core_member: false,
		phone: member.phone ?? "",
		address: member.address ?? "",
		occupation: member.occupation ?? "",
		note: member.note ?? "",
	};
}

/** A spell with its counting, if it is the woman's only one; else the ledger works it out over all of them. */
function spellRow(id: string, personId: string, member: BulkMember): Row {
	const spell: CountedSpell = { ...member, id, stage: "recognised" };
	const counting = countingOf([spell], { honorary: member.honorary ?? false }).get(id) ?? [];
	return {
		id,
		person_id: personId,
		leaf_id: member.leafId,
		joined: member.joined,
		left_on: member.left,
		leave_reason: member.leaveReason,
		counts: member.personId === undefined ? dateMultirange(counting) : "{}",
		introduced_by: member.introducedBy ?? null,
		introducer_name: member.introducerName ?? "",
		recognised_on: member.recognisedOn ?? null,
		minutes: member.minutes ?? "",
	};
}

function consentRow(personId: string, consent: NonNullable<BulkMember["consent"]>): Row {
	return {
		id: uuidv7(),
		person_id: personId,
		purpose: consent.purpose,
		given_on: consent.givenOn,
		how: consent.how,
		text_version: consent.textVersion,
		document: consent.document,
	};
}
