import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, person, branch, unit, operator, owner } = database;

const chair = await person("alice", "commune_chair", "00004");
const other = await person("chelsea", "commune_chair", "00097");
const centre = await person("centre", "centre", "VN");
const home = await unit("00004");
const east = await branch("Chi hội Đông", "00004");
const west = await branch("Chi hội Tây", "00004");
const head = await person("head.east", "branch_head", `#${east}`);
const foreign = await branch("Chi hội Bắc", "00097");

const code = (expected: string) => (error: Problem) => {
	assert.equal(error.code, expected, error.message);
	return true;
};
let number = 0;
/** A CCCD that fits a woman born in 1984, each time another. */
const cccd = () => `001184${String(++number).padStart(6, "0")}`;
const woman = (more: object = {}) => ({
	leafId: east,
	name: "Trần Thị Hoà",
	birth: "1984",
	joined: "2020-03-01",
	nationalId: cccd(),
	...more,
});
const list = (actor = chair, more: object = {}) => call(actor, "members.list", { code: "00004", ...more });
const verified = async () => assert.deepEqual((await owner.query("select * from calc.verify()")).rows, []);
const rosterOf = async (unitId: number, on: string) =>
	(
		await owner.query(
			"select coalesce(sum(value), 0)::int as n from calc.figures($2::date) where unit_id = $1 and component = 1",
			[unitId, on],
		)
	).rows[0].n;

test("a chair adds a member; she counts from her joining day, in the list and in the ledger", async () => {
	const before = await rosterOf(home, TODAY);
	const added = await call(chair, "members.add", woman());
	assert.deepEqual(added.warnings, []);
	assert.equal(await rosterOf(home, TODAY), before + 1);
	const [row] = (await list(chair, { q: "tran hoa" })).rows;
	assert.equal(row.name, "Trần Thị Hoà");
	assert.deepEqual(
		[row.birth, row.branch, row.counts, row.statusText],
		["1984", "Chi hội Đông", true, "Đang được tính"],
	);
	await verified();
});

test("everyone sees her own and below, not others'; writes her own, below only as nhập thay", async () => {
	const mine = await call(chair, "members.add", woman({ name: "Lê Thị Của Tôi" }));
	const seen = await list(centre, { q: "cua toi" });
	assert.equal(seen.rows.length, 1);
	await assert.rejects(call(other, "members.show", { personId: mine.personId }), code("member.not_found"));
	assert.deepEqual((await list(other)).rows, []);
	await assert.rejects(call(other, "members.add", woman()), code("access.denied"));
	await assert.rejects(call(centre, "members.add", woman()), code("access.denied"));
	const acting = { ...centre, actingFor: home };
	const added = await call(acting, "members.add", woman({ name: "Nhập Thay" }));
	const { rows } = await owner.query("select acting_for from app.audit where subject_id = $1", [added.personId]);
	assert.deepEqual(rows, [{ acting_for: home }]);
	await assert.rejects(
		call(other, "members.edit", { personId: mine.personId, version: 1, name: "Tên khác" }),
		code("member.not_found"),
	);
	await assert.rejects(
		call(centre, "members.edit", { personId: mine.personId, version: 1, name: "Tên khác" }),
		code("access.denied"),
	);
});

test("a branch head proposes and does not add; the base committee recognises, then she counts", async () => {
	const before = await rosterOf(home, TODAY);
	await assert.rejects(call(head, "members.add", woman()), code("access.denied"));
	await assert.rejects(call(head, "members.propose", woman({ leafId: west })), code("access.denied"));
	const proposed = await call(head, "members.propose", woman({ name: "Đề Nghị", joined: "2026-10-01" }));
	assert.equal(await rosterOf(home, TODAY), before);
	const [row] = (await list(chair, { status: ["proposed"] })).rows;
	assert.deepEqual([row.personId, row.counts], [proposed.personId, false]);
	await assert.rejects(
		call(head, "members.recognise", { spellIds: [proposed.spellId], on: TODAY, minutes: "BB 1" }),
		code("access.denied"),
	);
	await call(chair, "members.recognise", { spellIds: [proposed.spellId], on: "2026-11-01", minutes: "BB 01" });
	assert.equal(await rosterOf(home, "2026-10-31"), before);
	assert.equal(await rosterOf(home, "2026-11-01"), before + 1);
	const second = await call(head, "members.propose", woman({ name: "Không Được" }));
	await call(chair, "members.decline", { spellId: second.spellId, on: TODAY, reason: "Chưa đủ hồ sơ" });
	await assert.rejects(
		call(chair, "members.recognise", { spellIds: [second.spellId], on: TODAY, minutes: "BB" }),
		code("proposal.not_found"),
	);
	await verified();
});

