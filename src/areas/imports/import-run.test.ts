import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { importsOf, rosterOf, type Woman, womenOf } from "./import.harness.ts";
import { importSteps } from "./import-run.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, operator, unit } = database;
const imports = importsOf(database);
const CODES = ["00004", "00008", "00025", "00070"];
const communes = await Promise.all(CODES.map((code) => unit(code)));

const SYLLABLES = ["Hà", "Lan", "Huệ", "Mai", "Nga", "Yến", "Thu", "Vân", "Tâm", "Liên"];

/** Women each of whom has a name of her own: its syllables count them. */
function women(count: number, from: number): Woman[] {
	return womenOf(count, from).map((woman, index) => ({
		...woman,
		name: `Lê ${[...String(from + index)].map((digit) => SYLLABLES[Number(digit)]).join(" ")}`,
	}));
}

async function asked(unitId: number, bytes: Buffer): Promise<string> {
	const { id } = await imports.start(operator, unitId, bytes);
	await call(operator, "imports.commit", { id, lowerUnlisted: "none" });
	return id;
}

const accepted = async (id: string) => (await imports.report(operator, id)).accepted;

test("four imports at once lose nobody and double nobody", async () => {
	const ids = await Promise.all(communes.map((unitId, n) => asked(unitId, rosterOf(women(1500, n * 10_000)))));
	await Promise.all(ids.map((id) => imports.run(operator, id)));
	assert.deepEqual(await Promise.all(ids.map(accepted)), [1500, 1500, 1500, 1500]);
	assert.deepEqual(
		await Promise.all(communes.map((unitId) => imports.counted(unitId, TODAY))),
		[1500, 1500, 1500, 1500],
	);
	assert.equal(await imports.differences(), 0);
});

test("four files of one commune at once, with women in common, make each of them once", async () => {
	const [commune] = communes as [number];
	const before = await imports.counted(commune, TODAY);
	const files = [0, 700, 1400, 2100].map((from) => rosterOf(women(1500, 50_000 + from)));
	const ids: string[] = [];
	for (const file of files) ids.push(await asked(commune, file));
	await Promise.all(ids.map((id) => imports.run(operator, id)));
	const all = await Promise.all(ids.map(accepted));
	assert.equal(
		all.reduce((sum, n) => sum + n, 0),
		3600,
	);
	assert.equal(await imports.counted(commune, TODAY), before + 3600);
	const { rows } = await owner.query(
		"select count(*)::int as n from (select person_id from app.spell group by person_id having count(*) > 1) x",
	);
	assert.equal(rows[0].n, 0);
	assert.equal(await imports.differences(), 0);
});

test("each step tells how far it is, and whoever comes after a kill goes on from the last chunk", async () => {
	const id = await asked(communes[1] as number, rosterOf(women(2600, 80_000)));
	const told: number[] = [];
	for await (const { done, total } of importSteps(database, operator, id)) {
		assert.equal(total, 2600);
		told.push(done);
		if (told.length === 2) break;
	}
	assert.deepEqual(told, [1000, 2000]);
	assert.equal((await call(operator, "imports.progress", { id })).rowsDone, 2000);
	await imports.run(operator, id);
	assert.equal(await accepted(id), 2600);
	assert.equal(await imports.differences(), 0);
});

test("of a long chunk only the rows the database will not have are refused", async () => {
	const listed = women(1800, 120_000);
	for (const position of [3, 900, 901, 1700]) (listed[position - 1] as Woman).name = "Lê Thị Không Ai Nhận";
	await owner.query(`alter table app.person drop constraint person_text_bounded,
		add constraint person_text_bounded check (full_name <> 'Lê Thị Không Ai Nhận')`);
	const id = await asked(communes[2] as number, rosterOf(listed));
	await imports.run(operator, id);
	const { rows } = await call(operator, "imports.rows", { id, only: "errors" });
	assert.deepEqual(
		rows.map(({ position }: { position: number }) => position),
		[3, 900, 901, 1700],
	);
	assert.equal(await accepted(id), 1796);
	assert.equal(await imports.differences(), 0);
});
