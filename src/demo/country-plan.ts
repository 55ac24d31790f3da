import type { Day } from "../core/day.ts";
import { CLUBS, hamletsOf } from "./branch-names.ts";
import type { Place } from "./place.ts";
import type { Country } from "./plan.ts";
import { Random } from "./random.ts";
import { type DemoUnit, staysOf } from "./roster.ts";
import { type Standing, standingsOf } from "./standing.ts";
import { apportion, womenOf } from "./women.ts";

/** The day up to which the country's lives are told: fixed, so that a seed gives the same rows on any day. */
export const COUNTRY_DAY: Day = "2026-10-31";

/** A commune of the country: where its women, branches and numbers begin, so that any worker can make it alone. */
export interface CountryPlace {
	/** Its place in the plan's list. */
	at: number;
	place: Place;
	/** How many women its roster names. */
	size: number;
	/** The number of its first woman among those of the country. */
	first: number;
	/** Its branches have ids from here on, one for each hamlet. */
	branchId: number;
	hamlets: string[];
	/** Its clubs have ids from here on. */
	clubId: number;
	clubs: number;
	/** Where its part of the six digits of its province's cards begins, and how many it has. */
	cards: { from: number; count: number };
	/** Whether its women hold the posts of the union that took it over. */
	leads: boolean;
}

/** What every worker knows of all communes, for women who have two places. */
export interface Atlas {
	unitIds: Int32Array;
	successorIds: Int32Array;
	branchIds: Int32Array;
	branchCounts: Int32Array;
	/** The special bases of each province: first id and number. */
	bases: Record<string, { id: number; count: number }>;
	/** The communes of each province, as places in the plan's list. */
	provinces: Record<string, Int32Array>;
}

export interface CountryPlan {
	places: CountryPlace[];
	standings: Standing[];
	units: DemoUnit[];
	atlas: Atlas;
}

const BASES = [
	"Hội Phụ nữ chợ trung tâm (ví dụ)",
	"Hội Phụ nữ trung tâm thương mại (ví dụ)",
	"Hội Phụ nữ cơ sở tôn giáo (ví dụ)",
];
/** Six digits less those kept for women whose birth another province registered. */
const OWN_NUMBERS = 700_000;

/** Works out which women, branches, clubs and numbers each commune gets: `members` women in all, from the seed alone. */
export function planCountry(country: Country, options: { members: number; seed: number }): CountryPlan {
	const { places } = country;
	const { seed } = options;
	const standings = standingsOf(places, womenOf(places, seed), seed);
	const sizes = apportion(
		options.members,
		standings.map(({ members }) => members),
	);
	const units: DemoUnit[] = [];
	const found = founding(units, country.lastUnitId + 1);
	const hamlet = hamletsOf(seed);
	const cards = cardRanges(places, sizes);
	const led = new Set<number>();
	let first = 0;
	const planned = places.map((place, at): CountryPlace => {
		const size = sizes[at] as number;
		const random = new Random(seed, "country", place.key);
		const hamlets = Array.from({ length: branchesFor(size, random) }, () => hamlet(place));
		const stays = staysOf(place.id, place.successorId);
		const branchId = found(
			"branch",
			hamlets.map((name) => `Chi hội ${name}`),
			stays,
		);
		const clubs = random.sample(CLUBS, size < 60 ? 0 : random.integer(0, 2));
		const clubId = found("club", clubs, stays);
		const leads = !led.has(place.successorId) && !place.successorKey.startsWith("unassigned");
		led.add(place.successorId);
		first += size;
		return {
			at,
			place,
			size,
			first: first - size,
			branchId,
			hamlets: hamlets.map((name) => name.slice(0, 1).toUpperCase() + name.slice(1)),
			clubId,
			clubs: clubs.length,
			cards: cards[at] as CountryPlace["cards"],
			leads,
		};
	});
	const bases = basesOf(country, found);
	return { places: planned, standings, units, atlas: atlasOf(planned, bases) };
}

/** Founds units of one kind at one place and answers the id of the first. */
function founding(units: DemoUnit[], firstId: number) {
	let next = firstId;
	return (kind: DemoUnit["kind"], names: readonly string[], stays: DemoUnit["stays"]): number => {
		const id = next;
		for (const name of names) units.push({ id: next++, kind, name, stays });
		return id;
	};
}

/** So many that one has 40 to 300 women, where the commune has as many. */
function branchesFor(size: number, random: Random): number {
	return Math.max(1, Math.round(size / random.between(85, 150)));
}

function basesOf(country: Country, found: ReturnType<typeof founding>): Atlas["bases"] {
	const bases: Atlas["bases"] = {};
	for (const unit of country.higher)
		if (unit.kind === "province" && unit.successorId !== null) {
			const province = unit.name.replace(/^(Tỉnh|Thành phố) /, "");
			const names = BASES.map((name) => name.replace(" (", ` ${province} (`));
			const id = found("special_base", names, staysOf(unit.id, unit.successorId));
			bases[unit.code] = { id, count: BASES.length };
		}
	return bases;
}

/** Each commune's share of the numbers of its province, as large as its share of the women. */
function cardRanges(places: readonly Place[], sizes: readonly number[]): CountryPlace["cards"][] {
	const total = new Map<string, number>();
	places.forEach((place, at) => {
		total.set(place.provinceCode, (total.get(place.provinceCode) ?? 0) + (sizes[at] as number) + 1);
	});
	const used = new Map<string, number>();
	return places.map((place, at) => {
		const from = used.get(place.provinceCode) ?? 0;
		const share = ((sizes[at] as number) + 1) / (total.get(place.provinceCode) as number);
		const count = Math.floor(OWN_NUMBERS * share);
		used.set(place.provinceCode, from + count);
		return { from, count };
	});
}

function atlasOf(planned: readonly CountryPlace[], bases: Atlas["bases"]): Atlas {
	const provinces = Map.groupBy(planned, ({ place }) => place.provinceCode);
	return {
		unitIds: Int32Array.from(planned, ({ place }) => place.id),
		successorIds: Int32Array.from(planned, ({ place }) => place.successorId),
		branchIds: Int32Array.from(planned, ({ branchId }) => branchId),
		branchCounts: Int32Array.from(planned, ({ hamlets }) => hamlets.length),
		bases,
		provinces: Object.fromEntries(
			[...provinces].map(([code, own]) => [code, Int32Array.from(own, ({ at }) => at)] as const),
		),
	};
}
