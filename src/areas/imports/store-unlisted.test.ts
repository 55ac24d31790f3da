import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { importsOf, rosterOf, type Woman } from "./import.harness.ts";

/** What an import of names does to the figure of members reported and not yet named, across the reform of July 2025 (R49). */

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, operator, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const baDinh = await unit("00004");
const trucBach = await unit("00004", "2025-06-30");
const quanThanh = await unit("00013", "2025-06-30");
const OLD = "Chi hội phố Trúc";
await database.branch(OLD, "00004", "2025-06-30");

beforeEach(async () => {
	await owner.query(`begin; select calc.post_headcounts(null, -1); delete from app.unlisted_lowering; delete from app.headcount;
		select calc.post_spells(array(select id from app.spell), -1); delete from app.residence; delete from app.spell;
		delete from app.national_id; delete from app.person; commit`);
});

let number = 0;
/** A woman of her own, member since 2018, in the branch that was there before the reform. */
function woman(more: Partial<Woman> = {}): Woman {
	number += 1;
	const id = `001171${String(number).padStart(6, "0")}`;
	return { name: `Lê Thị Số ${number}`, birth: "01/01/1971", id, branch: OLD, joined: "08/03/2018", ...more };
}

const set = (unitId: number, onDay: string, count: number) =>
	call(operator, "headcounts.set", {
		unitId,
		component: "unlisted",
		onDay,
		count,
		source: "Báo cáo",
		document: "BC 1",
	});
const whole = (women: Woman[], lowerUnlisted: string | number = "auto", asOf = TODAY) =>
	imports.whole(chair, baDinh, rosterOf(women), { asOf, commit: { lowerUnlisted } });
const undo = (id: string) => call(chair, "imports.undo", { id });

async function figure(unitId: number, on: string): Promise<{ members: number; unlisted: number }> {
	const [{ members, parts }] = await call(operator, "gathering.rates", { unitId, on });
	return { members, unlisted: parts.unlisted };
}
const unlisted = async (unitId: number, on: string) => (await figure(unitId, on)).unlisted;
const members = async (unitId: number, on: string) => (await figure(unitId, on)).members;

test("a carried figure falls by the women it held: not who joined later, but also who left before the reform", async () => {
	await set(trucBach, "2022-06-10", 50);
	const women = [
		woman(),
		woman({ branch: "" }),
		woman({ joined: "01/03/2024" }),
		woman({ left: "01/05/2024", reason: "Xin ra khỏi Hội" }),
		woman({ left: "01/05/2024", reason: "Xin ra khỏi Hội", branch: "" }),
	];
	const { id } = await whole(women);
	assert.deepEqual(await figure(trucBach, "2022-06-10"), { members: 50, unlisted: 48 });
	assert.deepEqual(await figure(trucBach, "2025-06-30"), { members: 50, unlisted: 48 });
	assert.deepEqual(
		await figure(trucBach, "2024-04-01"),
		{ members: 51, unlisted: 48 },
		"50 reported, and one who came",
	);
	assert.deepEqual(await figure(baDinh, "2025-07-01"), { members: 49, unlisted: 46 }, "two of the 50 have left");
	await undo(id);
	assert.equal(await unlisted(trucBach, "2022-06-10"), 50);
	assert.equal(await unlisted(baDinh, TODAY), 50);
	await database.verified();
});

test("what is carried, less who was named, follows what the predecessors report later", async () => {
	await set(trucBach, "2022-06-10", 50);
	await set(quanThanh, "2022-06-10", 30);
	const { id } = await whole([woman({ branch: "" }), woman({ branch: "" }), woman()]);
	assert.equal(await unlisted(baDinh, TODAY), 77);
	await set(quanThanh, "2022-06-10", 40);
	assert.equal(await unlisted(baDinh, TODAY), 87);
	await set(quanThanh, "2024-06-10", 5);
	assert.equal(await unlisted(baDinh, TODAY), 52);
	await undo(id);
	assert.equal(await unlisted(baDinh, TODAY), 55);
	await set(trucBach, "2024-06-10", 1);
	const { id: again } = await whole([woman({ branch: "" }), woman({ branch: "" })], 2);
	await set(trucBach, "2024-06-10", 0);
	await set(quanThanh, "2024-06-10", 1);
	assert.equal(await unlisted(baDinh, TODAY), 0, "never below none");
	await undo(again);
	assert.equal(await unlisted(baDinh, TODAY), 1);
	await database.verified();
});

