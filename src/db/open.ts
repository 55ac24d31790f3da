import { join } from "node:path";
import pg from "pg";
import { loadBuiltinUnits } from "../areas/units/store-builtin.ts";
import { Problem } from "../core/problem.ts";
import { type Database, SYSTEM_ID } from "./actor.ts";
import { setDemoAside, settleChange } from "./change-over.ts";
import { openDatabase } from "./embedded.ts";
import { markOf, moveKeyIn, openVaultOf } from "./keys.ts";
import { ensureDatabase, ensureOwnServer, ensureRoles, migrate, STANDING_ACCOUNTS } from "./migrate.ts";
import { currentMode, DATABASE_OF, type Mode, withDatabase } from "./mode.ts";
import { openPool } from "./pool.ts";
import { requireFilled } from "./put-back-own.ts";
import type { Settings } from "./settings.ts";
import type { Vault } from "./vault.ts";
import { secretFile } from "./whole-file.ts";

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

/** How a database is opened. */
export interface Opening {
	/** Bounds the connections; default 10. */
	size?: number;
	/** Opens that one, whatever the data folder serves. */
	only?: Mode;
	/** Gets what a person at the terminal should read. */
	say?(line: string): void;
}

/**
 * Opens the database of the settings: one's own PostgreSQL (`DATABASE_URL`) or the embedded one, migrated, with the
 * national units loaded and the key that belongs to it. `firstMode` decides what an empty data folder becomes: the command line
 * makes it real, `npm start` a demo.
 */
export async function openProgramDatabase(
	settings: Settings,
	firstMode: Mode,
	opening: Opening = {},
): Promise<OpenDatabase> {
	return settings.databaseUrl && settings.ownerUrl
		? openOwn(settings, settings.databaseUrl, settings.ownerUrl, opening)
		: openEmbedded(settings, firstMode, opening);
}

async function openOwn(
	settings: Settings,
	loginUrl: string,
	ownerUrl: string,
	{ size }: Opening,
): Promise<OpenDatabase> {
	await ensureOwnServer(ownerUrl, loginUrl);
	await requireFilled(ownerUrl);
	await prepare(ownerUrl);
	const vault = await openRealVault(ownerUrl, settings.keyFile);
	const pool = openPool(loginUrl, size);
	return {
		pool,
		vault,
		mode: "real",
		ownerUrl,
		loginUrl,
		revive: async () => undefined,
		close: async () => {
			if (!pool.ended) await pool.end();
		},
	};
}

async function openEmbedded(settings: Settings, firstMode: Mode, { size, only, say }: Opening): Promise<OpenDatabase> {
	const embedded = await openDatabase(settings.dataDir);
	try {
		await settleChange(embedded.ownerUrl, settings.dataDir);
		const mode = only ?? currentMode(settings.dataDir, firstMode);
		const password = secretFile(join(settings.dataDir, "login-password"));
		const ownerUrl = await prepareEmbedded(embedded.ownerUrl, DATABASE_OF[mode], password);
		const vault =
			mode === "demo"
				? await openDemoVault(embedded.ownerUrl, settings.keyFile, password, say)
				: await openRealVault(ownerUrl, settings.keyFile);
		const loginUrl = withLogin(ownerUrl, password);
		const pool = openPool(loginUrl, size);
		let closing: Promise<void> | undefined;
		const close = () => {
			closing ??= pool.end().then(() => embedded.close());
			return closing;
		};
		return {
			pool,
			vault,
			mode,
			ownerUrl,
			loginUrl,
			revive: () => embedded.revive(),
			room: () => embedded.room(),
			close,
		};
	} catch (error) {
		await embedded.close();
		throw error;
	}
}

/** Sees that the embedded database of this name is there, migrated and with its units. Answers the owner's way to it. */
async function prepareEmbedded(serverUrl: string, name: string, password: string): Promise<string> {
	const ownerUrl = withDatabase(serverUrl, name);
	if (!(await isPrepared(ownerUrl))) {
		await ensureRoles(serverUrl, password);
		await ensureDatabase(serverUrl, name);
	}
	await prepare(ownerUrl);
	return ownerUrl;
}

/** The real database's key stands in the key file, where the README says a copy is to be taken of it. */
async function openRealVault(ownerUrl: string, keyFile: string): Promise<Vault> {
	const vault = await openVaultOf(ownerUrl, keyFile);
	moveKeyIn(keyFile, markOf(vault));
	return vault;
}

/**
 * The demo's own key. Where that is gone (somebody brought another key file), nothing real is lost: the old demo is kept under
 * another name, in case the key comes back, and a new one takes its place.
 */
async function openDemoVault(
	serverUrl: string,
	keyFile: string,
	password: string,
	say: Opening["say"],
): Promise<Vault> {
	const ownerUrl = withDatabase(serverUrl, DATABASE_OF.demo);
	try {
		return await openVaultOf(ownerUrl, keyFile);
	} catch (error) {
		if (!(error instanceof Problem && error.code === "key.wrong")) throw error;
		const kept = await setDemoAside(serverUrl);
		say?.(`Khóa của bản minh họa cũ không còn: bản cũ được giữ dưới tên “${kept}”, một bản minh họa mới được tạo.`);
		return openVaultOf(await prepareEmbedded(serverUrl, DATABASE_OF.demo, password), keyFile);
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
		await client.query("select calc.record_builtin($1)", [SYSTEM_ID]);
		await client.query("commit");
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

function withLogin(ownerUrl: string, password: string): string {
	const parsed = new URL(ownerUrl);
	parsed.username = "taphop_login";
	parsed.password = password;
	return parsed.href;
}
