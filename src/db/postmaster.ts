import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
	statfsSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../core/problem.ts";
import type { Account } from "./account.ts";
import { clusterProblem, nativeFolder, surroundings } from "./cluster.ts";
import { memorySettings, ownMemory } from "./memory.ts";
import { isAtWork, postgresIn, signal, startOf } from "./processes.ts";

/** A living server. PostgreSQL itself records it in `postmaster.pid` of the cluster: nothing of ours could be truer. */
export type Postmaster = { pid: number; port: number; ready: boolean };

const pollMs = 8;
/** Recovery after a crash replays at most a checkpoint's distance of log: seconds; a minute on a poor disk. */
const startMs = 60_000;

/** The server at work on this cluster, or `undefined`: a record left by a killed one, or whose pid is now another's. */
export function livingPostmaster(cluster: string): Postmaster | undefined {
	const record = readRecord(cluster);
	return record && isAtWork(record.pid, cluster) ? record : undefined;
}

/** Lines of postmaster.pid: pid, folder, seconds, port, socket folder, address, shared memory, state (PostgreSQL 10–18). */
function readRecord(cluster: string): Postmaster | undefined {
	try {
		const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
		const state = lines[7]?.trim();
		return {
			pid: Number(lines[0]),
			port: Number(lines[3]),
			ready: state === "ready",
		};
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
		throw error;
	}
}

/** The port of the server that ran here last: PostgreSQL keeps the words it was started with, also after a proper stop. */
function portBefore(cluster: string): number {
	const options = join(cluster, "postmaster.opts");
	return existsSync(options) ? Number(/"port=(\d+)"/.exec(readFileSync(options, "utf8"))?.[1] ?? 0) : 0;
}

/**
 * The port of a server that answers: of the living one (waiting while it recovers), else of a new one, on the port of
 * the one before if that is free, so that those who knew it find it again. Call under the cluster's lock.
 *
 * @throws Problem `database.disk_full`, `database.start_failed`, `database.start_slow`
 */
export async function servingPort(
	cluster: string,
	log: string,
	who: () => Account | undefined,
	settings: Record<string, string>,
): Promise<number> {
	const living = livingPostmaster(cluster);
	if (living?.ready) return living.port;
	const recovered = living && (await settled(cluster, living.pid));
	return recovered?.port ?? start(cluster, log, who(), settings);
}

async function start(
	cluster: string,
	log: string,
	who: Account | undefined,
	settings: Record<string, string>,
): Promise<number> {
	const lastPort = readRecord(cluster)?.port || portBefore(cluster);
	await clearAway(cluster);
	trimLog(log);
	for (const port of [lastPort || (await freePort()), await freePort(), await freePort()]) {
		const before = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
		const child = launch(cluster, log, who, port, settings);
		await once(child, "spawn");
		const ready = await settled(cluster, child.pid as number);
		if (ready) return ready.port;
		// Somebody may have taken the port between our asking and our using it; then another will do.
		const said = textFrom(log, before);
		if (!said.includes("could not create any TCP/IP sockets")) throw refused(said, log);
	}
	throw refused("FATAL: no free port", log);
}

function refused(said: string, log: string): Problem {
	return clusterProblem(
		said,
		dirname(log),
		"database.start_failed",
		`Cơ sở dữ liệu không khởi động được (nhật ký: ${log})`,
	);
}

/** Backends of a killed postmaster hold its shared memory, and a new one refuses to start beside them. */
async function clearAway(cluster: string): Promise<void> {
	for (let left = postgresIn(cluster); left.length > 0; left = postgresIn(cluster)) {
		for (const pid of left) signal(pid, "SIGKILL");
		await sleep(pollMs);
	}
	// Nobody is left, so the pid in it is dead or another's; PostgreSQL would take the latter for a running server.
	rmSync(join(cluster, "postmaster.pid"), { force: true });
}

function launch(
	cluster: string,
	log: string,
	who: Account | undefined,
	port: number,
	settings: Record<string, string>,
): ChildProcess {
	const words = Object.entries({
		...standing(),
		...settings,
		port: String(port),
	}).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const out = openSync(log, "a", 0o600);
	try {
		const child = spawn(join(nativeFolder(), "bin", "postgres"), ["-D", cluster, ...words], {
			uid: who?.uid,
			gid: who?.gid,
			cwd: "/",
			env: surroundings,
			// A session of its own: Ctrl-C and the end of our terminal are not for it.
			detached: true,
			stdio: ["ignore", out, out],
		});
		child.unref();
		return child;
	} finally {
		closeSync(out);
	}
}

