import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { markOf, placesOf, pointsOf, totalOf } from "./rules.ts";

const points = fc.integer({ min: 1, max: 1000 });
const number = fc.integer({ min: -100_000_000, max: 100_000_000 });
const given = fc.option(fc.integer({ min: 0, max: 1000 }));

test("computed points are whole, from 0 to the maximum, all of it where the target is reached, and grow with what was achieved", () => {
	fc.assert(
		fc.property(points, number, number, fc.integer({ min: 1, max: 100_000_000 }), (maximum, one, other, whole) => {
			const [less, more] = [Math.min(one, other), Math.max(one, other)];
			const [a, b] = [pointsOf(maximum, { achieved: less, whole }), pointsOf(maximum, { achieved: more, whole })];
			for (const found of [a, b])
				assert.ok(found !== null && Number.isSafeInteger(found) && found >= 0 && found <= maximum);
			assert.ok((a as number) <= (b as number));
			assert.equal(b === maximum, more >= whole);
		}),
	);
	assert.deepEqual(
		[pointsOf(10, { achieved: 5, whole: null }), pointsOf(10, { achieved: 5, whole: 0 })],
		[null, null],
		"nothing was asked: it cannot be reckoned",
	);
});

test("a mark never exceeds the maximum, and figures stand before review, review before one's own", () => {
	fc.assert(
		fc.property(points, given, given, given, (maximum, computed, review, self) => {
			const mark = markOf({ number: 1, points: maximum }, computed, review, self);
			assert.ok((mark.points ?? 0) <= maximum);
			const stands = computed ?? review ?? self;
			assert.equal(mark.points, stands === null ? null : Math.min(maximum, stands));
			assert.equal(totalOf([mark, mark]), 2 * (mark.points ?? 0));
		}),
	);
});

test("the ranking is total: everyone once, more points never behind fewer, equal points equal places, whatever the order", () => {
	const rows = fc.uniqueArray(
		fc.record({ key: fc.stringMatching(/^\d{2}$/), points: fc.integer({ min: 0, max: 20 }) }),
		{
			selector: ({ key }) => key,
			maxLength: 34,
		},
	);
	fc.assert(
		fc.property(
			rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
			([all, shuffled]) => {
				const placed = placesOf(all);
				assert.deepEqual(placesOf(shuffled), placed);
				assert.deepEqual(new Set(placed.map(({ key }) => key)), new Set(all.map(({ key }) => key)));
				for (const [at, one] of placed.entries()) {
					assert.equal(one.place, 1 + all.filter((other) => other.points > one.points).length);
					assert.equal(one.tied, all.filter((other) => other.points === one.points).length > 1);
					const next = placed[at + 1];
					if (next) assert.ok(one.points > next.points || (one.points === next.points && one.key < next.key));
				}
			},
		),
	);
});
