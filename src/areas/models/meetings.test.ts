import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";
import { DAY } from "../reorganisations/small-country.harness.ts";
import { openBranchLife } from "./models.harness.ts";

const { call, operator, owner, as, communes, branches, provinces, cluster, vn, add, people } = await openBranchLife();
const { centre, lead, province, chair, second, clerk, head } = people;
const [one, two, three] = communes as [number, number, number];
const [hall, other] = branches as [number, number];
const evening = {
	unitId: hall,
	onDay: "2026-10-20",
	kind: "meeting",
	form: "in_person",
	theme: "Phòng, chống bạo lực gia đình",
	members: 31,
	others: 4,
};

test("a head records her branch's evening once, however often it is sent, and no other branch's", async () => {
	const commandId = uuidv7();
	const first = await call(head, "meetings.add", evening, commandId);
	assert.deepEqual(await call(head, "meetings.add", evening, commandId), first, "a lost answer, sent again");
	assert.equal(first.communeId, one);
	await assert.rejects(call(clerk, "meetings.add", { ...evening, theme: "Khác" }), refused("meeting.recorded"));
	await assert.rejects(call(head, "meetings.add", { ...evening, unitId: other }), refused("access.denied"));
	await assert.rejects(call(head, "meetings.add", { ...evening, onDay: "2026-11-23" }), refused("day.ahead"));
	await assert.rejects(
		call(chair, "meetings.add", { ...evening, onDay: "2016-12-31" }),
		refused("meeting.unit_not_there"),
	);
	const { rows } = await owner.query("select count(*)::integer as n from app.meeting");
	assert.equal(rows[0].n, 1);
});

test("her commune and those above read it, a neighbour does not; two who change it do not overwrite each other", async () => {
	for (const actor of [head, chair, province, lead, centre]) {
		const { rows } = await call(actor, "meetings.list", { unitId: actor === head ? hall : one });
		assert.deepEqual(
			rows.map((row: { theme: string; members: number }) => [row.theme, row.members]),
			[[evening.theme, 31]],
		);
	}
	await assert.rejects(call(second, "meetings.list", { unitId: one }), refused("access.denied"));
	await as(second, async (work) => {
		assert.deepEqual(await work.db.selectFrom("meeting").select("id").execute(), []);
	});
	const [{ id, version }] = (await call(chair, "meetings.list", { unitId: one })).rows;
	const { unitId: _, ...what } = evening;
	await assert.rejects(
		call(province, "meetings.change", { ...what, id, version, members: 1 }),
		refused("access.denied"),
	);
	await call(chair, "meetings.change", { ...what, id, version, members: 32 });
	await assert.rejects(
		call(head, "meetings.change", { ...what, id, version, members: 30 }),
		refused("write.concurrent"),
	);
	const list = await call(chair, "meetings.list", { unitId: one });
	assert.deepEqual(list.total, { meetings: 1, activities: 0, members: 32, others: 4 });
});

test("who has not met for three months is behind; where a group met its branch met, a young one is not asked yet", async () => {
	const group = await add(other, "group", "Tổ 1");
	await add(two, "branch", "Chi hội mới", "2026-10-01");
	const behind = async (actor = centre, unitId = vn) => call(actor, "meetings.behind", { unitId });
	assert.deepEqual(
		(await behind()).rows.map((row: { unitId: number }) => row.unitId).sort(),
		[other, group, branches[2], branches[3]].sort(),
	);
	assert.equal((await behind()).leaves, 6);
	await call(second, "meetings.add", { ...evening, unitId: group, onDay: "2026-08-23" });
	assert.deepEqual(
		(await behind(lead, cluster)).rows.map((row: { unitId: number; lastMeeting: null }) => [
			row.unitId,
			row.lastMeeting,
		]),
		[[branches[2], null]],
	);
	const { rows } = await call(chair, "meetings.branches", { unitId: one });
	assert.deepEqual(
		rows.map((row: Record<string, unknown>) => [row.unitId, row.lastMeeting, row.behind, row.meetings, row.members]),
		[[hall, "2026-10-20", false, 1, 32]],
	);
	const [grouped] = (await call(second, "meetings.branches", { unitId: two })).rows.filter(
		(row: { unitId: number }) => row.unitId === other,
	);
	assert.deepEqual([grouped.lastMeeting, grouped.behind], ["2026-08-23", false]);
});

