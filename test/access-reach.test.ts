import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sql } from "kysely";
import { GIVEN_ROLES, ROLES, type Role, type Verb } from "../src/areas/access/rules.ts";
import { uuidv7 } from "../src/core/id.ts";
import { type Actor, OPERATOR_ID } from "../src/db/actor.ts";
import { type Planted, plant, plantSource, UNIT_TABLES } from "./access-rows.ts";
import { openTestDatabase } from "./kit.ts";

// What the database lets a person see, against what the rules say of the tree (R39): written a second time, from the rules,
// knowing nothing of the SQL. Random people, the real tree, rows in every table that has a unit.

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { owner, operator, call } = database;

interface TreeUnit {
	id: number;
	kind: string;
	lives: boolean;
	/** Where it stands today, or stood when it ended. */
	parent: number | null;
	successors: number[];
	cluster: number | null;
}

/** The tree as it stands today, read plainly from the registry. */
async function readTree(): Promise<Map<number, TreeUnit>> {
	const { rows } = await owner.query<TreeUnit>(
		`select u.id, u.kind, coalesce(bool_or(s.during @> $1::date), false) as lives,
			(array_agg(s.parent_id order by upper_inf(s.during) desc, upper(s.during) desc))[1] as parent,
			array(select successor_id from app.unit_succession x where x.predecessor_id = u.id) as successors,
			(select cluster_id from app.cluster_province c where c.province_id = u.id and c.during @> $1::date) as cluster
		from app.unit u join app.unit_spell s on s.unit_id = u.id group by u.id`,
		[TODAY],
	);
	return new Map(rows.map((row) => [row.id, row]));
}

/** Units that belong to the union they stand in; all others are unions of their own, or places. */
const PARTS = ["branch", "group", "club", "special_base", "force", "department", "unassigned"];

/** What stands directly above a unit, and whether it belongs to that one as its own. */
function above(unit: TreeUnit): { id: number; own: boolean }[] {
	if (!unit.lives && unit.successors.length > 0) return unit.successors.map((id) => ({ id, own: true }));
	const found = unit.parent === null ? [] : [{ id: unit.parent, own: PARTS.includes(unit.kind) }];
	if (unit.cluster !== null) found.push({ id: unit.cluster, own: false });
	return found;
}

/** All that a unit is under, itself included; true where it is one's own there. */
function reachedFrom(tree: Map<number, TreeUnit>, id: number): Map<number, boolean> {
	const found = new Map([[id, true]]);
	const climb = (at: number, own: boolean) => {
		for (const next of above(tree.get(at) as TreeUnit)) {
			const still = own && next.own;
			if (found.has(next.id) && (found.get(next.id) || !still)) continue;
			found.set(next.id, still);
			climb(next.id, still);
		}
	};
	climb(id, true);
	return found;
}

interface Person {
	roles: { role: Role; unitId: number }[];
	actingFor: number | null;
}

/** Whether a person holds the verb over a unit, by the rules alone. */
function reaches(tree: Map<number, TreeUnit>, person: Person, verb: Verb, unitId: number): boolean {
	const holds = (at: number, ownOnly: boolean) => {
		const under = reachedFrom(tree, at);
		return person.roles.some(({ role, unitId: mine }) => {
			const reach = (ROLES[role].verbs as Partial<Record<Verb, "own" | "below">>)[verb];
			if (!reach || !tree.get(mine)?.lives || !under.has(mine)) return false;
			return !ownOnly || reach === "below" || under.get(mine) === true;
		});
	};
	if (holds(unitId, true)) return true;
	// Nhập thay: the one unit chosen, with what is its own, where it lies under a unit of hers with the verb.
	return (
		person.actingFor !== null &&
		reachedFrom(tree, unitId).get(person.actingFor) === true &&
		holds(person.actingFor, false)
	);
}

