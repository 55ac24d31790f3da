import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalJson, type Json } from "./canonical-json.ts";

const value = fc.letrec<{ json: Json }>((tie) => ({
	json: fc.oneof(
		{ maxDepth: 3 },
		fc.string(),
		fc.maxSafeInteger(),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie("json"), { maxLength: 4 }),
		fc.dictionary(fc.string(), tie("json"), { maxKeys: 4 }),
	),
})).json;

/** The same value with the keys of every object put in another order. */
function reversed(json: Json): Json {
	if (Array.isArray(json)) return json.map(reversed);
	if (json === null || typeof json !== "object") return json;
	return Object.fromEntries(
		Object.entries(json)
			.reverse()
			.map(([key, inner]) => [key, reversed(inner)]),
	);
}

test("the order in which keys were written changes nothing, and the value reads back", () => {
	fc.assert(
		fc.property(value, (json) => {
			const text = canonicalJson(json);
			assert.equal(canonicalJson(reversed(json)), text);
			assert.equal(canonicalJson(JSON.parse(text)), text);
		}),
	);
});

test("a number with more than one spelling is refused", () => {
	assert.throws(() => canonicalJson({ rate: 0.1 }));
	assert.equal(canonicalJson({ b: [1, null], a: "é" }), '{"a":"é","b":[1,null]}');
});
