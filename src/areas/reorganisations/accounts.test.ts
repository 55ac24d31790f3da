import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { type Planted, plant, plantSource, UNIT_TABLES } from "../../../test/access-rows.ts";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import { compareSnapshot } from "../../../test/snapshot.ts";
import { type Actor, OPERATOR_ID, type Work } from "../../db/actor.ts";
import type { AccountMove } from "./contract.ts";

// What every account could read before a reorganisation, on its day, and once the level above has decided (R38, R39). Rows are
// planted in every table that has a unit, as the access matrix does it.

const TODAY = "2026-11-22";
const DAY = "2026-08-01";
const database = await openTestDatabase({ today: TODAY });
const { call, operator, owner, person, unit, branch } = database;
await plantSource(database);

const PROVINCE = await unit("01");
const { rows: codes } = await owner.query<{ code: string; id: number }>(
	`select s.code, s.unit_id as id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune'
		where s.parent_id = $1 and s.during @> $2::date order by s.code limit 8`,
	[PROVINCE, TODAY],
);
/** Two go whole into a new one, one is parted, one takes the next in, one is none of it. */
const [ONE, TWO, PARTED, TAKER, TAKEN, OTHER] = codes;
const { rows: district } = await owner.query<{ id: number }>(
	"select id from app.unit where kind = 'district' order by builtin_key limit 1",
);

const branches = new Map<string, number>();
for (const commune of [ONE, TWO, PARTED, TAKER, TAKEN, OTHER])
	branches.set(commune.code, await branch(`Chi hội của ${commune.code}`, commune.code));
const planted: Planted[] = [];
for (const id of [PROVINCE, ...codes.slice(0, 6).map((one) => one.id), ...branches.values()])
	planted.push(await plant(database, id, OPERATOR_ID));

const people: Record<string, Actor> = {};
for (const [name, commune] of Object.entries({
	one: ONE,
	two: TWO,
	parted: PARTED,
	taker: TAKER,
	taken: TAKEN,
	other: OTHER,
})) {
	people[`chair.${name}`] = await person(`chair.${name}`, "commune_chair", `#${commune.id}`);
	people[`clerk.${name}`] = await person(`clerk.${name}`, "commune_clerk", `#${commune.id}`);
	people[`head.${name}`] = await person(`head.${name}`, "branch_head", `#${branches.get(commune.code)}`);
}
people.province = await person("province", "province", `#${PROVINCE}`);
people.auditor = await person("auditor", "auditor", `#${PROVINCE}`);
people.elsewhere = await person("elsewhere", "province", "79");
people.district = await person("district", "district", `#${district[0].id}`);
people.centre = await person("centre", "centre", "VN");

/** What is worked out anew from the rows holds nothing that was planted. */
const KEPT = UNIT_TABLES.filter(({ table }) => !["denominator", "ledger_sum", "day_delta"].includes(table));

/** Of the planted rows those that an account reads on a day, as `table key`. */
async function reads(actor: Actor, today = TODAY): Promise<Set<string>> {
	const parts = KEPT.map(({ table, key, marker }) => {
		const keys = planted.map((one) => one.keys[table]);
		return sql`select ${table} || ' ' || ${sql.ref(key)}::text as name from ${sql.table(`app.${table}`)}
			where ${sql.ref(key)}::text = any(${keys}::text[]) and ${sql.raw(marker)}`;
	});
	return database.as({ ...actor, today }, async (work) => {
		const { rows } = await sql<{ name: string }>`${sql.join(parts, sql` union all `)}`.execute(work.db);
		await assertOneReach(work);
		return new Set(rows.map(({ name }) => name));
	});
}

/**
 * What asks for a right in another way than the policies do agrees with them, whatever waits to be decided: single units by
 * calc.may_at, lists of members and their lines, which run as the owner.
 */
async function assertOneReach(work: Work): Promise<void> {
	const spells = planted.map((one) => one.parents.spell);
	const { rows } = await sql<{ odd: string }>`
		with seen as materialized (select id from app.spell where id = any(${spells}::uuid[])),
		verb(verb) as (values ('members.read'), ('members.write'), ('accounts.write'), ('headcounts.read')),
		mine as materialized (select v.verb, u as unit_id from verb v cross join lateral calc.my_units(v.verb) u)
		select format('%s at %s', v.verb, u.id) as odd from verb v cross join app.unit u
			where (u.kind <> 'group' and u.id = any(${planted.map((one) => one.unitId)}::integer[])) and calc.may_at(v.verb, u.id)
				is distinct from (calc.sees_all(v.verb) or exists (select from mine m where m.verb = v.verb and m.unit_id = u.id))
		union all
		select 'a line of ' || l.spell_id from calc.member_lines(${spells}::uuid[], ${work.today}::date) l where l.spell_id not in (select id from seen)
		union all
		select 'no line of ' || s.id from seen s where s.id not in (select l.spell_id from calc.member_lines(${spells}::uuid[], ${work.today}::date) l)
		union all
		select 'in the list: ' || l.spell_id from app.unit c cross join lateral calc.list_members(c.id, null, ${work.today}::date, null, true, null, null,
				null, null, null, null, false, 501, 501) l
			where (c.kind = 'centre' or c.id = any(${planted.map((one) => one.unitId)}::integer[])) and l.spell_id = any(${spells}::uuid[])
				and l.spell_id not in (select id from seen)`.execute(work.db);
	assert.deepEqual(
		rows.map(({ odd }) => odd),
		[],
	);
}

