import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import pg from "pg";
import type { Role } from "../src/areas/access/rules.ts";
import { uuidv7 } from "../src/core/id.ts";
import type { Problem } from "../src/core/problem.ts";
import { type Actor, asActor, type Database, OPERATOR_ID, type Work } from "../src/db/actor.ts";
import { openDatabase } from "../src/db/embedded.ts";
import { derivedSql, ensureDatabase, ensureRoles, migrationFiles } from "../src/db/migrate.ts";
import { prepare } from "../src/db/open.ts";
import { openPool } from "../src/db/pool.ts";
import { vaultOf } from "../src/db/vault.ts";
import { call } from "../src/server/call.ts";

/** A database of a test file's own: cloned from a template with the national units in it, gone when the file is done. */
export interface TestDatabase extends Database {
	url: string;
	ownerUrl: string;
	/** SQL as the owner, for arranging and for looking behind the policies. */
	owner: pg.Pool;
	/** The local operator. */
	operator: Actor;
	/** Runs a command as a person, as HTTP and the command line do. */
	// biome-ignore lint/suspicious/noExplicitAny: tests look at answers freely; the contract has checked their shape.
	call<T = any>(actor: Actor, name: string, input?: unknown, commandId?: string): Promise<T>;
	/** One transaction as a person. */
	as<T>(actor: Actor, fn: (work: Work) => Promise<T>): Promise<T>;
	/** The id of the unit that bore a code on a day ("VN" the centre). */
	unit(code: string, on?: string): Promise<number>;
	/** A named person with a role at a unit (code as of `on`). */
	person(username: string, role: Role, code: string, on?: string): Promise<Actor>;
	/** Everything worked out again from the rows is what the ledger has. */
	verified(): Promise<void>;
	/** Lets go of what a test opened on this database, before the database goes. */
	beforeClose(close: () => Promise<unknown>): void;
	/** A branch under the commune that bears the code on the day; its unit id. */
	branch(name: string, code: string, on?: string): Promise<number>;
}

/** For assert.rejects: the Problem of this code. */
export const refused = (code: string) => (error: Problem) => {
	assert.equal(error.code, code, error.message);
	return true;
};

const PASSWORD = "test-login";
const PROJECT = join(import.meta.dirname, "..");
const UNITS = join(PROJECT, "src/areas/units");

/** Where the test cluster of this checkout lives; apart from TAPHOP_DATA and from every other checkout. */
export function testFolder(): string {
	const folder = join(tmpdir(), `taphop-test-${createHash("sha256").update(PROJECT).digest("hex").slice(0, 10)}`);
	mkdirSync(folder, { recursive: true });
	return folder;
}

const SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** Opens a database for this test file. `today` is the day every actor made here sees. */
export async function openTestDatabase(options: { today?: string; empty?: boolean } = {}): Promise<TestDatabase> {
	const cluster = await openDatabase(testFolder(), { settings: SETTINGS, sync: false });
	const template = await makeTemplate(cluster.ownerUrl);
	const name = `t_${uuidv7().replaceAll("-", "")}`;
	const admin = new pg.Client({ connectionString: cluster.ownerUrl });
	await admin.connect();
	await admin.query("select pg_advisory_lock(7499)");
	await admin.query(`create database ${name} template ${template} owner taphop_owner`);
	await admin.query("select pg_advisory_unlock(7499)");
	const ownerUrl = urlOf(cluster.ownerUrl, name);
	const url = urlOf(cluster.ownerUrl, name, "taphop_login", PASSWORD);
	const pool = openPool(url, 6);
	const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
	owner.on("error", () => undefined);
	const closing: (() => Promise<unknown>)[] = [];
	after(async () => {
		for (const close of closing) await close();
		await pool.end();
		await owner.end();
		await settle(admin, name);
		await admin.query(`drop database if exists ${name} with (force)`);
		await admin.end();
		await cluster.close();
	});
	const database: Database = { pool, vault: vaultOf(Buffer.alloc(32, 7)) };
	const operator: Actor = { accountId: OPERATOR_ID, today: options.today };
	const unit = async (code: string, on = options.today ?? new Date().toISOString().slice(0, 10)) => {
		const { rows } = await owner.query("select unit_id from app.unit_spell where code = $1 and during @> $2::date", [
			code,
			on,
		]);
		if (rows.length !== 1) throw new Error(`${rows.length} units bear ${code} on ${on}`);
		return rows[0].unit_id as number;
	};
	return {
		...database,
		url,
		ownerUrl,
		owner,
		operator,
		unit,
		call: (actor, command, input, commandId) => call(database, actor, command, input, commandId) as Promise<never>,
		as: (actor, fn) => asActor(database, actor, fn),
		async verified() {
			assert.deepEqual((await owner.query("select * from calc.verify()")).rows, []);
		},
		beforeClose: (close) => closing.push(close),
		async person(username, role, code, on) {
			const id = uuidv7();
			const unitId =
				code === ""
					? null
					: /^\d+$/.test(code) || code === "VN" || code.startsWith("CUM")
						? await unit(code, on)
						: Number(code.slice(1));
			await owner.query("insert into app.account (id, username, display_name, unit_id) values ($1, $2, $2, $3)", [
				id,
				username,
				unitId,
			]);
			await owner.query("insert into app.account_role (account_id, role, unit_id) values ($1, $2, $3)", [
				id,
				role,
				unitId,
			]);
			return { accountId: id, today: options.today };
		},
		async branch(branchName, code, on) {
			const made = (await call(database, operator, "units.add", {
				parentId: await unit(code, on),
				kind: "branch",
				name: branchName,
			})) as { id: number };
			return made.id;
		},
	};
}

/** Waits until those who have let go are gone: a connection thrown out while it says goodbye would end the test process. */
async function settle(admin: pg.Client, name: string): Promise<void> {
	for (let n = 0; n < 50; n += 1) {
		const { rows } = await admin.query(
			"select from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
			[name],
		);
		if (rows.length === 0) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** The template of this version of migrations, policies and built-in units, made once and cloned by every file. */
async function makeTemplate(clusterUrl: string): Promise<string> {
	const name = `template_${templateHash()}`;
	const admin = new pg.Client({ connectionString: clusterUrl });
	await admin.connect();
	try {
		await admin.query("select pg_advisory_lock(7498)");
		const { rows } = await admin.query("select datistemplate from pg_database where datname = $1", [name]);
		if (rows[0]?.datistemplate) return name;
		if (rows[0]) await admin.query(`drop database ${name} with (force)`);
		const old = await admin.query(
			"select datname from pg_database where datname like 'template\\_%' and datname not in ('template0', 'template1')",
		);
		for (const { datname } of old.rows) {
			await admin.query(`alter database ${datname} is_template false`);
			await admin.query(`drop database ${datname} with (force)`);
		}
		await ensureRoles(clusterUrl, PASSWORD);
		await ensureDatabase(clusterUrl, name);
		await prepare(urlOf(clusterUrl, name));
		await admin.query(`alter database ${name} is_template true`);
		return name;
	} finally {
		await admin.end();
	}
}

function templateHash(): string {
	const hash = createHash("sha256");
	for (const file of migrationFiles()) hash.update(file.text);
	hash.update(derivedSql());
	for (const file of readdirSync(UNITS))
		if (/^(import|store-builtin).*(?<!\.test)\.ts$/.test(file)) hash.update(readFileSync(join(UNITS, file)));
	return hash.digest("hex").slice(0, 16);
}

function urlOf(base: string, database: string, user?: string, password?: string): string {
	const url = new URL(base);
	url.pathname = `/${database}`;
	if (user) url.username = user;
	if (password) url.password = password;
	return url.href;
}
