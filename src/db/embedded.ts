import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../core/problem.ts";
import { diskFull, hasCluster, makeCluster, reachingAccount, readPassword, sweepHalfMade } from "./cluster.ts";
import { withLock, withLockNow } from "./lock.ts";
import { livingPostmaster, servingPort, stopPostmaster, trimLog } from "./postmaster.ts";
import { DISK_FULL } from "./problems.ts";
import { signal, startOf } from "./processes.ts";

/**
 * The database the program brings along: one PostgreSQL per data folder, shared by every process that works on it.
 *
 * In `TAPHOP_DATA`: `pg` the cluster, `pg.clients` one empty file per open handle (pid and start of its process in the
 * name), `pg.lock` held while anything of this is looked at or changed, `pg.log`.
 */
export type EmbeddedDatabase = {
	/** Connects as the owner (`postgres`, may do everything) to the database `postgres`. Holds the password: never log it. */
	ownerUrl: string;
	port: number;
	/** Starts the server again if it died, on the same port. Cheap when it lives. @throws Problem also `database.moved` */
	revive(): Promise<void>;
	/** @throws Problem `disk.full` while there is too little left on the disk to write safely */
	room(): Promise<void>;
	/** Takes this handle off the list; the last one of all processes stops the server, within 8 s. May be called twice. */
	close(): Promise<void>;
};

export type EmbeddedOptions = {
	/** Settings of postgresql.conf above ours, for who starts the server; who adopts a living one takes it as it is. */
	settings?: Record<string, string>;
	/** False only for tests: a new cluster is not forced to disk. */
	sync?: boolean;
};

/** Longer than a start may take, since the lock is held during one. */
const lockMs = 90_000;
const trimEveryMs = 10 * 60_000;
/**
 * Below this nothing more is written. PostgreSQL out of room for its log stops altogether, reading too; four of the log's
 * files of 16 MB let it finish what was begun, sign-ins and audit rows included.
 */
const roomBytes = 64 * 1024 * 1024;

/**
 * Adopts the living server of this data folder, else makes the cluster if there is none, and starts one that outlives
 * this process. Whatever was killed before, at whatever moment, is cleared away first.
 *
 * @param dataDir `TAPHOP_DATA`; made if missing
 * @throws Problem `database.folder_unreachable`, `database.folder_unwritable`, `database.folder_taken`,
 * `database.disk_full`, `database.init_failed`, `database.start_failed`, `database.start_slow`, `database.busy`,
 * `database.account_missing`, `database.platform`
 */
export async function openDatabase(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
	try {
		const places = placesIn(dataDir);
		const entry = locked(places, () => enter(places, options));
		// The caller hears of a failure; those who stop only wait until nobody is entering.
		entering = entry.catch(() => undefined);
		return await entry;
	} catch (error) {
		throw asProblem(error, dataDir);
	}
}

let entering: Promise<unknown> = Promise.resolve();

/** Resolves when no opening is under way: a process that ends in the middle of one would leave a server nobody stops. */
export async function opened(): Promise<void> {
	await entering;
}

type Places = {
	folder: string;
	cluster: string;
	clients: string;
	lock: string;
	log: string;
};

function placesIn(dataDir: string): Places {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	// The real path: what the kernel says of a process's folder is compared with it.
	const folder = realpathSync(dataDir);
	const cluster = join(folder, "pg");
	const places = {
		folder,
		cluster,
		clients: `${cluster}.clients`,
		lock: `${cluster}.lock`,
		log: `${cluster}.log`,
	};
	mkdirSync(places.clients, { recursive: true });
	return places;
}

function locked<T>(places: Places, work: () => Promise<T>): Promise<T> {
	const late = () =>
		new Problem(
			"database.busy",
			503,
			`Một tiến trình khác đang khởi động hoặc dừng cơ sở dữ liệu trong “${places.folder}” quá lâu: hãy chạy lại sau một phút.`,
		);
	return withLock(places.lock, lockMs, late, work);
}

