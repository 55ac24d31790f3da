import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { testEnvironment } from "../test/environment.ts";

/** The program as `npm start` runs it, on a free port of loopback. */
export interface Program {
	url: string;
	port: number;
	pid: number;
	stop(): Promise<void>;
}

/** Starts the program on a data folder that is there already; `env` on top of an environment without settings. */
export async function startProgram(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Program> {
	const port = await freePort();
	const child = spawn(join(import.meta.dirname, "../bin/taphop"), ["serve"], {
		env: { ...testEnvironment(), TAPHOP_DATA: folder, TAPHOP_DEMO: "no", PORT: String(port), ...env },
		stdio: ["ignore", "pipe", "inherit"],
	});
	await said(child, "đang chạy tại");
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		pid: child.pid as number,
		stop: () =>
			new Promise((resolve) => {
				child.once("exit", () => resolve());
				child.kill("SIGTERM");
			}),
	};
}

function said(child: ChildProcess, words: string): Promise<void> {
	return new Promise((resolve, reject) => {
		let text = "";
		child.stdout?.on("data", (chunk) => {
			text += chunk;
			if (text.includes(words)) resolve();
		});
		child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
	});
}

/** A port of loopback that nobody listens at. */
export function freePort(): Promise<number> {
	return new Promise((resolve) => {
		const asking = createServer().listen(0, "127.0.0.1", () => {
			const { port } = asking.address() as { port: number };
			asking.close(() => resolve(port));
		});
	});
}
