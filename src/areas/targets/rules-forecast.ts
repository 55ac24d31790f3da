import { addDays, type Day, epochDays } from "../../core/day.ts";

/*
 * The forecast to the end of a period (R14, R15): the net change of half-years, by season. Sums and counts are whole numbers; a rate
 * (net ÷ members at the start) and a residual (error ÷ members at the start) are doubles, and what is told is rounded to whole members
 * once, at the end. The same figures give the same forecast, whoever asks.
 */

/** A half-year that is wholly behind a unit: members when it began, and what came on top by its end. */
export interface Step {
	size: number;
	net: number;
}

/** A unit's half-years in the order of time; null where it had no figure yet, or figures were opened in it. */
export interface History {
	key: string;
	/** The units it is compared with: communes of one province, phường apart from xã; a unit above the communes has only itself. */
	likes: string;
	steps: readonly (Step | null)[];
	/** The members from which the forecast starts. */
	now: number;
}

/** A stretch of the time ahead: which half of a year, and how much of it. */
export interface Stretch {
	season: 0 | 1;
	part: number;
}

/** What is expected to come on top; `low` and `high` (about four times in five between them) are null where too little could be tested. */
export interface Forecast {
	net: number;
	low: number | null;
	high: number | null;
}

/** Years forecast from the years before them, against what came: errors in members and as parts of a million of the members. */
export interface Check {
	years: number[];
	/** The unit's own years: how many, and the median of |error|. */
	own: Map<string, { tested: number; median: number }>;
	/** All units together; `covered`: how often the year lay within the interval, of `judged` that had one. */
	tested: number;
	median: number;
	medianPerMillion: number;
	covered: number;
	judged: number;
}

/** How many half-years the likes weigh beside a unit's own; see docs/decisions.md for what was compared. */
const LIKES_WEIGH = 1;
/** Rates are taken from the last two years, each season twice. */
const LOOK_BACK = 4;
/** Below a year of its own a unit has no forecast. */
const LEAST_STEPS = 2;
/** An interval rests on at least so many tests. */
const LEAST_TESTS = 4;

/** The first days of half-years from the day figures are kept to `on`: before each of them one half-year ends. */
export function halfYearDays(first: Day, on: Day): Day[] {
	const days: Day[] = [];
	for (let year = Number(first.slice(0, 4)); year <= Number(on.slice(0, 4)); year += 1)
		for (const day of [`${year}-01-01`, `${year}-07-01`]) if (day >= first && day <= on) days.push(day);
	return days;
}

/** From which of a line's days on its members can be compared: it has figures, and what has no names was opened (R49); the length where never. */
export function firstKnown(members: readonly number[], unlisted: readonly number[]): number {
	let first = members.findIndex((n) => n > 0);
	if (first < 0) first = members.length;
	for (let at = first; at + 1 < unlisted.length; at += 1)
		if ((unlisted[at] as number) === 0 && (unlisted[at + 1] as number) > 0) first = at + 1;
	return first;
}

/** What happened between the days of a line; nothing before it can be compared. */
export function stepsOf(members: readonly number[], unlisted: readonly number[]): (Step | null)[] {
	const first = firstKnown(members, unlisted);
	return members.slice(1).map((after, at) => {
		const size = members[at] as number;
		return at < first || size <= 0 ? null : { size, net: after - size };
	});
}

/** The half-years of several units together, each with those that have one. */
export function addSteps(all: readonly (readonly (Step | null)[])[]): (Step | null)[] {
	const length = Math.max(0, ...all.map((steps) => steps.length));
	return Array.from({ length }, (_, at) => {
		let [size, net] = [0, 0];
		for (const steps of all) {
			size += steps[at]?.size ?? 0;
			net += steps[at]?.net ?? 0;
		}
		return size === 0 ? null : { size, net };
	});
}

/** The half-years from a day (after it ended) to the end of the period, the first and last in part. */
export function stretchesAhead(on: Day, end: Day): Stretch[] {
	const stretches: Stretch[] = [];
	let from = addDays(on, 1);
	while (from < end) {
		const [year, second] = [Number(from.slice(0, 4)), from.slice(5, 7) >= "07"];
		const [start, next] = second ? [`${year}-07-01`, `${year + 1}-01-01`] : [`${year}-01-01`, `${year}-07-01`];
		const upto = next < end ? next : end;
		const whole = epochDays(next) - epochDays(start);
		stretches.push({ season: second ? 1 : 0, part: (epochDays(upto) - epochDays(from)) / whole });
		from = upto;
	}
	return stretches;
}

