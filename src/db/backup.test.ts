import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import pg from "pg";
import { openTestDatabase } from "../../test/kit.ts";
import { Problem } from "../core/problem.ts";
import { backup, restore } from "./backup.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const folder = mkdtempSync(join(tmpdir(), "taphop-backup-"));
const file = join(folder, "tap-hop.backup");
const KEY = Buffer.alloc(32, 9);
const CODE = "mã khôi phục thử";
after(() => rmSync(folder, { recursive: true, force: true }));

/** A hash of every table's rows, so that "the same" needs no list of what matters. */
async function hashes(url: string): Promise<Record<string, string>> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows } = await client.query(
		"select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('app', 'auth') and tablename <> 'migration' order by 1",
	);
	const found: Record<string, string> = {};
	for (const { name } of rows) {
		const { rows: lines } = await client.query(`select t::text as line from ${name} t order by 1`);
		found[name] = createHash("sha256")
			.update(lines.map((row) => row.line).join("\n"))
			.digest("hex");
	}
	await client.end();
	return found;
}

/** An empty database beside the test's own. */
async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
	const name = `r_${Date.now().toString(36)}_${Math.random().toString(36).slice(2, 8)}`;
	await database.owner.query(`create database ${name} owner taphop_owner encoding 'UTF8' template template0`);
	const url = new URL(database.ownerUrl);
	url.pathname = `/${name}`;
	return { url: url.href, drop: async () => void (await database.owner.query(`drop database ${name} with (force)`)) };
}

const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

before(async () => {
	const branch = await database.branch("Chi hội thôn Đông", "00004");
	await database.owner.query("update app.unit_spell set name = E'Chi hội \\t thôn \\\\. “khó”\n' where unit_id = $1", [
		branch,
	]);
	await database.person("chair", "commune_chair", "00004");
	await backup(database.ownerUrl, KEY, file, CODE);
});

test("what is restored is what was saved, table by table, and the key with it", async () => {
	const target = await emptyDatabase();
	try {
		const { key, rows } = await restore(target.url, file, CODE);
		assert.deepEqual(key, KEY);
		assert.ok(rows > 30_000);
		const [was, is] = [await hashes(database.ownerUrl), await hashes(target.url)];
		assert.deepEqual(is, was);
		const client = new pg.Client({ connectionString: target.url });
		await client.connect();
		const { rows: next } = await client.query("insert into app.unit (kind) values ('branch') returning id");
		assert.ok(next[0].id > 10_000, "numbers go on after the last one");
		await client.end();
	} finally {
		await target.drop();
	}
});

test("another code, another file, a cut file: refused, and nothing is left behind", async () => {
	const cut = join(folder, "cut");
	writeFileSync(cut, readFileSync(file).subarray(0, -100));
	const other = join(folder, "other");
	writeFileSync(other, "%PDF-1.7 not a backup, and long enough to be one");
	const changed = join(folder, "changed");
	const bytes = readFileSync(file);
	bytes[bytes.length - 40] ^= 1;
	writeFileSync(changed, bytes);
	for (const [path, code, problem] of [
		[file, "mã khác", "backup.wrong_code"],
		[other, CODE, "backup.not_a_backup"],
		[cut, CODE, "backup.damaged"],
		[changed, CODE, "backup.damaged"],
		[join(folder, "missing"), CODE, "backup.file_missing"],
	]) {
		const target = await emptyDatabase();
		try {
			await assert.rejects(restore(target.url, path, code), refused(problem), `${path}: ${problem}`);
		} finally {
			await target.drop();
		}
	}
});

test("a folder that is not there: a sentence, no half file", async () => {
	const path = join(folder, "no", "such", "file");
	await assert.rejects(backup(database.ownerUrl, KEY, path, CODE), refused("backup.file_missing"));
	assert.equal(existsSync(path), false);
});
