import { addMonths, type Day, epochDays } from "../../core/day.ts";
import type { Residence } from "./rules.ts";

/**
 * The naive recount the property test compares with: day after day, woman after woman, written from the guidance and not from
 * the program. It knows no periods, no ledger and no SQL.
 */

export interface LivedSpell {
	id: string;
	/** Where she was active, in order: each from its day on. */
	leaves: { from: Day; leaf: number }[];
	stage: "proposed" | "recognised";
	joined: Day;
	left: Day | null;
	reason: string | null;
	residences: Residence[];
	/** The import that added it, where one did. */
	importId?: string;
}

export interface Life {
	personId: string;
	honorary: boolean;
	spells: LivedSpell[];
}

/** Where each branch stood, in order: each from its day on; before the first nowhere. */
export type Stays = Map<number, { from: Day; commune: number }[]>;

const FIRST = epochDays("2010-01-01");
const LAST = epochDays("2029-12-31");

/** For each day of some, how many women each commune counts: `commune → count`. */
export function recount(lives: readonly Life[], stays: Stays, days: readonly Day[]): Map<Day, Map<number, number>> {
	const counted = new Map(days.map((day) => [day, new Map<number, number>()]));
	for (const life of lives)
		for (const [day, spell] of holders(life, stays, days)) {
			const commune = lastAt(staysOf(spell, stays, day), day)?.commune;
			const communes = counted.get(day) as Map<number, number>;
			if (commune !== undefined) communes.set(commune, (communes.get(commune) ?? 0) + 1);
		}
	return counted;
}

/** The membership in which she is counted on each day of some, where any. */
export function holders(life: Life, stays: Stays, days: readonly Day[]): Map<Day, LivedSpell> {
	const wanted = new Map(days.map((day) => [epochDays(day), day]));
	const found = new Map<Day, LivedSpell>();
	walk(life, stays, (number, spell) => {
		const day = wanted.get(number);
		if (day !== undefined) found.set(day, spell);
	});
	return found;
}

/** Where the branch in which a membership is on a day stands, from its first day on. */
export function staysOf(spell: LivedSpell, stays: Stays, day: Day): { from: Day; commune: number }[] {
	return stays.get(lastAt(spell.leaves, day)?.leaf as number) ?? [];
}

/** The first days on which a woman's counting passes to a spell or to none, as `day spell`: to name what went wrong. */
export function passing(life: Life, stays: Stays): string[] {
	const passes: string[] = [];
	let last = "";
	const seen = new Map<number, string>();
	walk(life, stays, (number, spell) => seen.set(number, spell.id));
	for (let number = FIRST; number <= LAST; number++) {
		const now = seen.get(number) ?? "";
		if (now !== last) passes.push(`${number} ${now}`);
		last = now;
	}
	return passes;
}

/**
 * Walks through her days; on each the residence to which she came last holds her, and when she leaves it the one before. One where
 * no commune would count her yet holds her only where there is no other.
 */
function walk(life: Life, stays: Stays, counts: (day: number, spell: LivedSpell) => void): void {
	if (life.honorary) return;
	const places = life.spells
		.filter((spell) => spell.stage === "recognised")
		.flatMap((spell) =>
			spell.residences.map((residence) => ({
				spell,
				kind: residence.kind,
				stands: epochDays(stays.get(spell.leaves.at(-1)?.leaf as number)?.[0]?.from ?? "2100-01-01"),
				here: presence(spell, residence),
				isThere: false,
			})),
		);
	let arrived: typeof places = [];
	for (let day = FIRST; day <= LAST; day++) {
		const changed = places.filter((place) => place.here(day) !== place.isThere);
		if (changed.length > 0) {
			for (const place of changed) place.isThere = !place.isThere;
			const newcomers = changed.filter((place) => place.isThere);
			newcomers.sort((a, b) => (`${a.kind}${a.spell.id}` < `${b.kind}${b.spell.id}` ? -1 : 1));
			arrived = [...arrived.filter((place) => place.isThere), ...newcomers];
		}
		const holder = arrived.findLast(({ stands }) => stands <= day) ?? arrived.at(-1);
		if (holder) counts(day, holder.spell);
	}
}

/** Whether she is present at a residence as a member on a day (point 1.2 of the guidance). */
function presence(spell: LivedSpell, residence: Residence): (day: number) => boolean {
	const joined = epochDays(spell.joined);
	const left = spell.left === null ? Number.POSITIVE_INFINITY : epochDays(spell.left);
	const until = residence.until === null ? Number.POSITIVE_INFINITY : epochDays(residence.until);
	const permanentFrom = residence.start === null ? Number.NEGATIVE_INFINITY : epochDays(residence.start);
	const temporaryFrom = residence.start === null ? Number.POSITIVE_INFINITY : epochDays(addMonths(residence.start, 6));
	const from = residence.kind === "permanent" ? permanentFrom : temporaryFrom;
	return (day) => day >= joined && day < left && day >= from && day < until;
}

function lastAt<T extends { from: Day }>(entries: readonly T[], day: Day): T | undefined {
	return entries.findLast((entry) => entry.from <= day);
}
