import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allot, type Share, shortOf, weightOf } from "./rules.ts";

const total = fc.integer({ min: 0, max: 100_000_000 });
const shares = (locks: boolean) =>
	fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 1, maxLength: 80 }).chain((codes) =>
		fc.tuple(
			...codes.map((code) =>
				fc.record<Share>({
					key: fc.constant(String(code)),
					weight: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40_000_000 })),
					locked: locks ? fc.option(fc.integer({ min: 0, max: 1_000_000 })) : fc.constant(null),
				}),
			),
		),
	) as fc.Arbitrary<Share[]>;
const sumOf = (parts: Map<string, number>) => [...parts.values()].reduce((sum, part) => sum + part, 0);

test("the parts add up to the total, fixed rows keep their value, none is below 0, and what cannot be shared is not (R14)", () => {
	fc.assert(
		fc.property(total, shares(true), (whole, rows) => {
			const parts = allot(whole, rows);
			const fixed = rows.reduce((sum, { locked }) => sum + (locked ?? 0), 0);
			const someone = rows.some(({ locked, weight }) => locked === null && weight > 0);
			for (const { key, weight, locked } of rows) {
				const part = parts.get(key) as number;
				assert.ok(Number.isSafeInteger(part) && part >= 0);
				if (locked !== null) assert.equal(part, locked);
				else if (weight === 0) assert.equal(part, 0);
			}
			assert.equal(sumOf(parts), someone ? Math.max(whole, fixed) : fixed);
			assert.equal(shortOf(whole, sumOf(parts)), someone ? 0 : Math.max(0, whole - fixed));
		}),
	);
});

test("the order of the rows changes nothing", () => {
	fc.assert(
		fc.property(
			total,
			shares(true).chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
			(whole, [rows, shuffled]) => {
				const [one, other] = [allot(whole, rows), allot(whole, shuffled)];
				for (const { key } of rows) assert.equal(one.get(key), other.get(key));
			},
		),
	);
});

test("no part is further than one from its exact share; a heavier row never gets less", () => {
	fc.assert(
		fc.property(total, shares(false), (whole, rows) => {
			const parts = allot(whole, rows);
			const all = rows.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
			fc.pre(all > 0n);
			for (const { key, weight } of rows) {
				const off = BigInt(parts.get(key) as number) * all - BigInt(whole) * BigInt(weight);
				assert.ok(off < all && off > -all);
			}
			const byWeight = rows.toSorted((a, b) => a.weight - b.weight);
			for (const [at, { key, weight }] of byWeight.entries()) {
				const before = byWeight[at - 1];
				if (before && before.weight < weight)
					assert.ok((parts.get(before.key) as number) <= (parts.get(key) as number));
			}
		}),
	);
});

// Largest remainders are not monotone row by row (the Alabama paradox): one more in all may take one from a row. Never more than one.
test("a larger total takes at most one from any row", () => {
	fc.assert(
		fc.property(total, fc.integer({ min: 1, max: 1000 }), shares(false), (whole, more, rows) => {
			const [before, after] = [allot(whole, rows), allot(whole + more, rows)];
			for (const { key } of rows) assert.ok((after.get(key) as number) >= (before.get(key) as number) - 1);
		}),
	);
});

test("a proposal of known numbers; equal remainders go by code", () => {
	const rows = [
		{ key: "03", weight: 1, locked: null },
		{ key: "01", weight: 1, locked: null },
		{ key: "02", weight: 1, locked: null },
		{ key: "04", weight: 3, locked: null },
	];
	assert.deepEqual([...allot(8, rows)].sort(), [
		["01", 2],
		["02", 1],
		["03", 1],
		["04", 4],
	]);
	assert.deepEqual(allot(8, [{ key: "01", weight: 9, locked: 10 }, ...rows.slice(2)]).get("02"), 0);
});

test("a commune over 100 % or without a denominator has no weight (R14)", () => {
	assert.deepEqual([weightOf(100, 40), weightOf(100, 130), weightOf(null, 5)], [60, 0, 0]);
});
