import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { addDays, type Day, epochDays, fromEpochDays } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { dayBetween, live, type Step, type World } from "../members/lives.harness.ts";
import { holders, type LivedSpell } from "../members/lives-recount.harness.ts";
import type { Residence } from "../members/rules.ts";
import { addMembers } from "../members/store-bulk.ts";
import { openSmallCountry } from "../reorganisations/small-country.harness.ts";
import type { Figures } from "./rules-figures.ts";
import { reports } from "./store.ts";

// Random lives, and of each commune's movement table what a naive walk finds, woman after woman and day after day (R7, R8).

const PERIOD = { from: "2025-11-25", dataUntil: "2026-06-09" };
const COMMUNES = 3;

const country = await openSmallCountry();
await country.fill(
	Array.from({ length: COMMUNES }, () => ({
		province: 0 as const,
		women18: 50,
		unlisted: 0,
		overlap: 0,
		joined: [[], [], []],
	})),
);
const { owner, operator, unit } = country;
const communes = await Promise.all(Array.from({ length: COMMUNES }, (_, at) => unit(String(10_001 + at))));
const { periodId } = await country.call(operator, "reports.open", {
	kind: "half_year",
	name: "Kỳ thử",
	opensOn: PERIOD.dataUntil,
	...PERIOD,
	dueOn: "2026-06-30",
	dueLevels: {},
	levels: ["commune"],
});
const stays: World["stays"] = new Map();
for (const commune of communes) {
	const { rows } = await owner.query("select unit_id from app.unit_spell where parent_id = $1", [commune]);
	for (const { unit_id } of rows) stays.set(unit_id, [{ from: "2017-01-01", commune }]);
}

const whole = fc.integer({ min: 0, max: 9_999 }).map((n) => n / 10_000);
const draws = fc.tuple(whole, whole, whole, whole);
const drawn = fc.record({
	lives: fc.array(fc.record({ draws, kind: fc.integer({ min: 0, max: 9 }) }), {
		minLength: 40,
		maxLength: 40,
		size: "max",
	}),
	steps: fc.array(
		fc.record({
			whose: fc.integer({ min: 0, max: 39 }),
			step: fc.record({
				what: fc.constantFrom<Step["what"][]>(
					"end",
					"reopen",
					"temporary",
					"permanent",
					"permanent",
					"correct",
					"branch",
					"honorary",
					"merge",
				),
				draws,
			}),
		}),
		{ minLength: 60, maxLength: 60, size: "max" },
	),
});

/** Most of what happens falls into the period or just outside it. */
const nearPeriod = (draw: number): Day =>
	fromEpochDays(epochDays("2025-09-01") + Math.floor(draw * (epochDays("2026-08-01") - epochDays("2025-09-01"))));

async function begin(work: Work, world: World, women: { draws: number[]; kind: number }[]): Promise<void> {
	const leaves = [...stays.keys()];
	const batch = women.map(({ draws: [a, b, c, d], kind }) => {
		const joined = kind % 2 === 0 ? nearPeriod(a as number) : "2020-01-01";
		const start = kind < 3 ? addDays(nearPeriod(b as number), -180) : null;
		const residence: Residence = { kind: kind < 4 ? "temporary" : "permanent", start, until: null };
		const left = kind === 9 || kind === 2 ? dayBetween(joined, work.today, c as number) : null;
		const reason = ["dead", "resigned", "moved", "temporary_left", "other"][Math.floor((b as number) * 5)] as string;
		return {
			leafId: leaves[Math.floor((d as number) * leaves.length)] as number,
			name: "Trần Thị Hoà",
			birth: null,
			joined,
			left,
			leaveReason: left === null ? null : reason,
			residences: [residence],
		};
	});
	const added = await addMembers(work, batch as never);
	world.lives = added.map(({ personId, spellId }, at) => {
		const { leafId, joined, left, leaveReason, residences } = batch[at] as (typeof batch)[number];
		const spell: LivedSpell = {
			id: spellId,
			leaves: [{ from: "2000-01-01", leaf: leafId }],
			stage: "recognised",
			joined,
			left,
			reason: leaveReason,
			residences: [...residences],
		};
		return { personId, honorary: false, spells: [spell] };
	});
}

const DAYS = Array.from({ length: epochDays(PERIOD.dataUntil) - epochDays(PERIOD.from) + 2 }, (_, at) =>
	addDays(PERIOD.from, at - 1),
);

/** Opening, closing, gains, and losses by reason of one commune. */
function naive(world: World, commune: number) {
	const table = { opening: 0, closing: 0, gains: 0, moved_out: 0, dead: 0, left: 0, lostOtherwise: 0 };
	for (const life of world.lives) {
		const held = holders(life, stays, DAYS);
		const at = (day: Day) => {
			const spell = held.get(day);
			const leaf = spell?.leaves.findLast(({ from }) => from <= day)?.leaf;
			return { spell, commune: leaf === undefined ? undefined : stays.get(leaf)?.[0]?.commune };
		};
		if (at(DAYS[0] as Day).commune === commune) table.opening += 1;
		if (at(DAYS.at(-1) as Day).commune === commune) table.closing += 1;
		for (let n = 1; n < DAYS.length; n++) {
			const [before, now] = [at(DAYS[n - 1] as Day), at(DAYS[n] as Day)];
			if (before.commune === now.commune) continue;
			if (now.commune === commune) table.gains += 1;
			if (before.commune === commune) table[reasonOf(before.spell as LivedSpell, DAYS[n] as Day, now.commune)] += 1;
		}
	}
	return table;
}

function reasonOf(spell: LivedSpell, day: Day, goesTo: number | undefined) {
	if (goesTo !== undefined) return "moved_out";
	if (spell.left !== day) return "lostOtherwise";
	if (spell.reason === "dead") return "dead";
	if (spell.reason === "resigned") return "left";
	return spell.reason === "moved" || spell.reason === "temporary_left" ? "moved_out" : "lostOtherwise";
}

class RolledBack extends Error {}

test("random lives: each commune's movement table is what a naive walk through every day finds, and it balances", async () => {
	await fc.assert(
		fc.asyncProperty(drawn, async ({ lives, steps }) => {
			await country
				.as(operator, async (work) => {
					const world: World = { lives: [], stays, merges: [], lastBranchMove: "2017-01-01" };
					await begin(work, world, lives);
					const all = [...world.lives];
					for (const { whose, step } of steps) {
						const life = all[whose];
						if (life && world.lives.includes(life)) await live(work, world, life, step);
					}
					for (const commune of communes) {
						const { live: now } = await reports.show(work, { periodId, unitId: commune });
						const counts = now.counts as Figures & Record<string, number>;
						const expected = naive(world, commune);
						assert.equal(now.balanced, true);
						assert.deepEqual(
							{
								opening: counts.opening,
								closing: counts.closing,
								gains: counts.admitted + counts.moved_in + counts.other + expected.lostOtherwise,
								moved_out: counts.moved_out,
								dead: counts.dead,
								left: counts.left,
							},
							(({ lostOtherwise: _, ...rest }) => rest)(expected),
						);
						assert.equal(counts.reorganised, 0);
					}
					assert.deepEqual((await sql`select * from calc.verify()`.execute(work.db)).rows, []);
					throw new RolledBack();
				})
				.catch((error) => {
					if (!(error instanceof RolledBack)) throw error;
				});
		}),
		{ numRuns: 12, endOnFailure: true },
	);
});
