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
	pool.on("connect", (client) => {
		client.on("error", () => undefined);
	});
	return pool;
}

/**
 * Kysely over one connection that someone else opens transactions on and gives back: only db/actor.ts. With `prepared` the statements of
 * a command are planned once a connection and not at every call.
 */
export function kyselyOn(client: pg.PoolClient, prepared: boolean): Kysely<DB> {
	const made = prepared ? madePrepared : madePlain;
	const known = made.get(client);
	if (known) return known;
	const held = {
		query: (text: string, values: unknown[]) =>
			client.query({ name: prepared ? nameOf(text, values) : undefined, text, values }),
		release: () => undefined,
	} as unknown as pg.PoolClient;
	const kysely = new Kysely<DB>({
		dialect: new PostgresDialect({ pool: { connect: async () => held, end: async () => undefined, options: {} } }),
	});
	made.set(client, kysely);
	return kysely;
}

/** Made once a connection: they keep nothing of a transaction. */
const madePlain = new WeakMap<pg.PoolClient, Kysely<DB>>();
const madePrepared = new WeakMap<pg.PoolClient, Kysely<DB>>();

/** How many statements a connection keeps at most: each costs the database some ten kilobytes. */
const KEPT = 300;
const LONG_VALUE = 500;
const names = new Map<string, string>();

/**
 * Under which name a statement is kept; none where a value is many in one (an array, JSON): how many there are decides its plan, and a kept
 * plan would know nothing of it.
 */
function nameOf(text: string, values: readonly unknown[]): string | undefined {
	const many = (value: unknown) =>
		typeof value === "object" ? value !== null : typeof value === "string" && value.length > LONG_VALUE;
	if (values.length === 0 || values.some(many)) return undefined;
	const known = names.get(text);
	if (known || names.size >= KEPT) return known;
	const name = `s${names.size}`;
	names.set(text, name);
	return name;
}
