import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { openTestDatabase, type TestDatabase } from "../../../test/kit.ts";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { headcounts } from "../headcounts/store.ts";
import { dayBetween, live, type Step } from "../members/lives.harness.ts";
import { recount } from "../members/lives-recount.harness.ts";
import { moveUnit } from "../units/store-writing.ts";
import { REFORM, report, unlistedOf } from "./lives-import.harness.ts";
import { begin, drawing, fixLate, importRoster, type RosterWorld, touch, undo } from "./lives-import-steps.harness.ts";

/** Two old communes that went into one new one, and one that went into another. */
const OLD_COMMUNES = ["00004", "00013", "00025"];
const STEPS: Step["what"][] = [
	"end",
	"end",
	"reopen",
	"correct",
	"correct",
	"branch",
	"temporary",
	"permanent",
	"honorary",
	"merge",
	"split",
];

class RolledBack extends Error {}

/** The ground all worlds stand on: branches under old communes, the communes themselves as places of women without a branch. */
async function ground(database: TestDatabase): Promise<Pick<RosterWorld, "stays" | "names" | "follows">> {
	const stays: RosterWorld["stays"] = new Map();
	const names: RosterWorld["names"] = new Map();
	const follows: RosterWorld["follows"] = new Map();
	for (const code of OLD_COMMUNES) {
		const old = await database.unit(code, "2025-06-30");
		const { rows } = await database.owner.query(
			"select successor_id as id from app.unit_succession where predecessor_id = $1 and part = 'full'",
			[old],
		);
		const after = rows[0].id as number;
		follows.set(old, after);
		stays.set(after, [{ from: REFORM, commune: after }]);
		names.set(after, "");
		for (const name of [`Chi hội Đông ${code}`, `Chi hội Tây ${code}`]) {
			const leaf = await database.branch(name, code, "2025-06-30");
			names.set(leaf, name);
			stays.set(leaf, [
				{ from: "2017-01-01", commune: old },
				{ from: REFORM, commune: after },
			]);
		}
		stays.set(old, [
			{ from: "2017-01-01", commune: old },
			{ from: REFORM, commune: after },
		]);
	}
	return { stays, names, follows };
}

/** A branch goes under another commune of today, before anybody is in it. */
async function moveBranch(work: Work, world: RosterWorld): Promise<void> {
	const [leaf, stays] = [...world.stays].filter(([id]) => world.names.get(id))[Math.floor(world.draw() * 6)];
	const communes = [...new Set(world.follows.values())].filter((id) => id !== stays[1].commune);
	const from = dayBetween("2025-07-02", work.today, world.draw());
	await moveUnit(work, { id: leaf, parentId: communes[0], from });
	stays.push({ from, commune: communes[0] });
}

async function setFigure(work: Work, world: RosterWorld): Promise<void> {
	const { draw } = world;
	const units = [...world.follows.keys(), ...new Set(world.follows.values())];
	const unit = units[Math.floor(draw() * units.length)];
	const isOld = world.follows.has(unit);
	const day = isOld ? dayBetween("2018-01-01", "2025-06-30", draw()) : dayBetween(REFORM, work.today, draw());
	const count = Math.floor(draw() * 60);
	const overlap = draw() < 0.3 ? Math.floor(draw() * (count + 1)) : 0;
	await headcounts.set(work, {
		unitId: unit,
		component: "unlisted",
		onDay: day,
		count,
		overlap,
		source: "x",
		document: "y",
	});
	report(world, { unit, day, count, overlap });
}

/** Something happens to a woman; what the program refuses has no sense in her life. */
async function liveOn(work: Work, world: RosterWorld): Promise<void> {
	const { draw } = world;
	const life = world.lives[Math.floor(draw() * world.lives.length)];
	if (!life) return;
	const merging = () => world.merges.flatMap(({ kept, merged }) => [kept, merged]);
	const concerned = new Set([life, ...merging()]);
	await begin(work);
	await live(work, world, life, {
		what: STEPS[Math.floor(draw() * STEPS.length)],
		draws: [draw(), draw(), draw(), draw()],
	});
	for (const one of merging()) world.merged.add(one);
	for (const one of concerned.union(new Set(merging()))) touch(world, one);
}

