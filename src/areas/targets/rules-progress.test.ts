import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { aheadOf, gainAhead, monthsUntil, paceNeeded, passesAhead } from "./rules-progress.ts";

test("the pace needed reaches the target in the months that remain, and one less a month does not", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 100_000_000 }),
			fc.integer({ min: -1_000_000, max: 100_000_000 }),
			fc.integer({ min: 1, max: 60 }),
			(target, achieved, months) => {
				const { remaining, perMonth } = paceNeeded(target, achieved, months);
				assert.ok(perMonth !== null && achieved + perMonth * months >= target);
				assert.equal(remaining === 0, perMonth === 0);
				if (perMonth > 0) assert.ok(achieved + (perMonth - 1) * months < target);
			},
		),
	);
	assert.deepEqual(paceNeeded(10, 4, 0), { remaining: 6, perMonth: null });
});

test("what is expected grows with the pace, is nought at the end, and a year at a year's pace is that year's gain", () => {
	fc.assert(
		fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 0, max: 2000 }), (net, left) => {
			const ahead = { measured: 365, left };
			assert.ok(Number.isSafeInteger(gainAhead(net, ahead)));
			assert.ok(gainAhead(net + 1, ahead) >= gainAhead(net, ahead));
			assert.equal(gainAhead(net, { measured: 365, left: 365 }), net);
			assert.ok(gainAhead(net, { measured: 365, left: 0 }) === 0);
		}),
	);
});

test("months and days that remain", () => {
	assert.deepEqual(aheadOf("2025-11-22", "2026-11-22", "2027-03-11"), { measured: 365, left: 109 });
	assert.equal(aheadOf("2025-11-22", "2026-11-22", "2026-01-01").left, 0);
	assert.deepEqual(
		["2026-11-22", "2026-11-23", "2026-12-22", "2027-03-11"].map((end) => monthsUntil("2026-11-22", end)),
		[0, 1, 1, 4],
	);
});

test("a commune passes only where it would be strictly over 60 % (R1)", () => {
	const ahead = { measured: 365, left: 730 };
	assert.deepEqual(
		[5, 4, -1].map((net) => passesAhead(591, 1000, net, ahead)),
		[true, false, false],
	);
	assert.equal(passesAhead(590, 1000, 5, ahead), false, "600 of 1000 is exactly 60 %");
});