test("refused: under 18, the future, leaving before joining, men who are not honorary, a leaf that is none", async () => {
	for (const [more, expected] of [
		[{ birth: "2010-05-05", joined: "2028-01-01" }, "joined.future"],
		[{ birth: "2008-05-05", joined: "2026-05-04" }, "joined.underage"],
		[{ sex: "male" }, "member.not_a_woman"],
		[{ leafId: 999999 }, "leaf.invalid"],
		[{ name: "" }, "input.invalid"],
		[{ birth: "1984-02-30" }, "input.invalid"],
		[{ nationalId: "12345" }, "member.id_unreadable"],
		[{ residences: [{ kind: "permanent", start: "2020-01-01", until: "2019-01-01" }] }, "residence.dates"],
	] as const)
		await assert.rejects(call(chair, "members.add", woman(more)), code(expected));
	const { personId, spellId, version } = await call(chair, "members.add", woman());
	const end = (left: string) => call(chair, "members.end", { personId, spellId, version, left, reason: "resigned" });
	await assert.rejects(end("2020-02-29"), code("member.left_before_joined"));
	await assert.rejects(end("2027-01-01"), code("member.left_future"));
	await call(chair, "members.add", woman({ birth: "2008-05-05", joined: "2026-05-05", nationalId: "" }));
	await verified();
});

