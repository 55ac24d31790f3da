/*
 * Communes like another one at the time it began something (R24): of its region and kind of place, with nearly its rate, its change of the
 * last quarter and of the last year, and its size. A commune that takes up a solution because its rate is low or just fell would have risen
 * a little without it, too; so would the ones it is compared with, because they had fallen as well.
 */

/** The months looked at before something began, and after it. */
export const MONTHS_BEFORE = 12;
export const MONTHS_AFTER = 12;
const RECENT = 3;

/** A commune through the months: its rate in per cent on the first of each, null where it had no figure or figures were opened (R49). */
export interface Course {
	province: number;
	/** Region and kind of place: only within it is a commune compared. */
	likes: string;
	women: number;
	rates: readonly (number | null)[];
}

/** A commune's year before a month and the change in the year after it; `x` is what the change is expected from. */
export interface Span {
	commune: number;
	at: number;
	start: number;
	recent: number;
	year: number;
	size: number;
	x: readonly number[];
	change: number;
}

/** How far two communes may be apart, each by itself: points of a per cent, and the logarithm of one and a half times the women. */
export const CALIPER = { start: 3, recent: 1, year: 2, size: Math.log(1.5) } as const;
/** Another province counts like so much of a caliper, squared: what a province does, it does to its own. */
const OTHER_PROVINCE = 1;
/** So many are kept in hand for each. */
const NEAREST = 24;

/** The span of a commune around a month, where it has a figure on every month that is needed; `after`: how many of them afterwards. */
export function spanOf(courses: readonly Course[], commune: number, at: number, after = MONTHS_AFTER): Span | null {
	const { rates, women } = courses[commune] as Course;
	if (at < MONTHS_BEFORE || at + after >= rates.length) return null;
	let sum = 0;
	for (let month = at - MONTHS_BEFORE; month <= at + after; month += 1) {
		const rate = rates[month];
		if (rate === null || rate === undefined) return null;
		if (month < at) sum += rate;
	}
	const rate = (month: number) => rates[month] as number;
	const start = rate(at);
	const [recent, year, size] = [start - rate(at - RECENT), start - rate(at - MONTHS_BEFORE), Math.log(women)];
	const lately = start - rate(at - 1);
	return {
		commune,
		at,
		start,
		recent,
		year,
		size,
		x: [start, lately, recent, start - rate(at - 6), year, start - sum / MONTHS_BEFORE, size],
		change: rate(at + after) - start,
	};
}

/** How far two are apart, in calipers squared and added; null where one of them is too far. */
export function apart(a: Span, b: Span): number | null {
	let sum = 0;
	for (const key of ["start", "recent", "year", "size"] as const) {
		const part = (a[key] - b[key]) / CALIPER[key];
		if (part > 1 || part < -1) return null;
		sum += part * part;
	}
	return sum;
}

/** One that began something, beside those like it that did not. */
export interface MatchedSet {
	treated: Span;
	controls: Span[];
}

/** The controls of a month, by region and kind of place, in the order of their rate. */
export class Pool {
	private readonly courses: readonly Course[];
	private readonly byLikes: Map<string, number[]>;
	private readonly sorted = new Map<string, Span[]>();

	private readonly after: number;

	constructor(courses: readonly Course[], after = MONTHS_AFTER) {
		this.courses = courses;
		this.after = after;
		this.byLikes = Map.groupBy(courses.keys(), (at) => (courses[at] as Course).likes) as Map<string, number[]>;
	}

	/** The nearest ones within all calipers, of those `allowed`; `more` is added to how far one is apart. */
	nearest(
		treated: Span,
		allowed: (commune: number) => boolean,
		more: (control: Span) => number,
	): { span: Span; distance: number }[] {
		const { likes, province } = this.courses[treated.commune] as Course;
		const spans = this.of(likes, treated.at);
		const found: { span: Span; distance: number }[] = [];
		for (let at = firstFrom(spans, treated.start - CALIPER.start); at < spans.length; at += 1) {
			const span = spans[at] as Span;
			if (span.start > treated.start + CALIPER.start) break;
			if (span.commune === treated.commune) continue;
			const near = apart(treated, span);
			if (near === null || !allowed(span.commune)) continue;
			const away = (this.courses[span.commune] as Course).province === province ? 0 : OTHER_PROVINCE;
			found.push({ span, distance: near + away + more(span) });
		}
		return found.sort((a, b) => a.distance - b.distance || a.span.commune - b.span.commune).slice(0, NEAREST);
	}

	private of(likes: string, at: number): Span[] {
		const key = `${at} ${likes}`;
		const known = this.sorted.get(key);
		if (known) return known;
		const spans = (this.byLikes.get(likes) ?? [])
			.flatMap((commune) => spanOf(this.courses, commune, at, this.after) ?? [])
			.sort((a, b) => a.start - b.start || a.commune - b.commune);
		this.sorted.set(key, spans);
		return spans;
	}
}

function firstFrom(spans: readonly Span[], start: number): number {
	let [low, high] = [0, spans.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((spans[middle] as Span).start < start) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Each gets its nearest before any gets a second; a control stands beside one only, or it would witness twice. */
export function pairUp(
	wanted: readonly { treated: Span; nearest: readonly { span: Span; distance: number }[] }[],
	most: number,
): MatchedSet[] {
	const sets = wanted.map(({ treated }): MatchedSet => ({ treated, controls: [] }));
	const pairs = wanted
		.flatMap(({ nearest }, set) => nearest.map(({ span, distance }) => ({ set, span, distance })))
		.sort((a, b) => a.distance - b.distance || a.set - b.set || a.span.commune - b.span.commune);
	const taken = new Set<number>();
	for (let round = 1; round <= most; round += 1)
		for (const { set, span } of pairs) {
			const { controls } = sets[set] as MatchedSet;
			if (controls.length >= round || taken.has(span.commune)) continue;
			controls.push(span);
			taken.add(span.commune);
		}
	return sets.filter(({ controls }) => controls.length > 0);
}
