import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";

const TODAY = "2026-03-10";
const { call, person, unit, owner, operator } = await openTestDatabase({ today: TODAY });
const { rows: pairs } = await owner.query(
	`select c.cluster_id as cluster, array_agg(s.code order by s.code) as codes from app.cluster_province c
		join app.unit_spell s on s.unit_id = c.province_id and s.during @> $1::date
		where c.during @> $1::date group by 1 order by 1 limit 2`,
	[TODAY],
);
const [mine, other] = pairs as { cluster: number; codes: string[] }[];
const province = await unit(mine.codes[0]);
const { rows: communes } = await owner.query(
	"select unit_id as id, code from app.unit_spell where parent_id = $1 and during @> $2::date and code is not null order by code limit 3",
	[province, TODAY],
);
const [a, b] = communes.map(({ id }) => id as number);
const centre = await person("trung.uong", "centre", "VN");
const lead = await person("cum", "cluster", `U${mine.cluster}`);
const head = await person("tinh", "province", mine.codes[0]);
const second = await person("tinh.hai", "province", mine.codes[0]);
const elsewhere = await person("tinh.khac", "province", other.codes[0]);
const chair = await person("chu.tich", "commune_chair", communes[0].code);
const stranger = await person("ban", "commune_chair", communes[2].code);
await call(operator, "populations.import", {
	source: "Số liệu ngành thống kê năm 2019",
	asOf: TODAY,
	rows: communes.map(({ code }, index) => ({ row: index + 2, code, women18: "1000", document: "" })),
});
await call(operator, "headcounts.import", {
	on: "2025-07-01",
	rows: communes.map(({ code }, index) => ({
		row: index + 2,
		code,
		component: "unlisted",
		count: String([500, 600, 700][index]),
		overlap: "0",
		source: "Báo cáo của cơ sở",
		document: "01/BC",
	})),
});

const { id: roundId } = await call(lead, "assistance.openRound", {
	provinceId: province,
	name: "Đợt hỗ trợ 2025 - 2026",
	openedOn: "2025-08-01",
});
const show = (actor = head) => call(actor, "assistance.round", { roundId });
const missing = async (step: number) => (await show()).steps[step - 1].missing;
const close = (step: number, actor = head) => call(actor, "assistance.closeStep", { roundId, step });

const MINUTES = {
	roundId,
	metOn: "2025-08-05",
	place: "Trụ sở Hội LHPN tỉnh",
	policy: "Hỗ trợ các cơ sở chưa đạt trên 60%",
	fromDay: "2025-08-05",
	untilDay: "2026-12-31",
	content: "Rà soát, hội thảo, hoạt động tại cơ sở",
	manner: "Cầm tay chỉ việc",
	dutyCluster: "Tư vấn, đánh giá",
	dutyProvince: "Chủ động, chịu trách nhiệm chính",
	dutyCommune: "Thực hiện lộ trình",
	pictureOn: "2025-08-01",
};
const WORKSHOP = {
	roundId,
	heldOn: "2025-09-01",
	goalCommunes: 2,
	goalOn: "2026-12-31",
	resources: "60 triệu đồng của tỉnh",
	communes: [
		{
			unitId: a,
			attended: true,
			cause: "Nhiều chị em đi làm xa",
			solution: "Nhóm Zalo",
			goalMembers: 601,
			goalOn: "2026-11-24",
		},
		{ unitId: b, attended: false },
	],
};

test("a round is read by its province, its cluster and the centre; written by them, not by others", async () => {
	for (const actor of [centre, lead, head]) assert.equal((await show(actor)).name, "Đợt hỗ trợ 2025 - 2026");
	for (const actor of [elsewhere, chair]) await assert.rejects(show(actor), refused("assistance.round_unknown"));
	await assert.rejects(
		call(elsewhere, "assistance.openRound", { provinceId: province, name: "x" }),
		refused("access.denied"),
	);
	await assert.rejects(
		call(chair, "assistance.openRound", { provinceId: province, name: "x" }),
		refused("access.denied"),
	);
	const board = await call(centre, "assistance.rounds");
	assert.deepEqual(
		board.rows.map((row: { id: string; current: number }) => [row.id, row.current]),
		[[roundId, 1]],
	);
	assert.deepEqual((await call(elsewhere, "assistance.rounds")).rows, []);
});

