import { addDays, type Day } from "../../core/day.ts";
import type { World } from "../members/lives.harness.ts";
import { holders, type Life, type LivedSpell, staysOf } from "../members/lives-recount.harness.ts";

/**
 * What imports do to members reported and not yet named, told a second time: figure by figure and woman by woman, from the rule
 * (R49) and not from the program. It keeps what people reported and what was taken off it, and knows no ledger and no SQL.
 */

export const REFORM: Day = "2025-07-01";

export interface Reported {
	unit: number;
	day: Day;
	count: number;
	overlap: number;
}

/** What an import took off a figure; off what was carried to `place` where that is not the unit itself. */
export interface Taken {
	importId: string;
	unit: number;
	day: Day;
	place: number;
	amount: number;
	overlap: number;
}

export interface NumberedWorld extends World {
	/** Where each commune's figures go on the day of the reform. */
	follows: Map<number, number>;
	reported: Reported[];
	taken: Taken[];
}

/** An import as the rule sees it. */
interface Names {
	id: string;
	unit: number;
	asOf: Day;
	lower: "auto" | "none" | number;
}

/** The unlisted members of a unit on a day: its last figure, or what its predecessors ended with. */
export function unlistedOf(world: NumberedWorld, unit: number, on: Day): { count: number; overlap: number } {
	const own = lastOf(world, unit, on);
	if (own || on < REFORM) return { count: own?.count ?? 0, overlap: own?.overlap ?? 0 };
	const parts = originsOf(world, unit).map((origin) => carried(world, origin, unit));
	return {
		count: parts.reduce((sum, part) => sum + part.count, 0),
		overlap: parts.reduce((sum, part) => sum + part.overlap, 0),
	};
}

const originsOf = (world: NumberedWorld, unit: number): number[] =>
	[...world.follows].filter(([, to]) => to === unit).map(([from]) => from);

