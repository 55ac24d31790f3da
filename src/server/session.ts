import { passkey } from "@better-auth/passkey";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { twoFactor } from "better-auth/plugins/two-factor";
import { username } from "better-auth/plugins/username";
import pg from "pg";
import { makeOneTimePassword } from "../areas/access/store-accounts.ts";
import { Problem } from "../core/problem.ts";
import type { Actor } from "../db/actor.ts";
import { hashPassword, verifyPassword } from "../db/password.ts";
import { outliving } from "../db/pool.ts";
import type { Vault } from "../db/vault.ts";
import { deviceSignIn, refusal } from "./session-device.ts";
import { type SignInLimits, signInLimits } from "./session-limits.ts";
import { OPENID_PATHS, type OpenIdSettings, openIdProvider, reachable } from "./session-openid.ts";
import { sessionReader } from "./session-reading.ts";
import { houseRules } from "./session-rules.ts";
import { problemOfRefusal, problemResponse } from "./session-words.ts";

/** Where sign-in stands. */
export interface AuthSettings {
	/** The application login: sign-in becomes `taphop_auth` with it and sees the schema `auth` only. */
	databaseUrl: string;
	vault: Vault;
	/** The address people open (`TAPHOP_URL`), with https in real use; null: whatever address a request came to. */
	publicUrl: string | null;
	openId: OpenIdSettings | null;
	/** A proxy of ours stands before the server and appends the caller's address to X-Forwarded-For. */
	behindProxy: boolean;
}

/** What the sign-in page may know of the ways in before anyone has signed in. */
export interface WaysIn {
	/** The one host at which browsers accept a device's own lock here (a passkey's relying party); at an IP address none do. */
	passkeyHost: string;
	/** The organisation has a sign-in service of its own. */
	openId: boolean;
}

/** What the server mounts and asks. */
export interface Auth {
	waysIn: WaysIn;
	/** Answers `/api/auth/*`. `address` is the caller's IP as the server sees it. Refusals are Problems. */
	handle(request: Request, address: string): Promise<Response>;
	/** Who is signed in; null for nobody. Disabled accounts are nobody at once. */
	sessionActor(request: Request): Promise<Actor | null>;
	close(): Promise<void>;
}

const BASE_PATH = "/api/auth";
const HOUR = 3600;
/** Set by the server on every request, over whatever the client sent under that name. */
const ADDRESS_HEADER = "x-taphop-address";
const BODY_MAX = 64 * 1024;

/** Paths that take an attempt: whoever guesses, guesses here. All others of better-auth that are not named are closed. */
const GUESSED = [
	"/sign-in/username",
	"/two-factor/verify-totp",
	"/two-factor/verify-backup-code",
	"/passkey/verify-authentication",
	"/device/invitation",
	"/device/accept",
	"/device/sign-in",
	"/change-password",
];
const OPEN = new Set([
	...GUESSED,
	"/sign-out",
	"/get-session",
	"/list-sessions",
	"/revoke-session",
	"/revoke-other-sessions",
	"/two-factor/enable",
	"/two-factor/disable",
	"/two-factor/generate-backup-codes",
	"/passkey/generate-register-options",
	"/passkey/verify-registration",
	"/passkey/generate-authenticate-options",
	"/passkey/list-user-passkeys",
	"/passkey/delete-passkey",
	"/device",
	"/device/forget",
	"/sign-in/social",
	"/link-social",
	"/list-accounts",
	"/unlink-account",
	"/callback/openid",
]);

/** Reads the sign-in settings of an environment: `TAPHOP_URL`, `TAPHOP_PROXY=yes`, `TAPHOP_OIDC_DISCOVERY_URL`, `…_CLIENT_ID`, `…_CLIENT_SECRET`. */
export function readAuthEnvironment(
	env: NodeJS.ProcessEnv,
): Pick<AuthSettings, "publicUrl" | "openId" | "behindProxy"> {
	const { TAPHOP_OIDC_DISCOVERY_URL: discoveryUrl, TAPHOP_OIDC_CLIENT_ID: clientId } = env;
	return {
		behindProxy: (env.TAPHOP_PROXY ?? "").toLowerCase() === "yes",
		publicUrl: env.TAPHOP_URL ? new URL(env.TAPHOP_URL).origin : null,
		openId:
			discoveryUrl && clientId ? { discoveryUrl, clientId, clientSecret: env.TAPHOP_OIDC_CLIENT_SECRET ?? "" } : null,
	};
}

/** Opens sign-in over a migrated database. */
export function createAuth(settings: AuthSettings): Auth {
	const pool = outliving(
		new pg.Pool({
			connectionString: settings.databaseUrl,
			max: 4,
			options: "-c role=taphop_auth -c search_path=auth -c timezone=UTC",
			application_name: "taphop sign-in",
		}),
	);
	const limits = signInLimits(pool, settings.vault);
	const auth = betterAuth(optionsOf({ ...settings, openId: null }, pool));
	const withOpenId = reachable(() => betterAuth(optionsOf(settings, pool)));
	limits.prune().catch((error: Error) => console.error(`Chưa dọn được số lần thử đăng nhập: ${error.message}`));
	return {
		waysIn: { passkeyHost: passkeyHost(settings.publicUrl), openId: settings.openId !== null },
		handle: (request, address) =>
			answer(
				async (prepared) => {
					const byService = settings.openId && OPENID_PATHS.includes(pathOf(prepared));
					const response = await (byService ? await withOpenId() : auth).handler(prepared);
					if (response.status >= 500) await pool.query("select");
					return response;
				},
				limits,
				request,
				callerOf(request, address, settings.behindProxy),
			),
		sessionActor: sessionReader(auth, pool),
		close: () => pool.end(),
	};
}

