import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { dateMultirange, type Period } from "../../db/ranges.ts";

/** A spell as the counting rule sees it. */
export interface LedgerSpell {
	id: string;
	personId: string;
	honorary: boolean;
	stage: "proposed" | "recognised" | "declined";
	joined: Day;
	left: Day | null;
	/** The first day on which her branch or commune stands anywhere; null where it never does. */
	standsFrom: Day | null;
	residences: { kind: "permanent" | "temporary"; start: Day | null; until: Day | null }[];
}

/** The counting rule (members/rules.ts, which stands above the ledger): all spells of one person → when each counts. */
export type CountingRule = (spells: LedgerSpell[], options: { honorary: boolean }) => Map<string, Period[]>;

/**
 * Changes members and keeps the ledger in step, in one transaction: takes out what all spells of these persons contribute,
 * runs `change`, works out anew when each counts (also the spells of other communes: counting is a woman's, not a
 * unit's), and posts that. The persons are locked in order, so two people saving at once wait for each other.
 * Refused where the caller writes none of a person's spells and decides no pending transfer of hers.
 */
export async function withLedger<T>(
	work: Work,
	personIds: readonly string[],
	change: () => Promise<T>,
	rule: CountingRule,
): Promise<T> {
	const persons = [...new Set(personIds)].sort();
	await sql`select calc.open_persons(${persons}::uuid[])`.execute(work.db);
	const result = await change();
	const { rows } = await sql<LedgerSpell>`select id, person_id as "personId", honorary, stage, joined::text as joined,
		left_on::text as "left", stands_from::text as "standsFrom", residences from calc.opened_spells(${persons}::uuid[])`.execute(
		work.db,
	);
	const counting = countingByPerson(rows, rule);
	await sql`select calc.close_persons(${persons}::uuid[], ${[...counting.keys()]}::uuid[],
		${[...counting.values()].map(dateMultirange)}::text[])`.execute(work.db);
	return result;
}

function countingByPerson(spells: readonly LedgerSpell[], rule: CountingRule): Map<string, Period[]> {
	const counting = new Map<string, Period[]>();
	for (const hers of Map.groupBy(spells, (spell) => spell.personId).values())
		for (const [spellId, periods] of rule(hers, { honorary: hers[0].honorary })) counting.set(spellId, periods);
	return counting;
}
