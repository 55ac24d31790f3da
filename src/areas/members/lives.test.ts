import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { openTestDatabase, type TestDatabase } from "../../../test/kit.ts";
import { addDays, type Day, epochDays } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { readMultirange } from "../../db/ranges.ts";
import { moveUnit, renameUnit } from "../units/store-writing.ts";
import { dayBetween, live, type Step, type World } from "./lives.harness.ts";
import { type Life, passing, recount } from "./lives-recount.harness.ts";
import type { Residence } from "./rules.ts";
import { addMembers } from "./store-bulk.ts";
import { readRows } from "./store-list.ts";

/** Old communes whose whole successors are three different new ones; the first two go into the same. */
const OLD_COMMUNES = ["00004", "00001", "00097", "00025", "00037"];

/** Mostly anywhere between 0 and 1, now and then at an end. */
const whole = fc.integer({ min: 0, max: 99_999 }).map((n) => n / 100_000);
const draw = fc.oneof({ weight: 4, arbitrary: fc.noBias(whole) }, { weight: 1, arbitrary: whole });
const step: fc.Arbitrary<Step> = fc.record({
	what: fc.constantFrom<Step["what"][]>(
		"end",
		"end",
		"reopen",
		"temporary",
		"temporary",
		"permanent",
		"correct",
		"correct",
		"branch",
		"honorary",
		"merge",
		"split",
	),
	draws: fc.tuple(draw, draw, draw, draw),
});
const drawnWorld = fc.record({
	lives: fc.array(fc.record({ draws: fc.tuple(draw, draw, draw, draw), kind: fc.integer({ min: 0, max: 9 }) }), {
		minLength: 160,
		maxLength: 160,
		size: "max",
	}),
	/** What happens next, to some of them again and again. */
	steps: fc.array(fc.record({ whose: fc.integer({ min: 0, max: 24 }), step }), {
		minLength: 60,
		maxLength: 60,
		size: "max",
	}),
	moves: fc.tuple(fc.tuple(draw, draw, draw), fc.tuple(draw, draw, draw)),
	days: fc.array(draw, { minLength: 40, maxLength: 40, size: "max" }),
});

class RolledBack extends Error {}

/** Branches made under old communes, with the ground they stand on as the registry tells it. */
async function branches(database: TestDatabase): Promise<World["stays"]> {
	const stays: World["stays"] = new Map();
	for (const code of OLD_COMMUNES)
		for (const name of ["Chi hội Đông", "Chi hội Tây"]) {
			const leaf = await database.branch(`${name} ${code}`, code, "2025-06-30");
			const { rows } = await database.owner.query(
				"select x.predecessor_id as old, x.successor_id as new from app.unit_succession x join app.unit_spell s on s.parent_id = x.predecessor_id where s.unit_id = $1 and x.part = 'full'",
				[leaf],
			);
			stays.set(leaf, [
				{ from: "2017-01-01", commune: rows[0].old },
				{ from: "2025-07-01", commune: rows[0].new },
			]);
		}
	return stays;
}

/** Everyone joins, in one call; some temporarily, some without a start, some gone again. */
async function begin(work: Work, world: World, drawn: { draws: number[]; kind: number }[]): Promise<void> {
	const leaves = [...world.stays.keys()];
	const batch = drawn.map(({ draws: [a, b, c, d], kind }) => {
		const joined = dayBetween("2014-01-01", work.today, a);
		const start = kind < 3 ? dayBetween("2013-06-01", work.today, b) : null;
		const residence: Residence = { kind: kind < 4 ? "temporary" : "permanent", start, until: null };
		const left = kind === 9 || kind === 2 ? dayBetween(joined, work.today, c) : null;
		return {
			leafId: leaves[Math.floor(d * leaves.length)],
			name: "Trần Thị Hoà",
			birth: null,
			joined,
			left,
			leaveReason: left === null ? null : "other",
			residences: [residence],
		};
	});
	const added = await addMembers(work, batch);
	world.lives = added.map(({ personId, spellId }, index) => ({
		personId,
		honorary: false,
		spells: [
			{
				id: spellId,
				leaves: [{ from: "2000-01-01", leaf: batch[index].leafId }],
				stage: "recognised",
				joined: batch[index].joined,
				left: batch[index].left,
				reason: batch[index].leaveReason,
				residences: [...batch[index].residences],
			},
		],
	}));
}

