import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { addMembers, type BulkAdded, type BulkMember } from "../members/store-bulk.ts";
import { keepingCounts } from "../members/store-counting.ts";
import type { ConsentBasis } from "./contract.ts";
import { type RowPlan, residenceOf } from "./rules.ts";
import type { BranchMap } from "./store-branches.ts";
import { asBytes, type IdMemory } from "./store-matching.ts";
import { addNewcomers, type Newcomer } from "./store-newcomers.ts";
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
	importId: string;
	asOf: Day;
	consent: ConsentBasis | null;
	branches: BranchMap;
	ids: IdMemory;
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
	const written = new Map<number, Written>();
	const adds = rows.filter(({ plan }) => plan.action === "add");
	const updates = rows.filter(({ plan }) => plan.action === "update");
	await addRows(work, context, adds, written);
	if (updates.length > 0)
		await keepingCounts(
			work,
			updates.map(({ plan }) => plan.match.personId as string),
			() => updateMembers(work, context, updates, written),
		);
	if (context.consent) await consentOfKnown(work, context.importId, context.consent, rows);
	return written;
}

async function addRows(
	work: Work,
	context: ApplyContext,
	rows: readonly PlannedRow[],
	written: Map<number, Written>,
): Promise<void> {
	if (rows.length === 0) return;
	const claimed = rows.filter(({ plan }) => plan.match.claimed);
	if (claimed.length > 0) {
		const keys = claimed.map(({ row }) => context.ids.key(row.fields.nationalId as string));
		await sql`select from calc.claim_persons(${asBytes(keys)})`.execute(work.db);
	}
	const [known, fresh] = [
		rows.filter(({ plan }) => plan.match.personId),
		rows.filter(({ plan }) => !plan.match.personId),
	];
	const put = (row: PlannedRow, { personId, spellId }: BulkAdded, personVersion: number) =>
		written.set(row.row.position, { personId, spellId, stored: { personVersion, spellVersion: 1 }, before: null });
	const newcomers = await addNewcomers(
		work,
		fresh.map((row) => newcomer(row, context)),
		{ importId: context.importId, consent: context.consent && { ...context.consent, purpose: "membership" } },
	);
	for (const [index, added] of newcomers.entries()) put(fresh[index] as PlannedRow, added, 1);
	if (known.length === 0) return;
	const returned = await addMembers(
		work,
		known.map((row) => returning(row, context)),
		{ importId: context.importId },
	);
	const versions = await versionsOf(
		work,
		returned.map(({ personId }) => personId),
	);
	for (const [index, added] of returned.entries())
		put(known[index] as PlannedRow, added, versions.get(added.personId) ?? 1);
}

/** A woman nobody knows. */
function newcomer({ row: { fields } }: PlannedRow, context: ApplyContext): Newcomer {
	const { nationalId, idKind, ethnicity, religion, partyMember } = fields;
	const isSensitive = ethnicity !== "" || religion !== "" || partyMember !== null;
	return {
		...membership(fields, context),
		residence: residenceOf(fields),
		id:
			nationalId === null || idKind === null
				? null
				: { kind: idKind, hmac: context.ids.print(nationalId), cipher: context.ids.seal(nationalId) },
		sensitive: isSensitive ? { ethnicity, religion, partyMember, health: "" } : undefined,
	};
}

/** A woman who has a record: it goes on, with what stands in it. */
function returning({ row: { fields }, plan }: PlannedRow, context: ApplyContext): BulkMember {
	return { ...membership(fields, context), personId: plan.match.personId, residences: [residenceOf(fields)] };
}

function membership(fields: StagedRow["fields"], { branches }: ApplyContext) {
	const { name, birth, birthPrecision } = fields;
	return {
		leafId: branches.leafOf(fields) as number,
		name,
		birth: birth === null ? null : { day: birth, precision: birthPrecision },
		sex: fields.sex,
		phone: fields.phone,
		address: fields.address,
		occupation: fields.occupation,
		note: noteOf(fields),
		joined: fields.joined as Day,
		left: fields.left,
		leaveReason: fields.leaveReason,
		introducerName: fields.introducer,
	};
}

/** Her note, with the roster's own words of a reason the ledger has no word for. */
function noteOf({ note, leaveReason, leaveNote }: StagedRow["fields"]): string {
	const reason = leaveReason === "other" && leaveNote !== "" ? `Lý do ra khỏi Hội: ${leaveNote}` : "";
	return [note, reason].filter(Boolean).join("\n").slice(0, 2000);
}

async function versionsOf(work: Work, personIds: string[]): Promise<Map<string, number>> {
	if (personIds.length === 0) return new Map();
	const { rows } = await sql<{ id: string; version: number }>`select id, version from app.person
		where id = any(${personIds}::uuid[])`.execute(work.db);
	return new Map(rows.map(({ id, version }) => [id, version]));
}

/** The basis chosen for the file also covers women of it who were known and had given none (R9). */
async function consentOfKnown(
	work: Work,
	importId: string,
	consent: ConsentBasis,
	rows: readonly PlannedRow[],
): Promise<void> {
	const known = new Set(
		rows.flatMap(({ plan }) => (plan.match.personId && plan.action !== "refuse" ? [plan.match.personId] : [])),
	);
	if (known.size === 0) return;
	const personIds = [...known];
	await sql`insert into app.consent (id, person_id, purpose, given_on, how, text_version, document, import_id)
		select i, p, 'membership', ${consent.givenOn}::date, ${consent.how}, ${consent.textVersion}, ${consent.document}, ${importId}::uuid
		from unnest(${personIds.map(() => uuidv7())}::uuid[], ${personIds}::uuid[]) x(i, p)
		where not exists (select from app.consent c where c.person_id = p and c.purpose = 'membership' and c.withdrawn_on is null)`.execute(
		work.db,
	);
}
