import assert from "node:assert/strict";
import { test } from "node:test";
import { refused } from "../../../test/kit.ts";
import { openBranchLife } from "./models.harness.ts";
import { CRITERIA } from "./rules.ts";

const { call, as, owner, communes, branches, provinces, cluster, vn, add, womenOf, people } = await openBranchLife();
const { centre, lead, province, chair, second, clerk, head } = people;
const [one, two, three] = communes as [number, number, number];
const [hall] = branches as [number];
const model = {
	unitId: one,
	kind: "model.other",
	forGroup: "group.young",
	name: "Nữ thanh niên vì môi trường",
	founded: "2025-03-08",
	members: 15,
};
const names = ({ rows }: { rows: { name: string }[] }) => rows.map(({ name }) => name);

test("a commune keeps its models, others read or not; one for no hard-to-gather group does not take it off the list", async () => {
	assert.deepEqual(names(await call(centre, "models.without", { unitId: vn })), [
		"Xã 10001",
		"Xã 10002",
		"Xã 10003",
		"Xã 10004",
	]);
	await call(chair, "models.add", { ...model, forGroup: null, name: "Biến rác thành tiền" });
	assert.equal((await call(centre, "models.without", { unitId: vn })).rows.length, 4);
	const made = await call(clerk, "models.add", model);
	assert.deepEqual(names(await call(lead, "models.without", { unitId: cluster })), ["Xã 10002", "Xã 10003"]);
	assert.deepEqual(
		names(await call(province, "models.without", { unitId: provinces[0], notOver: true })),
		["Xã 10003"],
		"8 of 10 is over 60 %, 6 of 10 is exactly",
	);
	assert.equal((await call(centre, "models.without", { unitId: vn, on: "2025-03-07" })).rows.length, 4);
	for (const actor of [second, province, lead, head])
		await assert.rejects(call(actor, "models.add", model), refused("access.denied"));
	await assert.rejects(call(second, "models.list", { unitId: one }), refused("access.denied"));
	await as(second, async (work) => {
		assert.deepEqual(await work.db.selectFrom("model").select("id").execute(), []);
	});
	const { id, version } = made;
	await call(chair, "models.change", { ...model, id, version, ended: "2026-09-01" });
	await assert.rejects(call(clerk, "models.change", { ...model, id, version }), refused("write.concurrent"));
	assert.equal((await call(centre, "models.list", { unitId: one })).total, 1);
	assert.equal((await call(centre, "models.list", { unitId: one, on: "2026-08-31" })).total, 2);
	assert.equal((await call(centre, "models.without", { unitId: one })).rows.length, 1, "it has ended");
});

test("a club is a unit already and becomes a model by being told what it is for", async () => {
	const club = await add(one, "club", "CLB Dưỡng sinh");
	assert.deepEqual((await call(chair, "models.list", { unitId: one })).clubs, [
		{ unitId: club, name: "CLB Dưỡng sinh" },
	]);
	const given = { ...model, unitId: club, kind: "model.club", forGroup: "group.elderly", name: "CLB Dưỡng sinh" };
	await assert.rejects(call(chair, "models.add", given), refused("model.basis_missing"));
	const made = await call(chair, "models.add", { ...given, basis: "age" });
	assert.equal(made.communeId, one);
	assert.deepEqual((await call(chair, "models.list", { unitId: one })).clubs, []);
});

