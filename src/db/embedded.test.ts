import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Problem } from "../core/problem.ts";
import { type Account, requireReach, serverAccount } from "./account.ts";
import { clusterProblem, passwordFile } from "./cluster.ts";
import { atRest, Client, postmasterPid, query, quick, remains, temporaryFolder } from "./embedded.harness.ts";
import { openDatabase } from "./embedded.ts";
import { trimLog } from "./postmaster.ts";

const isRoot = process.getuid?.() === 0;

async function problemOf(work: Promise<unknown> | (() => unknown)): Promise<Problem> {
	try {
		await (typeof work === "function" ? work() : work);
	} catch (error) {
		assert.ok(error instanceof Problem, String(error));
		return error;
	}
	assert.fail("no problem");
}

for (const env of [
	{
		LC_ALL: "C",
		TZ: "America/Lima",
		PGPORT: "1",
		PGDATA: "/nowhere",
		PGOPTIONS: "-c x=y",
	},
	{ LC_ALL: "vi", LANG: "vi_VN.TCVN", LC_CTYPE: "vi" },
]) {
	test(`Vietnamese is stored, cased, searched and sorted right under LC_ALL=${env.LC_ALL}`, async (t) => {
		const folder = temporaryFolder(t);
		const client = new Client(t, folder, env);
		await client.port;
		const database = await openDatabase(folder, quick);
		const [row] = await query(
			database.ownerUrl,
			`create extension pg_trgm; create extension unaccent; create extension btree_gist; create extension ltree;`,
		).then(() =>
			query(
				database.ownerUrl,
				`select current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
					lower('NGUYỄN THỊ ĐÀO') as low, cardinality(show_trgm('Đào')) as trigrams, unaccent('Đào') as plain,
					(select string_agg(x, ' ' order by x collate "vi-x-icu") from unnest('{Ê,Đa,E,Da,Đà}'::text[]) x) as sorted`,
			),
		);
		assert.deepEqual(row, {
			encoding: "UTF8",
			zone: "Asia/Ho_Chi_Minh",
			low: "nguyễn thị đào",
			trigrams: 4,
			plain: "Dao",
			sorted: "Da Đa Đà E Ê",
		});
		await client.end("close");
		await database.close();
	});
}

test("who finds a living server adopts it; the last one out stops it; the password is needed and private", async (t) => {
	const folder = temporaryFolder(t);
	const first = await openDatabase(folder, quick);
	const pid = postmasterPid(folder);
	const second = await openDatabase(folder, quick);
	assert.deepEqual([second.ownerUrl, postmasterPid(folder)], [first.ownerUrl, pid]);

	assert.equal(statSync(passwordFile(join(folder, "pg"))).mode & 0o777, 0o600);
	await assert.rejects(
		query(first.ownerUrl.replace(/:[^:@]+@/, ":wrong@"), "select 1"),
		/password authentication failed/,
	);
	const [row] = await query(
		first.ownerUrl,
		"select current_setting('listen_addresses') as at, current_setting('fsync') as fsync",
	);
	assert.deepEqual(row, { at: "127.0.0.1", fsync: "off" });

	await first.close();
	await first.close();
	assert.deepEqual(await query(second.ownerUrl, "select 1 as one"), [{ one: 1 }]);
	await second.close();
	assert.deepEqual(remains(folder), atRest);
});

test("eight processes starting at once beside a server share one database; one is killed; the last one out stops it", async (t) => {
	const folder = temporaryFolder(t);
	const server = new Client(t, folder);
	const others = Array.from({ length: 8 }, () => new Client(t, folder));
	const ports = await Promise.all([server, ...others].map((client) => client.port));
	assert.equal(new Set(ports).size, 1, `ports ${ports}`);
	const pid = postmasterPid(folder);

	const [victim, ...rest] = others;
	await victim.kill("SIGKILL");
	await Promise.all(rest.map((client) => client.end("close")));
	assert.equal(postmasterPid(folder), pid);
	assert.equal(remains(folder).clients.length, 1);
	await server.end("close");
	assert.deepEqual(remains(folder), atRest);
});

test("a process that exits without closing still leaves, and the server stops after it", async (t) => {
	const folder = temporaryFolder(t);
	const client = new Client(t, folder);
	await client.port;
	await client.end("exit");
	const database = await openDatabase(folder, quick);
	assert.equal(remains(folder).clients.length, 1);
	await database.close();
	assert.deepEqual(remains(folder), atRest);
});

test("a folder that cannot be entered or written is answered with one sentence that says what to do", async (t) => {
	const outer = temporaryFolder(t);
	const inner = join(outer, "trong");
	mkdirSync(inner, { mode: isRoot ? 0o755 : 0o700 });
	chmodSync(isRoot ? outer : inner, isRoot ? 0o700 : 0o500);
	const problem = await problemOf(openDatabase(inner, quick));
	assert.equal(problem.code, isRoot ? "database.folder_unreachable" : "database.folder_unwritable");
	assert.match(problem.message, isRoot ? /: hãy chạy lệnh chmod o\+x '.*Dữ liệu Hội phụ nữ \w+', hoặc/ : /TAPHOP_DATA/);
	assert.equal(remains(inner).cluster, false);

	chmodSync(isRoot ? outer : inner, 0o711);
	await (await openDatabase(inner, quick)).close();
});

