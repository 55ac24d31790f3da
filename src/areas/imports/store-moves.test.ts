import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { importsOf, rosterOf, type Woman } from "./import.harness.ts";
import { listRoster } from "./store-roster.ts";

/** Two branches that stood in different communes until the reform put both into one: what a roster does that tells of a move. */

const TODAY = "2026-11-22";
const AS_OF = "2026-06-01";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const baDinh = await unit("00004");
const trucBach = await unit("00004", "2025-06-30");
const quanThanh = await unit("00013", "2025-06-30");
const TRUC = "Chi hội phố Trúc";
const QUAN = "Chi hội phố Quán Thánh";
const branches = {
	[TRUC]: await database.branch(TRUC, "00004", "2025-06-30"),
	[QUAN]: await database.branch(QUAN, "00013", "2025-06-30"),
};

let number = 0;
/** A woman of her own, in the branch of Trúc Bạch since 2018. */
function woman(more: Partial<Woman> = {}): Woman {
	number += 1;
	return {
		name: `Lê Thị Đổi ${number}`,
		birth: "01/01/1971",
		id: `001171${String(number).padStart(6, "0")}`,
		branch: TRUC,
		joined: "08/03/2018",
		...more,
	};
}

const NONE = { commit: { lowerUnlisted: "none" } };
const whole = (women: Woman[], asOf = AS_OF) => imports.whole(chair, baDinh, rosterOf(women), { asOf, ...NONE });

/** What the ledger says of the three communes around the days that matter. */
async function figures(): Promise<number[]> {
	const days = ["2017-06-01", "2018-03-08", "2024-01-01", "2025-06-30", "2025-07-01", "2026-05-31", AS_OF, TODAY];
	const found: number[] = [];
	for (const on of days) for (const id of [trucBach, quanThanh, baDinh]) found.push(await imports.counted(id, on));
	return found;
}

/** How many count in a branch on a day, from the rows. */
async function inBranch(name: keyof typeof branches, on: string): Promise<number> {
	const { rows } = await owner.query(
		"select count(*)::int as n from app.spell where leaf_id = $1 and counts @> $2::date",
		[branches[name], on],
	);
	return rows[0].n;
}

async function state(): Promise<string> {
	const tables = [
		"select 'person' as t, to_jsonb(x) - 'version' - 'updated_at' as r from app.person x",
		"select 'spell', to_jsonb(x) - 'version' - 'updated_at' from app.spell x",
		"select 'residence', to_jsonb(x) - 'id' from app.residence x",
		"select 'away', to_jsonb(x) from app.away x",
		"select 'day', to_jsonb(x) from app.day_delta x where delta <> 0",
		"select 'sum', to_jsonb(x) from calc.ledger_entries x",
	];
	const { rows } = await owner.query(`${tables.join(" union all ")} order by 1, 2`);
	return JSON.stringify(rows);
}

test("a roster that names another branch moves her from its own day on: no day before changes its commune", async () => {
	const [mover, stayer] = [woman(), woman()];
	await whole([mover, stayer], "2026-01-15");
	const [before, was] = [await figures(), await state()];
	assert.deepEqual([await inBranch(TRUC, "2024-01-01"), await inBranch(QUAN, TODAY)], [2, 0]);
	const revised = [{ ...mover, branch: QUAN }, stayer];
	const moved = await whole(revised);
	assert.deepEqual([moved.accepted, moved.updated, moved.skipped], [0, 1, 1]);
	assert.deepEqual(await figures(), before);
	assert.deepEqual([await inBranch(TRUC, "2026-05-31"), await inBranch(QUAN, "2026-05-31")], [2, 0]);
	assert.deepEqual([await inBranch(TRUC, AS_OF), await inBranch(QUAN, AS_OF)], [1, 1]);
	assert.equal(await imports.differences(), 0);

	const again = await whole([...revised].reverse(), "2026-11-01");
	assert.deepEqual([again.accepted, again.updated, again.skipped], [0, 0, 2], "she is one member since 2018");
	for (const on of ["2024-01-01", TODAY])
		for (const all of [false, true]) {
			const unitId = on === TODAY ? baDinh : trucBach;
			const roster = await database.as(chair, (work) => listRoster(work, { unitId, on, all }));
			assert.deepEqual(
				roster.map(({ name, joined, left, counts }) => [name, joined, left, counts]).sort(),
				[mover, stayer].map(({ name }) => [name, "2018-03-08", null, true]),
				`${on}, all: ${all}`,
			);
		}
	for (const all of [false, true]) {
		const { rows } = await call(chair, "members.list", { id: baDinh, all });
		assert.deepEqual(
			rows.map((row: { name: string; branch: string; joined: string; left: string | null }) => [
				row.name,
				row.branch,
				row.joined,
				row.left,
			]),
			[
				[mover.name, QUAN, "2018-03-08", null],
				[stayer.name, TRUC, "2018-03-08", null],
			],
		);
	}
	const undone = await call(chair, "imports.undo", { id: moved.id });
	assert.deepEqual([undone.reverted, undone.kept], [1, []]);
	assert.equal(await state(), was);
});

