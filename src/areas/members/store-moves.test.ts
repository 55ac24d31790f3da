import assert from "node:assert/strict";
import { test } from "node:test";
import { code, openMembersTest } from "./store.harness.ts";
import { exportMembers } from "./store-export.ts";

const {
	as,
	call,
	branch,
	unit,
	owner,
	operator,
	chair,
	other,
	home,
	west,
	foreign,
	today: TODAY,
	cccd,
	woman,
	list,
	verified,
	rosterOf,
} = await openMembersTest();

test("a permanent move: the destination accepts, no day has both or neither", async () => {
	const { personId, spellId } = await call(chair, "members.add", woman({ name: "Chuyển Đi" }));
	const there = await unit("00097");
	const [here0, there0] = [await rosterOf(home, TODAY), await rosterOf(there, TODAY)];
	const before = [await rosterOf(home, "2026-05-31"), await rosterOf(there, "2026-05-31")];
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
	assert.deepEqual([await rosterOf(home, "2026-05-31"), await rosterOf(there, "2026-05-31")], before);
	assert.equal((await call(other, "members.show", { personId })).name, "Chuyển Đi");
	await assert.rejects(call(other, "members.accept", { id: asked.id }), code("transfer.decided"));
	await verified();
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
	const [row] = (await list(chair, { q: "pho truc" })).rows;
	assert.deepEqual([row.branch, row.joined], ["Chi hội Mới", "2020-03-01"], "a member since she joined");
	// The other way round: who was in no branch of today's commune did not count in the old one, and does not by moving.
	const unplaced = await call(chair, "members.add", woman({ leafId: home, name: "Chưa Xếp" }));
	await call(chair, "members.moveBranch", { spellIds: [unplaced.spellId], leafId: old, from: "2026-03-01" });
	assert.equal(await rosterOf(trucBach, "2024-01-01"), past);
	await verified();
});

test("a list of a past day has her in the branch of that day, once", async () => {
	const old = await branch("Chi hội phố Mạc", "00004", "2025-06-30");
	const { spellId, personId } = await call(chair, "members.add", woman({ leafId: old, name: "Đổi Chi Hội" }));
	await call(chair, "members.moveBranch", { spellIds: [spellId], leafId: west, from: "2026-02-01" });
	const seen = async (on: string, more: object) => {
		const { rows } = await list(chair, { on, q: "doi chi hoi", ...more });
		return rows.map((one: { branch: string; joined: string; left: string; status: string }) => [
			one.branch,
			one.joined,
			one.left,
			one.status,
		]);
	};
	for (const more of [{}, { all: true }, { status: ["counts"] }]) {
		assert.deepEqual(await seen("2026-01-31", more), [["Chi hội phố Mạc", "2020-03-01", null, "counts"]]);
		assert.deepEqual(await seen("2026-02-01", more), [["Chi hội Tây", "2020-03-01", null, "counts"]]);
	}
	assert.deepEqual(await seen(TODAY, { status: ["left"] }), [], "she has left a branch, not the Union");
	const { version, spells } = await call(chair, "members.show", { personId });
	const left = { personId, version, spellId: spells.at(-1).id, left: "2026-10-01", reason: "resigned" };
	await call(chair, "members.end", left);
	assert.deepEqual(await seen("2026-01-31", {}), [["Chi hội phố Mạc", "2020-03-01", "2026-10-01", "counts"]]);
	const exported = await as(chair, (work) => Array.fromAsync(exportMembers(work, { code: "00004", on: "2026-01-31" })));
	assert.deepEqual(
		exported.flat().flatMap((row) => (row.name === "Đổi Chi Hội" ? [[row.joined, row.left, row.leaveReason]] : [])),
		[["2020-03-01", "2026-10-01", null]],
	);
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
