import { addDays, addMonths, type Day, epochDays } from "../../core/day.ts";
import { classOf } from "../../core/rate.ts";

/*
 * "Nếu …": on which day a commune passes 60 % (R1: 5·members > 3·women) if what she plans comes true. Whole numbers throughout: what comes
 * by the month comes when the month is full, a fraction of a member who leaves has left. Nothing of it is stored.
 */

/** How far ahead a plan is followed; beyond that no day is named. */
export const MONTHS_AHEAD = 36;

/** By how much the members of a day are expected to differ from the middle of the forecast: about four times in five between the two. */
export interface Spread {
	on: Day;
	low: number;
	high: number;
}

/** Where a commune stands, and what is known of the time ahead without a plan. */
export interface Ground {
	on: Day;
	members: number;
	women: number;
	/** Women who reach six months of temporary residence, by the day from which they count (R2). */
	coming: readonly { day: Day; women: number }[];
	/** In the order of days; empty where too little is known for an interval. */
	spread: readonly Spread[];
}

/** What she assumes. */
export interface Plan {
	/** Of all groups together, a month. */
	perMonth: number;
	includesComing: boolean;
	/** Members who leave within twelve months. */
	leaversPerYear: number;
	/** A branch or club that opens: its members of the first day who are new to the Union, and how many come every month after. */
	openings: readonly { on: Day; members: number; perMonth: number }[];
}

/** The members of a day under a plan, and between which numbers; without an interval the three are the same. */
export interface Expected {
	on: Day;
	low: number;
	members: number;
	high: number;
}

/** When a plan passes 60 %: null where not within {@link MONTHS_AHEAD} months. */
export interface Passing {
	passes: Day | null;
	/** At the upper and the lower bound of the forecast; null also where there is none. */
	earliest: Day | null;
	latest: Day | null;
	hasInterval: boolean;
	/** It is still over on the last day that is followed. */
	lasts: boolean;
}

const DAYS_A_YEAR = 365;

/** The whole months that are full from a day to a later one. */
function fullMonths(from: Day, to: Day): number {
	const [years, months] = [
		Number(to.slice(0, 4)) - Number(from.slice(0, 4)),
		Number(to.slice(5, 7)) - Number(from.slice(5, 7)),
	];
	const between = years * 12 + months;
	return Math.max(0, addMonths(from, between) <= to ? between : between - 1);
}

/** The bounds of a day: straight between the days of the spread, from nothing on the first day on; rounded away from the middle. */
function boundsOn(ground: Ground, day: Day): { low: number; high: number } {
	let before: Spread = { on: ground.on, low: 0, high: 0 };
	for (const after of ground.spread) {
		if (day <= after.on) {
			const [part, whole] = [epochDays(day) - epochDays(before.on), epochDays(after.on) - epochDays(before.on)];
			const at = (from: number, to: number) => from * (whole - part) + to * part;
			return whole === 0
				? { low: after.low, high: after.high }
				: { low: Math.floor(at(before.low, after.low) / whole), high: Math.ceil(at(before.high, after.high) / whole) };
		}
		before = after;
	}
	return { low: before.low, high: before.high };
}

/** The members of a day, from the ground's own on, under a plan. */
export function expectedOn(ground: Ground, plan: Plan, day: Day): Expected {
	const days = epochDays(day) - epochDays(ground.on);
	let members = ground.members + plan.perMonth * fullMonths(ground.on, day);
	if (plan.includesComing) for (const one of ground.coming) if (one.day <= day) members += one.women;
	for (const opening of plan.openings)
		if (opening.on <= day) members += opening.members + opening.perMonth * fullMonths(opening.on, day);
	members -= Math.ceil((plan.leaversPerYear * days) / DAYS_A_YEAR);
	members = Math.max(0, members);
	const { low, high } = boundsOn(ground, day);
	return { on: day, low: Math.max(0, members + low), members, high: members + high };
}

/** The first day over 60 %, strictly, of the plan itself and of the two bounds. */
export function passingOf(ground: Ground, plan: Plan): Passing {
	const hasInterval = ground.spread.length > 0;
	const last = addMonths(ground.on, MONTHS_AHEAD);
	const isOver = (members: number) => classOf(members, ground.women) === "over";
	const found: Passing = { passes: null, earliest: null, latest: null, hasInterval, lasts: false };
	for (let day = ground.on; day <= last; day = addDays(day, 1)) {
		const { low, members, high } = expectedOn(ground, plan, day);
		if (found.passes === null && isOver(members)) found.passes = day;
		if (hasInterval && found.earliest === null && isOver(high)) found.earliest = day;
		if (hasInterval && found.latest === null && isOver(low)) found.latest = day;
		if (found.passes !== null && (!hasInterval || found.latest !== null)) break;
	}
	found.lasts = found.passes !== null && isOver(expectedOn(ground, plan, last).members);
	return found;
}

/** The days a picture shows: today and the same day of every month ahead. */
export function lineOf(ground: Ground, plan: Plan): Expected[] {
	return Array.from({ length: MONTHS_AHEAD + 1 }, (_, month) => expectedOn(ground, plan, addMonths(ground.on, month)));
}

/** The fewest a month, of all groups together, with which the plan is over on a day; null where no number does it: no month is full by then. */
export function neededPerMonth(ground: Ground, plan: Plan, by: Day): number | null {
	const months = fullMonths(ground.on, by);
	const without = expectedOn(ground, { ...plan, perMonth: 0 }, by);
	if (classOf(without.members, ground.women) === "over") return 0;
	if (months === 0) return null;
	// Upwards from what the missing asks; what was cut off at nought makes it a little more.
	const missing = Math.floor((3 * ground.women) / 5) + 1 - without.members;
	let perMonth = Math.ceil(missing / months);
	while (classOf(expectedOn(ground, { ...plan, perMonth }, by).members, ground.women) !== "over") perMonth += 1;
	return perMonth;
}
