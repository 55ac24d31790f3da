import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Problem } from "../core/problem.ts";
import type { Actor, Database } from "../db/actor.ts";
import { translateDatabaseError } from "../db/problems.ts";
import { apiPage } from "./api-page.ts";
import { call, refuseForRoom } from "./call.ts";
import { crowdLimit } from "./crowd.ts";
import type { FileRoutes } from "./files.ts";
import { asHttpError, mount, type RequestContext } from "./mount.ts";
import { type FirstAccount, type FirstSignIn, firstAccount } from "./real-use.ts";

/** Signing in, as session.ts does it; the app only needs these two. */
export interface Sessions {
	/** Everything under /api/auth. */
	handle(request: Request, ip: string): Promise<Response>;
	/** Who sends this request, or null. */
	actorOf(request: Request): Promise<Actor | null>;
}

export interface AppOptions {
	database: Database;
	sessions: Sessions;
	/** The built web pages (dist/web); null: the API alone. */
	webRoot: string | null;
	/** Where unforeseen errors go; never gets request bodies. */
	report(error: unknown, where: string): void;
	/** What the sign-in page may tell before anyone is signed in. */
	signInPage?(): Promise<object>;
	/** *Bắt đầu dùng thật*; only a demo has it. */
	startReal?(first: FirstAccount): Promise<FirstSignIn>;
	/** Further routes that carry files, see files.ts. */
	files?: FileRoutes;
	/** The address people open (`TAPHOP_URL`), where a proxy stands in front. */
	publicUrl?: string;
	/** How many requests may be under way at once, see crowd.ts. */
	room?: number;
}

const MEGABYTE = 1024 * 1024;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The HTTP program: typed calls, plain JSON, sign-in, files and pages. */
export function createApp(options: AppOptions): Hono {
	const { database, sessions, webRoot, report, signInPage, startReal, files, publicUrl, room } = options;
	const app = new Hono();
	const mounted = mount(database, report);
	const contextOf = async (request: Request): Promise<RequestContext> => {
		const actor = await sessions.actorOf(request).catch((error) => refuseForRoom(database, error));
		return { actor: actor && { ...actor, ...actingFor(request) }, commandId: commandIdOf(request) };
	};

	app.use("*", async (c, next) => {
		await next();
		for (const [name, value] of SECURITY_HEADERS) c.res.headers.set(name, value);
	});
	const refuse = (error: unknown, c: Context) => {
		const { status, code, message, data } = asHttpError(translateDatabaseError(error), (unknown) =>
			report(unknown, c.req.path),
		);
		const wait = (data as Partial<Problem> | undefined)?.detail?.retryAfter;
		if (typeof wait === "number") c.header("retry-after", String(wait));
		return c.json({ defined: false, code, status, message, data }, status as 500);
	};
	app.onError(refuse);
	app.notFound((c) => refuse(new Problem("path.unknown", 404, "Không có địa chỉ này."), c));
	const limited = bodyLimit({
		maxSize: 8 * MEGABYTE,
		onError: () => {
			throw new Problem("input.too_large", 413, "Nội dung gửi lên quá lớn.");
		},
	});

	const own = sameOrigin(publicUrl);
	app.use("/files/*", own);
	const crowd = crowdLimit(room);
	for (const path of ["/api/*", "/rpc/*", "/files/*"]) app.use(path, crowd);
	app.get("/healthz", (c) => c.text("ok"));
	app.use("/api/auth/*", limited);
	app.all("/api/auth/*", (c) => sessions.handle(c.req.raw, ipOf(c.env)));
	app.get("/sign-in.json", async (c) =>
		c.json((await signInPage?.()) ?? { demo: false }, 200, { "cache-control": "no-store" }),
	);
	if (startReal) app.post("/start-real", limited, own, realUse(database, contextOf, startReal));
	files?.(app, contextOf);
	app.get("/api/openapi.json", async (c) => c.json(await mounted.document()));
	app.get("/api", async (c) => c.html(apiPage(await mounted.document())));
	app.use("/rpc/*", limited, own);
	app.use("/api/*", limited, own);
	app.all("/rpc/*", async (c) => (await mounted.rpc(c.req.raw, await contextOf(c.req.raw))) ?? c.notFound());
	app.all("/api/*", async (c) => (await mounted.api(c.req.raw, await contextOf(c.req.raw))) ?? c.notFound());
	if (webRoot) servePages(app, webRoot);
	return app;
}

