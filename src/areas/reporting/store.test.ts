import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import { openSmallCountry, TODAY } from "../reorganisations/small-country.harness.ts";
import { reports } from "./store.ts";

// Two provinces: Tỉnh Một with 10001 and 10002, Tỉnh Hai with 10003. The half-year of 9/6/2026, closed in November.
const commune = (province: 0 | 1, women18: number, joined: string[][]) => ({
	province,
	women18,
	unlisted: 20,
	overlap: 2,
	joined,
});
const country = await openSmallCountry();
await country.fill([
	commune(0, 100, [["2020-01-01", "2026-01-05"], ["2021-03-08"]]),
	commune(0, 50, [["2026-07-01"], []]),
	commune(1, 40, [["2019-05-05"], []]),
]);
const { call, owner, operator, person, unit } = country;
const [vn, one, two] = [await unit("VN"), await unit("01"), await unit("02")];
const [a, b, c] = [await unit("10001"), await unit("10002"), await unit("10003")];
const centre = await person("ban.to.chuc", "centre", "VN");
const first = await person("officer.one", "province", "01");
const other = await person("officer.other", "province", "01");
const second = await person("officer.two", "province", "02");
const chair = await person("chair.one", "commune_chair", "10001");
const neighbour = await person("chair.two", "commune_chair", "10002");
const clerk = await person("clerk.one", "commune_clerk", "10001");

const DAYS = {
	kind: "half_year",
	name: "6 tháng đầu năm 2026",
	opensOn: "2026-05-26",
	from: "2025-11-25",
	dataUntil: "2026-06-09",
	dueOn: "2026-06-30",
	dueLevels: { commune: "2026-06-15" },
	levels: ["commune", "province", "centre"],
};
const { periodId } = await call(centre, "reports.open", DAYS);
const words = { results: "Đạt kết quả tốt." };

const show = (who: Actor, unitId: number, more = {}) => call(who, "reports.show", { periodId, unitId, ...more });

/** Looks at a report, writes its words, signs and submits it as it was seen. */
async function submit(who: Actor, unitId: number, more: object = {}) {
	const before = await show(who, unitId);
	const draft = await call(who, "reports.draft", { periodId, unitId, version: before.report.version, words });
	return call(who, "reports.submit", {
		periodId,
		unitId,
		version: draft.version,
		seen: before.live.seen,
		figures: before.live.counts,
		as: "Chủ tịch",
		...more,
	});
}

test("periods are the centre's to open; the calendar proposes what nobody has opened", async () => {
	await assert.rejects(call(first, "reports.open", { ...DAYS, name: "x" }), refused("access.denied"));
	await assert.rejects(call(centre, "reports.open", DAYS), refused("report.period_name"));
	await assert.rejects(
		call(centre, "reports.open", { ...DAYS, name: "y", dueOn: "2026-06-08" }),
		refused("report.period_days"),
	);
	const { periods, proposed, mayOpen } = await call(centre, "reports.periods");
	assert.deepEqual([periods.length, periods[0].form.questions[0].key, mayOpen], [1, "results", true]);
	assert.deepEqual(
		proposed.map((found: { name: string }) => found.name),
		["6 tháng cuối năm 2026"],
	);
	assert.equal((await call(chair, "reports.periods")).proposed.length, 0);
});

test("a form is data: groups of figures and questions; two cannot change it at once", async () => {
	const { forms } = await call(centre, "reports.periods");
	const input = { formId: forms[0].id, version: forms[0].version, name: forms[0].name, questions: forms[0].questions };
	await assert.rejects(
		call(centre, "reports.setForm", { ...input, figures: ["weight"] }),
		refused("report.figure_unknown"),
	);
	const done = await call(centre, "reports.setForm", { ...input, figures: forms[0].figures });
	assert.equal(done.version, forms[0].version + 1);
	await assert.rejects(call(centre, "reports.setForm", { ...input, figures: [] }), refused("report.form_changed"));
	await assert.rejects(call(chair, "reports.setForm", { ...input, figures: [] }), refused("access.denied"));
});

test("live figures are those of the period's day: who came later is not in them, and the movement ends where the ledger does", async () => {
	const { live, previous, may, period } = await show(chair, a);
	const { counts } = live;
	assert.deepEqual(
		[counts.roster, counts.unlisted, counts.trade_union, counts.overlap, counts.members, counts.women18],
		[3, 20, 22, 2, 43, 100],
	);
	assert.deepEqual([counts.opening, counts.admitted, counts.closing, live.balanced], [42, 1, 43, true]);
	assert.deepEqual([live.rate, live.class, live.missing, live.completeness], ["43.00", "under", 18, "13.04"]);
	assert.deepEqual([counts.age_unknown, counts.people_unknown, counts.communes_under], [3, 3, 1]);
	assert.deepEqual([previous.frozen, previous.counts.members], [false, 42]);
	assert.deepEqual([may.submit, may.approve, period.due], [true, false, "2026-06-15"]);
	const [rate] = await call(chair, "gathering.rates", { unitId: a, on: "2026-06-09" });
	assert.deepEqual([rate.members, rate.women18, rate.rate], [counts.members, counts.women18, live.rate]);
});

