import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { postmasterPid } from "../src/db/embedded.harness.ts";
import { dataFolder, emptyFolder, run, running, serve, until } from "./program.ts";
import { Browser } from "./sign-in-site.ts";

const MEGABYTE = 1024 * 1024;
const CHAIR = ["account", "add", "--username", "chu.tich", "--role", "commune_chair", "--unit", "00004", "--json"];

/** A disk of its own of 320 MB with a real, empty database on it; null where this machine lets nobody mount. */
async function smallDisk(): Promise<string | null> {
	const folder = emptyFolder();
	const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=320m,mode=755", "tmpfs", folder], {
		encoding: "utf8",
	});
	if (mounted.status !== 0) {
		// Without the right to mount there is no small disk; any other reason is a failure.
		assert.match(`${mounted.stderr}${mounted.error ?? ""}`, /superuser|permi|ENOENT/i);
		return null;
	}
	after(() => spawnSync("umount", ["-l", folder]));
	execFileSync("cp", ["-a", `${await dataFolder()}/.`, folder]);
	return folder;
}

/** Fills the disk up to so many megabytes. */
function leave(folder: string, megabytes: number): void {
	const { bavail, bsize } = statfsSync(folder);
	const ballast = Math.max(0, bavail * bsize - megabytes * MEGABYTE);
	writeFileSync(join(folder, `ballast-${megabytes}`), Buffer.alloc(ballast, 1));
}

function free(folder: string): void {
	for (const name of readdirSync(folder)) if (name.startsWith("ballast")) rmSync(join(folder, name));
}

test("a full disk: writes are refused, reading goes on, nothing is half done, and room makes all go on", async (context) => {
	const folder = await smallDisk();
	if (folder === null) {
		context.skip("This machine lets nobody mount a small disk: that needs root.");
		return;
	}
	const server = await serve(folder);
	const chair = new Browser(server.url);
	const { oneTimePassword } = JSON.parse((await run(folder, CHAIR)).out);
	await chair.signIn("chu.tich", oneTimePassword);
	const newPassword = "mat khau cua chu tich";
	assert.equal((await chair.post("/change-password", { currentPassword: oneTimePassword, newPassword })).status, 200);
	const { unit } = (await chair.get("/api/access/session")).body;
	let written = 0;
	const add = async () => {
		const input = { leafId: unit.id, name: `Người thứ ${written}`, joined: "2020-03-08" };
		const answer = await chair.send("POST", "/api/members/add", input);
		if (answer.status === 200) written += 1;
		return answer;
	};
	const total = async () => (await chair.get("/api/members/list?limit=500")).body.rows.length;
	const assertFull = ({ status, body }: Awaited<ReturnType<typeof add>>) => {
		assert.deepEqual([status, body.code], [507, "disk.full"], JSON.stringify(body));
		assert.match(body.message, /Ổ đĩa của máy chủ đã đầy/);
	};

	await context.test("nearly full: no write begins, every read is answered", async () => {
		assert.equal((await add()).status, 200);
		leave(folder, 40);
		assertFull(await add());
		assert.equal(await total(), written);
		const csv = join(emptyFolder(), "h.csv");
		writeFileSync(csv, "code,women18\n00004,9000\n");
		const { code, err } = await run(folder, ["populations", "import", csv, "--source", "BC"]);
		assert.deepEqual([code, /\(disk\.full\)\n$/.test(err)], [1, true], err);
		free(folder);
		assert.equal((await add()).status, 200);
	});

	await context.test("a backup that does not fit leaves no half file", async () => {
		leave(folder, 0);
		const file = join(folder, "tap-hop.backup");
		const { code, err } = await run(folder, ["backup", file]);
		assert.deepEqual([code, /\(disk\.full\)\n$/.test(err)], [1, true], err);
		assert.equal(existsSync(file), false);
		assert.deepEqual(
			readdirSync(folder).filter((name) => name.includes(".part")),
			[],
		);
		free(folder);
	});

	await context.test(
		"full to the last byte and the database killed: says so, and comes back with the room",
		async () => {
			leave(folder, 0);
			process.kill(postmasterPid(folder), "SIGKILL");
			await until("the database is away", () => running(folder).length === 0);
			assertFull(await add());
			free(folder);
			await until("writes go on", async () => (await add()).status === 200);
			assert.equal(await total(), written);
		},
	);

	assert.equal((await server.stop()).code, 0);
	assert.deepEqual(running(folder), []);
	assert.equal(JSON.parse((await run(folder, ["verify", "--json"])).out).differences, 0);
});
