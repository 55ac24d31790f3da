import { identityKey, searchKey, sortKey } from "../core/vietnamese.ts";
import { COUNTRY_NAMINGS, KINH_FAMILIES, KINH_GIVENS, KINH_MIDDLES } from "./country-namings.ts";
import { communeMix, type Region, regionOf } from "./country-peoples.ts";
import type { Naming } from "./names.ts";
import type { Place } from "./place.ts";
import type { Random } from "./random.ts";

const utf8 = new TextEncoder();

/** A word of a name, as it is written and in the three keys, each worked out once. */
export interface Word {
	full: Uint8Array;
	search: Uint8Array;
	identity: Uint8Array;
	sort: Uint8Array;
}

const known = new Map<string, Word>();

function wordOf(text: string): Word {
	const before = known.get(text);
	if (before) return before;
	const word = {
		full: utf8.encode(text),
		search: utf8.encode(searchKey(text)),
		identity: utf8.encode(identityKey(text)),
		sort: utf8.encode(sortKey(text)),
	};
	known.set(text, word);
	return word;
}

const phrase = (text: string): Word[] => (text === "" ? [] : text.split(" ").map(wordOf));

/** Slots of a table that is drawn from with one number: each choice has as many as its weight. */
const SLOTS = 1024;

/** Choices, each as likely as its weight, to be drawn with one look into a table. */
export class Table<T> {
	readonly #slots: T[];

	constructor(choices: readonly (readonly [T, number])[]) {
		const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
		let upTo = 0;
		this.#slots = choices.flatMap(([choice, weight]) => {
			const from = Math.round((upTo / total) * SLOTS);
			upTo += weight;
			return new Array<T>(Math.round((upTo / total) * SLOTS) - from).fill(choice);
		});
	}

	draw(random: Random): T {
		return this.#slots[(random.next() * this.#slots.length) | 0] as T;
	}
}

/** How one people names its women. */
interface NameMaker {
	people: Uint8Array;
	/** Puts the words of a name into `out` and answers how many. */
	make(birthYear: number, random: Random, out: Word[]): number;
}

function put(words: readonly Word[], out: Word[], at: number): number {
	for (let i = 0; i < words.length; i++) out[at + i] = words[i] as Word;
	return at + words.length;
}

function makerOf(people: string, naming: Naming): NameMaker {
	const families = naming.families.map(phrase);
	const middles = new Table(naming.middles.map(([text, weight]) => [phrase(text), weight] as const));
	const givens = naming.givens.map(phrase);
	return {
		people: utf8.encode(people),
		make: (_, random, out) =>
			put(random.pick(givens), out, put(middles.draw(random), out, put(random.pick(families), out, 0))),
	};
}

const THI = phrase("Thị");
/** Born before this year women are mostly called as their mothers were. */
const GENERATIONS = 1972;

function kinhMaker(region: Region): NameMaker {
	const families = new Table(KINH_FAMILIES[region].map(([name, weight]) => [phrase(name), weight] as const));
	const middles = KINH_MIDDLES.map(phrase);
	const elder = KINH_GIVENS.elder.map(phrase);
	const younger = KINH_GIVENS.younger.map(phrase);
	return {
		people: utf8.encode("Kinh"),
		make(birthYear, random, out) {
			const older = birthYear < GENERATIONS;
			let at = put(families.draw(random), out, 0);
			const thi = random.next() < (older ? 0.93 : 0.7);
			if (thi) at = put(THI, out, at);
			const given = random.pick(older ? elder : younger);
			const middle = random.pick(middles);
			if ((!thi || random.next() < (older ? 0.25 : 0.6)) && middle[0] !== given[0]) at = put(middle, out, at);
			return put(given, out, at);
		},
	};
}

const kinh: Record<Region, NameMaker> = {
	north: kinhMaker("north"),
	centre: kinhMaker("centre"),
	south: kinhMaker("south"),
};
const others = new Map(Object.entries(COUNTRY_NAMINGS).map(([people, naming]) => [people, makerOf(people, naming)]));

/** Who lives in a commune, ready to be drawn from. */
export function makersOf(place: Place, random: Random): Table<NameMaker> {
	const region = kinh[regionOf(place.provinceCode)];
	return new Table(
		communeMix(place, random).map(([people, share]) => {
			const maker = people === "Kinh" ? region : others.get(people);
			if (!maker) throw new Error(`Nobody knows how ${people} women are named.`);
			return [maker, share] as const;
		}),
	);
}
