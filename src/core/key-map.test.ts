import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { KeyMap } from "./key-map.ts";

test("it answers as a Map does, 0 for what it does not know", () => {
	const command = fc.tuple(fc.oneof(fc.string(), fc.nat(300).map(String)), fc.integer({ min: 1 }));
	fc.assert(
		fc.property(fc.array(command, { maxLength: 3000 }), (commands) => {
			const [map, twin] = [new KeyMap(), new Map<string, number>()];
			for (const [text, value] of commands) {
				assert.equal(map.get(text), twin.get(text) ?? 0);
				map.set(text, value);
				twin.set(text, value);
			}
			for (const [text, value] of twin) assert.equal(map.get(text), value);
		}),
		{ numRuns: 30 },
	);
});

test("a hundred thousand numbers one after the other are told apart", () => {
	const map = new KeyMap();
	for (let n = 1; n <= 100_000; n++) map.set(`001171${n}`, n);
	for (let n = 1; n <= 100_000; n++) assert.equal(map.get(`001171${n}`), n);
	assert.equal(map.get("001171100001"), 0);
});
