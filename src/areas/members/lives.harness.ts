import { sql } from "kysely";
import { addDays, type Day, epochDays } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import type { Life, LivedSpell, Stays } from "./lives-recount.harness.ts";
import type { Residence } from "./rules.ts";
import { members } from "./store.ts";

/** Random lives, lived through the program's own commands and noted down beside them as a person would. */

export interface Step {
	what: "end" | "reopen" | "temporary" | "permanent" | "correct" | "branch" | "honorary" | "merge" | "split";
	/** Draws between 0 and 1 that the step turns into days and choices. */
	draws: [number, number, number, number];
}

export interface World {
	lives: Life[];
	stays: Stays;
	merges: { id: string; kept: Life; merged: Life; spells: Set<string> }[];
	/** The last day on which someone changed branch. */
	lastBranchMove: Day;
}

/** A day between two, both included. */
export function dayBetween(from: Day, to: Day, draw: number): Day {
	const span = Math.max(0, epochDays(to) - epochDays(from));
	return addDays(from, Math.floor(draw * (span + 0.999)));
}

function pick<T>(items: readonly T[], draw: number): T | undefined {
	return items[Math.floor(draw * items.length)];
}

async function versionOf(work: Work, personId: string): Promise<number> {
	const { rows } = await sql<{ version: number }>`select version from app.person where id = ${personId}`.execute(
		work.db,
	);
	return rows[0].version;
}

const open = (life: Life) => life.spells.filter((spell) => spell.stage === "recognised" && spell.left === null);
const leafOf = (spell: LivedSpell) => spell.leaves.at(-1)?.leaf as number;
const communeOn = (world: World, leaf: number, day: Day) =>
	world.stays.get(leaf)?.findLast((stay) => stay.from <= day)?.commune;

/** Lives one step; one that has no sense in this life is not taken. */
export async function live(work: Work, world: World, life: Life, step: Step): Promise<void> {
	const [a, b, c, d] = step.draws;
	if (step.what === "merge") return mergeWith(work, world, life, a);
	if (step.what === "split") return splitAgain(work, world, a);
	if (step.what === "honorary") return toggleHonorary(work, life);
	const spell = pick(step.what === "reopen" ? life.spells.filter((each) => each.left !== null) : open(life), a);
	if (!spell || life.honorary) return;
	if (step.what === "end") return end(work, life, spell, dayBetween(spell.joined, work.today, b));
	if (step.what === "reopen") return reopen(work, life, spell);
	if (step.what === "correct") return correct(work, life, spell, [b, c, d]);
	if (step.what === "branch") return changeBranch(work, world, life, spell, [b, c]);
	return move(work, world, life, spell, step.what, [b, c, d]);
}

async function end(work: Work, life: Life, spell: LivedSpell, left: Day): Promise<void> {
	const version = await versionOf(work, life.personId);
	await members.end(work, { personId: life.personId, spellId: spell.id, version, left, reason: "resigned" });
	spell.left = left;
	spell.reason = "resigned";
}

async function reopen(work: Work, life: Life, spell: LivedSpell): Promise<void> {
	await members.reopen(work, {
		personId: life.personId,
		spellId: spell.id,
		version: await versionOf(work, life.personId),
	});
	spell.left = null;
	spell.reason = null;
}

/** A correction, also years back: another joining day, other residences. */
async function correct(work: Work, life: Life, spell: LivedSpell, [a, b, c]: number[]): Promise<void> {
	const joined = dayBetween("2014-06-01", work.today, a);
	const start = dayBetween("2013-01-01", work.today, b);
	const until = dayBetween(start, work.today, c);
	const choices: Residence[][] = [
		[{ kind: "permanent", start: null, until: null }],
		[{ kind: "temporary", start, until: null }],
		[{ kind: "temporary", start: null, until: null }],
		[
			{ kind: "temporary", start, until },
			{ kind: "permanent", start: until, until: null },
		],
		[
			{ kind: "permanent", start, until },
			{ kind: "temporary", start: until, until: null },
		],
		[{ kind: "temporary", start, until }],
	];
	const residences = pick(choices, (a * 7 + b * 5 + c * 3) % 1) as Residence[];
	await members.edit(work, {
		personId: life.personId,
		version: await versionOf(work, life.personId),
		spell: { id: spell.id, joined, residences },
	});
	spell.joined = joined;
	spell.residences = residences;
}

