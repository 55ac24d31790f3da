import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../core/problem.ts";
import { code, openMembersTest } from "./store.harness.ts";

const {
	call,
	person,
	owner,
	chair,
	other,
	home,
	east,
	west,
	foreign,
	today: TODAY,
	cccd,
	woman,
	list,
	verified,
	rosterOf,
} = await openMembersTest();
const centre = await person("centre", "centre", "VN");
const head = await person("head.east", "branch_head", `#${east}`);

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
	assert.equal(shown.nationalIds[0].masked, `•••••••••${nationalId.slice(-3)}`);
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
test("two people adding one number at once: one is told that it is taken", async () => {
	const nationalId = cccd();
	const both = await Promise.allSettled([
		call(chair, "members.add", woman({ nationalId })),
		call(other, "members.add", woman({ nationalId, leafId: foreign })),
	]);
	assert.deepEqual(both.map((each) => each.status).sort(), ["fulfilled", "rejected"]);
	const lost = both.find((each) => each.status === "rejected") as PromiseRejectedResult;
	assert.match(lost.reason.code, /^member\.id_(taken|elsewhere)$/);
	await verified();
});
