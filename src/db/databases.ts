import pg from "pg";
import { Problem } from "../core/problem.ts";
import { announce, changeOver, changingAlone, stampNow } from "./change-over.ts";
import { openDatabase } from "./embedded.ts";
import { findKey, forgetKey, moveKeyIn, readMark } from "./keys.ts";
import { currentMode, DATABASE_OF, withDatabase } from "./mode.ts";
import type { Settings } from "./settings.ts";

/** A database of the embedded server. */
export interface StoredDatabase {
	name: string;
	/** `kept`: it gave way to another, at a restore or because the demo's key was gone. */
	kind: "real" | "demo" | "kept";
	/** Whether it is the one the data folder serves. */
	serving: boolean;
	bytes: number;
	/** When it was put aside; null for those in their place. */
	keptAt: string | null;
	/** Whether its key is at hand: without it the citizen IDs in it cannot be read. */
	hasKey: boolean;
}

/** All databases of the data folder: those in use first, then those kept, the newest first. */
export function listDatabases(settings: Settings): Promise<StoredDatabase[]> {
	return withServer(settings, (admin, serverUrl) => list(admin, serverUrl, settings));
}

/**
 * Removes a database that was kept, or the demo once real use has begun; for good, with its key where no other database needs it.
 *
 * @throws Problem `database.unknown`, `database.in_use`
 */
export function removeDatabase(settings: Settings, name: string): Promise<StoredDatabase> {
	return withServer(settings, async (admin, serverUrl) => {
		const all = await list(admin, serverUrl, settings);
		const found = requireNamed(all, name);
		if (found.kind === "real" || found.serving)
			throw new Problem("database.in_use", 409, `“${name}” đang được dùng nên không xóa được.`);
		const mark = await readMark(withDatabase(serverUrl, name));
		await admin.query(`drop database ${admin.escapeIdentifier(name)}`).catch((error) => {
			throw error.code === "55006"
				? new Problem("database.in_use", 409, `“${name}” đang được dùng nên không xóa được.`)
				: error;
		});
		if (mark && !(await isNeeded(all, name, mark, serverUrl))) forgetKey(settings.keyFile, mark);
		return found;
	});
}

async function isNeeded(all: StoredDatabase[], gone: string, mark: string, serverUrl: string): Promise<boolean> {
	for (const { name } of all)
		if (name !== gone && (await readMark(withDatabase(serverUrl, name))) === mark) return true;
	return false;
}

/**
 * Makes a database that was kept the real one again, with its key; the one in its place is kept in turn. Answers the new name of that.
 *
 * @throws Problem `database.unknown`, `database.not_kept`, `key.wrong`, `restore.in_use`, `restore.running`
 */
export function putInUse(settings: Settings, name: string): Promise<{ kept: string | null }> {
	return withServer(settings, (admin, serverUrl) =>
		changingAlone(admin, settings.dataDir, async () => {
			const all = await list(admin, serverUrl, settings);
			if (requireNamed(all, name).kind !== "kept" || name.startsWith(DATABASE_OF.demo))
				throw new Problem("database.not_kept", 409, `“${name}” không phải là dữ liệu thật đã được giữ lại.`);
			const mark = await readMark(withDatabase(serverUrl, name));
			if (mark && !findKey(settings.keyFile, mark))
				throw new Problem("key.wrong", 409, `Không thấy khóa của “${name}”. Hãy chép khóa đó vào cạnh tệp khóa.`);
			const stamp = stampNow();
			const kept = all.some(({ kind }) => kind === "real") ? `taphop_before_${stamp}` : null;
			announce(settings.dataDir, stamp);
			await changeOver(admin, settings.dataDir, stamp, { from: name, kept });
			if (mark) moveKeyIn(settings.keyFile, mark);
			return { kept };
		}),
	);
}

function requireNamed(all: StoredDatabase[], name: string): StoredDatabase {
	const found = all.find((one) => one.name === name);
	if (found) return found;
	throw new Problem("database.unknown", 404, `Không có cơ sở dữ liệu “${name}”. Xem tên bằng: taphop databases list.`);
}

async function list(admin: pg.Client, serverUrl: string, settings: Settings): Promise<StoredDatabase[]> {
	const { rows } = await admin.query<{ name: string; bytes: string }>(
		`select datname as name, pg_database_size(oid) as bytes from pg_database
			where datname in ($1, $2) or datname ~ '^taphop(_demo)?_before_[0-9]{17}$'
			order by datname ~ '_before_', substring(datname from '[0-9]{17}$') desc, datname`,
		[DATABASE_OF.real, DATABASE_OF.demo],
	);
	const serving = rows.some(({ name }) => name === DATABASE_OF.demo) ? currentMode(settings.dataDir, "real") : "real";
	const found: StoredDatabase[] = [];
	for (const { name, bytes } of rows) {
		const kind = name === DATABASE_OF.real ? "real" : name === DATABASE_OF.demo ? "demo" : "kept";
		const mark = await readMark(withDatabase(serverUrl, name));
		found.push({
			name,
			kind,
			serving: kind === serving,
			bytes: Number(bytes),
			keptAt: kind === "kept" ? momentOf(name.slice(-17)) : null,
			hasKey: mark === null || findKey(settings.keyFile, mark) !== undefined,
		});
	}
	return found;
}

/** 20261122174359123 → 2026-11-22T17:43:59.123Z */
function momentOf(stamp: string): string {
	return stamp.replace(/^(....)(..)(..)(..)(..)(..)(...)$/, "$1-$2-$3T$4:$5:$6.$7Z");
}

async function withServer<T>(settings: Settings, fn: (admin: pg.Client, url: string) => Promise<T>): Promise<T> {
	if (settings.databaseUrl)
		throw new Problem(
			"database.own_server",
			409,
			"Với PostgreSQL riêng (DATABASE_URL), các cơ sở dữ liệu do người quản trị máy chủ đó trông coi.",
		);
	const embedded = await openDatabase(settings.dataDir);
	const admin = new pg.Client({ connectionString: embedded.ownerUrl });
	try {
		await admin.connect();
		return await fn(admin, embedded.ownerUrl);
	} finally {
		await admin.end();
		await embedded.close();
	}
}
