import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { asActor } from "../../db/actor.ts";
import { importsOf, rosterOf, type Woman, womenOf } from "./import.harness.ts";
import { commitChunk } from "./store-commit.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const baDinh = await unit("00004");

/** More than two blocks; rows 7, 1 007 and 2 007 have no number and so a row of their own. */
const women = womenOf(2300).map((woman, index): Woman => (index % 1000 === 6 ? { ...woman, id: "" } : woman));

const positions = (page: { rows: { position: number }[] }) => page.rows.map(({ position }) => position);

test("rows of which there is nothing to say stand in blocks, and are listed among the others page by page", async () => {
	const { id } = await imports.start(chair, baDinh, rosterOf(women));
	const stored = await owner.query(
		`select (select count(*)::int from app.import_row where import_id = $1) as own,
			(select count(*)::int from app.import_block where import_id = $1) as blocks`,
		[id],
	);
	assert.deepEqual(stored.rows, [{ own: 3, blocks: 3 }]);
	for (const only of [undefined, "add"]) {
		const page = await call(chair, "imports.rows", { id, only, after: 995, limit: 20 });
		assert.deepEqual(
			positions(page),
			Array.from({ length: 20 }, (_, index) => 996 + index),
		);
		assert.deepEqual([page.total, page.next], [2300, 1015]);
		const last = await call(chair, "imports.rows", { id, only, after: 2290, limit: 20 });
		assert.deepEqual([last.rows.length, last.next], [10, null]);
	}
	const warned = await call(chair, "imports.rows", { id, only: "warnings" });
	assert.deepEqual([positions(warned), warned.total], [[7, 1007, 2007], 3]);
	const { counts } = await call(chair, "imports.preview", { id });
	assert.deepEqual([counts.rows, counts.accepted, counts.warned], [2300, 2300, 3]);
	await call(chair, "imports.cancel", { id });
});

test("a row in a block can be corrected like any other, and is then written as corrected", async () => {
	const { id } = await imports.start(chair, baDinh, rosterOf(womenOf(3, 5000)));
	const fixed = await call(chair, "imports.fixRow", { id, position: 2, fields: { name: "Trần Thị Sửa" } });
	assert.deepEqual([fixed.name, fixed.fixed, fixed.action], ["Trần Thị Sửa", true, "add"]);
	assert.equal((await call(chair, "imports.preview", { id })).counts.accepted, 3);
	await call(chair, "imports.commit", { id });
	await imports.run(chair, id);
	const { rows } = await call(chair, "imports.rows", { id });
	assert.deepEqual(
		rows.map(({ state, fixed }: { state: string; fixed: boolean }) => [state, fixed]),
		[
			["done", false],
			["done", true],
			["done", false],
		],
	);
	const found = await owner.query("select count(*)::int as n from app.person where full_name = 'Trần Thị Sửa'");
	assert.equal(found.rows[0].n, 1);
	await assert.rejects(call(chair, "imports.fixRow", { id, position: 1, fields: { name: "A" } }), {
		code: "import.row_done",
	});
	assert.equal((await call(chair, "imports.undo", { id })).removed, 3);
});

test("chunks that end inside blocks leave behind whom each row made, so that undo finds all but those worked on", async () => {
	const before = await imports.counted(baDinh, TODAY);
	const { id } = await imports.start(chair, baDinh, rosterOf(women));
	await call(chair, "imports.commit", { id, lowerUnlisted: "none" });
	for (const size of [1, 700, 299, 1, 1100])
		await asActor(database, chair, async (work) => void (await commitChunk(work, id, size)));
	await imports.run(chair, id);
	assert.equal(await imports.counted(baDinh, TODAY), before + 2300);
	const { rows: made } = await owner.query(
		`select pos, full_name from calc.import_written($1) w join app.person p on p.id = w.person_id
			join app.spell s on s.id = w.spell_id and s.person_id = p.id order by pos`,
		[id],
	);
	assert.deepEqual(
		made.map(({ full_name }) => full_name),
		women.map(({ name }) => name),
	);
	const touched = [1, 700, 1001, 1007, 2300];
	for (const position of touched)
		await owner.query(
			"update app.person set version = version + 1 where id = (select person_id from calc.import_written($1) where pos = $2)",
			[id, position],
		);
	const undone = await call(chair, "imports.undo", { id });
	assert.deepEqual([undone.removed, positions({ rows: undone.kept })], [2295, touched]);
	const { rows } = await call(chair, "imports.rows", { id, only: "problems", limit: 500 });
	assert.deepEqual(
		rows.map(({ position, state }: { position: number; state: string }) => [position, state]),
		[
			[1, "kept"],
			[7, "undone"],
			[700, "kept"],
			[1001, "kept"],
			[1007, "kept"],
			[2007, "undone"],
			[2300, "kept"],
		],
	);
	assert.equal((await call(chair, "imports.rows", { id, after: 1, limit: 1 })).rows[0].state, "undone");
	assert.equal(await imports.counted(baDinh, TODAY), before + 5);
	assert.equal(await imports.differences(), 0);
});

test("an import from before there were blocks is read, written and undone as ever", async () => {
	const { id } = await imports.start(chair, baDinh, rosterOf(womenOf(4, 7000).map((woman) => ({ ...woman, id: "" }))));
	await owner.query("delete from app.import_block where import_id = $1", [id]);
	assert.deepEqual(positions(await call(chair, "imports.rows", { id })), [1, 2, 3, 4]);
	await call(chair, "imports.commit", { id, lowerUnlisted: "none" });
	await imports.run(chair, id);
	assert.equal((await call(chair, "imports.progress", { id })).counts.accepted, 4);
	assert.equal((await call(chair, "imports.undo", { id })).removed, 4);
	assert.equal(await imports.differences(), 0);
});
