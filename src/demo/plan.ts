import { holds, type Period } from "../areas/members/rules.ts";
import type { Day } from "../core/day.ts";
import { type Circles, circlesOf } from "./circles.ts";
import { type HeadcountRow, headcountsOf } from "./headcounts.ts";
import { type Moves, movesOf } from "./moves.ts";
import type { HigherUnit, NewPlace, Place } from "./place.ts";
import { inFull, making, ROSTERED_PROVINCES, type Roster, rosterOf } from "./roster.ts";
import { type Standing, standingsOf } from "./standing.ts";
import { womenOf } from "./women.ts";

/** The units of the two national sets, as the database has them. */
export interface Country {
	places: readonly Place[];
	newPlaces: readonly NewPlace[];
	higher: readonly HigherUnit[];
	/** Ids above this one are free. */
	lastUnitId: number;
}

/** Everything the demo puts in, before any of it is written: made from the seed, the country and the day alone. */
export interface Plan {
	standings: Standing[];
	rosters: Roster[];
	moves: Moves;
	circles: Circles;
	headcounts: HeadcountRow[];
}

/** Works out the whole demo. `scale` is the share of the women by name that is made, 1 but in tests. */
export function planDemo(country: Country, options: { seed: number; today: Day; scale: number }): Plan {
	const { places } = country;
	const standings = standingsOf(places, womenOf(places, options.seed), options.seed);
	const make = making(options.seed, options.today, options.scale, country.lastUnitId + 1);
	const rosters = places.flatMap((place, at) =>
		ROSTERED_PROVINCES.includes(place.provinceCode) ? [rosterOf(place, standings[at] as Standing, make)] : [],
	);
	const moves = movesOf(rosters, make);
	const circles = circlesOf(rosters, rosteredProvinces(country), make);
	const headcounts = headcountsOf(
		{ ...country, standings, namedOn: namedOnOf(rosters), inFull },
		options.today,
		options.seed,
	);
	return { standings, rosters, moves, circles, headcounts };
}

/** How many named members of an old commune count on a day, wherever the reform has put it since. */
function namedOnOf(rosters: readonly Roster[]): (place: Place, day: Day) => number {
	const periods = new Map<number, Period[][]>();
	for (const { women } of rosters)
		for (const woman of women)
			for (const spell of woman.spells) {
				const own = periods.get(spell.place.id);
				if (own) own.push(spell.counts);
				else periods.set(spell.place.id, [spell.counts]);
			}
	return (place, day) => (periods.get(place.id) ?? []).reduce((sum, counts) => sum + (holds(counts, day) ? 1 : 0), 0);
}

function rosteredProvinces({ higher }: Country): { code: string; id: number; successorId: number }[] {
	return higher.flatMap((unit) =>
		unit.kind === "province" && ROSTERED_PROVINCES.includes(unit.code) && unit.successorId !== null
			? [{ code: unit.code, id: unit.id, successorId: unit.successorId }]
			: [],
	);
}
