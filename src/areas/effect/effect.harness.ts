import { randomFrom } from "./rules-chance.ts";
import type { Use } from "./rules-effect.ts";
import type { Course } from "./rules-matching.ts";

/** By what communes take something up: every one the misleading way of some real one. */
export const CHOICES = ["anyone", "low", "fell", "low and fell", "province", "bundle"] as const;
export type Choice = (typeof CHOICES)[number];

/** What a made-up country is made of. */
export interface CountryPlan {
	seed: number;
	choice: Choice;
	/** Kinds and what each does to the rate within a year, in points of a per cent. */
	effects: Readonly<Record<string, number>>;
	perKind: number;
	provinces?: number;
	communesEach?: number;
}

const MONTHS = 50;

/**
 * Communes with a level of their own, a drift, lasting changes, passing ups and downs that go back (the source of regression to the mean),
 * sudden falls, and what happens to a whole province; and who takes up what, when, chosen by their figures of that month.
 */
export function makeCountry({ seed, choice, effects, perKind, provinces = 30, communesEach = 30 }: CountryPlan) {
	const random = randomFrom(seed);
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const courses: (Omit<Course, "rates"> & { rates: number[] })[] = [];
	for (let province = 0; province < provinces; province += 1) {
		const shared = [0];
		for (let month = 1; month < MONTHS; month += 1) shared.push((shared[month - 1] as number) + 0.08 * normal());
		for (let n = 0; n < communesEach; n += 1) {
			const [level, drift] = [57 + 4 * normal(), 0.05 + 0.04 * normal()];
			let [passing, lasting] = [0.7 * normal(), 0];
			const rates = shared.map((common, month) => {
				passing = 0.85 * passing + 0.35 * normal() - (random() < 0.02 ? 2 : 0);
				lasting += 0.12 * normal();
				return level + drift * month + common + lasting + passing;
			});
			const likes = `${province % 2} ${n % 3 === 0 ? "phường" : "xã"}`;
			courses.push({ province, likes, women: Math.round(1500 + 4000 * random()), rates });
		}
	}
	const uses: Use[] = [];
	const few = Array.from({ length: provinces }, (_, at) => at).filter(() => random() < 0.5);
	const bundled = new Map<number, number>();
	for (const [kind, effect] of Object.entries(effects)) {
		const began = new Set<number>();
		for (let tries = 0; began.size < perKind && tries < 200 * perKind; tries += 1) {
			const [commune, at] = [Math.floor(random() * courses.length), 13 + Math.floor(random() * 22)];
			const { rates, province } = courses[commune] as (typeof courses)[number];
			const [rate, fall] = [rates[at] as number, (rates[at - 3] as number) - (rates[at] as number)];
			const want = {
				anyone: 0.5,
				low: rate < 50 ? 1 : rate < 55 ? 0.5 : rate < 60 ? 0.1 : 0,
				fell: fall > 1.5 ? 1 : fall > 0.7 ? 0.5 : 0.02,
				"low and fell": rate < 60 && fall > 0.7 ? 1 : 0.01,
				province: few.includes(province) && rate < 60 ? 1 : 0.01,
				// Whoever has taken up one thing takes up the next in the same months.
				bundle: bundled.has(commune) ? 1 : 0.05,
			}[choice];
			if (began.has(commune) || random() >= want) continue;
			began.add(commune);
			const from = choice === "bundle" ? (bundled.get(commune) ?? at) : at;
			bundled.set(commune, from);
			uses.push({ commune, kind, at: from });
			// A month after the other, so that nothing of it stands in what it was chosen by.
			for (let month = from + 1; month < MONTHS; month += 1)
				rates[month] = (rates[month] as number) + effect * Math.min(1, (month - from) / 12);
		}
	}
	return { courses, uses };
}
