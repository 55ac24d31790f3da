import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { GIVEN_ROLES, ROLES } from "../areas/access/rules.ts";
import { AREAS } from "../areas/order.ts";
import { Problem } from "../core/problem.ts";
import { OPERATOR_ID, SYSTEM_ID } from "./actor.ts";

const HERE = import.meta.dirname;
const AREAS_FOLDER = join(HERE, "../areas");
/** Any number: whoever migrates this cluster or database waits for whoever does so already. */
const ROLES_LOCK = 7400;

/** The numbered, forward-only migrations, in order. */
export function migrationFiles(): { number: number; name: string; text: string }[] {
	return readdirSync(join(HERE, "migrations"))
		.filter((name) => /^\d{4}_\w+\.sql$/.test(name))
		.sort()
		.map((name) => ({
			number: Number(name.slice(0, 4)),
			name,
			text: readFileSync(join(HERE, "migrations", name), "utf8"),
		}));
}

/** Functions and views of every area in order, then all policies: the whole truth now, re-created whole at each deploy. */
export function derivedSql(): string {
	const of = (kind: RegExp) =>
		AREAS.flatMap((area) =>
			readdirSync(join(AREAS_FOLDER, area))
				.filter((file) => kind.test(file))
				// views.sql before views-list.sql, which may use it.
				.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
				.map((file) => readFileSync(join(AREAS_FOLDER, area, file), "utf8")),
		).join("\n");
	return [of(/^views(-[\w-]+)?\.sql$/), GRANT_FUNCTIONS, of(/^policy\.sql$/), PROTECT_TABLES, rolesSql()].join("\n");
}

/** The roles of access/rules.ts as rows, so that program and policies never disagree. */
function rolesSql(): string {
	const rows = Object.entries(ROLES).flatMap(([role, { verbs }]) =>
		Object.entries(verbs).map(([verb, reach]) => `('${role}', '${verb}', ${reach === "below"})`),
	);
	const kinds = GIVEN_ROLES.flatMap((role) => ROLES[role].kinds.map((kind) => `('${role}', '${kind}')`));
	return `delete from app.role_verb;\ninsert into app.role_verb (role, verb, below) values\n${rows.join(",\n")};
delete from app.role_kind;\ninsert into app.role_kind (role, kind) values\n${kinds.join(",\n")};`;
}

/** The application may call every function of calc but those a policy.sql takes away again; nobody else may call any. */
const GRANT_FUNCTIONS = `revoke execute on all functions in schema calc from public;
grant execute on all functions in schema calc to taphop_user;`;

/** Makes the four roles of the cluster where they are missing; `loginPassword` sets that of `taphop_login`. */
export async function ensureRoles(ownerUrl: string, loginPassword: string | null): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("begin");
		await client.query("select pg_advisory_xact_lock($1)", [ROLES_LOCK]);
		for (const role of [
			"taphop_owner nologin",
			"taphop_user nologin",
			"taphop_auth nologin",
			"taphop_login login noinherit",
		]) {
			const name = role.split(" ")[0];
			const { rowCount } = await client.query("select from pg_roles where rolname = $1", [name]);
			if (!rowCount) await client.query(`create role ${role}`);
		}
		await client.query("grant taphop_user, taphop_auth to taphop_login");
		await client.query("grant taphop_owner to current_user");
		if (loginPassword !== null)
			await client.query(`alter role taphop_login password ${client.escapeLiteral(loginPassword)}`);
		await client.query("commit");
	} finally {
		await client.end();
	}
}

/**
 * For a PostgreSQL of one's own: the four roles, the right of `taphop_owner` to fill the database, and the application's login
 * as `databaseUrl` names it, made with its password where it is missing. The owner needs CREATEROLE and to own the database.
 */
export async function ensureOwnServer(ownerUrl: string, databaseUrl: string): Promise<void> {
	await requireFit(ownerUrl);
	await ensureRoles(ownerUrl, null);
	const { username, password } = new URL(databaseUrl);
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("begin");
		await client.query("select pg_advisory_xact_lock($1)", [ROLES_LOCK]);
		const login = decodeURIComponent(username);
		const { rows } = await client.query<{ there: boolean; member: boolean; may: boolean; name: string }>(
			`select exists (select from pg_roles where rolname = $1) as there, current_database() as name,
				has_database_privilege('taphop_owner', current_database(), 'create') as may,
				(select count(*) = 2 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
					where l.rolname = $1 and r.rolname in ('taphop_user', 'taphop_auth')) as member`,
			[login],
		);
		const [{ there, member, may, name }] = rows;
		const role = client.escapeIdentifier(login);
		if (!may) await client.query(`grant create on database ${client.escapeIdentifier(name)} to taphop_owner`);
		if (!there)
			await client.query(
				`create role ${role} login noinherit password ${client.escapeLiteral(decodeURIComponent(password))}`,
			);
		if (!member) await client.query(`grant taphop_user, taphop_auth to ${role}`);
		await client.query("commit");
	} finally {
		await client.end();
	}
}

async function requireFit(ownerUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		const { rows } = await client.query<{ version: number; encoding: string }>(
			"select current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding",
		);
		refuseUnfit(rows[0]);
	} finally {
		await client.end();
	}
}

