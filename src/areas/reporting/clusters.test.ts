import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import { composeDocument } from "../documents/store-compose.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";

// Two provinces in one cluster: the half-year of 9/6/2026 with the cluster's own report, and the provinces' plans for 2026 (R35).
const country = await openSmallCountry();
const many = (n: number, day: string) => Array.from({ length: n }, () => day);
const commune = (province: 0 | 1, women18: number, joined: string[][]) => ({
	province,
	women18,
	unlisted: 0,
	overlap: 0,
	joined,
});
await country.fill([
	commune(0, 10, [[...many(5, "2020-01-01"), ...many(4, "2026-02-01")]]),
	commune(0, 10, [[...many(3, "2020-01-01")]]),
	commune(1, 10, [[...many(7, "2020-01-01")]]),
]);
const { call, operator, owner, person, unit, as } = country;
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
const { rows: made } = await owner.query("insert into app.unit (kind) values ('cluster') returning id");
const cluster = made[0].id as number;
await owner.query(
	`insert into app.unit_spell (unit_id, during, code, name, parent_id, search_key) values ($1, '[2020-01-01,)', 'CUM9', 'Cụm Chín', $2, 'cum')`,
	[cluster, vn],
);
for (const province of [one, two])
	await owner.query(
		"insert into app.cluster_province (cluster_id, province_id, during) values ($1, $2, '[2020-01-01,)')",
		[cluster, province],
	);
await owner.query("select calc.refresh_scopes(null)");
const centre = await person("ban.to.chuc", "centre", "VN");
const lead = await person("cum.chin", "cluster", `#${cluster}`);
const first = await person("tinh.mot", "province", "01");
const second = await person("tinh.hai", "province", "02");
const { periodId } = await call(centre, "reports.open", {
	kind: "half_year",
	name: "6 tháng đầu năm 2026",
	opensOn: "2026-05-26",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-06-30",
	dueLevels: {},
	levels: ["province", "cluster", "centre"],
});
const words = { results: "Cụm đã đôn đốc các tỉnh." };

async function submit(
	who: Actor,
	unitId: number,
	more: { periodId?: number; words?: object; missing?: number[] } = {},
) {
	const ref = { periodId: more.periodId ?? periodId, unitId };
	const { report, live } = await call(who, "reports.show", ref);
	const draft = await call(who, "reports.draft", { ...ref, version: report.version, words: more.words ?? words });
	const signed = { version: draft.version, seen: live.seen, as: "Cụm trưởng", missing: more.missing ?? [] };
	const done = await call(who, "reports.submit", { ...ref, ...signed });
	return { reportId: done.reportId, version: done.version };
}

test("a cluster's report is made of its provinces' approved ones; who of them is missing must be named", async () => {
	const sent = await submit(first, one);
	await call(centre, "reports.approve", { reports: [sent] });
	const shown = await call(lead, "reports.show", { periodId, unitId: cluster });
	assert.deepEqual(
		[shown.above.unitId, shown.expected, shown.missing.map(({ code }: { code: string }) => code)],
		[vn, 2, ["02"]],
	);
	await assert.rejects(submit(lead, cluster), refused("report.missing_below"));
	await call(centre, "reports.approve", { reports: [await submit(second, two)] });
	const all = await call(lead, "reports.show", { periodId, unitId: cluster });
	const provinces = await Promise.all([one, two].map((unitId) => call(operator, "reports.show", { periodId, unitId })));
	assert.equal(
		all.live.counts.members,
		provinces.reduce((sum, { frozen }) => sum + frozen[0].counts.members, 0),
	);
});

