import { type ServerType, serve } from "@hono/node-server";
import type { Hono } from "hono";
import { Problem } from "../core/problem.ts";
import { type OpenDatabase, openProgramDatabase } from "../db/open.ts";
import type { Settings } from "../db/settings.ts";
import { createApp } from "./app.ts";
import { fillDemo, signInPageFacts } from "./demo.ts";
import { fileRoutes } from "./files.ts";
import { type Jobs, startJobs } from "./jobs.ts";
import { hasAccounts, startRealUse } from "./real-use.ts";
import { readChannels } from "./reminders.ts";
import { type Auth, createAuth, readAuthEnvironment } from "./session.ts";
import { buildPages, WEB } from "./web.ts";

/** How long a stop waits for requests under way before it cuts them off. */
const GRACE_MS = 4_000;

/** A program that serves. */
export interface Running {
	url: string;
	/** Ends HTTP, jobs and database, within 10 s. */
	stop(): Promise<void>;
}

/** What answers requests now; replaced as a whole when real use begins. */
interface Serving {
	database: OpenDatabase;
	auth: Auth;
	app: Hono;
	jobs: Jobs;
}

/**
 * Starts everything: database, migrations, units, the demo where the data folder is one, pages (built where they are not yet),
 * HTTP. `say` prints what a person at the terminal should read.
 */
export async function start(settings: Settings, say: (line: string) => void): Promise<Running> {
	const url =
		settings.publicUrl ||
		`http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${settings.port}`;
	const pages = buildPages(say);
	const database = await openProgramDatabase(settings, settings.demo ? "demo" : "real", { say });
	try {
		if (database.mode === "demo") await fillDemo(database, say);
		await pages;
		let serving = serveWith(database, settings, say, (next) => {
			serving = next;
		});
		const server = await listen((request, env) => serving.app.fetch(request, env), settings).catch(async (error) => {
			await release(serving);
			throw error;
		});
		say(`Tập Hợp đang chạy tại ${url}`);
		await tellSignIns(database, say);
		return { url, stop: () => stop(server, () => serving) };
	} catch (error) {
		await database.close();
		throw error;
	}
}

function serveWith(
	database: OpenDatabase,
	settings: Settings,
	say: (line: string) => void,
	replace: (next: Serving) => void,
): Serving {
	const auth = createAuth({
		databaseUrl: database.loginUrl,
		vault: database.vault,
		...readAuthEnvironment(process.env),
	});
	const app = createApp({
		database,
		sessions: { handle: auth.handle, actorOf: auth.sessionActor },
		webRoot: WEB,
		files: fileRoutes(database),
		publicUrl: settings.publicUrl ?? undefined,
		report,
		signInPage: async () => ({ ...(await signInPageFacts(database)), ...auth.waysIn }),
		startReal:
			database.mode !== "demo"
				? undefined
				: async (first) => {
						const { opened, ...told } = await startRealUse(settings, first);
						const before = serving;
						replace(serveWith(opened, settings, say, replace));
						say("Đã chuyển sang dùng thật. Dữ liệu minh họa được giữ riêng, không lẫn vào.");
						setTimeout(() => void release(before).catch((error) => report(error, "start-real")), GRACE_MS);
						return told;
					},
	});
	const serving: Serving = {
		database,
		auth,
		app,
		jobs: startJobs(database, report, { channels: readChannels(process.env), url: settings.publicUrl }),
	};
	return serving;
}

async function release({ jobs, auth, database }: Serving): Promise<void> {
	await jobs.stop();
	await auth.close();
	await database.close();
}

async function stop(server: ServerType, serving: () => Serving): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	const cut = setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), GRACE_MS);
	if ("closeIdleConnections" in server) server.closeIdleConnections();
	await closed;
	clearTimeout(cut);
	await release(serving());
}

function listen(
	fetch: (request: Request, env: unknown) => Response | Promise<Response>,
	{ host, port }: Settings,
): Promise<ServerType> {
	return new Promise((resolve, reject) => {
		const server = serve({ fetch, hostname: host, port }, () => resolve(server));
		server.on("error", (error: NodeJS.ErrnoException) =>
			reject(
				error.code === "EADDRINUSE"
					? new Problem(
							"port.taken",
							409,
							`Cổng ${port} đang được dùng. Hãy đặt PORT khác, ví dụ: PORT=8081 npm start.`,
						)
					: error.code === "EACCES" || error.code === "EADDRNOTAVAIL"
						? new Problem("port.denied", 409, `Không mở được ${host}:${port}. Hãy đặt HOST hoặc PORT khác.`)
						: error,
			),
		);
	});
}

async function tellSignIns(database: OpenDatabase, say: (line: string) => void): Promise<void> {
	const { accounts } = await signInPageFacts(database);
	if (accounts.length > 0)
		say(
			[
				"Đăng nhập thử (dữ liệu minh họa):",
				...accounts.map((one) => `  ${one.username.padEnd(14)} ${one.password}   ${one.who}`),
			].join("\n"),
		);
	if (database.mode === "real" && !(await hasAccounts(database)))
		say(
			"Chưa có tài khoản nào. Lập tài khoản Trung ương đầu tiên: npx taphop account add --username TEN --role centre --unit VN",
		);
}

/** Errors nobody foresaw: where and what, never what a person sent. */
function report(error: unknown, where: string): void {
	console.error(
		`[${new Date().toISOString()}] ${where}:`,
		error instanceof Error ? (error.stack ?? error.message) : error,
	);
}