/** A branch goes under another commune of today from a day on, under another name. */
async function moveBranchUnit(work: Work, world: World, [a, b, c]: number[], notBefore: Day): Promise<void> {
	const [leaf, stays] = [...world.stays][Math.floor(a * world.stays.size)];
	const last = stays.at(-1)?.from as Day;
	const from = dayBetween(addDays(last > notBefore ? last : notBefore, 1), work.today, b);
	const communes = [...new Set([...world.stays.values()].map((each) => each[1].commune))];
	const commune = communes[Math.floor(c * communes.length)];
	if (from > work.today) return;
	await moveUnit(work, { id: leaf, parentId: commune, from });
	await renameUnit(work, { id: leaf, name: `Chi hội ${uuidv7()}`, from });
	stays.push({ from, commune });
}

async function assertLedger(work: Work, world: World, days: Day[]): Promise<void> {
	await assertSpells(work, world);
	const { rows: differences } = await sql`select * from calc.verify()`.execute(work.db);
	assert.deepEqual(differences, []);
	const { rows } = await sql<{ day: Day; unit: number; value: number }>`
		select d::text as day, f.unit_id as unit, f.value from unnest(${days}::date[]) d cross join lateral calc.figures(d) f
		where f.component = 1 and f.value <> 0`.execute(work.db);
	const ledger = new Map(days.map((day) => [day, new Map<number, number>()]));
	for (const { day, unit, value } of rows) ledger.get(day)?.set(unit, value);
	const naive = recount(world.lives, world.stays, days);
	for (const day of days) assert.deepEqual(sorted(ledger.get(day)), sorted(naive.get(day)), `figures on ${day}`);
}

/** Each woman's counting passes from spell to spell on the very days the naive walk says. */
async function assertSpells(work: Work, world: World): Promise<void> {
	const { rows } = await sql<{ id: string; counts: string }>`select id, counts::text as counts from app.spell`.execute(
		work.db,
	);
	const counts = new Map(rows.map((row) => [row.id, readMultirange(row.counts)]));
	for (const life of world.lives)
		assert.deepEqual(stored(life, counts), passing(life, world.stays), JSON.stringify(life, null, "\t"));
}

function stored(life: Life, counts: Map<string, { from: Day; to: Day | null }[]>): string[] {
	const edges = life.spells.flatMap((spell) =>
		(counts.get(spell.id) ?? []).map((period) => ({ ...period, id: spell.id })),
	);
	edges.sort((a, b) => (a.from < b.from ? -1 : 1));
	return edges.flatMap((edge, index) => {
		const isFollowed = edge.to !== null && edges[index + 1]?.from === edge.to;
		return [
			`${epochDays(edge.from)} ${edge.id}`,
			...(edge.to === null || isFollowed ? [] : [`${epochDays(edge.to)} `]),
		];
	});
}

/** The status by which lists filter in SQL is the one rules.ts gives. */
async function assertStatuses(work: Work, on: Day): Promise<void> {
	const { rows } = await sql<{
		id: string;
		status: string;
	}>`select s.id, calc.member_status(s.id, s.counts, s.stage, p.honorary, s.joined, s.left_on, ${on}::date) as status
		from app.spell s join app.person p on p.id = s.person_id`.execute(work.db);
	const read = await readRows(
		work,
		rows.map((row) => row.id),
		on,
	);
	assert.deepEqual(
		read.map((row) => row.status),
		rows.map((row) => row.status),
	);
}

function sorted(counts: Map<number, number> | undefined): [number, number][] {
	return [...(counts ?? [])].sort((a, b) => a[0] - b[0]);
}

for (const [today, runs] of [
	["2026-11-22", 12],
	["2027-01-02", 6],
] as const) {
	const database = await openTestDatabase({ today });
	test(`random lives on ${today}: the ledger is what a naive recount, day by day, finds`, async () => {
		const stays = await branches(database);
		await fc.assert(
			fc.asyncProperty(drawnWorld, async (drawn) => {
				const world: World = { lives: [], stays: structuredClone(stays), merges: [], lastBranchMove: "2025-07-01" };
				await database
					.as(database.operator, async (work) => {
						await moveBranchUnit(work, world, drawn.moves[0], "2025-07-01");
						await begin(work, world, drawn.lives);
						const lives = [...world.lives];
						for (const { whose, step: each } of drawn.steps)
							if (world.lives.includes(lives[whose])) await live(work, world, lives[whose], each);
						await moveBranchUnit(work, world, drawn.moves[1], world.lastBranchMove);
						const days = drawn.days.map((each) => dayBetween("2017-01-01", "2027-12-31", each));
						await assertLedger(work, world, ["2017-01-01", "2025-06-30", "2025-07-01", "2027-01-01", today, ...days]);
						await assertStatuses(work, days[0]);
						throw new RolledBack();
					})
					.catch((error) => {
						if (!(error instanceof RolledBack)) throw error;
					});
			}),
			{ numRuns: runs, endOnFailure: true },
		);
	});
}
