import pg from "pg";
import { countryFolder, openCountry, SIZES } from "./country-place.ts";
import { atLeast, atMost, beside, type Row } from "./row.ts";

/** How fast the full country was made, as the database itself remembers, and how large it is. */
export async function run(): Promise<Row[]> {
	const database = await openCountry(SIZES.full);
	const owner = new pg.Client({ connectionString: database.ownerUrl });
	try {
		await owner.connect();
		const { rows } = await owner.query(
			`select (value -> 'seconds') as seconds, (value ->> 'members')::integer as members,
				pg_database_size(current_database()) / 1e9 as gigabytes from app.setting where name = 'country'`,
		);
		const { seconds, members, gigabytes } = rows[0];
		const load =
			seconds.plan +
			seconds.populations +
			seconds.units +
			seconds.members +
			seconds.names +
			seconds.headcounts +
			seconds.ledger;
		const all = Object.values(seconds as Record<string, number>).reduce((a, b) => a + b, 0);
		return [
			atLeast("members a second, streamed by COPY, ledger written", 100_000, members / load, "/s"),
			beside("members a second with every index, constraint and statistics", members / all, "/s"),
			beside("of it, indexes and constraints", seconds.indexes, "s"),
			atMost(`size of the database in ${countryFolder(SIZES.full)}`, 35, Number(gigabytes), "GB"),
		];
	} finally {
		// A client that never connected has nothing to end.
		await owner.end().catch(() => undefined);
		await database.close();
	}
}