/** What better-auth is told; exported so that a test can ask it which tables it wants. */
export function optionsOf(settings: AuthSettings, pool: pg.Pool): BetterAuthOptions {
	const { publicUrl, openId } = settings;
	return {
		appName: "Tập Hợp",
		basePath: BASE_PATH,
		baseURL: publicUrl ?? undefined,
		secret: settings.vault.fingerprint("better-auth secret").toString("hex"),
		database: pool,
		telemetry: { enabled: false },
		logger: { disabled: true },
		// Our own limits count by name, too (session-limits.ts).
		rateLimit: { enabled: false },
		session: { expiresIn: 72 * HOUR, updateAge: 6 * HOUR, freshAge: 24 * HOUR, cookieCache: { enabled: false } },
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: 10,
			maxPasswordLength: 128,
			password: { hash: hashPassword, verify: verifyPassword },
		},
		account: {
			encryptOAuthTokens: true,
			accountLinking: {
				enabled: true,
				disableImplicitLinking: true,
				allowDifferentEmails: true,
				trustedProviders: ["openid"],
			},
		},
		onAPIError: { errorURL: "/sign-in" },
		advanced: {
			cookiePrefix: "taphop",
			useSecureCookies: publicUrl?.startsWith("https:") ?? false,
			defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
			ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
			database: { validateSchema: false },
		},
		plugins: [
			username({ maxUsernameLength: 40, usernameValidator: (name) => /^[A-Za-z0-9._-]+$/.test(name) }),
			twoFactor({
				issuer: "Tập Hợp",
				// Written on paper and typed from it, on a phone without capitals.
				backupCodeOptions: { customBackupCodesGenerate: () => Array.from({ length: 10 }, makeOneTimePassword) },
			}),
			passkey({
				rpName: "Tập Hợp",
				rpID: passkeyHost(publicUrl),
				origin: publicUrl,
				// The sign-in page asks for no name first, so the device must keep hers; and it stands for password and second step.
				authenticatorSelection: { residentKey: "required", userVerification: "required" },
				authentication: { afterVerification: ownerVerified },
			}),
			...(openId ? [genericOAuth({ config: [openIdProvider(openId)] })] : []),
			deviceSignIn(pool),
			houseRules(pool),
		],
	};
}

function passkeyHost(publicUrl: string | null): string {
	return publicUrl ? new URL(publicUrl).hostname : "localhost";
}

/** A device that was only touched has not made sure whose finger it was. */
async function ownerVerified({ verification }: { verification: { authenticationInfo: { userVerified: boolean } } }) {
	if (!verification.authenticationInfo.userVerified) throw refusal(OWNER_UNVERIFIED);
}

const OWNER_UNVERIFIED = new Problem(
	"passkey.unverified",
	401,
	"Máy chưa xác nhận chị là chủ máy. Hãy bật khóa màn hình của máy rồi thử lại, hoặc đăng nhập bằng mật khẩu.",
);

async function answer(
	handler: (request: Request) => Promise<Response>,
	limits: SignInLimits,
	request: Request,
	address: string,
): Promise<Response> {
	try {
		const path = pathOf(request);
		if (!OPEN.has(path)) throw new Problem("path.unknown", 404, "Không có địa chỉ này.");
		const body = request.method === "POST" ? await readBody(request) : undefined;
		const name = path === "/sign-in/username" ? nameIn(body) : undefined;
		if (GUESSED.includes(path)) await limits.take(address, name);
		const headers = new Headers(request.headers);
		headers.set(ADDRESS_HEADER, address);
		const response = await handler(new Request(request.url, { method: request.method, headers, body }));
		if (response.ok && name !== undefined) await limits.clear(name);
		return response.status < 400 ? unstored(response) : refused(response);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		// The service sends the browser here by itself: what stands in the window then is this answer.
		if (pathOf(request) === "/callback/openid")
			return new Response(null, { status: 302, headers: { location: "/sign-in?error=openid" } });
		return problemResponse(error);
	}
}

function pathOf(request: Request): string {
	return new URL(request.url).pathname.slice(BASE_PATH.length);
}

/** The caller's address: behind a proxy of ours the last one it wrote, since all before it the caller could have made up. */
function callerOf(request: Request, socket: string, behindProxy: boolean): string {
	const told = behindProxy ? request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
	return told || socket;
}

async function readBody(request: Request): Promise<string> {
	const tooLong = new Problem("input.too_long", 413, "Nội dung gửi lên quá dài.");
	if (Number(request.headers.get("content-length") ?? 0) > BODY_MAX) throw tooLong;
	const text = await request.text();
	if (text.length > BODY_MAX) throw tooLong;
	return text;
}

function nameIn(body: string | undefined): string | undefined {
	try {
		const { username: name } = JSON.parse(body ?? "") as { username?: unknown };
		return typeof name === "string" ? name : undefined;
	} catch {
		// Not JSON: the sign-in service refuses it; only the limits want to know whom it is about.
		return undefined;
	}
}

/** No cache keeps what sign-in answers. */
function unstored(response: Response): Response {
	response.headers.set("cache-control", "no-store");
	return response;
}

async function refused(response: Response): Promise<Response> {
	// Without a body the status alone decides the words.
	const body = await response.json().catch(() => null);
	const made = problemResponse(problemOfRefusal(response.status, body));
	// A wrong second step may clear cookies; they go along.
	for (const cookie of response.headers.getSetCookie()) made.headers.append("set-cookie", cookie);
	return made;
}
