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
import { type Elsewhere, type PlannedInput, planRows, type RowPlan, type RowPlanner } from "./rules.ts";
import type { BranchMap } from "./store-branches.ts";

/** Where and as of when a roster is read. */
export interface RosterPlace {
	importId: string;
	unitId: number;
	asOf: Day;
}

/** What was worked out of numbers: planning, looking up and writing all need it. */
export interface IdMemory {
	/** The vault's fingerprint of a number. */
	print(id: string): Buffer;
	/** The form in which numbers are compared: the fingerprint as base64. */
	key(id: string): string;
	seal(id: string): Buffer;
	/** Takes a fingerprint that is known already. */
	learn(id: string, print: Buffer): void;
}

/** Works each number out once. */
export function idMemory(vault: Vault): IdMemory {
	const prints = new Map<string, Buffer>();
	const seals = new Map<string, Buffer>();
	const print = (id: string) => prints.get(id) ?? kept(prints, id, vault.fingerprint(id));
	return {
		print,
		key: (id) => print(id).toString("base64"),
		seal: (id) => seals.get(id) ?? kept(seals, id, vault.seal(id)),
		learn: (id, known) => prints.set(id, known),
	};
}

function kept<T>(known: Map<string, T>, id: string, value: T): T {
	known.set(id, value);
	return value;
}

/**
 * Plans rows against the members of the commune and against numbers known elsewhere, in a few queries whatever the number of
 * rows. `own`: the import that is being written; members it made itself are then met by their number only, for the file as
 * a whole has already been looked at. `plan` carries on where it has planned earlier rows of the file.
 */
export async function planAgainstDatabase(
	work: Work,
	place: RosterPlace,
	rows: readonly PlannedInput[],
	branches: BranchMap,
	ids: IdMemory,
	{ own = null, plan = planRows }: { own?: string | null; plan?: RowPlanner } = {},
): Promise<RowPlan[]> {
	const known = await knownNumbers(work, place, rows, ids);
	const byNumber = await findMembers(work, place, known, [], branches, own);
	const here = new Set(byNumber.flatMap((member) => member.ids.map(({ key }) => key)));
	// Who has her number here is not looked for by her name.
	const unmet = rows.filter(
		({ fields: { nationalId } }) => nationalId === null || here.size === 0 || !here.has(ids.key(nationalId)),
	);
	const byName = await findMembers(
		work,
		place,
		[],
		[...new Set(unmet.map(({ fields }) => nameKey(fields)))],
		branches,
		own,
	);
	const members = new Map([...byName, ...byNumber].map((member) => [member.spellId, member]));
	const existing = [...members.values()].sort((a, b) => (a.spellId < b.spellId ? -1 : 1));
	const elsewhere = await findElsewhere(work, place, known);
	return plan(
		rows,
		own === null
			? existing
			: existing.map((member) => (member.importId === own ? { ...member, identityKey: "" } : member)),
		elsewhere,
		ids.key,
	);
}

/** Of the rows' numbers those that anybody has, as keys. */
async function knownNumbers(
	work: Work,
	place: RosterPlace,
	rows: readonly PlannedInput[],
	ids: IdMemory,
): Promise<string[]> {
	const numbers = new Set(rows.flatMap(({ fields: { nationalId } }) => nationalId ?? []));
	if (numbers.size === 0) return [];
	const prints = Buffer.concat([...numbers].map(ids.print));
	const { rows: known } = await sql<{
		hmac: string;
	}>`select encode(hmac, 'base64') as hmac from calc.roster_known(${place.unitId}, ${prints}) hmac`.execute(work.db);
	return known.map(({ hmac }) => hmac);
}

/** A name with its year of birth: nobody else than women of this key is the same by name (calc.roster_members). */
function nameKey({ name, birth }: RosterFields): string {
	return birth === null ? identityKey(name) : `${identityKey(name)}|${birth.slice(0, 4)}`;
}

/** The members of the commune that rows with these numbers or names may mean. */
async function findMembers(
	work: Work,
	place: RosterPlace,
	hmacs: string[],
	names: string[],
	branches: BranchMap,
	own: string | null,
): Promise<(ExistingMember & { importId: string | null })[]> {
	if (hmacs.length === 0 && names.length === 0) return [];
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
