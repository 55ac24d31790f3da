import type { Day } from "../core/day.ts";
import type { Random } from "./random.ts";

/** The old codes of the 63 provinces, with which a CCCD begins after a 0. */
export const PROVINCES = (
	"01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 " +
	"64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
).split(" ");

export const MOBILES = [
	"032",
	"033",
	"034",
	"035",
	"036",
	"037",
	"038",
	"039",
	"070",
	"077",
	"081",
	"082",
	"083",
	"090",
	"091",
	"093",
	"094",
	"096",
	"097",
	"098",
];

/** A card of the demo; no real one can be told from it, none is taken from a person. */
export interface Card {
	kind: "cccd" | "cmnd";
	value: string;
}

/**
 * Cards and phones, no number twice. A CCCD is built as Thông tư 07/2016/TT-BCA says: province where the birth was
 * registered, century and sex, year of birth, six digits.
 */
export function cardMaker(): {
	cccd(birth: Day, sex: "female" | "male", province: string, random: Random): Card;
	cmnd(province: string, random: Random): Card;
} {
	const used = new Set<string>();
	const fresh = (kind: Card["kind"], front: string, random: Random): Card => {
		for (;;) {
			const value = front + String(random.integer(0, 999_999)).padStart(6, "0");
			if (used.has(value)) continue;
			used.add(value);
			return { kind, value };
		}
	};
	return {
		cccd(birth, sex, province, random) {
			const registered = random.chance(0.93) ? province : random.pick(PROVINCES);
			const year = Number(birth.slice(0, 4));
			const century = 2 * (Math.floor(year / 100) - 19) + (sex === "female" ? 1 : 0);
			return fresh("cccd", `0${registered}${century}${birth.slice(2, 4)}`, random);
		},
		cmnd: (province, random) => fresh("cmnd", `${province}${random.integer(0, 9)}`, random),
	};
}

/** A mobile of ten digits. */
export function phoneOf(random: Random): string {
	return random.pick(MOBILES) + String(random.integer(0, 9_999_999)).padStart(7, "0");
}