test("one's own report and those below are seen; a neighbour's is not, nor written", async () => {
	await assert.rejects(show(neighbour, a), refused("access.denied"));
	await assert.rejects(show(second, a), refused("access.denied"));
	await assert.rejects(show(chair, one), refused("access.denied"));
	assert.equal((await show(first, a)).may.submit, false);
	const input = { periodId, unitId: a, version: 0, words };
	await assert.rejects(call(neighbour, "reports.draft", input), refused("access.denied"));
	await assert.rejects(call(first, "reports.draft", input), refused("access.denied"));
	await call(clerk, "reports.draft", input);
	await assert.rejects(call(chair, "reports.draft", { ...input, version: 5 }), refused("report.changed"));
	const { live, report } = await show(clerk, a);
	await assert.rejects(
		call(clerk, "reports.submit", { periodId, unitId: a, version: report.version, seen: live.seen, as: "Cán bộ" }),
		refused("access.denied"),
	);
});

test("a report whose figures changed since she looked is not submitted: what changed is told", async () => {
	const { live, report } = await show(chair, a);
	const leafId = (await owner.query("select leaf_id from app.spell where joined = '2021-03-08'")).rows[0].leaf_id;
	const added = await call(chair, "members.add", { leafId, name: "Trần Thị Mới", birth: "1990", joined: "2026-02-02" });
	const input = { periodId, unitId: a, version: report.version, seen: live.seen, figures: live.counts, as: "Chủ tịch" };
	await assert.rejects(
		call(chair, "reports.submit", input),
		(error: { code: string; detail: { changed: { key: string; before: number; now: number }[] } }) => {
			assert.equal(error.code, "report.figures_changed");
			const roster = error.detail.changed.find(({ key }) => key === "roster");
			assert.deepEqual([roster?.before, roster?.now], [3, 4]);
			return true;
		},
	);
	assert.equal((await show(chair, a)).report.state, "draft");
	assert.ok(added.personId);
});

test("submit late is allowed and says so; a return names the figure; after approval it is locked, and nothing returns it", async () => {
	await assert.rejects(
		call(chair, "reports.submit", { ...(await signing(chair, a)), version: 99 }),
		refused("report.changed"),
	);
	const done = await submit(chair, a);
	assert.equal(done.late, true);
	const waiting = { reportId: done.reportId, version: done.version };
	await assert.rejects(call(second, "reports.approve", { reports: [waiting] }), refused("access.denied"));
	await assert.rejects(call(centre, "reports.approve", { reports: [waiting] }), refused("access.denied"));
	await assert.rejects(call(chair, "reports.approve", { reports: [waiting] }), refused("access.denied"));
	await assert.rejects(
		call(first, "reports.return", { ...waiting, reasons: [{ figure: "weight", text: "?" }] }),
		refused("report.figure_unknown"),
	);
	const returned = await call(first, "reports.return", {
		...waiting,
		reasons: [{ figure: "unlisted", text: "Hãy nhập danh sách." }],
	});
	assert.equal(returned.state, "returned");
	const seen = await show(chair, a);
	assert.deepEqual([seen.notes[0].figure, seen.notes[0].by, seen.may.submit], ["unlisted", "officer.one", true]);
	assert.equal(seen.submitted, null, "what was returned waits for nothing: the live figures stand first");
	const again = await submit(chair, a);
	await assert.rejects(
		call(first, "reports.approve", { reports: [waiting] }),
		refused("report.changed"),
		"the version she looked at is not the one that was submitted again",
	);
	const input = { reports: [{ reportId: again.reportId, version: again.version }] };
	assert.deepEqual(await call(first, "reports.approve", input), { approved: 1 });
	await assert.rejects(
		call(first, "reports.return", { ...input.reports[0], reasons: [{ text: "Muộn" }] }),
		refused("report.locked"),
	);
	const { frozen, report, may } = await show(chair, a);
	assert.deepEqual(
		[report.state, frozen.length, frozen[0].sha256, may.submit, may.restate],
		["locked", 1, again.sha256, false, true],
	);
	assert.deepEqual(
		[frozen[0].signedAs, frozen[0].signedBy, frozen[0].approvedBy],
		["Chủ tịch", "chair.one", "officer.one"],
	);
});

async function signing(who: Actor, unitId: number) {
	const { live, report } = await show(who, unitId);
	return { periodId, unitId, version: report.version, seen: live.seen, as: "Chủ tịch" };
}

test("two approve at once: one does it, the other is told; nothing is approved twice", async () => {
	const done = await submit(neighbour, b);
	const input = { reports: [{ reportId: done.reportId, version: done.version }] };
	const answers = await Promise.allSettled([
		call(first, "reports.approve", input),
		call(other, "reports.approve", input),
	]);
	const lost = answers.filter((answer) => answer.status === "rejected").map((answer) => answer.reason);
	assert.deepEqual(
		lost.map(({ code, status }) => [code, status]),
		[["report.locked", 409]],
	);
	const { rows } = await owner.query("select seq from app.report_frozen where report_id = $1", [done.reportId]);
	assert.deepEqual(rows, [{ seq: 1 }]);
});

