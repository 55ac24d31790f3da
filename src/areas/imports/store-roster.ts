import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { writtenBirth } from "./rules-written.ts";

/** A membership as a list of it is written: for the command line and for the roster's own workbook. */
export interface RosterEntry {
	name: string;
	birth: string | null;
	/** The whole number; null where none is known. */
	id: string | null;
	branch: string;
	group: string;
	joined: Day;
	left: Day | null;
	leaveReason: string | null;
	residence: "permanent" | "temporary";
	residenceStart: Day | null;
	phone: string;
	address: string;
	occupation: string;
	introducer: string;
	note: string;
	counts: boolean;
}

interface EntryRow extends Omit<RosterEntry, "birth" | "id"> {
	birth: Day | null;
	birthPrecision: string;
	cipher: Buffer | null;
}

/**
 * The memberships of a commune or branch on a day, sorted by branch and then as names are sorted: those that count, or with
 * `all` also those who left or do not count. Numbers are opened in full, which leaves one audit row.
 */
export async function listRoster(work: Work, input: { unitId: number; on: Day; all: boolean }): Promise<RosterEntry[]> {
	const { rows } =
		await sql<EntryRow>`select name, birth::text as birth, birth_precision as "birthPrecision", cipher, branch, "group",
			joined::text as joined, left_on::text as "left", leave_reason as "leaveReason", residence, residence_start::text as "residenceStart",
			phone, address, occupation, introducer, note, counting as counts
		from calc.roster_entries(${input.unitId}, ${input.on}::date, ${input.all})`.execute(work.db);
	await work.audit({
		action: "members.list",
		unitId: input.unitId,
		detail: { on: input.on, all: input.all, rows: rows.length },
	});
	return rows.map(({ cipher, birthPrecision, ...row }) => ({
		...row,
		birth: writtenBirth(row.birth, birthPrecision),
		id: cipher && work.vault.open(cipher).toString(),
	}));
}
