import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { atRest, Client, postmasterPid, query, quick, remains, temporaryFolder, until } from "./embedded.harness.ts";
import { openDatabase } from "./embedded.ts";
import { startOf } from "./processes.ts";

test("after kill -9 of the postmaster, with a backend that goes on, the next open recovers data and port", async (t) => {
	const folder = temporaryFolder(t);
	const before = await openDatabase(folder, quick);
	await query(before.ownerUrl, "create table kept as select 'Đào Thị Ấm' as name");
	const busy = new pg.Client(before.ownerUrl);
	busy.on("error", () => undefined);
	await busy.connect();
	const [{ pid: backend }] = (await busy.query("select pg_backend_pid() as pid")).rows;
	const cut = assert.rejects(busy.query("select count(*) from generate_series(1, 1e12)"));
	await until("the backend is computing", () => remains(folder).running.includes(backend));
	const postmaster = postmasterPid(folder);
	// Stopped, it cannot notice that its postmaster died, as one deep in a computation does not.
	process.kill(backend, "SIGSTOP");
	await killed(postmaster);

	const after = await openDatabase(folder, quick);
	await cut;
	assert.equal(after.ownerUrl, before.ownerUrl);
	assert.notEqual(postmasterPid(folder), postmaster);
	assert.equal(remains(folder).running.includes(backend), false);
	assert.deepEqual(await query(after.ownerUrl, "select name from kept"), [{ name: "Đào Thị Ấm" }]);

	await killed(postmasterPid(folder));
	await before.revive();
	assert.deepEqual(await query(before.ownerUrl, "select name from kept"), [{ name: "Đào Thị Ấm" }]);
	await before.close();
	await after.close();
	assert.deepEqual(remains(folder), atRest);
});

async function killed(pid: number): Promise<void> {
	process.kill(pid, "SIGKILL");
	await until("the killed one is gone", () => startOf(pid) === undefined);
}

/** Moments at which the process that makes and starts the database is killed, by what is then in its folder. */
const moments: [string, (folder: string) => boolean][] = [
	["as initdb begins", (folder) => halfMade(folder, "")],
	["in the middle of initdb", (folder) => halfMade(folder, "data/base/1/1259")],
	["at the end of initdb", (folder) => halfMade(folder, "data/base/5")],
	["as the cluster comes to its place", (folder) => readdirSync(folder).includes("pg")],
	["while the server starts", (folder) => readdirSync(folder).includes("pg.log")],
];

function halfMade(folder: string, path: string): boolean {
	const parts = path === "" ? [] : path.split("/");
	const start = readdirSync(folder).find((name) => name.startsWith("pg.new-"));
	let at = join(folder, start ?? "none");
	for (const part of parts) {
		if (!start || !isIn(at, part)) return false;
		at = join(at, part);
	}
	return start !== undefined;
}

function isIn(folder: string, name: string): boolean {
	try {
		return readdirSync(folder).includes(name);
	} catch {
		// Not made yet, or gone already.
		return false;
	}
}

for (const [moment, reached] of moments) {
	test(`after kill -9 of the starter ${moment} the next open works`, async (t) => {
		const folder = temporaryFolder(t);
		const starter = new Client(t, folder);
		await until(moment, () => reached(folder));
		await starter.kill("SIGKILL");
		const database = await openDatabase(folder, quick);
		assert.deepEqual(await query(database.ownerUrl, "select 1 as one"), [{ one: 1 }]);
		assert.deepEqual(remains(folder).halfMade, []);
		await database.close();
		assert.deepEqual(remains(folder), atRest);
	});
}

test("Ctrl-C in the starter's terminal does not touch the server; who comes next adopts it", async (t) => {
	const folder = temporaryFolder(t);
	const starter = new Client(t, folder);
	const port = await starter.port;
	const pid = postmasterPid(folder);
	await starter.kill("SIGINT");
	const database = await openDatabase(folder, quick);
	assert.deepEqual([database.port, postmasterPid(folder)], [port, pid]);
	await database.close();
	assert.deepEqual(remains(folder), atRest);
});

test("records that name a process with a reused pid are not believed", async (t) => {
	const folder = temporaryFolder(t);
	await (await openDatabase(folder, quick)).close();
	// This very process lives, but it is no server, and it did not begin then.
	writeFileSync(
		join(folder, "pg", "postmaster.pid"),
		`${process.pid}\n${folder}/pg\n1700000000\n1\n\n127.0.0.1\n1 1\nready\n`,
	);
	writeFileSync(join(folder, "pg.clients", `${process.pid}-another.1-0`), "");
	const database = await openDatabase(folder, quick);
	assert.deepEqual(await query(database.ownerUrl, "select 1 as one"), [{ one: 1 }]);
	await database.close();
	assert.deepEqual(remains(folder), atRest);
});
