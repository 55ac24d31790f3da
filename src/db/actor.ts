import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Day } from "../core/day.ts";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { clientOf } from "./pool.ts";
import { translateDatabaseError } from "./problems.ts";
import type { DB } from "./types.gen.ts";
import type { Vault } from "./vault.ts";

/** The local operator of the command line, and the program's own jobs: accounts like any other, audited like any other. */
export const OPERATOR_ID = "00000000-0000-7000-8000-000000000001";
export const SYSTEM_ID = "00000000-0000-7000-8000-000000000002";

/** An open database and the key to what is sealed in it. */
export interface Database {
	kysely: Kysely<DB>;
	pool: Pool;
	vault: Vault;
	/** Throws the Problem `disk.full` while there is no room to write; absent where the disk is another machine's. */
	room?(): Promise<void>;
}

/** In whose name a transaction runs. */
export interface Actor {
	accountId: string;
	/** The unit below her own for which she acts ("nhập thay", R39). */
	actingFor?: number;
	/** Signed in with a one-time password: {@link call} refuses everything until she has chosen her own. */
	mustChangePassword?: boolean;
	/** Set by tests; otherwise the database's own calendar in Việt Nam. */
	today?: Day;
}

/** One transaction as one person: what every store function receives first. */
export interface Work {
	db: Transaction<DB>;
	accountId: string;
	actingFor: number | null;
	/** Today as this transaction sees it: stores never ask a clock. */
	today: Day;
	/** The command's id, which the audit row carries. */
	commandId: string;
	vault: Vault;
	/** How many audit rows this work has written. */
	audited: number;
	/** Sends rows by COPY in this transaction: `copy … from stdin`, its text in pieces. Not into tables of `app`: those it refuses. */
	copy(statement: string, pieces: Iterable<string | Uint8Array>): Promise<void>;
	/** Writes an audit row in the same transaction. Never put names or IDs in `detail`. */
	audit(entry: { action: string; unitId?: number | null; subjectId?: string | null; detail?: object }): Promise<void>;
}

/** Two transactions that stood in each other's way, of which the database has taken back one whole. */
const COLLISIONS = ["40001", "40P01"];

/**
 * Runs `fn` in one transaction with this person's rights and nothing more: the application role, under row-level
 * security. Commits when `fn` returns, rolls back when it throws; a constraint violated becomes a Problem.
 * Beside {@link asReader} and the migrations there is no other way to the database. After a deadlock `fn` runs once more, in a
 * new transaction: it must keep nothing outside its Work.
 */
export async function asActor<T>(
	database: Database,
	actor: Actor,
	fn: (work: Work) => Promise<T>,
	commandId: string = uuidv7(),
): Promise<T> {
	const run = () => inTransaction(database, actor, fn, commandId);
	try {
		return await run().catch((error) => {
			if (!COLLISIONS.includes((error as { code?: string }).code ?? "")) throw error;
			return run();
		});
	} catch (error) {
		throw translateDatabaseError(error);
	}
}

/**
 * Runs `fn` as {@link asActor} does, in one transaction that sees a single moment of the database and writes nothing: for what is
 * read in many steps while others write, a file of any length. Never run again, since what it gave may have left already.
 */
export async function asReader<T>(database: Database, actor: Actor, fn: (work: Work) => Promise<T>): Promise<T> {
	try {
		return await inTransaction(database, actor, fn, uuidv7(), READING);
	} catch (error) {
		throw translateDatabaseError(error);
	}
}

const READING = { isolationLevel: "repeatable read", accessMode: "read only" } as const;

function inTransaction<T>(
	database: Database,
	actor: Actor,
	fn: (work: Work) => Promise<T>,
	commandId: string,
	reading?: typeof READING,
): Promise<T> {
	const transaction = reading
		? database.kysely.transaction().setIsolationLevel(reading.isolationLevel).setAccessMode(reading.accessMode)
		: database.kysely.transaction();
	return transaction.execute(async (tx) => {
		if (!reading && (await isOutOfRoom(database))) await sql`set transaction read only`.execute(tx);
		const settings = await sql<{ today: Day; pid: number }>`select pg_backend_pid() as pid,
			set_config('role', 'taphop_user', true),
			set_config('search_path', 'app, public', true),
			set_config('app.account', ${actor.accountId}, true),
			set_config('app.acting_for', ${actor.actingFor === undefined ? "" : String(actor.actingFor)}, true),
			set_config('app.today', ${actor.today ?? ""}, true),
			coalesce(nullif(${actor.today ?? ""}, '')::date, (now() at time zone 'Asia/Ho_Chi_Minh')::date) as today`.execute(
			tx,
		);
		return await fn(work(tx, actor, settings.rows[0], commandId, database));
	});
}

/** While the disk is nearly full everything may be read and nothing written; the database refuses the rest (`disk.full`). */
async function isOutOfRoom(database: Database): Promise<boolean> {
	try {
		await database.room?.();
		return false;
	} catch (error) {
		if (error instanceof Problem) return true;
		throw error;
	}
}

/** The same, as the program itself: jobs and loading, with the system account's rights. */
export function asSystem<T>(database: Database, fn: (work: Work) => Promise<T>, today?: Day): Promise<T> {
	return asActor(database, { accountId: SYSTEM_ID, today }, fn);
}

function work(
	db: Transaction<DB>,
	actor: Actor,
	{ today, pid }: { today: Day; pid: number },
	commandId: string,
	{ vault, pool }: Database,
): Work {
	return {
		db,
		accountId: actor.accountId,
		actingFor: actor.actingFor ?? null,
		today,
		commandId,
		vault,
		audited: 0,
		copy: (statement, pieces) => pipeline(Readable.from(pieces), clientOf(pool, pid).query(copyFrom(statement))),
		async audit({ action, unitId, subjectId, detail }) {
			this.audited += 1;
			await db
				.insertInto("audit")
				.values({
					id: uuidv7(),
					account_id: actor.accountId,
					command_id: commandId,
					action,
					unit_id: unitId ?? null,
					acting_for: actor.actingFor ?? null,
					subject_id: subjectId ?? null,
					detail: JSON.stringify(detail ?? {}),
				})
				.execute();
		},
	};
}
