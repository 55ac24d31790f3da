import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { openTestDatabase } from "../../../test/kit.ts";
import { addDays } from "../../core/day.ts";
import type { Problem } from "../../core/problem.ts";
import { asReader } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import { addMembers, type BulkMember } from "./store-bulk.ts";
import { exportMembers, noteExport } from "./store-export.ts";
import { listMembers, openListed } from "./store-list.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { as, call, person, branch, unit, owner } = database;
const chair = await person("alice", "commune_chair", "00004");
const other = await person("chelsea", "commune_chair", "00097");
const leaf = await branch("Chi hội Đông", "00004");
const foreign = await branch("Chi hội Bắc", "00097");

const member = (index: number, more: Partial<BulkMember> = {}): BulkMember => ({
	leafId: leaf,
	name: `Trần Thị ${["Hoà", "Ánh", "Ẩn", "Đào", "Yến"][index % 5]} ${["Mai", "Lan"][index % 2]}`,
	birth: { day: addDays("1960-01-01", index), precision: "day" },
	joined: addDays("2015-01-01", index % 4000),
	left: null,
	leaveReason: null,
	ids: [{ kind: "cccd", value: `001160${String(index).padStart(6, "0")}` }],
	residences: [
		index % 7 === 0
			? { kind: "temporary", start: addDays("2018-01-01", index % 3000), until: null }
			: { kind: "permanent", start: null, until: null },
	],
	sensitive: { ethnicity: "Kinh", religion: "", partyMember: null, health: "" },
	...more,
});

test("many members in one call: rows, counting and ledger agree, one statement a table", async () => {
	const added = await as(chair, (work) =>
		addMembers(
			work,
			Array.from({ length: 3000 }, (_, i) => member(i)),
		),
	);
	assert.equal(new Set(added.map((each) => each.personId)).size, 3000);
	await database.verified();
	const { total } = await call(chair, "members.list", { code: "00004", limit: 1 });
	const { rows } = await owner.query(
		"select value from calc.figures('2026-11-22') where unit_id = $1 and component = 1",
		[await unit("00004")],
	);
	assert.equal(total, rows[0].value);
});

test("all or none: a leaf, a person or a number that is not hers refuses the whole call", async () => {
	const refused = (batch: BulkMember[], code: string) =>
		assert.rejects(
			as(chair, (work) => addMembers(work, batch)),
			(error: Problem) => error.code === code,
		);
	const before = (await owner.query("select count(*)::int as n from app.person")).rows[0].n;
	await refused([member(5001), member(5002, { leafId: foreign })], "access.denied");
	await refused([member(5003), member(1)], "member.id_taken");
	const [theirs] = await as(other, (work) => addMembers(work, [member(5004, { leafId: foreign })]));
	await refused([member(5005, { personId: theirs.personId, ids: [] })], "access.denied");
	assert.equal((await owner.query("select count(*)::int as n from app.person")).rows[0].n, before + 1);
});

test("a second membership of a woman the caller has is counted over both", async () => {
	const [first] = await as(chair, (work) => addMembers(work, [member(6000, { joined: "2016-01-01" })]));
	await as(chair, (work) =>
		addMembers(work, [member(6000, { personId: first.personId, ids: [], sensitive: undefined, joined: "2020-01-01" })]),
	);
	await database.verified();
	const shown = await call(chair, "members.show", { personId: first.personId });
	assert.deepEqual(
		shown.spells.map((spell: { counts: unknown }) => spell.counts),
		[[{ from: "2016-01-01", to: "2020-01-01" }], [{ from: "2020-01-01", to: null }]],
	);
});

test("the export gives every line once, in order, with whole numbers and one audit row", async () => {
	const asked = { code: "00004", all: true };
	await as(chair, (work) => noteExport(work, asked));
	const rows = await asReader(database, chair, async (work) =>
		(await Array.fromAsync(exportMembers(work, asked))).flat(),
	);
	assert.equal(new Set(rows.map((row) => row.spellId)).size, rows.length);
	assert.equal(rows.length, 3002);
	assert.match(rows[0].nationalId ?? "", /^\d{12}$/);
	const { rowCount } = await owner.query("select from app.audit where action = 'members.export'");
	assert.equal(rowCount, 1);
	await assert.rejects(
		as(other, async (work) => exportMembers(work, { code: "00004" }).next()),
		(error: Problem) => error.code === "access.denied",
	);
});

test("an export shows one moment, whatever is written while it is read", async () => {
	const notes = await asReader(database, chair, async (work) => {
		const pages = exportMembers(work, { code: "00004", all: true });
		const first = (await pages.next()).value ?? [];
		await owner.query("update app.person set note = 'mới ghi'");
		return [first, ...(await Array.fromAsync(pages))].flat().map((row) => row.note);
	});
	assert.equal(notes.length, 3002);
	assert.deepEqual([...new Set(notes)], [""]);
});

test("a list is opened whole: its length is known before its first row, and pages follow on each other", async () => {
	await asReader(database, chair, async (work) => {
		const place = await requireUnit(work, { code: "00004" });
		const listed = await openListed(work, place, { all: true }, work.today);
		assert.deepEqual([await listed.isLongerThan(3001), await listed.isLongerThan(3002)], [true, false]);
		const pages = [await listed.next(2000), await listed.next(2000), await listed.next(2000)];
		assert.deepEqual(
			pages.map((page) => page.length),
			[2000, 1002, 0],
		);
		const { rows } = await listMembers(work, { code: "00004", all: true, reverse: false, limit: 500 });
		assert.deepEqual(
			rows.map((row) => row.spellId),
			pages[0].slice(0, 500),
			"in the order of the list on the screen",
		);
	});
});

test("what leaves the program is hers: of another commune's members the database gives nothing", async () => {
	const spells = (await owner.query("select id from app.spell limit 100")).rows.map((row) => row.id);
	const given = (actor: typeof chair) =>
		as(
			actor,
			async (work) => (await sql`select from calc.export_members(${spells}::uuid[])`.execute(work.db)).rows.length,
		);
	assert.deepEqual([await given(chair), await given(other)], [100, 0]);
});
