import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { DB } from "./types.gen.ts";

const DATE = 1082;
const INT8 = 20;
const TIMESTAMPTZ = 1184;

/** Days stay text; counts are numbers; instants are ISO text. One place decides how PostgreSQL's values arrive. */
const TYPES = {
	getTypeParser(oid: number, format?: "text" | "binary") {
		if (oid === DATE) return (text: string) => text;
		if (oid === INT8) return Number;
		if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
		return pg.types.getTypeParser(oid, format as "text");
	},
};

/** A connection pool whose sessions speak the Union's time zone and days as `YYYY-MM-DD`. */
export function openPool(url: string, size = 10): pg.Pool {
	return outliving(
		new pg.Pool({
			connectionString: url,
			max: size,
			types: TYPES as pg.CustomTypesConfig,
			options: "-c timezone=Asia/Ho_Chi_Minh -c datestyle=ISO,YMD -c client_min_messages=warning",
			application_name: "taphop",
		}),
	);
}

/**
 * A pool that outlives its connections. One that dies while idle is replaced, one that dies in work fails its next statement,
 * one that dies between two statements of a transaction would, without a listener of its own, end the process.
 */
export function outliving(pool: pg.Pool): pg.Pool {
	pool.on("error", (error) => {
		// While it ends, the database may be quicker to close a connection than the pool.
		if (!pool.ending) console.error(`Mất một kết nối cơ sở dữ liệu: ${error.message}`);
	});
	const byPid = new Map<number, pg.ClientBase>();
	pool.on("connect", (client) => {
		client.on("error", () => undefined);
		byPid.set(processOf(client), client);
	});
	pool.on("remove", (client) => byPid.delete(processOf(client)));
	clients.set(pool, byPid);
	return pool;
}

/** The clients of each pool by the process that serves them. */
const clients = new WeakMap<pg.Pool, Map<number, pg.ClientBase>>();

/** The server's process behind a client: told at its greeting, and missing from its type. */
function processOf(client: pg.ClientBase): number {
	return (client as unknown as { processID: number }).processID;
}

/** The connection of the pool that this server process serves: for what Kysely has no words for, COPY. */
export function clientOf(pool: pg.Pool, pid: number): pg.ClientBase {
	const client = clients.get(pool)?.get(pid);
	if (!client) throw new TypeError(`No connection of this pool is served by ${pid}.`);
	return client;
}

/** Kysely over a pool. Only db/actor.ts opens transactions with it. */
export function openKysely(pool: pg.Pool): Kysely<DB> {
	return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}
