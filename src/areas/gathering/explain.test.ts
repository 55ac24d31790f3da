import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { putMembers } from "../members/raw.harness.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, operator, owner, unit } = database;
const OLD = "2025-06-30";
const trucBach = await unit("00004", OLD);
const baDinh = await unit("00004");
const branch = await database.branch("Chi hội 2", "00004", OLD);
const group = (await call(operator, "units.add", { parentId: branch, kind: "group", name: "Tổ 1" })).id;
await call(operator, "populations.import", {
	source: "Tổng điều tra 2019",
	asOf: OLD,
	rows: [{ row: 2, code: "00004", women18: "50", document: "Biểu 1" }],
});
const [migrant] = await putMembers(database, [
	{
		leafId: group,
		joined: "2018-01-01",
		counts: "{[2018-01-01,2026-02-01)}",
		residence: { kind: "permanent", start: null },
	},
	{ leafId: branch, joined: "2018-01-01", counts: "{[2018-01-01,)}", residence: { kind: "permanent", start: null } },
	{
		leafId: branch,
		joined: "2026-09-01",
		counts: "{[2027-03-01,)}",
		residence: { kind: "temporary", start: "2026-09-01" },
	},
	{ leafId: branch, joined: "2026-09-01", counts: "{}", residence: { kind: "temporary", start: null } },
	{ leafId: branch, joined: "2026-09-01", counts: "{}", honorary: true },
	{ leafId: branch, joined: "2026-09-01", counts: "{}", stage: "proposed" },
]);
await putMembers(database, [
	{
		leafId: await unit("00008"),
		joined: "2025-08-01",
		counts: "{[2026-02-01,)}",
		residence: { kind: "temporary", start: "2025-08-01" },
		personId: migrant.personId,
	},
]);
const set = (input: object) =>
	call(operator, "headcounts.set", { source: "Công đoàn phường", document: "CV 3", ...input });
await set({ unitId: trucBach, component: "trade_union", onDay: "2024-06-01", count: 9, overlap: 1 });

test("Cách tính counts again from the rows and finds the same, at every level and on both sides of the reform", async () => {
	for (const input of [
		{ code: "00004", on: OLD },
		{ code: "00004" },
		{ code: "001", on: OLD },
		{ code: "01", on: OLD },
		{ code: "01" },
		{ code: "CUM1" },
		{ code: "VN" },
		{ id: branch },
	]) {
		const answer = await call(operator, "gathering.explain", input);
		assert.equal(answer.recount.equal, true, JSON.stringify({ input, row: answer.row, recount: answer.recount }));
		assert.equal(answer.recount.members, answer.row.members);
	}
	const branchRow = await call(operator, "gathering.explain", { id: branch, on: OLD });
	assert.equal(branchRow.row.members, 2, "the group's member is the branch's");
});

test("who of the roster does not count is told by reason (R2)", async () => {
	const { notCounted } = await call(operator, "gathering.explain", { code: "00004" });
	assert.deepEqual(
		Object.fromEntries(notCounted.map((one: { reason: string; count: number }) => [one.reason, one.count])),
		{ counted_elsewhere: 1, honorary: 1, proposed: 1, temporary_start_missing: 1, temporary_under_6_months: 1 },
	);
});

test("the denominator's origins and the headcounts' sources are named; a missing predecessor leaves none", async () => {
	const own = await call(operator, "gathering.explain", { code: "00004", on: OLD });
	assert.deepEqual(own.denominator, {
		how: "recorded",
		source: "Tổng điều tra 2019",
		of: [{ unit: "Phường Trúc Bạch", women18: 50, document: "Biểu 1" }],
	});
	const carried = await call(operator, "gathering.explain", { code: "00004" });
	assert.equal(carried.denominator.how, "none");
	assert.ok(carried.denominator.of.some((one: { women18: number | null }) => one.women18 === null));
	assert.deepEqual(
		carried.headcounts.map((one: { unit: string; count: number; source: string }) => [one.unit, one.count, one.source]),
		[["Phường Trúc Bạch", 9, "Công đoàn phường"]],
	);
	const { predecessors } = await call(operator, "units.show", { code: "00004" });
	for (const { id } of predecessors) await call(operator, "populations.set", { unitId: id, women18: 20 });
	const complete = await call(operator, "gathering.explain", { code: "00004" });
	assert.equal(complete.denominator.how, "carried");
	assert.equal(complete.row.women18, 20 * predecessors.length);
	assert.equal(complete.recount.equal, true);
});

