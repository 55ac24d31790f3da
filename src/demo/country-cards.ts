import { vaultOf } from "../db/vault.ts";
import { MOBILES, PROVINCES } from "./cards.ts";
import type { CountryPlace } from "./country-plan.ts";
import type { CountryRows } from "./country-rows.ts";
import { batchSealer } from "./country-seal.ts";
import type { Random } from "./random.ts";

/** Numbers of a province and year that belong to women registered elsewhere than where they live, so many for each commune. */
const ELSEWHERE_FROM = 700_000;
const ELSEWHERE_EACH = 28;
const FIRST_YEAR = 1900;

/** Without a common factor with the number of choices, a product runs through all of them once, in no order one sees. */
const SHUFFLE = { six: 387_421, seven: 4_871_239, phone: 123_456_791 };

/**
 * The cards of one commune's women, no number twice in the country though every commune is made alone: each has its own part
 * of the numbers of its province, and of every other province's.
 */
export class CommuneCards {
	readonly #own = new Uint16Array(256);
	readonly #elsewhere = new Uint8Array(PROVINCES.length * 256);
	#old = 0;
	#texts: string[] = [];
	#bearers: number[] = [];
	#place: CountryPlace;

	constructor(place: CountryPlace) {
		this.#place = place;
	}

	/** A CCCD: province where her birth was registered, century and sex, year, six digits. */
	cccd(person: number, birthYear: number, random: Random): void {
		const year = birthYear - FIRST_YEAR;
		const { provinceCode } = this.#place.place;
		if (random.next() < 0.93) {
			this.#keep(person, `0${provinceCode}${born(birthYear)}${six(this.#ownNumber(year), year)}`);
			return;
		}
		const at = (random.next() * PROVINCES.length) | 0;
		const nth = this.#elsewhere[at * 256 + year]++ as number;
		if (nth >= ELSEWHERE_EACH) throw new RangeError("Too many women of one year from one province.");
		const number = ELSEWHERE_FROM + this.#place.at * ELSEWHERE_EACH + nth;
		this.#keep(person, `0${PROVINCES[at]}${born(birthYear)}${six(number, year)}`);
	}

	/** A CMND of nine digits. */
	cmnd(person: number): void {
		const { cards, place } = this.#place;
		if (this.#old >= cards.count * 10) throw new RangeError("Too many old cards in one commune.");
		const number = ((cards.from * 10 + this.#old++) * SHUFFLE.seven) % 10_000_000;
		this.#keep(person, place.provinceCode + String(number).padStart(7, "0"));
	}

	/** Seals them all and puts them into their table. */
	write(rows: CountryRows, seal: ReturnType<typeof sealing>): void {
		const sealed = seal.seal(this.#texts);
		for (let i = 0; i < sealed.length; i++) {
			const value = this.#texts[i] as string;
			const kind = value.length === 12 ? "cccd" : "cmnd";
			rows.card(this.#bearers[i] as number, kind, seal.fingerprint(value), sealed[i] as Uint8Array);
		}
	}

	#ownNumber(year: number): number {
		const { cards } = this.#place;
		const nth = this.#own[year]++ as number;
		if (nth >= cards.count) throw new RangeError("Too many women of one year in one commune.");
		return cards.from + nth;
	}

	#keep(person: number, value: string): void {
		this.#texts.push(value);
		this.#bearers.push(person);
	}
}

/** The two ways an ID is hidden, the first for many at once. */
export function sealing(master: Buffer): {
	seal: (texts: readonly string[]) => Uint8Array[];
	fingerprint: (text: string) => Uint8Array;
} {
	return { seal: batchSealer(master), fingerprint: vaultOf(master).fingerprint };
}

/** Century and sex (a woman's digit is odd), then the year's two digits. */
function born(year: number): string {
	return `${2 * (Math.floor(year / 100) - 19) + 1}${String(year % 100).padStart(2, "0")}`;
}

function six(number: number, year: number): string {
	return String((number * SHUFFLE.six + year * 7919) % 1_000_000).padStart(6, "0");
}

/** Writes a mobile of ten digits into `out`; no two women of the country have the same. */
export function phoneInto(out: Uint8Array, person: number): void {
	const number = (person * SHUFFLE.phone) % (MOBILES.length * 10_000_000);
	const prefix = MOBILES[Math.floor(number / 10_000_000)] as string;
	let rest = number % 10_000_000;
	for (let i = 9; i > 2; i--) {
		out[i] = 0x30 + (rest % 10);
		rest = Math.floor(rest / 10);
	}
	for (let i = 0; i < 3; i++) out[i] = prefix.charCodeAt(i);
}
