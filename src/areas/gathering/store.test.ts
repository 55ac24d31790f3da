import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import { putMembers } from "../members/raw.harness.ts";
import type { RateRow } from "./contract.ts";
import { rowOf, totalOf } from "./rules.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, operator, owner, person, unit } = database;
const rates = (input: object, actor = operator): Promise<RateRow[]> => call(actor, "gathering.rates", input);
const OLD = "2025-06-30";

/** Hà Nội, Ba Đình: Phúc Xá (00001) and Trúc Bạch (00004) before the reform; the new Phường Ba Đình bears 00004. */
const phucXa = await unit("00001", OLD);
const branch = await database.branch("Chi hội 1 Phúc Xá", "00001", OLD);
await call(operator, "populations.import", {
	source: "Tổng điều tra 2019",
	asOf: OLD,
	rows: [
		{ row: 2, code: "00001", women18: "100", document: "" },
		{ row: 3, code: "00004", women18: "50", document: "" },
	],
});
await putMembers(database, [
	...Array.from({ length: 40 }, () => ({ leafId: branch, joined: "2019-03-01", counts: "{[2019-03-01,)}" })),
	...Array.from({ length: 10 }, () => ({
		leafId: phucXa,
		joined: "2024-01-10",
		left: "2025-03-05",
		counts: "{[2024-01-10,2025-03-05)}",
	})),
]);
const set = (unitId: number, component: string, onDay: string, count: number, overlap = 0) =>
	call(operator, "headcounts.set", {
		unitId,
		component,
		onDay,
		count,
		overlap,
		source: "Công đoàn",
		document: "BC 12",
	});
await set(phucXa, "trade_union", "2023-01-01", 12, 2);
await set(await unit("001", OLD), "trade_union", "2023-06-01", 7);
await set(await unit("01", OLD), "armed_forces", "2023-06-01", 30);
await set(await unit("VN", OLD), "member_organisation", "2023-06-01", 1000);

test("a commune's rate, day by day: joining counts, the day of leaving no longer does", async () => {
	const on = async (day: string) => (await rates({ unit: "00001", on: day }))[0];
	assert.equal((await on("2019-02-28")).members, 0);
	assert.equal((await on("2019-03-01")).members, 40);
	assert.equal((await on("2023-01-01")).members, 50, "12 trade union members, 2 of them in the roster");
	const before = await on("2025-03-04");
	assert.deepEqual([before.members, before.rate, before.class, before.missing], [60, "60.00", "exactly", 1]);
	const after = await on("2025-03-05");
	assert.deepEqual([after.members, after.rate, after.class, after.missing], [50, "50.00", "under", 11]);
	assert.deepEqual(Object.keys(after.parts), [
		"roster",
		"unlisted",
		"trade_union",
		"armed_forces",
		"member_organisation",
		"upper_club",
		"overlap",
	]);
});

test("what a higher level counts enters its own total and those above it, never the commune's (R4)", async () => {
	const row = async (code: string) => (await rates({ unit: code, on: "2024-12-31" }))[0];
	assert.equal((await row("00001")).members, 60);
	assert.equal((await row("001")).members, 67);
	assert.equal((await row("01")).members, 97);
	const centre = await row("VN");
	assert.equal(centre.members, 1097);
	assert.equal(centre.women18, 150);
	assert.equal(centre.without_denominator, 10_596);
	assert.equal(centre.class, null);
	assert.equal(centre.missing, null);
	const clusters = await rates({ level: "cluster", on: "2024-12-31" });
	assert.equal(
		clusters.reduce((sum, cluster) => sum + cluster.members, 0),
		97,
		"the centre's own figure is no cluster's",
	);
});

test("after the reform the new commune carries its predecessors' figures and women; earlier days stay as they were (R38)", async () => {
	const successor = (await call(operator, "units.show", { code: "00001", on: OLD })).successors[0];
	const [row] = await rates({ unitId: successor.id, on: "2025-07-01" });
	assert.equal(row.parts.roster, 40);
	assert.equal(row.parts.trade_union, 12);
	assert.equal(row.parts.overlap, 2);
	assert.equal((await rates({ unit: "00001", on: OLD }))[0].members, 50);
	const [hanoi] = await rates({ unit: "01", on: "2025-07-01" });
	assert.equal(hanoi.members, 80, "50 of the commune, 30 of the province; the district's 7 ended with its level");
	const line = await call(operator, "gathering.trend", { id: successor.id, from: "2025-05-01", to: "2025-08-01" });
	assert.deepEqual(
		line.map((point: { members: number }) => point.members),
		[50, 50, 50, 50],
	);
	assert.match(line[0].name, /trước sắp xếp/);
	assert.doesNotMatch(line[2].name, /trước sắp xếp/);
});