test("participation goes upward as plain sums", async () => {
	await call(second, "meetings.add", {
		...evening,
		unitId: other,
		kind: "activity",
		form: "zalo",
		members: 9,
		others: 0,
	});
	await call(operator, "meetings.add", { ...evening, unitId: branches[3], members: 5, others: 1 });
	const { own, rows } = await call(centre, "models.counts", { unitId: vn, from: "2026-08-01" });
	assert.deepEqual(
		[own.meetings, own.activities, own.membersPresent, own.othersPresent],
		[3, 1, 32 + 31 + 9 + 5, 4 + 4 + 0 + 1],
	);
	assert.deepEqual(
		rows.map((row: { unitId: number; counts: { membersPresent: number; leavesBehind: number } }) => [
			row.unitId,
			row.counts.membersPresent,
			row.counts.leavesBehind,
		]),
		[
			[provinces[0], 72, 1],
			[provinces[1], 5, 0],
		],
	);
	assert.equal((await call(lead, "models.counts", { unitId: cluster, from: "2026-08-01" })).own.membersPresent, 72);
	assert.deepEqual(
		(await call(province, "models.counts", { unitId: provinces[0], from: "2026-08-01" })).rows.map(
			(row: { unitId: number; counts: { membersPresent: number } }) => [row.unitId, row.counts.membersPresent],
		),
		[
			[one, 32],
			[two, 40],
			[three, 0],
		],
	);
	await assert.rejects(call(lead, "models.counts", { unitId: vn }), refused("access.denied"));
});

test("what was recorded by mistake is taken off the lists and stays in the table", async () => {
	const [{ id, version }] = (await call(chair, "meetings.list", { unitId: one })).rows;
	await call(head, "meetings.remove", { id, version });
	assert.deepEqual((await call(chair, "meetings.list", { unitId: one })).rows, []);
	await call(head, "meetings.add", evening);
	const { rows } = await owner.query("select count(*)::integer as n from app.meeting where unit_id = $1", [hall]);
	assert.equal(rows[0].n, 2);
});

test("after a merger a branch's meetings stand under the new commune, and before it where they stood", async () => {
	const goes = (unitId: number) => ({
		kind: "succeed",
		unitId,
		successor: { key: "new:a" },
		part: "full",
		document: "",
	});
	await call(chair, "models.add", {
		unitId: one,
		kind: "model.lodging_workers",
		forGroup: "group.away",
		name: "Nhà trọ an toàn",
		founded: "2024-03-08",
		members: 20,
	});
	let at = await call(operator, "reorganisations.draft", {
		title: "Thử",
		decree: "Nghị quyết thử",
		on: DAY,
		changes: [
			{
				kind: "create",
				key: "new:a",
				unitKind: "commune",
				code: "90001",
				name: "Xã Mới",
				parent: { unitId: provinces[0] },
			},
			goes(one),
			goes(two),
		],
	});
	for (const step of ["submit", "approve", "apply"])
		at = await call(operator, `reorganisations.${step}`, { id: at.id, version: at.version });
	const merged = await call(province, "models.counts", { unit: "90001", from: "2026-08-01" });
	assert.deepEqual([merged.own.membersPresent, merged.own.models, merged.own.withModel], [71, 1, 1]);
	const { rows } = await call(province, "models.list", { unit: "90001" });
	assert.deepEqual(
		rows.map((row: Record<string, unknown>) => [row.name, row.unitName, row.communeName]),
		[["Nhà trọ an toàn", "Xã 10001", "Xã Mới"]],
	);
	const before = await call(province, "models.counts", { unit: "10001", on: "2026-07-31" });
	assert.equal(before.own.models, 1);
	assert.equal((await call(centre, "models.without", { unitId: vn })).rows.length, 2, "Xã 10003 and Xã 10004");
});
