import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { after, test } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { sql } from "kysely";
import { openTestDatabase } from "../../test/kit.ts";
import { Problem } from "../core/problem.ts";
import type { Work } from "../db/actor.ts";
import { workbookAnswer } from "./files-answer.ts";
import { streamReading } from "./files-reading.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { operator, owner, pool } = database;

/** Pages of 64 KB that are read from the database, `count` of them; how many were asked for, and whether the last word was said. */
function pagesOf(count: number, failsAt = Number.POSITIVE_INFINITY) {
	const seen = { asked: 0, ended: false };
	async function* pages(work: Work): AsyncGenerator<string> {
		try {
			while (seen.asked < count) {
				seen.asked += 1;
				if (seen.asked === failsAt) throw new Problem("list.gone", 422, "Không đọc được nữa.");
				const { rows } = await sql<{ text: string }>`select repeat('x', 65536) as text`.execute(work.db);
				yield rows[0].text;
			}
		} finally {
			seen.ended = true;
		}
	}
	const open = (work: Work) => ({ pages: pages(work), write: (from: AsyncIterable<string>) => Readable.from(from) });
	return { seen, open };
}

/** Waits for what follows upon an end: nobody holds a connection, and the database knows of no transaction. */
async function settled(): Promise<void> {
	for (let n = 0; n < 500; n += 1) {
		const { rows } = await owner.query(
			"select from pg_stat_activity where datname = current_database() and usename = 'taphop_login' and state <> 'idle'",
		);
		if (rows.length === 0 && pool.idleCount === pool.totalCount) return;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	assert.fail(`${pool.totalCount - pool.idleCount} connections are still held`);
}

test("what is read while it is sent comes whole, and its transaction ends with it", async () => {
	const { seen, open } = pagesOf(40);
	const sent = await buffer(await streamReading(database, operator, open));
	assert.equal(sent.length, 40 * 65_536);
	assert.equal(seen.ended, true);
	await settled();
});

test("nothing is read ahead of a reader who takes nothing; one who stalls is let go", async () => {
	const { seen, open } = pagesOf(1_000_000);
	const stream = await streamReading(database, operator, open, { stalledMs: 200 });
	await assert.rejects(finished(stream));
	assert.ok(seen.asked < 50, `${seen.asked} pages were read`);
	await settled();
	assert.equal(seen.ended, true);
});

test("a download given up over HTTP ends its transaction and gives the connection back", async () => {
	const { seen, open } = pagesOf(1_000_000);
	const app = new Hono();
	app.get("/file", async () => workbookAnswer(await streamReading(database, operator, open), "a.xlsx"));
	const server = createServer(getRequestListener(app.fetch));
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	after(() => server.close());
	const giveUp = new AbortController();
	const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/file`, {
		signal: giveUp.signal,
	});
	await (response.body as ReadableStream<Uint8Array>).getReader().read();
	assert.ok(pool.idleCount < pool.totalCount, "it is under way");
	giveUp.abort();
	await settled();
	assert.equal(seen.ended, true);
});

test("a refusal before the first page is an answer; an error afterwards breaks the download off", async () => {
	await assert.rejects(streamReading(database, operator, pagesOf(9, 1).open), { code: "list.gone" });
	await settled();
	const stream = await streamReading(database, operator, pagesOf(9, 3).open);
	await assert.rejects(buffer(stream), { code: "list.gone" });
	await settled();
});

test("a few at once, so that the others keep their connections", async () => {
	const three = await Promise.all([1, 2, 3].map(() => streamReading(database, operator, pagesOf(1_000_000).open)));
	await assert.rejects(streamReading(database, operator, pagesOf(1).open, { waitMs: 20 }), { code: "export.busy" });
	await database.call(operator, "access.session");
	const next = streamReading(database, operator, pagesOf(1).open);
	for (const stream of three) stream.destroy();
	await buffer(await next);
	await settled();
	await buffer(await streamReading(database, operator, pagesOf(1).open));
	await settled();
});
