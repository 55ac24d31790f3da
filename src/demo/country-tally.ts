import { epochDays } from "../core/day.ts";
import { COUNTRY_DAY } from "./country-plan.ts";
import type { CountryRows } from "./country-rows.ts";
import { REFORM_DAY } from "./place.ts";

const FIRST = epochDays("2017-01-01");
const REFORM = epochDays(REFORM_DAY);
/** The last period may begin half a year after the country's day. */
const DAYS = epochDays(COUNTRY_DAY) - FIRST + 400;

/** A change of how many count in another commune than the one being made: place, day since 1970, by how many. */
export type FarChanges = number[];

/**
 * How many women of one commune begin and end to count on each day: the ledger's entries before they are written. What began
 * before the ledger does begins on its first day.
 */
export class Tally {
	readonly #changes = new Int32Array(DAYS);

	/** One woman counts from a day up to another, or for good (−1). */
	add(from: number, to: number): void {
		if (to >= 0 && to <= FIRST) return;
		(this.#changes[Math.max(from - FIRST, 0)] as number) += 1;
		if (to >= 0) (this.#changes[to - FIRST] as number) -= 1;
	}

	/** Writes the entries and begins anew: until the reform at the old unit, then all that are left at its successor. */
	write(rows: CountryRows, unit: number, successor: number): void {
		const changes = this.#changes;
		const reform = REFORM - FIRST;
		let left = 0;
		for (let day = 0; day < reform; day++) {
			const change = changes[day] as number;
			if (change === 0) continue;
			rows.entry(unit, FIRST + day, change);
			left += change;
		}
		if (left !== 0) {
			rows.entry(unit, REFORM, -left);
			rows.entry(successor, REFORM, left);
		}
		for (let day = reform; day < DAYS; day++)
			if (changes[day] !== 0) rows.entry(successor, FIRST + day, changes[day] as number);
	}

	/** How many count on each of some days. */
	on(days: readonly number[]): number[] {
		return days.map((day) => {
			let sum = 0;
			for (let at = 0; at <= day - FIRST; at++) sum += this.#changes[at] as number;
			return sum;
		});
	}

	clear(): void {
		this.#changes.fill(0);
	}
}

/** Writes the entries of one period spent in another commune than home. */
export function writeFar(rows: CountryRows, unit: number, successor: number, from: number, to: number): void {
	if (to >= 0 && to <= FIRST) return;
	rows.entry(from < REFORM ? unit : successor, Math.max(from, FIRST), 1);
	if (from < REFORM && (to < 0 || to > REFORM)) {
		rows.entry(unit, REFORM, -1);
		rows.entry(successor, REFORM, 1);
	}
	if (to >= 0) rows.entry(to <= REFORM ? unit : successor, to, -1);
}
