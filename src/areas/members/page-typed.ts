import { readDay } from "../../core/day-text.ts";

/** A day, month or year of birth as typed, in the form the contract takes; undefined where it is none. Empty is null. */
export function typedBirth(text: string, today: string): string | null | undefined {
	const { day, precision, problem } = readDay(text, { latestYear: Number(today.slice(0, 4)) });
	if (problem) return undefined;
	return day === null ? null : day.slice(0, precision === "year" ? 4 : precision === "month" ? 7 : 10);
}
