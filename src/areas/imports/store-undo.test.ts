import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";
import { importsOf, rosterOf, womenOf } from "./import.harness.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const baDinh = await unit("00004");

/** What undo must leave as it was; versions and times of changed rows go on, and a ledger line of nothing is no line. */
const TABLES: Record<string, string> = {
	unit: "select * from app.unit",
	unit_spell: "select unit_id, during, name, parent_id from app.unit_spell",
	unit_home: "select * from app.unit_home",
	unit_scope: "select * from app.unit_scope",
	person: "select to_jsonb(p) - 'version' - 'updated_at' from app.person p",
	person_sensitive: "select * from app.person_sensitive",
	national_id: "select * from app.national_id",
	spell: "select to_jsonb(s) - 'version' - 'updated_at' from app.spell s",
	residence: "select spell_id, kind, start, until from app.residence",
	consent: "select * from app.consent",
	day_delta: "select * from app.day_delta where delta <> 0",
	ledger_sum: "select * from calc.ledger_entries",
	headcount: "select unit_id, component, on_day, count, overlap from app.headcount where superseded_at is null",
};

async function hashes(): Promise<Record<string, string>> {
	const found: Record<string, string> = {};
	for (const [name, query] of Object.entries(TABLES)) {
		const { rows } = await owner.query(
			`select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as h from (${query}) x`,
		);
		found[name] = rows[0].h;
	}
	return found;
}

const CONSENT = { how: "signed_list", givenOn: "2026-11-01", textVersion: "2026-01", document: "Danh sách 12" };

test("undo leaves every table as it was: additions, updates, branches, consents, unlisted, ledger", async () => {
	await call(database.operator, "headcounts.set", {
		unitId: baDinh,
		component: "unlisted",
		onDay: "2025-08-01",
		count: 500,
		source: "Báo cáo năm 2025",
		document: "Báo cáo số 12/BC-HPN",
	});
	await imports.whole(chair, baDinh, rosterOf(womenOf(20)), { commit: { lowerUnlisted: "none" } });
	const before = await hashes();
	const women = womenOf(30).map((woman, index) => ({
		...woman,
		left: index < 4 ? "01/09/2026" : "",
		phone: index < 10 ? `09120000${10 + index}` : "",
		branch: index % 5 === 0 ? "Chi hội thôn Mới" : woman.branch,
		residence: index === 7 ? "Tạm trú" : "Thường trú",
		since: index === 7 ? "01/10/2026" : "",
	}));
	const report = await imports.whole(chair, baDinh, rosterOf(women), { commit: { consent: CONSENT } });
	assert.deepEqual([report.accepted, report.updated, report.skipped], [10, 12, 8]);
	assert.notDeepEqual(await hashes(), before);
	assert.equal(await imports.differences(), 0);
	const undone = await call(chair, "imports.undo", { id: report.id });
	assert.deepEqual([undone.removed, undone.reverted, undone.kept], [10, 12, []]);
	assert.deepEqual(await hashes(), before);
	assert.equal(await imports.differences(), 0);
	await assert.rejects(
		call(chair, "imports.undo", { id: report.id }),
		(error: Problem) => error.code === "import.not_committed",
	);
	const again = await imports.whole(chair, baDinh, rosterOf(women), { commit: { consent: CONSENT } });
	assert.deepEqual([again.accepted, again.updated], [10, 12]);
	await call(chair, "imports.undo", { id: again.id });
	assert.deepEqual(await hashes(), before);
});

test("rows someone has worked on since stay, and are named", async () => {
	const report = await imports.whole(chair, baDinh, rosterOf(womenOf(5, 100)), { commit: { lowerUnlisted: "none" } });
	const { rows } = await call(chair, "members.list", { id: baDinh, q: "Lê Thị Hà Hà" });
	const { rows: mine } = await owner.query("select person_id from calc.import_written($1) where pos = 1", [report.id]);
	const shown = await call(chair, "members.show", { personId: mine[0].person_id });
	await call(chair, "members.edit", { personId: shown.personId, version: shown.version, phone: "0987654321" });
	const undone = await call(chair, "imports.undo", { id: report.id });
	assert.equal(undone.removed, 4);
	assert.deepEqual(
		undone.kept.map(({ position, name }: { position: number; name: string }) => [position, name]),
		[[1, shown.name]],
	);
	assert.ok(rows.length > 0);
	assert.equal((await call(chair, "members.show", { personId: shown.personId })).phone, "0987654321");
	assert.equal(await imports.differences(), 0);
});

