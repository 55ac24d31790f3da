import assert from "node:assert/strict";
import { test } from "node:test";
import { uuidText, uuidv7, uuidv7s } from "./id.ts";

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("many ids at once are ids of version 7, of now, each its own, in ascending order", () => {
	const count = 20_000;
	const bytes = uuidv7s(count);
	const ids = Array.from({ length: count }, (_, index) => uuidText(bytes.subarray(index * 16, index * 16 + 16)));
	assert.equal(new Set(ids).size, count);
	for (const id of ids) assert.match(id, SHAPE);
	assert.deepEqual(ids.toSorted(), ids);
	const time = Number.parseInt((ids[0] as string).replace("-", "").slice(0, 12), 16);
	assert.ok(Math.abs(Date.now() - time) < 5000);
	assert.match(uuidv7(), SHAPE);
	assert.deepEqual(uuidv7s(0), new Uint8Array(0));
});
