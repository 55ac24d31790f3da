import type pg from "pg";

/** A hash of every table's rows, by table: "nothing has changed" without a list of what matters. */
export async function stateOf(owner: pg.Pool): Promise<Record<string, string>> {
	const { rows } = await owner.query<{ name: string }>(
		"select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'auth') order by 1",
	);
	const each = rows.map(({ name }) => `select '${name}' as name, ${HASH} as hash from ${name} t`).join(" union all ");
	const found = await owner.query<{ name: string; hash: string }>(each);
	return Object.fromEntries(found.rows.map(({ name, hash }) => [name, hash]));
}

/** The order of rows does not matter, so it need not be made: the sum of the rows' hashes. */
const HASH = "count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)";
