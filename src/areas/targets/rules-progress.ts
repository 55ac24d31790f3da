import { addMonths, type Day, epochDays } from "../../core/day.ts";
import { classOf } from "../../core/rate.ts";

/** A stretch of time that is behind, and one that lies ahead: what was gained in the one is expected of the other, by days. */
export interface Ahead {
	/** The days over which the present pace was measured. */
	measured: number;
	/** The days that remain of the period. */
	left: number;
}

/** From the day a year before (or the first of which figures are kept) to `on`, and from `on` to the end of the period. */
export function aheadOf(yearAgo: Day, on: Day, end: Day): Ahead {
	return {
		measured: Math.max(1, epochDays(on) - epochDays(yearAgo)),
		left: Math.max(0, epochDays(end) - epochDays(on)),
	};
}

/** The months that have begun by the end: 0 where it is over, 1 for a day or a whole month. */
export function monthsUntil(on: Day, end: Day): number {
	let months = 0;
	while (addMonths(on, months) < end) months += 1;
	return months;
}

/** What comes on top by the end at the present pace, in whole numbers, rounded down (a loss away from nought). */
export function gainAhead(yearNet: number, { measured, left }: Ahead): number {
	return Math.floor((yearNet * left) / measured);
}

/** What remains of a target, and how many a month it takes (rounded up); nought where it is reached, null where no month remains. */
export function paceNeeded(
	target: number,
	achieved: number,
	monthsLeft: number,
): { remaining: number; perMonth: number | null } {
	const remaining = Math.max(0, target - achieved);
	if (remaining === 0) return { remaining, perMonth: 0 };
	return { remaining, perMonth: monthsLeft === 0 ? null : Math.ceil(remaining / monthsLeft) };
}

/** Whether a commune that is not over 60 % would be by the end at its present pace (R1, R15): an estimate, no promise. */
export function passesAhead(members: number, women18: number, yearNet: number, ahead: Ahead): boolean {
	return classOf(members + gainAhead(yearNet, ahead), women18) === "over";
}