/** @throws Problem `database.too_old`, `database.not_utf8`: said before anything is made there */
export function refuseUnfit({ version, encoding }: { version: number; encoding: string }): void {
	const major = Math.floor(version / 10_000);
	if (major < OLDEST)
		throw new Problem(
			"database.too_old",
			503,
			`Máy chủ cơ sở dữ liệu là PostgreSQL ${major}; cần PostgreSQL ${OLDEST} trở lên.`,
		);
	if (encoding !== "UTF8")
		throw new Problem(
			"database.not_utf8",
			503,
			`Cơ sở dữ liệu dùng bảng mã ${encoding}. Hãy tạo cơ sở dữ liệu khác với encoding 'UTF8' template template0.`,
		);
}

/** Views with `security_invoker` came with it; all tests of stores, access and imports were run on 15.18, too. */
const OLDEST = 15;

/** Makes the database where it is missing, UTF-8, owned by `taphop_owner`. Answers whether it was made now. */
export async function ensureDatabase(ownerUrl: string, name: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("select pg_advisory_lock($1)", [ROLES_LOCK]);
		const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
		if (rowCount) return false;
		await client.query(
			`create database ${client.escapeIdentifier(name)} owner taphop_owner encoding 'UTF8' template template0`,
		);
		return true;
	} finally {
		await client.end();
	}
}

/**
 * Brings a database up to this program: migrations not yet run, each in a transaction with its ledger row first; then
 * functions, views, policies and roles where they changed. A program older than its database refuses to run.
 * `ownerUrl` names the database to migrate; `upTo` stops at an older schema (restoring an old backup), without the functions.
 */
export async function migrate(ownerUrl: string, upTo = Number.POSITIVE_INFINITY): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl, options: "-c client_min_messages=warning" });
	await client.connect();
	try {
		await client.query("select pg_advisory_lock($1)", [ROLES_LOCK + 1]);
		await client.query("set role taphop_owner");
		await client.query("create schema if not exists app");
		await client.query(
			"create table if not exists app.migration (number integer primary key, name text not null, at timestamptz not null default now())",
		);
		await runMigrations(client, upTo);
		if (upTo === Number.POSITIVE_INFINITY) await applyDerived(client);
	} finally {
		await client.end();
	}
}

async function runMigrations(client: pg.Client, upTo: number): Promise<void> {
	const files = migrationFiles();
	const { rows } = await client.query<{ number: number }>("select number from app.migration");
	const done = new Set(rows.map((row) => row.number));
	const newest = Math.max(0, ...done);
	if (newest > (files.at(-1)?.number ?? 0))
		throw new Problem(
			"database.newer",
			503,
			`Cơ sở dữ liệu đã được nâng cấp (bước ${newest}) bởi một phiên bản mới hơn của chương trình. Hãy dùng phiên bản mới.`,
		);
	for (const file of files) {
		if (done.has(file.number) || file.number > upTo) continue;
		await client.query("begin");
		await client.query("insert into app.migration (number, name) values ($1, $2)", [file.number, file.name]);
		await client.query(file.text);
		await client.query("commit");
	}
}

async function applyDerived(client: pg.Client): Promise<void> {
	const text = derivedSql();
	const hash = createHash("sha256").update(text).update(String(migrationFiles().length)).digest("hex");
	const { rows } = await client.query("select value #>> '{}' as hash from app.setting where name = 'derived_hash'");
	if (rows[0]?.hash === hash) return;
	await client.query("begin");
	await client.query(
		"drop schema if exists calc cascade; create schema calc; grant usage on schema app, calc to taphop_user; grant usage on schema calc to taphop_auth",
	);
	await client.query(DROP_POLICIES);
	await client.query(text);
	await client.query(
		"insert into app.setting (name, value) values ('derived_hash', to_jsonb($1::text)) on conflict (name) do update set value = excluded.value",
		[hash],
	);
	await client.query("commit");
}

const DROP_POLICIES = `do $$ declare p record; begin
	for p in select policyname, tablename from pg_policies where schemaname = 'app' loop
		execute format('drop policy %I on app.%I', p.policyname, p.tablename);
	end loop;
	execute 'revoke all on all tables in schema app from taphop_user, taphop_auth';
end $$`;

/**
 * Every table: row-level security, forced, and the owner's own way in. A table nobody wrote a policy for is closed. Stands before
 * the roles are written: on a second deploy the owner, too, is under force.
 */
const PROTECT_TABLES = `do $$ declare t record; begin
	for t in select tablename from pg_tables where schemaname = 'app' loop
		execute format('alter table app.%I enable row level security', t.tablename);
		execute format('alter table app.%I force row level security', t.tablename);
		execute format('create policy owner_all on app.%I to taphop_owner using (true) with check (true)', t.tablename);
	end loop;
end $$;`;

/** Puts in the two accounts that are not people, once the centre exists. */
export const STANDING_ACCOUNTS = `
	insert into app.account (id, username, display_name, unit_id)
		select v.id::uuid, v.username, v.name, u.id
		from (values ('${OPERATOR_ID}', 'operator', 'Người vận hành tại máy chủ'), ('${SYSTEM_ID}', 'system', 'Hệ thống')) v(id, username, name),
			app.unit u where u.kind = 'centre'
	on conflict do nothing;
	insert into app.account_role (account_id, role, unit_id)
		select a.id, a.username, a.unit_id from app.account a where a.username in ('operator', 'system')
	on conflict do nothing`;
