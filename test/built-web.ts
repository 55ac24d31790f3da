import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** Builds the browser's half into a folder of the test's own. */
export async function buildWeb(): Promise<{ dist: string; remove: () => Promise<void> }> {
	const dist = await mkdtemp(join(tmpdir(), "taphop-web-"));
	await build({
		configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
		logLevel: "error",
		build: { outDir: dist },
	});
	return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}

/** What the stand-in server says to a call of the page; undefined for "no such thing". */
export type Answer = { status?: number; headers?: Record<string, string>; json: unknown } | undefined;
export type Answers = (method: string, path: string, body: unknown) => Answer;

const TYPES: Record<string, string> = {
	".css": "text/css",
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".json": "application/json",
	".svg": "image/svg+xml",
	".webmanifest": "application/manifest+json",
	".woff2": "font/woff2",
};

/** Serves a build with answers of the test's own, for what only the page decides; the real server has its own tests. */
export async function serveBuilt(dist: string, answers: Answers): Promise<{ address: string; close: () => void }> {
	const server = createServer(async (request, response) => {
		const path = new URL(request.url ?? "/", "http://localhost").pathname;
		const answer = answers(request.method ?? "GET", path, await bodyOf(request));
		if (answer) {
			response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
			return response.end(JSON.stringify(answer.json));
		}
		const file = extname(path) ? path : ["/sign-in", "/invitation"].includes(path) ? `${path}.html` : "/index.html";
		// What is not there is answered 404, as the server does.
		const content = await readFile(join(dist, file)).catch(() => null);
		response.writeHead(content ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
		response.end(content);
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return parts.length === 0 ? null : JSON.parse(Buffer.concat(parts).toString());
}
