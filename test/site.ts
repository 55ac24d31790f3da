import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import type { Page } from "playwright-core";
import type { Actor } from "../src/db/actor.ts";
import { type AppOptions, createApp } from "../src/server/app.ts";
import { fileRoutes } from "../src/server/files.ts";
import type { Auth } from "../src/server/session.ts";
import { openPage, type WIDTHS, withBrowser } from "./browser.ts";
import { buildWeb } from "./built-web.ts";
import type { TestDatabase } from "./kit.ts";

export interface Site {
	address: string;
	/** Who every request comes from, until the next call. */
	signIn(actor: Actor): void;
	/** Opens a page of the app as a person, in a browser of its own; what the page itself did wrong fails the test. */
	visit(who: Actor, path: string, work: (page: Page) => Promise<void>, size?: keyof typeof WIDTHS): Promise<void>;
	/** Errors the server did not foresee; a test ends with none. */
	errors: string[];
}

/**
 * The whole program for a browser test: the built pages and the real server on a test database, signed in by a word of the test;
 * with `auth` by the program's own sign-in.
 */
export async function openSite(database: TestDatabase, auth?: Auth, more?: AppOptions["files"]): Promise<Site> {
	const web = await buildWeb();
	const errors: string[] = [];
	let current: Actor | null = null;
	const app = createApp({
		database,
		sessions: auth
			? { handle: auth.handle, actorOf: auth.sessionActor }
			: { handle: async () => new Response(null, { status: 404 }), actorOf: async () => current },
		webRoot: web.dist,
		signInPage: auth && (async () => ({ demo: false, ...auth.waysIn })),
		files: (app, contextOf) => {
			fileRoutes(database)(app, contextOf);
			more?.(app, contextOf);
		},
		report: (error, where) => errors.push(`${where}: ${error instanceof Error ? error.stack : String(error)}`),
	});
	const server = createServer(getRequestListener(app.fetch));
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	after(async () => {
		server.close();
		server.closeAllConnections();
		await auth?.close();
		await web.remove();
	});
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const signIn = (actor: Actor) => {
		current = actor;
	};
	return {
		address,
		signIn,
		visit: (who, path, work, size) =>
			withBrowser(async (browser) => {
				signIn(who);
				const { page, problems } = await openPage(browser, `${address}${path}`, size);
				page.setDefaultTimeout(10_000);
				await work(page);
				assert.deepEqual(problems, []);
			}),
		errors,
	};
}
