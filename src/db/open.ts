import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { loadBuiltinUnits } from "../areas/units/store-builtin.ts";
import { Problem } from "../core/problem.ts";
import type { Database } from "./actor.ts";
import { openDatabase } from "./embedded.ts";
import { ensureDatabase, ensureOwnServer, ensureRoles, migrate, STANDING_ACCOUNTS } from "./migrate.ts";
import { openKysely, openPool } from "./pool.ts";
import { secretFile } from "./secret-file.ts";
import type { Settings } from "./settings.ts";
import { openVault, type Vault } from "./vault.ts";

/** Which of the two embedded databases a data folder serves. */
export type Mode = "real" | "demo";

/** A database ready for work, and how to let go of it. */
export interface OpenDatabase extends Database {
	mode: Mode;
	/** For migrations, loading and backup; nothing else may use it. */
	ownerUrl: string;
	/** The application login, with which sign-in opens a pool of its own. */
	loginUrl: string;
	/** Starts the embedded server again where it died; for others, does nothing. */
	revive(): Promise<void>;
	close(): Promise<void>;
}

/** Their names in the embedded PostgreSQL. */
export const DATABASE_OF: Record<Mode, string> = { real: "taphop", demo: "taphop_demo" };

/**
 * Opens the database of the settings: one's own PostgreSQL (`DATABASE_URL`) or the embedded one, migrated, with the
 * national units loaded. `firstMode` decides what an empty data folder becomes: the command line makes it real, `npm start`
 * a demo. `only` opens that one, whatever the folder serves. `size` bounds the connections.
 */
export async function openProgramDatabase(
	settings: Settings,
	firstMode: Mode,
	{ size = 10, only }: { size?: number; only?: Mode } = {},
): Promise<OpenDatabase> {
	const vault = openVault(settings.keyFile);
	if (settings.databaseUrl && settings.ownerUrl) {
		await ensureOwnServer(settings.ownerUrl, settings.databaseUrl);
		await prepare(settings.ownerUrl);
		await requireSameKey(settings.ownerUrl, vault);
		const pool = openPool(settings.databaseUrl, size);
		return {
			kysely: openKysely(pool),
			pool,
			vault,
			mode: "real",
			ownerUrl: settings.ownerUrl,
			loginUrl: settings.databaseUrl,
			revive: async () => undefined,
			close: async () => {
				if (!pool.ended) await pool.end();
			},
		};
	}
	const embedded = await openDatabase(settings.dataDir);
	try {
		const mode = only ?? currentMode(settings.dataDir, firstMode);
		const name = DATABASE_OF[mode];
		const password = secretFile(join(settings.dataDir, "login-password"));
		const ownerUrl = withDatabase(embedded.ownerUrl, name);
		if (!(await isPrepared(ownerUrl))) {
			await ensureRoles(embedded.ownerUrl, password);
			await ensureDatabase(embedded.ownerUrl, name);
		}
		await prepare(ownerUrl);
		await requireSameKey(ownerUrl, vault);
		const login = withLogin(ownerUrl, password);
		const pool = openPool(login, size);
		let closing: Promise<void> | undefined;
		const close = () => {
			closing ??= pool.end().then(() => embedded.close());
			return closing;
		};
		return {
			kysely: openKysely(pool),
			pool,
			vault,
			mode,
			ownerUrl,
			loginUrl: login,
			revive: () => embedded.revive(),
			room: () => embedded.room(),
			close,
		};
	} catch (error) {
		await embedded.close();
		throw error;
	}
}

/** Migrations, national units and the standing accounts; does nothing where all is there. */
export async function prepare(ownerUrl: string): Promise<void> {
	await migrate(ownerUrl);
	const client = new pg.Client({ connectionString: ownerUrl, options: "-c client_min_messages=warning" });
	await client.connect();
	try {
		await client.query("begin; set local role taphop_owner; select pg_advisory_xact_lock(7402)");
		await loadBuiltinUnits(client);
		await client.query(STANDING_ACCOUNTS);
		await client.query("commit");
	} finally {
		await client.end();
	}
}

/**
 * The key must be the one with which this database was first opened: under another, citizen IDs already there could neither be
 * read nor found again, and the same woman could be entered twice.
 */
async function requireSameKey(ownerUrl: string, vault: Vault): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("set role taphop_owner");
		const { rows } = await client.query<{ same: boolean }>(
			`with mark as (insert into app.setting (name, value) values ('key_mark', to_jsonb($1::text)) on conflict do nothing returning true)
				select coalesce((select value #>> '{}' = $1 from app.setting where name = 'key_mark'), true) as same`,
			[vault.fingerprint("key mark").toString("hex")],
		);
		if (!rows[0].same)
			throw new Problem(
				"key.wrong",
				500,
				"Khóa mã hóa không phải là khóa của cơ sở dữ liệu này. Hãy đặt lại đúng tệp khóa (TAPHOP_KEY_FILE).",
			);
	} finally {
		await client.end();
	}
}

/** Whether the database is there and the login may use it: what a second start finds. */
async function isPrepared(ownerUrl: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: ownerUrl });
	try {
		await client.connect();
		const { rows } = await client.query("select to_regclass('app.migration') is not null as there");
		return rows[0].there;
	} catch (error) {
		if ((error as { code?: string }).code === "3D000") return false;
		throw error;
	} finally {
		// A client that never connected has nothing to end; what went wrong is on its way already.
		await client.end().catch(() => undefined);
	}
}

/** The mode written in the data folder; the first to ask decides it. */
function currentMode(dataDir: string, first: Mode): Mode {
	const file = join(dataDir, "mode");
	if (!existsSync(file)) setMode(dataDir, first);
	return readFileSync(file, "utf8").trim() === "demo" ? "demo" : "real";
}

/** Changes what the data folder serves from the next start on. */
export function setMode(dataDir: string, mode: Mode): void {
	mkdirSync(dataDir, { recursive: true });
	writeFileSync(join(dataDir, "mode"), `${mode}\n`);
}

/** The same server's other database. */
export function withDatabase(url: string, name: string): string {
	const parsed = new URL(url);
	parsed.pathname = `/${name}`;
	return parsed.href;
}

function withLogin(ownerUrl: string, password: string): string {
	const parsed = new URL(ownerUrl);
	parsed.username = "taphop_login";
	parsed.password = password;
	return parsed.href;
}
