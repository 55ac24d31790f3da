import { isUrban, type Place } from "./place.ts";
import { Random } from "./random.ts";

/** How each commune stood when the guidance was signed, and how fast it has grown since. */
export interface Standing {
	/** Women of 18 and over. */
	women: number;
	/** Total members on 29 May 2023. */
	members: number;
	/** Percentage points a year, as a share of the women: 0.01 is one point. */
	pace: number;
}

/** The guidance's own figure: "trên 2.129 cơ sở Hội … dưới 60% thuộc 46 tỉnh/thành", of 29 May 2023. */
const UNDER_COMMUNES = 2129;

/** The other 17 of the 63 provinces. Which they were is not public: an assumption. */
const NONE_UNDER = new Set("02 04 06 08 11 12 14 15 17 20 34 35 37 42 44 45 62".split(" "));

/** The sum of all communes' members that their rates are fitted to: over 19 million together with the figures of higher levels. */
const MEMBERS_OF_COMMUNES = 19_204_000;

const EXACTLY = 14;
const OVER_100 = 9;

/** The places of this successor stand just under the line, so that its chair sees what is missing. */
export const NEAR_THE_LINE = "new:19774";

/**
 * The standing of every old commune, in the order given: 2 129 under 60 % in 46 provinces, some at exactly 60 %, a few over
 * 100 %. The large ones of the towns are weak, or the sums cannot meet: 8 469 communes over 60 % and 54 in 100 women in all.
 */
export function standingsOf(places: readonly Place[], women: readonly number[], seed: number): Standing[] {
	const weak = weakOnes(places, women, seed);
	const strong = places.map((_, at) => at).filter((at) => !weak.has(at));
	const draw = new Random(seed, "standing");
	const exactly = new Set(
		draw.sample(
			strong.filter((at) => (women[at] as number) % 5 === 0),
			EXACTLY,
		),
	);
	const small = strong.filter((at) => (women[at] as number) < 1800 && !exactly.has(at));
	const over100 = new Set(draw.sample(small, OVER_100));
	const strongMembers = new Map(
		strong.map((at) => [at, strongOne(women[at] as number, exactly.has(at), over100.has(at), draw)]),
	);
	const left = MEMBERS_OF_COMMUNES - [...strongMembers.values()].reduce((a, b) => a + b, 0);
	const weakMembers = fittedWeak(places, women, [...weak], left, seed);
	return places.map((place, at) => {
		const members = (strongMembers.get(at) ?? weakMembers.get(at)) as number;
		const own = women[at] as number;
		return { women: own, members, pace: paceOf(place, members / own, new Random(seed, "pace", place.key)) };
	});
}

/** Which are under 60 %: at least one in each of 46 provinces, else those large and of the towns first. */
function weakOnes(places: readonly Place[], women: readonly number[], seed: number): Set<number> {
	const near = places.flatMap((place, at) => (place.successorKey === NEAR_THE_LINE ? [at] : []));
	const ranked = places
		.map((place, at) => ({
			at,
			province: place.provinceCode,
			score:
				(women[at] as number) *
				(isUrban(place) ? 1.3 : 1) *
				Math.exp(0.25 * new Random(seed, "weak", place.key).normal()),
		}))
		.filter(({ province }) => !NONE_UNDER.has(province))
		.sort((a, b) => b.score - a.score || a.at - b.at);
	const firsts = [...Map.groupBy(ranked, ({ province }) => province).values()].map(
		(own) => (own[0] as { at: number }).at,
	);
	const chosen = new Set([...near, ...firsts]);
	for (const { at } of ranked) if (chosen.size < UNDER_COMMUNES) chosen.add(at);
	return chosen;
}

function strongOne(women: number, exactly: boolean, over100: boolean, draw: Random): number {
	if (exactly) return (women / 5) * 3;
	const usual = draw.chance(0.1) ? draw.between(0.7, 0.92) : 0.602 + 0.09 * draw.next() ** 1.5;
	const rate = over100 ? draw.between(1.01, 1.19) : usual;
	return Math.max(Math.floor((women * 3) / 5) + 1, Math.round(women * rate));
}

/** Members of the weak ones, so that they add up to about `wanted`: rates from 29 % up, their spread found by halving. */
function fittedWeak(
	places: readonly Place[],
	women: readonly number[],
	weak: readonly number[],
	wanted: number,
	seed: number,
): Map<number, number> {
	const luck = new Map(weak.map((at) => [at, new Random(seed, "rate", (places[at] as Place).key).next()]));
	const withPower = (power: number) =>
		new Map(
			weak.map((at) => {
				const near = (places[at] as Place).successorKey === NEAR_THE_LINE;
				const rate = near ? 0.572 : 0.29 + 0.307 * (luck.get(at) as number) ** power;
				return [at, Math.min(Math.ceil(((women[at] as number) * 3) / 5) - 1, Math.round((women[at] as number) * rate))];
			}),
		);
	let [low, high] = [0.02, 20];
	for (let step = 0; step < 40; step++) {
		const middle = (low + high) / 2;
		const sum = [...withPower(middle).values()].reduce((a, b) => a + b, 0);
		if (sum > wanted) low = middle;
		else high = middle;
	}
	return withPower(high);
}

/** Those just under the line hurry, those far below hardly move: the term's aim is that they pass, +800 000 in all. */
function paceOf(place: Place, rate: number, draw: Random): number {
	if (place.successorKey === NEAR_THE_LINE) return 0.006;
	if (rate > 0.6) return draw.between(0.0003, 0.002);
	return rate > 0.5 ? draw.between(0.012, 0.045) : draw.between(0.002, 0.012);
}
