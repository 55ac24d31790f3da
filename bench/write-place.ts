import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { uuidv7 } from "../src/core/id.ts";
import { OPERATOR_ID } from "../src/db/actor.ts";
import { type OpenDatabase, openProgramDatabase } from "../src/db/open.ts";
import { hashPassword } from "../src/db/password.ts";
import { postgresIn } from "../src/db/processes.ts";
import { readSettings } from "../src/db/settings.ts";
import { call } from "../src/server/call.ts";
import { type Program, startProgram } from "./program.ts";

/** A clerk of a commune with branches of hers. */
export interface Clerk {
	accountId: string;
	username: string;
	communeId: number;
	leaves: number[];
}

/** A database of the bench's own (or the one of TAPHOP_BENCH_DATA, which stays), open in this process, too. */
export interface Place {
	folder: string;
	database: OpenDatabase;
	clerks: Clerk[];
	close(): Promise<void>;
}

const PASSWORD = "do-tai-2026";

/** Opens the place and makes `clerks` clerks of as many communes of today, each with six branches. */
export async function openPlace(clerks: number): Promise<Place> {
	const kept = process.env.TAPHOP_BENCH_DATA;
	const folder = kept ?? mkdtempSync(join(tmpdir(), "taphop-bench-"));
	if (!kept) chmodSync(folder, 0o755);
	const database = await openProgramDatabase(readSettings({ TAPHOP_DATA: folder, TAPHOP_DEMO: "no" }), "real", {
		size: 4,
	});
	return {
		folder,
		database,
		clerks: await makeClerks(database, clerks),
		close: async () => {
			await database.close();
			if (!kept) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
		},
	};
}

async function makeClerks(database: OpenDatabase, wanted: number): Promise<Clerk[]> {
	const owner = new pg.Client({ connectionString: database.ownerUrl });
	await owner.connect();
	try {
		const hash = await hashPassword(PASSWORD);
		// Spread over the country by id, the same ones at every run.
		const { rows } = await owner.query<{ id: number }>(
			`select id from (select u.id, row_number() over (order by u.id) as n, count(*) over () as all_of_them
				from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> current_date where u.kind = 'commune') c
				where (n - 1) % (all_of_them / $1) = all_of_them / $1 / 2 order by n limit $1`,
			[wanted],
		);
		const clerks: Clerk[] = [];
		for (const { id } of rows) clerks.push(await makeClerk(database, owner, id, hash));
		return clerks;
	} finally {
		await owner.end();
	}
}

async function makeClerk(database: OpenDatabase, owner: pg.Client, communeId: number, hash: string): Promise<Clerk> {
	const username = `do.${communeId}`;
	const branches = `select s.unit_id as id from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'branch'
		where s.parent_id = ${communeId} and upper_inf(s.during) order by 1 limit 6`;
	const { rows: known } = await owner.query<{ id: string }>("select id from app.account where username = $1", [
		username,
	]);
	const accountId = known[0]?.id ?? uuidv7();
	if (!known[0]) {
		await owner.query("begin");
		await owner.query("select set_config('app.account', $1, true)", [OPERATOR_ID]);
		await owner.query("insert into app.account (id, username, display_name, unit_id) values ($1, $2, $2, $3)", [
			accountId,
			username,
			communeId,
		]);
		await owner.query("insert into app.account_role (account_id, role, unit_id) values ($1, 'commune_clerk', $2)", [
			accountId,
			communeId,
		]);
		await owner.query("select calc.reset_credential($1, $2)", [accountId, hash]);
		await owner.query("update app.account set must_change_password = false, password_until = null where id = $1", [
			accountId,
		]);
		await owner.query("commit");
	}
	for (let there = (await owner.query(branches)).rows.length; there < 6; there++)
		await call(database, { accountId: OPERATOR_ID }, "units.add", {
			parentId: communeId,
			kind: "branch",
			name: `Chi hội phụ nữ thôn ${there + 1}`,
		});
	const { rows } = await owner.query<{ id: number }>(branches);
	return { accountId, username, communeId, leaves: rows.map((row) => row.id) };
}

/** The program serving the place, with a session of each clerk. */
export interface Served extends Program {
	/** One cookie a clerk, got by signing in over HTTP. */
	cookies: string[];
}

/** Starts the server on the place and signs its clerks in. `nodeOptions` are for profiling. */
export async function serve({ folder, clerks }: Place, nodeOptions: string[] = []): Promise<Served> {
	const program = await startProgram(folder, { NODE_OPTIONS: nodeOptions.join(" ") });
	const cookies: string[] = [];
	for (const { username } of clerks) cookies.push(await signIn(program.port, username));
	return { ...program, cookies };
}

async function signIn(port: number, username: string): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/username`, {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"sec-fetch-site": "same-origin",
			origin: `http://127.0.0.1:${port}`,
		},
		body: JSON.stringify({ username, password: PASSWORD }),
	});
	if (!response.ok) throw new Error(`${username}: ${response.status} ${await response.text()}`);
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(";")[0])
		.join("; ");
}

/** Processor seconds so far of some processes; those of PostgreSQL by the folder they work in. */
export function cpuOf(pids: readonly number[]): number {
	return pids.reduce((sum, pid) => sum + cpuOfOne(pid), 0);
}

/** The processes of the place's PostgreSQL. */
export function postgresOf({ folder }: Place): number[] {
	return postgresIn(join(folder, "pg"));
}

/** From /proc: clock ticks of 10 ms in user and system mode. */
function cpuOfOne(pid: number): number {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		return (Number(fields[11]) + Number(fields[12])) / 100;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
		throw error;
	}
}
