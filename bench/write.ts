import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { atLeast, atMost, beside, median, type Row, RUNS } from "./row.ts";
import type { FloorOrder, FloorResult } from "./write-floor.ts";
import type { LoadOrder, LoadResult } from "./write-load.ts";
import { cpuOf, openPlace, type Place, postgresOf, type Served, serve } from "./write-place.ts";

const inProcess = promisify(execFile);
const CLIENTS = 16;
const MEMBERS = Number(process.env.TAPHOP_BENCH_ROUND ?? 4000);
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/** Member create over HTTP with everything on, beside the same rows straight into PostgreSQL, without and with the ledger. */
export async function run(): Promise<Row[]> {
	const place = await openPlace(CLIENTS);
	const served = await serve(place, process.env.PROFILE ? [`--cpu-prof --cpu-prof-dir=${process.env.PROFILE}`] : []);
	try {
		const seed = (Math.floor(Date.now() / 1000) % 10_000_000) * 100;
		await overHttp(place, served, seed, 500);
		const rounds: Round[] = [];
		// By turns, so that whatever else the machine does strikes all three.
		for (let n = 0; n < RUNS; n++)
			rounds.push({
				http: await overHttp(place, served, seed + 10 + n, MEMBERS),
				bare: await straight(place, seed + 30 + n, false),
				ledger: await straight(place, seed + 50 + n, true),
			});
		const middle = (value: (one: Round) => number) => median(rounds.map(value));
		const rate = middle(({ http }) => http.rate);
		return [
			atLeast(`members a second over HTTP, ${CLIENTS} clients`, 1500, rate, "/s"),
			atMost(
				"  their 95th percentile",
				30,
				middle(({ http }) => http.p95),
				"ms",
			),
			beside(
				"  processor time of the program a member",
				middle(({ http }) => http.node),
				"µs",
			),
			beside(
				"  processor time of PostgreSQL a member",
				middle(({ http }) => http.postgres),
				"µs",
			),
			beside(
				`the same rows straight into PostgreSQL, ${CLIENTS} connections`,
				middle(({ bare }) => bare),
				"/s",
			),
			atMost(
				"an insert with the ledger against the same without",
				2,
				middle(({ bare, ledger }) => bare / ledger),
				"×",
			),
			beside(
				"everything the program does against the bare rows",
				middle(({ bare, http }) => bare / http.rate),
				"×",
			),
		];
	} finally {
		await served.stop();
		await place.close();
	}
}

/** Each way once; the two below in members a second. */
interface Round {
	http: Awaited<ReturnType<typeof overHttp>>;
	bare: number;
	ledger: number;
}

/** One round over HTTP, with the processor time a member took of each side. */
async function overHttp(place: Place, served: Served, seed: number, requests: number) {
	const order: LoadOrder = {
		port: served.port,
		path: "/rpc/members/add",
		clerks: place.clerks.map(({ leaves }, at) => ({ cookie: served.cookies[at] as string, leaves })),
		clients: CLIENTS,
		requests,
		seed,
		today,
	};
	const postgres = postgresOf(place);
	const before = [cpuOf([served.pid]), cpuOf(postgres)];
	const result = await asked<LoadResult>("write-load.ts", order);
	const after = [cpuOf([served.pid]), cpuOf(postgres)];
	if (result.refused) throw new Error(`${result.refused} of ${requests} refused: ${result.firstRefusal}`);
	const us = (seconds: number) => Math.round((seconds * 1e6) / requests);
	return {
		rate: requests / result.seconds,
		p95: result.latencies[Math.floor(requests * 0.95)] as number,
		node: us(after[0] - before[0]),
		postgres: us(after[1] - before[1]),
	};
}

/** Members a second straight into PostgreSQL. */
async function straight({ database, clerks }: Place, seed: number, ledger: boolean): Promise<number> {
	const order: FloorOrder = {
		url: database.ownerUrl,
		clerks,
		connections: CLIENTS,
		rows: MEMBERS,
		seed,
		today,
		ledger,
	};
	return MEMBERS / (await asked<FloorResult>("write-floor.ts", order)).seconds;
}

/** The load comes from a process of its own. */
async function asked<T>(file: string, order: object): Promise<T> {
	const { stdout } = await inProcess(process.execPath, [join(import.meta.dirname, file), JSON.stringify(order)], {
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout) as T;
}
