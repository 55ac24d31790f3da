import assert from "node:assert/strict";
import { test } from "node:test";
import { migrate } from "../src/db/migrate.ts";
import { NAMED_CONSTRAINTS } from "../src/db/problems.ts";
import { openTestDatabase } from "./kit.ts";

const { owner, ownerUrl } = await openTestDatabase({ today: "2026-11-22" });

/** What is wrong, as lines; every test here wants none. */
async function lines(text: string): Promise<string[]> {
	const { rows } = await owner.query<{ line: string }>(text);
	return rows.map((row) => row.line);
}

test("every table has row-level security, forced, and the owner's policy", async () => {
	const open = await lines(`select c.relname as line from pg_class c
		where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity
			and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'owner_all'
				and p.polroles = array['taphop_owner'::regrole::oid] and p.polcmd = '*'))`);
	assert.deepEqual(open, []);
});

test("every view asks with the rights of whoever reads it", async () => {
	const open = await lines(`select c.relname as line from pg_class c
		where c.relnamespace in ('app'::regnamespace, 'calc'::regnamespace) and c.relkind in ('v', 'm')
			and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker'], false)`);
	assert.deepEqual(open, []);
});

/** Foreign keys without such an index, each with what makes one needless. */
const BARE_KEYS = [
	// No account is ever deleted (asked below), and nothing is looked up by these.
	"app.command.command_account_fkey",
	"app.person.person_created_by_fkey",
	// The few spells of one person are found by spell_counting_order_once, which begins with her.
	"app.spell.spell_counting_first_fkey",
	"app.spell.spell_person_fkey",
];

test("every foreign key has an index that begins with its columns", async () => {
	const bare = await lines(`select format('%s.%s', c.conrelid::regclass, c.conname) as line from pg_constraint c
		where c.contype = 'f' and c.connamespace in ('app'::regnamespace, 'auth'::regnamespace)
			and not exists (select from pg_index i where i.indrelid = c.conrelid
				and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] operator(pg_catalog.@>) c.conkey)
		order by 1`);
	assert.deepEqual(bare, BARE_KEYS);
	const deleting = await lines(`select p.oid::regprocedure::text as line from pg_proc p
		where p.pronamespace = 'calc'::regnamespace and p.prosrc ~ 'delete from app\\.account\\M(?!_)'
		union all select 'taphop_user' where has_table_privilege('taphop_user', 'app.account', 'delete')`);
	assert.deepEqual(deleting, []);
});

test("constraints are named after their table and what they ask", async () => {
	const odd = await lines(`select format('%s on %s', c.conname, t.relname) as line
		from pg_constraint c join pg_class t on t.oid = c.conrelid
		where c.connamespace = 'app'::regnamespace and c.contype <> 'n' and t.relname <> 'migration'
			and (not starts_with(c.conname, t.relname || '_') or c.conname !~ case c.contype when 'p' then '_pkey$' when 'f' then '_fkey$' else '^[a-z_0-9]+$' end
				or c.conname ~ '_(check|key|excl)[0-9]*$')`);
	assert.deepEqual(odd, []);
});

test("a constraint with a sentence of its own exists", async () => {
	const known = new Set([
		...(await lines(`select conname as line from pg_constraint where connamespace = 'app'::regnamespace`)),
		...(await lines(`select indexname as line from pg_indexes where schemaname = 'app'`)),
	]);
	assert.deepEqual(
		NAMED_CONSTRAINTS.filter((name) => !known.has(name)),
		[],
	);
});

test("functions that run as the owner look names up nowhere but in pg_catalog", async () => {
	const loose = await lines(`select p.oid::regprocedure::text as line from pg_proc p
		where p.pronamespace in ('app'::regnamespace, 'calc'::regnamespace, 'auth'::regnamespace) and p.prosecdef
			and not coalesce('search_path=pg_catalog' = any(p.proconfig), false)`);
	assert.deepEqual(loose, []);
});

test("nobody but the application and sign-in may call a function, and each only its own", async () => {
	const open = await lines(`select p.oid::regprocedure::text as line from pg_proc p
		where p.pronamespace = 'calc'::regnamespace and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)`);
	assert.deepEqual(open, []);
	const ofSignIn = await lines(`select p.proname as line from pg_proc p
		where p.pronamespace = 'calc'::regnamespace and has_function_privilege('taphop_auth', p.oid, 'execute') order by 1`);
	assert.deepEqual(ofSignIn, [
		"accept_invitation",
		"account_of",
		"audit_sign_in",
		"device_of",
		"device_used",
		"forget_device",
		"invited_name",
		"password_changed",
		"try_device",
	]);
	const shared = await lines(`select p.proname as line from pg_proc p where p.pronamespace = 'calc'::regnamespace
		and has_function_privilege('taphop_auth', p.oid, 'execute') and has_function_privilege('taphop_user', p.oid, 'execute')`);
	assert.deepEqual(shared, []);
});

test("the application reaches nothing of sign-in, sign-in no table of the application", async () => {
	const rights = (role: string, schema: string) => `select format('%s: %s', c.oid::regclass, right_) as line
		from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) right_
		where c.relnamespace = '${schema}'::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
			and (has_any_column_privilege('${role}', c.oid, right_) or has_table_privilege('${role}', c.oid, 'DELETE, TRUNCATE'))
			and c.relkind <> 'S'`;
	assert.deepEqual(await lines(rights("taphop_user", "auth")), []);
	assert.deepEqual(await lines(rights("taphop_auth", "app")), []);
	const usage =
		await lines(`select format('%s in %s', r, s) as line from unnest(array['taphop_user', 'taphop_auth', 'taphop_login']) r,
		unnest(array['app', 'auth', 'calc']) s where has_schema_privilege(r, s, 'usage') order by 1`);
	assert.deepEqual(usage, ["taphop_auth in auth", "taphop_auth in calc", "taphop_user in app", "taphop_user in calc"]);
});

test("the login itself reads nothing; it can only become the application or sign-in", async () => {
	const own = await lines(`select c.oid::regclass::text as line from pg_class c
		where c.relnamespace in ('app'::regnamespace, 'auth'::regnamespace) and c.relkind in ('r', 'p', 'v')
			and exists (select from aclexplode(c.relacl) a where a.grantee in (0, 'taphop_login'::regrole))`);
	assert.deepEqual(own, []);
	const roles = await lines(
		`select m.roleid::regrole::text as line from pg_auth_members m where m.member = 'taphop_login'::regrole order by 1`,
	);
	assert.deepEqual(roles, ["taphop_auth", "taphop_user"]);
});

test("the rows of a person who is nobody are none", async () => {
	const client = await owner.connect();
	try {
		await client.query("begin; set local role taphop_user");
		for (const table of await lines(`select c.oid::regclass::text as line from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
			and has_table_privilege('taphop_user', c.oid, 'SELECT')`)) {
			const { rows } = await client.query(`select count(*)::int as n from ${table}`);
			const common = ["role_verb", "role_kind", "setting", "term", "population_source", "ledger_horizon"];
			if (!common.some((name) => table.endsWith(name))) assert.equal(rows[0].n, 0, table);
		}
	} finally {
		await client.query("rollback");
		client.release();
	}
});

test("policies and functions are made anew on a database in use", async () => {
	await owner.query(`update app.setting set value = '"older"' where name = 'derived_hash'`);
	await migrate(ownerUrl);
	assert.deepEqual(await lines("select value #>> '{}' as line from app.setting where value = '\"older\"'"), []);
});
