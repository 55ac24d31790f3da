import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holm, type ProvinceSum, randomFrom, testSigns } from "./rules-chance.ts";
import { apart, CALIPER, type Course, Pool, pairUp, spanOf } from "./rules-matching.ts";
import { fit } from "./rules-regression.ts";
import { stripLine } from "./rules-strip.ts";

const provinces = (most: number) =>
	fc.array(fc.record({ sum: fc.double({ min: -20, max: 20, noNaN: true }), count: fc.integer({ min: 1, max: 12 }) }), {
		minLength: 6,
		maxLength: most,
	});

test("the mean lies in its interval, the interval leaves nought out just where the test refuses it, and a shift shifts both", () => {
	fc.assert(
		fc.property(provinces(16), fc.double({ min: -5, max: 5, noNaN: true }), fc.integer(), (of, shift, seed) => {
			const { mean, low, high, chance } = testSigns(of, seed);
			assert.ok(low <= mean && mean <= high && chance > 0 && chance <= 1);
			// At an end itself the two sides are equal, and rounding decides.
			if (Math.min(Math.abs(low), Math.abs(high)) > 1e-6) assert.equal(chance < 0.05, low > 0 || high < 0);
			const moved = testSigns(
				of.map(({ sum, count }): ProvinceSum => ({ sum: sum + shift * count, count })),
				seed,
			);
			assert.ok(Math.abs(moved.mean - mean - shift) < 1e-6);
			if (Number.isFinite(low)) assert.ok(Math.abs(moved.low - low - shift) < 1e-6);
			if (Number.isFinite(high)) assert.ok(Math.abs(moved.high - high - shift) < 1e-6);
			assert.deepEqual(testSigns(of, seed), { mean, low, high, chance }, "the same for the same seed");
		}),
		{ numRuns: 60 },
	);
});

test("few provinces never refuse: of five there are 32 choices of signs, and two of them are as extreme", () => {
	const of = Array.from({ length: 5 }, () => ({ sum: 100, count: 1 }));
	const { chance, low, high } = testSigns(of, 1);
	assert.ok(chance > 0.05 && low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY);
});

test("Holm: never smaller than before, in the same order, the smallest times their number", () => {
	assert.deepEqual(
		holm([0.01, 0.04, 0.03]).map((p) => Math.round(1000 * p)),
		[30, 60, 60],
	);
	fc.assert(
		fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (chances) => {
			const corrected = holm(chances);
			for (const [at, chance] of chances.entries()) {
				assert.ok((corrected[at] as number) >= chance && (corrected[at] as number) <= 1);
				for (const [other, than] of chances.entries())
					if (chance < than) assert.ok((corrected[at] as number) <= (corrected[other] as number));
			}
		}),
	);
});

test("the regression finds what rows of several months are made of, whatever each month adds to all of them", () => {
	const random = randomFrom(3);
	const wanted = [2, -0.5, 0, 7];
	const rows = Array.from({ length: 400 }, (_, at) => {
		const x = wanted.map(() => random() * 4 - 2);
		const group = at % 5;
		return { group, x, y: 100 * group + x.reduce((sum, one, n) => sum + one * (wanted[n] as number), 0) };
	});
	for (const [at, weight] of fit(rows, 4).entries()) assert.ok(Math.abs(weight - (wanted[at] as number)) < 0.03);
	assert.deepEqual(fit([], 2), [0, 0]);
	const twin = rows.map(({ group, x, y }) => ({ group, x: [x[0] as number, x[0] as number, ...x.slice(1)], y }));
	const [one, other] = fit(twin, 5);
	assert.ok(
		Math.abs((one as number) + (other as number) - 2) < 0.03,
		"two that always go together share what they have",
	);
});

const courses = fc.array(
	fc.record({
		province: fc.integer({ min: 1, max: 4 }),
		likes: fc.constantFrom("A", "B"),
		women: fc.integer({ min: 1000, max: 2000 }),
		seed: fc.integer(),
		gap: fc.option(fc.integer({ min: 0, max: 39 })),
	}),
	{ minLength: 2, maxLength: 60 },
);
const made = (of: { seed: number; gap: number | null; province: number; likes: string; women: number }[]) =>
	of.map(({ seed, gap, ...rest }): Course => {
		const random = randomFrom(seed);
		let rate = 55 + 6 * random();
		const rates = Array.from({ length: 40 }, (_, month) => {
			rate += random() - 0.5;
			return month === gap ? null : rate;
		});
		return { ...rest, rates };
	});

test("whoever is matched is of the same kind of place, within every caliper, and a control stands beside one only", () => {
	fc.assert(
		fc.property(courses, fc.integer({ min: 12, max: 27 }), (of, at) => {
			const all = made(of);
			const pool = new Pool(all);
			const treated = all.flatMap((_, commune) => spanOf(all, commune, at) ?? []);
			const wanted = treated.slice(0, 8).map((span) => ({
				treated: span,
				nearest: pool.nearest(
					span,
					(commune) => commune >= 8,
					() => 0,
				),
			}));
			const sets = pairUp(wanted, 3);
			const used = sets.flatMap(({ controls }) => controls.map(({ commune }) => commune));
			assert.equal(new Set(used).size, used.length);
			for (const { treated: one, controls } of sets) {
				assert.ok(controls.length >= 1 && controls.length <= 3);
				for (const control of controls) {
					assert.equal(all[control.commune]?.likes, all[one.commune]?.likes);
					assert.notEqual(apart(one, control), null);
					assert.ok(Math.abs(one.start - control.start) <= CALIPER.start && control.at === at);
				}
			}
		}),
		{ numRuns: 60 },
	);
});

test("beside one commune stands the mean of at least three that began nothing, or none", () => {
	fc.assert(
		fc.property(courses, fc.integer({ min: 12, max: 39 }), (of, at) => {
			const all = made(of);
			const busy = (commune: number) => commune % 3 === 1;
			const line = stripLine(all, busy, 0, at);
			if (!line) return assert.ok(spanOf(all, 0, at, Math.min(24, 39 - at)) === null || at === 39);
			assert.ok(line.likes === 0 || (line.likes >= 3 && line.likes <= 10));
			assert.ok(line.points.every(({ likes }) => (likes === null) === (line.likes === 0)));
			assert.equal(line.points[12]?.month, at);
			const last = line.points.at(-1)?.rate as number;
			assert.ok(Math.abs(line.changed - (last - (line.points[12]?.rate as number))) < 1e-9);
		}),
		{ numRuns: 60 },
	);
});
