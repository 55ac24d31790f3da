import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Seen from 2026-11-22; one commune gains 4 before March 2026 and 6 in May.
const { call, operator, owner, unit, person, fill, verified, as } = await openSmallCountry();
const many = (n: number, day: string) => Array.from({ length: n }, () => day);
await fill([
	{
		province: 0,
		women18: 100,
		unlisted: 0,
		overlap: 0,
		joined: [[...many(60, "2020-01-01"), ...many(4, "2025-06-01"), ...many(6, "2026-05-01")]],
	},
	{ province: 1, women18: 100, unlisted: 0, overlap: 0, joined: [many(10, "2020-01-01")] },
]);
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
const centre = await person("ban.to.chuc", "centre", "VN");
const first = await person("tinh.mot", "province", "01");
const second = await person("tinh.hai", "province", "02");
const chair = await person("chair", "commune_chair", "10001");
const model = "communes_with_model";
interface Term {
	id: number;
	level: string;
	from: string;
	to: string | null;
	closed: number;
	begunBy: string | null;
}
const terms = () => call<Term[]>(first, "targets.terms", {});
const next = {
	level: "centre",
	name: "Nhiệm kỳ 2026 - 2031",
	from: "2026-03-01",
	expectedEnd: "2031-03-01",
	document: "NQ XIV",
};

await call(centre, "targets.set", {
	unitId: vn,
	kind: "net_new_members",
	document: "358/ĐCT-TC",
	documentOn: "2025-01-10",
	own: { value: 20, baselineOn: "2024-12-31", baselineMembers: 65 },
	rows: [
		{ unitId: one, value: 15 },
		{ unitId: two, value: 5 },
	],
});
await call(centre, "targets.set", {
	unitId: vn,
	kind: "communes_over_60",
	document: "1",
	documentOn: "2025-01-10",
	own: { value: 2 },
});
await call(centre, "targets.set", {
	unitId: vn,
	kind: model,
	document: "2/KH",
	documentOn: "2025-01-10",
	own: { value: 2 },
	rows: [
		{ unitId: one, value: 1 },
		{ unitId: two, value: 1 },
	],
});

test("what was achieved of a target the program cannot count is recorded by the unit itself, with a document", async () => {
	const input = { unitId: one, kind: model, value: 1, onDay: "2026-01-20", document: "BC 7" };
	await call(first, "targets.record", input);
	await call(first, "targets.record", { ...input, value: 2, onDay: "2026-06-20" });
	for (const actor of [second, chair])
		await assert.rejects(call(actor, "targets.record", input), refused("access.denied"));
	await assert.rejects(
		call(first, "targets.record", { ...input, onDay: "2026-12-01" }),
		refused("target.achieved_day"),
	);
	await assert.rejects(call(first, "targets.record", { ...input, year: 2026 }), refused("target.none"));
	const seen = await call(centre, "targets.achieved", { unit: "VN", kind: model });
	assert.deepEqual(
		[
			seen.own,
			seen.below,
			seen.rows.map((row: { target: number; achieved: { value: number } | null }) => [
				row.target,
				row.achieved?.value ?? null,
			]),
		],
		[
			null,
			2,
			[
				[1, 2],
				[1, null],
			],
		],
	);
	assert.equal((await call(first, "targets.achieved", { unit: "01", kind: model, on: "2026-02-01" })).own.value, 1);
	assert.deepEqual(
		[(await call(first, "targets.achieved", { unit: "01", kind: model })).history.length, seen.mayRecord],
		[2, true],
	);
	await assert.rejects(call(second, "targets.achieved", { unit: "01", kind: model }), refused("access.denied"));
});

test("free targets are found again by name", async () => {
	const free = {
		unitId: one,
		kind: "free",
		name: "Tổ truyền thông",
		measure: "tổ",
		year: 2026,
		document: "NQ 1",
		own: { value: 3 },
	};
	await call(first, "targets.set", free);
	assert.deepEqual(await call(first, "targets.free", { unit: "01" }), [
		{ name: "Tổ truyền thông", measure: "tổ", termId: null, year: 2026 },
	]);
	assert.deepEqual(await call(second, "targets.free", { unit: "02" }), []);
});