test("joining day, residence and end that a roster tells later are those of the whole membership", async () => {
	const her = woman();
	await whole([her], "2026-01-15");
	await whole([{ ...her, branch: QUAN }]);
	const before = await figures();
	const was = await state();
	const count = async (id: number, on: string) => (await imports.counted(id, on)) - 2;
	const joined = await whole([{ ...her, branch: QUAN, joined: "01/02/2016" }], "2026-11-01");
	assert.equal(joined.updated, 1);
	assert.deepEqual(
		[await count(trucBach, "2017-06-01"), await count(quanThanh, "2017-06-01")],
		[-1, -2],
		"in Trúc Bạch",
	);
	assert.equal(await imports.differences(), 0);
	await call(chair, "imports.undo", { id: joined.id });
	assert.equal(await state(), was);

	const tenant = { ...her, branch: QUAN, residence: "Tạm trú", since: "31/08/2019" };
	const temporary = await whole([tenant], "2026-11-01");
	assert.equal(await imports.differences(), 0);
	await whole([{ ...her, branch: QUAN, residence: "Thường trú" }], "2026-11-01");
	assert.equal((await call(chair, "imports.undo", { id: temporary.id })).kept.length, 1, "worked on since");
	assert.equal(await imports.differences(), 0);

	const left = await whole([{ ...her, branch: QUAN, left: "15/03/2026", reason: "Xin ra khỏi Hội" }], "2026-11-01");
	assert.equal(left.updated, 1);
	assert.deepEqual(
		[await inBranch(TRUC, "2026-03-14"), await inBranch(QUAN, TODAY)],
		[3, 0],
		"she left before the move",
	);
	assert.equal(await imports.counted(baDinh, "2026-03-15"), (before.at(-1) as number) - 1);
	assert.equal(await imports.differences(), 0);
	const same = await whole([{ ...her, branch: QUAN, left: "15/03/2026", reason: "Xin ra khỏi Hội" }], "2026-11-02");
	assert.deepEqual([same.updated, same.skipped], [0, 1]);
	await call(chair, "imports.undo", { id: left.id });
	assert.equal(await imports.differences(), 0);
});

test("she who has left is put into another branch without a day of hers changing its commune", async () => {
	const her = woman({ left: "01/02/2025", reason: "Xin ra khỏi Hội" });
	await whole([her], "2026-01-15");
	const [before, was] = [await figures(), await state()];
	const moved = await whole([{ ...her, branch: QUAN }]);
	assert.deepEqual([moved.updated, await figures()], [1, before]);
	assert.deepEqual((await whole([{ ...her, branch: QUAN }], "2026-11-01")).skipped, 1);
	assert.equal(await imports.differences(), 0);
	await call(chair, "imports.undo", { id: moved.id });
	assert.equal(await state(), was);
});

test("what was noted at the new branch goes back with undo; a transfer asked there keeps the row", async () => {
	const [away, asked] = [woman(), woman()];
	await whole([away, asked], "2026-01-15");
	const moved = await whole([away, asked].map((her) => ({ ...her, branch: QUAN })));
	const rows = (await call(chair, "members.list", { id: baDinh })).rows as { name: string; spellId: string }[];
	const spellOf = (her: Woman) => rows.find(({ name }) => name === her.name)?.spellId;
	await call(chair, "members.addAway", {
		spellId: spellOf(away),
		since: "2026-08-01",
		kind: "gone",
		place: "Bình Dương",
	});
	const toUnitId = await unit("00097");
	const transfer = { spellId: spellOf(asked), toUnitId, onDay: "2026-09-01", residence: "permanent" };
	await call(chair, "members.transfer", transfer);
	const undone = await call(chair, "imports.undo", { id: moved.id });
	assert.deepEqual([undone.reverted, undone.kept.map(({ name }: { name: string }) => name)], [1, [asked.name]]);
	const { rows: places } = await owner.query(
		"select s.leaf_id from app.away a join app.spell s on s.id = a.spell_id where a.place = 'Bình Dương'",
	);
	assert.deepEqual(places, [{ leaf_id: branches[TRUC] }]);
	assert.equal(await imports.differences(), 0);
});
