import assert from "node:assert/strict";
import { test } from "node:test";
import { OPERATOR_ID } from "../../db/actor.ts";
import { code, openMembersTest } from "../members/store.harness.ts";

const kit = await openMembersTest();
const { call, owner, operator, unit, branch, woman, verified } = kit;

const DAY = "2026-08-01";

async function commune(commune_code: string) {
	return unit(commune_code, "2026-07-01");
}

async function rate(unitCode: string, on: string) {
	const [row] = await call(operator, "gathering.rates", { unit: unitCode, on });
	return row;
}

/** Everything that is derived from units and spells, as text: to be the same again after an undo. */
async function readModel(): Promise<string> {
	const { rows } = await owner.query(`
		select 'home' as t, to_jsonb(h)::text as r from app.unit_home h
		union all select 'scope', to_jsonb(s)::text from app.unit_scope s
		union all select 'territory', to_jsonb(x)::text from app.territory x
		union all select 'denominator', to_jsonb(d)::text from app.denominator d
		union all select 'sum', to_jsonb(e)::text from calc.ledger_entries e
		union all select 'day', to_jsonb(d)::text from app.day_delta d where delta <> 0
		union all select 'spell', to_jsonb(s)::text from app.unit_spell s
		union all select 'succession', to_jsonb(s)::text from app.unit_succession s
		order by 1, 2`);
	return JSON.stringify(rows);
}

function sum(rows: { members: number }[], key: "members"): number {
	return rows.reduce((total, row) => total + row[key], 0);
}

async function act(name: string, one: { id: string; version: number }, more: object = {}) {
	return call(operator, `reorganisations.${name}`, { id: one.id, version: one.version, ...more });
}

async function applied(drafted: { id: string; version: number }) {
	return act("apply", await act("approve", await act("submit", drafted)));
}

const line = (new_code: string, new_name: string, old_code: string, more: object = {}) => ({
	row: 2,
	new_province_code: "01",
	new_code,
	new_name,
	old_code,
	...more,
});

test("two communes go whole into a new one: its figures are their sum, no member row is written, and undo leaves no trace", async () => {
	const [one, two] = [await commune("00004"), await commune("00008")];
	const hall = await branch("Chi hội Một", "00004");
	await call(operator, "members.add", woman({ leafId: hall, joined: "2020-01-01" }));
	await call(operator, "members.add", woman({ leafId: two, joined: "2026-08-15" }));
	await call(operator, "members.add", woman({ leafId: one, joined: "2019-03-05" }));
	await call(operator, "headcounts.set", {
		unitId: two,
		component: "trade_union",
		onDay: "2026-07-01",
		count: 30,
		overlap: 5,
		source: "LĐLĐ",
		document: "Công văn 5",
	});
	const before = await readModel();
	const members = (await owner.query("select md5(string_agg(s::text, '' order by id)) as m from app.spell s")).rows[0]
		.m;
	const was = [await rate("00004", "2026-10-01"), await rate("00008", "2026-10-01")];
	const drafted = await call(operator, "reorganisations.draftFromTable", {
		title: "Nhập hai phường",
		decree: "Nghị quyết thử",
		on: DAY,
		rows: [line("99001", "Phường Ba Đình Mới", "00004"), line("99001", "Phường Ba Đình Mới", "00008")],
	});
	assert.deepEqual(drafted.conflicts, []);
	assert.equal(drafted.changes, 3);
	const tried = await call(operator, "reorganisations.dryRun", { id: drafted.id });
	assert.equal(await readModel(), before);
	assert.equal(tried.before.members, tried.after.members);
	assert.equal(tried.before.communes - 1, tried.after.communes);
	assert.deepEqual(
		tried.units.map((one: { before: unknown; after: unknown }) => [one.before !== null, one.after !== null]).sort(),
		[
			[false, true],
			[true, false],
			[true, false],
		],
	);
	const done = await applied(drafted);
	for (const [on, map] of [
		[DAY, "2026-07-31"],
		["2026-07-31", DAY],
		["2026-10-01", "2023-05-29"],
		["2023-05-29", "2026-10-01"],
	]) {
		const rows = await call(operator, "gathering.rates", { level: "commune", on, map });
		const [country] = await call(operator, "gathering.rates", { on });
		assert.equal(sum(rows, "members"), country.members, `${on} under the map of ${map}`);
	}
	const old = await call(operator, "gathering.rates", { unit: "00008", on: "2026-10-01", map: "2026-07-31" });
	assert.deepEqual([old[0].members, old[0].parts.trade_union, old[0].estimated], [was[1].members, 30, false]);
	const soon = await call(operator, "gathering.rates", { unit: "99001", on: "2026-07-31", map: DAY });
	assert.equal(soon[0].members, was[0].members + was[1].members - 1);
	const now = await rate("99001", "2026-10-01");
	assert.equal(now.members, was[0].members + was[1].members);
	assert.deepEqual(now.parts.trade_union, 30);
	assert.equal((await rate("00004", "2026-07-31")).members, was[0].members);
	await assert.rejects(rate("00004", DAY), code("unit.not_found"));
	assert.equal(
		(await owner.query("select md5(string_agg(s::text, '' order by id)) as m from app.spell s")).rows[0].m,
		members,
	);
	await verified();
	await act("undo", done);
	assert.equal(await readModel(), before);
	await verified();
});