test("pairs name women to those who read members, and are numbers to the rest", async () => {
	const [her, second_woman] = (await womenOf(0)) as [string, string];
	const [elsewhere] = (await womenOf(1)) as [string];
	const pair = { unitId: one, form: "member_helps_member", started: "2026-02-01", helped: { personId: second_woman } };
	const made = await call(chair, "models.addPair", { ...pair, helper: { personId: her } });
	assert.equal(made.helper.words, "Chị Hội Viên");
	await assert.rejects(
		call(chair, "models.addPair", { ...pair, helper: { personId: elsewhere } }),
		refused("member.not_found"),
	);
	await assert.rejects(
		call(chair, "models.addPair", { ...pair, helper: { personId: second_woman } }),
		refused("pair.one_side"),
	);
	await assert.rejects(call(chair, "models.addPair", { ...pair, helper: {} }), refused("input.invalid"));
	const { id, version } = made;
	await assert.rejects(
		call(chair, "models.changePair", { id, version, started: "2026-02-01", ended: "2026-06-01", succeeded: null }),
		refused("pair.result_missing"),
	);
	await call(chair, "models.changePair", {
		id,
		version,
		started: "2026-02-01",
		ended: "2026-06-01",
		succeeded: true,
		result: "Thoát nghèo",
	});
	const seen = await call(province, "models.pairs", { unitId: provinces[0] });
	assert.deepEqual([seen.running, seen.succeeded, seen.rows[0].result], [0, 1, "Thoát nghèo"]);
	const across = await call(lead, "models.pairs", { unitId: cluster });
	assert.deepEqual([across.succeeded, across.rows], [1, []]);
	assert.equal((await call(second, "models.pairs", { unitId: two })).succeeded, 0);
});

test("the six criteria by branch: the last answer up to the day counts", async () => {
	const answers = CRITERIA.map((criterion) => ({ criterion, met: true }));
	await call(chair, "models.setCriteria", { unitId: hall, onDay: "2026-03-01", answers });
	await call(clerk, "models.setCriteria", {
		unitId: hall,
		onDay: "2026-09-01",
		answers: [{ criterion: "has_resources", met: false, note: "Hết quỹ" }],
	});
	const seen = async (on: string) => {
		const { rows, metAll } = await call(lead, "models.criteria", { unitId: cluster, on });
		return [metAll, rows.find((row: { unitId: number }) => row.unitId === hall).met];
	};
	assert.deepEqual(
		[await seen("2026-02-28"), await seen("2026-08-31"), await seen("2026-09-01")],
		[
			[0, 0],
			[1, 6],
			[0, 5],
		],
	);
	assert.equal((await call(centre, "models.counts", { unitId: vn, on: "2026-08-31" })).own.branchesMetAll, 1);
	for (const actor of [head, second])
		await assert.rejects(
			call(actor, "models.setCriteria", { unitId: hall, onDay: "2026-09-02", answers }),
			refused("access.denied"),
		);
	await assert.rejects(
		call(chair, "models.setCriteria", { unitId: one, onDay: "2026-09-02", answers }),
		refused("criterion.wrong_unit"),
	);
});

test("3 cùng: attended by plan, and which branches nobody has been to", async () => {
	const planned = await call(chair, "together.add", {
		unitId: hall,
		who: "chair",
		plannedOn: "2026-10-01",
		attendedOn: null,
	});
	assert.equal(planned.missed, true);
	await assert.rejects(
		call(chair, "together.add", { unitId: hall, who: "deputy", attendedOn: null }),
		refused("attendance.day_missing"),
	);
	await assert.rejects(
		call(second, "together.add", { unitId: hall, who: "deputy", attendedOn: "2026-10-01" }),
		refused("access.denied"),
	);
	const unattended = async () => (await call(lead, "together.unattended", { unitId: cluster })).unattended;
	assert.equal(await unattended(), 3);
	const { id, version } = planned;
	await call(chair, "together.change", {
		id,
		version,
		who: "chair",
		plannedOn: "2026-10-01",
		attendedOn: "2026-10-02",
		ran: true,
		coached: "Điều hành buổi sinh hoạt",
	});
	assert.equal(await unattended(), 2);
	assert.equal((await call(lead, "together.unattended", { unitId: cluster, on: "2026-10-01" })).unattended, 3);
	const { total } = await call(province, "together.list", { unitId: provinces[0] });
	assert.deepEqual(total, { attended: 1, ran: 1, coached: 1, missed: 0, ahead: 0 });
});