test("root hands PostgreSQL to another account, and anybody else runs it as himself", async (t) => {
	const folder = temporaryFolder(t);
	const who = serverAccount([folder]);
	if (!isRoot) return assert.equal(who, undefined);
	assert.equal((who as Account).name, "postgres");
	const library = join(folder, "node_modules", "thư viện.so");
	mkdirSync(join(folder, "node_modules"));
	writeFileSync(library, "", { mode: 0o600 });
	chmodSync(folder, 0o711);
	const problem = await problemOf(() => requireReach(who as Account, [], [library]));
	assert.match(problem.message, /chmod -R o\+rX '.*\/node_modules'/);
});

/** Said in the report, not passed over: the words PostgreSQL uses of a full disk are tested all the same. */
const NO_SMALL_DISK = "This machine lets nobody mount a small disk: that needs root.";

/**
 * Opens the database on a disk of so many megabytes, of which as many are then taken as the second number says; undefined where
 * none can be mounted.
 */
function onSmallDisk(folder: string, megabytes: number, taken: number): unknown {
	const mounting = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && exec "$@"`;
	const program = `
		import { readdirSync, writeFileSync } from "node:fs";
		import { openDatabase } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
		const [folder, taken] = process.argv.slice(1);
		if (taken > 0) {
			await (await openDatabase(folder)).close();
			try { writeFileSync(folder + "/filling", Buffer.alloc(taken * 2 ** 20)); } catch (error) { if (error.code !== "ENOSPC") throw error; }
		}
		const answer = await openDatabase(folder).catch((error) => error);
		await answer.close?.();
		console.log(JSON.stringify({ code: answer.code, status: answer.status, left: readdirSync(folder).sort() }));`;
	const node = [process.execPath, "--input-type=module", "-e", program, folder, String(taken)];
	const ended = spawnSync("unshare", ["--mount", "sh", "-c", mounting, folder, ...node], { encoding: "utf8" });
	if (ended.status === 0) return JSON.parse(ended.stdout);
	assert.match(`${ended.stderr} ${ended.error}`, /unshare|mount/);
	return undefined;
}

for (const megabytes of [3, 20]) {
	test(`a disk of ${megabytes} MB is said to be full, and nothing half done stays`, (t) => {
		const answer = onSmallDisk(temporaryFolder(t), megabytes, 0);
		if (!answer) return t.skip(NO_SMALL_DISK);
		const expected = {
			code: "database.disk_full",
			status: 507,
			left: ["pg.clients", "pg.lock"],
		};
		assert.deepEqual(answer, expected);
	});
}

test("a disk that filled up after the cluster was made is said to be full, and the cluster stays", (t) => {
	const answer = onSmallDisk(temporaryFolder(t), 60, 60);
	if (!answer) return t.skip(NO_SMALL_DISK);
	const left = ["filling", "pg", "pg.clients", "pg.lock", "pg.log"];
	const expected = { code: "database.disk_full", status: 507, left };
	assert.deepEqual(answer, expected);
});

for (const said of [
	"FATAL:  could not write: No space left on device",
	"could not extend: wrote only 4096 of 8192 bytes",
]) {
	test(`PostgreSQL's “${said}” is a full disk`, () => {
		assert.equal(clusterProblem(said, "/", "database.start_failed", "").code, "database.disk_full");
	});
}

test("a folder named pg that holds something else is left alone", async (t) => {
	const folder = temporaryFolder(t);
	mkdirSync(join(folder, "pg"));
	writeFileSync(join(folder, "pg", "ảnh.jpg"), "");
	assert.equal((await problemOf(openDatabase(folder, quick))).code, "database.folder_taken");
});

test("a setting PostgreSQL refuses is passed on in its words, and the next start is not hurt", async (t) => {
	const folder = temporaryFolder(t);
	const problem = await problemOf(
		openDatabase(folder, {
			sync: false,
			settings: { shared_buffers: "nhiều" },
		}),
	);
	assert.equal(problem.code, "database.start_failed");
	assert.match(problem.message, /invalid value for parameter "shared_buffers"/);
	assert.deepEqual(remains(folder), atRest);
	await (await openDatabase(folder, quick)).close();
});

test("the log keeps its last part when it has grown over 4 MB", (t) => {
	const log = join(temporaryFolder(t), "pg.log");
	writeFileSync(log, `${"x".repeat(5 * 1024 * 1024)}the end`);
	trimLog(log);
	assert.equal(statSync(log).size, 1024 * 1024);
	trimLog(log);
	assert.equal(statSync(log).size, 1024 * 1024);
});