test("the cluster says its words and signs; the centre approves, and its own sum counts no province twice", async () => {
	await assert.rejects(submit(first, cluster), refused("access.denied"));
	const sent = await submit(lead, cluster);
	await assert.rejects(call(lead, "reports.approve", { reports: [sent] }), refused("access.denied"));
	const { rows } = await call(centre, "reports.list", { periodId });
	assert.deepEqual(
		rows.map(({ code, kind, state }: Record<string, string>) => [code, kind, state]),
		[
			["01", "province", "locked"],
			["02", "province", "locked"],
			["CUM9", "cluster", "submitted"],
		],
	);
	const before = await call(centre, "reports.show", { periodId });
	await call(centre, "reports.approve", { reports: [sent] });
	const after = await call(centre, "reports.show", { periodId });
	assert.deepEqual([after.expected, after.missing, after.live.seen], [2, [], before.live.seen]);
	const frozen = await call(lead, "reports.frozen", { reportId: sent.reportId });
	assert.equal(frozen.same, true, "made again from its inputs it is the same bytes");
	assert.equal(
		after.live.counts.members,
		(await call(lead, "reports.show", { periodId, unitId: cluster })).frozen[0].counts.members,
		"one cluster has all provinces here",
	);
	const { paper } = await as(lead, (work) =>
		composeDocument(work, { kind: "period_report", unitId: cluster, periodId }),
	);
	assert.ok(JSON.stringify(paper).includes("Cụm đã đôn đốc các tỉnh."), "its words stand in its document");
	await submit(centre, vn);
});

test("a province plans how many communes are to pass; the centre approves, and what came of it stands beside it", async () => {
	const { forms } = await call(centre, "reports.periods");
	const form = forms.find(
		({ questions }: { questions: { key: string }[] }) => questions[0]?.key === "communes_to_pass",
	);
	const { periodId: plan } = await call(centre, "reports.open", {
		kind: "plan",
		name: "Kế hoạch năm 2026",
		opensOn: "2025-12-15",
		from: "2025-01-01",
		dataUntil: "2025-12-31",
		dueOn: "2026-12-31",
		dueLevels: {},
		levels: ["province"],
		formId: form.id,
	});
	const said = { communes_to_pass: "2", tasks: "Từng xã có lộ trình." };
	await assert.rejects(
		submit(first, one, { periodId: plan, words: { ...said, communes_to_pass: "hai" } }),
		refused("report.number_wanted"),
	);
	const sent = await submit(first, one, { periodId: plan, words: said });
	const rowsOf = async (who: Actor) =>
		(await call(who, "reports.plans", { year: 2026 })).rows.map(
			({ code, state, planned, before, over, passed, from }: Record<string, unknown>) => [
				code,
				state,
				planned,
				before,
				over,
				passed,
				from,
			],
		);
	// Tỉnh Một: one commune of two passed in February; its approved half-year says so. Levels below report nothing here, so the count is of today.
	assert.deepEqual(await rowsOf(centre), [
		["01", "submitted", 2, 0, 1, 1, null],
		["02", "none", null, 1, 1, 0, null],
	]);
	const { rows, mayApprove } = await call(centre, "reports.list", { periodId: plan });
	assert.deepEqual(
		[rows.length, mayApprove],
		[2, true],
		"the centre, which plans nothing here, sees who has sent a plan",
	);
	await call(centre, "reports.approve", { reports: [sent] });
	assert.deepEqual(await rowsOf(first), [["01", "locked", 2, 0, 1, 1, null]]);
	const latest = await call(centre, "reports.show", {});
	assert.equal(latest.period.id, periodId, "the latest period means reports, not plans");
	const frozen = await call(first, "reports.frozen", { reportId: sent.reportId });
	assert.equal(frozen.same, true);
	const { paper } = await as(first, (work) =>
		composeDocument(work, { kind: "year_plan", unitId: one, periodId: plan }),
	);
	const onPaper = JSON.stringify(paper);
	assert.ok(
		onPaper.includes("2 cơ sở Hội chưa đạt sẽ đạt") && onPaper.includes("Từng xã có lộ trình."),
		"on paper, too",
	);
	await assert.rejects(
		as(first, (work) => composeDocument(work, { kind: "period_report", unitId: one, periodId: plan })),
		refused("document.plan"),
	);
});
