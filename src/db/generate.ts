import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { dumpSchema } from "./dump.ts";
import { openDatabase } from "./embedded.ts";
import { ensureDatabase, ensureRoles, migrate } from "./migrate.ts";

const TYPES = join(import.meta.dirname, "types.gen.ts");
const SCHEMA = join(import.meta.dirname, "schema.sql");

/** The two generated files, made from a migrated database: Kysely's types and the schema a review sees change. */
export async function generated(url: string): Promise<{ types: string; schema: string }> {
	const codegen = join(import.meta.dirname, "../../node_modules/kysely-codegen/dist/cli/bin.js");
	const types = execFileSync(
		process.execPath,
		[
			codegen,
			"--dialect",
			"postgres",
			"--default-schema",
			"app",
			"--include-pattern",
			"app.*",
			"--date-parser",
			"string",
			"--type-mapping",
			'{"timestamptz":"string","daterange":"string","datemultirange":"string"}',
			"--url",
			url,
			"--print",
			"--log-level",
			"silent",
		],
		{ encoding: "utf8" },
	);
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		return { types: `${types.trim()}\n`, schema: await dumpSchema(client) };
	} finally {
		await client.end();
	}
}

/** True where the committed files are what the migrations make. */
export async function generatedIsCurrent(url: string): Promise<boolean> {
	const made = await generated(url);
	return made.types === readFileSync(TYPES, "utf8") && made.schema === readFileSync(SCHEMA, "utf8");
}

/** Writes both files anew. */
export async function writeGenerated(url: string): Promise<void> {
	const made = await generated(url);
	writeFileSync(TYPES, made.types);
	writeFileSync(SCHEMA, made.schema);
}

/** `npm run generate`: migrates a new database in the embedded PostgreSQL of a folder of its own and writes both files. */
if (import.meta.main) {
	const folder = mkdtempSync(join(tmpdir(), "taphop-generate-"));
	const cluster = await openDatabase(folder, { sync: false });
	try {
		await ensureRoles(cluster.ownerUrl, null);
		await ensureDatabase(cluster.ownerUrl, "generated");
		const url = new URL(cluster.ownerUrl);
		url.pathname = "/generated";
		await migrate(url.href);
		await writeGenerated(url.href);
	} finally {
		await cluster.close();
		rmSync(folder, { recursive: true, force: true });
	}
}
