import { addMonths, epochDays, fromEpochDays } from "../core/day.ts";
import { COUNTRY_DAY } from "./country-plan.ts";
import { PYRAMID, wavesOf, waveWeight } from "./life.ts";
import type { Random } from "./random.ts";

/** The demo's lives in days since 1970-01-01: twenty million of them have no time for text. No such day is −1. */
export const NEVER = -1;
const TODAY = epochDays(COUNTRY_DAY);
const FIRST_LEAVING = epochDays("2017-02-01");
const OLDEST = 1900;

/** The first of each month since 1900. */
const MONTHS = Int32Array.from({ length: 1600 }, (_, month) => Date.UTC(OLDEST, month, 1) / 86_400_000);

const HALF_YEARS_FROM = epochDays("2000-01-01");
/** The day six months after each day since 2000, by the calendar (R2). */
const HALF_YEARS = Int32Array.from({ length: TODAY - HALF_YEARS_FROM + 1 }, (_, day) =>
	epochDays(addMonths(fromEpochDays(HALF_YEARS_FROM + day), 6)),
);

/** The day on which six months of presence are over. */
export function halfYearAfter(day: number): number {
	return HALF_YEARS[day - HALF_YEARS_FROM] as number;
}

/** Ages by the pyramid, so that one number draws a group. */
const AGE_GROUPS = PYRAMID.flatMap(([group, weight]) => new Array<readonly [number, number]>(weight).fill(group));

/** A day of birth: the day, and its year. */
export interface Birth {
	day: number;
	year: number;
	/** The day on which she is 18. */
	adult: number;
}

/** Draws a birth that gives an adult age on the country's day. */
export function drawBirth(random: Random, out: Birth): void {
	const [low, high] = AGE_GROUPS[(random.next() * AGE_GROUPS.length) | 0] as readonly [number, number];
	out.year = Number(COUNTRY_DAY.slice(0, 4)) - low - ((random.next() * (high - low + 1)) | 0);
	const month = (random.next() * 12) | 0;
	const day = (random.next() * 28) | 0;
	const at = (out.year - OLDEST) * 12 + month;
	out.day = (MONTHS[at] as number) + day;
	out.adult = (MONTHS[at + 216] as number) + day;
}

/** A commune's half-yearly waves with their weights added up, the last one the total. */
export interface Waves {
	days: Int32Array;
	upTo: Float64Array;
}

/** The days on which a commune recognised members, before 10 June and 25 November of each year. */
export function drawWaves(random: Random): Waves {
	const days = wavesOf(random, COUNTRY_DAY);
	let sum = 0;
	return {
		days: Int32Array.from(days, epochDays),
		upTo: Float64Array.from(days, (day) => {
			sum += waveWeight(day);
			return sum;
		}),
	};
}

/** The wave in which a woman was recognised: the first weights belong to waves before she was of age. */
export function drawJoined(waves: Waves, adult: number, random: Random): number {
	const { days, upTo } = waves;
	const open = firstFrom(days, adult);
	if (open === days.length) return adult;
	const before = open === 0 ? 0 : (upTo[open - 1] as number);
	const drawn = before + random.next() * ((upTo[days.length - 1] as number) - before);
	return days[Math.min(firstFrom(upTo, drawn), days.length - 1)] as number;
}

/** The place of the first number that is at least `wanted`; the length where none is. */
function firstFrom(sorted: Int32Array | Float64Array, wanted: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] as number) < wanted) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Why she left, as the table has it. */
export type Reason = "dead" | "temporary_left" | "moved" | "resigned" | "other";

/** One membership. */
export interface CountryLife {
	joined: number;
	temporary: boolean;
	/** When the temporary residence began; {@link NEVER} where nobody knows or she lives there for good. */
	start: number;
	left: number;
	reason: Reason;
	/** From when she counts, were there no other place; {@link NEVER}: not at all. */
	from: number;
}

/** A woman's life at home: one in ten resides temporarily, one in eleven is no longer a member. */
export function drawLife(joined: number, birthYear: number, random: Random, out: CountryLife): void {
	out.joined = joined;
	out.temporary = random.next() < 0.1;
	out.start = out.temporary && random.next() < 0.9 ? joined - ((random.next() * 501) | 0) : NEVER;
	out.left = NEVER;
	const earliest = Math.max(joined + 200, FIRST_LEAVING);
	if (earliest < TODAY && random.next() < 0.09) {
		out.left = earliest + ((random.next() * (TODAY - earliest + 1)) | 0);
		out.reason = reasonOf(out.temporary, 1970 + out.left / 365.25 - birthYear, random);
	}
	settle(out);
}

/** Works out when a membership counts by itself (R2): from joining, and where temporary from six months of presence. */
export function settle(life: CountryLife): void {
	life.from = life.joined;
	if (life.temporary) life.from = life.start === NEVER ? NEVER : Math.max(life.joined, halfYearAfter(life.start));
	if (life.left !== NEVER && life.left <= life.from) life.from = NEVER;
}

function reasonOf(temporary: boolean, age: number, random: Random): Reason {
	if (age > 72 && random.next() < 0.8) return "dead";
	if (temporary) return "temporary_left";
	const drawn = random.next();
	if (drawn < 0.55) return "moved";
	if (drawn < 0.75) return "resigned";
	return drawn < 0.87 ? "dead" : "other";
}

/** A second place: what it is, and whether home goes on. */
const MIGRATING_FROM = epochDays("2021-07-01");

/** She works in another commune since some day after 2021, as a temporary resident there; one in four has come back. */
export function drawAway(home: CountryLife, random: Random, out: CountryLife): void {
	const earliest = Math.max(MIGRATING_FROM, home.joined + 30);
	out.joined = earliest + ((random.next() * (TODAY - 12 - earliest)) | 0);
	out.temporary = true;
	out.start = out.joined - ((random.next() * 141) | 0);
	out.left = NEVER;
	const back = halfYearAfter(out.start) + 60;
	if (back < TODAY && random.next() < 0.25) {
		out.left = Math.max(out.joined, back + ((random.next() * (TODAY - back)) | 0));
		out.reason = "temporary_left";
	}
	settle(out);
}

/** She moved for good and was accepted there on the day she left. */
export function drawArrival(home: CountryLife, out: CountryLife): void {
	out.joined = home.left;
	out.temporary = false;
	out.start = NEVER;
	out.left = NEVER;
	settle(out);
}
