import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openSmallCountry, TODAY } from "../reorganisations/small-country.harness.ts";

// Two provinces in one cluster, seen from 2026-11-22; Tỉnh Một gains 6 in the year of the 12 asked of it, Tỉnh Hai has no target.
const { call, operator, owner, unit, person, fill, as } = await openSmallCountry();
const many = (n: number, day: string) => Array.from({ length: n }, () => day);
await fill([
	{
		province: 0,
		women18: 100,
		unlisted: 0,
		overlap: 0,
		joined: [[...many(10, "2020-01-01"), ...many(6, "2026-02-01")]],
	},
	{ province: 1, women18: 10, unlisted: 0, overlap: 0, joined: [many(8, "2020-01-01")] },
]);
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
const { rows: made } = await owner.query("insert into app.unit (kind) values ('cluster') returning id");
const clusterId = made[0].id as number;
await owner.query(
	`insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key) values ($1, '[2020-01-01,)', 'CUM9', 'Cụm Chín', $2, 'cum')`,
	[clusterId, vn],
);
for (const province of [one, two])
	await owner.query(
		"insert into app.cluster_province (cluster_id, province_id, during) values ($1, $2, '[2020-01-01,)')",
		[clusterId, province],
	);
await owner.query("select calc.refresh_scopes(null)");
await call(operator, "targets.set", {
	unitId: vn,
	kind: "net_new_members",
	year: 2026,
	document: "1/KH",
	rows: [{ unitId: one, value: 12 }],
});
const centre = await person("ban.to.chuc", "centre", "VN");
const lead = await person("cum.chin", "cluster", `#${clusterId}`);
const first = await person("tinh.mot", "province", "01");
const second = await person("tinh.hai", "province", "02");
const chair = await person("chair", "commune_chair", "10001");
const of = { clusterId, year: 2026 };
const criteria = [
	{ name: "Phát triển hội viên", points: 40, measure: "net_vs_target" },
	{ name: "Có danh sách", points: 20, measure: "completeness" },
	{ name: "Sáng kiến", points: 10, measure: "self" },
];
interface Shown {
	rows: {
		unitId: number;
		points: number;
		place: number | null;
		tied: boolean;
		marks: { number: number; points: number | null; how: string }[];
	}[];
	criteria: { number: number; name: string }[];
	[key: string]: unknown;
}
const show = (actor: typeof centre, year = 2026) => call<Shown>(actor, "emulation.show", { clusterId, year });
const short = ({ rows }: Shown) =>
	rows.map(({ unitId, points, place, marks }) => [unitId, points, place, marks.map((m) => m.how)]);

test("only the centre sets criteria, of a year that has begun", async () => {
	for (const actor of [lead, first, chair])
		await assert.rejects(call(actor, "emulation.set", { ...of, criteria }), refused("access.denied"));
	await assert.rejects(call(centre, "emulation.set", { clusterId, year: 2027, criteria }), refused("emulation.ahead"));
	await assert.rejects(
		call(centre, "emulation.set", { ...of, clusterId: one, criteria }),
		refused("emulation.no_cluster"),
	);
	assert.deepEqual(await call(centre, "emulation.set", { ...of, criteria }), { criteria: 3, maximum: 70 });
});

test("computed from the figures where a target is there, else marked by the province and looked over", async () => {
	// 6 of 12 is half of 40; everyone is named, so all 20.
	assert.deepEqual(short(await show(centre)), [
		[one, 40, 1, ["computed", "computed", "none"]],
		[two, 20, 2, ["none", "computed", "none"]],
	]);
	assert.deepEqual(await call(first, "emulation.mark", { ...of, provinceId: one, marks: [{ number: 3, points: 9 }] }), {
		saved: 1,
	});
	await assert.rejects(
		call(first, "emulation.mark", { ...of, provinceId: one, marks: [{ number: 3, points: 11 }] }),
		refused("emulation.too_many_points"),
	);
	await assert.rejects(
		call(first, "emulation.mark", { ...of, provinceId: two, marks: [{ number: 3, points: 1 }] }),
		refused("access.denied"),
	);
	assert.deepEqual(short(await show(lead))[0], [one, 49, 1, ["computed", "computed", "self"]]);
	await assert.rejects(call(centre, "emulation.publish", of), refused("emulation.unreviewed"));
	await assert.rejects(
		call(second, "emulation.review", { ...of, provinceId: two, marks: [{ number: 3, points: 10 }] }),
		refused("access.denied"),
	);
	await call(lead, "emulation.review", { ...of, provinceId: one, marks: [{ number: 3, points: 5, note: "Một phần" }] });
	assert.deepEqual(short(await show(lead))[0], [one, 45, 1, ["computed", "computed", "review"]]);
});

test("a province sees its own and not another's while the year is open; a commune nothing", async () => {
	assert.deepEqual(short(await show(first)), [[one, 45, null, ["computed", "computed", "review"]]]);
	assert.deepEqual(short(await show(second)), [[two, 20, null, ["none", "computed", "none"]]]);
	await as(second, async (work) => {
		assert.deepEqual(await work.db.selectFrom("emulation_mark").select("id").execute(), []);
	});
	await assert.rejects(show(chair), refused("access.denied"));
});

test("a changed criterion keeps its marks, and the version before it stays in the history", async () => {
	const changed = criteria.map((found, at) => ({ ...found, number: at + 1, points: at === 2 ? 4 : found.points }));
	await call(centre, "emulation.set", { ...of, criteria: changed });
	const { rows } = await show(centre);
	assert.equal(rows[0]?.marks[2]?.points, 4, "never more than the maximum, even where it was lowered afterwards");
	const history = await call<{ what: string; points: number; superseded: boolean }[]>(centre, "emulation.history", of);
	assert.deepEqual(
		history
			.filter(({ what, points }) => what === "criterion" && (points === 10 || points === 4))
			.map((h) => [h.points, h.superseded]),
		[
			[4, false],
			[10, true],
		],
	);
});

