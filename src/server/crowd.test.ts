import assert from "node:assert/strict";
import { test } from "node:test";
import type { Actor, Database } from "../db/actor.ts";
import { createApp } from "./app.ts";

test("a crowded server turns away at once, says when to come again, and lets in whoever comes after", async () => {
	const waiting: ((nobody: null) => void)[] = [];
	const app = createApp({
		// Nobody is signed in, so that no request gets as far as the database.
		database: {} as Database,
		sessions: {
			handle: async () => new Response("in"),
			actorOf: () => new Promise<Actor | null>((resolve) => waiting.push(resolve)),
		},
		webRoot: null,
		report: (error) => assert.fail(error as Error),
		room: 2,
	});
	const ask = (path = "/api/access/session") => app.request(path);
	const inside = [ask(), ask()];
	for (const path of ["/api/access/session", "/rpc/access/session", "/api/auth/sign-in/username"]) {
		const away = await ask(path);
		assert.equal(away.status, 503, path);
		const answer = (await away.json()) as { code: string; message: string; data: { detail: { retryAfter: number } } };
		const { retryAfter } = answer.data.detail;
		assert.equal(answer.code, "server.crowded");
		assert.match(answer.message, /chưa được lưu; hãy thử lại sau \d giây/);
		assert.equal(away.headers.get("retry-after"), String(retryAfter));
		assert.ok(retryAfter >= 2 && retryAfter <= 8);
	}
	assert.equal((await ask("/healthz")).status, 200);

	for (const resolve of waiting.splice(0)) resolve(null);
	assert.deepEqual(
		(await Promise.all(inside)).map(({ status }) => status),
		[401, 401],
	);
	assert.equal((await ask("/api/auth/get-session")).status, 200);
});

test("a request that fails makes room like any other", async () => {
	const app = createApp({
		database: {} as Database,
		sessions: {
			handle: async () => {
				throw new Error("broken");
			},
			actorOf: async () => null,
		},
		webRoot: null,
		report: () => undefined,
		room: 1,
	});
	for (const _ of [1, 2, 3]) assert.equal((await app.request("/api/auth/get-session")).status, 500);
	assert.equal((await app.request("/api/access/session")).status, 401);
});