test("a stale version is refused with both versions; of two saving at once one is told", async () => {
	const { personId } = await call(chair, "members.add", woman({ name: "Bản Một" }));
	const edit = (name: string, version: number) => call(chair, "members.edit", { personId, version, name });
	await edit("Bản Hai", 1);
	await assert.rejects(edit("Bản Ba", 1), (error: Problem) => {
		const detail = error.detail as { mine: { name: string }; theirs: { name: string; version: number } };
		assert.deepEqual(
			[error.code, detail.mine.name, detail.theirs.name, detail.theirs.version],
			["member.stale", "Bản Ba", "Bản Hai", 2],
		);
		return true;
	});
	const both = await Promise.allSettled([edit("Cùng Lúc A", 2), edit("Cùng Lúc B", 2)]);
	assert.deepEqual(both.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
	const lost = both.find((each) => each.status === "rejected") as PromiseRejectedResult;
	assert.equal(lost.reason.code, "member.stale");
});

test("numbers: masked on the page, whole with an audit row, found by equality, one woman each", async () => {
	const nationalId = cccd();
	const { personId } = await call(chair, "members.add", woman({ nationalId, name: "Có Số" }));
	const shown = await call(chair, "members.show", { personId });
	assert.equal(shown.nationalIds[0].masked, `••••••••${nationalId.slice(-4)}`);
	assert.ok(!JSON.stringify(shown).includes(nationalId));
	assert.equal((await call(chair, "members.revealId", { personId })).nationalIds[0].value, nationalId);
	const audits = await owner.query(
		"select action from app.audit where subject_id = $1 and action = 'members.revealId'",
		[personId],
	);
	assert.equal(audits.rowCount, 1);
	assert.equal((await call(chair, "members.search", { nationalId })).found[0].personId, personId);
	assert.equal((await list(chair, { q: nationalId })).rows[0].personId, personId);
	assert.deepEqual(await call(other, "members.search", { nationalId }), { found: [], elsewhere: "Phường Ba Đình" });
	await assert.rejects(call(chair, "members.add", woman({ nationalId })), (error: Problem) => {
		assert.deepEqual([error.code, error.detail], ["member.id_taken", { personId }]);
		return true;
	});
	await assert.rejects(call(other, "members.add", woman({ nationalId, leafId: foreign })), (error: Problem) => {
		assert.deepEqual([error.code, error.detail], ["member.id_elsewhere", undefined]);
		return true;
	});
	await assert.rejects(call(head, "members.revealId", { personId }), code("access.denied"));
	const { version } = await call(chair, "members.edit", { personId, version: 1, addIds: ["123456780"] });
	const ids = (await call(chair, "members.show", { personId })).nationalIds;
	assert.deepEqual(
		ids.map((each: { kind: string }) => each.kind),
		["cccd", "cmnd"],
	);
	await call(chair, "members.edit", { personId, version, removeIds: [ids[1].ref] });
	assert.equal((await call(chair, "members.show", { personId })).nationalIds.length, 1);
});

test("sensitive data has its own verb and leaves an audit row at each reading", async () => {
	const clerk = await person("clerk", "commune_clerk", "00004");
	const { personId } = await call(chair, "members.add", woman());
	await call(chair, "members.editSensitive", { personId, version: 1, ethnicity: "Tày", partyMember: true });
	const read = await call(chair, "members.sensitive", { personId });
	assert.deepEqual([read.ethnicity, read.partyMember], ["Tày", true]);
	await assert.rejects(call(clerk, "members.sensitive", { personId }), code("access.denied"));
	const { rowCount } = await owner.query(
		"select from app.audit where subject_id = $1 and action = 'members.sensitive'",
		[personId],
	);
	assert.equal(rowCount, 1);
});

test("a permanent move: the destination accepts, no day has both or neither", async () => {
	const { personId, spellId } = await call(chair, "members.add", woman({ name: "Chuyển Đi" }));
	const there = await unit("00097");
	const [here0, there0] = [await rosterOf(home, TODAY), await rosterOf(there, TODAY)];
	const asked = await call(chair, "members.transfer", {
		spellId,
		toUnitId: foreign,
		onDay: "2026-06-01",
		residence: "permanent",
	});
	assert.equal(asked.mayDecide, false);
	await assert.rejects(call(chair, "members.accept", { id: asked.id }), code("access.denied"));
	const [seen] = await call(other, "members.transfers", { code: "00097", direction: "in", state: "pending" });
	assert.deepEqual([seen.name, seen.mayDecide, seen.from], ["Chuyển Đi", true, "Phường Ba Đình"]);
	assert.equal((await call(other, "members.todo", { code: "00097" })).transfersToDecide, 1);
	assert.equal(await rosterOf(home, TODAY), here0);
	const accepted = await call(other, "members.accept", { id: asked.id });
	assert.equal(accepted.state, "accepted");
	assert.deepEqual([await rosterOf(home, TODAY), await rosterOf(there, TODAY)], [here0 - 1, there0 + 1]);
	assert.deepEqual(
		[await rosterOf(home, "2026-05-31"), await rosterOf(there, "2026-05-31")],
		[here0 - 0 - (await addedSince("2026-05-31", here0)), there0],
	);
	assert.equal((await call(other, "members.show", { personId })).name, "Chuyển Đi");
	await assert.rejects(call(other, "members.accept", { id: asked.id }), code("transfer.decided"));
	await verified();

	async function addedSince(day: string, now: number) {
		return now - (await rosterOf(home, day));
	}
});

test("a temporary move: home counts her until six months have run at the destination, and again when she leaves it", async () => {
	const nationalId = cccd();
	const { personId, spellId } = await call(chair, "members.add", woman({ name: "Đi Làm Xa", nationalId }));
	const asked = await call(other, "members.transfer", {
		nationalId,
		toUnitId: foreign,
		onDay: "2025-12-31",
		residence: "temporary",
	});
	assert.deepEqual([asked.personId, asked.name, asked.askedBy], [null, "", "destination"]);
	await assert.rejects(call(other, "members.accept", { id: asked.id }), code("access.denied"));
	await call(chair, "members.accept", { id: asked.id, on: "2026-01-10" });
	const counts = async (actor: typeof chair, on: string) =>
		(await call(actor, "members.show", { personId, on })).spells.map((spell: { status: string }) => spell.status);
	assert.deepEqual(await counts(chair, "2026-06-29"), ["counts"]);
	assert.deepEqual(await counts(other, "2026-06-29"), ["under_six_months"]);
	assert.deepEqual(await counts(chair, "2026-06-30"), ["elsewhere"]);
	assert.deepEqual(await counts(other, "2026-06-30"), ["counts"]);
	assert.deepEqual(
		(await call(chair, "members.show", { personId })).spells.map((spell: { id: string }) => spell.id),
		[spellId],
	);
	const there = await call(other, "members.show", { personId });
	await call(other, "members.end", {
		personId,
		spellId: there.spells[0].id,
		version: there.version,
		left: "2026-09-01",
		reason: "temporary_left",
	});
	assert.deepEqual(await counts(chair, "2026-08-31"), ["elsewhere"]);
	assert.deepEqual(await counts(chair, "2026-09-01"), ["counts"]);
	await verified();
});

test("a request is declined by the side that decides, cancelled by the side that asked; only one is open at a time", async () => {
	const { spellId } = await call(chair, "members.add", woman());
	const ask = () =>
		call(chair, "members.transfer", { spellId, toUnitId: foreign, onDay: "2026-06-01", residence: "permanent" });
	const first = await ask();
	await assert.rejects(ask(), code("transfer.pending"));
	await assert.rejects(call(other, "members.cancelTransfer", { id: first.id }), code("access.denied"));
	await call(other, "members.declineTransfer", { id: first.id, reason: "Không cư trú" });
	const second = await ask();
	await assert.rejects(call(chair, "members.declineTransfer", { id: second.id }), code("access.denied"));
	await call(chair, "members.cancelTransfer", { id: second.id });
	await assert.rejects(
		call(chair, "members.transfer", { spellId, toUnitId: west, onDay: "2026-06-01", residence: "permanent" }),
		code("transfer.same_commune"),
	);
});

test("death ends every membership, wherever it is", async () => {
	const nationalId = cccd();
	const { personId, spellId } = await call(chair, "members.add", woman({ nationalId }));
	const asked = await call(other, "members.transfer", {
		nationalId,
		toUnitId: foreign,
		onDay: "2025-01-01",
		residence: "temporary",
	});
	await call(chair, "members.accept", { id: asked.id, on: "2025-01-01" });
	const { version } = await call(chair, "members.show", { personId });
	await call(chair, "members.end", { personId, spellId, version, left: "2026-11-01", reason: "dead" });
	const [spell] = (await call(other, "members.show", { personId })).spells;
	assert.deepEqual([spell.left, spell.leaveReason, spell.status], ["2026-11-01", "dead", "left"]);
	await assert.rejects(call(other, "members.add", woman({ nationalId, leafId: foreign })), code("member.id_taken"));
	await verified();
});

test("a woman whose membership elsewhere has ended joins here under the record she has", async () => {
	const nationalId = cccd();
	const { personId, spellId, version } = await call(chair, "members.add", woman({ nationalId, name: "Trở Lại" }));
	await call(chair, "members.end", { personId, spellId, version, left: "2024-01-01", reason: "resigned" });
	const joined = await call(other, "members.add", woman({ nationalId, leafId: foreign, joined: "2025-01-01" }));
	assert.equal(joined.personId, personId);
	assert.equal(joined.warnings.at(-1).code, "member.known");
	await verified();
});

test("moving branch changes nothing for the commune; another commune needs a transfer", async () => {
	const { spellId, personId } = await call(chair, "members.add", woman());
	const before = await rosterOf(home, "2021-01-01");
	await call(chair, "members.moveBranch", { spellIds: [spellId], leafId: west, from: "2026-01-01" });
	assert.equal((await call(chair, "members.show", { personId })).spells[0].branch, "Chi hội Tây");
	assert.equal(await rosterOf(home, "2021-01-01"), before);
	await assert.rejects(
		call(operator, "members.moveBranch", { spellIds: [spellId], leafId: foreign, from: "2026-01-01" }),
		code("member.other_commune"),
	);
	// Two branches that only the reform brought together: the past stays where it was.
	const old = await branch("Chi hội phố Trúc", "00004", "2025-06-30");
	const hers = await call(chair, "members.add", woman({ leafId: old, name: "Phố Trúc" }));
	const trucBach = await unit("00004", "2025-06-30");
	const past = await rosterOf(trucBach, "2024-01-01");
	const recent = await branch("Chi hội Mới", "00004");
	await call(chair, "members.moveBranch", { spellIds: [hers.spellId], leafId: recent, from: "2026-02-01" });
	assert.equal(await rosterOf(trucBach, "2024-01-01"), past);
	assert.equal((await list(chair, { q: "pho truc" })).rows[0].branch, "Chi hội Mới");
	await verified();
});

test("merge and split: one woman counts once, and what was parted is as it was", async () => {
	const [first, second] = [
		await call(chair, "members.add", woman({ name: "Trùng Người", joined: "2018-05-01" })),
		await call(chair, "members.add", woman({ name: "Trùng Người", leafId: west, joined: "2021-05-01" })),
	];
	await call(chair, "members.giveConsent", {
		personIds: [first.personId, second.personId],
		purpose: "membership",
		givenOn: "2026-01-01",
		how: "signed_list",
		textVersion: "2026-1",
	});
	assert.ok((await call(chair, "members.todo", { code: "00004" })).duplicates >= 1);
	const state = async () => {
		const parts = ["person", "spell", "residence", "national_id", "consent"].map(
			(table) =>
				`select '${table}' as t, to_jsonb(x) - 'version' - 'updated_at' as row from app.${table} x where ${table === "person" ? "id" : table === "residence" ? "(select person_id from app.spell where id = spell_id)" : "person_id"} = any($1)`,
		);
		const { rows } = await owner.query(`${parts.join(" union all ")} order by 1, 2`, [
			[first.personId, second.personId],
		]);
		return JSON.stringify(rows);
	};
	const before = await state();
	const total = await rosterOf(home, TODAY);
	const merged = await call(chair, "members.merge", {
		keptId: first.personId,
		keptVersion: 1,
		mergedId: second.personId,
		mergedVersion: 1,
	});
	assert.equal(await rosterOf(home, TODAY), total - 1);
	await assert.rejects(
		call(chair, "members.edit", { personId: second.personId, version: 2, name: "X" }),
		code("member.merged"),
	);
	const shown = await call(chair, "members.show", { personId: first.personId });
	assert.deepEqual([shown.spells.length, shown.nationalIds.length, shown.merges[0].id], [2, 2, merged.mergeId]);
	await verified();
	await call(chair, "members.split", { mergeId: merged.mergeId });
	assert.equal(await state(), before);
	assert.equal(await rosterOf(home, TODAY), total);
	await verified();
});

test("records of one woman in two communes are merged only by someone who may write both", async () => {
	const mine = await call(chair, "members.add", woman({ name: "Hai Nơi" }));
	const theirs = await call(other, "members.add", woman({ name: "Hai Nơi", leafId: foreign, joined: "2023-01-01" }));
	const input = { keptId: mine.personId, keptVersion: 1, mergedId: theirs.personId, mergedVersion: 1 };
	await assert.rejects(call(chair, "members.merge", input), code("member.not_found"));
	await call(operator, "members.merge", input);
	const seen = await call(chair, "members.show", { personId: mine.personId });
	assert.deepEqual([seen.spells.length, seen.spells[0].status], [1, "elsewhere"]);
	await verified();
});

test("the database itself refuses two counting periods of one woman on one day", async () => {
	const { personId, spellId } = await call(chair, "members.add", woman());
	await assert.rejects(
		owner.query(
			`insert into app.spell (id, person_id, leaf_id, joined, counts) values (gen_random_uuid(), $1, $2, '2021-01-01', '{[2021-01-01,)}')`,
			[personId, west],
		),
		/spell_counts_once/,
	);
	assert.ok(spellId);
});

test("honorary members are kept and never counted; a man may be one, and only that", async () => {
	const before = await rosterOf(home, TODAY);
	const man = await call(
		chair,
		"members.add",
		woman({ sex: "male", honorary: true, nationalId: "", name: "Ông Danh Dự" }),
	);
	assert.equal(await rosterOf(home, TODAY), before);
	await assert.rejects(
		call(chair, "members.setHonorary", { personId: man.personId, version: 1, honorary: false }),
		code("member.not_a_woman"),
	);
	const her = await call(chair, "members.add", woman());
	await call(chair, "members.setHonorary", { personId: her.personId, version: 1, honorary: true });
	assert.equal(await rosterOf(home, TODAY), before);
	await verified();
});

test("clubs, posts, absences beside the membership; the residence review says so and changes nothing", async () => {
	const { personId, spellId } = await call(chair, "members.add", woman({ name: "Bên Cạnh" }));
	const club = (await call(chair, "units.add", { parentId: home, kind: "club", name: "CLB Nữ doanh nhân" })).id;
	const { id } = await call(chair, "members.addAffiliation", { personId, unitId: club, since: "2026-02-01" });
	assert.equal((await call(chair, "members.affiliated", { id: club })).rows[0].name, "Bên Cạnh");
	await call(chair, "members.endAffiliation", { id, until: "2026-03-01" });
	const post = await call(chair, "members.addPost", {
		personId,
		unitId: east,
		post: "branch_head",
		since: "2026-02-01",
	});
	await call(chair, "members.endPost", { id: post.id, until: "2026-10-01" });
	const away = await call(chair, "members.addAway", {
		spellId,
		since: "2025-11-22",
		kind: "gone",
		place: "Bình Dương",
	});
	assert.equal((await call(chair, "members.todo", { code: "00004" })).review, 1);
	const [row] = (await list(chair, { only: "review" })).rows;
	assert.deepEqual([row.personId, row.review, row.counts], [personId, true, true]);
	await call(chair, "members.endAway", { id: away.id, until: "2026-11-01" });
	assert.equal((await call(chair, "members.todo", { code: "00004" })).review, 0);
	await assert.rejects(call(other, "members.endAway", { id: away.id, until: "2026-11-01" }), code("member.not_found"));
	const shown = await call(chair, "members.show", { personId });
	assert.deepEqual([shown.posts[0].postText, shown.affiliations[0].unit], ["Chi hội trưởng", "CLB Nữ doanh nhân"]);
	assert.ok(shown.history.length >= 7);
});

test("who reaches six months soon, and who has no known start", async () => {
	const temporary = (start: string | null, name: string) =>
		call(
			chair,
			"members.add",
			woman({ name, joined: "2026-06-01", residences: [{ kind: "temporary", start, until: null }] }),
		);
	await temporary("2026-05-31", "Sắp Đủ");
	await temporary("2026-08-31", "Còn Lâu");
	await temporary(null, "Chưa Rõ");
	const soon = await call(chair, "members.sixMonths", { code: "00004", days: 30 });
	assert.deepEqual(
		soon.map((row: { name: string; countsFrom: string }) => [row.name, row.countsFrom]),
		[["Sắp Đủ", "2026-11-30"]],
	);
	const todo = await call(chair, "members.todo", { code: "00004" });
	assert.deepEqual([todo.sixMonths, todo.startUnknown], [1, 1]);
	const under = await list(chair, { status: ["under_six_months"] });
	assert.deepEqual(under.rows.map((row: { name: string; countsFrom: string }) => [row.name, row.countsFrom]).sort(), [
		["Còn Lâu", "2027-02-28"],
		["Sắp Đủ", "2026-11-30"],
	]);
});

test("pages follow one another without a gap or a repeat, in Vietnamese order", async () => {
	const whole = (await list(chair, { all: true, limit: 500 })).rows;
	const paged = [];
	let after: string | undefined;
	do {
		const page = await list(chair, { all: true, limit: 7, after });
		paged.push(...page.rows);
		after = page.next ?? undefined;
	} while (after);
	assert.deepEqual(paged, whole);
	assert.equal((await list(chair, { all: true, limit: 1 })).total, whole.length);
	await assert.rejects(list(chair, { after: "rubbish" }), code("list.cursor"));
});
