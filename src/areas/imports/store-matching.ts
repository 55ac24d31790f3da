import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { DayPrecision } from "../../core/day-text.ts";
import { uuidv7 } from "../../core/id.ts";
import { identityKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { readMultirange } from "../../db/ranges.ts";
import type { Vault } from "../../db/vault.ts";
import type { ExistingMember } from "../members/rules-roster-match.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import { type Elsewhere, type PlannedInput, planRows, type RowPlan } from "./rules.ts";
import type { BranchMap } from "./store-branches.ts";

/** Where and as of when a roster is read. */
export interface RosterPlace {
	importId: string;
	unitId: number;
	asOf: Day;
}

/** What was worked out of numbers: planning, looking up and writing all need it. */
export interface IdMemory {
	/** The form in which numbers are compared: the vault's fingerprint as base64. */
	key(id: string): string;
	seal(id: string): Buffer;
}

/** Works each number out once. */
export function idMemory(vault: Vault): IdMemory {
	const keys = new Map<string, string>();
	const seals = new Map<string, Buffer>();
	return {
		key: (id) => keys.get(id) ?? kept(keys, id, vault.fingerprint(id).toString("base64")),
		seal: (id) => seals.get(id) ?? kept(seals, id, vault.seal(id)),
	};
}

function kept<T>(known: Map<string, T>, id: string, value: T): T {
	known.set(id, value);
	return value;
}

/**
 * Plans rows against the members of the commune and against numbers known elsewhere, in two queries whatever the number of
 * rows. `whole`: all rows of a file at once; otherwise members that this import itself made are met by their number only,
 * for the file as a whole has already been looked at.
 */
export async function planAgainstDatabase(
	work: Work,
	place: RosterPlace,
	rows: readonly PlannedInput[],
	branches: BranchMap,
	idKey: (id: string) => string,
	whole: boolean,
): Promise<RowPlan[]> {
	const hmacs = [
		...new Set(rows.flatMap(({ fields }) => (fields.nationalId === null ? [] : [idKey(fields.nationalId)]))),
	];
	const names = whole && rows.length > 2000 ? null : [...new Set(rows.map(({ fields }) => nameKey(fields)))];
	const existing = await findMembers(work, place, hmacs, names, branches, whole ? null : place.importId);
	const members = whole
		? existing
		: existing.map((member) => (member.importId === place.importId ? { ...member, identityKey: "" } : member));
	const elsewhere = await findElsewhere(work, place, hmacs);
	return planRows(rows, members, elsewhere, idKey);
}

/** A name with its year of birth: nobody else than women of this key is the same by name (calc.roster_members). */
function nameKey({ name, birth }: RosterFields): string {
	return birth === null ? identityKey(name) : `${identityKey(name)}|${birth.slice(0, 4)}`;
}

/** The members of the commune that rows with these numbers or names may mean; all members where `names` is null. */
async function findMembers(
	work: Work,
	place: RosterPlace,
	hmacs: string[],
	names: string[] | null,
	branches: BranchMap,
	own: string | null,
): Promise<(ExistingMember & { importId: string | null })[]> {
	const { rows } = await sql<
		Omit<ExistingMember, "branch" | "group"> & { leafId: number; importId: string | null }
	>`select person_id as "personId", spell_id as "spellId", import_id as "importId", leaf_id as "leafId", full_name as name,
			identity_key as "identityKey", birth::text as birth, birth_precision as "birthPrecision", joined::text as joined,
			left_on::text as "left", leave_reason as "leaveReason", phone, address, occupation, ids, residence,
			residence_start::text as "residenceStart"
		from calc.roster_members(${place.unitId}, ${place.asOf}::date, ${asBytes(hmacs)}, ${names}::text[], ${own}::uuid)`.execute(
		work.db,
	);
	return rows.map((row) => ({ ...row, ...branches.nameOf(row.leafId) }));
}

/** Numbers in base64 as the database's bytea[]. */
export function asBytes(keys: string[]) {
	return sql`array(select decode(k, 'base64') from unnest(${keys}::text[]) k)`;
}

async function findElsewhere(work: Work, place: RosterPlace, hmacs: string[]): Promise<Map<string, Elsewhere>> {
	if (hmacs.length === 0) return new Map();
	const { rows } = await sql<{
		hmac: string;
		personId: string;
		identityKey: string;
		birth: Day | null;
		birthPrecision: DayPrecision;
		isOpen: boolean;
		counts: string;
		commune: string;
	}>`select encode(hmac, 'base64') as hmac, person_id as "personId", identity_key as "identityKey", birth::text as birth,
			birth_precision as "birthPrecision", is_open as "isOpen", counts, commune_name as commune
		from calc.roster_elsewhere(${place.unitId}, ${place.asOf}::date, ${asBytes(hmacs)})`.execute(work.db);
	await auditElsewhere(
		work,
		place,
		rows.map(({ personId }) => personId),
	);
	return new Map(rows.map(({ hmac, counts, ...row }) => [hmac, { ...row, counts: readMultirange(counts) }]));
}

/** That the commune of a woman of another unit was learnt leaves a row for each of them (R39). */
async function auditElsewhere(work: Work, place: RosterPlace, personIds: string[]): Promise<void> {
	if (personIds.length === 0) return;
	work.audited += personIds.length;
	await sql`insert into app.audit (id, account_id, command_id, action, unit_id, acting_for, subject_id, detail)
		select i, ${work.accountId}, ${work.commandId}, 'imports.elsewhere', ${place.unitId}, ${work.actingFor}, p,
			jsonb_build_object('import', ${place.importId}::text)
		from unnest(${personIds.map(() => uuidv7())}::uuid[], ${personIds}::uuid[]) x(i, p)`.execute(work.db);
}

/** A row's fields as they are written to the database and read back: in a fixed order, without the names of the fields. */
export function packFields(fields: RosterFields): unknown[] {
	return FIELD_ORDER.map((field) => fields[field]);
}

/** The inverse of {@link packFields}. */
export function unpackFields(packed: readonly unknown[]): RosterFields {
	const fields: Record<string, unknown> = {};
	for (let i = 0; i < FIELD_ORDER.length; i++) fields[FIELD_ORDER[i] as string] = packed[i];
	return fields as unknown as RosterFields;
}

/** Rows in the database hold fields in this order: new ones go at its end. */
const FIELD_ORDER = [
	"name",
	"birth",
	"birthPrecision",
	"sex",
	"nationalId",
	"idKind",
	"joined",
	"joinedPrecision",
	"left",
	"leaveReason",
	"leaveNote",
	"residence",
	"residenceStart",
	"residenceSaid",
	"branch",
	"group",
	"ethnicity",
	"religion",
	"occupation",
	"phone",
	"address",
	"note",
	"introducer",
	"partyMember",
] as const satisfies readonly (keyof RosterFields)[];