test("an approval that dies halfway leaves nothing of it: the report waits as before", async () => {
	const { rows } = await owner.query("select id, version, state, seq from app.report where unit_id = $1", [a]);
	const keeper = await person("chair.c", "commune_chair", "10003");
	const done = await submit(keeper, c);
	const dying = country.as(second, async (work) => {
		await reports.approve(work, { reports: [{ reportId: done.reportId, version: done.version }] });
		throw new Error("killed");
	});
	await assert.rejects(dying, /killed/);
	const { report, frozen } = await show(keeper, c);
	assert.deepEqual([report.state, report.version, frozen.length], ["submitted", done.version, 0]);
	// One of them is locked already: of an act with many, none is done.
	const both = [
		{ reportId: done.reportId, version: done.version },
		{ reportId: rows[0].id, version: rows[0].version },
	];
	await assert.rejects(call(operator, "reports.approve", { reports: both }), refused("report.locked"));
	assert.equal((await show(keeper, c)).report.state, "submitted");
	await call(second, "reports.return", { ...both[0], reasons: [{ text: "Chờ" }] });
});

test("a province signs for a commune only as nhập thay, which is recorded", async () => {
	const acting = { ...second, actingFor: c };
	const done = await submit(acting, c);
	const { rows } = await owner.query(
		"select acting_for, unit_id from app.audit where action = 'reports.submit' order by id desc limit 1",
	);
	assert.deepEqual(rows, [{ acting_for: c, unit_id: c }]);
	await assert.rejects(submit({ ...second, actingFor: a }, a), refused("access.denied"));
	await call(second, "reports.return", {
		reportId: done.reportId,
		version: done.version,
		reasons: [{ text: "Cơ sở tự gửi" }],
	});
});

test("the level above is made of the frozen figures below; who is missing must be named, and stays named", async () => {
	const seen = await show(first, one);
	assert.equal(
		seen.live.counts.members,
		(await show(first, a)).frozen[0].counts.members + (await show(first, b)).frozen[0].counts.members,
	);
	assert.deepEqual([seen.missing, seen.live.counts.communes_under], [[], 1]);
	const own = await submit(first, one);
	await call(centre, "reports.approve", { reports: [{ reportId: own.reportId, version: own.version }] });
	const top = await show(centre, vn);
	assert.deepEqual(
		top.missing.map((found: { code: string }) => found.code),
		["02"],
	);
	await assert.rejects(submit(centre, vn), refused("report.missing_below"));
	const done = await submit(centre, vn, { missing: [two] });
	await call(centre, "reports.approve", { reports: [{ reportId: done.reportId, version: done.version }] });
	const { frozen } = await show(centre, vn);
	assert.equal(frozen[0].counts.members, seen.live.counts.members);
	const content = await contentOf(done.reportId);
	assert.deepEqual(
		[
			content.missing.map(({ name }: { name: string }) => name),
			content.below.map(({ code }: { code: string }) => code),
		],
		[["Tỉnh Hai"], ["01"]],
	);
});

async function contentOf(reportId: string) {
	const { rows } = await owner.query(
		"select c.content from app.report r join app.report_copy c on c.id = r.copy_id where r.id = $1",
		[reportId],
	);
	return JSON.parse(rows[0].content.toString());
}

test("nobody changes or deletes what was reported, the owner of the tables neither", async () => {
	for (const text of [
		"update app.report_copy set signed_as = 'x'",
		"delete from app.report_copy",
		"update app.report_frozen set seq = seq + 1",
		"delete from app.report_frozen",
		"truncate app.report_frozen",
	])
		await assert.rejects(owner.query(text), /never changed/, text);
	await country
		.as(operator, async (work) => {
			await assert.rejects(work.db.deleteFrom("report_frozen").execute(), { code: "42501" });
		})
		.catch((error) => assert.match(String(error), /aborted|quyền/));
});

test("a closed period takes no more reports until it is opened again; before its data are complete none is signed", async () => {
	const { periods } = await call(centre, "reports.periods");
	const { version } = await call(centre, "reports.setClosed", { periodId, version: periods[0].version, closed: true });
	const keeper = await person("chair.three", "commune_chair", "10003");
	await assert.rejects(submit(keeper, c), refused("report.period_closed"));
	await call(centre, "reports.setClosed", { periodId, version, closed: false });
	assert.equal((await submit(keeper, c)).late, true);
	const next = await call(centre, "reports.open", {
		...DAYS,
		name: "6 tháng cuối năm 2026",
		opensOn: "2026-11-10",
		from: "2026-06-10",
		dataUntil: "2026-11-24",
		dueOn: "2026-12-15",
		dueLevels: {},
	});
	const input = { ...(await signing(keeper, c)), periodId: next.periodId };
	await call(keeper, "reports.draft", { periodId: next.periodId, unitId: c, version: 0, words });
	await assert.rejects(call(keeper, "reports.submit", { ...input, version: 2 }), refused("report.too_early"));
	assert.equal(TODAY < "2026-11-24", true);
});
