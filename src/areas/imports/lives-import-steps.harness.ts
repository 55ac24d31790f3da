import assert from "node:assert/strict";
import { sql } from "kysely";
import { addDays, type Day, displayDay } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { dayBetween } from "../members/lives.harness.ts";
import type { Life, LivedSpell } from "../members/lives-recount.harness.ts";
import { rosterOf, type Woman } from "./import.harness.ts";
import { giveBack, lower, type NumberedWorld, REFORM } from "./lives-import.harness.ts";
import { imports } from "./store.ts";
import { commitChunk } from "./store-commit.ts";
import { reportImport } from "./store-report.ts";
import { startImport } from "./store-start.ts";

/** Rosters of random women, imported through the program's own commands and noted down beside them as a person would. */

/** Numbers between 0 and 1, now and then at an end; the same for the same seed. */
export function drawing(seed: number): () => number {
	let state = seed | 0;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return () => (next() < 0.15 ? (next() < 0.5 ? 0 : 0.99999) : next());
}

interface Row {
	position: number;
	life: Life;
	what: "add" | "return" | "update";
	/** Her memberships before an update. */
	before: LivedSpell[];
	/** Her life right after, and how often someone had worked on it. */
	after: string;
	touches: number;
}

interface Import {
	id: string;
	unit: number;
	asOf: Day;
	lower: "auto" | "none" | number;
	rows: Row[];
	/** Rows that were refused, by their position: what is wrong with them is the day of joining. */
	refused: Map<number, Plan>;
}

export interface RosterWorld extends NumberedWorld {
	draw: () => number;
	/** The names of branches; "" of communes, in which the women without a branch stand. */
	names: Map<number, string>;
	ids: Map<Life, string>;
	imports: Import[];
	/** How often someone has worked on a woman. */
	touches: Map<Life, number>;
	merged: Set<Life>;
	women: number;
}

/** A row of a roster and what it is to become. */
interface Plan {
	woman: Woman;
	what: Row["what"] | "same" | "refused";
	life: Life | null;
	/** What the row adds, or what an update changes. */
	spell: Omit<LivedSpell, "id" | "stage" | "reason">;
	leaf: number;
}

const BAD_DAY = "31/02/2018";
const chance = (world: RosterWorld, of: number) => world.draw() < of;
const between = (world: RosterWorld, from: Day, to: Day) => dayBetween(from, to, world.draw());
const coreOf = (life: Life) => JSON.stringify([life.honorary, life.spells]);
const touchesOf = (world: RosterWorld, life: Life) => world.touches.get(life) ?? 0;

export function touch(world: RosterWorld, life: Life): void {
	world.touches.set(life, touchesOf(world, life) + 1);
}

/** Each command has a transaction of its own: whom an earlier one had the right to open, the next has not opened. */
export async function begin(work: Work): Promise<void> {
	await sql`select set_config('app.opened', '', true)`.execute(work.db);
}

function leavesAt(world: RosterWorld, unit: number, on: Day): number[] {
	return [...world.stays].flatMap(([leaf, stays]) =>
		world.names.has(leaf) && stays.findLast((stay) => stay.from <= on)?.commune === unit ? [leaf] : [],
	);
}

function writeRow(world: RosterWorld, id: string, spell: Plan["spell"], leaf: number): Woman {
	const [residence] = spell.residences;
	return {
		name: `Lê Thị Nhập ${id}`,
		birth: "01/01/1971",
		id,
		branch: world.names.get(leaf) as string,
		joined: displayDay(spell.joined),
		residence: residence.kind === "temporary" ? "Tạm trú" : "Thường trú",
		since: residence.start === null ? "" : displayDay(residence.start),
		left: spell.left === null ? "" : displayDay(spell.left),
	};
}

/** A membership as a roster of a day may tell it: some temporary, some without a start, some gone again. */
function drawSpell(world: RosterWorld, leaf: number, from: Day, asOf: Day): Plan["spell"] {
	const joined = between(world, from, asOf);
	const kind = chance(world, 0.3) ? "temporary" : "permanent";
	const start = kind === "temporary" && !chance(world, 0.15) ? between(world, "2013-06-01", asOf) : null;
	const left = chance(world, 0.2) ? between(world, joined, asOf) : null;
	return { leaves: [{ from: "2000-01-01", leaf }], joined, left, residences: [{ kind, start, until: null }] };
}

