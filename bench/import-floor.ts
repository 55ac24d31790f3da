import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { OPERATOR_ID } from "../src/db/actor.ts";

/** The tables a new member stands in, parents first, and which of their rows an import made. */
const TABLES: Record<string, string> = {
	person: "x.id in (select person_id from app.spell where import_id = $1)",
	spell: "x.import_id = $1",
	residence: "x.spell_id in (select id from app.spell where import_id = $1)",
	national_id: "x.person_id in (select person_id from app.spell where import_id = $1)",
};

/** The columns of a table that can be written. */
async function columnsOf(owner: pg.ClientBase, table: string): Promise<string> {
	const { rows } = await owner.query<{ columns: string }>(
		`select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns from information_schema.columns
			where table_schema = 'app' and table_name = $1 and is_generated = 'NEVER'`,
		[table],
	);
	return rows[0]?.columns ?? "";
}

/** Keeps the rows an import made as files in COPY's own format: what the bare floor then loads. Answers the branches it made. */
export async function keepRows(owner: pg.ClientBase, importId: string, folder: string): Promise<number[]> {
	for (const [table, condition] of Object.entries(TABLES)) {
		const columns = await columnsOf(owner, table);
		const query = `copy (select ${columns} from app.${table} x where ${condition.replace("$1", `'${importId}'`)}) to stdout`;
		await pipeline(owner.query(copyTo(query)), createWriteStream(join(folder, table)));
	}
	const { rows } = await owner.query<{ branches: number[] }>("select branches from app.import where id = $1", [
		importId,
	]);
	return rows[0]?.branches ?? [];
}

/**
 * The floor: the server copies the kept rows into the same tables, with every index and constraint on, as their owner, on one
 * connection. Seconds; nothing stays.
 */
export async function copySeconds(owner: pg.ClientBase, folder: string, branches: number[]): Promise<number> {
	await owner.query("begin");
	try {
		// The import's own branches went with it.
		await owner.query(
			"insert into app.unit (id, kind) overriding system value select b, 'branch' from unnest($1::integer[]) b on conflict do nothing",
			[branches],
		);
		const began = performance.now();
		for (const table of Object.keys(TABLES))
			await owner.query(`copy app.${table} (${await columnsOf(owner, table)}) from '${join(folder, table)}'`);
		await owner.query("set constraints all immediate");
		return (performance.now() - began) / 1000;
	} finally {
		await owner.query("rollback");
	}
}

/** Takes an import away without looking at what may hang on its women: nothing does, and foreign keys asked row by row take minutes. */
export async function takeAway(owner: pg.ClientBase, importId: string): Promise<void> {
	await owner.query("select set_config('app.account', $1, false)", [OPERATOR_ID]);
	await owner.query("set session_replication_role = replica");
	await owner.query("select calc.remove_imported($1, '{}')", [importId]);
	await owner.query("reset session_replication_role");
	await owner.query("select calc.remove_empty_branches($1)", [importId]);
	await owner.query("update app.import set state = 'undone' where id = $1", [importId]);
}

/** Leaves the tables as they were before rows came and went. */
export async function sweep(owner: pg.ClientBase): Promise<void> {
	for (const table of [...Object.keys(TABLES), "import_row", "import_block", "day_delta", "ledger_sum"])
		await owner.query(`vacuum app.${table}`);
}
