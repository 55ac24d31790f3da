import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { dataFolder, emptyFolder, running, until } from "../../test/program.ts";
import { Problem } from "../core/problem.ts";
import { asSystem } from "./actor.ts";
import { backup } from "./backup.ts";
import { query, quick } from "./embedded.harness.ts";
import { openDatabase } from "./embedded.ts";
import { type Mode, withDatabase } from "./mode.ts";
import { type OpenDatabase, openProgramDatabase } from "./open.ts";
import { signal } from "./processes.ts";
import { readSettings } from "./settings.ts";

/** What opens the backups of these tests. */
export const CODE = "mã khôi phục thử";
export const settingsOf = (folder: string) => readSettings({ TAPHOP_DATA: folder });
export const refused = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

/** Seals a word into a database: whoever reads it back has the database and the key that belongs to it. */
export async function leave(word: string, database: OpenDatabase): Promise<void> {
	const sealed = database.vault.seal(word).toString("hex");
	await query(
		database.ownerUrl,
		`set role taphop_owner; insert into app.setting (name, value) values ('word', to_jsonb('${sealed}'::text))`,
	);
}

/** The word in a database, read back with the key it was opened with. */
export async function wordIn(database: OpenDatabase): Promise<string> {
	const row = await asSystem(database, (work) =>
		work.db.selectFrom("setting").select("value").where("name", "=", "word").executeTakeFirst(),
	);
	return row ? String(database.vault.open(Buffer.from(row.value as string, "hex"))) : "nothing";
}

/** What the next start finds: the mode and the word. */
export async function found(env: NodeJS.ProcessEnv, only?: Mode): Promise<string> {
	const database = await openProgramDatabase(readSettings(env), "real", { size: 1, only });
	try {
		return `${database.mode}: ${await wordIn(database)}`;
	} finally {
		await database.close();
	}
}

/** A backup of a database with a word in it, under another key than every other database of these tests. */
export async function savedBackup(word: string): Promise<string> {
	const source = await held(await dataFolder());
	await query(source.url("taphop"), "set role taphop_owner; delete from app.setting where name = 'key_mark'");
	rmSync(join(source.folder, "key"));
	const saved = await openProgramDatabase(settingsOf(source.folder), "real", { size: 1 });
	await leave(word, saved);
	const file = join(emptyFolder(), "tap-hop.backup");
	await backup(saved.ownerUrl, saved.vault.exportKey(), file, CODE);
	await saved.close();
	await source.close();
	return file;
}

/** The database server of a folder, kept running without care for power cuts: those who come adopt it. */
export async function held(folder: string) {
	const server = await openDatabase(folder, quick);
	return { folder, close: () => server.close(), url: (name: string) => withDatabase(server.ownerUrl, name) };
}

/** Kills the database server, as a power cut does. */
export async function cutPower(folder: string): Promise<void> {
	for (const pid of running(folder)) signal(pid, "SIGKILL");
	await until("the server is gone", () => running(folder).length === 0);
}

/** `taphop restore --replace` under these settings, in a process of its own, killed at a step: before it goes on, or so many milliseconds after. */
export async function restoreKilled(env: NodeJS.ProcessEnv, file: string, step: string, ms: number): Promise<void> {
	const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
	const program = `
		import { putBack } from ${module("./put-back.ts")};
		import { readSettings } from ${module("./settings.ts")};
		const [env, file, code, step, ms] = process.argv.slice(1);
		const die = () => process.kill(process.pid, "SIGKILL");
		await putBack(readSettings(JSON.parse(env)), file, code, true, async (reached) => {
			if (reached === step) ms === "0" ? die() : setTimeout(die, Number(ms));
		});`;
	const args = ["--input-type=module", "-e", program, JSON.stringify(env), file, CODE, step, String(ms)];
	const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
	const [, by] = await once(child, "exit");
	assert.equal(by, "SIGKILL", `reached “${step}”`);
}

/** Somebody at work on a database. */
export async function connected(url: string): Promise<pg.Client> {
	const client = new pg.Client(url);
	await client.connect();
	return client;
}