interface Sums {
	net: number;
	size: number;
	count: number;
}

/** What a season brought in the years before a step: of one unit, or of its likes. */
function seasonBefore(steps: readonly (Step | null)[], season: number, firstSeason: number, origin: number): Sums {
	const sums = { net: 0, size: 0, count: 0 };
	for (let at = Math.max(0, origin - LOOK_BACK); at < origin; at += 1) {
		const step = steps[at];
		if (!step || (at + firstSeason) % 2 !== season) continue;
		sums.net += step.net;
		sums.size += step.size;
		sums.count += 1;
	}
	return sums;
}

/** The rates of the two seasons seen from a step: the unit's own, drawn towards its likes'; null with less than a year behind it. */
type RatesAt = (history: History, origin: number) => readonly [number, number] | null;

function ratesBy(histories: readonly History[], firstSeason: number): RatesAt {
	const together = new Map(
		[...Map.groupBy(histories, (one) => one.likes)].map(([likes, of]) => [likes, addSteps(of.map((one) => one.steps))]),
	);
	return ({ steps, likes }, origin) => {
		const rates = [0, 1].map((season) => {
			const own = seasonBefore(steps, season, firstSeason, origin);
			const all = seasonBefore(together.get(likes) ?? [], season, firstSeason, origin);
			if (own.count === 0) return null;
			return (own.count * (own.net / own.size) + LIKES_WEIGH * (all.net / all.size)) / (own.count + LIKES_WEIGH);
		});
		const [first, second] = rates;
		return typeof first === "number" && typeof second === "number" ? [first, second] : null;
	};
}

/** A forecast made in the past, and by how much it was off, as a part of the members it started from. */
interface Trial {
	history: History;
	origin: number;
	size: number;
	residual: number;
}

/** Every forecast over `horizon` half-years that could have been made and whose end is known. */
function trialsOf(histories: readonly History[], ratesAt: RatesAt, firstSeason: number, horizon: number): Trial[] {
	const trials: Trial[] = [];
	for (const history of histories) {
		for (let origin = LEAST_STEPS; origin + horizon <= history.steps.length; origin += 1) {
			const ahead = history.steps.slice(origin, origin + horizon);
			const rates = ahead.includes(null) ? null : ratesAt(history, origin);
			if (!rates) continue;
			const { size } = ahead[0] as Step;
			let [came, expected] = [0, 0];
			for (const [at, step] of ahead.entries()) {
				came += (step as Step).net;
				expected += size * (rates[(origin + at + firstSeason) % 2] as number);
			}
			trials.push({ history, origin, size, residual: (came - expected) / size });
		}
	}
	return trials;
}

/** The value below which `tenths` tenths of them lie, of values in order; by rank, never between two. */
function tenth(values: readonly number[], tenths: number): number {
	const rank = Math.ceil((tenths * (values.length + 1)) / 10) - 1;
	return values[Math.min(values.length - 1, Math.max(0, rank))] as number;
}

function medianOf(values: number[]): number {
	const ordered = values.toSorted((a, b) => a - b);
	return ordered.length === 0 ? 0 : (ordered[Math.floor((ordered.length - 1) / 2)] as number);
}

