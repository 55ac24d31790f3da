import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import { type Day, fromEpochDays } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { OPERATOR_ID } from "../../db/actor.ts";
import { putMembers } from "../members/raw.harness.ts";
import { type Lowering, lowerUnlisted, restoreUnlisted } from "./store-unlisted.ts";

const database = await openTestDatabase({ today: "2027-01-02" });
const { call, operator, owner, unit } = database;
const commune = await unit("00004");

async function newImport(unitId: number): Promise<string> {
	const id = uuidv7();
	await owner.query(
		"insert into app.import (id, unit_id, as_of, file_name, file_hash, created_by) values ($1, $2, '2026-01-01', 'a.csv', '', $3)",
		[id, unitId, OPERATOR_ID],
	);
	return id;
}

/** An import that has brought in so many women who stand at the unit itself and have been members since 2016; what it lowers. */
async function lower(unitId: number, asOf: Day, how: Lowering, women = 0) {
	const importId = await newImport(unitId);
	const her = { leafId: unitId, joined: "2016-01-01", counts: "{[2016-01-01,)}", importId };
	if (women > 0) await putMembers(database, Array(women).fill(her));
	const { lowered } = await database.as(operator, (work) =>
		lowerUnlisted(work, { importId, unitId, asOf, lower: how }),
	);
	return { lowered, importId };
}

/** Undoes an import: the women it added go, but for some, and what it took is given back. */
async function restore(importId: string, staying = 0) {
	const gone = "array(select id from app.spell where import_id = $1 order by id offset $2)";
	await owner.query(`select calc.post_spells(${gone}, -1)`, [importId, staying]);
	await owner.query(`delete from app.residence where spell_id = any(${gone})`, [importId, staying]);
	await owner.query(`delete from app.spell where id = any(${gone})`, [importId, staying]);
	return database.as(operator, (work) => restoreUnlisted(work, importId));
}
const set = (unitId: number, onDay: Day, count: number, component = "unlisted") =>
	call(operator, "headcounts.set", { unitId, component, onDay, count, source: "Báo cáo", document: "BC 1" });
const unlistedOn = async (unitId: number, on: Day): Promise<number> =>
	(await call(operator, "gathering.rates", { unitId, on }))[0].parts.unlisted;
const rows = async (unitId: number) =>
	(
		await owner.query(
			"select on_day::text, count, overlap from app.headcount where unit_id = $1 and superseded_at is null order by component, on_day",
			[unitId],
		)
	).rows;

test("names lower the figure on its own day, so that no day since counts them twice (R49)", async () => {
	await set(commune, "2025-08-01", 100);
	const done = await lower(commune, "2026-01-01", "auto", 30);
	assert.equal(done.lowered, 30);
	assert.equal(await unlistedOn(commune, "2025-07-31"), 0);
	assert.equal(await unlistedOn(commune, "2025-08-01"), 70);
	const all = await lower(commune, "2026-01-01", "auto", 100);
	assert.equal(all.lowered, 70, "capped at the figure");
	assert.equal((await lower(commune, "2026-01-01", "auto", 5)).lowered, 0, "nothing is left");
	await restore(done.importId);
	assert.equal(await unlistedOn(commune, "2026-01-01"), 30);
	await restore(all.importId);
	assert.equal(await unlistedOn(commune, "2026-01-01"), 100);
	assert.equal((await restore(all.importId)).restored, 0, "an import is undone once");
});

test("none lowers nothing; a number above the figure is refused", async () => {
	assert.equal((await lower(commune, "2026-01-01", "none", 30)).lowered, 0);
	assert.equal((await lower(commune, "2026-01-01", 12)).lowered, 12);
	await assert.rejects(lower(commune, "2026-01-01", 89), refused("unlisted.lower_too_many"));
	await assert.rejects(lower(await unit("00008"), "2026-01-01", 1), refused("unlisted.lower_too_many"));
	assert.equal((await lower(await unit("00008"), "2026-01-01", "auto", 9)).lowered, 0);
});

test("a carried figure is lowered on the first day it is carried here, and carried again after undo", async () => {
	const { predecessors } = await call(operator, "units.show", { code: "00025" });
	const successor = await unit("00025");
	for (const [index, { id }] of predecessors.entries()) await set(id, "2022-06-10", 100 * (index + 1));
	const whole = await unlistedOn(successor, "2026-01-01");
	const first = await lower(successor, "2026-01-01", "auto", 40);
	assert.equal(first.lowered, 40);
	const second = await lower(successor, "2026-01-01", "auto", 7);
	assert.equal(await unlistedOn(successor, "2025-07-01"), whole - 47);
	assert.equal(await unlistedOn(predecessors[0].id, "2025-06-30"), 100, "days before keep what was reported");
	await restore(first.importId);
	assert.equal(await unlistedOn(successor, "2025-07-01"), whole - 7);
	await restore(second.importId);
	assert.equal(await unlistedOn(successor, "2025-07-01"), whole);
	assert.deepEqual(await rows(successor), [], "nothing of its own is left: the predecessors' are carried again");
	assert.equal((await call(operator, "gathering.verify", {})).differences, 0);
});