/** Every planted row the person sees, as `table key`. */
async function seenBy(actor: Actor, all: readonly Planted[]): Promise<Set<string>> {
	const parts = UNIT_TABLES.map(({ table, key, marker }) => {
		const keys = all.map((one) => one.keys[table]);
		return sql`select ${table} || ' ' || ${sql.ref(key)}::text as name from ${sql.table(`app.${table}`)}
			where ${sql.ref(key)}::text = any(${keys}::text[]) and ${sql.raw(marker)}`;
	});
	const rows = await database.as(actor, async (work) => {
		const answer = await sql<{ name: string }>`${sql.join(parts, sql` union all `)}`.execute(work.db);
		return answer.rows;
	});
	return new Set(rows.map(({ name }) => name));
}

/** Places of every kind and age: living and abolished, with branches, groups, clubs and special bases made for this test. */
async function somePlaces(): Promise<number[]> {
	const { rows } = await owner.query<{ id: number }>(
		`(select id from app.unit where kind = 'centre') union all
		(select id from app.unit where kind = 'cluster' order by id limit 2) union all
		(select id from app.unit where builtin_key in ('old:01', 'new:01', 'old:79', 'new:79', 'old:001')) union all
		(select id from app.unit where kind = 'unassigned' order by id limit 2) union all
		(select u.id from app.unit u where kind = 'district' order by md5(id::text) limit 4) union all
		(select u.id from app.unit u where kind = 'province' order by md5(id::text) limit 4) union all
		(select u.id from app.unit u where kind = 'commune' order by md5(id::text) limit 8)`,
	);
	const places = rows.map(({ id }) => id);
	const communes = await owner.query<{ id: number }>(
		"select u.id from app.unit u where u.id = any($1) and u.kind = 'commune' order by u.id limit 4",
		[places],
	);
	for (const [index, { id }] of communes.rows.entries()) {
		const made = (kind: string, parentId: number) =>
			call(operator, "units.add", { kind, parentId, name: `${kind} ${index}` }).then((unit) => unit.id as number);
		const branch = await made("branch", id);
		places.push(branch, await made("group", branch), await made("club", id), await made("special_base", id));
		// A successor of a commune of old is a place to stand at, too.
		const { rows: next } = await owner.query(
			"select successor_id as id from app.unit_succession where predecessor_id = $1",
			[id],
		);
		places.push(...next.map((row) => row.id as number));
	}
	return [...new Set(places)];
}

test("what a person sees is what the rules say, for random people over the real tree", async () => {
	await plantSource(database);
	const places = await somePlaces();
	const planted: Planted[] = [];
	for (const place of places) planted.push(await plant(database, place, OPERATOR_ID));
	const tree = await readTree();
	const role = fc.record({ role: fc.constantFrom(...GIVEN_ROLES), unitId: fc.constantFrom(...places) });
	const person = fc.record({
		roles: fc.array(role, { minLength: 1, maxLength: 3 }),
		actingFor: fc.option(fc.constantFrom(...places), { freq: 3 }),
	});
	let seen = 0;
	await fc.assert(
		fc.asyncProperty(person, async (drawn) => {
			const id = uuidv7();
			await owner.query("insert into app.account (id, username, display_name, unit_id) values ($1, $2, '', $3)", [
				id,
				`p${id.slice(-20)}`,
				(await owner.query("select id from app.unit where kind = 'centre'")).rows[0].id,
			]);
			for (const { role, unitId } of drawn.roles)
				await owner.query(
					"insert into app.account_role (account_id, role, unit_id) values ($1, $2, $3) on conflict do nothing",
					[id, role, unitId],
				);
			const actor = { accountId: id, today: TODAY, actingFor: drawn.actingFor ?? undefined };
			const found = await seenBy(actor, planted);
			const wanted = new Set(
				planted.flatMap(({ unitId, keys }) =>
					UNIT_TABLES.filter(({ readBy }) => reaches(tree, drawn, readBy as Verb, unitId)).map(
						({ table }) => `${table} ${keys[table]}`,
					),
				),
			);
			seen += found.size;
			assert.deepEqual([...found].sort(), [...wanted].sort());
		}),
		{ numRuns: 40 },
	);
	assert.ok(seen > 1000, "people see something");
});
