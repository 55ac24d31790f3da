import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { dumpSchema } from "./dump.ts";

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