/** Real use begins once, by a centre account of the demo. */
function realUse(
	database: Database,
	contextOf: (request: Request) => Promise<RequestContext>,
	startReal: NonNullable<AppOptions["startReal"]>,
) {
	return async (c: Context) => {
		const { actor } = await contextOf(c.req.raw);
		if (!actor) throw new Problem("access.signed_out", 401, "Chị chưa đăng nhập hoặc phiên đã hết hạn.");
		const { roles } = (await call(database, actor, "access.session", {})) as { roles: string[] };
		if (!roles.includes("centre"))
			throw new Problem("access.denied", 403, "Chỉ tài khoản Trung ương của bản minh họa bắt đầu dùng thật được.");
		// What is no JSON lacks every field, and is refused for the first.
		const first = firstAccount.safeParse(await c.req.json().catch(() => ({})));
		if (!first.success) throw new Problem("input.invalid", 422, first.error.issues[0].message, { field: "username" });
		return c.json(await startReal(first.data), 200, { "cache-control": "no-store" });
	};
}

/**
 * A browser that was led here from another site does not write in her name, whatever its cookies. Browsers say where a request
 * comes from in Sec-Fetch-Site, but over plain HTTP only in Origin.
 */
function sameOrigin(publicUrl: string | undefined) {
	return async (c: Context, next: () => Promise<void>) => {
		const site = c.req.header("sec-fetch-site");
		const own = site ? site === "same-origin" || site === "none" : isOwn(c.req.header("origin"), c.req.url, publicUrl);
		if (c.req.method !== "GET" && !own)
			throw new Problem("request.cross_site", 403, "Yêu cầu đến từ một trang web khác nên không được thực hiện.");
		await next();
	};
}

function isOwn(origin: string | undefined, url: string, publicUrl: string | undefined): boolean {
	if (origin === undefined) return true;
	const hosts = [url, publicUrl].map((one) => (one && URL.canParse(one) ? new URL(one).host : undefined));
	return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}

function actingFor(request: Request): { actingFor?: number } {
	const header = request.headers.get("x-acting-for");
	return header && /^\d{1,9}$/.test(header) ? { actingFor: Number(header) } : {};
}

function commandIdOf(request: Request): string | undefined {
	const header = request.headers.get("x-command-id");
	if (header && !UUID.test(header)) throw new Problem("command.id_invalid", 422, "Mã lệnh không hợp lệ.");
	return header ?? undefined;
}

function ipOf(env: unknown): string {
	return (env as { incoming?: { socket?: { remoteAddress?: string } } })?.incoming?.socket?.remoteAddress ?? "";
}

/** Hashed files for a year, everything else asked for anew; deep links get the one page. */
function servePages(app: Hono, root: string): void {
	const files = serveStatic({
		root,
		precompressed: true,
		onFound: (path, c) =>
			c.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"),
	});
	app.get("/sign-in", serveStatic({ root, path: "sign-in.html", precompressed: true }));
	app.get("/invitation", serveStatic({ root, path: "invitation.html", precompressed: true }));
	app.get("*", files);
	app.get("*", async (c, next) => {
		if (c.req.path.includes(".")) return c.notFound();
		return serveStatic({
			root,
			path: "index.html",
			precompressed: true,
			onFound: (_, found) => found.header("cache-control", "no-cache"),
		})(c, next);
	});
}

const SECURITY_HEADERS: [string, string][] = [
	[
		"content-security-policy",
		"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'",
	],
	["x-content-type-options", "nosniff"],
	["referrer-policy", "same-origin"],
	["x-frame-options", "DENY"],
	["permissions-policy", "camera=(), microphone=(), geolocation=()"],
	["cross-origin-opener-policy", "same-origin"],
];
