/*
 * Whether a mean difference may be chance, with province as the unit of chance: what happens in a province happens to all of its communes
 * at once, so that twenty communes of one province are far fewer than twenty witnesses. Under "no effect" the sum of each province might as
 * well have the other sign (Fisher's randomisation, by province); the interval is every effect that this test does not refuse.
 */

/** The matched differences of one province, added up, and how many they are. */
export interface ProvinceSum {
	sum: number;
	count: number;
}

/** A mean with its 95 % interval and the chance of something as far from nought where there is no effect. */
export interface Tested {
	mean: number;
	low: number;
	high: number;
	chance: number;
}

/** Below this every combination of signs is tried, above it so many at random. */
const EVERY_SIGN_UP_TO = 12;
const DRAWS = 4095;
const LEVEL = 0.05;

/** A generator of numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** The mean over all, its interval and its chance. The same sums and seed give the same answer, whoever asks. */
export function testSigns(provinces: readonly ProvinceSum[], seed: number): Tested {
	let [total, count] = [0, 0];
	for (const one of provinces) {
		total += one.sum;
		count += one.count;
	}
	const flips = flipsOf(provinces, seed);
	// An effect δ is as good as what was seen where |Σ s·(sum − δ·count)| reaches |Σ (sum − δ·count)|: for each choice of signs a stretch
	// around the mean, whose two ends are where the two sides are equal.
	const [lows, highs]: [number[], number[]] = [[], []];
	let reaches = 0;
	for (const flip of flips) {
		const ends = [
			count - flip.count < 1e-9 ? Number.NEGATIVE_INFINITY : (total - flip.sum) / (count - flip.count),
			count + flip.count < 1e-9 ? Number.POSITIVE_INFINITY : (total + flip.sum) / (count + flip.count),
		];
		const always = !ends.every(Number.isFinite);
		lows.push(always ? Number.NEGATIVE_INFINITY : Math.min(...ends));
		highs.push(always ? Number.POSITIVE_INFINITY : Math.max(...ends));
		if (Math.abs(flip.sum) >= Math.abs(total) - 1e-9) reaches += 1;
	}
	lows.sort((a, b) => a - b);
	highs.sort((a, b) => b - a);
	// The first end that enough of them reach: up to there the test refuses.
	const rank = Math.min(flips.length - 1, Math.max(0, Math.ceil(LEVEL * (flips.length + 1)) - 2));
	return {
		mean: total / count,
		low: lows[rank] as number,
		high: highs[rank] as number,
		chance: (1 + reaches) / (1 + flips.length),
	};
}

/** Each choice of signs but the one that was seen: all of them, or so many at random. */
function flipsOf(provinces: readonly ProvinceSum[], seed: number): ProvinceSum[] {
	const random = randomFrom(seed);
	const all = provinces.length <= EVERY_SIGN_UP_TO;
	const draws = all ? 2 ** provinces.length - 1 : DRAWS;
	return Array.from({ length: draws }, (_, draw) => {
		const flip = { sum: 0, count: 0 };
		let signs = draw;
		for (const [at, { sum, count }] of provinces.entries()) {
			if (!all && at % BITS === 0) signs = Math.floor(random() * 2 ** BITS);
			const stays = ((signs >> (all ? at : at % BITS)) & 1) === 1;
			flip.sum += stays ? sum : -sum;
			flip.count += stays ? count : -count;
		}
		return flip;
	});
}

/** So many signs are drawn at once. */
const BITS = 24;

/** Holm's correction: with twenty kinds looked at, one in twenty would stand out by chance alone. In the order given. */
export function holm(chances: readonly number[]): number[] {
	const corrected = chances.map(() => 1);
	let before = 0;
	for (const [rank, at] of chances
		.map((_, index) => index)
		.sort((a, b) => (chances[a] as number) - (chances[b] as number) || a - b)
		.entries()) {
		before = Math.max(before, Math.min(1, (chances[at] as number) * (chances.length - rank)));
		corrected[at] = before;
	}
	return corrected;
}
