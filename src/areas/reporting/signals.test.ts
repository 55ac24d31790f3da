import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Five communes of one province: 25 women of one day, one under 18, one older than anybody, two that may be one, and a quiet one.
const country = await openSmallCountry();
const same = Array.from({ length: 25 }, () => "2026-03-08");
const commune = (province: 0 | 1, joined: string[][]) => ({ province, women18: 100, unlisted: 20, overlap: 2, joined });
await country.fill([
	commune(0, [[...same, "2026-01-05"], ["2021-03-08"]]),
	commune(0, [["2020-01-01", "2021-01-01"], []]),
	commune(0, [["2020-01-01", "2021-01-01"], []]),
	commune(0, [["2020-01-01", "2021-01-01"], []]),
	commune(1, [["2020-01-01"], []]),
]);
const { call, owner, person, unit } = country;
const one = await unit("01");
const communes = await Promise.all(["10001", "10002", "10003", "10004"].map((code) => unit(code)));
const [a, b, c, d] = communes as [number, number, number, number];
const centre = await person("ban.to.chuc", "centre", "VN");
const officer = await person("officer.one", "province", "01");
const chairs = await Promise.all(
	["10001", "10002", "10003", "10004"].map((code) => person(`chair.${code}`, "commune_chair", code)),
);
const { periodId } = await call(centre, "reports.open", {
	kind: "half_year",
	name: "6 tháng đầu năm 2026",
	opensOn: "2026-05-26",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-06-30",
	dueLevels: {},
	levels: ["commune", "province", "centre"],
});
const persons = async (unitId: number) =>
	(await owner.query("select person_id from app.spell where leaf_id = $1 order by id", [unitId])).rows.map(
		({ person_id }) => person_id as string,
	);
const [young, old] = (await persons(b)) as [string, string];
await owner.query("update app.person set birth = '2010-01-01' where id = $1", [young]);
await owner.query("update app.person set birth = '1900-01-01' where id = $1", [old]);
const [first, second] = (await persons(c)) as [string, string];
await owner.query(
	`insert into app.duplicate_pair (person_a, person_b, leaf_a, leaf_b, score, reasons, found_on)
		values (least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), $3, $3, 100, '{name_same}', '2026-06-01')`,
	[first, second, c],
);

async function submit(who: Actor, unitId: number) {
	const words = { results: "Đạt kết quả tốt." };
	const { report, live } = await call(who, "reports.show", { periodId, unitId });
	const draft = await call(who, "reports.draft", { periodId, unitId, version: report.version, words });
	const done = await call(who, "reports.submit", {
		periodId,
		unitId,
		version: draft.version,
		seen: live.seen,
		as: "Chủ tịch",
	});
	return {
		reportId: done.reportId as string,
		version: done.version as number,
		signals: live.signals as { kind: string }[],
	};
}

const sent = await Promise.all(chairs.map((chair, at) => submit(chair, communes[at] as number)));

test("the chair sees the signals before she signs, and who approves sees them at each report", async () => {
	const told = sent.map(({ signals }) => signals.map(({ kind }) => kind));
	assert.deepEqual(told, [["same_date"], ["under_18", "over_110"], ["twice"], []]);
	const { rows } = await call(officer, "reports.list", { periodId, unitId: one });
	const byUnit = new Map(
		rows.map((row: { unitId: number; signals: { kind: string }[] }) => [
			row.unitId,
			row.signals.map(({ kind }) => kind),
		]),
	);
	assert.deepEqual(
		communes.map((id) => byUnit.get(id)),
		told,
	);
	const shown = await call(officer, "reports.show", { periodId, unitId: a });
	assert.deepEqual(
		shown.submitted.signals.map(({ kind, count }: { kind: string; count: number }) => [kind, count]),
		[["same_date", 25]],
	);
});

test("a signal was read when the report was signed: judged afterwards, it still stands at the copy", async () => {
	await owner.query("update app.duplicate_pair set decision = 'different', decided_by = $1, decided_at = now()", [
		officer.accountId,
	]);
	const shown = await call(officer, "reports.show", { periodId, unitId: c });
	assert.deepEqual(
		[shown.live.signals, shown.submitted.signals.map(({ kind }: { kind: string }) => kind)],
		[[], ["twice"]],
	);
});

test("reports with signals are approved one by one: in one act with others they are refused by name, and nothing is locked", async () => {
	const waiting = sent.map(({ reportId, version }) => ({ reportId, version }));
	await assert.rejects(call(officer, "reports.approve", { reports: waiting }), refused("report.needs_look"));
	const states = async () =>
		(await owner.query("select state, count(*)::integer as n from app.report group by state order by state")).rows;
	assert.deepEqual(await states(), [{ state: "submitted", n: 4 }]);
	assert.deepEqual(await call(officer, "reports.approve", { reports: [waiting[0]] }), { approved: 1 });
	assert.deepEqual(await call(officer, "reports.approve", { reports: [waiting[3]] }), { approved: 1 });
	assert.deepEqual(await states(), [
		{ state: "locked", n: 2 },
		{ state: "submitted", n: 2 },
	]);
	assert.equal((await call(officer, "reports.show", { periodId, unitId: d })).report.state, "locked");
});
