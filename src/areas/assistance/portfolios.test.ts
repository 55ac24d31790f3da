import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";

const TODAY = "2026-03-10";
const { call, person, unit, owner, operator } = await openTestDatabase({ today: TODAY });
// Two provinces of one cluster and one of another, as the built-in example has them.
const { rows: pairs } = await owner.query(
	`select c.cluster_id as cluster, array_agg(s.code order by s.code) as codes from app.cluster_province c
		join app.unit_spell s on s.unit_id = c.province_id and s.during @> $1::date
		where c.during @> $1::date group by 1 order by 1 limit 2`,
	[TODAY],
);
const [mine, other] = pairs as { cluster: number; codes: string[] }[];
const province = await unit(mine.codes[0]);
const { rows: communes } = await owner.query(
	"select unit_id as id, code from app.unit_spell where parent_id = $1 and during @> $2::date and code is not null order by code limit 4",
	[province, TODAY],
);
const [a, b, c] = communes.map(({ id }) => id as number);
const centre = await person("to.chuc", "centre", "VN");
const lead = await person("cum", "cluster", `U${mine.cluster}`);
const strangers = await person("cum.khac", "cluster", `U${other.cluster}`);
const head = await person("tinh", "province", mine.codes[0]);
const officer = await person("can.bo", "province", mine.codes[0]);
const elsewhere = await person("tinh.khac", "province", other.codes[0]);
const chair = await person("chu.tich", "commune_chair", communes[0].code);
const neighbour = await person("ban", "commune_chair", communes[1].code);

await call(operator, "populations.import", {
	source: "Số liệu ngành thống kê năm 2019",
	asOf: TODAY,
	rows: communes.map(({ code }, index) => ({ row: index + 2, code, women18: "1000", document: "" })),
});
await call(operator, "headcounts.import", {
	on: "2026-01-01",
	rows: communes.map(({ code }, index) => ({
		row: index + 2,
		code,
		component: "unlisted",
		// 50 %, exactly 60 %, 70 %, 40 %.
		count: String([500, 600, 700, 400][index]),
		overlap: "0",
		source: "Báo cáo của cơ sở",
		document: "01/BC",
	})),
});

const rowOf = async (actor: typeof centre, unitId: number) =>
	(await call(actor, "assistance.portfolios", { unitId: province })).rows.find(
		(row: { unitId: number }) => row.unitId === unitId,
	);
const assign = (actor: typeof centre, communeIds: number[], more: object = {}) =>
	call(actor, "assistance.assignOfficer", { communeIds, accountId: officer.accountId, ...more });

test("a commune is given to an officer who reaches it, and the one before her holds it no longer", async () => {
	await assert.rejects(assign(chair, [a]), refused("access.denied"));
	await assert.rejects(assign(elsewhere, [a]), refused("access.denied"));
	await assert.rejects(assign(head, [a], { accountId: elsewhere.accountId }), refused("assistance.not_carrier"));
	await assert.rejects(assign(head, [a], { accountId: chair.accountId }), refused("assistance.not_carrier"));
	await assert.rejects(assign(head, [province]), refused("assistance.no_commune"));
	await assert.rejects(assign(head, [a], { since: "2026-03-11" }), refused("assistance.ahead"));
	assert.deepEqual(await assign(head, [a, b], { since: "2026-01-10", everyMonths: 1 }), { assigned: 2 });
	assert.deepEqual(await assign(head, [b], { accountId: lead.accountId, since: "2026-02-01" }), { assigned: 1 });
	assert.equal((await rowOf(head, a)).officer.name, "can.bo");
	assert.equal((await rowOf(head, b)).officer.name, "cum");
	assert.equal((await rowOf(head, c)).officer, null);
	await assert.rejects(assign(head, [b], { since: "2026-01-20" }), refused("assistance.later_term"));
	const { rows } = await owner.query("select during::text from app.commune_officer where commune_id = $1 order by 1", [
		b,
	]);
	assert.deepEqual(
		rows.map(({ during }) => during),
		["[2026-01-10,2026-02-01)", "[2026-02-01,)"],
	);
	// Corrected on the day it began: what held nothing stays as nothing.
	await assign(head, [b], { since: "2026-02-01" });
	assert.equal((await rowOf(head, b)).officer.name, "can.bo");
});

