import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, operator, owner, person, unit } = database;
const OLD = "2025-06-30";
const line = (row: number, code: string, women18: string) => ({ row, code, women18, document: "" });
const load = (source: string, rows: object[], asOf = OLD, actor = operator) =>
	call(actor, "populations.import", { source, asOf, rows });
const women = async (input: object): Promise<number | null> =>
	(await call(operator, "gathering.rates", input))[0].women18;
const baDinh = await unit("00004");

test("a term's first source is the official one until the centre changes it; a second table of it replaces (R5)", async () => {
	assert.equal((await load("Tổng điều tra 2019", [line(2, "00001", "1.000")])).official, true);
	assert.equal((await load("Công an phường", [line(2, "00001", "1200")])).official, false);
	assert.equal(await women({ unit: "00001", on: OLD }), 1000);
	await load("Tổng điều tra 2019", [line(2, "00001", "1001")]);
	assert.equal(await women({ unit: "00001", on: OLD }), 1001);
	const sources = await call(operator, "populations.sources", {});
	const police = sources.find((one: { official: boolean }) => !one.official);
	const province = await person("officer.hanoi", "province", "01");
	await assert.rejects(call(province, "populations.setOfficial", { sourceId: police.id }), refused("access.denied"));
	await call(operator, "populations.setOfficial", { sourceId: police.id });
	assert.equal(await women({ unit: "00001", on: OLD }), 1200);
	assert.equal(await women({ unit: "00001", on: "2017-01-01" }), 1200, "days before the term are read by its rules");
	await call(operator, "populations.setOfficial", { sourceId: sources[0].id });
	const { rows } = await owner.query("select count(*)::int as n from app.population where superseded_at is not null");
	assert.equal(rows[0].n, 1, "what was replaced stays in the history");
});

test("a new commune carries the sum of its whole predecessors, none while one is missing, its own once recorded", async () => {
	const { predecessors } = await call(operator, "units.show", { code: "00004" });
	for (const [index, { id }] of predecessors.entries()) {
		if (index > 0) assert.equal(await women({ unit: "00004" }), null);
		await call(operator, "populations.set", { unitId: id, women18: 10 * (index + 1) });
	}
	const sum = (10 * predecessors.length * (predecessors.length + 1)) / 2;
	assert.equal(await women({ unit: "00004" }), sum);
	const chair = await person("chair.badinh", "commune_chair", "00004");
	const [row] = await call(chair, "populations.list", { unitId: baDinh });
	assert.deepEqual([row.women18, row.how], [sum, "carried"]);
	await call(chair, "populations.set", { unitId: baDinh, women18: 777, document: "CV Thống kê 8" });
	assert.equal(await women({ unit: "00004" }), 777);
	assert.equal((await call(operator, "gathering.verify", {})).differences, 0);
});

test("a successor of a successor carries the nearest figures, not the oldest", async () => {
	const made = await owner.query("insert into app.unit (kind) values ('commune') returning id");
	const later = made.rows[0].id;
	await owner.query("begin");
	await owner.query(
		"update app.unit_spell set during = daterange(lower(during), '2026-10-01') where unit_id = $1 and upper_inf(during)",
		[baDinh],
	);
	await owner.query(
		"insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key) values ($1, '[2026-10-01,)', '99998', 'Phường Mới', $2, 'x')",
		[later, await unit("01")],
	);
	await owner.query("insert into app.unit_succession values ($1, $2, '2026-10-01', 'full', '')", [baDinh, later]);
	await owner.query(
		"select calc.refresh_territory(), calc.refresh_homes(array[$1::int, $2::int]), calc.refresh_denominators()",
		[baDinh, later],
	);
	await owner.query("commit");
	assert.equal(await women({ unitId: later }), 777);
	const { denominator, recount } = await call(operator, "gathering.explain", { id: later });
	assert.deepEqual([denominator.how, denominator.of.length, recount.equal], ["carried", 1, true]);
});

test("bad tables are refused whole, every bad row named", async () => {
	const before = (await owner.query("select count(*)::int as n from app.population")).rows[0].n;
	await assert.rejects(
		load("Tổng điều tra 2019", [
			line(2, "00006", "10"),
			line(3, "00006", "11"),
			line(4, "77777", "1"),
			line(5, "001", "1"),
			line(6, "00007", "0"),
			line(7, "00008", "-5"),
			line(8, "00010", "99999999999"),
			line(9, "00013", ""),
			line(10, "00016", "1,5"),
		]),
		(error: Problem) => {
			assert.equal(error.code, "import.rows_invalid");
			const rows = new Set((error.detail as { rows: { row: number }[] }).rows.map((one) => one.row));
			assert.deepEqual(
				[...rows].sort((a, b) => a - b),
				[3, 4, 5, 6, 7, 8, 9, 10],
			);
			return true;
		},
	);
	await assert.rejects(load("x", []), refused("import.empty"));
	await assert.rejects(load("", [line(2, "00006", "10")]), refused("input.invalid"));
	await assert.rejects(load("x", [line(2, "00001", "10")], "2026-01-01"), refused("import.rows_invalid"));
	const chair = await person("chair.other", "commune_chair", "00025");
	await assert.rejects(
		load("Tổng điều tra 2019", [line(2, "00006", "10")], OLD, chair),
		refused("import.rows_invalid"),
	);
	await assert.rejects(call(chair, "populations.set", { unitId: baDinh, women18: 5 }), refused("access.denied"));
	await assert.rejects(
		call(operator, "populations.set", { unitId: await unit("01"), women18: 5 }),
		refused("population.wrong_unit"),
	);
	assert.equal((await owner.query("select count(*)::int as n from app.population")).rows[0].n, before);
});

test("the commune's own count of women present never enters the rate (R5)", async () => {
	const ngocHa = await unit("00008");
	const chair = await person("chair.ngocha", "commune_chair", "00008");
	await call(chair, "populations.setPresent", { unitId: ngocHa, onDay: "2026-05-01", women18: 900 });
	await call(chair, "populations.setPresent", { unitId: ngocHa, onDay: "2026-05-01", women18: 950 });
	const [row] = await call(chair, "populations.list", { unitId: ngocHa });
	assert.deepEqual([row.present, row.presentOn, row.women18, row.how], [950, "2026-05-01", null, "none"]);
	assert.equal(await women({ unit: "00008" }), null);
});

test("the sources of a day are those of its term: what a later term takes for official says nothing of earlier days", async () => {
	await owner.query(
		"update app.term set during = daterange(lower(during), '2026-06-01') where level = 'centre' and during @> date '2026-06-01'",
	);
	await owner.query(
		`with term as (insert into app.term (name, during, level, expected_end)
				values ('2026 - 2031', '[2026-06-01,)', 'centre', '2031-06-01') returning id)
			insert into app.population_source (term_id, name, official) select id, 'Nguồn của nhiệm kỳ mới', true from term`,
	);
	const official = async (on?: string) =>
		(await call(operator, "populations.sources", { on }))
			.filter((one: { official: boolean }) => one.official)
			.map(({ name }: { name: string }) => name);
	assert.deepEqual(await official("2026-06-01"), ["Nguồn của nhiệm kỳ mới"]);
	assert.deepEqual(await official("2026-05-31"), ["Tổng điều tra 2019"]);
	assert.deepEqual(await official("2017-01-01"), ["Tổng điều tra 2019"]);
	assert.deepEqual(await official(), ["Nguồn của nhiệm kỳ mới", "Tổng điều tra 2019"]);
});
