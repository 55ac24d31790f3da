import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { ROLES, type Role } from "../src/areas/access/rules.ts";
import { type Actor, OPERATOR_ID, type Work } from "../src/db/actor.ts";
import {
	insertText,
	type Planted,
	plant,
	plantParents,
	plantSource,
	UNIT_TABLES,
	type UnitTable,
} from "./access-rows.ts";
import { openTestDatabase } from "./kit.ts";
import { compareSnapshot } from "./snapshot.ts";

// Role × table × action, tried as real people against a real database. The answer is a file a reviewer reads: a change of
// policy shows there as a changed line. TAPHOP_UPDATE=1 writes it anew.

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { unit, branch, call, operator, person } = database;
await plantSource(database);

const HANOI = await unit("01");
const COMMUNE = await unit("00004");
const NEIGHBOUR = await unit("00025");
const BRANCH = await branch("Chi hội của mình", "00004");
const { id: GROUP } = await call(operator, "units.add", { parentId: BRANCH, kind: "group", name: "Tổ 1" });
const CENTRE = await unit("VN");
const { rows: clusters } = await database.owner.query(
	"select cluster_id as id from app.cluster_province where province_id = $1 and during @> $2::date",
	[HANOI, TODAY],
);
const CLUSTER = clusters[0].id as number;
/** A commune of a province in another cluster. */
const { rows: far } = await database.owner.query(
	`select s.unit_id as id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune'
	join app.cluster_province c on c.province_id = s.parent_id and c.during @> $2::date and c.cluster_id <> $1
	where s.during @> $2::date order by s.code limit 1`,
	[CLUSTER, TODAY],
);
const ELSEWHERE = far[0].id as number;

interface Column {
	title: string;
	actor: Actor;
	own: number;
	below: number;
	other: number;
}

async function column(
	title: string,
	role: Role,
	places: [own: number, below: number, other: number],
	actingFor?: number,
): Promise<Column> {
	const [own, below, other] = places;
	const actor = await person(`${role}.${actingFor ?? 0}`, role, `#${own}`);
	return { title, actor: { ...actor, actingFor }, own, below, other };
}

const columns = [
	await column("centre", "centre", [CENTRE, COMMUNE, ELSEWHERE]),
	await column("cluster", "cluster", [CLUSTER, COMMUNE, ELSEWHERE]),
	await column("province", "province", [HANOI, COMMUNE, ELSEWHERE]),
	await column("…for commune", "province", [HANOI, COMMUNE, NEIGHBOUR], COMMUNE),
	await column("chair", "commune_chair", [COMMUNE, BRANCH, NEIGHBOUR]),
	await column("clerk", "commune_clerk", [COMMUNE, BRANCH, NEIGHBOUR]),
	await column("branch_head", "branch_head", [BRANCH, GROUP, COMMUNE]),
	await column("auditor", "auditor", [HANOI, COMMUNE, ELSEWHERE]),
];

/** One letter for each thing she may do to a table's row there: see, insert, update, delete. */
async function letters(work: Work, one: UnitTable, full: Planted, parents: Planted): Promise<string> {
	const where = `${one.key} = '${full.keys[one.table]}' and ${one.marker}`;
	const tries: [string, string | null][] = [
		["s", `select ${one.key} from app.${one.table} where ${where}`],
		["i", insertText(one, parents, undefined, work.accountId)],
		["u", await updateText(work, one, where)],
		["d", `delete from app.${one.table} where ${where}`],
	];
	let told = "";
	for (const [letter, text] of tries) told += text && (await does(work, text)) ? letter : "-";
	return told;
}

async function updateText(work: Work, one: UnitTable, where: string): Promise<string | null> {
	const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute
		where attrelid = ${`app.${one.table}`}::regclass and attnum > 0 and not attisdropped
			and has_column_privilege(attrelid, attnum, 'UPDATE') order by attnum desc limit 1`.execute(work.db);
	return rows[0] ? `update app.${one.table} set ${rows[0].name} = ${rows[0].name} where ${where}` : null;
}

/** Whether the statement touches a row; everything is taken back. */
async function does(work: Work, text: string): Promise<boolean> {
	await sql`savepoint tried`.execute(work.db);
	try {
		const { rows, numAffectedRows } = await sql.raw(text).execute(work.db);
		return rows.length > 0 || Number(numAffectedRows ?? 0) > 0;
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		if (code === "42501") return false;
		// Row-level security speaks before any constraint: what a foreign key refuses, a policy had allowed.
		if (code === "23503") return true;
		throw new Error(`${text}: ${message}`);
	} finally {
		await sql`rollback to savepoint tried`.execute(work.db);
	}
}

test("who may see, insert, update and delete what, where", async () => {
	const cells = new Map(UNIT_TABLES.map(({ table }) => [table, [] as string[]]));
	for (const { actor, own, below, other } of columns) {
		const places: [Planted, Planted][] = [];
		for (const place of [own, below, other])
			places.push([await plant(database, place, OPERATOR_ID), await plantParents(database, place, OPERATOR_ID)]);
		await database.as(actor, async (work) => {
			for (const one of UNIT_TABLES) {
				const told = [];
				for (const [full, parents] of places) told.push(await letters(work, one, full, parents));
				cells.get(one.table)?.push(told.join(" "));
			}
		});
	}
	const head = ["", ...columns.map(({ title }) => title)];
	const places = ["own unit, below, elsewhere", ...columns.map(() => "own  belw else")];
	const lines = [head, places, ...[...cells].map(([table, told]) => [table, ...told])].map((line) =>
		line
			.map((cell, index) => cell.padEnd(index === 0 ? 28 : 16))
			.join("")
			.trimEnd(),
	);
	compareSnapshot(
		"access-matrix.txt",
		`Rows a role may see (s), insert (i), update (u), delete (d). Written by test/access.test.ts.\n\n${lines.join("\n")}\n`,
	);
});

test("a district officer of the time before July 2025 has the rights of a province officer", () => {
	assert.deepEqual(ROLES.district.verbs, ROLES.province.verbs);
});