test("a wish is open until it is answered; a cluster knows how many there are and not what they say", async () => {
	const wish = await call(head, "together.addWish", {
		unitId: hall,
		notedOn: "2026-10-02",
		words: "Xin vay vốn nuôi bò",
	});
	await assert.rejects(
		call(head, "together.answerWish", { id: wish.id, version: 1, answeredOn: "2026-10-05", answer: "Đã ghi" }),
		refused("access.denied"),
	);
	await assert.rejects(call(lead, "together.wishes", { unitId: cluster }), refused("access.denied"));
	assert.equal((await call(lead, "models.counts", { unitId: cluster })).own.wishesOpen, 1);
	await call(chair, "together.answerWish", {
		id: wish.id,
		version: 1,
		answeredOn: "2026-10-05",
		answer: "Đã giới thiệu",
	});
	const { open, answered, rows } = await call(province, "together.wishes", { unitId: one, state: "all" });
	assert.deepEqual([open, answered, rows[0].answer], [0, 1, "Đã giới thiệu"]);
	assert.deepEqual((await call(second, "together.wishes", { unitId: two, state: "all" })).rows, []);
});

test("fostering toward the Party is read at the commune alone, leaves a row in the log, and goes upward as numbers", async () => {
	const [her, fosterer] = (await womenOf(0)) as [string, string];
	const steps = { post: "branch_head", fostererPersonId: fosterer, proposedOn: "2026-01-10" };
	for (const actor of [clerk, province, lead, head])
		await assert.rejects(
			call(actor, "together.addFostering", { unitId: hall, personId: her, ...steps }),
			refused("access.denied"),
		);
	const made = await call(chair, "together.addFostering", { unitId: hall, personId: her, ...steps });
	await assert.rejects(
		call(chair, "together.addFostering", { unitId: hall, personId: her, ...steps }),
		refused("fostering.open"),
	);
	await assert.rejects(
		call(chair, "together.changeFostering", { id: made.id, version: 1, ...steps, introducedOn: "2025-01-01" }),
		refused("fostering.dates"),
	);
	await call(chair, "together.changeFostering", {
		id: made.id,
		version: 1,
		...steps,
		fosteredOn: "2026-02-01",
		introducedOn: "2026-10-01",
	});
	const { rows } = await call(chair, "together.fostering", { unitId: one });
	assert.deepEqual([rows[0].name, rows[0].introducedOn], ["Chị Hội Viên", "2026-10-01"]);
	const { rows: logged } = await owner.query(
		"select count(*)::integer as n from app.audit where action = 'together.fostering'",
	);
	assert.equal(logged[0].n, 1);
	const { own } = await call(centre, "models.counts", { unitId: vn });
	assert.deepEqual([own.fostering, own.introduced, own.admitted], [1, 1, 0]);
});

test("programmes name the communes they reach; those not over 60 % that none reaches are listed", async () => {
	const unreached = async (actor = centre, unitId = vn) => names(await call(actor, "programmes.unreached", { unitId }));
	assert.deepEqual(await unreached(), ["Xã 10001", "Xã 10003", "Xã 10004"]);
	const loan = {
		unitId: provinces[0],
		kind: "loan",
		name: "Vốn ủy thác hỗ trợ sinh kế",
		from: "2026-01-01",
		amount: 500_000_000,
		communes: [{ unitId: one, amount: 200_000_000 }, { unitId: two }],
	};
	await assert.rejects(
		call(province, "programmes.set", { ...loan, communes: [{ unitId: communes[3] }] }),
		refused("programme.commune_elsewhere"),
	);
	await assert.rejects(call(province, "programmes.set", { ...loan, amount: 1 }), refused("programme.more_than_all"));
	await assert.rejects(call(chair, "programmes.set", loan), refused("access.denied"));
	const made = await call(province, "programmes.set", loan);
	assert.deepEqual([made.communes, made.named], [2, 200_000_000]);
	assert.deepEqual(await unreached(), ["Xã 10003", "Xã 10004"]);
	assert.deepEqual(
		names(await call(chair, "programmes.list", { unitId: one })),
		[loan.name],
		"it reads what reaches it",
	);
	assert.equal((await call(lead, "models.counts", { unitId: cluster })).own.money, 200_000_000);
	await call(province, "programmes.set", { ...loan, id: made.id, version: 1, communes: [{ unitId: three }] });
	await assert.rejects(
		call(province, "programmes.set", { ...loan, id: made.id, version: 1 }),
		refused("write.concurrent"),
	);
	assert.deepEqual(await unreached(lead, cluster), ["Xã 10001"]);
});