function newcomer(world: RosterWorld, leaves: number[], asOf: Day): Plan {
	const leaf = leaves[Math.floor(world.draw() * leaves.length)];
	const spell = drawSpell(world, leaf, "2014-01-01", asOf);
	world.women += 1;
	const woman = writeRow(world, `001171${String(world.women).padStart(6, "0")}`, spell, leaf);
	if (!chance(world, 0.08)) return { woman, what: "add", life: null, spell, leaf };
	return { woman: { ...woman, joined: BAD_DAY }, what: "refused", life: null, spell, leaf };
}

/** A woman with one plain membership under the commune, as a revised roster tells of her: mostly as before. */
function revised(world: RosterWorld, life: Life, leaves: number[], asOf: Day): Plan {
	const [was] = life.spells;
	const id = world.ids.get(life) as string;
	let leaf = was.leaves.at(-1)?.leaf as number;
	const spell = structuredClone(was);
	const [residence] = spell.residences;
	const how = Math.floor(world.draw() * 7);
	if (was.left !== null && was.left < asOf && how < 2) {
		const again = drawSpell(world, leaf, addDays(was.left > was.joined ? was.left : addDays(was.joined, 1), 0), asOf);
		if (again.joined > was.joined)
			return { woman: writeRow(world, id, again, leaf), what: "return", life, spell: again, leaf };
	}
	const branches = leaves.filter((each) => world.names.get(each) !== "" && each !== leaf);
	if (how === 2 && was.left === null) spell.joined = between(world, "2014-01-01", asOf);
	else if (how === 3 && was.left === null && was.joined <= asOf) spell.left = between(world, was.joined, asOf);
	else if (how === 4 && residence.kind === "temporary") residence.start = between(world, "2013-06-01", asOf);
	else if (how === 5 && branches.length > 0) leaf = branches[Math.floor(world.draw() * branches.length)];
	const isSame = JSON.stringify(spell) === JSON.stringify(was) && leaf === was.leaves.at(-1)?.leaf;
	return { woman: writeRow(world, id, spell, leaf), what: isSame ? "same" : "update", life, spell, leaf };
}

/** Women of whom a roster of the commune can speak without a question: one membership, one residence, never merged. */
function plainWomen(world: RosterWorld, leaves: number[]): Life[] {
	return world.lives.filter((life) => {
		const [spell, ...others] = life.spells;
		const isPlain = spell && others.length === 0 && spell.residences.length === 1 && spell.residences[0].until === null;
		return (
			isPlain && !world.merged.has(life) && world.ids.has(life) && leaves.includes(spell.leaves.at(-1)?.leaf as number)
		);
	});
}

/** A roster comes in: new women, and some the commune has, told again or otherwise. */
export async function importRoster(work: Work, world: RosterWorld, unit: number, size: number): Promise<void> {
	const asOf = world.follows.has(unit)
		? between(world, "2023-01-01", "2025-06-30")
		: between(world, REFORM, work.today);
	const leaves = leavesAt(world, unit, asOf);
	const known = plainWomen(world, leaves).filter(() => chance(world, 0.4));
	const plans = [
		...known.slice(0, size / 2).map((life) => revised(world, life, leaves, asOf)),
		...Array.from({ length: size }, () => newcomer(world, leaves, asOf)),
	];
	if (chance(world, 0.3)) await newBranch(world, plans);
	const limit = await inForceNow(work, unit, asOf);
	const how = world.draw();
	const lowering = how < 0.7 ? "auto" : how < 0.8 ? "none" : Math.floor(world.draw() * (limit + 1));
	const file = rosterOf(plans.map(({ woman }) => woman));
	const done: Import = { id: "", unit, asOf, lower: lowering, rows: [], refused: new Map() };
	done.id = await write(work, done, file);
	await assertReport(work, done.id, plans);
	await note(work, world, done, plans);
	lower(world, done);
	world.imports.push(done);
	if (chance(world, 0.3)) await importAgain(work, done, file, plans);
}