test("the whole country rolls up as a naive sum over the tree does, before and after the reform", async () => {
	for (const on of [OLD, "2025-07-01", "2026-11-22"]) {
		const communes = await rates({ level: "commune", on });
		const { rows: tree } = await owner.query(
			"select s.unit_id, s.parent_id, u.kind from app.unit_spell s join app.unit u on u.id = s.unit_id where s.during @> $1::date",
			[on],
		);
		const parent = new Map<number, number>(tree.map((one) => [one.unit_id, one.parent_id]));
		const { rows: own } = await owner.query(
			"select unit_id, sum(case component when 7 then -value else value end)::int as n from calc.figures($1::date) group by 1",
			[on],
		);
		const total = new Map<number, number>();
		for (const { unit_id, n } of own)
			for (let at: number | null | undefined = unit_id; at; at = parent.get(at))
				total.set(at, (total.get(at) ?? 0) + n);
		for (const level of ["centre", "province", "district", "commune"])
			for (const row of await rates({ level, on }))
				assert.equal(row.members, total.get(row.id) ?? 0, `${row.name} on ${on}`);
		const known = communes.flatMap((row) => row.women18 ?? []);
		const women = known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
		assert.equal((await rates({ on }))[0].women18, women);
		for (const row of communes) assert.deepEqual(row, rowOf({ ...row, without: row.without_denominator }, on));
		assert.ok(communes.every((row) => row.members === totalOf(row.parts)));
	}
});

test("unit, level, neither, children: each answers what it says", async () => {
	assert.deepEqual(
		(await rates({})).map((row) => row.code),
		["VN"],
	);
	assert.equal((await rates({ level: "province" })).length, 34);
	assert.equal((await rates({ level: "district" })).length, 0);
	assert.equal((await rates({ level: "district", on: OLD, unit: "01" })).length, 30);
	assert.equal((await rates({ level: "province", on: OLD, unit: "001" })).length, 0);
	assert.equal((await rates({ level: "commune", on: OLD, unit: "00001" })).length, 1);
	assert.deepEqual(
		(await rates({ level: "branch", on: OLD, unit: "001" })).map((row) => [row.name, row.members, row.rate]),
		[["Chi hội 1 Phúc Xá", 40, null]],
	);
	const children = await rates({ unit: "001", on: OLD, children: true });
	assert.ok(children.length > 5 && children.every((row) => row.kind === "commune"));
	assert.equal((await rates({ children: true })).length, 34);
	assert.deepEqual(
		(await rates({ unit: "01", on: "2025-03-05", level: "commune", class: "under" })).map((row) => row.code),
		["00001", "00004"],
	);
});

test("Chưa phân is counted once, has no rate, and is in every sum above it", async () => {
	const [work] = await call(operator, "units.openWork", {});
	await set(work.id, "unlisted", "2024-01-01", 900);
	const row = (await rates({ level: "commune" })).find((one) => one.id === work.unassignedId);
	assert.deepEqual([row?.kind, row?.members, row?.rate, row?.class], ["unassigned", 900, null, null]);
	assert.equal(row?.without_denominator, 1);
	assert.equal((await rates({}))[0].members, (await rates({ on: OLD }))[0].members - 7);
});

test("days outside the ledger are refused; next year is opened by asking", async () => {
	for (const on of ["2016-12-31", "2028-01-01"]) await assert.rejects(rates({ on }), refused("day.out_of_range"));
	assert.equal((await rates({ unit: "VN", on: "2027-12-31" }))[0].parts.roster, 40);
	await assert.rejects(rates({ unit: "00001" }), refused("unit.not_found"));
	await assert.rejects(rates({ unit: "99999", on: OLD }), refused("unit.not_found"));
});

test("everyone reads her own unit and below, and nothing else", async () => {
	const chair = await person("chair.badinh", "commune_chair", "00004");
	const province = await person("officer.hanoi", "province", "01");
	const head = await person("head.phucxa", "branch_head", `#${branch}`);
	assert.equal((await rates({ unit: "00004" }, chair)).length, 1);
	assert.deepEqual(
		(await rates({ level: "commune" }, chair)).map((row) => row.code),
		["00004"],
	);
	await assert.rejects(rates({}, chair), refused("access.denied"));
	await assert.rejects(rates({ unit: "01" }, chair), refused("access.denied"));
	await assert.rejects(call(chair, "gathering.explain", { code: "01" }), refused("access.denied"));
	assert.deepEqual(await call(chair, "gathering.trend", { code: "01" }), []);
	assert.equal((await rates({ unit: "01", on: OLD }, province))[0].members, 87, "the old province is hers, too");
	await assert.rejects(rates({ unit: "48" }, province), refused("access.denied"));
	assert.deepEqual(
		(await rates({ unitId: branch }, head)).map((row) => row.members),
		[40],
	);
	await assert.rejects(rates({ unit: "00004" }, head), refused("access.denied"));
	await assert.rejects(call(province, "gathering.verify", {}), refused("access.denied"));
});

test("a special base has no rate of any kind (R6)", async () => {
	const base = await call(operator, "units.add", {
		parentId: await unit("01"),
		kind: "special_base",
		name: "Cơ sở Hội chợ Đồng Xuân",
	});
	await assert.rejects(rates({ unitId: base.id }), refused("unit.no_rate"));
});