test("a commune sees who holds it and nothing of its neighbour; a cluster sees its provinces", async () => {
	const own = await call(chair, "assistance.portfolios", { unitId: a });
	assert.deepEqual(
		own.rows.map((row: { unitId: number; officer: { name: string } }) => [row.unitId, row.officer.name]),
		[[a, "can.bo"]],
	);
	assert.equal(own.mayAssign, false);
	assert.deepEqual(own.carriers, []);
	assert.deepEqual((await call(neighbour, "assistance.portfolios", { unitId: a })).rows, []);
	assert.deepEqual((await call(strangers, "assistance.portfolios", { unitId: a })).rows, []);
	assert.equal((await rowOf(lead, a)).officer.name, "can.bo");
});

test("what is due stands on the officer's own list, and her visits move it", async () => {
	const before = await call(officer, "assistance.mine");
	assert.deepEqual(
		before.rows.map((row: { unitId: number; visitDue: string; visitLate: boolean }) => [
			row.unitId,
			row.visitDue,
			row.visitLate,
		]),
		[
			[a, "2026-02-10", true],
			[b, "2026-05-01", false],
		],
	);
	const visited = { unitId: a, attended: "branch_meeting", notes: "Chi hội đông chị em đi làm xa." };
	await assert.rejects(call(chair, "assistance.recordVisit", visited), refused("assistance.not_carrier"));
	await assert.rejects(call(elsewhere, "assistance.recordVisit", visited), refused("assistance.not_carrier"));
	await assert.rejects(
		call(officer, "assistance.recordVisit", { ...visited, onDay: "2026-03-11" }),
		refused("assistance.visit_ahead"),
	);
	const commandId = uuidv7();
	const { id } = await call(officer, "assistance.recordVisit", { ...visited, onDay: "2026-03-05" }, commandId);
	assert.equal((await call(officer, "assistance.recordVisit", { ...visited, onDay: "2026-03-05" }, commandId)).id, id);
	const after = await call(officer, "assistance.mine");
	assert.equal(after.visits.length, 1);
	assert.equal(after.rows.find((row: { unitId: number }) => row.unitId === a).visitDue, "2026-04-05");
	assert.equal((await call(chair, "assistance.visits", { unitId: a }))[0].notes, visited.notes);
	assert.deepEqual(await call(neighbour, "assistance.visits", { unitId: a }), []);
	await assert.rejects(call(head, "assistance.withdrawVisit", { visitId: id }), refused("assistance.visit_unknown"));
	await call(officer, "assistance.withdrawVisit", { visitId: id });
	assert.equal((await rowOf(head, a)).lastVisit, null);
});

test("the communes of an officer who leaves are named as without one", async () => {
	assert.equal((await rowOf(head, a)).officer.present, true);
	await owner.query("update app.account set disabled_at = now() where id = $1", [officer.accountId]);
	assert.equal((await rowOf(head, a)).officer.present, false);
	assert.equal(
		(await call(head, "assistance.mine")).withoutOfficer,
		(await call(head, "assistance.portfolios")).rows.length,
	);
	await owner.query("update app.account set disabled_at = null where id = $1", [officer.accountId]);
	await owner.query(
		"update app.account_role set unit_id = (select unit_id from app.account where id = $2) where account_id = $1",
		[officer.accountId, elsewhere.accountId],
	);
	assert.equal((await rowOf(head, a)).officer.present, false);
	assert.equal((await rowOf(head, a)).visitDue, null);
	await owner.query("update app.account_role set unit_id = $2 where account_id = $1", [officer.accountId, province]);
	assert.equal((await rowOf(head, a)).officer.present, true);
	await call(head, "assistance.endOfficer", { communeIds: [b] });
	assert.equal((await rowOf(head, b)).officer, null);
});