async function everybody(today = TODAY): Promise<Record<string, Set<string>>> {
	const seen: Record<string, Set<string>> = {};
	for (const [name, actor] of Object.entries(people)) seen[name] = await reads(actor, today);
	return seen;
}

function nobodySeesMore(before: Record<string, Set<string>>, now: Record<string, Set<string>>) {
	for (const name of Object.keys(before)) {
		const more = [...now[name].difference(before[name])];
		assert.deepEqual(more, [], `${name} reads ${more.length} rows more than before`);
	}
}

const goes = (from: { id: number }, to: { unitId?: number; key?: string }, part = "full") => ({
	kind: "succeed",
	unitId: from.id,
	successor: to,
	part,
	document: "",
});
const makes = (key: string, code: string) => ({
	kind: "create",
	key,
	unitKind: "commune",
	code,
	name: `Phường ${key}`,
	parent: { unitId: PROVINCE },
});

async function step(name: string, one: { id: string }) {
	const { version } = await call(operator, "reorganisations.show", { id: one.id });
	return call(operator, `reorganisations.${name}`, { id: one.id, version });
}

async function reorganise(on: string, suffix: string) {
	const drafted = await call(operator, "reorganisations.draft", {
		title: `Sắp xếp ${suffix}`,
		decree: "Nghị quyết thử",
		on,
		changes: [
			makes(`Mới ${suffix}`, `98${suffix}1`),
			makes(`Đông ${suffix}`, `98${suffix}2`),
			makes(`Tây ${suffix}`, `98${suffix}3`),
			goes(ONE, { key: `Mới ${suffix}` }),
			goes(TWO, { key: `Mới ${suffix}` }),
			goes(PARTED, { key: `Đông ${suffix}` }, "partial"),
			goes(PARTED, { key: `Tây ${suffix}` }, "partial"),
			goes(TAKEN, { unitId: TAKER.id }),
		],
	});
	const tried = await call(operator, "reorganisations.dryRun", { id: drafted.id });
	// Planted at each commune: one account with a role, beside the two made here.
	assert.deepEqual(tried.accounts, { succeeded: 9, parted: 3, ended: 0, widened: 4 });
	await step("submit", drafted);
	await step("approve", drafted);
	return step("apply", drafted);
}

const roles = async () =>
	(
		await owner.query(
			"select r.account_id, r.role, r.unit_id, a.unit_id as at from app.account_role r join app.account a on a.id = r.account_id order by 1, 2, 3",
		)
	).rows;

test("nobody reads more than before a reorganisation; whose unit went whole reads as much, whose was parted nothing", async () => {
	const before = await everybody();
	const rolesBefore = await roles();
	const done = await reorganise(DAY, "1");
	const after = await everybody();
	nobodySeesMore(before, after);
	for (const name of [
		"chair.one",
		"clerk.one",
		"chair.two",
		"chair.taker",
		"chair.taken",
		"head.parted",
		"chair.other",
		"province",
		"auditor",
	])
		assert.deepEqual([...after[name]].sort(), [...before[name]].sort(), name);
	for (const name of ["chair.parted", "clerk.parted"]) assert.equal(after[name].size, 0, name);
	const session = await call(people["chair.one"], "access.session", {});
	assert.deepEqual(session.moving, {
		unit: (await owner.query("select calc.unit_name($1, '2026-07-31') as n", [ONE.id])).rows[0].n,
		toUnit: "Phường Mới 1",
		on: DAY,
		kind: "succeeded",
	});
	assert.ok(session.verbs.includes("members.write"));

	await assert.rejects(
		call(people["chair.two"], "reorganisations.decideAccounts", {
			moveIds: [(await moves())[0].id],
			outcome: "approved",
		}),
		refused("access.denied"),
	);
	await step("undo", done);
	assert.deepEqual(await everybody(), before, "undone");
	assert.deepEqual(await roles(), rolesBefore);
	assert.equal((await owner.query("select from app.account_move")).rows.length, 0);
});

async function moves(actor = operator, more: object = {}): Promise<AccountMove[]> {
	return (await call(actor, "reorganisations.accounts", { open: true, ...more })).rows;
}