test("the agreement is signed by the members as they read it; written anew it is signed anew", async () => {
	const text = { ...of, document: "3/GƯTĐ", documentOn: "2026-02-01", text: "Cùng nhau" };
	await assert.rejects(call(first, "emulation.agree", text), refused("access.denied"));
	assert.deepEqual(await call(lead, "emulation.agree", text), { number: 1 });
	assert.deepEqual(await call(first, "emulation.sign", { ...of, provinceId: one, number: 1 }), { signed: 1, of: 2 });
	await assert.rejects(call(first, "emulation.sign", { ...of, provinceId: two, number: 1 }), refused("access.denied"));
	await call(lead, "emulation.agree", { ...text, text: "Cùng nhau hơn" });
	await assert.rejects(
		call(second, "emulation.sign", { ...of, provinceId: two, number: 1 }),
		refused("emulation.agreement_changed"),
	);
	const { signatures } = (await show(second)) as unknown as { signatures: { signedAt: string | null }[] };
	const seen = await call<{ what: string; unit: string | null; superseded: boolean }[]>(first, "emulation.history", of);
	assert.deepEqual(
		seen.filter(({ what }) => what === "signature").map(({ unit, superseded }) => [unit, superseded]),
		[["Tỉnh Một", true]],
	);
	assert.deepEqual(
		signatures.map(({ signedAt }) => signedAt),
		[null, null],
	);
});

test("what is published every member sees whole, ties as ties, and nothing of it is written again", async () => {
	for (const [provinceId, marks] of [
		[one, [{ number: 3, points: 0 }]],
		[
			two,
			[
				{ number: 1, points: 20, note: "Chưa có chỉ tiêu" },
				{ number: 3, points: 0 },
			],
		],
	] as const)
		await call(centre, "emulation.review", { ...of, provinceId, marks });
	await assert.rejects(call(lead, "emulation.publish", of), refused("access.denied"));
	assert.deepEqual(await call(centre, "emulation.publish", of), { provinces: 2 });
	const { rows } = await show(second);
	assert.deepEqual(
		rows.map(({ unitId, points, place, tied }) => [unitId, points, place, tied]),
		[
			[one, 40, 1, true],
			[two, 40, 1, true],
		],
	);
	for (const [name, input] of [
		["set", { criteria }],
		["agree", { document: "x", documentOn: TODAY }],
		["review", { provinceId: one, marks: [{ number: 3, points: 1 }] }],
		["publish", {}],
	] as const)
		await assert.rejects(call(centre, `emulation.${name}`, { ...of, ...input }), refused("emulation.published"));
	// The database itself keeps it, whatever the program asks.
	const { rows: round } = await owner.query("select id from app.emulation_round where cluster_id = $1", [clusterId]);
	for (const table of ["emulation_mark", "emulation_criterion"] as const)
		await as(centre, async (work) => {
			const done = await work.db.updateTable(table).set({ superseded_at: TODAY }).executeTakeFirst();
			assert.equal(done.numUpdatedRows, 0n);
		});
	await assert.rejects(
		as(first, (work) =>
			work.db
				.insertInto("emulation_mark")
				.values({
					id: "019a0000-0000-7000-8000-000000000002",
					round_id: round[0].id,
					number: 3,
					province_id: one,
					side: "self",
					points: 4,
					by: first.accountId,
				})
				.execute(),
		),
		refused("access.denied"),
	);
});

test("reports that came in time are a measure: of those that were due, the province's own and below; what is not due counts for nobody", async () => {
	const round = { clusterId, year: 2025 };
	await call(centre, "emulation.set", {
		...round,
		criteria: [{ name: "Đúng hạn", points: 10, measure: "timeliness" }],
	});
	const marks = async () => {
		const { rows } = await call<Shown>(centre, "emulation.show", round);
		return rows.map(({ unitId, marks: [mark] }) => [unitId, mark?.how, mark?.points]);
	};
	assert.deepEqual(await marks(), [
		[one, "none", null],
		[two, "none", null],
	]);
	const open = (name: string, dataUntil: string, dueOn: string) =>
		call(operator, "reports.open", {
			kind: "ad_hoc",
			name,
			opensOn: dataUntil,
			from: "2025-01-01",
			dataUntil,
			dueOn,
			dueLevels: {},
			levels: ["commune", "province"],
		});
	const { periodId } = await open("Kỳ đã qua", "2025-06-09", "2025-06-30");
	await open("Kỳ năm sau", "2025-12-20", "2026-12-30");
	const chairOf = await unit("10001");
	await call(operator, "reports.draft", { periodId, unitId: chairOf, version: 0, words: { results: "Tốt" } });
	const { live, report } = await call<{ live: { seen: string }; report: { version: number } }>(
		operator,
		"reports.show",
		{
			periodId,
			unitId: chairOf,
		},
	);
	await call(operator, "reports.submit", {
		periodId,
		unitId: chairOf,
		version: report.version,
		seen: live.seen,
		as: "Chủ tịch",
	});
	// Two reports of Tỉnh Một were due, its commune's came late; of Tỉnh Hai two, none came.
	assert.deepEqual(await marks(), [
		[one, "computed", 0],
		[two, "computed", 0],
	]);
	await owner.query(
		"alter table app.report_copy disable trigger report_copy_immutable; update app.report_copy set late = false",
	);
	await owner.query("alter table app.report_copy enable trigger report_copy_immutable");
	assert.deepEqual(await marks(), [
		[one, "computed", 5],
		[two, "computed", 0],
	]);
});