test("a very difficult commune is to have a committee member, who need not have an account", async () => {
	await owner.query(
		`insert into app.support_case (id, unit_id, opened_on, opened_by, why, very_difficult, changed_by)
			values ($1, $2, $3, $4, 'hand', true, $4)`,
		[uuidv7(), a, TODAY, head.accountId],
	);
	assert.equal((await rowOf(head, a)).difficult, true);
	assert.equal((await rowOf(head, a)).committee, null);
	await assert.rejects(
		call(head, "assistance.assignOfficer", { communeIds: [a], role: "committee" }),
		refused("assistance.nobody"),
	);
	await call(head, "assistance.assignOfficer", { communeIds: [a], role: "committee", name: "Bà Nguyễn Thị Ủy Viên" });
	assert.equal((await rowOf(chair, a))?.committee.name, "Bà Nguyễn Thị Ủy Viên");
});

test("the centre alone gives clusters their communes; those not over 60 % in one act", async () => {
	const give = (actor: typeof centre, more: object) =>
		call(actor, "assistance.assignCluster", { clusterId: mine.cluster, document: "15/PC-BTC", ...more });
	await assert.rejects(give(lead, { communeIds: [a] }), refused("access.denied"));
	await assert.rejects(give(head, { communeIds: [a] }), refused("access.denied"));
	// Under, exactly, and under again; the one over is not asked for.
	assert.deepEqual(await give(centre, { provinceId: province }), { assigned: 3 });
	assert.equal((await rowOf(lead, a)).cluster.unitId, mine.cluster);
	assert.equal((await rowOf(lead, c)).cluster, null);
	assert.deepEqual(await give(centre, { communeIds: [a], clusterId: other.cluster }), { assigned: 1 });
	assert.equal((await rowOf(centre, a)).cluster.unitId, other.cluster);
	assert.deepEqual(await give(centre, { communeIds: [a], clusterId: null }), { assigned: 1 });
	assert.equal((await rowOf(centre, a)).cluster, null);
});

test("a cluster chooses one pilot in each province, looks back on it, and the rest follow", async () => {
	const choose = (actor: typeof centre, communeId: number) =>
		call(actor, "assistance.choosePilot", { provinceId: province, communeId });
	const standing = async (actor: typeof centre) =>
		(await call(actor, "assistance.pilots", { unitId: province })).rows[0];
	assert.equal((await standing(lead)).pilot, null);
	assert.equal((await standing(lead)).notOver, 3);
	assert.equal((await standing(lead)).mayChoose, true);
	assert.equal((await standing(head)).mayChoose, false);
	await assert.rejects(choose(head, a), refused("access.denied"));
	await assert.rejects(choose(strangers, a), refused("access.denied"));
	await assert.rejects(choose(lead, c), refused("assistance.pilot_over"));
	await choose(lead, a);
	await assert.rejects(choose(lead, b), refused("assistance.pilot_exists"));
	const { pilot } = await standing(head);
	assert.equal(pilot.communeId, a);
	const look = { pilotId: pilot.id, version: 1, evaluatedOn: TODAY, lessons: "Họp chi hội vào buổi tối đông hơn." };
	await assert.rejects(
		call(lead, "assistance.evaluatePilot", { ...look, evaluatedOn: "2026-03-01" }),
		refused("assistance.before_choice"),
	);
	await assert.rejects(call(head, "assistance.evaluatePilot", look), refused("access.denied"));
	await call(lead, "assistance.evaluatePilot", look);
	await assert.rejects(call(lead, "assistance.evaluatePilot", look), refused("assistance.changed"));
	await call(lead, "assistance.withdrawPilot", { pilotId: pilot.id, version: 2 });
	await choose(lead, b);
	assert.equal((await standing(lead)).pilot.communeId, b);
});
