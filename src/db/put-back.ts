import pg from "pg";
import { Problem } from "../core/problem.ts";
import { restore } from "./backup.ts";
import { type AtStep, announce, changeOver, changingAlone, draftName, goOn, inUse, stampNow } from "./change-over.ts";
import { openDatabase } from "./embedded.ts";
import { keepKey, markOf, moveKeyIn, writeMark } from "./keys.ts";
import { ensureDatabase, ensureRoles } from "./migrate.ts";
import { DATABASE_OF, withDatabase } from "./mode.ts";
import { putBackOwn } from "./put-back-own.ts";
import type { Settings } from "./settings.ts";
import { type Vault, vaultOf } from "./vault.ts";
import { secretFile } from "./whole-file.ts";

export interface PutBack {
	rows: number;
	/** When the backup was made. */
	at: string;
	/** The database that stood there before, kept under this name; null where there was none. */
	kept: string | null;
}

/**
 * Puts a backup in the place of the real database. It is restored beside it first; only when all of it is there, and its key
 * where it will be found, do the two change places. What stood there before is kept under another name, with its key. Killed at
 * any moment, the next start or the next restore finds the one whole database or the other, each with its key. Refused while
 * anything works on that database, and, unless `replace`, where it holds anything.
 */
export async function putBack(
	settings: Settings,
	file: string,
	code: string,
	replace: boolean,
	at: AtStep = goOn,
): Promise<PutBack> {
	if (settings.databaseUrl) return putBackOwn(settings, file, code, at);
	const embedded = await openDatabase(settings.dataDir);
	const admin = new pg.Client({ connectionString: embedded.ownerUrl });
	try {
		await admin.connect();
		return await changingAlone(admin, settings.dataDir, async () => {
			const stands = await exists(admin, DATABASE_OF.real);
			await requireUnused(admin, DATABASE_OF.real);
			if (stands && !replace) await requireEmpty(withDatabase(embedded.ownerUrl, DATABASE_OF.real));
			await ensureRoles(embedded.ownerUrl, secretFile(`${settings.dataDir}/login-password`));
			const stamp = stampNow();
			const kept = stands ? `taphop_before_${stamp}` : null;
			announce(settings.dataDir, stamp);
			await at("announced");
			const { rows, vault, at: made } = await fillDraft(embedded.ownerUrl, draftName(stamp), file, code, at);
			keepKey(settings.keyFile, vault);
			await at("key kept");
			await changeOver(admin, settings.dataDir, stamp, { from: draftName(stamp), kept }, at);
			await at("all but the key moved");
			moveKeyIn(settings.keyFile, markOf(vault));
			return { rows, at: made, kept };
		});
	} finally {
		await admin.end();
		await embedded.close();
	}
}

async function fillDraft(
	ownerUrl: string,
	draft: string,
	file: string,
	code: string,
	at: AtStep,
): Promise<{ rows: number; vault: Vault; at: string }> {
	await ensureDatabase(ownerUrl, draft);
	await at("draft made");
	const { rows, key, at: made } = await restore(withDatabase(ownerUrl, draft), file, code);
	const vault = vaultOf(key);
	await writeMark(withDatabase(ownerUrl, draft), vault);
	await at("filled");
	return { rows, vault, at: made };
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
	const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
	return rowCount === 1;
}

/** Told before the long work; the change itself asks again. @throws Problem `restore.in_use` */
async function requireUnused(admin: pg.Client, name: string): Promise<void> {
	const { rowCount } = await admin.query(
		"select from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
		[name],
	);
	if (rowCount) throw inUse();
}

/** @throws Problem `restore.not_empty` where people have put anything in: members, figures or accounts */
async function requireEmpty(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		// A first start that was killed leaves a database without tables.
		const { rows: made } = await client.query("select to_regclass('app.population') is not null as there");
		if (!made[0].there) return;
		const { rows } = await client.query(`select exists (select from app.person) or exists (select from app.headcount)
			or exists (select from app.population) or exists (select from app.account where auth_user_id is not null) as any`);
		if (rows[0].any)
			throw new Problem(
				"restore.not_empty",
				409,
				"Đang có dữ liệu thật. Thêm --replace để thay thế; dữ liệu đang có được giữ lại dưới tên khác.",
			);
	} finally {
		await client.end();
	}
}