test("a proposal of an earlier day says how many units weigh another number today", async () => {
	const then = await call(centre, "targets.propose", {
		unit: "VN",
		kind: "net_new_members",
		total: 10,
		on: "2026-04-30",
	});
	assert.deepEqual(then.changed, { rows: 1, weight: 126, weightToday: 120 });
	assert.equal(
		(await call(centre, "targets.propose", { unit: "VN", kind: "net_new_members", total: 10 })).changed,
		null,
	);
});

test("only the centre begins a term; not in the future, not before the one that runs", async () => {
	for (const actor of [first, chair])
		await assert.rejects(call(actor, "targets.beginTerm", next), refused("access.denied"));
	await assert.rejects(call(centre, "targets.beginTerm", { ...next, from: "2026-11-23" }), refused("term.day"));
	await assert.rejects(call(centre, "targets.beginTerm", { ...next, from: "2022-03-11" }), refused("term.order"));
	await assert.rejects(
		call(centre, "targets.beginTerm", { ...next, expectedEnd: "2026-03-01" }),
		refused("term.expected_end"),
	);
	assert.deepEqual(
		(await terms()).map(({ level, from, to }) => [level, from, to]),
		[
			["centre", "2022-03-11", null],
			["province", "2025-07-01", null],
			["commune", "2025-07-01", null],
		],
	);
});

test("a term ended early closes its targets with the figures of its last day; they stay readable and take nothing more", async () => {
	const [old] = await terms();
	const done = await call(centre, "targets.beginTerm", next);
	assert.deepEqual([done.ended, done.closed], ["Nhiệm kỳ 2022 - 2027", 7]);
	const [before, now] = await terms();
	assert.deepEqual(
		[before?.to, now?.from, now?.begunBy, now?.id],
		["2026-03-01", "2026-03-01", "ban.to.chuc", done.id],
	);
	const closed = async (code: string, kind: string) =>
		(await call(operator, "targets.show", { unit: code, kind, termId: old?.id })).closed;
	// On 28 February 2026 there were 74: 9 more than the 65 recorded at the centre, 4 more in the province than on the baseline day.
	assert.deepEqual(await closed("VN", "net_new_members"), { onDay: "2026-02-28", value: 20, achieved: 9 });
	assert.deepEqual(await closed("01", "net_new_members"), { onDay: "2026-02-28", value: 15, achieved: 4 });
	assert.deepEqual(await closed("02", "net_new_members"), { onDay: "2026-02-28", value: 5, achieved: 0 });
	assert.deepEqual(await closed("VN", "communes_over_60"), { onDay: "2026-02-28", value: 2, achieved: 1 });
	assert.deepEqual(await closed("01", model), { onDay: "2026-02-28", value: 1, achieved: 1 });
	assert.deepEqual(await closed("02", model), { onDay: "2026-02-28", value: 1, achieved: null });
	const late = {
		unitId: vn,
		kind: "net_new_members",
		termId: old?.id,
		document: "x",
		rows: [{ unitId: one, value: 20 }],
	};
	await assert.rejects(call(centre, "targets.set", late), refused("term.ended"));
	await assert.rejects(
		call(first, "targets.record", {
			unitId: one,
			kind: model,
			termId: old?.id,
			value: 1,
			onDay: "2026-04-01",
			document: "x",
		}),
		refused("term.ended"),
	);
	assert.equal(
		(await call(operator, "targets.show", { unit: "VN", kind: "net_new_members" })).target,
		null,
		"the new term has none yet",
	);
	assert.equal(
		(await call(operator, "targets.progress", { unit: "VN", kind: "net_new_members", termId: old?.id })).on,
		"2026-02-28",
	);
	await verified();
});

test("the log says who began the term, and the database lets nobody else do it", async () => {
	const { rows } = await owner.query("select detail from app.audit where action = 'targets.beginTerm'");
	assert.deepEqual(
		rows.map(({ detail }) => [detail.level, detail.closed]),
		[["centre", 7]],
	);
	await assert.rejects(
		as(first, (work) =>
			sql`insert into app.term (level, name, during, expected_end, begun_by) values ('district', 'x', '[2020-01-01,)', '2025-01-01', ${first.accountId}::uuid)`.execute(
				work.db,
			),
		),
		refused("access.denied"),
	);
	const changed = await as(first, (work) =>
		sql`update app.term set during = daterange(lower(during), '2030-01-01')`.execute(work.db),
	);
	assert.equal(changed.numAffectedRows, 0n);
});
