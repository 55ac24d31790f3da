import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { DAY, openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Units that end in the middle of a period report no more; whoever took them over shows them in a line of its own (R38).

const country = await openSmallCountry();
const { call, operator, owner, unit, person } = country;
const commune = (joined: string[][]) => ({ province: 0 as const, women18: 50, unlisted: 3, overlap: 0, joined });
await country.fill([
	commune([["2020-01-01"], ["2021-01-01", "2026-09-01"]]),
	commune([["2020-02-02"], ["2026-10-10"]]),
	commune([["2019-01-01"]]),
]);
const [one, two] = [await unit("10001", "2026-07-31"), await unit("10002", "2026-07-31")];
const keeper = await person("chair.one", "commune_chair", "10001", "2026-07-31");
const DAYS = { kind: "half_year", opensOn: "2026-05-26", dueLevels: {}, levels: ["commune", "province", "centre"] };
const { periodId: before } = await call(operator, "reports.open", {
	...DAYS,
	name: "6 tháng đầu năm 2026",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-12-30",
});
await call(operator, "reports.closeAll", { periodId: before });
const { periodId } = await call(operator, "reports.open", {
	...DAYS,
	name: "Số liệu đến 20/11",
	from: "2026-06-10",
	dataUntil: "2026-11-20",
	dueOn: "2026-12-30",
});

const goes = (unitId: number) => ({ kind: "succeed", unitId, successor: { key: "new:a" }, part: "full", document: "" });
const province = await unit("01");
let at = await call(operator, "reorganisations.draft", {
	title: "Thử",
	decree: "Nghị quyết thử",
	on: DAY,
	changes: [
		{ kind: "create", key: "new:a", unitKind: "commune", code: "90001", name: "Xã Mới", parent: { unitId: province } },
		goes(one),
		goes(two),
	],
});
for (const step of ["submit", "approve", "apply"])
	at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });

test("who ended in mid-period reports no more; her successor began with nothing and took over what they had", async () => {
	await assert.rejects(call(operator, "reports.show", { periodId, unitId: one }), refused("report.no_report"));
	const { live, previous } = await call(operator, "reports.show", { periodId, unit: "90001" });
	const { opening, reorganised, admitted, unnamed, closing, roster, members } = live.counts;
	assert.deepEqual(
		{ opening, reorganised, admitted, unnamed, closing, roster, members, balanced: live.balanced },
		{ opening: 0, reorganised: 3, admitted: 2, unnamed: 12, closing: 17, roster: 5, members: 17, balanced: true },
	);
	assert.equal(previous, null, "nothing to jump from");
	assert.deepEqual(live.jumps, []);
});

test("what the ended unit had reported stays readable, and its successor's province sums what is there now", async () => {
	const { frozen } = await call(operator, "reports.show", { periodId: before, unitId: one });
	assert.equal(frozen[0].counts.members, 2 + 6);
	const list = await call(operator, "reports.list", { periodId, unitId: province });
	assert.deepEqual(
		list.rows.map((row: { code: string; state: string; members: number }) => [row.code, row.state, row.members]),
		[
			["10003", "none", 7],
			["90001", "none", 17],
		],
	);
	await call(operator, "reports.closeAll", { periodId });
	const after = await call(operator, "reports.show", { periodId, unitId: province });
	assert.deepEqual([after.frozen[0].counts.members, after.missing.length], [24, 0]);
	assert.equal((await call(operator, "reports.frozen", { reportId: after.report.id })).same, true);
});

test("the successor's chair corrects what the ended unit had reported", async () => {
	await owner.query("update app.account set unit_id = $1 where id = $2", [await unit("90001"), keeper.accountId]);
	await owner.query("update app.account_role set unit_id = $1 where account_id = $2", [
		await unit("90001"),
		keeper.accountId,
	]);
	await owner.query("delete from app.account_move_unit; delete from app.account_move");
	const officer = await person("officer", "province", "01");
	const { live, report } = await call(keeper, "reports.show", { periodId: before, unitId: one });
	const done = await call(keeper, "reports.restate", {
		periodId: before,
		unitId: one,
		version: report.version,
		seen: live.seen,
		as: "Chủ tịch",
		reason: "Sửa lời",
	});
	assert.deepEqual(
		await call(officer, "reports.approve", { reports: [{ reportId: done.reportId, version: done.version }] }),
		{
			approved: 1,
		},
	);
	assert.equal((await owner.query("select count(*)::int as n from calc.verify()")).rows[0].n, 0);
});