test("the first step ends in minutes with the picture of a day; two who edit at once do not write over each other", async () => {
	await assert.rejects(close(1), refused("assistance.step_missing"));
	await call(lead, "assistance.setMinutes", { ...MINUTES, version: 0, manner: "" });
	await assert.rejects(
		call(head, "assistance.setMinutes", { ...MINUTES, version: 0 }),
		(error: Error & { code: string }) => {
			assert.equal(error.code, "assistance.changed");
			assert.match(error.message, /^cum vừa sửa/);
			return true;
		},
	);
	assert.deepEqual(await missing(1), ["Cách thức hỗ trợ"]);
	await call(head, "assistance.setMinutes", { ...MINUTES, version: 1 });
	assert.deepEqual((await show()).minutes.picture, {
		on: "2025-08-01",
		communes: (await show()).minutes.picture.communes,
		under: 1,
		exactly: 1,
		over: 1,
		none: (await show()).minutes.picture.communes - 3,
		missing: 102,
	});
	await assert.rejects(close(2), refused("assistance.step_missing"));
	assert.deepEqual(await close(1), { closedOn: TODAY });
	await assert.rejects(
		call(head, "assistance.setMinutes", { ...MINUTES, version: 2 }),
		refused("assistance.step_closed"),
	);
	await call(head, "assistance.reopenStep", { roundId, step: 1, why: "Ghi nhầm" });
	await close(1);
});

test("the workshop has a road map for each commune and ends in an issued plan", async () => {
	const stray = { ...WORKSHOP, version: 0, communes: [{ unitId: await unit(other.codes[0]) }] };
	await assert.rejects(call(head, "assistance.setWorkshop", stray), refused("assistance.commune_elsewhere"));
	await call(head, "assistance.setWorkshop", { ...WORKSHOP, version: 0 });
	await assert.rejects(
		call(second, "assistance.setWorkshop", { ...WORKSHOP, version: 0 }),
		refused("assistance.changed"),
	);
	const named = (await missing(2)).join("\n");
	assert.match(named, /^Nguyên nhân: /m);
	assert.match(named, /Lộ trình/);
	assert.match(named, /Kế hoạch hành động đã ban hành/);
	// What the commune's own support case says stands for what the workshop would have to write again.
	const caseId = uuidv7();
	await owner.query(
		`insert into app.support_case (id, unit_id, opened_on, opened_by, why, changed_by) values ($1, $2, '2025-08-20', $3, 'hand', $3)`,
		[caseId, b, head.accountId],
	);
	await owner.query("insert into app.support_cause (case_id, cause, weight) values ($1, 'cause.away', 3)", [caseId]);
	await owner.query("insert into app.support_milestone (case_id, day, members) values ($1, '2026-11-24', 601)", [
		caseId,
	]);
	await owner.query(
		"insert into app.support_solution (id, case_id, solution, begun_on) values ($1, $2, 'solution.b3', '2025-09-15')",
		[uuidv7(), caseId],
	);
	assert.deepEqual(await missing(2), ["Kế hoạch hành động đã ban hành (số, ngày)"]);
	assert.deepEqual((await show()).communes[1].caseCauses, ["Phụ nữ đi làm ăn xa nhiều"]);
	const plan = { roundId, version: 1, number: "12/KH-BTV", on: "2025-09-10" };
	await assert.rejects(
		call(head, "assistance.issuePlan", { ...plan, on: "2025-08-31" }),
		refused("assistance.plan_before_workshop"),
	);
	await assert.rejects(
		call(head, "assistance.setActivity", {
			roundId,
			version: 0,
			name: "Tập huấn",
			plannedOn: "2025-10-01",
			communeIds: [a],
		}),
		refused("assistance.no_plan"),
	);
	await call(head, "assistance.issuePlan", plan);
	await close(2);
	assert.equal((await show()).current, 3);
});

