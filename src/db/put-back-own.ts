import pg from "pg";
import { Problem } from "../core/problem.ts";
import { restore } from "./backup.ts";
import type { AtStep } from "./change-over.ts";
import { keepKey, markOf, moveKeyIn, writeMark } from "./keys.ts";
import { ensureOwnServer } from "./migrate.ts";
import type { PutBack } from "./put-back.ts";
import type { Settings } from "./settings.ts";
import { vaultOf } from "./vault.ts";

/** Stands as a comment on the schema from before the first table until the last row and the key are there. */
const UNFINISHED = "taphop: restore unfinished";

const LOCK = 7403;

/**
 * Fills an empty database of a PostgreSQL of one's own from a backup. One that a killed restore left half filled counts as
 * empty; until it has been filled the program refuses to open it ({@link requireFilled}).
 */
export async function putBackOwn(settings: Settings, file: string, code: string, at: AtStep): Promise<PutBack> {
	const url = settings.ownerUrl as string;
	await ensureOwnServer(url, settings.databaseUrl as string);
	const client = new pg.Client({ connectionString: url, options: "-c client_min_messages=warning" });
	await client.connect();
	try {
		await begin(client);
		await at("announced");
		const {
			rows,
			key,
			at: made,
		} = await restore(url, file, code).catch(async (error) => {
			// Where this fails, too, the next restore clears it; what went wrong first is what the person must read.
			await client.query(CLEAR).catch(() => undefined);
			throw error;
		});
		await at("filled");
		const vault = vaultOf(key);
		await writeMark(url, vault);
		keepKey(settings.keyFile, vault);
		await at("key kept");
		await client.query("comment on schema app is null");
		await at("changed");
		moveKeyIn(settings.keyFile, markOf(vault));
		return { rows, at: made, kept: null };
	} finally {
		await client.end();
	}
}

/** @throws Problem `restore.unfinished` where a restore into this database was killed, or is still at work */
export async function requireFilled(ownerUrl: string): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		if ((await stateOf(client)).unfinished)
			throw new Problem(
				"restore.unfinished",
				409,
				"Việc phục hồi vào cơ sở dữ liệu này chưa xong. Hãy chờ lệnh taphop restore đang chạy, hoặc chạy lại lệnh đó nếu nó đã bị ngắt.",
			);
	} finally {
		await client.end();
	}
}

async function begin(client: pg.Client): Promise<void> {
	const { rows: lock } = await client.query("select pg_try_advisory_lock($1) as taken", [LOCK]);
	if (!lock[0].taken) throw new Problem("restore.running", 409, "Một lần phục hồi khác đang chạy. Hãy chờ nó xong.");
	const { migrated, unfinished } = await stateOf(client);
	if (migrated && !unfinished)
		throw new Problem(
			"restore.not_empty",
			409,
			"Cơ sở dữ liệu đã có bảng của Tập Hợp. Hãy phục hồi vào một cơ sở dữ liệu trống.",
		);
	await client.query("set role taphop_owner");
	// One text is one transaction. What is not ours is never dropped: taphop_owner may not.
	await client.query(`${unfinished ? `${CLEAR}; ` : ""}create schema app; comment on schema app is '${UNFINISHED}'`);
}

const CLEAR = "drop schema if exists app, auth, calc cascade";

async function stateOf(client: pg.Client): Promise<{ migrated: boolean; unfinished: boolean }> {
	const { rows } = await client.query(
		`select to_regclass('app.migration') is not null as migrated,
			coalesce(obj_description(to_regnamespace('app'), 'pg_namespace') = $1, false) as unfinished`,
		[UNFINISHED],
	);
	return rows[0];
}
