import { createWriteStream, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Day } from "../src/core/day.ts";
import type { OpenDatabase } from "../src/db/open.ts";
import { beside, median, medianTime, type Row } from "./row.ts";

/** What DuckDB gets: each member's periods already cut by commune, the best case for a scan. */
const SEGMENTS = `copy (select h.commune_id, lower(r * h.during), upper(r * h.during)
	from app.spell s cross join unnest(s.counts) r join app.unit_home h on h.leaf_id = s.leaf_id and h.during && r) to stdout (format csv)`;

/** The same members in a columnar engine: one scan of all of them a day, on all cores. */
export async function compareWithDuckDb(database: OpenDatabase, days: readonly Day[], ledger: number): Promise<Row[]> {
	const file = join(tmpdir(), `taphop-bench-${process.pid}.csv`);
	const instance = await DuckDBInstance.create(":memory:");
	const connection = await instance.connect();
	try {
		await exportSegments(database.ownerUrl, file);
		await connection.run(
			`create table segment as select * from read_csv('${file}', header = false, columns = {'commune': 'integer', 'since': 'date', 'until': 'date'})`,
		);
		const times: number[] = [];
		for (const day of days)
			times.push(
				await medianTime(() =>
					connection.runAndReadAll(
						`select commune, count(*) from segment where since <= date '${day}' and (until is null or until > date '${day}') group by commune`,
					),
				),
			);
		const time = median(times);
		return [
			beside("DuckDB scanning the same members", time, "ms"),
			beside("  the ledger against it", time / ledger, "×"),
		];
	} finally {
		connection.closeSync();
		instance.closeSync();
		rmSync(file, { force: true });
	}
}

async function exportSegments(ownerUrl: string, file: string): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await pipeline(client.query(copyTo(SEGMENTS)), createWriteStream(file));
	} finally {
		await client.end();
	}
}
