import { type Course, MONTHS_BEFORE, Pool, spanOf } from "./rules-matching.ts";

/* One commune before and after it began something, beside the mean of communes like it: a picture of what happened, and no proof. */

/** Points of a line: its month, the rate, and the mean of those like it; in per cent. */
export interface StripPoint {
	month: number;
	rate: number;
	likes: number | null;
}

/** A commune's line and how many stand beside it. */
export interface StripLine {
	points: StripPoint[];
	likes: number;
	changed: number;
	changedLikes: number | null;
}

/** At most two years afterwards. */
export const MONTHS_SHOWN = 24;
/** A mean of fewer would show single communes. */
const LEAST_LIKES = 3;
const MOST_LIKES = 10;

/**
 * The line of a commune from a year before a month to two years after it, or as far as there are figures; beside it the mean of the communes
 * nearest to it then that began nothing from a year before to the end. Null without a year before and a month after.
 */
export function stripLine(
	courses: readonly Course[],
	busy: (commune: number, from: number, to: number) => boolean,
	commune: number,
	at: number,
): StripLine | null {
	const { rates } = courses[commune] as Course;
	const after = Math.min(MONTHS_SHOWN, rates.length - 1 - at);
	const own = after < 1 ? null : spanOf(courses, commune, at, after);
	if (!own) return null;
	const from = at - MONTHS_BEFORE;
	const likes = new Pool(courses, after)
		.nearest(
			own,
			(other) => !busy(other, from, at + after),
			() => 0,
		)
		.slice(0, MOST_LIKES)
		.map(({ span }) => courses[span.commune] as Course);
	const isMean = likes.length >= LEAST_LIKES;
	const meanOn = (month: number) =>
		isMean ? likes.reduce((sum, other) => sum + (other.rates[month] as number), 0) / likes.length : null;
	const points = Array.from({ length: MONTHS_BEFORE + after + 1 }, (_, n) => ({
		month: from + n,
		rate: rates[from + n] as number,
		likes: meanOn(from + n),
	}));
	const [then, now] = [meanOn(at), meanOn(at + after)];
	return {
		points,
		likes: isMean ? likes.length : 0,
		changed: own.change,
		changedLikes: then === null || now === null ? null : now - then,
	};
}