test("names of a branch older than the reform come out of the old commune's figure, on its own day", async () => {
	const { predecessors } = await call(operator, "units.show", { code: "00070" });
	const successor = await unit("00070");
	const [old] = predecessors;
	await set(old.id, "2022-06-10", 50);
	const leafId = (await call(operator, "units.add", { parentId: old.id, kind: "branch", name: "Chi hội cũ" })).id;
	const young = (await call(operator, "units.add", { parentId: successor, kind: "branch", name: "Chi hội mới" })).id;
	const importId = await newImport(successor);
	await putMembers(database, [
		{ leafId, joined: "2015-01-01", counts: "{[2015-01-01,)}", importId },
		{ leafId, joined: "2024-01-01", counts: "{[2024-01-01,)}", importId },
		{ leafId: young, joined: "2015-01-01", counts: "{[2015-01-01,)}", importId },
	]);
	const total = async (unitId: number, on: Day) => (await call(operator, "gathering.rates", { unitId, on }))[0].members;
	const done = await database.as(operator, (work) =>
		lowerUnlisted(work, { importId, unitId: successor, asOf: "2026-01-01", lower: "auto" }),
	);
	assert.equal(done.lowered, 2, "one joined after the figure's day and was never in it");
	assert.equal(await total(old.id, "2022-06-10"), 50, "one by name, 49 by number");
	assert.equal(await unlistedOn(old.id, "2025-06-30"), 49);
	assert.equal(await unlistedOn(successor, "2025-07-01"), 48);
	assert.equal(await total(successor, "2026-01-01"), 51, "the 50 reported and the one who came later");
	await restore(importId);
	assert.equal(await unlistedOn(old.id, "2025-06-30"), 50);
	assert.equal(await unlistedOn(successor, "2025-07-01"), 50);
	assert.equal((await call(operator, "gathering.verify", {})).differences, 0);
});

test("after random figures, lowerings and undos in any order, rates equal a naive recount and the ledger its rows", async () => {
	const { predecessors } = await call(operator, "units.show", { code: "00008" });
	const family: number[] = [await unit("00008"), ...predecessors.map((one: { id: number }) => one.id)];
	const successor = family[0];
	const day = fc.integer({ min: 17167, max: 21184 }).map(fromEpochDays);
	const step = fc.oneof(
		fc.record({
			do: fc.constant("set" as const),
			unit: fc.nat(family.length - 1),
			day,
			count: fc.nat(50),
			overlap: fc.nat(50),
			component: fc.constantFrom("unlisted", "trade_union"),
		}),
		fc.record({ do: fc.constant("lower" as const), unit: fc.nat(family.length - 1), day, women: fc.nat(12) }),
		fc.record({ do: fc.constant("undo" as const), which: fc.nat(20) }),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { minLength: 1, maxLength: 10 }),
			fc.array(day, { minLength: 3, maxLength: 3 }),
			async (steps, days) => {
				await owner.query(
					`begin; select calc.post_headcounts(null, -1); delete from app.unlisted_lowering; delete from app.headcount;
					select calc.post_spells(array(select id from app.spell), -1); delete from app.residence; delete from app.spell; commit`,
				);
				const imports: string[] = [];
				for (const one of steps) {
					if (one.do === "undo") await restore(imports[one.which % Math.max(1, imports.length)] ?? uuidv7());
					else {
						const unitId = family[one.unit];
						const lives = one.unit === 0 ? one.day >= "2025-07-01" : one.day < "2025-07-01";
						if (!lives) continue;
						if (one.do === "lower") imports.push((await lower(unitId, one.day, "auto", one.women)).importId);
						else
							await call(operator, "headcounts.set", {
								unitId,
								component: one.component,
								onDay: one.day,
								count: one.count,
								overlap: Math.min(one.overlap, one.count),
								source: "x",
								document: "y",
							});
					}
				}
				const { rows: figures } = await owner.query(
					"select unit_id, component, on_day::text as day, count, overlap from app.headcount where superseded_at is null order by on_day",
				);
				const { rows: taken } = await owner.query(
					"select origin_id, sum(lowered)::int as n from app.unlisted_lowering where origin_id <> unit_id and undone_at is null group by 1",
				);
				for (const on of [...days, "2025-06-30", "2025-07-01", "2027-12-31"]) {
					const units = on < "2025-07-01" ? family.slice(1) : [successor];
					for (const unitId of units) {
						const [row] = await call(operator, "gathering.rates", { unitId, on });
						const others = row.members - row.parts.roster;
						assert.equal(others, naive(figures, taken, unitId, on, family), `${unitId} on ${on}`);
					}
				}
				assert.equal((await call(operator, "gathering.verify", {})).differences, 0);
			},
		),
		{ numRuns: 15 },
	);
});

/**
 * Members of a unit by number on a day by the rule's own words: the last figure; without one of its own, what the predecessors
 * ended with, less those whose names came to the successor.
 */
function naive(
	figures: { unit_id: number; component: string; day: Day; count: number; overlap: number }[],
	taken: { origin_id: number; n: number }[],
	unitId: number,
	on: Day,
	family: number[],
): number {
	return ["unlisted", "trade_union"].reduce((sum, component) => {
		const last = (of: number, until: Day) =>
			figures.filter((one) => one.unit_id === of && one.component === component && one.day <= until).at(-1);
		const own = last(unitId, on);
		if (own) return sum + own.count - own.overlap;
		const named = (of: number) =>
			component === "unlisted" ? (taken.find(({ origin_id }) => origin_id === of)?.n ?? 0) : 0;
		const carried = family.slice(1).reduce((total, one) => {
			const { count, overlap } = last(one, "2025-06-30") ?? { count: 0, overlap: 0 };
			const left = Math.max(0, count - named(one));
			return total + left - Math.min(overlap, left);
		}, 0);
		return sum + (unitId === family[0] ? carried : 0);
	}, 0);
}
