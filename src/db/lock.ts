import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/** SQLITE_BUSY: another connection holds the lock. */
const busy = 5;

/** Between two tries. Eight processes waiting for an initdb of half a second must not feel it. */
const pauseMs = 8;

/**
 * Runs `work` while no other process (nor another caller in this one) holds the lock of this file.
 *
 * Node has no flock, and a lock file with a pid in it must be broken by hand when its holder was killed, which two can do
 * at once. SQLite takes the kernel's own lock on the file: it goes with its process, however that ends. Nothing is ever
 * written. Never open the file by other means in this process: closing it would drop the lock (POSIX fcntl).
 *
 * @param waitMs how long to wait for the holder
 * @param late makes the error to throw when the wait is over
 */
export async function withLock<T>(file: string, waitMs: number, late: () => Error, work: () => Promise<T>): Promise<T> {
	const lock = new DatabaseSync(file, { timeout: 0 });
	try {
		const until = Date.now() + waitMs;
		while (!take(lock)) {
			if (Date.now() > until) throw late();
			await sleep(pauseMs);
		}
		return await work();
	} finally {
		lock.close();
	}
}

/** The same for the last breath of a process (its "exit" event), where nothing can be awaited. False: not got in time. */
export function withLockNow(file: string, waitMs: number, work: () => void): boolean {
	const lock = new DatabaseSync(file, { timeout: waitMs });
	try {
		const taken = take(lock);
		if (taken) work();
		return taken;
	} finally {
		lock.close();
	}
}

function take(lock: DatabaseSync): boolean {
	try {
		lock.exec("pragma journal_mode = memory; begin exclusive");
		return true;
	} catch (error) {
		if ((error as { errcode?: number }).errcode === busy) return false;
		throw error;
	}
}
