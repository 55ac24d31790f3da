import type { Day } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import { classOf } from "../../core/rate.ts";

/*
 * Which communes are like one (R24), told in words: what is alike and what is not. The order among them comes from a distance that nobody
 * is shown: it would be taken for a mark.
 */

/** What a commune is compared by; null where it is not known. */
export interface Profile {
	urban: boolean;
	region: string;
	provinceId: number;
	women: number;
	branches: number | null;
	/** Parts of a thousand of the members who live there for a time or are away. */
	migration: number | null;
	/** Parts of a thousand of the members whose people is known that are not Kinh. */
	minority: number | null;
	groups: readonly string[];
}

/** The counts of calc.communes_compared that traits are made of. */
export interface Counted {
	branches: number | null;
	roster: number | null;
	temporary: number | null;
	away: number | null;
	minority: number | null;
	peoples_known: number | null;
}

/** The share of members who are on the move, and of peoples; a share of few says nothing. */
export function traitsOf(counted: Counted): Pick<Profile, "branches" | "migration" | "minority"> {
	const { branches, roster, temporary, away, minority, peoples_known: known } = counted;
	const part = (of: number, whole: number) => Math.round((1000 * of) / whole);
	return {
		branches: branches === null || branches === 0 ? null : branches,
		migration: roster === null || roster < 30 ? null : part((temporary ?? 0) + (away ?? 0), roster),
		// Known of half of them, and of thirty: else it is the people of those who happened to be asked.
		minority: known === null || roster === null || known < 30 || 2 * known < roster ? null : part(minority ?? 0, known),
	};
}

/** A commune's members on some days, in their order. */
export interface Path {
	women: number;
	members: readonly number[];
}

/** Where it passed 60 % for good: the first point from which it is over to the last; null for one that is not over, or always was. */
export function crossedAt({ women, members }: Path): number | null {
	let at = members.length;
	while (at > 0 && classOf(members[at - 1] as number, women) === "over") at -= 1;
	return at === members.length || at === 0 ? null : at;
}

/** The point before it crossed at which it stood nearest to a rate, the latest of several: from there its way is like the other's. */
export function startedAt({ women, members }: Path, crossed: number, mine: { members: number; women: number }): number {
	// Hundredths of a per cent, so that whole numbers are compared.
	const rate = (m: number, w: number) => Math.round((10_000 * m) / w);
	const wanted = rate(mine.members, mine.women);
	let [best, nearest] = [crossed - 1, Number.POSITIVE_INFINITY];
	for (let at = 0; at < crossed; at += 1) {
		const off = Math.abs(rate(members[at] as number, women) - wanted);
		if (off <= nearest && (members[at] as number) > 0) [best, nearest] = [at, off];
	}
	return best;
}

/** A point of a path that is compared with another's rate. */
export interface Start {
	members: number;
	women: number;
}

/** Beyond these another commune is no longer called like it: twice its size, five points of a per cent. */
const MOST_TIMES = 2;
const MOST_POINTS = 500;

const hundredths = ({ members, women }: Start) => Math.round((10_000 * members) / women);

/** How far two are apart, for the order alone; null where they are not alike: another kind of place, size or starting rate. */
export function distance(mine: Profile, other: Profile, start: Start, theirs: Start): number | null {
	const [small, large] = [Math.min(mine.women, other.women), Math.max(mine.women, other.women)];
	const points = Math.abs(hundredths(start) - hundredths(theirs));
	if (mine.urban !== other.urban || large > MOST_TIMES * small || points > MOST_POINTS) return null;
	const square = (value: number) => value * value;
	const ratio = (a: number, b: number) => Math.log(a / b) / Math.log(1.5);
	let sum = square(ratio(mine.women, other.women)) + square(points / 300);
	sum += mine.provinceId === other.provinceId ? 0 : mine.region === other.region ? 0.5 : 1.5;
	sum +=
		mine.branches && other.branches
			? 0.5 * square(ratio(mine.women / mine.branches, other.women / other.branches))
			: UNKNOWN;
	sum +=
		mine.migration !== null && other.migration !== null ? square((mine.migration - other.migration) / 100) : UNKNOWN;
	sum += mine.minority !== null && other.minority !== null ? square((mine.minority - other.minority) / 200) : UNKNOWN;
	const shared = mine.groups.filter((group) => other.groups.includes(group)).length;
	const either = new Set([...mine.groups, ...other.groups]).size;
	return sum + (either === 0 ? UNKNOWN : 1 - shared / either);
}

