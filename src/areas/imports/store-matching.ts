import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { DayPrecision } from "../../core/day-text.ts";
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

/** The fingerprint of a row's number; null where it has none. */
export function printOf(vault: Vault, { fields, print }: PlaceableRow): Buffer | null {
	return fields.nationalId === null ? null : (print ?? vault.fingerprint(fields.nationalId));
}

/** A row with the fingerprint of its number, where that is known already. */
interface PlaceableRow {
	fields: RosterFields;
	print?: Buffer | null;
}

/**
 * Plans rows against the members of the commune and against numbers known elsewhere, in a few queries whatever the number of
 * rows. `own`: the import that is being written; members it made itself are then met by their number only, for the file as
 * a whole has already been looked at. `plan` carries on where it has planned earlier rows of the file.
 */
export async function planAgainstDatabase(
	work: Work,
	place: RosterPlace,
	rows: readonly (PlannedInput & PlaceableRow)[],
	branches: BranchMap,
	{ own = null, plan = planRows }: { own?: string | null; plan?: RowPlanner } = {},
): Promise<RowPlan[]> {
	const prints = rows.map((row) => printOf(work.vault, row));
	const known = await knownNumbers(work, place, prints);
	const byNumber = await findMembers(work, place, known, [], branches, own);
	const here = new Set(byNumber.flatMap((member) => member.ids.map(({ key }) => key)));
	// Who has her number here is not looked for by her name.
	const unmet = here.size === 0 ? rows : rows.filter((_, index) => !here.has(keyOf(prints[index])));
	const names = [...new Set(unmet.map(({ fields }) => nameKey(fields)))];
	const byName = await findMembers(work, place, [], names, branches, own);
	const members = [...new Map([...byName, ...byNumber].map((member) => [member.spellId, member])).values()];
	members.sort((a, b) => (a.spellId < b.spellId ? -1 : 1));
	const keys = new Map<string, string>();
	// Where nobody is met, no key is asked for.
	if (members.length > 0 || known.length > 0)
		for (const [index, { fields }] of rows.entries())
			if (fields.nationalId !== null) keys.set(fields.nationalId, keyOf(prints[index]));
	return plan(
		rows,
		members.map((member) => (own !== null && member.importId === own ? { ...member, identityKey: "" } : member)),
		await findElsewhere(work, place, known),
		(id) => keys.get(id) ?? "",
	);
}

/** The form in which numbers are compared: the fingerprint as base64. */
function keyOf(print: Buffer | null | undefined): string {
	return print?.toString("base64") ?? "";
}

/** Of these numbers those that anybody has, as keys. */
async function knownNumbers(work: Work, place: RosterPlace, prints: readonly (Buffer | null)[]): Promise<string[]> {
	const asked = Buffer.concat(prints.filter((print) => print !== null));
	if (asked.length === 0) return [];
	const { rows: known } = await sql<{
		hmac: string;
	}>`select distinct encode(hmac, 'base64') as hmac from calc.roster_known(${place.unitId}, ${asked}) hmac`.execute(
		work.db,
	);
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
	for (const subjectId of personIds)
		await work.audit({
			action: "imports.elsewhere",
			unitId: place.unitId,
			subjectId,
			detail: { import: place.importId },
		});
}
