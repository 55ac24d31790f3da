import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import type { Actor } from "../src/db/actor.ts";
import { type AppOptions, createApp } from "../src/server/app.ts";
import { fileRoutes } from "../src/server/files.ts";
import { type Auth, createAuth } from "../src/server/session.ts";
import type { OpenIdSettings } from "../src/server/session-openid.ts";
import { openPage, type WIDTHS, withBrowser } from "./browser.ts";
import { buildWeb } from "./built-web.ts";
import type { TestDatabase } from "./kit.ts";

export interface Site {
	address: string;
	/** Who every request comes from, until the next call. */
	signIn(actor: Actor): void;
	/** Opens a page of the app as a person, in a browser of its own; what the page itself did wrong fails the test. */
	visit(
		who: Actor,
		path: string,
		work: (page: Page, browser: Browser) => Promise<void>,
		size?: keyof typeof WIDTHS,
	): Promise<void>;
	/** Errors the server did not foresee; a file ends with none. */
	errors: string[];
}

/** The whole program with its own sign-in, as people meet it. */
export function openSignInSite(database: TestDatabase, openId: OpenIdSettings | null = null): Promise<Site> {
	const { url: databaseUrl, vault } = database;
	return openSite(database, createAuth({ databaseUrl, vault, publicUrl: null, openId, behindProxy: false }));
}

/**
 * The whole program for a browser test: the built pages and the real server on a test database, signed in by a word of the test;
 * with `auth` by the program's own sign-in. The file fails where the server met an error it did not foresee.
 */
export async function openSite(database: TestDatabase, auth?: Auth, more?: AppOptions["files"]): Promise<Site> {
	const webRoot = await buildWeb();
	const errors: string[] = [];
	let current: Actor | null = null;
	const app = createApp({
		database,
		sessions: auth
			? { handle: auth.handle, actorOf: auth.sessionActor }
			: { handle: async () => new Response(null, { status: 404 }), actorOf: async () => current },
		webRoot,
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
		assert.deepEqual(errors, []);
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
				await work(page, browser);
				assert.deepEqual(problems, []);
			}),
		errors,
	};
}