test("she who left and came back is taken back as one", async () => {
	const before = await hashes();
	const [woman] = womenOf(1, 300);
	const report = await imports.whole(
		chair,
		baDinh,
		rosterOf([
			{ ...woman, name: "Lê Thị Về", joined: "01/01/2010", left: "01/01/2015" },
			{ ...woman, name: "Lê Thị Về", joined: "01/01/2020" },
		]),
		{ commit: { lowerUnlisted: "none" } },
	);
	assert.deepEqual([report.accepted, report.rejected], [2, 0]);
	const { rows } = await owner.query("select count(distinct person_id)::int as n from app.spell where import_id = $1", [
		report.id,
	]);
	assert.equal(rows[0].n, 1);
	assert.equal((await call(chair, "imports.undo", { id: report.id })).removed, 2);
	assert.deepEqual(await hashes(), before);
});

test("an end that a later return rests on stays, so that she is never a member twice", async () => {
	const [woman] = womenOf(1, 350);
	const none = { commit: { lowerUnlisted: "none" } };
	await imports.whole(chair, baDinh, rosterOf([woman]), none);
	const ended = await imports.whole(chair, baDinh, rosterOf([{ ...woman, left: "01/02/2024" }]), none);
	const back = await imports.whole(chair, baDinh, rosterOf([{ ...woman, joined: "08/03/2025" }]), none);
	assert.deepEqual([ended.updated, back.accepted], [1, 1]);
	assert.equal((await call(chair, "imports.undo", { id: ended.id })).kept.length, 1);
	assert.equal((await call(chair, "imports.undo", { id: back.id })).removed, 1);
	assert.equal(await imports.differences(), 0);
});

test("nobody is put back into a branch that has ended since", async () => {
	const [woman] = womenOf(1, 370).map((one) => ({ ...one, branch: "Chi hội Sắp Hết" }));
	const none = { commit: { lowerUnlisted: "none" } };
	await imports.whole(chair, baDinh, rosterOf([woman]), none);
	const ended = await imports.whole(chair, baDinh, rosterOf([{ ...woman, left: "01/02/2026" }]), none);
	const { rows } = await owner.query("select unit_id as id from app.unit_spell where name = 'Chi hội Sắp Hết' limit 1");
	await call(chair, "units.end", { id: rows[0].id, from: "2026-03-01" });
	const undone = await call(chair, "imports.undo", { id: ended.id });
	assert.deepEqual([undone.reverted, undone.kept.length], [0, 1]);
	assert.equal(await imports.differences(), 0);
});

test("the unlisted figure falls once, on its own day: by those it held, by a number, or not at all", async () => {
	const unlisted = async () => {
		const { rows } = await owner.query(
			"select count from app.headcount where unit_id = $1 and component = 'unlisted' and on_day = '2025-08-01' and superseded_at is null",
			[baDinh],
		);
		return rows[0].count as number;
	};
	assert.equal(await unlisted(), 500);
	const late = womenOf(3, 400).map((woman) => ({ ...woman, joined: "01/09/2026" }));
	const auto = await imports.whole(chair, baDinh, rosterOf([...womenOf(7, 410), ...late]));
	assert.equal(await unlisted(), 493);
	const none = await imports.whole(chair, baDinh, rosterOf(womenOf(5, 430)), { commit: { lowerUnlisted: "none" } });
	assert.equal(await unlisted(), 493);
	const given = await imports.whole(chair, baDinh, rosterOf(womenOf(5, 440)), { commit: { lowerUnlisted: 3 } });
	assert.equal(await unlisted(), 490);
	const { id } = await imports.start(chair, baDinh, rosterOf(womenOf(5, 450)));
	await assert.rejects(
		call(chair, "imports.commit", { id, lowerUnlisted: 491 }),
		(error: Problem) => error.code === "unlisted.lower_too_many",
	);
	for (const { id: done } of [given, none, auto]) await call(chair, "imports.undo", { id: done });
	assert.equal(await unlisted(), 500);
	assert.equal(await imports.differences(), 0);
});

test("an import that was forgotten keeps its members, and cannot be undone", async () => {
	const report = await imports.whole(chair, baDinh, rosterOf(womenOf(2, 600)), { commit: { lowerUnlisted: "none" } });
	const counted = await imports.counted(baDinh, TODAY);
	assert.equal((await call(chair, "imports.forget", { id: report.id })).state, "forgotten");
	const { rows } = await owner.query(
		`select (select count(*)::int from app.import_part where import_id = $1) as parts,
			(select count(*)::int from app.import_block where import_id = $1) as blocks,
			(select count(*)::int from app.import_row where import_id = $1) as rows`,
		[report.id],
	);
	assert.deepEqual(rows, [{ parts: 0, blocks: 0, rows: 0 }]);
	await assert.rejects(
		call(chair, "imports.undo", { id: report.id }),
		(error: Problem) => error.code === "import.not_committed",
	);
	assert.equal(await imports.counted(baDinh, TODAY), counted);
});
