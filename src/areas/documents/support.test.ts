import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, TODAY } from "../../../test/believable.ts";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import { partOf, wordsOf } from "../../documents/unzip.harness.ts";
import { wordBytes } from "../../documents/write.ts";
import { type Asked, composeDocument } from "./store-compose.ts";

const database = await openTestDatabase({ today: TODAY });
const { call, owner, unit } = database;
const people = await arrange(database);
const provinceId = await unit("75", TODAY);
const compose = (actor: Actor, asked: Asked) => database.as(actor, (work) => composeDocument(work, asked));
const { rows: clusters } = await owner.query("select unit_id as id from app.account where id = $1", [
	people.cluster.accountId,
]);
const clusterId = clusters[0].id as number;

const { id: roundId } = await call(people.cluster, "assistance.openRound", { provinceId, name: "Đợt hỗ trợ năm 2025" });
const commune = {
	unitId: people.commune,
	attended: true,
	cause: "Chị em đi làm xa",
	solution: "Nhóm Zalo của chi hội",
};

test("a paper is not made before its step has anything to say", async () => {
	for (const kind of ["support_minutes", "support_plan", "support_activities", "support_update"] as const)
		await assert.rejects(compose(people.province, { kind, unitId: provinceId }), refused("document.empty"));
	await assert.rejects(
		compose(people.chair, { kind: "support_minutes", unitId: people.commune }),
		refused("document.level"),
	);
});

test("each step has its paper, with what was written and the figures of its day", async () => {
	await call(people.cluster, "assistance.setMinutes", {
		roundId,
		version: 0,
		metOn: "2025-08-05",
		place: "Trụ sở Hội LHPN tỉnh",
		present: "Đại diện Cụm thi đua, Ban Thường vụ Hội LHPN tỉnh",
		policy: "Hỗ trợ các cơ sở chưa đạt trên 60%, mỗi cơ sở một lộ trình.",
		fromDay: "2025-08-05",
		untilDay: "2026-12-31",
		content: "Rà soát nguyên nhân.\nHội thảo với các cơ sở.",
		manner: "Cầm tay chỉ việc tại chi hội.",
		dutyCluster: "tư vấn, đánh giá sau mỗi hoạt động.",
		dutyProvince: "chủ động, chịu trách nhiệm chính.",
		dutyCommune: "thực hiện lộ trình.",
		pictureOn: "2025-08-01",
	});
	const minutes = await compose(people.cluster, { kind: "support_minutes", unitId: clusterId, roundId });
	const words = wordsOf(await partOf(new Uint8Array(await wordBytes(minutes.paper)), "word/document.xml")).join("\n");
	assert.match(words, /BIÊN BẢN/);
	assert.match(words, /ngày 05\/08\/2025, tại Trụ sở Hội LHPN tỉnh/);
	assert.match(words, /I\. THÀNH PHẦN[\s\S]*VI\. TRÁCH NHIỆM CỦA TỪNG CẤP\nCụm thi đua: tư vấn/);
	assert.match(words, /Tính đến ngày 01\/08\/2025, có 95 cơ sở Hội: /);
	// Districts had ended: nobody asks for their part, and no empty line stands for it.
	assert.doesNotMatch(words, /cấp huyện/);

	await call(people.province, "assistance.closeStep", { roundId, step: 1 });
	await call(people.province, "assistance.setWorkshop", {
		roundId,
		version: 0,
		heldOn: "2025-09-01",
		place: "Biên Hòa",
		goalCommunes: 1,
		goalOn: "2026-11-24",
		resources: "60 triệu đồng của tỉnh",
		helpAsked: "Tài liệu sinh hoạt chi hội",
		communes: [{ ...commune, goalMembers: 9500, goalOn: "2026-11-24" }],
	});
	await call(people.province, "assistance.issuePlan", { roundId, version: 1, number: "12/KH-BTV", on: "2025-09-10" });
	const plan = await compose(people.province, { kind: "support_plan", unitId: provinceId });
	// The number and the day under which the plan was issued stand on it.
	assert.deepEqual([plan.paper.head.number, plan.paper.head.day], [12, "2025-09-10"]);
	assert.equal(plan.paper.head.symbol, "KH-BTV");
	const [{ table }] = plan.paper.annexes;
	assert.deepEqual(table.rows[0].slice(4), [
		"Chị em đi làm xa",
		"Nhóm Zalo của chi hội",
		"9.500 hội viên, ngày 24/11/2026",
	]);
	assert.match(
		JSON.stringify(plan.paper.body),
		/1 cơ sở đạt tỷ lệ tập hợp từ 60% trở lên, chậm nhất ngày 24\/11\/2026/,
	);

	await call(people.province, "assistance.closeStep", { roundId, step: 2 });
	const { id: activityId } = await call(people.province, "assistance.setActivity", {
		roundId,
		version: 0,
		name: "Ra mắt câu lạc bộ phụ nữ trẻ",
		plannedOn: "2025-10-01",
		tutorName: "Bà Nguyễn Thị Tư Vấn",
		communeIds: [people.commune],
	});
	await call(people.province, "assistance.recordActivity", {
		activityId,
		version: 1,
		doneOn: "2025-10-03",
		result: "Kết nạp 42 hội viên",
		participants: 120,
	});
	await call(people.cluster, "assistance.evaluateActivity", {
		activityId,
		version: 0,
		evaluatedOn: "2025-10-10",
		lessons: "nên họp vào buổi tối.",
	});
	const activities = await compose(people.province, { kind: "support_activities", unitId: provinceId });
	assert.match(JSON.stringify(activities.paper), /đã làm 1 trên 1 hoạt động với 120 lượt người tham gia/);
	assert.match(JSON.stringify(activities.paper), /Ra mắt câu lạc bộ phụ nữ trẻ: nên họp vào buổi tối/);

	await owner.query(
		`insert into app.support_update (id, round_id, year, half, as_of, picture, situation, written_by)
			select gen_random_uuid(), $1, 2025, 1, '2025-06-09', picture, 'Hai chi hội đã đổi cách sinh hoạt.', $2 from app.support_minutes where round_id = $1`,
		[roundId, people.cluster.accountId],
	);
	const update = await compose(people.cluster, { kind: "support_update", unitId: clusterId, roundId });
	const told = JSON.stringify(update.paper);
	assert.match(told, /6 tháng đầu năm 2025/);
	assert.match(told, /Hai chi hội đã đổi cách sinh hoạt/);
	assert.match(told, /Thường trực Đoàn Chủ tịch/);
	for (const { paper } of [minutes, plan, activities, update])
		assert.doesNotMatch(JSON.stringify(paper), /\{\{|undefined/);
	if (process.env.TAPHOP_PAPERS) {
		const { writeFileSync } = await import("node:fs");
		for (const [name, { paper }] of Object.entries({ minutes, plan, activities, update }))
			writeFileSync(`${process.env.TAPHOP_PAPERS}/${name}.docx`, new Uint8Array(await wordBytes(paper)));
	}
});
