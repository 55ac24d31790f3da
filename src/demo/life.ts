import { addDays, addMonths, type Day, dayOf, epochDays, fromEpochDays } from "../core/day.ts";
import type { Random } from "./random.ts";

/** One membership at one leaf, as the roster writes it. */
export interface Life {
	joined: Day;
	residence: "permanent" | "temporary";
	/** When the temporary residence began; null where nobody knows. */
	start: Day | null;
	leftOn: Day | null;
	leaveReason: "resigned" | "dead" | "moved" | "temporary_left" | "other" | null;
}

const FIRST_YEAR = 2005;

/** Age groups of the women in the roster, in per mille: the young are hard to gather. */
export const PYRAMID: readonly (readonly [readonly [number, number], number])[] = [
	[[19, 24], 70],
	[[25, 34], 170],
	[[35, 44], 215],
	[[45, 54], 200],
	[[55, 64], 180],
	[[65, 74], 110],
	[[75, 84], 43],
	[[85, 97], 12],
];

/** A day of birth that gives an adult age on `today`. */
export function birthOf(random: Random, today: Day): Day {
	const [low, high] = random.weighted(PYRAMID);
	const year = Number(today.slice(0, 4)) - random.integer(low, high);
	return dayOf(year, random.integer(1, 12), random.integer(1, 28)) as Day;
}

/** The days on which a commune's committee recognised members: one each half-year, before the roster's two dates. */
export function wavesOf(random: Random, today: Day): Day[] {
	const waves: Day[] = [];
	for (let year = FIRST_YEAR; year <= Number(today.slice(0, 4)); year++) {
		waves.push(fromEpochDays(epochDays(`${year}-03-02`) + random.integer(0, 88)));
		waves.push(fromEpochDays(epochDays(`${year}-09-05`) + random.integer(0, 74)));
	}
	return waves.filter((day) => day <= today);
}

/** The wave in which a woman of this birth was recognised: half of all before 2017, never under 18. */
export function waveOf(waves: readonly Day[], birth: Day, random: Random): Day {
	const adult = addMonths(birth, 18 * 12);
	const open = waves.findIndex((day) => day >= adult);
	if (open < 0) return adult;
	const weighted = waves.slice(open).map((day) => [day, waveWeight(day)] as const);
	return random.weighted(weighted);
}

export function waveWeight(day: Day): number {
	if (day < "2017") return 1.1;
	return day < "2023-06" ? 1 : 0.4;
}

/** A woman's life in her commune: one in ten resides temporarily, one in eleven is no longer a member. */
export function lifeOf(joined: Day, birth: Day, today: Day, random: Random): Life {
	const temporary = random.chance(0.1);
	const known = random.chance(0.9);
	const start = temporary && known ? addDays(joined, -random.integer(0, 500)) : null;
	const life: Life = {
		joined,
		residence: temporary ? "temporary" : "permanent",
		start,
		leftOn: null,
		leaveReason: null,
	};
	const earliest = Math.max(epochDays(joined) + 200, epochDays("2017-02-01"));
	if (earliest < epochDays(today) && random.chance(0.09)) {
		life.leftOn = fromEpochDays(random.integer(earliest, epochDays(today)));
		life.leaveReason = reasonOf(temporary, Number(life.leftOn.slice(0, 4)) - Number(birth.slice(0, 4)), random);
	}
	return life;
}

/** Someone whose six months are over within the thirty days after `today`: she begins to count by the calendar alone. */
export function soonCounting(waves: readonly Day[], today: Day, random: Random): Life {
	const start = addMonths(addDays(today, random.integer(1, 28)), -6);
	const joined = waves.findLast((day) => day >= start) ?? addDays(start, random.integer(0, 60));
	return { joined, residence: "temporary", start, leftOn: null, leaveReason: null };
}

function reasonOf(temporary: boolean, age: number, random: Random): NonNullable<Life["leaveReason"]> {
	if (age > 72 && random.chance(0.8)) return "dead";
	if (temporary) return "temporary_left";
	return random.weighted([
		["moved", 55],
		["resigned", 20],
		["dead", 12],
		["other", 13],
	]);
}