/** The newcomers of one branch stand in one that is not there yet. */
async function newBranch(world: RosterWorld, plans: Plan[]): Promise<void> {
	const name = `Chi hội Mới ${world.women}`;
	for (const plan of plans)
		if (plan.what === "add" && chance(world, 0.3))
			Object.assign(plan, { leaf: 0, woman: { ...plan.woman, branch: name } });
}

async function inForceNow(work: Work, unit: number, on: Day): Promise<number> {
	const { rows } = await sql<{ n: number }>`select coalesce(sum(count), 0)::integer as n
		from calc.headcounts_in_force(array[${unit}::integer], ${on}::date) where component = 'unlisted'`.execute(work.db);
	return rows[0].n;
}

async function write(work: Work, { unit, asOf, lower }: Import, source: Buffer): Promise<string> {
	const { id } = await startImport(work, { unitId: unit, asOf, fileName: "danh-sach.csv", source });
	await imports.commit(work, { id, lowerUnlisted: lower, consent: null });
	do await begin(work);
	while ((await commitChunk(work, id, 60)).more);
	return id;
}

async function assertReport(work: Work, id: string, plans: Plan[]): Promise<void> {
	const { accepted, updated, skipped, rejected, problems } = await reportImport(work, id);
	const expected = (...what: Plan["what"][]) => plans.filter((plan) => what.includes(plan.what)).length;
	assert.deepEqual(
		{ accepted, updated, skipped, rejected },
		{
			accepted: expected("add", "return"),
			updated: expected("update"),
			skipped: expected("same"),
			rejected: expected("refused"),
		},
		JSON.stringify(problems.filter(({ level }) => level === "error").slice(0, 3)),
	);
}

/** The same file once more does nothing. */
async function importAgain(work: Work, { unit, asOf }: Import, file: Buffer, plans: Plan[]): Promise<void> {
	const id = await write(work, { id: "", unit, asOf, lower: "auto", rows: [], refused: new Map() }, file);
	await assertReport(
		work,
		id,
		plans.map((plan) => (plan.what === "refused" ? plan : { ...plan, what: "same" })),
	);
}

/** Notes what an import has done. */
async function note(work: Work, world: RosterWorld, done: Import, plans: Plan[]): Promise<void> {
	const { rows } = await sql<{ pos: number; personId: string; spellId: string; leafId: number; leafName: string }>`
		select w.pos, w.person_id as "personId", w.spell_id as "spellId", s.leaf_id as "leafId", calc.unit_name(s.leaf_id, ${done.asOf}::date) as "leafName"
		from calc.import_written(${done.id}::uuid) w join app.spell s on s.id = w.spell_id`.execute(work.db);
	const written = new Map(rows.map((row) => [row.pos, row]));
	for (const [index, plan] of plans.entries()) {
		const made = written.get(index + 1);
		if (plan.what === "refused") done.refused.set(index + 1, plan);
		if (!made || plan.what === "refused" || plan.what === "same") continue;
		if (plan.leaf === 0 && !world.stays.has(made.leafId)) {
			const follows = world.follows.get(done.unit);
			const since = { from: follows === undefined ? REFORM : "2017-01-01", commune: done.unit };
			world.stays.set(made.leafId, follows === undefined ? [since] : [since, { from: REFORM, commune: follows }]);
			world.names.set(made.leafId, made.leafName);
		}
		noteRow(world, done, index + 1, { ...plan, leaf: plan.leaf || made.leafId }, made);
	}
}

