import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";
import type { Actor } from "../../db/actor.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, operator, owner, person, unit } = database;
const refused = (code: string) => (error: Problem) => error.code === code;
const OLD = "2025-06-30";
const baDinh = await unit("00004");
const trucBach = await unit("00004", OLD);
const chair = await person("chair.badinh", "commune_chair", "00004");
const province = await person("officer.hanoi", "province", "01");
const other = await person("chair.other", "commune_chair", "00025");
const figure = (more: object) => ({
	unitId: baDinh,
	component: "trade_union",
	onDay: "2026-01-01",
	count: 10,
	source: "Công đoàn phường",
	document: "CV 1",
	...more,
});
const set = (actor: Actor, more: object) => call(actor, "headcounts.set", figure(more));
const inForce = async (on: string, component: string, unitId = baDinh) => {
	const [row] = await call(operator, "headcounts.list", { unitId, on });
	return row.figures
		.filter((one: { component: string }) => one.component === component)
		.map((one: { count: number; onDay: string; carried: boolean }) => [one.count, one.onDay, one.carried]);
};
const differences = async () => (await call(operator, "gathering.verify", {})).differences;

test("a figure holds until the next; the same day replaces and the history keeps both", async () => {
	await set(chair, {});
	await set(chair, { onDay: "2026-05-01", count: 12, overlap: 3 });
	assert.deepEqual(await inForce("2025-12-31", "trade_union"), []);
	assert.deepEqual(await inForce("2026-04-30", "trade_union"), [[10, "2026-01-01", false]]);
	await set(chair, { count: 9, document: "" });
	assert.deepEqual(await inForce("2026-04-30", "trade_union"), [[9, "2026-01-01", false]]);
	const history = await call(chair, "headcounts.history", { unitId: baDinh, component: "trade_union" });
	assert.deepEqual(
		history.map((one: { count: number; superseded: boolean; enteredBy: string }) => [
			one.count,
			one.superseded,
			one.enteredBy,
		]),
		[
			[12, false, "chair.badinh"],
			[9, false, "chair.badinh"],
			[10, true, "chair.badinh"],
		],
	);
	const [row] = await call(chair, "gathering.rates", { unit: "00004" });
	assert.deepEqual([row.parts.trade_union, row.parts.overlap, row.members], [12, 3, 9]);
	assert.equal(await differences(), 0);
});

test("raising needs a document; unlisted is opened once and rises only by the level above, acting for the commune", async () => {
	await assert.rejects(
		set(chair, { onDay: "2026-06-01", count: 13, document: "" }),
		refused("headcount.document_missing"),
	);
	await set(chair, { component: "unlisted", count: 100, document: "BC 2025" });
	await assert.rejects(set(chair, { component: "unlisted", count: 101 }), refused("headcount.unlisted_rise"));
	await assert.rejects(
		set(chair, { component: "unlisted", count: 500, onDay: "2025-08-01" }),
		refused("headcount.unlisted_rise"),
		"an earlier day does not open it a second time",
	);
	await set(chair, { component: "unlisted", count: 90, document: "" });
	await assert.rejects(set(province, { component: "unlisted", count: 120 }), refused("access.denied"));
	await set({ ...province, actingFor: baDinh }, { component: "unlisted", count: 120, document: "CV 9" });
	assert.deepEqual(await inForce("2026-11-22", "unlisted"), [[120, "2026-01-01", false]]);
});

test("everyone reads her own and below, and changes her own", async () => {
	await assert.rejects(set(other, {}), refused("access.denied"));
	assert.deepEqual(await call(other, "headcounts.history", { unitId: baDinh }), []);
	assert.deepEqual(await call(other, "headcounts.list", { unitId: baDinh }), []);
	assert.ok((await call(province, "headcounts.list", { unitId: baDinh }))[0].figures.length > 0);
	const { rowCount } = await database.as(other, (work) =>
		work.db
			.updateTable("headcount")
			.set({ superseded_at: "2026-01-01" })
			.where("unit_id", "=", baDinh)
			.execute()
			.then((rows) => ({ rowCount: Number(rows[0].numUpdatedRows) })),
	);
	assert.equal(rowCount, 0);
	await assert.rejects(
		database.as(other, (work) =>
			work.db
				.insertInto("headcount")
				.values({
					id: "019a0000-0000-7000-8000-000000000001",
					unit_id: baDinh,
					component: "unlisted",
					on_day: "2026-02-02",
					count: 1,
					source: "x",
					created_by: other.accountId,
				})
				.execute(),
		),
		refused("access.denied"),
	);
});

test("bad figures are refused with a code and leave nothing", async () => {
	const before = (await owner.query("select count(*)::int as n from app.headcount")).rows[0].n;
	const cases: [object, string][] = [
		[{ count: -1 }, "input.invalid"],
		[{ count: 100_000_001 }, "input.invalid"],
		[{ count: 1.5 }, "input.invalid"],
		[{ overlap: 11 }, "headcount.overlap_invalid"],
		[{ component: "men" }, "input.invalid"],
		[{ source: "" }, "input.invalid"],
		[{ onDay: "2016-12-31" }, "day.out_of_range"],
		[{ onDay: "2029-01-01" }, "day.out_of_range"],
		[{ onDay: "2026-02-30" }, "input.invalid"],
		[{ unitId: trucBach }, "unit.not_found"],
		[{ unitId: 99_999_999 }, "unit.not_found"],
		[{ document: "a\u0000b" }, "input.invalid"],
	];
	for (const [change, code] of cases) await assert.rejects(set(chair, change), refused(code), JSON.stringify(change));
	const base = await call(operator, "units.add", { parentId: baDinh, kind: "special_base", name: "Chợ Châu Long" });
	await assert.rejects(set(chair, { unitId: base.id }), refused("headcount.wrong_unit"));
	assert.equal((await owner.query("select count(*)::int as n from app.headcount")).rows[0].n, before);
});