/** What is not known stands between alike and unlike. */
const UNKNOWN = 0.25;

/** What is alike and what is not, as a chair says it. */
export interface Likeness {
	like: string[];
	unlike: string[];
}

/** The distance in words. `groupWords`: the groups' own words. */
export function likenessOf(
	mine: Profile,
	other: Profile,
	start: Start,
	theirs: Start,
	groupWords: ReadonlyMap<string, string>,
): Likeness {
	const found: Likeness = { like: [], unlike: [] };
	const say = (isLike: boolean, like: string, unlike: string) =>
		isLike ? found.like.push(like) : found.unlike.push(unlike);
	found.like.push(other.urban ? "cùng là phường, thị trấn" : "cùng là xã");
	if (mine.provinceId === other.provinceId) found.like.push("cùng tỉnh, thành phố");
	else
		say(
			mine.region !== "" && mine.region === other.region,
			"cùng vùng",
			other.region === "" ? "khác vùng" : `vùng ${other.region}`,
		);
	const size = `${displayNumber(other.women)} phụ nữ từ 18 tuổi trở lên, ở đây ${displayNumber(mine.women)}`;
	const isNear = (a: number, b: number, times: number) => Math.max(a, b) <= times * Math.min(a, b);
	say(
		isNear(mine.women, other.women, 1.3),
		`quy mô gần bằng nhau (${size})`,
		`${other.women > mine.women ? "lớn hơn" : "nhỏ hơn"} (${size})`,
	);
	const [here, there] = [hundredths(start), hundredths(theirs)];
	say(
		Math.abs(here - there) <= 200,
		`xuất phát từ ${percentWords(there)}, ở đây ${percentWords(here)}`,
		`xuất phát ${there > here ? "cao hơn" : "thấp hơn"}: ${percentWords(there)}, ở đây ${percentWords(here)}`,
	);
	if (mine.branches && other.branches) {
		const [a, b] = [Math.round(mine.women / mine.branches), Math.round(other.women / other.branches)];
		const each = `${displayNumber(b)} phụ nữ một chi hội, ở đây ${displayNumber(a)}`;
		say(
			isNear(a, b, 1.5),
			`chi hội cỡ tương đương (${each})`,
			`chi hội ${b > a ? "đông hơn" : "ít người hơn"} (${each})`,
		);
	}
	if (mine.migration !== null && other.migration !== null)
		say(
			Math.abs(mine.migration - other.migration) <= 100,
			"tỷ lệ hội viên tạm trú, đi làm ăn xa gần nhau",
			`hội viên tạm trú, đi làm ăn xa ${other.migration > mine.migration ? "nhiều hơn" : "ít hơn"}`,
		);
	// Of a sensitive kind: never a number, and nothing of it where they differ.
	if (mine.minority !== null && other.minority !== null && Math.abs(mine.minority - other.minority) <= 200)
		found.like.push("cơ cấu dân tộc gần nhau");
	const words = (codes: readonly string[]) =>
		codes.map((code) => (groupWords.get(code) ?? code).toLowerCase()).join(", ");
	const shared = mine.groups.filter((group) => other.groups.includes(group));
	if (shared.length > 0) found.like.push(`cùng nhóm khó tập hợp: ${words(shared)}`);
	return found;
}

/** "57,31%" from hundredths of a per cent. */
function percentWords(value: number): string {
	return `${Math.floor(value / 100)},${String(value % 100).padStart(2, "0")}%`;
}

/** The half-years over which paths are looked at, from the term's first year on, and the day itself; the figures are those before each day began. */
export function pathDays(first: Day, on: Day): Day[] {
	const days: Day[] = [];
	for (let year = Number(first.slice(0, 4)); year <= Number(on.slice(0, 4)); year += 1)
		for (const day of [`${year}-01-01`, `${year}-07-01`]) if (day >= first && day < on) days.push(day);
	return [...days, on];
}

/** The middle of some numbers, the lower of two; null of none. */
export function middleOf(values: readonly number[]): number | null {
	return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null;
}
