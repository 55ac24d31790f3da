import type { Day } from "../core/day.ts";
import { readDay } from "../core/day-text.ts";

/**
 * The whole day a person typed, in every way it is written in Vietnam (`20/11/2025`, `20.11.25`, `20112025`); null where no such day
 * exists or only a month or year was given. `latestYear` is the latest that a year of two digits may mean.
 */
export function typedDay(text: string, latestYear: number): Day | null {
	const { day, precision, problem } = readDay(text, { latestYear });
	return precision === "day" && !problem ? day : null;
}