test("two people at once: the second is shown the first one's figure", async () => {
	const day = "2026-09-01";
	const first = await set(chair, { onDay: day, count: 5, document: "" });
	await assert.rejects(set(chair, { onDay: day, count: 4, document: "", replaces: null }), (error: Problem) => {
		assert.equal(error.code, "headcount.concurrent");
		assert.equal((error.detail as { theirs: { id: string } }).theirs.id, first.id);
		return true;
	});
	await set(chair, { onDay: day, count: 4, document: "", replaces: first.id });
	const many = await Promise.allSettled(
		[1, 2, 3, 4].map((count) => set(operator, { onDay: "2026-10-01", count, document: "CV" })),
	);
	assert.ok(many.some((one) => one.status === "fulfilled"));
	for (const one of many) if (one.status === "rejected") assert.equal(one.reason.code, "headcount.concurrent");
	assert.equal(await differences(), 0, "writers of one family wait for each other");
});

test("predecessors' figures are carried until the new unit reports its own (R4)", async () => {
	const { predecessors } = await call(operator, "units.show", { code: "00025" });
	const [a, b] = predecessors.map((one: { id: number }) => one.id);
	const successor = await unit("00025");
	await set(operator, { unitId: a, component: "armed_forces", onDay: "2024-01-01", count: 7 });
	await set(operator, { unitId: b, component: "armed_forces", onDay: "2025-01-01", count: 5 });
	assert.deepEqual(await inForce("2025-07-01", "armed_forces", successor), [
		[5, "2025-01-01", true],
		[7, "2024-01-01", true],
	]);
	const [listed] = await call(operator, "headcounts.list", { unitId: successor, on: "2025-07-01" });
	assert.deepEqual(
		listed.figures.map((one: { carriedFrom: string }) => one.carriedFrom).sort(),
		predecessors
			.slice(0, 2)
			.map((one: { name: string }) => one.name)
			.sort(),
	);
	assert.equal((await call(operator, "gathering.rates", { unit: "00025" }))[0].parts.armed_forces, 12);
	await set(operator, { unitId: successor, component: "armed_forces", onDay: "2026-03-01", count: 11, document: "" });
	assert.equal(
		(await call(operator, "gathering.rates", { unit: "00025", on: "2026-02-28" }))[0].parts.armed_forces,
		12,
	);
	assert.equal((await call(operator, "gathering.rates", { unit: "00025" }))[0].parts.armed_forces, 11);
	assert.equal(await differences(), 0);
});

test("a table is written whole, or not at all with every bad row named", async () => {
	const row = (number: number, more: object) => ({
		row: number,
		code: "00001",
		component: "trade_union",
		count: "10",
		overlap: "",
		source: "CV 5",
		...more,
	});
	const load = (rows: object[], actor = operator, on = OLD) => call(actor, "headcounts.import", { on, rows });
	const before = (await owner.query("select count(*)::int as n from app.headcount")).rows[0].n;
	await assert.rejects(
		load([
			row(2, {}),
			row(3, { code: "99999" }),
			row(4, { count: "-3" }),
			row(5, { count: "12", overlap: "13", code: "00006" }),
			row(6, { component: "trade union", code: "00006" }),
			row(7, { count: "99999999999", code: "00006" }),
			row(8, { source: "", code: "00006" }),
			row(9, {}),
			row(10, { code: "CUM1" }),
		]),
		(error: Problem) => {
			assert.equal(error.code, "import.rows_invalid");
			assert.deepEqual(
				(error.detail as { rows: { row: number; field: string }[] }).rows.map((one) => [one.row, one.field]),
				[
					[3, "code"],
					[4, "count"],
					[5, "overlap"],
					[6, "component"],
					[7, "count"],
					[8, "source"],
					[9, "code"],
					[10, "code"],
				],
			);
			return true;
		},
	);
	assert.equal((await owner.query("select count(*)::int as n from app.headcount")).rows[0].n, before);
	await assert.rejects(load([]), refused("import.empty"));
	await assert.rejects(
		load([row(2, {})], operator, "2026-01-01"),
		refused("import.rows_invalid"),
		"00001 was abolished",
	);
	await assert.rejects(load([row(2, { code: "00025" })], chair, "2026-01-01"), refused("import.rows_invalid"));
	assert.deepEqual(await load([row(2, {}), row(3, { component: "unlisted", count: "1.200" })]), { rows: 2, saved: 2 });
	assert.deepEqual(await load([row(2, { count: "8" })]), { rows: 1, saved: 1 });
	const [rate] = await call(operator, "gathering.rates", { unit: "00001", on: OLD });
	assert.deepEqual([rate.parts.trade_union, rate.parts.unlisted], [8, 1200]);
	assert.equal(await differences(), 0);
	await call(operator, "headcounts.import", {
		on: "2026-01-01",
		rows: [row(2, { code: "00008", component: "unlisted", count: "5" })],
	});
	const chair8 = await person("chair.ngocha", "commune_chair", "00008");
	await assert.rejects(
		load([row(2, { code: "00008", component: "unlisted", count: "6" })], chair8, "2026-01-01"),
		refused("import.rows_invalid"),
	);
});
