import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Kysely } from "kysely";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Day } from "../core/day.ts";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { kyselyOn } from "./pool.ts";
import { translateDatabaseError } from "./problems.ts";
import type { DB } from "./types.gen.ts";
import type { Vault } from "./vault.ts";

/** The local operator of the command line, and the program's own jobs: accounts like any other, audited like any other. */
export const OPERATOR_ID = "00000000-0000-7000-8000-000000000001";
export const SYSTEM_ID = "00000000-0000-7000-8000-000000000002";

/** An open database and the key to what is sealed in it. */
export interface Database {
	pool: pg.Pool;
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
	db: Kysely<DB>;
	accountId: string;
	actingFor: number | null;
	/** Today as this transaction sees it: stores never ask a clock. */
	today: Day;
	/** The command's id, which the audit row carries. */
	commandId: string;
	vault: Vault;
	/** What the opening statement answered, see {@link Journey}. */
	opened: Record<string, unknown>;
	/** The audit rows so far, written with the commit. */
	audits: readonly object[];
	/** The command's answer, kept with the commit for whoever sends the command again. */
	answer: object | null;
	/** Sends rows by COPY in this transaction: `copy … from stdin`, its text in pieces. Not into tables of `app`: those it refuses. */
	copy(statement: string, pieces: Iterable<string | Uint8Array>): Promise<void>;
	/** Adds an audit row to this transaction. Never put names or IDs in `detail`. */
	audit(entry: { action: string; unitId?: number | null; subjectId?: string | null; detail?: object }): Promise<void>;
}

/** Two transactions that stood in each other's way, of which the database has taken back one whole. */
const COLLISIONS = ["40001", "40P01"];

/** What goes along with the beginning of a transaction, so that the database is asked once and not three times. */
export interface Journey {
	commandId?: string;
	/** One statement that answers one row; values in it by {@link literal}. Its row is {@link Work.opened}. */
	opening?: string;
	/** Its statements with single values keep their plans from call to call: for commands, which go by keys; a list's plan hangs on how much it lists. */
	prepared?: boolean;
}

/** A value inside a statement's text, quoted by the driver's own rules. */
export function literal(value: string | number | null): string {
	return value === null ? "null" : pg.escapeLiteral(String(value));
}

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
	journey: Journey = {},
): Promise<T> {
	const run = () => inTransaction(database, actor, fn, journey);
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
		return await inTransaction(database, actor, fn, {}, " isolation level repeatable read, read only");
	} catch (error) {
		throw translateDatabaseError(error);
	}
}

async function inTransaction<T>(
	database: Database,
	actor: Actor,
	fn: (work: Work) => Promise<T>,
	journey: Journey,
	mode?: string,
): Promise<T> {
	const begin = `begin${mode ?? ((await isOutOfRoom(database)) ? " read only" : "")}`;
	const client = await database.pool.connect();
	let broken = false;
	try {
		const doing = await enter(client, database, actor, journey, begin);
		const result = await fn(doing);
		await client.query(`${recording(doing)} commit`);
		return result;
	} catch (error) {
		// The first error is the one to tell; a connection that cannot even roll back is not used again.
		await client.query("rollback").catch(() => {
			broken = true;
		});
		throw error;
	} finally {
		client.release(broken);
	}
}

/** One journey: begins, becomes this person, and asks what the caller wants to know first. */
async function enter(
	client: pg.PoolClient,
	database: Database,
	actor: Actor,
	{ commandId = uuidv7(), opening, prepared = false }: Journey,
	begin: string,
): Promise<Work> {
	const settings = {
		role: "taphop_user",
		search_path: "app, public",
		"app.account": actor.accountId,
		"app.acting_for": String(actor.actingFor ?? ""),
		"app.today": actor.today ?? "",
	};
	const set = Object.entries(settings).map(([name, value]) => `set_config('${name}', ${literal(value)}, true)`);
	const today = actor.today ? literal(actor.today) : "(now() at time zone 'Asia/Ho_Chi_Minh')";
	const answers = (await client.query(
		`${begin}; select ${set.join(", ")}, ${today}::date as today; ${opening ?? ""}`,
	)) as unknown as pg.QueryResult[];
	const rows = answers.map((answer) => answer.rows[0]);
	return work(client, actor, { today: rows[1].today, opened: rows[2] ?? {}, commandId }, database, prepared);
}

/** What is written with the commit: the audit, and the command's answer. */
function recording({ audits, answer, commandId }: Work): string {
	if (audits.length === 0 && !answer) return "";
	const kept = answer && literal(JSON.stringify(answer));
	// Of one millisecond ids have no order of their own: the log reads as things were done.
	const ids = audits.map(() => uuidv7()).sort();
	const rows = audits.map((audit, at) => ({ id: ids[at], ...audit }));
	return `select calc.record(${literal(JSON.stringify(rows))}, ${literal(commandId)}, ${kept});`;
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
	client: pg.PoolClient,
	actor: Actor,
	{ today, opened, commandId }: Pick<Work, "today" | "opened" | "commandId">,
	{ vault }: Database,
	prepared: boolean,
): Work {
	const audits: object[] = [];
	return {
		db: kyselyOn(client, prepared),
		accountId: actor.accountId,
		actingFor: actor.actingFor ?? null,
		today,
		commandId,
		vault,
		opened,
		audits,
		answer: null,
		copy: (statement, pieces) => pipeline(Readable.from(pieces), client.query(copyFrom(statement))),
		async audit({ action, unitId, subjectId, detail }) {
			audits.push({ action, unit_id: unitId, subject_id: subjectId, detail: detail ?? {} });
		},
	};
}
