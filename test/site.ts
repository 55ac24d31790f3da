import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import type { Actor } from "../src/db/actor.ts";
import { type AppOptions, createApp } from "../src/server/app.ts";
import { fileRoutes } from "../src/server/files.ts";
import { type Auth, createAuth } from "../src/server/session.ts";
import type { OpenIdSettings } from "../src/server/session-openid.ts";
import { buildWeb } from "./built-web.ts";
import type { TestDatabase } from "./kit.ts";

export interface Site {
	address: string;
	/** Who every request comes from, until the next call. */
	signIn(actor: Actor): void;
	/** Errors the server did not foresee; a test ends with none. */
	errors: string[];
}

/** The whole program with its own sign-in, as people meet it. */
export function openSignInSite(database: TestDatabase, openId: OpenIdSettings | null = null): Promise<Site> {
	const { url: databaseUrl, vault } = database;
	return openSite(database, createAuth({ databaseUrl, vault, publicUrl: null, openId, behindProxy: false }));
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
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		signIn: (actor) => {
			current = actor;
		},
		errors,
	};
}
