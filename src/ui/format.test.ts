import assert from "node:assert/strict";
import { test } from "node:test";
import { change, count, fileSize, percent } from "./format.ts";

test("whole numbers carry a dot every three digits and a true minus", () => {
	const cases: [number, string][] = [
		[0, "0"],
		[999, "999"],
		[1000, "1.000"],
		[48327923, "48.327.923"],
		[-36, "−36"],
		[-1003, "−1.003"],
	];
	for (const [value, shown] of cases) assert.equal(count(value), shown);
});

test("a rate carries a comma and no space before the sign", () => {
	assert.equal(percent("57.31"), "57,31%");
	assert.equal(percent("60.00"), "60,00%");
	assert.equal(percent("1234.56"), "1.234,56%");
	assert.equal(percent("60"), "60,00%");
});

test("a change says its direction", () => {
	assert.deepEqual([change(19), change(0), change(-1200)], ["+19", "0", "−1.200"]);
});

test("file sizes are short", () => {
	assert.deepEqual([fileSize(12), fileSize(640_000), fileSize(1_240_000)], ["1 kB", "640 kB", "1,2 MB"]);
});
