import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { postgresIn, signal } from "./processes.ts";

/** A data folder of this test alone; whatever still runs in it afterwards is ended. Its name is as awkward as a real one. */
export function temporaryFolder(t: TestContext): string {
	const folder = mkdtempSync(join(tmpdir(), "Dữ liệu Hội phụ nữ "));
	t.after(() => {
		for (const pid of postgresIn(join(folder, "pg"))) signal(pid, "SIGKILL");
		rmSync(folder, {
			recursive: true,
			force: true,
			maxRetries: 20,
			retryDelay: 50,
		});
	});
	return folder;
}

/** Test clusters need not survive a power cut. */
export const quick = {
	sync: false,
	settings: { fsync: "off", shared_buffers: "32MB" },
};

/** Another process that opens the database, says its port, and closes it when told to. */
export class Client {
	readonly process: ChildProcess;
	readonly port: Promise<number>;
	stderr = "";

	constructor(t: TestContext, folder: string, env: NodeJS.ProcessEnv = {}) {
		this.process = spawn(process.execPath, ["--input-type=module", "-e", program, folder, JSON.stringify(quick)], {
			env: { ...process.env, ...env },
			detached: true,
		});
		t.after(() => this.process.kill("SIGKILL"));
		this.process.stderr?.on("data", (text) => {
			this.stderr += text;
		});
		this.port = this.#firstLine();
		// Those that are killed on purpose never say it.
		this.port.catch(() => undefined);
	}

	async #firstLine(): Promise<number> {
		for await (const line of createInterface({
			input: this.process.stdout as NodeJS.ReadableStream,
		}))
			return Number(line);
		throw new Error(`no port: ${this.stderr}`);
	}

	/** @param how "close" as it should be; "exit" without closing */
	async end(how: "close" | "exit"): Promise<void> {
		const exit = once(this.process, "exit");
		this.process.stdin?.write(`${how}\n`);
		await exit;
	}

	async kill(name: NodeJS.Signals): Promise<void> {
		const exit = once(this.process, "exit");
		// The whole group, as a terminal does.
		process.kill(-(this.process.pid as number), name);
		await exit;
	}
}

const program = `
import { openDatabase } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
const [folder, options] = process.argv.slice(1);
const database = await openDatabase(folder, JSON.parse(options));
console.log(database.port);
process.stdin.on("data", async (text) => {
	if (String(text).trim() === "close") await database.close();
	process.exit();
});
`;

/** The rows of one statement. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
	const client = new pg.Client(url);
	await client.connect();
	try {
		return (await client.query(sql)).rows;
	} finally {
		await client.end();
	}
}

/** Waits for a state of the folder, 10 s at most. */
export async function until(what: string, holds: () => boolean): Promise<void> {
	for (const end = Date.now() + 10_000; Date.now() < end; await sleep(2)) if (holds()) return;
	throw new Error(`after 10 s still not: ${what}`);
}

export function postmasterPid(folder: string): number {
	return Number.parseInt(readFileSync(join(folder, "pg", "postmaster.pid"), "utf8"), 10);
}

/** What would show that something was left half done or running. */
export function remains(folder: string): {
	halfMade: string[];
	clients: string[];
	running: number[];
	cluster: boolean;
} {
	const names = readdirSync(folder);
	return {
		halfMade: names.filter((name) => name.startsWith("pg.new-")),
		clients: names.includes("pg.clients") ? readdirSync(join(folder, "pg.clients")) : [],
		running: postgresIn(join(folder, "pg")),
		cluster: existsSync(join(folder, "pg", "PG_VERSION")),
	};
}

/** After the last one is out. */
export const atRest = { halfMade: [], clients: [], running: [], cluster: true };
