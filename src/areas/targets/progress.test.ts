import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Seen from 2026-11-22: twelve months behind, 109 days ahead to the end of the centre's term.
const { call, operator, owner, unit, person, fill } = await openSmallCountry();
const many = (n: number, day: string) => Array.from({ length: n }, () => day);
const commune = (province: 0 | 1, women18: number, joined: string[]) => ({
	province,
	women18,
	unlisted: 0,
	overlap: 0,
	joined: [joined],
});
await fill([
	// 50 at the baseline, 9 since then of which 5 in the last year: at that pace one more, exactly 60, not over.
	commune(0, 100, [...many(50, "2020-01-01"), ...many(4, "2025-03-01"), ...many(5, "2026-02-01")]),
	// 50 at the baseline, 10 in the last year: at that pace two more, over.
	commune(0, 100, [...many(50, "2020-01-01"), ...many(10, "2026-02-01")]),
	// Over already.
	commune(1, 10, many(8, "2020-01-01")),
	// A year without anybody coming.
	commune(1, 40, [...many(10, "2020-01-01"), ...many(2, "2025-03-01")]),
]);
const kind = "net_new_members";
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
await call(operator, "targets.set", {
	unitId: vn,
	kind,
	document: "21/HD-ĐCT",
	documentOn: "2025-01-10",
	own: { value: 40, baselineOn: "2024-12-31", baselineMembers: 115, baselineDocument: "BC 9" },
	rows: [
		{ unitId: one, value: 30 },
		{ unitId: two, value: 10 },
	],
});
interface Progress {
	own: Row;
	rows: Row[];
	notPassing: { code: string; missing: number; expected: number; parent: string }[];
	[key: string]: unknown;
}
interface Row {
	code: string;
	target: number | null;
	achieved: number;
	remaining: number | null;
	perMonth: number | null;
	yearNet: number;
	expected: number;
	reaches: boolean | null;
	estimated: boolean;
}
const progress = (input: object) => call<Progress>(operator, "targets.progress", { kind, ...input });
const short = ({ code, target, achieved, remaining, perMonth, yearNet, expected, reaches }: Row) => [
	code,
	target,
	achieved,
	remaining,
	perMonth,
	yearNet,
	expected,
	reaches,
];

test("achieved since the baseline, the pace it takes, and what the last twelve months' pace would bring", async () => {
	const found = await progress({ unit: "VN" });
	assert.deepEqual(
		[found.on, found.baselineOn, found.recorded, found.baselineMembers, found.end, found.monthsLeft],
		["2026-11-22", "2024-12-31", true, 115, "2027-03-11", 4],
	);
	// The centre counts from the 115 recorded (118 in the ledger); 15 in the last year bring 4 in 109 days.
	assert.deepEqual(short(found.own), ["VN", 40, 24, 16, 4, 15, 28, false]);
	assert.deepEqual(found.rows.map(short), [
		["01", 30, 19, 11, 3, 15, 23, false],
		["02", 10, 2, 8, 2, 0, 2, false],
	]);
});

test("communes that would not be over 60 % at their pace, with what they lack (R1, R15)", async () => {
	const { notPassing, known, over } = await progress({ unit: "VN" });
	assert.deepEqual(
		notPassing.map(({ code, missing, expected, parent }) => [code, missing, expected, parent]),
		[
			["10001", 2, 60, "Tỉnh Một"],
			["10004", 13, 12, "Tỉnh Hai"],
		],
	);
	assert.deepEqual([known, over], [4, 1]);
	const own = await progress({ unit: "10002" });
	assert.deepEqual([short(own.own), own.notPassing, own.rows], [["10002", null, 10, null, null, 10, 12, null], [], []]);
});

test("communes over 60 % are counted where they stand; a period that is over is seen on its last day", async () => {
	const over = await progress({ unit: "VN", kind: "communes_over_60" });
	assert.deepEqual([over.own.achieved, over.rows.map((row) => row.achieved)], [1, [0, 1]]);
	const year = await progress({ unit: "01", year: 2025 });
	assert.deepEqual(
		[year.on, year.baselineOn, year.recorded, year.own.achieved, year.monthsLeft],
		["2025-12-31", "2024-12-31", false, 4, 1],
	);
});

test("a unit made of others has their figures behind it; nobody sees another's", async () => {
	const [a, b] = [await unit("10001"), await unit("10002")];
	let at = await call(operator, "reorganisations.draft", {
		title: "Nhập",
		decree: "NQ",
		on: "2026-08-01",
		changes: [
			{
				kind: "create",
				key: "new:x",
				unitKind: "commune",
				code: "90001",
				name: "Xã Mới",
				parent: { unitId: one },
			},
			...[a, b].map((unitId) => ({
				kind: "succeed",
				unitId,
				successor: { key: "new:x" },
				part: "full",
				document: "",
			})),
		],
	});
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
	const made = await progress({ unit: "90001" });
	assert.deepEqual([made.own.achieved, made.own.yearNet, made.own.estimated], [19, 15, false]);
	const chair = await person("chair.new", "commune_chair", "90001");
	assert.equal((await call(chair, "targets.progress", { unit: "90001", kind })).own.achieved, 19);
	await assert.rejects(call(chair, "targets.progress", { unit: "10003", kind }), refused("access.denied"));
	assert.deepEqual((await owner.query("select * from calc.verify()")).rows, []);
});
