import type { ClientBase } from "pg";
import { searchKey } from "../core/vietnamese.ts";
import type { DemoUnit } from "./roster.ts";
import { putOn, takeOff } from "./store-bulk.ts";
import { copyInto } from "./store-copy.ts";

/** What is written without its indexes: a branch has rows in all of them. */
const TABLES = ["unit_spell", "unit_home", "unit_scope"];

/**
 * Writes branches, clubs and special bases by the hundred thousand. Where they stand and whom a right reaches is derived here in two
 * statements, because all of them are new and hang directly under a union: what calc.refresh_homes and calc.refresh_scopes
 * would find by climbing, a minute and a half for the whole country (the test compares).
 */
export async function writeBranches(
	client: ClientBase,
	ownerUrl: string,
	units: readonly DemoUnit[],
	memoryMegabytes: number,
): Promise<void> {
	const taken = await takeOff(client, TABLES);
	await client.query("begin");
	await copyInto(client, "unit", { id: (unit) => unit.id, kind: (unit) => unit.kind }, units);
	await client.query("select setval(pg_get_serial_sequence('app.unit', 'id'), (select max(id) from app.unit))");
	await copyInto(
		client,
		"unit_spell",
		{
			unit_id: ({ unit }) => unit.id,
			during: ({ stay }) => `[${stay.from},${stay.to ?? ""})`,
			name: ({ unit }) => unit.name,
			title: () => "",
			parent_id: ({ stay }) => stay.parentId,
			decree: () => "",
			search_key: ({ unit }) => searchKey(unit.name),
		},
		units.flatMap((unit) => unit.stays.map((stay) => ({ unit, stay }))),
	);
	await client.query(
		`insert into app.unit_home (leaf_id, commune_id, during)
			select s.unit_id, s.parent_id, s.during from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'branch' where u.id >= $1`,
		[units[0]?.id],
	);
	await client.query(
		`insert into app.unit_scope (ancestor_id, unit_id, own)
			select s.unit_id, s.unit_id, true from app.unit_spell s where s.unit_id >= $1 and s.during @> calc.today()
			union all
			select p.ancestor_id, s.unit_id, p.own from app.unit_spell s join app.unit_scope p on p.unit_id = s.parent_id
			where s.unit_id >= $1 and s.during @> calc.today()`,
		[units[0]?.id],
	);
	await client.query("commit");
	await putOn(ownerUrl, taken, memoryMegabytes);
	await client.query("analyze app.unit, app.unit_spell, app.unit_home, app.unit_scope");
}
