import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import type { Auth } from "../src/server/session.ts";
import type { TestDatabase } from "./kit.ts";

/** A small server on a free port of the loopback address; gone before the database goes. Answers its origin. */
export async function openServer(database: TestDatabase, app: Hono, close?: () => Promise<void>): Promise<string> {
	const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
	await new Promise((resolve) => server.once("listening", resolve));
	database.beforeClose(async () => {
		server.close();
		await close?.();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sign-in mounted as the program mounts it, and one page that says who is there. */
export function openSite(database: TestDatabase, auth: Auth): Promise<string> {
	const app = new Hono();
	app.all("/api/auth/*", (c) =>
		auth.handle(c.req.raw, c.req.header("x-test-address") ?? getConnInfo(c).remote.address ?? ""),
	);
	app.get("/who", async (c) => c.json(await auth.sessionActor(c.req.raw)));
	return openServer(database, app, () => auth.close());
}

/** A browser: keeps its cookies, says where it comes from, follows nowhere by itself. */
export class Browser {
	readonly cookies = new Map<string, string>();
	/** Every Set-Cookie line it was sent. */
	readonly set: string[] = [];
	readonly base: string;
	readonly address: string;

	constructor(base: string, address = "10.0.0.1") {
		this.base = base;
		this.address = address;
	}

	async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
		const response = await fetch(new URL(path, this.base), {
			method,
			redirect: "manual",
			headers: {
				"content-type": "application/json",
				origin: this.base,
				"x-test-address": this.address,
				cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const line of response.headers.getSetCookie()) this.keep(line);
		// A redirect or a refusal may come without a body.
		// biome-ignore lint/suspicious/noExplicitAny: tests look at answers freely.
		const answer: any = await response.json().catch(() => null);
		return { status: response.status, headers: response.headers, body: answer };
	}

	post(path: string, body: unknown = {}) {
		return this.send("POST", `/api/auth${path}`, body);
	}

	get(path: string) {
		return this.send("GET", path);
	}

	signIn(username: string, password: string) {
		return this.post("/sign-in/username", { username, password });
	}

	private keep(line: string): void {
		this.set.push(line);
		const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) as RegExpExecArray;
		if (/max-age=0/i.test(line)) this.cookies.delete(name);
		else this.cookies.set(name, value);
	}
}
