import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { LoadOrder, LoadResult } from "./write-load.ts";
import { cpuOf, openPlace, type Place, postgresOf, type Served, serve } from "./write-place.ts";

const run1 = promisify(execFile);
const CLIENTS = 16;
const PER_ROUND = Number(process.env.TAPHOP_BENCH_ROUND ?? 6000);

/** One round over HTTP, with the processor time a member took of each side. */
export async function round(place: Place, served: Served, seed: number, requests: number, path = "/rpc/members/add") {
	const order: LoadOrder = {
		port: served.port,
		path,
		clerks: place.clerks.map(({ leaves }, at) => ({ cookie: served.cookies[at] as string, leaves })),
		clients: CLIENTS,
		requests,
		seed,
		today: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
	};
	const postgres = postgresOf(place);
	const before = [cpuOf([served.pid]), cpuOf(postgres)];
	const { stdout } = await run1(process.execPath, [join(import.meta.dirname, "write-load.ts"), JSON.stringify(order)], {
		maxBuffer: 64 * 1024 * 1024,
	});
	const after = [cpuOf([served.pid]), cpuOf(postgres)];
	const result = JSON.parse(stdout) as LoadResult;
	if (result.refused) throw new Error(`${result.refused} of ${requests} refused: ${result.firstRefusal}`);
	const us = (seconds: number) => Math.round((seconds * 1e6) / requests);
	return {
		rate: requests / result.seconds,
		p50: result.latencies[Math.floor(requests * 0.5)] as number,
		p95: result.latencies[Math.floor(requests * 0.95)] as number,
		node: us(after[0] - before[0]),
		postgres: us(after[1] - before[1]),
		load: us(result.cpu),
	};
}

if (import.meta.main) {
	const place = await openPlace(8);
	const served = await serve(place, process.env.PROFILE ? [`--cpu-prof --cpu-prof-dir=${process.env.PROFILE}`] : []);
	try {
		const seed = Math.floor(Date.now() / 1000) % 100_000;
		for (let n = 0; n < Number(process.env.ROUNDS ?? 4); n++)
			console.log(await round(place, served, seed * 10 + n, PER_ROUND, process.env.RPATH));
	} finally {
		await served.stop();
		await place.close();
	}
}