test("activities follow the plan, have results and are evaluated by the cluster", async () => {
	const plan = {
		roundId,
		version: 0,
		name: "Ra mắt câu lạc bộ",
		plannedOn: "2025-10-01",
		tutorId: second.accountId,
		communeIds: [a, b],
	};
	await assert.rejects(
		call(head, "assistance.setActivity", { ...plan, plannedOn: "2025-09-09" }),
		refused("assistance.before_plan"),
	);
	await assert.rejects(
		call(head, "assistance.setActivity", { ...plan, tutorId: elsewhere.accountId }),
		refused("assistance.tutor_gone"),
	);
	const { id } = await call(head, "assistance.setActivity", plan);
	await assert.rejects(
		call(head, "assistance.setActivity", { ...plan, activityId: id }),
		refused("assistance.changed"),
	);
	assert.deepEqual((await show()).late, [
		"Quá ngày dự kiến, chưa có kết quả: Ra mắt câu lạc bộ",
		"Chưa có bản cập nhật năm 2025",
	]);
	// Whoever holds one of its communes sees it among what is due, with the mark of the road map that is near.
	await call(head, "assistance.assignOfficer", { communeIds: [b], accountId: head.accountId });
	await owner.query(
		"insert into app.support_milestone (case_id, day, members) select id, '2026-04-01', 650 from app.support_case where unit_id = $1",
		[b],
	);
	const { due } = await call(head, "assistance.mine");
	assert.deepEqual(
		due.map(({ words, late }: { words: string; late: boolean }) => [words, late]),
		[
			["Ra mắt câu lạc bộ", true],
			["Mốc lộ trình: 650 hội viên (nay 600)", false],
		],
	);
	await owner.query("update app.account set disabled_at = now() where id = $1", [second.accountId]);
	assert.match((await show()).late.join("\n"), /tinh\.hai không còn giúp được, cần người khác: Ra mắt câu lạc bộ/);
	await owner.query("update app.account set disabled_at = null where id = $1", [second.accountId]);
	await assert.rejects(close(3), refused("assistance.step_missing"));
	const evaluation = { activityId: id, version: 0, evaluatedOn: TODAY, lessons: "Đông chị em trẻ" };
	await assert.rejects(call(lead, "assistance.evaluateActivity", evaluation), refused("assistance.not_done"));
	const result = { activityId: id, version: 1, doneOn: "2025-10-03", result: "Kết nạp 42 hội viên", participants: 120 };
	await assert.rejects(
		call(head, "assistance.recordActivity", { ...result, doneOn: "2025-09-01" }),
		refused("assistance.before_plan"),
	);
	await call(head, "assistance.recordActivity", result);
	await assert.rejects(call(head, "assistance.evaluateActivity", evaluation), refused("assistance.cluster_evaluates"));
	await call(lead, "assistance.evaluateActivity", evaluation);
	assert.equal((await show()).activities[0].evaluation.lessons, "Đông chị em trẻ");
});

test("a commune reads the plan it was asked to, its own line and activities, and raises what stands in its way one level up", async () => {
	const seen = await show(chair);
	assert.deepEqual(
		seen.communes.map(({ unitId }: { unitId: number }) => unitId),
		[a],
	);
	assert.equal(seen.mayWrite, false);
	assert.equal((await call(chair, "assistance.rounds", { unitId: a })).rows.length, 1);
	assert.deepEqual((await call(stranger, "assistance.rounds")).rows, []);
	await assert.rejects(show(stranger), refused("assistance.round_unknown"));
	const raised = await call(chair, "assistance.raiseIssue", { roundId, text: "Cấp ủy chỉ cho mỗi người một đoàn thể" });
	const { rows } = await owner.query("select to_unit_id from app.support_issue where id = $1", [raised.id]);
	assert.equal(rows[0].to_unit_id, province);
	assert.match((await missing(3)).join(), /1 vấn đề/);
	await assert.rejects(
		call(chair, "assistance.answerIssue", { issueId: raised.id, answer: "x" }),
		refused("access.denied"),
	);
	// The province passes it on: to the Presidium through Ban Tổ chức, which answers.
	assert.equal((await call(head, "assistance.answerIssue", { issueId: raised.id })).to, "Trung ương Hội");
	await assert.rejects(
		call(head, "assistance.answerIssue", { issueId: raised.id, answer: "x" }),
		refused("assistance.issue_answered"),
	);
	const passed = (await show(centre)).issues.find(({ mine: hers }: { mine: boolean }) => hers);
	await call(centre, "assistance.answerIssue", {
		issueId: passed.id,
		answer: "Đã làm việc với Ban Tổ chức Trung ương",
	});
	assert.deepEqual(await missing(3), []);
	await close(3);
});

test("each half-year has its update with the figures of its data day, and then the round is closed", async () => {
	assert.deepEqual(await missing(4), ["Bản cập nhật năm 2025"]);
	const update = { roundId, year: 2025, half: 2, situation: "Đã kết nạp 42 hội viên ở hai xã." };
	await assert.rejects(
		call(head, "assistance.addUpdate", { ...update, year: 2026, half: 1 }),
		refused("assistance.ahead"),
	);
	await call(lead, "assistance.addUpdate", update);
	await assert.rejects(call(head, "assistance.addUpdate", update), refused("assistance.update_twice"));
	assert.equal((await show()).updates[0].picture.on, "2025-11-24");
	await close(4);
	const done = await show();
	assert.equal(done.current, null);
	assert.deepEqual(done.late, []);
	await assert.rejects(close(4), refused("assistance.step_closed"));
	await assert.rejects(
		call(head, "assistance.reopenStep", { roundId, step: 2, why: "x" }),
		refused("assistance.not_last_step"),
	);
});
