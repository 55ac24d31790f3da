import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classOf, rateText } from "../core/rate.ts";
import { type StripUnit, stripLayout } from "./strip-layout.ts";

function unit(members: number, women: number): StripUnit {
	return {
		code: `${members}/${women}`,
		name: "Xã",
		rate: Number(rateText(members, women)),
		cls: classOf(members, women),
	};
}

test("every dot stands on its own side of the 60% line, and those at 60% upon it", () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 25_000 })), { maxLength: 60 }),
			fc.integer({ min: 240, max: 1100 }),
			(pairs, width) => {
				const { dots, size, from, to } = stripLayout(
					pairs.map(([members, women]) => unit(Math.min(members, 2 * women), women)),
					width,
					240,
				);
				const line = ((60 - from) / (to - from)) * width;
				for (const dot of dots) {
					if (dot.unit.cls === "under") assert.ok(dot.x + size / 2 <= line + 1e-6);
					else if (dot.unit.cls === "over") assert.ok(dot.x - size / 2 >= line - 1e-6);
					else assert.equal(dot.x, line);
				}
			},
		),
	);
});

test("no two dots stand in one place", () => {
	const units = Array.from({ length: 500 }, (_, i) => unit(500 + (i % 90), 1000 + i));
	const places = stripLayout(units, 1000, 260).dots.map((dot) => `${dot.x} ${dot.y}`);
	assert.equal(new Set(places).size, 500);
});

test("ten thousand communes fit the height by smaller dots", () => {
	const units = Array.from({ length: 10_598 }, (_, i) => unit(400 + ((i * 7919) % 500), 1000));
	const layout = stripLayout(units, 1000, 260);
	assert.ok(layout.height <= 260);
	assert.ok(layout.size >= 2 && layout.size < 11);
});

test("thousands at one rate stay within the height", () => {
	const layout = stripLayout(
		Array.from({ length: 5000 }, () => unit(550, 1000)),
		1000,
		240,
	);
	assert.equal(layout.height, 240);
	for (const dot of layout.dots) assert.ok(dot.y <= 240);
});