test("a commune parted in two stands in Chưa phân, counted once, until its branches are assigned", async () => {
	const [east, west] = [await branch("Chi hội Đông", "00025"), await branch("Chi hội Tây 2", "00025")];
	for (const leafId of [east, east, west, await commune("00025")])
		await call(operator, "members.add", woman({ leafId, joined: "2020-01-01" }));
	const whole = (await rate("00025", "2026-07-31")).members;
	const country = (await rate("VN", "2026-10-01")).members;
	const drafted = await call(operator, "reorganisations.draftFromTable", {
		title: "Tách phường",
		decree: "Nghị quyết thử 2",
		on: DAY,
		rows: [
			line("99002", "Phường Đông", "00025", { part: "partial" }),
			line("99003", "Phường Tây", "00025", { part: "partial" }),
		],
	});
	await applied(drafted);
	const rows = await call(operator, "gathering.rates", { unit: "01", level: "commune", on: DAY });
	const unassigned = rows.find((row: { kind: string }) => row.kind === "unassigned");
	assert.equal(unassigned.members, whole);
	assert.equal((await rate("VN", "2026-10-01")).members, country);
	await verified();
	const {
		rows: [parted],
	} = await call(operator, "reorganisations.queue", {});
	assert.deepEqual([parted.code, parted.branches.length, parted.members, parted.parts.length], ["00025", 2, 1, 2]);
	const east_ward = await unit("99002", DAY);
	const assign = (more: object) =>
		call(operator, "reorganisations.assign", { unitId: parted.unitId, toUnitId: east_ward, ...more });
	await assign({ branchIds: [east] });
	assert.equal((await rate("99002", DAY)).members, 2);
	await verified();
	await assert.rejects(assign({ branchIds: [east] }), code("reorganisation.assigned"));
	const { rows: left } = await call(operator, "reorganisations.waiting", { unitId: parted.unitId });
	assert.equal(left.length, 1);
	const after = await assign({ spellIds: [left[0].spellId] });
	assert.equal((await rate("99002", DAY)).members, 3);
	assert.equal((await rate("00025", "2026-07-31")).members, whole);
	assert.deepEqual([after.branches.length, after.members], [1, 0]);
	assert.deepEqual(
		after.parts.map((part: { share: string | null }) => part.share),
		["75.00", null],
	);
	assert.equal((await rate("VN", "2026-10-01")).members, country);
	await verified();
	await assert.rejects(
		act("undo", await call(operator, "reorganisations.show", { id: drafted.id })),
		code("reorganisation.depended_on"),
	);
});

test("what was recorded at a new commune stands in the way of undo, in whatever table", async () => {
	const { rows: free } = await owner.query<{ code: string }>(
		`select s.code from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune'
			where s.parent_id = $1 and upper_inf(s.during) and lower(s.during) < $2 order by s.code desc limit 2`,
		[await unit("01"), DAY],
	);
	const drafted = await call(operator, "reorganisations.draftFromTable", {
		title: "Sáp nhập rồi làm việc tiếp",
		decree: "Nghị quyết thử",
		on: DAY,
		rows: [line("99011", "Phường Sau", free[0].code), line("99011", "Phường Sau", free[1].code)],
	});
	await applied(drafted);
	const made = await unit("99011", DAY);
	const undo = async () => act("undo", await call(operator, "reorganisations.show", { id: drafted.id }));
	await owner.query(
		"insert into app.document_number (id, unit_id, year, register, number, document_on, about, taken_by) values (gen_random_uuid(), $1, 2026, 'all', 1, '2026-09-01', 'x', $2)",
		[made, OPERATOR_ID],
	);
	await assert.rejects(undo(), { code: "reorganisation.depended_on", message: /đã có báo cáo, chỉ tiêu, hồ sơ/ });
	await owner.query("delete from app.document_number where unit_id = $1", [made]);
	assert.equal((await undo()).state, "undone");
	await verified();
});