/** To another branch of the commune in which she is on that day. */
async function changeBranch(work: Work, world: World, life: Life, spell: LivedSpell, [a, b]: number[]): Promise<void> {
	const from = dayBetween(spell.joined > "2017-01-01" ? spell.joined : "2017-01-01", work.today, a);
	const here = communeOn(world, leafOf(spell), from);
	const others = [...world.stays.keys()].filter(
		(leaf) => leaf !== leafOf(spell) && communeOn(world, leaf, from) === here,
	);
	const leafId = pick(others, b);
	if (leafId === undefined || here === undefined) return;
	await members.moveBranch(work, { spellIds: [spell.id], leafId, from });
	if (from > world.lastBranchMove) world.lastBranchMove = from;
	const { rows } = await sql<{ id: string }>`select id from app.spell where person_id = ${life.personId}
		and id <> all(${life.spells.map((each) => each.id)}::uuid[])`.execute(work.db);
	if (!rows[0]) {
		if (from <= spell.joined) spell.leaves = [];
		spell.leaves.push({ from: spell.leaves.length === 0 ? "2000-01-01" : from, leaf: leafId });
		return;
	}
	life.spells.push({ ...spell, id: rows[0].id, joined: from, leaves: [{ from: "2000-01-01", leaf: leafId }] });
	spell.left = from;
	spell.reason = "branch";
}

/** To another commune: the origin asks and the destination accepts, or the other way round. */
async function move(
	work: Work,
	world: World,
	life: Life,
	spell: LivedSpell,
	residence: "temporary" | "permanent",
	[a, b, c]: number[],
): Promise<void> {
	const onDay = dayBetween(spell.joined > "2017-01-01" ? spell.joined : "2017-01-01", work.today, a);
	const apart = (day: Day) => (leaf: number) =>
		![undefined, communeOn(world, leafOf(spell), day)].includes(communeOn(world, leaf, day));
	const toUnitId = pick([...world.stays.keys()].filter(apart(onDay)).filter(apart(work.today)), b);
	if (toUnitId === undefined) return;
	const asked = await members.transfer(work, { spellId: spell.id, toUnitId, onDay, residence, note: "" });
	const accepted = dayBetween(onDay, work.today, c);
	if (c < 0.15) {
		await members.declineTransfer(work, { id: asked.id, reason: "" });
		return;
	}
	await members.accept(work, { id: asked.id, on: accepted });
	const keepsHome = residence === "temporary" && hasHome(spell, onDay);
	if (!keepsHome) {
		spell.left = onDay;
		spell.reason = "moved";
	}
	const { rows } = await sql<{ id: string }>`select to_spell_id as id from app.transfer where id = ${asked.id}`.execute(
		work.db,
	);
	life.spells.push({
		id: rows[0].id,
		leaves: [{ from: "2000-01-01", leaf: toUnitId }],
		stage: "recognised",
		joined: keepsHome ? accepted : onDay,
		left: null,
		reason: null,
		residences: [{ kind: residence, start: onDay, until: null }],
	});
}

/** Her home is where she has permanent residence, or nothing says that it is temporary. */
function hasHome(spell: LivedSpell, on: Day): boolean {
	const going = spell.residences.filter(({ until }) => until === null || until > on);
	return going.some(({ kind }) => kind === "permanent") || going.length === 0;
}

async function toggleHonorary(work: Work, life: Life): Promise<void> {
	const honorary = !life.honorary;
	await members.setHonorary(work, { personId: life.personId, version: await versionOf(work, life.personId), honorary });
	life.honorary = honorary;
}

async function mergeWith(work: Work, world: World, life: Life, draw: number): Promise<void> {
	const other = pick(
		world.lives.filter((each) => each !== life && !each.honorary),
		draw,
	);
	if (!other || life.honorary) return;
	const { mergeId } = await members.merge(work, {
		keptId: life.personId,
		keptVersion: await versionOf(work, life.personId),
		mergedId: other.personId,
		mergedVersion: await versionOf(work, other.personId),
	});
	world.merges.push({ id: mergeId, kept: life, merged: other, spells: new Set(other.spells.map((spell) => spell.id)) });
	life.spells.push(...other.spells.splice(0));
	world.lives.splice(world.lives.indexOf(other), 1);
}

/** Parts the last two that were merged into a record that still stands. */
async function splitAgain(work: Work, world: World, draw: number): Promise<void> {
	const merge = pick(
		world.merges.filter(({ kept }) => world.lives.includes(kept)),
		draw,
	);
	if (!merge) return;
	await members.split(work, { mergeId: merge.id });
	merge.merged.spells = merge.kept.spells.filter((spell) => merge.spells.has(spell.id));
	merge.kept.spells = merge.kept.spells.filter((spell) => !merge.spells.has(spell.id));
	world.lives.push(merge.merged);
	world.merges.splice(world.merges.indexOf(merge), 1);
}
