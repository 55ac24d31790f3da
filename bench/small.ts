import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { postgresIn } from "../src/db/processes.ts";
import { testEnvironment } from "../test/environment.ts";
import { freePort } from "./program.ts";
import { atMost, beside, median, type Row, RUNS } from "./row.ts";

const PROJECT = join(import.meta.dirname, "..");
/** How long the program is left alone before its memory is read. */
const IDLE_MS = 10_000;
const REQUESTS = 200;

/**
 * What an empty program costs: memory when idle, a start of one that was there before, and the README's first command on a fresh
 * clone (npm's cache warm). Linux only: memory is read from /proc.
 */
export async function run(): Promise<Row[]> {
	const folder = temporaryFolder();
	try {
		const data = join(folder, "data");
		// The first one makes the database, and the pages where nobody has built them.
		await (await start(PROJECT, data)).stop();
		const starts: Measured[] = [];
		for (let n = 0; n < RUNS; n++) starts.push(await measure(data));
		const clones: Fresh[] = [];
		for (let n = 0; n < RUNS; n++) clones.push(await freshClone(join(folder, `clone-${n}`)));
		const middle = <T>(of: T[], value: (one: T) => number) => median(of.map(value));
		return [
			atMost(
				"memory of the idle server process, empty program (resident)",
				200,
				middle(starts, (one) => one.idle),
				"MB",
			),
			beside(
				`the same after ${REQUESTS} requests`,
				middle(starts, (one) => one.used),
				"MB",
			),
			beside(
				"memory of PostgreSQL beside it (proportional)",
				middle(starts, (one) => one.postgres),
				"MB",
			),
			atMost(
				"npm start, a second time, until the sign-in page answers",
				3,
				middle(starts, (one) => one.seconds),
				"s",
			),
			atMost(
				"npm ci && npm start on a fresh clone, until the sign-in page answers",
				90,
				middle(clones, (one) => one.total),
				"s",
			),
			beside(
				"of it, npm ci",
				middle(clones, (one) => one.install),
				"s",
			),
		];
	} finally {
		rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
	}
}

interface Measured {
	seconds: number;
	idle: number;
	used: number;
	postgres: number;
}

async function measure(data: string): Promise<Measured> {
	const server = await start(PROJECT, data);
	try {
		await sleep(IDLE_MS);
		const idle = residentOf(server.pid());
		const postgres = postgresIn(join(data, "pg")).reduce((sum, pid) => sum + shareOf(pid), 0);
		for (let n = 0; n < REQUESTS; n++) await (await fetch(`${server.url}${PATHS[n % PATHS.length]}`)).arrayBuffer();
		return { seconds: server.seconds, idle, used: residentOf(server.pid()), postgres };
	} finally {
		await server.stop();
	}
}

const PATHS = ["/sign-in", "/", "/api/access/session", "/sign-in.json", "/api/openapi.json"];

interface Fresh {
	install: number;
	total: number;
}

async function freshClone(clone: string): Promise<Fresh> {
	execFileSync("git", ["clone", "--quiet", "--no-hardlinks", PROJECT, clone]);
	const began = performance.now();
	execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: clone, env: testEnvironment(), stdio: "ignore" });
	const install = (performance.now() - began) / 1000;
	const server = await start(clone, join(clone, "data"), { TAPHOP_DEMO: "yes" });
	await server.stop();
	return { install, total: install + server.seconds };
}

interface Started {
	url: string;
	/** From the command to the answer. */
	seconds: number;
	/** The process that serves. */
	pid(): number;
	stop(): Promise<void>;
}

/** `npm start`, until the sign-in page answers. */
async function start(project: string, data: string, env: NodeJS.ProcessEnv = { TAPHOP_DEMO: "no" }): Promise<Started> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const began = performance.now();
	const npm = spawn("npm", ["start"], {
		cwd: project,
		env: { ...testEnvironment(), TAPHOP_DATA: data, PORT: String(port), ...env },
		stdio: ["ignore", "ignore", "inherit"],
	});
	await answering(url, npm);
	const seconds = (performance.now() - began) / 1000;
	return {
		url,
		seconds,
		pid: () => serverBelow(npm.pid as number),
		async stop() {
			npm.kill("SIGTERM");
			if (npm.exitCode === null) await once(npm, "exit");
		},
	};
}

async function answering(url: string, npm: ChildProcess): Promise<void> {
	while (npm.exitCode === null) {
		// Until it listens nobody answers.
		const answer = await fetch(`${url}/sign-in`).catch(() => null);
		if (answer?.ok) return;
		await sleep(20);
	}
	throw new Error(`npm start ended with ${npm.exitCode}`);
}

/** The one of npm's descendants that serves. */
function serverBelow(pid: number): number {
	const children = (of: number): number[] =>
		readFileSync(`/proc/${of}/task/${of}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
	const all = children(pid).flatMap((child) => [child, ...children(child)]);
	const found = all.find((one) => readFileSync(`/proc/${one}/cmdline`, "utf8").includes("src/cli/main.ts\0serve"));
	if (!found) throw new Error(`no server below process ${pid}`);
	return found;
}

const residentOf = (pid: number) => megabytesIn(`/proc/${pid}/status`, "VmRSS");
/** Memory it shares with others counts in parts: PostgreSQL's processes share most of theirs. One that has just ended has none. */
function shareOf(pid: number): number {
	try {
		return megabytesIn(`/proc/${pid}/smaps_rollup`, "Pss");
	} catch (error) {
		if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return 0;
		throw error;
	}
}

function megabytesIn(file: string, field: string): number {
	const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(file, "utf8")) ?? [];
	return (Number(kilobytes) * 1024) / 1e6;
}

/** PostgreSQL runs as another user where this runs as root, and must be able to enter. */
function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "taphop-small-"));
	chmodSync(folder, 0o755);
	return folder;
}
