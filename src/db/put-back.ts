import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import pg from "pg";
import { Problem } from "../core/problem.ts";
import { restore } from "./backup.ts";
import { openDatabase } from "./embedded.ts";
import { ensureDatabase, ensureRoles } from "./migrate.ts";
import { DATABASE_OF, setMode, withDatabase } from "./open.ts";
import { secretFile } from "./secret-file.ts";
import type { Settings } from "./settings.ts";

export interface PutBack {
	rows: number;
	/** When the backup was made. */
	at: string;
	/** The database that stood there before, kept under this name; null where there was none. */
	kept: string | null;
}

/**
 * Puts a backup in the place of the real database. It is restored beside it first; only when all of it is there do the two change
 * places, and what stood there before is kept under another name, with its key. Refused while anything works on that database,
 * and, unless `replace`, where it holds anything.
 */
export async function putBack(settings: Settings, file: string, code: string, replace: boolean): Promise<PutBack> {
	if (settings.databaseUrl) return intoOwn(settings, file, code);
	const embedded = await openDatabase(settings.dataDir);
	const admin = new pg.Client({ connectionString: embedded.ownerUrl });
	const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
	const draft = `taphop_restoring_${stamp}`;
	try {
		await admin.connect();
		const current = DATABASE_OF.real;
		const stands = await exists(admin, current);
		if (stands && !replace && (await holdsAnything(withDatabase(embedded.ownerUrl, current))))
			throw new Problem(
				"restore.not_empty",
				409,
				"Đang có dữ liệu thật. Thêm --replace để thay thế; dữ liệu đang có được giữ lại dưới tên khác.",
			);
		await ensureRoles(embedded.ownerUrl, secretFile(`${settings.dataDir}/login-password`));
		await ensureDatabase(embedded.ownerUrl, draft);
		const { rows, key, at } = await restore(withDatabase(embedded.ownerUrl, draft), file, code).catch(async (error) => {
			await admin.query(`drop database ${draft} with (force)`);
			throw error;
		});
		const kept = stands ? `taphop_before_${stamp}` : null;
		await changePlaces(admin, draft, current, kept);
		putKey(settings.keyFile, key, stamp);
		setMode(settings.dataDir, "real");
		return { rows, at, kept };
	} finally {
		await admin.end();
		await embedded.close();
	}
}

/** A PostgreSQL of one's own: only an empty database is filled. */
async function intoOwn(settings: Settings, file: string, code: string): Promise<PutBack> {
	const url = settings.ownerUrl as string;
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	const { rows: found } = await client.query("select to_regclass('app.migration') is not null as there");
	await client.end();
	if (found[0].there)
		throw new Problem(
			"restore.not_empty",
			409,
			"Cơ sở dữ liệu đã có bảng của Tập Hợp. Hãy phục hồi vào một cơ sở dữ liệu trống.",
		);
	await ensureRoles(url, null);
	const { rows, key, at } = await restore(url, file, code);
	putKey(settings.keyFile, key, new Date().toISOString().replace(/\D/g, "").slice(0, 14));
	return { rows, at, kept: null };
}

async function changePlaces(admin: pg.Client, draft: string, current: string, kept: string | null): Promise<void> {
	try {
		await admin.query("begin");
		if (kept) await admin.query(`alter database ${current} rename to ${kept}`);
		await admin.query(`alter database ${draft} rename to ${current}`);
		await admin.query("commit");
	} catch (error) {
		await admin.query("rollback");
		await admin.query(`drop database ${draft} with (force)`);
		if ((error as { code?: string }).code === "55006")
			throw new Problem("restore.in_use", 409, "Chương trình đang chạy. Hãy dừng máy chủ rồi phục hồi lại.");
		throw error;
	}
}

/** The restored key takes the key file's place; another key that stood there is kept beside it. */
function putKey(keyFile: string, key: Buffer, stamp: string): void {
	const text = `${key.toString("hex")}\n`;
	if (existsSync(keyFile)) {
		if (readFileSync(keyFile, "utf8") === text) return;
		renameSync(keyFile, `${keyFile}.before-${stamp}`);
	}
	writeFileSync(keyFile, text, { mode: 0o600, flag: "wx" });
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
	const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
	return rowCount === 1;
}

/** Whether people have put anything in: members, figures or accounts. */
async function holdsAnything(url: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const { rows } = await client.query(`select exists (select from app.person) or exists (select from app.headcount)
			or exists (select from app.population) or exists (select from app.account where auth_user_id is not null) as any`);
		return rows[0].any;
	} finally {
		await client.end();
	}
}
