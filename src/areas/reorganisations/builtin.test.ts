import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import type { Reorganisation } from "./contract.ts";

// A fresh database has lived through the reform of July 2025 and what came after it (R38): as reorganisations like any other.

const TODAY = "2026-11-22";
const { call, operator, owner, person, unit, verified } = await openTestDatabase({ today: TODAY });

const list = (): Promise<Reorganisation[]> => call(operator, "reorganisations.list", {});
const onDay = async (on: string) => (await list()).find((one) => one.on === on && one.builtin) as Reorganisation;
const step = (name: string, one: { id: string; version: number }) =>
	call(operator, `reorganisations.${name}`, { id: one.id, version: one.version });

test("the reform of July 2025 stands in the list with its decree and every change, and is read a page at a time", async () => {
	const reform = await onDay("2025-07-01");
	assert.equal(reform.state, "applied");
	assert.match(reform.decree, /202\/2025\/QH15/);
	// 34 provinces and 3 321 communes made; 63 provinces, 705 districts and 10 598 communes that went to another or ended.
	assert.equal(reform.changes, 34 + 3321 + 63 + 705 + 10598);
	const chair = await person("chair", "commune_chair", "00004");
	const first = await call(chair, "reorganisations.show", { id: reform.id });
	assert.equal(first.rows.length, 200);
	const second = await call(chair, "reorganisations.show", { id: reform.id, after: first.next });
	assert.equal(second.rows[0].position, first.next + 1);
	const found = await call(chair, "reorganisations.show", { id: reform.id, q: "truc bach" });
	assert.deepEqual(
		found.rows.map((row: { unit: string; successor: string }) => [row.unit, row.successor]),
		[["Phường Trúc Bạch", "Phường Ba Đình"]],
	);
	await assert.rejects(step("undo", reform), refused("reorganisation.depended_on"));
	await verified();
});

test("the changes of 30 April 2026 are one that can be taken back while nothing depends on them, and only then", async () => {
	const april = await onDay("2026-04-30");
	assert.deepEqual([april.changes, april.state], [11, "applied"]);
	assert.match(april.decree, /30\/2026\/QH16/);
	const { rows: before } = await owner.query("select * from app.unit_spell order by id");
	const undone = await step("undo", april);
	assert.equal(undone.state, "undone");
	assert.equal((await call(operator, "units.show", { code: "75" })).unit.name, "Tỉnh Đồng Nai");
	await verified();
	// And it is not written again at the next start.
	await owner.query("select calc.record_builtin($1)", [operator.accountId]);
	assert.equal((await list()).filter((one) => one.on === "2026-04-30").length, 1);
	const { rows: now } = await owner.query("select * from app.unit_spell order by id");
	assert.equal(before.length - now.length, 11);
});

test("a better table corrects the built-in reform, which then says that a later one depends on it", async () => {
	const old = await unit("00016", "2025-06-30");
	const { rows: stood } = await owner.query(
		"select s.code, s.name from app.unit_succession x join app.unit_spell s on s.unit_id = x.successor_id and s.during @> x.on_day where x.predecessor_id = $1",
		[old],
	);
	const other = stood[0].code === "00004" ? "00025" : "00004";
	const otherName = (await call(operator, "units.show", { code: other, on: "2025-07-01" })).unit.name;
	const drafted = await call(operator, "reorganisations.draftFromTable", {
		title: "Đính chính",
		decree: "Nghị quyết 1656/NQ-UBTVQH15",
		on: "2025-07-01",
		rows: [
			{
				row: 2,
				new_province_code: "01",
				new_code: stood[0].code,
				new_name: stood[0].name,
				old_code: "00016",
				part: "partial",
			},
			{ row: 3, new_province_code: "01", new_code: other, new_name: otherName, old_code: "00016", part: "partial" },
		],
	});
	assert.equal(drafted.changes, 2);
	const done = await step("apply", await step("approve", await step("submit", drafted)));
	const shown = await call(operator, "units.show", { id: old, on: "2025-06-30" });
	assert.equal(shown.successors.filter((one: { part: string }) => one.part === "partial").length, 2);
	await verified();
	await step("undo", done);
	await verified();
});