test("the level above widens accounts one by one, finds a place for those of a parted unit, and closes others; undo puts all back", async () => {
	const before = await everybody();
	const rolesBefore = await roles();
	const done = await reorganise(DAY, "2");
	const open = await moves(people.province);
	assert.ok(open.length > 0);
	for (const move of open)
		assert.equal(move.mayDecide, move.unitId !== PROVINCE, "the province decides for its communes");
	assert.deepEqual(await moves(people.elsewhere), []);
	const of = (username: string) => open.find((move) => move.username === username) as AccountMove;
	const decide = (move: AccountMove, more: object) =>
		call(people.province, "reorganisations.decideAccounts", { moveIds: [move.id], ...more });

	await decide(of("chair.one"), { outcome: "approved" });
	const wider = await reads(people["chair.one"]);
	for (const row of [...before["chair.one"], ...before["chair.two"]].filter((row) => row.startsWith("spell ")))
		assert.ok(wider.has(row), "an approved chair reads both communes that went into hers");
	assert.deepEqual(
		[...(await reads(people["chair.two"]))].sort(),
		[...before["chair.two"]].sort(),
		"the other still reads her own",
	);

	await decide(of("chair.taker"), { outcome: "approved" });
	const taker = await reads(people["chair.taker"]);
	assert.ok([...before["chair.taken"]].filter((row) => row.startsWith("spell ")).every((row) => taker.has(row)));

	await decide(of("clerk.two"), { outcome: "closed" });
	assert.equal((await reads(people["clerk.two"])).size, 0);

	await assert.rejects(decide(of("chair.parted"), { outcome: "approved" }), refused("move.unit_missing"));
	const [east] = of("chair.parted").parts;
	await decide(of("chair.parted"), { outcome: "approved", toUnitId: east.unitId });
	const session = await call(people["chair.parted"], "access.session", {});
	assert.equal(session.unit.name, east.name);
	assert.equal(session.moving, null);
	await assert.rejects(decide(of("chair.parted"), { outcome: "closed" }), refused("move.decided"));

	await step("undo", done);
	assert.deepEqual(await everybody(), before, "undone");
	assert.deepEqual(await roles(), rolesBefore);
});

test("what is applied ahead touches nobody until its day, and on the day nobody sees more, even before rights have followed", async () => {
	const later = "2026-12-01";
	const before = await everybody();
	const done = await reorganise(later, "3");
	assert.deepEqual(await everybody(), before, "the day before");
	nobodySeesMore(before, await everybody(later));
	await database.as({ ...operator, today: later }, (work) => sql`select calc.settle_due()`.execute(work.db));
	const after = await everybody(later);
	nobodySeesMore(before, after);
	assert.deepEqual([...after["chair.one"]].sort(), [...before["chair.one"]].sort());
	await call({ ...operator, today: later }, "reorganisations.undo", {
		id: done.id,
		version: (await call(operator, "reorganisations.show", { id: done.id })).version,
	});
	assert.deepEqual(await everybody(later), before);
});

test("a district's account ends with its level", async () => {
	assert.equal((await call({ ...people.district, today: "2025-06-30" }, "access.session", {})).verbs.length > 0, true);
	assert.deepEqual((await call({ ...people.district, today: "2025-07-01" }, "access.session", {})).verbs, []);
	assert.equal((await reads(people.district, "2025-07-01")).size, 0);
});

/** The planted units by what they are in the reorganisation; a commune's branch stands with it. */
const PLACES = ["province", "one", "two", "parted", "taker", "taken", "other"];
const placeOf = new Map<string, string>();
for (const [at, { keys }] of planted.entries()) {
	const place = at < PLACES.length ? PLACES[at] : `${PLACES[at - PLACES.length + 1]}'s branch`;
	for (const [table, key] of Object.entries(keys)) placeOf.set(`${table} ${key}`, place);
}

/** At how many tables of each planted unit an account reads a row, by place. */
function counted(rows: ReadonlySet<string>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const row of rows) {
		const place = placeOf.get(row) as string;
		counts.set(place, (counts.get(place) ?? 0) + 1);
	}
	return counts;
}

test("the access matrix on both sides of the day, as a file a reviewer reads", async () => {
	const sides = [await everybody()];
	const done = await reorganise(DAY, "4");
	sides.push(await everybody());
	for (const move of await moves(people.province)) {
		if (!move.mayDecide) continue;
		const [first] = move.parts;
		await call(people.province, "reorganisations.decideAccounts", {
			moveIds: [move.id],
			outcome: "approved",
			...(first ? { toUnitId: first.unitId } : {}),
		});
	}
	sides.push(await everybody());
	await step("undo", done);
	assert.deepEqual(await everybody(), sides[0]);

	const places = [...new Set(placeOf.values())];
	const lines = Object.keys(people).map((name) => {
		const [before, after, decided] = sides.map((side) => counted(side[name]));
		return [name, ...places.map((place) => [before, after, decided].map((side) => side.get(place) ?? 0).join("/"))];
	});
	const table = [["account", ...places], ...lines].map((line) =>
		line
			.map((cell, index) => cell.padEnd(index === 0 ? 16 : 18))
			.join("")
			.trimEnd(),
	);
	compareSnapshot(
		"access-reorganised.txt",
		`Of how many tables an account reads the row planted at a unit: before the reorganisation / on its day / once the province has
approved every account. "one" and "two" went whole into a new commune, "parted" went to two, "taken" went into "taker", "other"
stayed. Written by src/areas/reorganisations/accounts.test.ts.\n\n${table.join("\n")}\n`,
	);
});