/** For 2 cores and a machine shared with the program itself. */
function standing(): Record<string, string> {
	return {
		listen_addresses: "127.0.0.1",
		// TCP only: a socket's path may have 107 bytes, a data folder may have more.
		unix_socket_directories: "",
		max_connections: "100",
		...memorySettings(ownMemory()),
		random_page_cost: "1.1",
		// Compiling costs more than our queries take.
		jit: "off",
		// No replica follows this server; bulk loads into new tables then need no log.
		wal_level: "minimal",
		max_wal_senders: "0",
		dynamic_shared_memory_type: roomInSharedMemory() ? "posix" : "mmap",
		timezone: "Asia/Ho_Chi_Minh",
		log_timezone: "Asia/Ho_Chi_Minh",
		// Above "error": what a statement was refused for can quote a person's data. The program answers for those.
		log_min_messages: "log",
		log_min_error_statement: "panic",
		log_error_verbosity: "terse",
		log_checkpoints: "off",
		log_line_prefix: "%m [%p] ",
	};
}

/** Containers often have 64 MB of /dev/shm, which one parallel query can fill. */
function roomInSharedMemory(): boolean {
	try {
		const { bavail, bsize } = statfsSync("/dev/shm");
		return bavail * bsize > 256 * 1024 * 1024;
	} catch {
		// No such folder: only Linux keeps its shared memory there.
		return process.platform !== "linux";
	}
}

/**
 * Waits until this server takes connections, or is no more (`undefined`).
 *
 * @throws Problem `database.start_slow`: neither within a minute
 */
async function settled(cluster: string, pid: number): Promise<Postmaster | undefined> {
	for (const until = Date.now() + startMs; Date.now() < until; await sleep(pollMs)) {
		const record = readRecord(cluster);
		if (record?.pid === pid && record.ready) return record;
		if (startOf(pid) === undefined) return undefined;
	}
	throw new Problem(
		"database.start_slow",
		503,
		"Cơ sở dữ liệu đang phục hồi hoặc đang dừng, sau một phút vẫn chưa trả lời: hãy chạy lại sau vài phút.",
	);
}

/**
 * Stops the server: fast (connections are cut, everything is written), and when that takes too long at once, which the
 * next start makes good from the log. At most 8 s in all. Call under the cluster's lock.
 */
export async function stopPostmaster(cluster: string): Promise<void> {
	const living = livingPostmaster(cluster);
	if (!living) return;
	signal(living.pid, "SIGINT");
	if (await ended(living.pid, 5_000)) return;
	signal(living.pid, "SIGQUIT");
	if (await ended(living.pid, 2_000)) return;
	await clearAway(cluster);
}

async function ended(pid: number, withinMs: number): Promise<boolean> {
	const began = startOf(pid);
	for (const until = Date.now() + withinMs; Date.now() < until; await sleep(pollMs)) {
		if (startOf(pid) !== began || began === undefined) return true;
	}
	return false;
}

/** A free port of 127.0.0.1, by asking the system for one. */
function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const asking = createServer();
		asking.once("error", reject);
		asking.listen(0, "127.0.0.1", () => {
			const address = asking.address();
			asking.close(() => resolve(typeof address === "object" && address ? address.port : 0));
		});
	});
}

const logBytes = 4 * 1024 * 1024;

/**
 * Keeps the log under about 4 MB: the last quarter stays. The server holds the file open and appends,
 * so it is rewritten in place, not moved.
 */
export function trimLog(log: string): void {
	const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
	if (size > logBytes) writeFileSync(log, textFrom(log, size - logBytes / 4));
}

function textFrom(file: string, offset: number): string {
	const handle = openSync(file, "r");
	try {
		const buffer = Buffer.alloc(logBytes / 4);
		return buffer.toString("utf8", 0, readSync(handle, buffer, 0, buffer.length, offset));
	} finally {
		closeSync(handle);
	}
}
