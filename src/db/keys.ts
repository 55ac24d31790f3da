import { existsSync, linkSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { Problem } from "../core/problem.ts";
import { openVault, type Vault, vaultOf } from "./vault.ts";
import { putWhole, replaceWhole } from "./whole-file.ts";

/**
 * Keys and databases find each other by a mark: a fingerprint that tells nothing of the key, written into a database when it is
 * first opened. The key file holds the key of the real database; the keys of others (the demo's after a restore, those of
 * databases kept) stand beside it as `<key file>.<start of the mark>`. So no moment exists, whatever is killed, at which a
 * database stands there without its key being found.
 */
export function markOf(vault: Vault): string {
	return vault.fingerprint("key mark").toString("hex");
}

/**
 * The vault of this database: with the key it was first opened with, wherever that stands; one never opened before takes that of
 * the key file, which is made where it is missing. Under another key, citizen IDs already there could neither be read nor found
 * again, and the same woman could be entered twice.
 *
 * @throws Problem `key.wrong`, `key.unreadable`
 */
export async function openVaultOf(ownerUrl: string, keyFile: string): Promise<Vault> {
	const mark = (await readMark(ownerUrl)) ?? (await writeMark(ownerUrl, openVault(keyFile)));
	const found = findKey(keyFile, mark);
	if (found) return found.vault;
	throw new Problem(
		"key.wrong",
		500,
		existsSync(keyFile)
			? "Khóa mã hóa không phải là khóa của cơ sở dữ liệu này. Hãy đặt lại đúng tệp khóa (TAPHOP_KEY_FILE)."
			: `Không thấy tệp khóa ${keyFile}. Hãy chép lại từ bản sao đã cất giữ (TAPHOP_KEY_FILE).`,
	);
}

/** The mark a database bears; null where it was never opened, or is not one of ours. */
export async function readMark(ownerUrl: string): Promise<string | null> {
	return asOwner(ownerUrl, async (client) => {
		const { rows } = await client.query<{ there: boolean }>("select to_regclass('app.setting') is not null as there");
		if (!rows[0].there) return null;
		const found = await client.query<{ mark: string }>(
			"select value #>> '{}' as mark from app.setting where name = 'key_mark'",
		);
		return found.rows[0]?.mark ?? null;
	});
}

/** Gives a database the mark of this key, unless it bears one. Answers the mark it then bears. */
export async function writeMark(ownerUrl: string, vault: Vault): Promise<string> {
	await asOwner(ownerUrl, (client) =>
		client.query(
			"insert into app.setting (name, value) values ('key_mark', to_jsonb($1::text)) on conflict (name) do nothing",
			[markOf(vault)],
		),
	);
	return (await readMark(ownerUrl)) as string;
}

async function asOwner<T>(ownerUrl: string, fn: (client: pg.Client) => Promise<T>): Promise<T> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("set role taphop_owner");
		return await fn(client);
	} finally {
		await client.end();
	}
}

/** The key with this mark: the key file itself, or any file beside it whose name goes on after a dot. */
export function findKey(keyFile: string, mark: string): { file: string; vault: Vault } | undefined {
	// The key file a second time: while we looked beside it, another process may have moved the key in.
	for (const file of [keyFile, ...besides(keyFile), keyFile]) {
		const vault = readVault(file);
		if (vault && markOf(vault) === mark) return { file, vault };
	}
	return undefined;
}

function besides(keyFile: string): string[] {
	const folder = dirname(keyFile);
	if (!existsSync(folder)) return [];
	const names = readdirSync(folder).filter((name) => name.startsWith(`${basename(keyFile)}.`));
	return names.sort().map((name) => join(folder, name));
}

/** The vault of a file that holds a key; undefined for any other, and for none. */
function readVault(file: string): Vault | undefined {
	try {
		const text = readFileSync(file, "utf8").trim();
		return /^[0-9a-f]{64}$/.test(text) ? vaultOf(Buffer.from(text, "hex")) : undefined;
	} catch (error) {
		if (["ENOENT", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
		throw error;
	}
}

const beside = (keyFile: string, mark: string) => `${keyFile}.${mark.slice(0, 12)}`;

/** Puts a key where {@link findKey} will find it, beside the key file, unless it is found already. */
export function keepKey(keyFile: string, vault: Vault): void {
	const mark = markOf(vault);
	if (!findKey(keyFile, mark)) putWhole(beside(keyFile, mark), vault.exportKey().toString("hex"));
}

/**
 * Makes the key with this mark the one of the key file; what stood there goes on standing beside it. Where that folder or file may
 * not be written (a read-only place, one file lent to a container) all stays as it is: the key is found beside it as well.
 */
export function moveKeyIn(keyFile: string, mark: string): void {
	const found = findKey(keyFile, mark);
	if (!found || found.file === keyFile) return;
	const before = readVault(keyFile);
	try {
		if (existsSync(keyFile)) keepCopy(keyFile, before ? beside(keyFile, markOf(before)) : `${keyFile}.unreadable`);
		replaceWhole(keyFile, found.vault.exportKey().toString("hex"));
		rmSync(beside(keyFile, mark), { force: true });
	} catch (error) {
		if (!NOT_OURS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
	}
}

const NOT_OURS = ["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV"];

function keepCopy(file: string, name: string): void {
	try {
		linkSync(file, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	}
}

/** Takes away the key with this mark that stands beside the key file; the key file itself and copies under other names stay. */
export function forgetKey(keyFile: string, mark: string): void {
	rmSync(beside(keyFile, mark), { force: true });
}
