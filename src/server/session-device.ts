import { createHash, randomBytes } from "node:crypto";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import type { Pool } from "pg";
import * as z from "zod";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { hashPassword, verifyPassword } from "../db/password.ts";

/** The phone's own secret lives here: httpOnly, so no script on the page can read it; 400 days is what browsers allow. */
const COOKIE = "device";
const COOKIE_AGE = 400 * 24 * 3600;

const pin = z.string().regex(/^\d{6}$/);

/**
 * Sign-in for phones (issue A.7): an invitation by link or QR is opened once, a PIN is chosen there, and from then on that phone
 * signs in by the PIN. What is hashed is the PIN together with 256 random bits only the phone has: a PIN seen over a
 * shoulder is useless without the phone, the phone without the PIN, and the database without the phone. Five wrong PINs lock
 * the device until a new invitation.
 */
export function deviceSignIn(pool: Pool) {
	return {
		id: "device",
		endpoints: {
			/** GET: whose phone this is, for the page that asks the PIN; null where it is nobody's. */
			deviceShow: createAuthEndpoint("/device", { method: "GET" }, async (ctx) => {
				const secret = ctx.getCookie(cookieName(ctx));
				return ctx.json(secret ? await deviceOf(pool, secret) : null);
			}),
			/** POST {token}: for whom an invitation is, before she chooses a PIN. Does not use it up. */
			deviceInvitation: createAuthEndpoint(
				"/device/invitation",
				{ method: "POST", body: z.object({ token: z.string().max(100) }) },
				async (ctx) => {
					const { rows } = await pool.query<{ name: string | null }>("select calc.invited_name($1) as name", [
						hashOf(ctx.body.token),
					]);
					if (rows[0].name === null) throw refusal(INVITATION_OVER);
					return ctx.json({ name: rows[0].name });
				},
			),
			/** POST {token, pin}: uses the invitation up, makes this phone hers, and signs her in. */
			deviceAccept: createAuthEndpoint(
				"/device/accept",
				{ method: "POST", body: z.object({ token: z.string().max(100), pin }) },
				async (ctx) => {
					if (isEasyPin(ctx.body.pin)) throw refusal(PIN_EASY);
					const secret = randomBytes(32).toString("base64url");
					const pinHash = await hashPassword(together(ctx.body.pin, secret));
					const { rows } = await pool.query<{ user: string | null }>(
						'select calc.accept_invitation($1, $2, $3, $4) as "user"',
						[hashOf(ctx.body.token), uuidv7(), hashOf(secret), pinHash],
					);
					const userId = rows[0].user;
					if (userId === null) throw refusal(INVITATION_OVER);
					const cookie = ctx.context.createAuthCookie(COOKIE, { maxAge: COOKIE_AGE });
					ctx.setCookie(cookie.name, secret, cookie.attributes);
					return signIn(ctx, userId);
				},
			),
			/** POST {pin}: signs in on a phone that has accepted an invitation. */
			deviceSignIn: createAuthEndpoint("/device/sign-in", { method: "POST", body: z.object({ pin }) }, async (ctx) => {
				const secret = ctx.getCookie(cookieName(ctx));
				if (!secret) throw refusal(DEVICE_UNKNOWN);
				const device = await tryDevice(pool, secret);
				const right = await verifyPassword({ hash: device.pinHash, password: together(ctx.body.pin, secret) });
				if (!right) throw refusal(pinWrong(device.attemptsLeft));
				await pool.query("select calc.device_used($1)", [device.id]);
				return signIn(ctx, device.userId);
			}),
			/** POST {}: this phone is nobody's again. */
			deviceForget: createAuthEndpoint("/device/forget", { method: "POST", body: z.object({}) }, async (ctx) => {
				const secret = ctx.getCookie(cookieName(ctx));
				if (secret) await pool.query("select calc.forget_device($1)", [hashOf(secret)]);
				ctx.setCookie(cookieName(ctx), "", { ...ctx.context.createAuthCookie(COOKIE).attributes, maxAge: 0 });
				return ctx.json({ status: true });
			}),
		},
	} satisfies BetterAuthPlugin;
}

function cookieName(ctx: { context: { createAuthCookie(name: string): { name: string } } }): string {
	return ctx.context.createAuthCookie(COOKIE).name;
}

// biome-ignore lint/suspicious/noExplicitAny: better-auth's endpoint contexts are each of their own type.
async function signIn(ctx: any, userId: string) {
	const user = await ctx.context.internalAdapter.findUserById(userId);
	const session = await ctx.context.internalAdapter.createSession(userId);
	await setSessionCookie(ctx, { session, user });
	return ctx.json({ status: true });
}

async function deviceOf(pool: Pool, secret: string): Promise<{ name: string; attemptsLeft: number } | null> {
	const { rows } = await pool.query('select name, attempts_left as "attemptsLeft" from calc.device_of($1)', [
		hashOf(secret),
	]);
	return rows[0] ?? null;
}

async function tryDevice(pool: Pool, secret: string) {
	const { rows } = await pool.query<{ id: string; userId: string; pinHash: string; attemptsLeft: number }>(
		`select device_id as id, auth_user as "userId", pin_hash as "pinHash", attempts_left as "attemptsLeft"
		from calc.try_device($1)`,
		[hashOf(secret)],
	);
	if (rows[0]) return rows[0];
	throw refusal((await deviceOf(pool, secret)) ? DEVICE_LOCKED : DEVICE_UNKNOWN);
}

function together(pinText: string, secret: string): string {
	return `${pinText}.${secret}`;
}

/** The hash under which a random secret of 256 bits is kept. Being random, it needs no salt and no slow hash. */
function hashOf(secret: string): Buffer {
	return createHash("sha256").update(secret).digest();
}

/** True for a PIN people guess first: one digit six times, or digits in a row. */
export function isEasyPin(text: string): boolean {
	const steps = new Set([...text].slice(1).map((digit, index) => Number(digit) - Number(text[index])));
	return steps.size === 1 && [0, 1, -1].includes([...steps][0]);
}

const INVITATION_OVER = new Problem(
	"invitation.over",
	410,
	"Lời mời này đã dùng, đã hết hạn hoặc không đúng. Hãy nhờ Hội cấp trên gửi lời mời mới.",
);
const PIN_EASY = new Problem("pin.easy", 422, "Mã PIN này dễ đoán. Hãy chọn sáu chữ số khác.", { field: "pin" });
const DEVICE_UNKNOWN = new Problem(
	"device.unknown",
	401,
	"Máy này chưa được dùng để đăng nhập bằng mã PIN. Hãy mở lời mời trên máy này, hoặc đăng nhập bằng mật khẩu.",
);
const DEVICE_LOCKED = new Problem(
	"device.locked",
	423,
	"Đã nhập sai mã PIN năm lần nên máy này bị khóa. Hãy nhờ Hội cấp trên gửi lời mời mới.",
);

function pinWrong(left: number): Problem {
	return left === 0
		? DEVICE_LOCKED
		: new Problem("pin.wrong", 401, `Mã PIN không đúng. Còn ${left} lần thử.`, {
				field: "pin",
				detail: { attemptsLeft: left },
			});
}

/** A Problem on its way through better-auth, which knows only its own errors. */
export function refusal(problem: Problem): APIError {
	return new APIError(problem.status as 400, { problem: { ...problem.toJSON() } } as object);
}
