import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitShow } from "./contract.ts";
import { timelineOf } from "./rules-timeline.ts";

const spell = (from: string, to: string | null, more: object = {}) => ({
	from,
	to,
	code: "1",
	name: "Xã A",
	parent: "Tỉnh B",
	decree: "NQ",
	...more,
});
const relative = (id: number, on: string, part: "full" | "partial" = "full") => ({
	id,
	code: "9",
	name: `Xã ${id}`,
	on,
	part,
	share: null,
	decree: "NQ 2",
	reorganisationId: null,
});
const show = (more: Partial<UnitShow>) =>
	({ spells: [], predecessors: [], successors: [], notes: [], ...more }) as unknown as UnitShow;

test("what stood when the registry begins has no beginning; renaming, moving and going over are told by their days", () => {
	const events = timelineOf(
		show({
			spells: [
				spell("2017-01-01", "2020-01-01"),
				spell("2020-01-01", "2022-01-01", { name: "Phường A", parent: "Tỉnh C" }),
				spell("2022-01-01", "2025-07-01", { name: "Phường A", parent: "Tỉnh C", code: "2" }),
			],
			successors: [relative(7, "2025-07-01", "partial"), relative(8, "2025-07-01", "partial")],
		}),
		"2017-01-01",
	);
	assert.deepEqual(
		events.map(({ on, words, to }) => [on, words, to.map(({ id }) => id)]),
		[
			["2020-01-01", ["đổi tên thành Phường A", "về trực thuộc Tỉnh C"], []],
			["2022-01-01", ["đổi mã thành 2"], []],
			["2025-07-01", [], [7, 8]],
		],
	);
});

test("a new unit begins with those it was made of, and one that ends without a successor says so", () => {
	const events = timelineOf(
		show({ spells: [spell("2025-07-01", "2026-01-01")], predecessors: [relative(3, "2025-07-01")] }),
		"2017-01-01",
	);
	assert.deepEqual(
		events.map(({ on, words, from }) => [on, words, from.length]),
		[
			["2025-07-01", ["thành lập: Xã A"], 1],
			["2026-01-01", ["kết thúc"], 0],
		],
	);
});
