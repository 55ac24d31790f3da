import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/**
 * When a process began, as a word that no later process of the same number shares: on Linux the boot and the clock tick,
 * elsewhere what `ps` says. `undefined` when there is no such process, or only a zombie waiting for its parent.
 */
export function startOf(pid: number): string | undefined {
	return process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
}

function startOnLinux(pid: number): string | undefined {
	const stat = textOf(`/proc/${pid}/stat`);
	if (stat === undefined) return undefined;
	// The name in brackets may hold spaces and brackets; after the last one: state, …, start time as the 20th.
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	if (fields[0] === "Z" || fields[0] === "X") return undefined;
	return `${boot()}.${fields[19]}`;
}

let bootId: string | undefined;

/** Eight letters of the kernel's id of this boot: after a restart pids and ticks come again. */
function boot(): string {
	bootId ??= (textOf("/proc/sys/kernel/random/boot_id") ?? "unknown").slice(0, 8);
	return bootId;
}

function startByPs(pid: number): string | undefined {
	const line = ps("-o", "stat=,lstart=", "-p", String(pid)).trim();
	if (line === "" || line.startsWith("Z")) return undefined;
	return line.replace(/^\S+\s+/, "").replace(/[^0-9A-Za-z]+/g, ".");
}

/**
 * The pids of PostgreSQL's programs (server, its backends, initdb) at work in a folder, living ones only.
 * A backend whose postmaster was killed has no other mark than the folder it stands in.
 */
export function postgresIn(folder: string): number[] {
	if (process.platform !== "linux") return byPs(folder);
	const pids = readdirSync("/proc").map(Number);
	return pids.filter((pid) => pid > 0 && isPostgresIn(pid, folder));
}

/** Whether this process is one of them. */
export function isAtWork(pid: number, folder: string): boolean {
	return process.platform === "linux" ? isPostgresIn(pid, folder) : byPs(folder).includes(pid);
}

function isPostgresIn(pid: number, folder: string): boolean {
	const name = textOf(`/proc/${pid}/comm`)?.trim();
	if (name !== "postgres" && name !== "initdb") return false;
	if (startOf(pid) === undefined) return false;
	if (isWithin(linkOf(`/proc/${pid}/cwd`), folder)) return true;
	// Before a server has entered its folder, and for initdb, which never does.
	return (textOf(`/proc/${pid}/cmdline`) ?? "").split("\0").some((word) => isWithin(word, folder));
}

function isWithin(path: string | undefined, folder: string): boolean {
	return path !== undefined && (path === folder || path.startsWith(`${folder}/`));
}

function byPs(folder: string): number[] {
	return ps("-axww", "-o", "pid=,command=")
		.split("\n")
		.filter(
			(line) => line.includes(folder) && /(^|\/)(postgres|initdb)$/.test(basename(line.trim().split(/\s+/)[1] ?? "")),
		)
		.map((line) => Number.parseInt(line, 10));
}

function ps(...args: string[]): string {
	try {
		return execFileSync("ps", args, {
			encoding: "utf8",
			env: { ...process.env, LC_ALL: "C" },
		});
	} catch (error) {
		// ps answers 1 when there is no such process.
		if ((error as { status?: number }).status === 1) return "";
		throw error;
	}
}

/** A file of /proc, or `undefined` when its process has just gone or belongs to somebody else. */
function textOf(file: string): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}

/** The same of a link there. */
function linkOf(file: string): string | undefined {
	try {
		return readlinkSync(file);
	} catch {
		return undefined;
	}
}

/** Sends a signal; a process that has just gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
