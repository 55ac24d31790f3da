import assert from "node:assert/strict";
import { test } from "node:test";
import { openMembersTest } from "../members/store.harness.ts";

// What is read of a reorganisation afterwards: lines through the years, "Cách tính" and shares of classes under another day's units (R38).

const { call, owner, operator, unit, branch, woman, verified } = await openMembersTest();
const DAY = "2026-08-01";
const BEFORE = "2026-07-31";

async function act(name: string, one: { id: string; version: number }) {
	return call(operator, `reorganisations.${name}`, { id: one.id, version: one.version });
}

const line = (new_code: string, new_name: string, old_code: string, part = "full") => ({
	row: 2,
	new_province_code: "01",
	new_code,
	new_name,
	old_code,
	part,
});

const old = await unit("00025", BEFORE);
const east = await branch("Chi hội Đông", "00025");
const west = await branch("Chi hội Tây", "00025");
for (const [leafId, joined] of [
	[east, "2020-01-01"],
	[east, "2026-06-15"],
	[east, "2026-09-02"],
	[west, "2021-03-08"],
	[old, "2022-05-05"],
] as const)
	await call(operator, "members.add", woman({ leafId, joined }));
await owner.query(
	`with term as (select id from app.term order by id limit 1),
		made as (insert into app.population_source (term_id, name, official) select id, 'thử', true from term returning id)
		insert into app.population (id, source_id, unit_id, women18, created_by)
		select gen_random_uuid(), made.id, $1, 7, $2 from made`,
	[old, operator.accountId],
);
await owner.query("select calc.refresh_denominators()");
await call(operator, "headcounts.set", {
	unitId: old,
	component: "trade_union",
	onDay: "2026-05-01",
	count: 9,
	overlap: 1,
	source: "LĐLĐ",
	document: "Công văn 5",
});
const drafted = await call(operator, "reorganisations.draftFromTable", {
	title: "Tách và nhập",
	decree: "Nghị quyết thử",
	on: DAY,
	rows: [
		line("99002", "Phường Đông", "00025", "partial"),
		line("99003", "Phường Tây", "00025", "partial"),
		line("99004", "Phường Nhập", "00004"),
		line("99004", "Phường Nhập", "00008"),
	],
});
const done = await act("apply", await act("approve", await act("submit", drafted)));
const east_ward = await unit("99002", DAY);
await call(operator, "reorganisations.assign", { unitId: old, toUnitId: east_ward, branchIds: [east] });
await call(operator, "reorganisations.assign", { unitId: old, toUnitId: await unit("99003", DAY), branchIds: [west] });

test("the line of a part goes on before its first day, as the rates of those days read under its map", async () => {
	const points = await call(operator, "gathering.trend", { id: east_ward, from: "2026-01-01", to: "2026-11-01" });
	assert.equal(points.length, 11, "no month is missing");
	for (const point of points) {
		const [row] = await call(operator, "gathering.rates", {
			unitId: east_ward,
			on: point.on,
			map: point.on < DAY ? DAY : undefined,
		});
		assert.deepEqual([point.members, point.women18], [row.members, row.women18], point.on);
	}
	assert.ok(points[0].women18 > 0);
	const [july, august] = points.filter((point: { on: string }) => point.on === "2026-07-01" || point.on === DAY);
	assert.equal(july.members, august.members, "nothing but the parting happened between the two days");
	assert.match(july.name, /trước sắp xếp/);
});

test("Cách tính under another day's map names what a commune is made of, and counts it again where all of it is whole", async () => {
	const whole = await call(operator, "gathering.explain", { code: "99004", on: "2026-07-01", map: DAY });
	assert.deepEqual(
		whole.origins.map((one: { code: string; part: boolean }) => [one.code, one.part]),
		[
			["00004", false],
			["00008", false],
		],
	);
	assert.equal(whole.recount.equal, true);
	assert.equal(whole.row.map, DAY);
	const part = await call(operator, "gathering.explain", { code: "99002", on: "2026-07-01", map: DAY });
	assert.equal(part.recount, null);
	assert.deepEqual(
		part.origins.map((one: { code: string; part: boolean }) => [one.code, one.part]),
		[["00025", true]],
	);
	const province = await call(operator, "gathering.explain", { code: "01", on: "2026-07-01", map: DAY });
	assert.deepEqual([province.recount, province.denominator.how], [null, "summed"]);
	const own = await call(operator, "gathering.explain", { code: "01", on: "2026-07-01" });
	assert.deepEqual([own.recount.equal, own.origins], [true, []]);
});

test("classes of each province under both maps of one day count every commune once", async () => {
	for (const [map, communes] of [
		[undefined, 3323],
		["2023-05-29", 10598],
	] as const) {
		const rows = await call(operator, "gathering.classShares", { on: "2026-10-01", map });
		const all = rows.reduce(
			(sum: number, row: { under: number; exactly: number; over: number; none: number }) =>
				sum + row.under + row.exactly + row.over + row.none,
			0,
		);
		// One commune became three, and two became one.
		assert.equal(all, map === undefined ? communes - 2 : communes);
	}
});

test("a unit tells who took it over with what share, by which decree, and by which reorganisation", async () => {
	const shown = await call(operator, "units.show", { id: old, on: BEFORE });
	assert.deepEqual(
		shown.successors
			.filter((one: { part: string }) => one.part === "partial")
			.map((one: { code: string; share: string; decree: string; reorganisationId: string }) => [
				one.code,
				one.share,
				one.decree,
				one.reorganisationId,
			]),
		[
			["99002", "50.00", "Nghị quyết thử", done.id],
			["99003", "25.00", "Nghị quyết thử", done.id],
		],
	);
	const reform = await call(operator, "units.show", { code: "00004", on: "2025-06-30" });
	assert.equal(reform.successors[0].reorganisationId, "00000000-0000-7000-8000-000020250701");
	await verified();
});
