import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { addMembers, type BulkAdded, type BulkMember } from "../members/store-bulk.ts";
import { keepingCounts } from "../members/store-counting.ts";
import type { ConsentBasis } from "./contract.ts";
import { type RowPlan, residenceOf } from "./rules.ts";
import { versionsOf } from "./store-before.ts";
import type { BranchMap } from "./store-branches.ts";
import { asBytes, printOf } from "./store-matching.ts";
import { addNewcomers, idAt, type Newcomer } from "./store-newcomers.ts";
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
	const claimed = rows.flatMap(({ row, plan }) => (plan.match.claimed ? (printOf(work.vault, row) ?? []) : []));
	if (claimed.length > 0)
		await sql`select from calc.claim_persons(${asBytes(claimed.map((print) => print.toString("base64")))})`.execute(
			work.db,
		);
	const isNew = ({ plan }: PlannedRow) => plan.match.personId === undefined;
	const [fresh, known] = [rows.filter(isNew), rows.filter((row) => !isNew(row))];
	const put = ({ row }: PlannedRow, { personId, spellId }: BulkAdded, personVersion: number) =>
		written.set(row.position, { personId, spellId, stored: { personVersion, spellVersion: 1 }, before: null });
	const { persons, spells } = await addNewcomers(
		work,
		fresh.map(({ row }) => newcomer(work, row, context)),
		context,
	);
	for (const [index, row] of fresh.entries())
		put(row, { personId: idAt(persons, index), spellId: idAt(spells, index) }, 1);
	if (known.length === 0) return;
	const returned = await addMembers(
		work,
		known.map((row) => returning(row, context)),
		context,
	);
	const versions = await versionsOf(
		work,
		returned.map(({ personId }) => personId),
		[],
	);
	for (const [index, added] of returned.entries())
		put(known[index] as PlannedRow, added, versions.get(added.personId) ?? 1);
}

function newcomer(work: Work, row: StagedRow, { branches }: ApplyContext): Newcomer {
	const { fields } = row;
	return { fields, leafId: branches.leafOf(fields) as number, note: noteOf(fields), print: printOf(work.vault, row) };
}

/** A woman who has a record: it goes on, with what stands in it. */
function returning({ row: { fields }, plan }: PlannedRow, { branches }: ApplyContext): BulkMember {
	const { name, birth, birthPrecision } = fields;
	return {
		personId: plan.match.personId,
		leafId: branches.leafOf(fields) as number,
		name,
		birth: birth === null ? null : { day: birth, precision: birthPrecision },
		joined: fields.joined as Day,
		left: fields.left,
		leaveReason: fields.leaveReason,
		residences: [residenceOf(fields)],
		introducerName: fields.introducer,
	};
}

/** Her note, with the roster's own words of a reason the ledger has no word for. */
function noteOf({ note, leaveReason, leaveNote }: StagedRow["fields"]): string {
	const reason = leaveReason === "other" && leaveNote !== "" ? `Lý do ra khỏi Hội: ${leaveNote}` : "";
	return [note, reason].filter(Boolean).join("\n").slice(0, 2000);
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