test("a row put right after its import was written comes out of the figure like the others", async () => {
	await set(baDinh, "2025-08-01", 50);
	const bad = [woman({ joined: "31/02/2018" }), woman({ joined: "31/02/2018" })];
	const report = await whole([woman(), ...bad]);
	assert.deepEqual([report.accepted, report.rejected, await unlisted(baDinh, TODAY)], [1, 2, 49]);
	const fix = (position: number, joined: string) =>
		call(chair, "imports.fixRow", { id: report.id, position, fields: { joined } });
	await fix(2, "08/03/2018");
	assert.deepEqual(await figure(baDinh, TODAY), { members: 50, unlisted: 48 });
	await fix(3, "08/03/2026");
	assert.deepEqual(await figure(baDinh, TODAY), { members: 51, unlisted: 48 }, "she joined after the figure's day");
	await undo(report.id);
	assert.deepEqual(await figure(baDinh, TODAY), { members: 50, unlisted: 50 });
	const none = await whole([woman({ joined: "31/02/2018" })], "none");
	await call(chair, "imports.fixRow", { id: none.id, position: 1, fields: { joined: "08/03/2018" } });
	assert.equal(await unlisted(baDinh, TODAY), 50, "none of the file's were in the figure");
	await database.verified();
});

test("undo gives back only for the women who go: who stays by name stays out of the figure", async () => {
	await set(trucBach, "2022-06-10", 50);
	const women = [
		woman(),
		woman(),
		woman({ branch: "" }),
		woman({ branch: "" }),
		woman({ branch: "", joined: "01/01/2026" }),
	];
	const { id } = await whole(women);
	assert.deepEqual(await figure(baDinh, TODAY), { members: 51, unlisted: 46 });
	const { rows } = await owner.query("select person_id from calc.import_written($1) where pos in (1, 3, 5)", [id]);
	for (const { person_id } of rows) {
		const { version } = await call(chair, "members.show", { personId: person_id });
		await call(chair, "members.edit", { personId: person_id, version, phone: "0987654321" });
	}
	assert.equal((await undo(id)).kept.length, 3);
	assert.deepEqual(await figure(trucBach, "2022-06-10"), { members: 50, unlisted: 49 });
	assert.deepEqual(await figure(baDinh, TODAY), { members: 51, unlisted: 48 });
	await database.verified();
});

test("every figure the women were in falls, also earlier and later ones, so that no past day counts them twice", async () => {
	await set(trucBach, "2022-06-10", 50);
	await set(trucBach, "2024-06-10", 40);
	await set(baDinh, "2025-12-31", 30);
	await set(baDinh, "2026-06-10", 1);
	const { id } = await whole([woman(), woman({ branch: "" })], "auto", "2026-02-01");
	const totals = ["2022-06-10", "2024-06-09", "2024-06-10", "2025-06-30"].map((on) => members(trucBach, on));
	assert.deepEqual(await Promise.all(totals), [50, 50, 40, 40]);
	const later = ["2025-07-01", "2025-12-30", "2025-12-31", "2026-06-09", "2026-06-10"].map((on) => members(baDinh, on));
	assert.deepEqual(await Promise.all(later), [40, 40, 30, 30, 2]);
	await undo(id);
	const back = ["2025-07-01", "2025-12-31", "2026-06-10"].map((on) => unlisted(baDinh, on));
	assert.deepEqual(await Promise.all(back), [40, 30, 1]);
	await database.verified();
});

test("a number comes out of the figures in force: the own one, or what is carried", async () => {
	await set(trucBach, "2022-06-10", 50);
	const women = () => [woman(), woman({ branch: "" }), woman({ joined: "01/01/2026" })];
	const first = await whole(women(), 3);
	assert.equal(await unlisted(trucBach, "2025-06-30"), 49, "one of them stood there");
	assert.equal(await unlisted(baDinh, TODAY), 47);
	await set(baDinh, "2026-01-01", 20);
	const second = await whole(women(), 5);
	assert.deepEqual([await unlisted(baDinh, "2025-12-31"), await unlisted(baDinh, TODAY)], [47, 15]);
	await undo(first.id);
	await undo(second.id);
	assert.deepEqual([await unlisted(baDinh, "2025-12-31"), await unlisted(baDinh, TODAY)], [50, 20]);
	await database.verified();
});