async function enter(places: Places, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
	const port = await serve(places, options);
	const registration = join(places.clients, `${process.pid}-${startOf(process.pid)}-${randomBytes(4).toString("hex")}`);
	writeFileSync(registration, "");
	shareWithOwner(places);
	return handle(places, options, registration, port);
}

async function serve(places: Places, options: EmbeddedOptions): Promise<number> {
	sweepHalfMade(places.cluster);
	if (!hasCluster(places.cluster)) {
		await makeCluster(places.cluster, reachingAccount(places.cluster), options.sync ?? true);
	}
	return servingPort(places.cluster, places.log, () => reachingAccount(places.cluster), options.settings ?? {});
}

/** What root leaves in somebody's data folder must not shut that person out. */
function shareWithOwner(places: Places): void {
	const { uid, gid } = statSync(places.folder);
	if (process.getuid?.() !== 0 || uid === 0) return;
	for (const path of [places.clients, places.lock, places.log]) chownSync(path, uid, gid);
}

function handle(places: Places, options: EmbeddedOptions, registration: string, port: number): EmbeddedDatabase {
	const trimming = setInterval(() => trimLog(places.log), trimEveryMs).unref();
	const leaveInHaste = () => leaveNow(places, registration);
	process.once("exit", leaveInHaste);
	let closing: Promise<void> | undefined;
	return {
		ownerUrl: `postgres://postgres:${readPassword(places.cluster)}@127.0.0.1:${port}/postgres`,
		port,
		async revive() {
			const now = await locked(places, () => serve(places, options)).catch((error) => {
				throw asProblem(error, places.folder);
			});
			if (now !== port)
				throw new Problem(
					"database.moved",
					503,
					"Cơ sở dữ liệu đã phải đổi cổng sau sự cố. Hãy khởi động lại chương trình.",
				);
		},
		async room() {
			const { bavail, bsize } = await statfs(places.folder);
			if (bavail * bsize < roomBytes) throw new Problem("disk.full", 507, DISK_FULL);
		},
		close() {
			clearInterval(trimming);
			process.off("exit", leaveInHaste);
			closing ??= locked(places, () => leave(places, registration));
			return closing;
		},
	};
}

async function leave(places: Places, registration: string): Promise<void> {
	rmSync(registration, { force: true });
	if (!isInUse(places)) await stopPostmaster(places.cluster);
}

/** For a process that ends without closing: nothing can be awaited any more, so the server is told to stop and left to it. */
function leaveNow(places: Places, registration: string): void {
	if (!existsSync(places.lock)) return;
	withLockNow(places.lock, 2_000, () => {
		rmSync(registration, { force: true });
		const living = isInUse(places) ? undefined : livingPostmaster(places.cluster);
		if (living) signal(living.pid, "SIGINT");
	});
}

/** Whether any registered process lives; the registrations of those that were killed are swept on the way. */
function isInUse(places: Places): boolean {
	let living = 0;
	for (const name of readdirSync(places.clients)) {
		const [pid, start] = name.split("-");
		if (startOf(Number(pid)) === start) living++;
		else rmSync(join(places.clients, name), { force: true });
	}
	return living > 0;
}

const outOfSpace = ["ENOSPC", "EDQUOT"];
const notAllowed = ["EACCES", "EPERM", "EROFS", "ENOTDIR"];
/** SQLite's FULL; READONLY and CANTOPEN, on the lock file. */
const sqliteFull = 13;
const sqliteNotAllowed = [8, 14];

function asProblem(error: unknown, dataDir: string): unknown {
	const { code = "", errcode = 0, path } = error as { code?: string; errcode?: number; path?: string };
	if (outOfSpace.includes(code) || errcode === sqliteFull) return diskFull();
	if (!notAllowed.includes(code) && !sqliteNotAllowed.includes(errcode)) return error;
	return new Problem(
		"database.folder_unwritable",
		500,
		`Không đọc hoặc ghi được “${path ?? dataDir}”: hãy chạy chương trình bằng người dùng sở hữu thư mục đó, hoặc đặt TAPHOP_DATA sang một thư mục ghi được.`,
	);
}
