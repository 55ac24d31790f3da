import { DOCUMENT_LEVELS, type DocumentLevel } from "../areas/documents/rules-kinds.ts";
import { RATE_LISTS, type RateList } from "../areas/gathering/rules-lists.ts";
import { type CaseState, STATES } from "../areas/support/rules-kinds.ts";
import { TARGET_KINDS, type TargetKind } from "../areas/targets/rules-kinds.ts";
import { type Day, isDay } from "../core/day.ts";

/** What stands in an address after `?`, before anyone has looked at it. */
export type RawSearch = Record<string, unknown>;

/** The first day of which figures are kept (R37). */
export const EARLIEST: Day = "2017-01-01";

/** The last day that may be asked about: 31 December of next year. */
export function latestDay(today: Day): Day {
	return `${Number(today.slice(0, 4)) + 1}-12-31`;
}

/** A day in the address; anything else is as if it were not there. */
export function dayIn(raw: RawSearch, key: string): Day | undefined {
	const value = raw[key];
	return typeof value === "string" && isDay(value) && value >= EARLIEST ? value : undefined;
}

/** An internal id in the address. */
export function idIn(raw: RawSearch, key: string): number | undefined {
	const value = Number(raw[key]);
	return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** One of some words in the address. */
export function wordIn<Word extends string>(raw: RawSearch, key: string, words: readonly Word[]): Word | undefined {
	return words.find((word) => word === raw[key]);
}

/** Text she typed, kept in the address; nothing when empty. A text of digits alone comes back from the address as a number. */
export function textIn(raw: RawSearch, key: string): string | undefined {
	const value = raw[key];
	const text = typeof value === "number" ? String(value) : value;
	return typeof text === "string" && text.trim() !== "" ? text.slice(0, 100) : undefined;
}

/** A switch in the address: there and true, or not there. */
export function flagIn(raw: RawSearch, key: string): true | undefined {
	return raw[key] === true ? true : undefined;
}

/** What the address of the registry keeps: the day, and whether the whole country is shown. */
export type UnitsSearch = { on?: Day; whole?: true };
export type DaySearch = { on?: Day };

/** By what a list of rates is sorted, descending with a minus; none: by rate, the lowest first. */
export const RATE_SORTS = [
	"name",
	"members",
	"women18",
	"missing",
	"-name",
	"-members",
	"-women18",
	"-rate",
	"-missing",
] as const;
export type RateSort = (typeof RATE_SORTS)[number];

/** The rates page: the day, the day whose units it is read under (none: its own), the unit at its root, the list (none: the tree) with its search, and whose *Cách tính* is open. */
export type RatesSearch = {
	on?: Day;
	map?: Day;
	unit?: number;
	list?: RateList;
	q?: string;
	sort?: RateSort;
	why?: number;
};

/** Headcounts and populations: of which unit, on which day. */
export type UnitSearch = { on?: Day; unit?: number };

/** The targets: of which unit, on which day, of which kind (or name, of a free one), and of a term or a year (neither: the centre's term). */
export type TargetsSearch = UnitSearch & { kind?: TargetKind; name?: string; term?: number; year?: number };

/** Reads the address of the targets. */
export function targetsSearch(raw: RawSearch): TargetsSearch {
	const kind = wordIn(raw, "kind", TARGET_KINDS);
	const year = idIn(raw, "year");
	return {
		...unitSearch(raw),
		kind: kind === "free" ? undefined : kind,
		name: textIn(raw, "name"),
		term: idIn(raw, "term"),
		year: year && year > 2016 && year < 2200 ? year : undefined,
	};
}

/** Emulation: of which cluster, in which year. */
export type EmulationSearch = { cluster?: number; year?: number };

/** Reads the address of emulation. */
export function emulationSearch(raw: RawSearch): EmulationSearch {
	const year = idIn(raw, "year");
	return { cluster: idIn(raw, "cluster"), year: year && year > 2016 && year < 2200 ? year : undefined };
}

/** The registries of branch life: of which unit, on which day, and which part of them. */
const MODEL_PARTS = ["models", "pairs", "criteria"] as const;
const TOGETHER_PARTS = ["attended", "wishes", "fostering"] as const;
export type ModelsSearch = UnitSearch & { part?: (typeof MODEL_PARTS)[number] };
export type TogetherSearch = UnitSearch & { part?: (typeof TOGETHER_PARTS)[number] };

/** Reads the address of the models. */
export function modelsSearch(raw: RawSearch): ModelsSearch {
	return { ...unitSearch(raw), part: wordIn(raw, "part", MODEL_PARTS) };
}

/** Reads the address of "3 cùng". */
export function togetherSearch(raw: RawSearch): TogetherSearch {
	return { ...unitSearch(raw), part: wordIn(raw, "part", TOGETHER_PARTS) };
}

/** The periodic reports: of which unit, in which period (none: the latest open). */
export type ReportsSearch = { unit?: number; period?: number };

/** Reads the address of the periodic reports. */
export function reportsSearch(raw: RawSearch): ReportsSearch {
	return { unit: idIn(raw, "unit"), period: idIn(raw, "period") };
}

/** The support of communes: of which area, on which day under which map, compared with which, by the state of the case, searched. */
export type SupportSearch = UnitSearch & { map?: Day; since?: Day; state?: CaseState; q?: string };

/** Reads the address of the support of communes. */
export function supportSearch(raw: RawSearch): SupportSearch {
	return {
		...unitSearch(raw),
		map: dayIn(raw, "map"),
		since: dayIn(raw, "since"),
		state: wordIn(raw, "state", STATES),
		q: textIn(raw, "q"),
	};
}

/** The words of documents: those of a level, or (without it) of one's own unit. */
export type DocumentsSearch = { level?: DocumentLevel };

/** Reads the address of the documents. */
export function documentsSearch(raw: RawSearch): DocumentsSearch {
	return { level: wordIn(raw, "level", DOCUMENT_LEVELS) };
}

/** Reads the address of a page whose figures are of a unit and a day. */
export function unitSearch(raw: RawSearch): UnitSearch {
	return { on: dayIn(raw, "on"), unit: idIn(raw, "unit") };
}

/** Reads the address of a page that asks for a day alone. */
export function daySearch(raw: RawSearch): DaySearch {
	return { on: dayIn(raw, "on") };
}

/** Reads the address of the registry. */
export function unitsSearch(raw: RawSearch): UnitsSearch {
	return { on: dayIn(raw, "on"), whole: flagIn(raw, "whole") };
}

/** Reads the address of the rates. */
export function ratesSearch(raw: RawSearch): RatesSearch {
	return {
		...unitSearch(raw),
		map: dayIn(raw, "map"),
		list: wordIn(raw, "list", RATE_LISTS),
		q: textIn(raw, "q"),
		sort: wordIn(raw, "sort", RATE_SORTS),
		why: idIn(raw, "why"),
	};
}
