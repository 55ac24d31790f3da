import { addMonths, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { firstKnown } from "../targets/rules-forecast.ts";
import type { KindEffectRow } from "./contract.ts";
import { effectsOf, type KindEffect, type Use } from "./rules-effect.ts";
import { type Course, MONTHS_AFTER, MONTHS_BEFORE } from "./rules-matching.ts";
import { regionOf } from "./rules-regions.ts";
import { MONTHS_SHOWN, stripLine } from "./rules-strip.ts";
import { type CommuneQuestion, requireSupported } from "./store-calculator.ts";
import {
	begunWords,
	type Compared,
	catalogueWords,
	firstBegun,
	monthDays,
	provincesAround,
	readCompared,
	WAYS,
} from "./store-compared.ts";

/** Support began in the year of the guidance; a year before it is what its first solutions are compared by. */
const FROM: Day = "2022-05-01";

/**
 * What each kind of solution is found to go along with (rules-effect.ts), over the whole country: what happened in one province alone cannot be told
 * from what happened to it. Everyone who reads the support of some unit reads the same answer, of which no commune can be made out.
 */
export async function showEffects(work: Work, input: { on?: Day }) {
	const on = input.on ?? work.today;
	const days = monthDays(firstMonth(on), on);
	const rows = await readCompared(work, on, days);
	const courses = rows.map((row) => courseOf(row, on));
	const uses = rows.flatMap((row, commune) =>
		// Begun before all that is looked at: it is nobody's control, and there is no year before it.
		row.uses.map(({ kind, begunOn }): Use => ({ commune, kind, at: monthOf(days, begunOn) ?? -1 })),
	);
	const words = await catalogueWords(work, WAYS);
	const found = effectsOf(courses, uses);
	return {
		on,
		months: MONTHS_AFTER,
		communes: rows.length,
		using: rows.filter((row) => row.uses.length > 0).length,
		tested: found.filter(({ lack }) => lack === null).length,
		kinds: found.flatMap((one) => shownKind(one, words) ?? []),
	};
}

/** A kind in its words; one whose words she does not read is not hers to know. */
function shownKind(
	one: KindEffect,
	words: ReadonlyMap<string, { words: string; guidance: string }>,
): KindEffectRow | null {
	const named = words.get(one.kind);
	if (!named) return null;
	return {
		...one,
		...named,
		changed: hundredths(one.changed),
		changedLikes: hundredths(one.changedLikes),
		effect: hundredths(one.effect),
		low: hundredths(one.low),
		high: hundredths(one.high),
		together: one.together.flatMap((kind) => words.get(kind)?.words ?? []),
	};
}

/** One commune before and after the first thing it began, beside the mean of communes like it that began nothing in that time. */
export async function showStrip(work: Work, input: CommuneQuestion) {
	const on = input.on ?? work.today;
	const unit = await requireSupported(work, input, on);
	const begun = await firstBegun(work, unit.id, on);
	return {
		on,
		unit: { unitId: unit.id, code: unit.code, name: unit.name },
		strip: begun === null ? null : await stripOf(work, unit.id, begun, on),
	};
}

/** Only the months that are shown and the communes of the region are read: a chair waits for it. */
async function stripOf(work: Work, unitId: number, begun: Day, on: Day) {
	const first = addMonths(`${begun.slice(0, 7)}-01`, -MONTHS_BEFORE);
	const last = addMonths(`${begun.slice(0, 7)}-01`, MONTHS_SHOWN);
	const days = monthDays(first < FIRST_DAY ? FIRST_DAY : first, last < on ? last : on);
	const rows = await readCompared(work, on, days, await provincesAround(work, unitId, on));
	const commune = rows.findIndex((row) => row.unitId === unitId && row.reads);
	const at = monthOf(days, begun);
	if (commune < 0 || at === null) return null;
	const months = rows.map((row) =>
		row.uses.flatMap(({ begunOn }) => (begunOn < (days[0] as Day) ? [] : (monthOf(days, begunOn) ?? []))),
	);
	const busy = (other: number, from: number, to: number) =>
		(months[other] as number[]).some((month) => month >= from && month <= to);
	const line = stripLine(
		rows.map((row) => courseOf(row, on)),
		busy,
		commune,
		at,
	);
	if (!line) return null;
	return {
		begunOn: begun,
		did: begunWords((rows[commune] as Compared).uses, await catalogueWords(work, WAYS)),
		points: line.points.map(({ month, rate, likes }) => ({
			on: days[month] as Day,
			rate: hundredths(rate),
			likes: hundredths(likes),
		})),
		likes: line.likes,
		changed: hundredths(line.changed),
		changedLikes: hundredths(line.changedLikes),
		months: Math.min(MONTHS_SHOWN, line.points.length - 1 - MONTHS_BEFORE),
	};
}

/** A commune's rate through the months; what was parted by shares is no measurement. */
function courseOf(row: Compared, on: Day): Course {
	const first = row.estimated ? row.members.length : firstKnown(row.members, row.unlisted);
	return {
		province: row.provinceId,
		likes: `${regionOf(row.provinceCode, on)} ${row.urban ? "phường" : "xã"}`,
		women: row.women18,
		rates: row.members.map((members, at) => (at < first ? null : (100 * members) / row.women18)),
	};
}

/** The month on whose first a thing had not begun yet; null before the first of them. */
function monthOf(days: readonly Day[], begunOn: Day): number | null {
	let at = days.length - 1;
	while (at >= 0 && (days[at] as Day) > begunOn) at -= 1;
	return at < 0 ? null : at;
}

/** Seven years are enough, and never before the ledger's own first day. */
function firstMonth(on: Day): Day {
	const sevenBefore = `${Number(on.slice(0, 4)) - 7}-01-01`;
	const from = sevenBefore > FROM ? sevenBefore : FROM;
	return from > on ? FIRST_DAY : from;
}

function hundredths(value: number): number;
function hundredths(value: number | null): number | null;
function hundredths(value: number | null): number | null {
	return value === null ? null : Math.round(100 * value);
}
