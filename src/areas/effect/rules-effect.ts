import { holm, type ProvinceSum, testSigns } from "./rules-chance.ts";
import { type Course, type MatchedSet, MONTHS_AFTER, Pool, pairUp, type Span, spanOf } from "./rules-matching.ts";
import { fit, type Observation } from "./rules-regression.ts";

/*
 * What a kind of solution or model did to the rate (R17, R24): the change over a year of the communes that began it against that of communes
 * like them that did not (rules-matching.ts), less what their history and the other kinds they began in that time let expect
 * (rules-regression.ts), with an interval by province and a correction for how many kinds are looked at (rules-chance.ts).
 * docs/decisions.md has how often it errs where nothing was there to be found.
 */

/** A commune began a kind; `at` is the month on whose first it had not begun yet: the last first of a month up to the day. */
export interface Use {
	commune: number;
	kind: string;
	at: number;
}

/** Why nothing is said: too few communes, too few provinces, or too few of them have one like them. */
export type Lack = "communes" | "provinces" | "likes";

/** What is known of a kind; in points of a per cent. */
export interface KindEffect {
	kind: string;
	/** Communes that began it, those of them with a year before and after, those with at least one like them, and the provinces of the latter. */
	used: number;
	followed: number;
	matched: number;
	provinces: number;
	controls: number;
	/** The mean change of the matched ones and of those they are compared with: what happened, not what the kind did. */
	changed: number | null;
	changedLikes: number | null;
	lack: Lack | null;
	/** The difference that is left, its 95 % interval, and whether it stands out among all kinds looked at. */
	effect: number | null;
	low: number | null;
	high: number | null;
	verdict: "higher" | "lower" | "unclear" | null;
	/** Kinds that nearly always began with it: what is said is said of them together. */
	together: string[];
}

/** Fewer are a story, not a finding. */
export const LEAST_MATCHED = 15;
export const LEAST_PROVINCES = 8;
/** One in two must have a commune like it, or the others are another country. */
const LEAST_SHARE = 0.5;
const MOST_CONTROLS = 3;
/** Stricter than the one in twenty that is allowed, because matching is never perfect: docs/decisions.md has what comes of it. */
const LEVEL = 0.02;
/** Other kinds begun so many months before are still at work. */
const STILL_NEW = 12;
/** Of ten uses so many go with the other kind. */
const TOGETHER = 0.9;
/** A control that began another set of kinds counts as so much farther for each. */
const OTHER_KIND = 0.25;

/** The effect of every kind that somebody began, in the order of their names; the same arrays and seed give the same answer. */
export function effectsOf(courses: readonly Course[], uses: readonly Use[], seed = 1): KindEffect[] {
	const kinds = [...new Set(uses.map(({ kind }) => kind))].sort();
	const begun = firstUses(uses);
	const pool = new Pool(courses);
	const columns = new Map(kinds.map((kind, at) => [kind, at]));
	const others = (span: Span, except: string) => kindsIn(begun.get(span.commune), span.at, except);
	const made = kinds.map((kind) => {
		const of = [...begun].flatMap(([commune, starts]) => {
			const at = starts.get(kind);
			return at === undefined ? [] : [{ commune, at }];
		});
		const followed = of.flatMap(({ commune, at }) => spanOf(courses, commune, at) ?? []);
		const wanted = followed.map((treated) => {
			const own = others(treated, kind);
			return {
				treated,
				nearest: pool.nearest(
					treated,
					(commune) => (begun.get(commune)?.get(kind) ?? Number.POSITIVE_INFINITY) > treated.at + MONTHS_AFTER,
					(control) => OTHER_KIND * differing(own, others(control, kind)),
				),
			};
		});
		return { kind, used: of.length, followed, wanted, sets: pairUp(wanted, MOST_CONTROLS) };
	});
	const weights = fit(observations(made, begun, columns), HISTORY + kinds.length);
	const found = made.map((one) => {
		const left = one.sets.map((set) => residual(set, one.kind, weights, begun, columns));
		return describe(one, left, courses, begun, seed);
	});
	const tested = found.filter(({ lack }) => lack === null);
	const corrected = holm(tested.map(({ chance }) => chance));
	for (const [at, one] of tested.entries())
		one.verdict = (corrected[at] as number) >= LEVEL ? "unclear" : (one.effect as number) > 0 ? "higher" : "lower";
	return found.map(({ chance: _, ...one }) => one);
}

/** When each commune first began each kind. */
function firstUses(uses: readonly Use[]): Map<number, Map<string, number>> {
	const begun = new Map<number, Map<string, number>>();
	for (const { commune, kind, at } of uses) {
		const starts = begun.get(commune) ?? new Map<string, number>();
		starts.set(kind, Math.min(at, starts.get(kind) ?? at));
		begun.set(commune, starts);
	}
	return begun;
}

