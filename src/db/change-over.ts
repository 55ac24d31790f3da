import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { Problem } from "../core/problem.ts";
import { DATABASE_OF, setMode } from "./mode.ts";
import { replaceWhole } from "./whole-file.ts";

/**
 * Changing the real database for another one. The change itself is one transaction; what must follow it (the data folder serves
 * the real database from now on) is announced in a file before, so that whoever comes next after a kill, at whatever moment,
 * finishes it or takes it back. The right key needs no step: it is found by the database's mark (keys.ts).
 */
const announcement = (dataDir: string) => join(dataDir, "restoring");

/** Any number: one change of databases at a time. */
const LOCK = 7403;

/** A moment, as the names of databases carry it: to the millisecond, UTC. */
export const stampNow = () => new Date().toISOString().replace(/\D/g, "").slice(0, 17);

/** The database a restore fills before it takes its place. */
export const draftName = (stamp: string) => `taphop_restoring_${stamp}`;

/** Tests end the process at a named step; otherwise nothing happens there. */
export type AtStep = (step: string) => Promise<void>;
export const goOn: AtStep = async () => undefined;

/**
 * Runs `fn` as the only one that changes databases in this server, after whatever a killed one left half done has been finished
 * or cleared away. `admin` is connected to the database `postgres`.
 *
 * @throws Problem `restore.running`
 */
export async function changingAlone<T>(admin: pg.Client, dataDir: string, fn: () => Promise<T>): Promise<T> {
	if (!(await lock(admin)))
		throw new Problem("restore.running", 409, "Một lần phục hồi khác đang chạy. Hãy chờ nó xong.");
	try {
		await settle(admin, dataDir);
		return await fn();
	} catch (error) {
		// Where this fails, too, the next start does it; what went wrong first is what the person must read.
		await settle(admin, dataDir).catch(() => undefined);
		throw error;
	}
}

/** At every start: finishes or clears away what a killed change left; leaves alone one that is at work. */
export async function settleChange(ownerUrl: string, dataDir: string): Promise<void> {
	if (!existsSync(announcement(dataDir))) return;
	const admin = new pg.Client({ connectionString: ownerUrl });
	await admin.connect();
	try {
		if (await lock(admin)) await settle(admin, dataDir);
	} finally {
		await admin.end();
	}
}

/** False where another holds it. It goes with the connection, however that ends. */
async function lock(admin: pg.Client): Promise<boolean> {
	const { rows } = await admin.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [LOCK]);
	return rows[0].taken;
}

async function settle(admin: pg.Client, dataDir: string): Promise<void> {
	const file = announcement(dataDir);
	if (!existsSync(file)) return;
	const stamp = readFileSync(file, "utf8").trim();
	const { rows } = await admin.query<{ said: string }>(
		"select shobj_description(oid, 'pg_database') as said from pg_database where datname = $1",
		[DATABASE_OF.real],
	);
	if (rows[0]?.said === commentOf(stamp)) setMode(dataDir, "real");
	await admin.query(`drop database if exists ${draftName(stamp)} with (force)`);
	rmSync(file, { force: true });
}

const commentOf = (stamp: string) => `taphop ${stamp}`;

/** Says that a change is under way, before anything of it is made. */
export function announce(dataDir: string, stamp: string): void {
	replaceWhole(announcement(dataDir), stamp);
}

/**
 * Makes the database `from` the real one, whose data folder is served from the next start on. What stood there is kept as
 * `kept`, where that is named. Announced before by {@link announce} with the same stamp.
 *
 * @throws Problem `restore.in_use`: somebody works on the real database, or on `from`; nothing has changed
 */
export async function changeOver(
	admin: pg.Client,
	dataDir: string,
	stamp: string,
	{ from, kept }: { from: string; kept: string | null },
	at: AtStep = goOn,
): Promise<void> {
	const current = DATABASE_OF.real;
	try {
		await admin.query("begin");
		if (kept) await admin.query(`alter database ${current} rename to ${kept}`);
		await admin.query(`alter database ${from} rename to ${current}`);
		await admin.query(`comment on database ${current} is '${commentOf(stamp)}'`);
		await at("changing");
		await admin.query("commit");
	} catch (error) {
		await admin.query("rollback");
		throw asInUse(error);
	}
	await at("changed");
	setMode(dataDir, "real");
	await at("mode set");
	rmSync(announcement(dataDir), { force: true });
}

/** Keeps the demo under another name, which it answers. @throws Problem `restore.in_use` */
export async function setDemoAside(ownerUrl: string): Promise<string> {
	const kept = `${DATABASE_OF.demo}_before_${stampNow()}`;
	const admin = new pg.Client({ connectionString: ownerUrl });
	await admin.connect();
	try {
		await admin.query(`alter database ${DATABASE_OF.demo} rename to ${kept}`);
		return kept;
	} catch (error) {
		throw asInUse(error);
	} finally {
		await admin.end();
	}
}

function asInUse(error: unknown): unknown {
	return (error as { code?: string }).code === "55006" ? inUse() : error;
}

export function inUse(): Problem {
	return new Problem("restore.in_use", 409, "Chương trình đang chạy. Hãy dừng máy chủ rồi phục hồi lại.");
}
