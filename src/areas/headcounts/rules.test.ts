import assert from "node:assert/strict";
import { test } from "node:test";
import type { HeadcountComponent } from "./contract.ts";
import { dayFault, type InForce, readLine, riseFault } from "./rules.ts";

test("a figure that raises what is counted needs a document; unlisted rises only from above (R4, R49)", () => {
	const own = { opened: true, fromAbove: false };
	const above = { opened: true, fromAbove: true };
	const first = { opened: false, fromAbove: false };
	const cases: [HeadcountComponent, number, number, string, InForce | null, typeof own, string | null][] = [
		["trade_union", 10, 0, "", null, first, "headcount.document_missing"],
		["trade_union", 10, 0, "CV 1", null, first, null],
		["trade_union", 10, 0, "", { count: 10, overlap: 0 }, own, null],
		["trade_union", 9, 0, "", { count: 10, overlap: 0 }, own, null],
		["trade_union", 11, 0, "", { count: 10, overlap: 0 }, own, "headcount.document_missing"],
		["trade_union", 10, 0, "", { count: 10, overlap: 4 }, own, "headcount.document_missing"],
		["trade_union", 0, 0, "", null, first, null],
		["unlisted", 500, 0, "BC 2022", null, first, null],
		["unlisted", 501, 0, "BC 2023", { count: 500, overlap: 0 }, own, "headcount.unlisted_rise"],
		["unlisted", 501, 0, "BC 2023", { count: 500, overlap: 0 }, above, null],
		["unlisted", 501, 0, "", { count: 500, overlap: 0 }, above, "headcount.document_missing"],
		["unlisted", 499, 0, "", { count: 500, overlap: 0 }, own, null],
		["unlisted", 10, 0, "BC", null, own, "headcount.unlisted_rise"],
	];
	for (const [component, count, overlap, document, before, rights, code] of cases)
		assert.equal(
			riseFault({ component, count, overlap, document }, before, rights)?.code ?? null,
			code,
			JSON.stringify({ component, count, overlap, document, before, rights }),
		);
});

test("a line of a table is read, or every fault of it is named", () => {
	const line = {
		row: 2,
		code: " 00001 ",
		component: "Trade_Union",
		count: "1.234",
		overlap: "",
		source: "CV 3",
		document: "",
	};
	assert.deepEqual(readLine(line).figure, {
		component: "trade_union",
		count: 1234,
		overlap: 0,
		source: "CV 3",
		document: "CV 3",
	});
	assert.equal(readLine(line).code, "00001");
	const faults = (change: object) => readLine({ ...line, ...change }).faults.map((fault) => fault.field);
	assert.deepEqual(faults({ component: "men" }), ["component"]);
	for (const count of ["-1", "1e3", "12,5", "", "99999999999999999999", "150000000", "abc", "٣"])
		assert.deepEqual(faults({ count }), ["count"], count);
	assert.deepEqual(faults({ overlap: "-2" }), ["overlap"]);
	assert.deepEqual(faults({ overlap: "1235" }), ["overlap"]);
	assert.deepEqual(faults({ source: " " }), ["source"]);
	assert.deepEqual(faults({ source: "a\u202eb" }), ["source", "document"]);
	assert.deepEqual(faults({ component: "x", count: "y", source: "" }), ["component", "count", "source"]);
});

test("figures lie between 2017-01-01 and the end of next year", () => {
	for (const [day, ok] of [
		["2016-12-31", false],
		["2017-01-01", true],
		["2027-12-31", true],
		["2028-01-01", false],
	] as const)
		assert.equal(dayFault(day, "2026-01-02", "on") === null, ok, day);
});
