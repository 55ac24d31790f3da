import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { Problem } from "../../core/problem.ts";

const database = await openTestDatabase({ today: "2026-11-22" });

test("a code means the unit that bore it on the day", async () => {
	const { operator, call } = database;
	assert.equal((await call(operator, "units.show", { code: "00004", on: "2025-06-30" })).unit.name, "Phường Trúc Bạch");
	const now = await call(operator, "units.show", { code: "00004" });
	assert.equal(now.unit.name, "Phường Ba Đình");
	assert.ok(now.predecessors.some((p: { name: string }) => p.name === "Phường Trúc Bạch"));
	await assert.rejects(
		call(operator, "units.show", { code: "00001" }),
		(error: Problem) => error.code === "unit.not_found",
	);
});

test("the national sets stand whole on both sides of the reform", async () => {
	const { owner } = database;
	const count = async (on: string): Promise<Record<string, number>> => {
		const { rows } = await owner.query(
			"select kind, count(*)::int from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> $1::date group by kind order by kind",
			[on],
		);
		return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
	};
	const before = await count("2025-06-30");
	assert.deepEqual(before, { centre: 1, cluster: 7, commune: 10598, district: 705, province: 63 });
	const after = await count("2025-07-01");
	assert.equal(after.commune, 3321);
	assert.equal(after.province, 34);
	assert.equal(after.district, undefined);
});

test("every old commune has a home on both sides of the reform", async () => {
	const { owner } = database;
	const { rows } =
		await owner.query(`select count(*)::int as n from app.unit u where kind = 'commune' and builtin_key like 'old:%'
		and 2 <> (select count(*) from app.unit_home h where h.leaf_id = u.id)`);
	assert.equal(rows[0].n, 0);
});

test("a chair adds a branch at her own commune and nowhere else; the branch follows its commune through the reform", async () => {
	const { call, person, unit, owner } = database;
	const chair = await person("chair.badinh", "commune_chair", "00004");
	const mine = await unit("00004");
	const branch = await call(chair, "units.add", {
		parentId: await unit("00004", "2025-06-30"),
		kind: "branch",
		name: "Chi hội phố cổ",
	});
	const { rows } = await owner.query(
		"select commune_id, during::text from app.unit_home where leaf_id = $1 order by during",
		[branch.id],
	);
	assert.deepEqual(rows, [
		{ commune_id: await unit("00004", "2025-06-30"), during: "[2017-01-01,2025-07-01)" },
		{ commune_id: mine, during: "[2025-07-01,)" },
	]);
	await assert.rejects(
		call(chair, "units.add", { parentId: await unit("00025"), kind: "branch", name: "Chi hội nơi khác" }),
		(error: Problem) => error instanceof Problem && error.code === "access.denied",
	);
});