async function happen(work: Work, world: RosterWorld): Promise<void> {
	const { draw } = world;
	const what = draw();
	const some = world.imports[Math.floor(draw() * world.imports.length)];
	const units = [...world.follows.values(), ...world.follows.keys()];
	if (what < 0.25)
		await importRoster(work, world, units[Math.floor(draw() * draw() * units.length)], 30 + Math.floor(draw() * 50));
	else if (what < 0.4) await setFigure(work, world);
	else if (what < 0.5 && some) await fixLate(work, world, some);
	else if (what < 0.62 && some) await undo(work, world, some);
	else for (let n = 0; n < 6; n += 1) await liveOn(work, world);
}

/** The ledger's figures of names, of those not named and of the overlap are what the naive recount finds, and so are its rows. */
async function assertFigures(work: Work, world: RosterWorld, days: Day[]): Promise<void> {
	const { rows: differences } = await sql`select * from calc.verify()`.execute(work.db);
	assert.deepEqual(differences, []);
	const { rows } = await sql<{ day: Day; unit: number; component: number; value: number }>`
		select d::text as day, f.unit_id as unit, f.component, f.value from unnest(${days}::date[]) d cross join lateral calc.figures(d) f
		where f.value <> 0`.execute(work.db);
	const found = rows.map(({ day, unit, component, value }) => `${day} ${unit} ${component}: ${value}`);
	const named = recount(world.lives, world.stays, days);
	const units = [...world.follows.keys(), ...new Set(world.follows.values())];
	const expected = days.flatMap((day) => [
		...[...(named.get(day) ?? [])].map(([unit, n]) => `${day} ${unit} 1: ${n}`),
		...units
			.filter((unit) => world.follows.has(unit) === day < REFORM)
			.flatMap((unit) => {
				const { count, overlap } = unlistedOf(world, unit, day);
				return [...(count ? [`${day} ${unit} 2: ${count}`] : []), ...(overlap ? [`${day} ${unit} 7: ${overlap}`] : [])];
			}),
	]);
	assert.deepEqual(found.sort(), expected.sort());
}

async function liveWorld(
	work: Work,
	seed: number,
	on: Pick<RosterWorld, "stays" | "names" | "follows">,
): Promise<number> {
	const draw = drawing(seed);
	const world: RosterWorld = {
		...structuredClone(on),
		draw,
		lives: [],
		merges: [],
		lastBranchMove: REFORM,
		reported: [],
		taken: [],
		ids: new Map(),
		imports: [],
		touches: new Map(),
		merged: new Set(),
		women: 0,
	};
	await moveBranch(work, world);
	for (let n = 0; n < 4; n += 1) await setFigure(work, world);
	const [first] = world.follows.values();
	await importRoster(work, world, first, 150);
	for (let n = 0; n < 14; n += 1) await happen(work, world);
	const days = () => Array.from({ length: 6 }, () => dayBetween("2017-01-01", "2027-12-31", draw()));
	const edges = ["2017-01-01", "2025-06-30", REFORM, "2027-01-01", work.today, ...world.reported.map(({ day }) => day)];
	await assertFigures(work, world, [...new Set([...edges, ...days()])]);
	for (const each of world.imports.toReversed()) await undo(work, world, each);
	await assertFigures(work, world, [...new Set([...edges, ...days()])]);
	return world.women;
}

for (const [today, runs] of [
	["2026-11-22", 4],
	["2027-01-02", 3],
] as const) {
	const database = await openTestDatabase({ today });
	test(`random rosters, corrections and undos on ${today}: nobody counts twice, by name or by number`, async (t) => {
		const on = await ground(database);
		let women = 0;
		await fc.assert(
			fc.asyncProperty(fc.integer(), async (seed) => {
				await database
					.as(database.operator, async (work) => {
						women += await liveWorld(work, seed, on);
						throw new RolledBack();
					})
					.catch((error) => {
						if (!(error instanceof RolledBack)) throw error;
					});
			}),
			{ numRuns: runs, endOnFailure: true },
		);
		t.diagnostic(`${women} women`);
	});
}
