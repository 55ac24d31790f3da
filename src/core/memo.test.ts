import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "./memo.ts";

test("an answer is worked out once a text, and anew when too many are known", () => {
	const asked: string[] = [];
	const length = memo(2, (text) => {
		asked.push(text);
		return text.length;
	});
	assert.deepEqual(["a", "bb", "a", "ccc", "a"].map(length), [1, 2, 1, 3, 1]);
	assert.deepEqual(asked, ["a", "bb", "ccc", "a"]);
});

test("a long text is answered and not kept", () => {
	let asked = 0;
	const count = memo(9, () => ++asked);
	assert.deepEqual([count("x".repeat(201)), count("x".repeat(201))], [1, 2]);
});