/** The kinds a commune began shortly before a month or in the year after it. */
function kindsIn(starts: ReadonlyMap<string, number> | undefined, at: number, except: string): string[] {
	return [...(starts ?? [])].flatMap(([kind, from]) =>
		kind !== except && from >= at - STILL_NEW && from < at + MONTHS_AFTER ? [kind] : [],
	);
}

function differing(a: readonly string[], b: readonly string[]): number {
	return a.filter((kind) => !b.includes(kind)).length + b.filter((kind) => !a.includes(kind)).length;
}

interface Made {
	kind: string;
	used: number;
	followed: Span[];
	wanted: { treated: Span; nearest: { span: Span }[] }[];
	sets: MatchedSet[];
}

/** How many numbers of its history a span has. */
const HISTORY = 7;

/** Every span that is looked at, once: its history and the kinds it began. */
function observations(
	made: readonly Made[],
	begun: ReadonlyMap<number, ReadonlyMap<string, number>>,
	columns: ReadonlyMap<string, number>,
): Observation[] {
	const seen = new Map<string, Observation>();
	for (const { wanted } of made)
		for (const { treated, nearest } of wanted)
			for (const span of [treated, ...nearest.map((one) => one.span)]) {
				const key = `${span.commune} ${span.at}`;
				if (seen.has(key)) continue;
				const flags = new Array<number>(columns.size).fill(0);
				for (const kind of kindsIn(begun.get(span.commune), span.at, "")) flags[columns.get(kind) as number] = 1;
				seen.set(key, { group: span.at, x: [...span.x, ...flags], y: span.change });
			}
	return [...seen.values()];
}

/** What is left of the difference of a set when what history and the other kinds let expect is taken from it. */
function residual(
	{ treated, controls }: MatchedSet,
	kind: string,
	weights: readonly number[],
	begun: ReadonlyMap<number, ReadonlyMap<string, number>>,
	columns: ReadonlyMap<string, number>,
): number {
	const rest = (span: Span) => {
		let left = span.change;
		for (const [at, value] of span.x.entries()) left -= value * (weights[at] as number);
		for (const other of kindsIn(begun.get(span.commune), span.at, kind))
			left -= weights[HISTORY + (columns.get(other) as number)] as number;
		return left;
	};
	return rest(treated) - controls.reduce((sum, control) => sum + rest(control), 0) / controls.length;
}

function describe(
	{ kind, used, followed, sets }: Made,
	left: readonly number[],
	courses: readonly Course[],
	begun: ReadonlyMap<number, ReadonlyMap<string, number>>,
	seed: number,
): KindEffect & { chance: number } {
	const provinces = new Map<number, ProvinceSum>();
	for (const [at, { treated }] of sets.entries()) {
		const { province } = courses[treated.commune] as Course;
		const one = provinces.get(province) ?? { sum: 0, count: 0 };
		provinces.set(province, { sum: one.sum + (left[at] as number), count: one.count + 1 });
	}
	const mean = (changes: readonly number[]) =>
		changes.length === 0 ? null : changes.reduce((sum, one) => sum + one, 0) / changes.length;
	const lack: Lack | null =
		followed.length < LEAST_MATCHED
			? "communes"
			: sets.length < Math.max(LEAST_MATCHED, LEAST_SHARE * followed.length)
				? "likes"
				: provinces.size < LEAST_PROVINCES
					? "provinces"
					: null;
	const ordered = [...provinces].sort(([a], [b]) => a - b).map(([, one]) => one);
	const tested = lack === null ? testSigns(ordered, seed) : null;
	return {
		kind,
		used,
		followed: followed.length,
		matched: sets.length,
		provinces: provinces.size,
		controls: sets.reduce((sum, { controls }) => sum + controls.length, 0),
		changed: mean(sets.map(({ treated }) => treated.change)),
		changedLikes: mean(sets.map(({ controls }) => mean(controls.map(({ change }) => change)) as number)),
		lack,
		effect: tested?.mean ?? null,
		low: tested?.low ?? null,
		high: tested?.high ?? null,
		verdict: null,
		chance: tested?.chance ?? 1,
		together: goesWith(kind, followed, begun),
	};
}

/** The kinds that nearly everyone who began this one began within the same months. */
function goesWith(
	kind: string,
	followed: readonly Span[],
	begun: ReadonlyMap<number, ReadonlyMap<string, number>>,
): string[] {
	const times = new Map<string, number>();
	for (const { commune, at } of followed)
		for (const other of kindsIn(begun.get(commune), at, kind)) times.set(other, (times.get(other) ?? 0) + 1);
	return [...times].flatMap(([other, n]) => (n >= TOGETHER * followed.length ? [other] : [])).sort();
}
