import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../src/db/embedded.ts";
import { withDatabase } from "../src/db/mode.ts";
import { postgresIn, signal } from "../src/db/processes.ts";
import { testEnvironment } from "./environment.ts";

/** Whatever a failed test has left behind ends with its file. */
const started: ChildProcess[] = [];
const folders: string[] = [];
after(() => {
	for (const child of started) child.kill("SIGKILL");
	for (const folder of folders) {
		for (const pid of running(folder)) signal(pid, "SIGKILL");
		rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
	}
});

const TAPHOP = join(import.meta.dirname, "../bin/taphop");

/** Each new real database takes its units with it, so one is made and copied by every test that wants one of its own. */
let prepared: Promise<string> | undefined;

/** A data folder with an empty real database in it, at rest; gone with the test file, and whatever still runs in it. */
export async function dataFolder(): Promise<string> {
	prepared ??= prepare();
	return copyOf(await prepared);
}

/** A copy of a data folder at rest. */
export function copyOf(from: string): string {
	const folder = emptyFolder();
	// With owners and modes: as root the cluster belongs to an account of its own.
	execFileSync("cp", ["-a", `${from}/.`, folder]);
	return folder;
}

async function prepare(): Promise<string> {
	const folder = emptyFolder();
	const { code, err } = await run(folder, ["units", "show", "--code", "VN"]);
	if (code !== 0) throw new Error(err);
	return folder;
}

/** A folder of this test file's own that PostgreSQL can enter also where the tests run as root. */
export function emptyFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "taphop-program-"));
	chmodSync(folder, 0o755);
	folders.push(folder);
	return folder;
}

/** Makes the folder's real database its demo, without the weight of one. */
export async function asDemo(folder: string): Promise<void> {
	const database = await openDatabase(folder);
	const admin = new pg.Client({ connectionString: database.ownerUrl });
	await admin.connect();
	await admin.query("alter database taphop rename to taphop_demo");
	await admin.end();
	const demo = new pg.Client({ connectionString: withDatabase(database.ownerUrl, "taphop_demo") });
	await demo.connect();
	await demo.query("insert into app.setting (name, value) values ('demo', '{}')");
	await demo.end();
	await database.close();
	writeFileSync(join(folder, "mode"), "demo\n");
}

/** The PostgreSQL processes at work in a data folder. */
export function running(folder: string): number[] {
	return postgresIn(join(folder, "pg"));
}

export async function freePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, "close");
	return port;
}

export interface Ended {
	code: number | null;
	out: string;
	err: string;
}

/** A process of the program: what it has said so far, and its end. */
export class Program {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	out = "";
	err = "";

	constructor(folder: string, args: string[], env: NodeJS.ProcessEnv = {}) {
		this.child = spawn(TAPHOP, args, {
			env: { ...testEnvironment(), TAPHOP_DATA: folder, TAPHOP_DEMO: "no", ...env },
			stdio: ["ignore", "pipe", "pipe"],
			timeout: 120_000,
			killSignal: "SIGKILL",
		});
		this.child.stdout?.on("data", (text) => {
			this.out += text;
		});
		this.child.stderr?.on("data", (text) => {
			this.err += text;
		});
		this.ended = once(this.child, "close").then(([code]) => ({ code, out: this.out, err: this.err }));
		started.push(this.child);
	}

	/** Waits for words on stdout; a process that ends before it says them is an error. */
	async says(words: string): Promise<void> {
		await until(`“${words}”`, () => {
			if (this.child.exitCode !== null && !this.out.includes(words)) throw new Error(`ended: ${this.out}${this.err}`);
			return this.out.includes(words);
		});
	}

	/** Ends it by a signal; answers how it ended and how long that took. */
	async stop(name: NodeJS.Signals = "SIGTERM"): Promise<Ended & { ms: number }> {
		const began = performance.now();
		this.child.kill(name);
		return { ...(await this.ended), ms: performance.now() - began };
	}
}

/** Runs one command to its end. */
export function run(folder: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
	return new Program(folder, args, env).ended;
}

/** A server that answers: the program, and where. */
export async function serve(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Program & { url: string }> {
	const port = await freePort();
	const program = new Program(folder, ["serve"], { PORT: String(port), ...env });
	await program.says("đang chạy tại");
	return Object.assign(program, { url: `http://127.0.0.1:${port}` });
}

/** Waits for something to hold, 60 s at most. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
	for (const end = Date.now() + 60_000; Date.now() < end; await sleep(20)) if (await holds()) return;
	throw new Error(`after 60 s still not: ${what}`);
}
