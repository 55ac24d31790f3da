import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { uuidv7 } from "../src/core/id.ts";
import { postmasterPid } from "../src/db/embedded.harness.ts";
import { dataFolder, run, running, serve, until } from "./program.ts";
import { Browser } from "./sign-in-site.ts";

const CHAIR = ["account", "add", "--username", "chu.tich", "--role", "commune_chair", "--unit", "00004", "--json"];

interface Sent {
	name: string;
	commandId: string;
}

test("the database killed and stopped under load: the server heals by itself, nothing acknowledged is lost, nothing doubled", async () => {
	const folder = await dataFolder();
	const server = await serve(folder);
	const first = new Browser(server.url);
	const { oneTimePassword } = JSON.parse((await run(folder, CHAIR)).out);
	assert.equal((await first.signIn("chu.tich", oneTimePassword)).status, 200);
	const newPassword = "mat khau cua chu tich";
	assert.equal((await first.post("/change-password", { currentPassword: oneTimePassword, newPassword })).status, 200);
	const { unit } = (await first.get("/api/access/session")).body;
	const acknowledged: Sent[] = [];
	const refusals = new Map<string, number>();
	let writing = true;

	/** Writes women one after the other, each again and again under one command id until it is answered. */
	async function client(number: number): Promise<void> {
		for (let n = 0; writing; n += 1) {
			const sent = { name: `Người thứ ${n} của máy ${number}`, commandId: uuidv7() };
			for (;;) {
				const { status, body } = await first.send(
					"POST",
					"/api/members/add",
					{ leafId: unit.id, name: sent.name, joined: "2020-03-08" },
					{ "x-command-id": sent.commandId },
				);
				if (status === 200) break;
				assert.equal(status, 503, `${JSON.stringify(body)}\n${server.err.slice(-2_000)}`);
				refusals.set(body.code, (refusals.get(body.code) ?? 0) + 1);
				await sleep(50);
			}
			acknowledged.push(sent);
		}
	}

	let failure: Error | undefined;
	const clients = Array.from({ length: 8 }, (_, number) =>
		client(number).catch((error) => {
			writing = false;
			failure ??= error;
		}),
	);
	const goesOn = (count: number) => {
		if (failure) throw failure;
		return acknowledged.length > count + 16;
	};
	for (const name of ["SIGKILL", "SIGINT"] as const) {
		const busy = acknowledged.length;
		await until("all are writing", () => goesOn(busy));
		const before = postmasterPid(folder);
		process.kill(before, name);
		const count = acknowledged.length;
		const began = performance.now();
		await until(`writes go on after ${name}`, () => goesOn(count));
		const ms = performance.now() - began;
		assert.ok(ms < 20_000, `${name}: ${Math.round(ms)} ms`);
		assert.notEqual(postmasterPid(folder), before);
	}
	writing = false;
	await Promise.all(clients);
	assert.equal(failure, undefined);
	assert.deepEqual([...refusals.keys()], ["database.unreachable"]);

	const rows: { name: string }[] = [];
	let after: string | undefined;
	do {
		const { body } = await first.get(
			`/api/members/list?limit=500${after ? `&after=${encodeURIComponent(after)}` : ""}`,
		);
		rows.push(...body.rows);
		after = body.next ?? undefined;
	} while (after);
	const names = (list: { name: string }[]) => list.map(({ name }) => name).sort();
	assert.deepEqual(names(rows), names(acknowledged));
	assert.equal((await server.stop()).code, 0);
	assert.deepEqual(running(folder), []);
	assert.equal(JSON.parse((await run(folder, ["verify", "--json"])).out).differences, 0);
});