function lastOf(world: NumberedWorld, unit: number, on: Day): Reported | undefined {
	const known = world.reported.filter((one) => one.unit === unit && one.day <= on);
	return known.sort((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
}

function carried(world: NumberedWorld, origin: number, place: number): { count: number; overlap: number } {
	const last = lastOf(world, origin, addDays(REFORM, -1));
	const gone = world.taken.filter((one) => one.unit === origin && one.place === place);
	const count = Math.max(0, (last?.count ?? 0) - gone.reduce((sum, one) => sum + one.amount, 0));
	return { count, overlap: Math.min(last?.overlap ?? 0, count) };
}

/** Someone reports a figure; one of the same day is replaced. */
export function report(world: NumberedWorld, figure: Reported): void {
	world.reported = world.reported.filter((one) => one.unit !== figure.unit || one.day !== figure.day);
	world.reported.push(figure);
	world.reported.sort((a, b) => (a.day === b.day ? a.unit - b.unit : a.day < b.day ? -1 : 1));
}

/** The women an import added, each with the membership in which she is counted on each of these days. */
class Added {
	readonly #her: Map<Day, LivedSpell>[];
	readonly #world: NumberedWorld;

	constructor(world: NumberedWorld, belongs: (spell: LivedSpell) => boolean, days: Day[]) {
		this.#world = world;
		this.#her = world.lives
			.filter((life: Life) => life.spells.some(belongs))
			.map((life) => new Map([...holders(life, world.stays, days)].filter(([, spell]) => belongs(spell))));
	}

	/** How many of them a unit counts by name on a day. */
	at(unit: number, day: Day): number {
		return this.#her.filter((on) => {
			const spell = on.get(day);
			const stays = spell ? staysOf(spell, this.#world.stays, day) : [];
			return stays.findLast((stay) => stay.from <= day)?.commune === unit;
		}).length;
	}

	/** For each who stood nowhere on the day of some of these figures and came first to the place, which of them. */
	homeless(figures: { day: Day; place: number }[]): number[][] {
		const fits = this.#her.map((on) =>
			figures.flatMap(({ day, place }, index) => {
				const spell = on.get(day);
				const first = spell && staysOf(spell, this.#world.stays, day)[0];
				return first && first.from > day && first.from >= REFORM && first.commune === place ? [index] : [];
			}),
		);
		const some = fits.filter((each) => each.length > 0);
		return some.sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
	}
}

/** The figures of the commune an import went to, of those it followed and of the one that followed it. */
function lineOf(world: NumberedWorld, unit: number): Reported[] {
	const line = [unit, ...originsOf(world, unit), world.follows.get(unit)];
	return world.reported.filter((one) => line.includes(one.unit));
}

/** What of these arrives at successors: the last figure of each predecessor, unless the successor reported for that very day. */
function arriving(world: NumberedWorld, figures: readonly Reported[]): (Reported & { place: number })[] {
	return figures.flatMap((figure) => {
		const place = world.follows.get(figure.unit);
		if (place === undefined || lastOf(world, figure.unit, addDays(REFORM, -1)) !== figure) return [];
		if (world.reported.some((one) => one.unit === place && one.day === REFORM)) return [];
		return [{ ...figure, place }];
	});
}

/** An import is through, or a late row of it: figures fall by the names. */
export function lower(world: NumberedWorld, names: Names, only?: string): void {
	const figures = lineOf(world, names.unit);
	const belongs = (spell: LivedSpell) => spell.importId === names.id && (only === undefined || spell.id === only);
	const days = figures.map((one) => one.day);
	if (names.lower === "none" || names.lower === 0) return;
	const added = new Added(world, belongs, days);
	if (names.lower === "auto") {
		for (const figure of figures) takeReported(world, names.id, figure, added.at(figure.unit, figure.day));
		takeHomeless(world, names.id, added, arriving(world, figures));
	} else byNumber(world, names, names.lower, added);
}

function byNumber(world: NumberedWorld, { id, unit, asOf }: Names, wanted: number, added: Added): void {
	const before = unlistedOf(world, unit, asOf).count;
	const left = () => wanted - (before - unlistedOf(world, unit, asOf).count);
	const own = lastOf(world, unit, asOf);
	if (own) takeReported(world, id, own, wanted);
	if (own || asOf < REFORM) return;
	const origins = originsOf(world, unit);
	const last = arriving(
		world,
		world.reported.filter((one) => origins.includes(one.unit)),
	);
	for (const { place: _, ...figure } of last) {
		const standing = world.reported.find((one) => one.unit === figure.unit && one.day === figure.day) as Reported;
		takeReported(world, id, standing, Math.min(left(), added.at(figure.unit, figure.day)));
	}
	for (const { unit: origin, day, place } of last)
		take(world, id, { unit: origin, day, place }, Math.min(left(), carried(world, origin, place).count));
}

function takeReported(world: NumberedWorld, importId: string, figure: Reported, women: number): void {
	const amount = Math.min(women, figure.count);
	if (amount <= 0) return;
	figure.count -= amount;
	const overlap = Math.min(figure.overlap, figure.count);
	world.taken.push({
		importId,
		unit: figure.unit,
		day: figure.day,
		place: figure.unit,
		amount,
		overlap: figure.overlap - overlap,
	});
	figure.overlap = overlap;
}

function take(
	world: NumberedWorld,
	importId: string,
	what: { unit: number; day: Day; place: number },
	amount: number,
): void {
	if (amount > 0) world.taken.push({ importId, ...what, amount, overlap: 0 });
}

function takeHomeless(
	world: NumberedWorld,
	importId: string,
	added: Added,
	figures: (Reported & { place: number })[],
): void {
	const most = figures.map(({ unit, place }) => carried(world, unit, place).count);
	for (const [index, amount] of oneByOne(added.homeless(figures), most).entries())
		take(world, importId, figures[index], amount);
}

/** Woman by woman, each out of the first figure that holds her and that anything is left of. */
function oneByOne(women: number[][], most: number[]): number[] {
	const taken = most.map(() => 0);
	for (const fits of women) {
		const figure = fits.find((index) => taken[index] < most[index]);
		if (figure !== undefined) taken[figure] += 1;
	}
	return taken;
}

/** The women an import added are gone but for those who stay: what was taken comes back but for them. */
export function giveBack(world: NumberedWorld, importId: string): void {
	const mine = world.taken.filter((one) => one.importId === importId);
	world.taken = world.taken.filter((one) => one.importId !== importId);
	const figures = arriving(world, world.reported).filter((figure) =>
		mine.some(({ unit, place }) => unit === figure.unit && place === figure.place),
	);
	const days = [...mine.map((one) => one.day), ...figures.map((one) => one.day)];
	const added = new Added(world, (spell) => spell.importId === importId, days);
	for (const one of together(mine.filter(({ unit, place }) => unit === place)))
		putBack(world, one, added.at(one.unit, one.day));
	const most = figures.map(({ unit, place }) =>
		mine.reduce((sum, one) => sum + (one.unit === unit && one.place === place ? one.amount : 0), 0),
	);
	for (const [index, amount] of oneByOne(added.homeless(figures), most).entries())
		take(world, importId, figures[index], amount);
}

/** What an import took off a figure at several times is one. */
function together(mine: readonly Taken[]): Taken[] {
	const groups = Map.groupBy(mine, ({ unit, day }) => `${unit} ${day}`);
	return [...groups.values()].map((each) => ({
		...each[0],
		amount: each.reduce((sum, one) => sum + one.amount, 0),
		overlap: each.reduce((sum, one) => sum + one.overlap, 0),
	}));
}

function putBack(world: NumberedWorld, one: Taken, women: number): void {
	const keep = Math.min(one.amount, women);
	const figure = world.reported.find(({ unit, day }) => unit === one.unit && day === one.day) as Reported;
	figure.count += one.amount - keep;
	const overlap = keep === one.amount ? figure.overlap : Math.min(figure.count, figure.overlap + one.overlap);
	if (keep > 0) world.taken.push({ ...one, amount: keep, overlap: one.overlap - (overlap - figure.overlap) });
	figure.overlap = overlap;
}