/** How far off each unit's likes were, a tenth too low and a tenth too high, and how much more or less than they it usually is itself. */
function bandsOf(trials: readonly Trial[]): (history: History) => readonly [number, number] | null {
	const pools = new Map<string, { mean: number; scaled: number[] }>();
	const own = Map.groupBy(trials, ({ history }) => history.key);
	const scaleOf = (key: string, mean: number) => {
		const mine = own.get(key) ?? [];
		const sum = mine.reduce((total, { residual }) => total + Math.abs(residual), 0);
		return mean === 0 ? 1 : (sum + LIKES_WEIGH * mean) / (mine.length + LIKES_WEIGH) / mean;
	};
	for (const [likes, of] of Map.groupBy(trials, ({ history }) => history.likes)) {
		if (of.length < LEAST_TESTS) continue;
		const mean = of.reduce((total, { residual }) => total + Math.abs(residual), 0) / of.length;
		const scaled = of.map(({ history, residual }) => residual / scaleOf(history.key, mean)).sort((a, b) => a - b);
		pools.set(likes, { mean, scaled });
	}
	return ({ key, likes }) => {
		const pool = pools.get(likes);
		if (!pool) return null;
		const scale = scaleOf(key, pool.mean);
		return [Math.min(0, tenth(pool.scaled, 1)) * scale, Math.max(0, tenth(pool.scaled, 9)) * scale];
	};
}

/**
 * What is expected of each unit to the end; a unit without a forecast is not in the answer. `firstSeason`: the half of the year of the
 * first step. Where the time ahead is longer than what could be tested, the interval of the longest tested stretch is widened in proportion.
 */
export function forecastAll(
	histories: readonly History[],
	stretches: readonly Stretch[],
	firstSeason: 0 | 1,
): Map<string, Forecast> {
	const ratesAt = ratesBy(histories, firstSeason);
	const ahead = stretches.reduce((sum, { part }) => sum + part, 0);
	const bands = new Map<string, (history: History) => readonly [number, number] | null>();
	const found = new Map<string, Forecast>();
	for (const [likes, of] of Map.groupBy(histories, (one) => one.likes)) {
		for (let horizon = Math.max(1, Math.ceil(ahead)); horizon > 0 && !bands.has(likes); horizon -= 1) {
			const trials = trialsOf(of, ratesAt, firstSeason, horizon);
			if (trials.length < LEAST_TESTS) continue;
			const band = bandsOf(trials);
			const widen = Math.max(1, ahead / horizon);
			bands.set(likes, (history) => {
				const range = band(history);
				return range && [range[0] * widen, range[1] * widen];
			});
		}
		for (const history of of) {
			const rates = ratesAt(history, history.steps.length);
			if (!rates) continue;
			const rate = stretches.reduce((sum, { season, part }) => sum + part * rates[season], 0);
			const net = Math.max(-history.now, Math.round(history.now * rate));
			const range = bands.get(likes)?.(history) ?? null;
			found.set(history.key, {
				net,
				low: range && Math.max(-history.now, Math.min(net, Math.floor(history.now * (rate + range[0])))),
				high: range && Math.max(net, Math.ceil(history.now * (rate + range[1]))),
			});
		}
	}
	return found;
}

/**
 * The forecast tried on years that are over: each from nothing but the half-years before it, its interval from nothing but tests that had
 * ended by then. `days` are those of {@link halfYearDays}.
 */
export function checkYears(histories: readonly History[], days: readonly Day[]): Check {
	const firstSeason = days[0]?.slice(5, 7) === "07" ? 1 : 0;
	const ratesAt = ratesBy(histories, firstSeason);
	const trials = trialsOf(histories, ratesAt, firstSeason, 2);
	const years = trials.filter(({ origin }) => days[origin]?.slice(5) === "01-01");
	const off = ({ residual, size }: Trial) => Math.abs(Math.round(residual * size));
	let [covered, judged] = [0, 0];
	for (const [origin, of] of Map.groupBy(years, (one) => one.origin)) {
		const band = bandsOf(trials.filter((one) => one.origin + 2 <= origin));
		for (const { history, residual } of of) {
			const range = band(history);
			if (!range) continue;
			judged += 1;
			if (residual >= range[0] && residual <= range[1]) covered += 1;
		}
	}
	const own = [...Map.groupBy(years, ({ history }) => history.key)].map(
		([key, of]) => [key, { tested: of.length, median: medianOf(of.map(off)) }] as const,
	);
	return {
		years: [...new Set(years.map(({ origin }) => Number(days[origin]?.slice(0, 4))))].sort(),
		own: new Map(own),
		tested: years.length,
		median: medianOf(years.map(off)),
		medianPerMillion: Math.round(1_000_000 * medianOf(years.map(({ residual }) => Math.abs(residual)))),
		covered,
		judged,
	};
}
