import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import type { Residence } from "./rules.ts";

/** A spell with its residences, not yet counted: keepingCounts does that. */
export async function insertSpell(
	work: Work,
	spell: {
		id: string;
		personId: string;
		leafId: number;
		stage: "recognised" | "proposed";
		joined: Day;
		residences: Residence[];
		introducedBy: string | null;
		introducerName: string;
		recognisedOn: Day | null;
		minutes: string;
	},
): Promise<void> {
	await work.db
		.insertInto("spell")
		.values({
			id: spell.id,
			person_id: spell.personId,
			leaf_id: spell.leafId,
			sort_key: sql<string>`calc.sort_key_of(${spell.personId})`,
			stage: spell.stage,
			joined: spell.joined,
			introduced_by: spell.introducedBy,
			introducer_name: spell.introducerName,
			recognised_on: spell.recognisedOn,
			minutes: spell.minutes,
		})
		.execute();
	await insertResidences(work, spell.id, spell.residences);
}

/** Residences of a spell. */
export async function insertResidences(work: Work, spellId: string, residences: readonly Residence[]): Promise<void> {
	await work.db
		.insertInto("residence")
		.values(residences.map(({ kind, start, until }) => ({ id: uuidv7(), spell_id: spellId, kind, start, until })))
		.execute();
}

/** Sealed numbers of one person. */
export async function addIds(
	work: Work,
	personId: string,
	ids: readonly { kind: string; hmac: Buffer; cipher: Buffer }[],
): Promise<void> {
	await work.db
		.insertInto("national_id")
		.values(ids.map(({ kind, hmac, cipher }) => ({ kind, hmac, cipher, person_id: personId })))
		.execute();
}

/** One consent of each person: a signed list of a branch carries many (R9). */
export async function giveConsent(
	work: Work,
	personIds: readonly string[],
	consent: { purpose: string; givenOn: Day; how: string; textVersion: string; document: string },
): Promise<void> {
	await work.db
		.insertInto("consent")
		.values(
			personIds.map((personId) => ({
				id: uuidv7(),
				person_id: personId,
				purpose: consent.purpose,
				given_on: consent.givenOn,
				how: consent.how,
				text_version: consent.textVersion,
				document: consent.document,
			})),
		)
		.execute();
}

/** After names were written: searches find them from now on. */
export async function learnNames(work: Work, personIds: readonly string[]): Promise<void> {
	await sql`select calc.learn_names(${personIds}::uuid[])`.execute(work.db);
}
