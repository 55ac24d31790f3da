import assert from "node:assert/strict";
import { test } from "node:test";
import { type Children, treeLines } from "./tree-rows.ts";

const childrenOf: Record<string, Children<string>> = {
	VN: { state: "there", rows: ["75", "79"] },
	75: { state: "loading" },
	79: { state: "failed", message: "Không kết nối được máy chủ." },
};

function lines(open: string[]) {
	return treeLines(
		["VN"],
		(row) => row,
		(row) => row.length === 2,
		(key) => open.includes(key),
		(key) => childrenOf[key],
	).map((line) => `${line.level} ${line.kind} ${line.key}`);
}

test("closed rows hide what is below them", () => {
	assert.deepEqual(lines([]), ["1 row VN"]);
	assert.deepEqual(lines(["VN"]), ["1 row VN", "2 row 75", "2 row 79"]);
});

test("children on their way and children refused stand below their parent", () => {
	assert.deepEqual(lines(["VN", "75", "79"]), [
		"1 row VN",
		"2 row 75",
		"3 loading 75/loading",
		"2 row 79",
		"3 failed 79/failed",
	]);
});

test("an open parent forgets nothing of its children while it is closed", () => {
	assert.deepEqual(lines(["75"]), ["1 row VN"]);
});
