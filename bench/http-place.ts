import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { OpenDatabase } from "../src/db/open.ts";
import { DEMO_PASSWORD } from "../src/demo/demo.ts";
import { createApp } from "../src/server/app.ts";
import { createAuth } from "../src/server/session.ts";

/** The program's HTTP half on a free port of loopback, in this process, with someone signed in. */
export interface Site {
	/** GETs a path as the one signed in; the body as text. Throws where the answer is not 200. */
	get(path: string): Promise<string>;
	close(): Promise<void>;
}

/** Serves a country and signs a demo account in over HTTP, as a browser would. */
export async function openSite(database: OpenDatabase, username: string): Promise<Site> {
	const auth = createAuth({
		databaseUrl: database.loginUrl,
		vault: database.vault,
		publicUrl: null,
		openId: null,
		behindProxy: false,
	});
	const app = createApp({
		database,
		sessions: { handle: auth.handle, actorOf: auth.sessionActor },
		webRoot: null,
		report: (error) => console.error(error),
	});
	const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
	await new Promise((resolve) => server.once("listening", resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const close = async () => {
		if ("closeAllConnections" in server) server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		await auth.close();
	};
	try {
		const cookie = await signIn(origin, username);
		return { get: (path) => read(`${origin}${path}`, cookie), close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function signIn(origin: string, username: string): Promise<string> {
	const answer = await fetch(`${origin}/api/auth/sign-in/username`, {
		method: "POST",
		headers: { "content-type": "application/json", origin },
		body: JSON.stringify({ username, password: DEMO_PASSWORD }),
	});
	if (!answer.ok) throw new Error(`${username} cannot sign in: ${answer.status} ${await answer.text()}`);
	return answer.headers
		.getSetCookie()
		.map((line) => line.split(";")[0])
		.join("; ");
}

async function read(url: string, cookie: string): Promise<string> {
	const answer = await fetch(url, { headers: { cookie } });
	const body = await answer.text();
	if (!answer.ok) throw new Error(`${url}: ${answer.status} ${body.slice(0, 300)}`);
	return body;
}