test("a day before the term says that it is counted by the term's rules (R47)", async () => {
	assert.equal((await call(operator, "gathering.explain", { code: "00004", on: "2021-01-01" })).term.recomputed, true);
	assert.equal((await call(operator, "gathering.explain", { code: "00004", on: "2022-03-11" })).term.recomputed, false);
});

test("the overview counts communes by class, now and on the guidance's day", async () => {
	const centre = await call(operator, "gathering.overview", {});
	assert.equal(centre.classes.under + centre.classes.exactly + centre.classes.over + centre.classes.none, 3321);
	assert.equal(centre.classesBefore.on, "2023-05-29");
	assert.equal(
		centre.classesBefore.under + centre.classesBefore.over + centre.classesBefore.exactly + centre.classesBefore.none,
		10_598,
	);
	assert.equal(centre.provinces.length, 34);
	const hanoi = await call(operator, "gathering.overview", { code: "01" });
	assert.ok(hanoi.classesBefore.none + hanoi.classesBefore.under > 500, "the old communes of Hà Nội");
	assert.equal((await call(operator, "gathering.overview", { code: "00004" })).classesBefore, null);
});

test("an error planted in any derived table is found by verify", async () => {
	const verify = () => call(operator, "gathering.verify", {});
	assert.equal((await verify()).differences, 0);
	const plants: [string, string][] = [
		["day", `update app.day_delta set delta = delta + 1 where unit_id = ${trucBach} and on_date = '2018-01-01'`],
		["day", `delete from app.day_delta where unit_id = ${trucBach} and component = 3`],
		["day", `insert into app.day_delta values ('2020-02-02', ${baDinh}, 4, 1)`],
		[
			"month",
			`update app.ledger_sum set overlap = overlap - 1 where unit_id = ${trucBach} and extract(month from d) <> 1`,
		],
		["month", `insert into app.ledger_sum (d, unit_id, roster) values ('2020-02-01', ${baDinh}, 5)`],
		["year", `update app.ledger_sum set roster = roster + 1 where unit_id = ${trucBach} and d = '2019-01-01'`],
		["year", `delete from app.ledger_sum where d = '2027-01-01'`],
		["denominator", `update app.denominator set women18 = women18 + 1 where unit_id = ${trucBach}`],
		["denominator", `delete from app.denominator where unit_id = ${trucBach}`],
		["home", `delete from app.unit_home where leaf_id = ${branch} and commune_id = ${baDinh}`],
		["spell", `update app.spell set counts = '{[2015-01-01,2016-01-01)}' where id = '${migrant.spellId}'`],
		["spell", `update app.spell set counts = '{[2018-01-01,2026-01-31)}' where id = '${migrant.spellId}'`],
		["spell", `update app.spell set counts = '{[2018-01-02,2026-02-01)}' where id = '${migrant.spellId}'`],
		[
			"spell",
			`update app.residence set start = '2017-12-31', kind = 'temporary' where spell_id = '${migrant.spellId}'`,
		],
		["day", `update app.headcount set count = count + 1 where unit_id = ${trucBach}`],
	];
	for (const [what, sql] of plants) {
		const client = await owner.connect();
		try {
			await client.query("begin");
			const { rowCount } = await client.query(sql);
			assert.ok(rowCount, sql);
			const { rows } = await client.query("select distinct what from calc.verify()");
			assert.ok(
				rows.some((row) => row.what === what),
				`${sql}: found ${rows.map((row) => row.what)}`,
			);
		} finally {
			await client.query("rollback");
			client.release();
		}
	}
	await owner.query(
		`update app.day_delta set delta = delta + 1 where unit_id = ${trucBach} and on_date = '2018-01-01'`,
	);
	const found = await verify();
	assert.equal(found.differences, 1);
	assert.equal(found.samples[0].unitId, trucBach);
	assert.equal((await call(operator, "gathering.explain", { code: "00004", on: "2018-01-05" })).recount.equal, false);
});