function noteRow(
	world: RosterWorld,
	done: Import,
	position: number,
	plan: Plan,
	made: { personId: string; spellId: string },
): void {
	const life: Life = plan.life ?? { personId: made.personId, honorary: false, spells: [] };
	const before = structuredClone(life.spells);
	if (plan.what === "update") update(life, plan, done.asOf, made.spellId);
	else {
		const leaves = [{ from: "2000-01-01", leaf: plan.leaf }];
		life.spells.push({
			...structuredClone(plan.spell),
			leaves,
			id: made.spellId,
			stage: "recognised",
			reason: null,
			importId: done.id,
		});
	}
	if (!plan.life) {
		world.lives.push(life);
		world.ids.set(life, plan.woman.id as string);
	} else touch(world, life);
	const what = plan.what as Row["what"];
	done.rows.push({ position, life, what, before, after: coreOf(life), touches: touchesOf(world, life) });
}

function update(life: Life, { spell: told, leaf }: Plan, asOf: Day, spellId: string): void {
	const [spell] = life.spells;
	Object.assign(spell, { joined: told.joined, left: told.left, residences: structuredClone(told.residences) });
	if (leaf === spell.leaves.at(-1)?.leaf) return;
	const from = spell.left !== null && spell.left < asOf ? spell.left : asOf;
	if (spellId === spell.id) {
		if (from <= spell.joined) spell.leaves = [];
		spell.leaves.push({ from: spell.leaves.length === 0 ? "2000-01-01" : from, leaf });
		return;
	}
	life.spells.push({ ...structuredClone(spell), id: spellId, joined: from, leaves: [{ from: "2000-01-01", leaf }] });
	Object.assign(spell, { left: from, reason: "branch" });
}

/** A refused row is put right after its import was written. */
export async function fixLate(work: Work, world: RosterWorld, done: Import): Promise<void> {
	const [late] = done.refused;
	if (!late) return;
	const [position, plan] = late;
	done.refused.delete(position);
	await begin(work);
	await imports.fixRow(work, { id: done.id, position, fields: { joined: displayDay(plan.spell.joined) } });
	const { rows } = await sql<{
		personId: string;
		spellId: string;
	}>`select person_id as "personId", spell_id as "spellId"
		from calc.import_written(${done.id}::uuid) where pos = ${position}`.execute(work.db);
	assert.equal(rows.length, 1, "the row is written");
	noteRow(world, done, position, { ...plan, what: "add" }, rows[0]);
	if (done.lower === "auto") lower(world, done, rows[0].spellId);
}

/** The whole import goes, but for rows someone has worked on. */
export async function undo(work: Work, world: RosterWorld, done: Import): Promise<void> {
	await begin(work);
	const answer = await imports.undo(work, { id: done.id });
	const kept = new Set(answer.kept.map(({ position }) => position));
	world.imports.splice(world.imports.indexOf(done), 1);
	for (const row of done.rows) {
		const isGone = !world.lives.includes(row.life) || coreOf(row.life) !== row.after;
		if (isGone) assert.ok(kept.has(row.position), "a row someone has worked on stays");
		else if (touchesOf(world, row.life) === row.touches)
			assert.ok(!kept.has(row.position), "nobody has worked on the row");
		if (!kept.has(row.position)) takeBack(world, row, done.id);
	}
	giveBack(world, done.id);
	const { rows } = await sql<{
		id: number;
	}>`select id from app.unit where id = any(${[...world.stays.keys()]}::integer[])`.execute(work.db);
	const standing = new Set(rows.map(({ id }) => id));
	for (const leaf of [...world.stays.keys()])
		if (!standing.has(leaf)) {
			world.stays.delete(leaf);
			world.names.delete(leaf);
			for (const life of world.lives) for (const spell of life.spells) forgetBranch(spell, leaf);
		}
}

/** Who had gone on from a branch that was undone since to one of the same commune has always been there. */
function forgetBranch(spell: LivedSpell, leaf: number): void {
	const [first] = spell.leaves;
	spell.leaves = spell.leaves.filter((entry) => entry.leaf !== leaf);
	if (first && spell.leaves[0]) spell.leaves[0].from = first.from;
}

function takeBack(world: RosterWorld, { life, what, before }: Row, importId: string): void {
	touch(world, life);
	if (what === "update") life.spells = before;
	else life.spells = life.spells.filter((spell) => spell.importId !== importId);
	if (life.spells.length === 0) world.lives.splice(world.lives.indexOf(life), 1);
}
