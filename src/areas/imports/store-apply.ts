import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { identityKey, searchKey, sortKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { dateMultirange } from "../../db/ranges.ts";
import { keepingCounts } from "../members/store-counting.ts";
import type { ConsentBasis } from "./contract.ts";
import { claimsOf, type RowPlan, residenceOf } from "./rules.ts";
import type { BranchMap } from "./store-branches.ts";
import { asBytes } from "./store-matching.ts";
import type { StagedRow, StoredMatch } from "./store-staging.ts";
import { updateMembers } from "./store-updates.ts";

/** A row with what it is to do now. */
export interface PlannedRow {
	row: StagedRow;
	plan: RowPlan;
}

/** What writing a row left behind. */
export interface Written {
	personId: string;
	spellId: string;
	stored: StoredMatch;
	before: Buffer | null;
}

/** What of an import writing rows needs. */
export interface ApplyContext {
	asOf: Day;
	importId: string;
	consent: ConsentBasis | null;
	branches: BranchMap;
	idKey: (id: string) => string;
}

/**
 * Writes additions and updates, the ledger with them, each in a few statements whatever their number. Women already known
 * (returning, or changed) are opened first, so that their counting is worked out over all their memberships (R2).
 */
export async function applyRows(
	work: Work,
	context: ApplyContext,
	rows: readonly PlannedRow[],
): Promise<Map<number, Written>> {
	const adds = rows.filter(({ plan }) => plan.action === "add");
	const updates = rows.filter(({ plan }) => plan.action === "update");
	const claimed = adds.filter(({ plan }) => plan.match.claimed);
	if (claimed.length > 0) await claimPersons(work, context, claimed);
	const known = [...adds, ...updates].flatMap(({ plan }) => (plan.match.personId ? [plan.match.personId] : []));
	const written = new Map<number, Written>();
	const change = async () => {
		await addMembers(work, context, adds, written);
		await updateMembers(work, context, updates, written);
	};
	if (known.length > 0) await keepingCounts(work, known, change);
	else await change();
	await consentOfKnown(work, context, rows);
	return written;
}

/** Opens the records of women who left another unit; they are found by their numbers alone. */
async function claimPersons(work: Work, context: ApplyContext, rows: readonly PlannedRow[]): Promise<void> {
	const keys = rows.map(({ row }) => context.idKey(row.fields.nationalId as string));
	await sql`select from calc.claim_persons(${asBytes(keys)})`.execute(work.db);
}

async function addMembers(
	work: Work,
	context: ApplyContext,
	rows: readonly PlannedRow[],
	written: Map<number, Written>,
): Promise<void> {
	if (rows.length === 0) return;
	const payload = { people: [], spells: [], residences: [], ids: [], sensitive: [], consents: [] } as Payload;
	for (const { row, plan } of rows) {
		const personId = plan.match.personId ?? uuidv7();
		const spellId = uuidv7();
		addTo(payload, work, context, row, { personId, spellId, isKnown: plan.match.personId !== undefined });
		written.set(row.position, {
			personId,
			spellId,
			stored: { personAdded: plan.match.personId === undefined, spellVersion: 1, personVersion: 1 },
			before: null,
		});
	}
	const json = (part: unknown[]) => sql`${JSON.stringify(part)}::json`;
	await sql`select calc.add_members(${json(payload.people)}, ${json(payload.spells)}, ${json(payload.residences)},
		${json(payload.ids)}, ${json(payload.sensitive)}, ${json(payload.consents)})`.execute(work.db);
	await rememberVersions(work, rows, written);
}

/** A woman who was known before has a version of her own. */
async function rememberVersions(work: Work, rows: readonly PlannedRow[], written: Map<number, Written>): Promise<void> {
	const known = rows.flatMap(({ plan }) => (plan.match.personId ? [plan.match.personId] : []));
	if (known.length === 0) return;
	const { rows: people } = await sql<{
		id: string;
		version: number;
	}>`select id, version from app.person where id = any(${known}::uuid[])`.execute(work.db);
	const versions = new Map(people.map(({ id, version }) => [id, version]));
	for (const one of written.values())
		if (!one.stored.personAdded) one.stored.personVersion = versions.get(one.personId) ?? 1;
}

type Payload = Record<"people" | "spells" | "residences" | "ids" | "sensitive" | "consents", Record<string, unknown>[]>;

function addTo(
	payload: Payload,
	work: Work,
	{ consent, branches, idKey, importId }: ApplyContext,
	{ fields }: StagedRow,
	{ personId, spellId, isKnown }: { personId: string; spellId: string; isKnown: boolean },
): void {
	if (!isKnown)
		payload.people.push({
			id: personId,
			full_name: fields.name,
			search_key: searchKey(fields.name),
			identity_key: identityKey(fields.name),
			sort_key: sortKey(fields.name),
			birth: fields.birth,
			birth_precision: fields.birthPrecision,
			sex: fields.sex,
			honorary: false,
			core_member: false,
			phone: fields.phone,
			address: fields.address,
			occupation: fields.occupation,
			note: noteOf(fields),
		});
	payload.spells.push({
		id: spellId,
		person_id: personId,
		leaf_id: branches.leafOf(fields),
		joined: fields.joined,
		left_on: fields.left,
		leave_reason: fields.leaveReason,
		// A woman with other memberships is counted over all of them, when they are closed.
		counts: isKnown ? "{}" : dateMultirange(claimsOf(fields)),
		introducer_name: fields.introducer,
		minutes: "",
		import_id: importId,
	});
	payload.residences.push({ id: uuidv7(), spell_id: spellId, ...residenceOf(fields) });
	if (fields.nationalId !== null && !isKnown)
		payload.ids.push({
			hmac: idKey(fields.nationalId),
			person_id: personId,
			kind: fields.idKind,
			cipher: work.vault.seal(fields.nationalId).toString("base64"),
		});
	if (!isKnown && (fields.ethnicity || fields.religion || fields.partyMember !== null))
		payload.sensitive.push({
			person_id: personId,
			ethnicity: fields.ethnicity,
			religion: fields.religion,
			party_member: fields.partyMember,
			health: "",
		});
	if (consent && !isKnown) payload.consents.push(consentRow(consent, importId, personId));
}

/** Her note, with the roster's own words of a reason the ledger has no word for. */
function noteOf({ note, leaveReason, leaveNote }: StagedRow["fields"]): string {
	const reason = leaveReason === "other" && leaveNote !== "" ? `Lý do ra khỏi Hội: ${leaveNote}` : "";
	return [note, reason].filter(Boolean).join("\n").slice(0, 2000);
}

function consentRow(consent: ConsentBasis, importId: string, personId: string): Record<string, unknown> {
	return {
		id: uuidv7(),
		person_id: personId,
		purpose: "membership",
		given_on: consent.givenOn,
		how: consent.how,
		text_version: consent.textVersion,
		document: consent.document,
		import_id: importId,
	};
}

/** The basis chosen for the file also covers women of it who were known and had given none (R9). */
async function consentOfKnown(
	work: Work,
	{ consent, importId }: ApplyContext,
	rows: readonly PlannedRow[],
): Promise<void> {
	const known = rows.flatMap(({ plan }) =>
		plan.match.personId && plan.action !== "refuse" ? [plan.match.personId] : [],
	);
	if (!consent || known.length === 0) return;
	const consents = [...new Set(known)].map((personId) => consentRow(consent, importId, personId));
	await sql`insert into app.consent (id, person_id, purpose, given_on, how, text_version, document, import_id)
		select r.id, r.person_id, r.purpose, r.given_on, r.how, r.text_version, r.document, r.import_id
		from json_to_recordset(${JSON.stringify(consents)}::json) as r(id uuid, person_id uuid, purpose text, given_on date, how text,
			text_version text, document text, import_id uuid)
		where not exists (select from app.consent c where c.person_id = r.person_id and c.purpose = r.purpose and c.withdrawn_on is null)`.execute(
		work.db,
	);
}
