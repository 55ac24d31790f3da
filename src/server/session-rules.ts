import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api";
import type { Pool } from "pg";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { mustChangePassword } from "./call.ts";
import { refusal } from "./session-device.ts";

/** All that is left to someone with a one-time password. */
const WHILE_ONE_TIME = new Set(["/change-password", "/sign-out", "/get-session"]);

/** Ways to be let in: each leaves a line in the audit once it has succeeded. */
const AUDITED: Record<string, string> = {
	"/sign-in/username": "access.signIn",
	"/two-factor/verify-totp": "access.signIn",
	"/two-factor/verify-backup-code": "access.signIn",
	"/passkey/verify-authentication": "access.signIn",
	"/callback/:id": "access.signIn",
	"/device/sign-in": "access.signIn",
	"/device/accept": "access.acceptInvitation",
	"/change-password": "access.changePassword",
};

/** What she changes about her own ways in, once done: a second step switched off by a stranger at her desk must be seen. */
const SETTINGS: Record<string, string> = {
	"/two-factor/verify-totp": "access.twoFactorOn",
	"/two-factor/disable": "access.twoFactorOff",
	"/passkey/verify-registration": "access.addPasskey",
	"/passkey/delete-passkey": "access.removePasskey",
	"/callback/:id": "access.linkOpenId",
	"/unlink-account": "access.unlinkOpenId",
};

interface AccountState {
	accountId: string;
	mustChange: boolean;
	expired: boolean;
}

/** The Union's rules around better-auth's endpoints. Stands last among the plugins: it sees what the others have decided. */
export function houseRules(pool: Pool) {
	const stateOf = async (userId: string): Promise<AccountState | undefined> => {
		const { rows } = await pool.query<AccountState>(
			`select account_id as "accountId", must_change_password as "mustChange", password_expired as expired
			from calc.account_of($1)`,
			[userId],
		);
		return rows[0];
	};
	return {
		id: "house-rules",
		init: () => ({
			options: {
				databaseHooks: {
					session: {
						create: {
							// Whatever the way in: nobody with a disabled account, nobody with a one-time password of last month.
							before: async ({ userId }: { userId: string }) => {
								const state = await stateOf(userId);
								if (!state) throw refusal(DISABLED);
								if (state.expired) throw refusal(ONE_TIME_OVER);
							},
						},
					},
				},
			},
		}),
		hooks: {
			before: [
				{
					matcher: () => true,
					handler: createAuthMiddleware(async (ctx) => {
						if (ctx.path === "/change-password") return { context: { body: checkedPasswords(ctx.body) } };
						if (!ctx.request || WHILE_ONE_TIME.has(ctx.path)) return;
						const session = await getSessionFromCtx(ctx);
						if (session && (await stateOf(session.user.id))?.mustChange && !isWayIn(ctx.path))
							throw refusal(mustChangePassword());
					}),
				},
			],
			after: [
				{
					matcher: (ctx) => (ctx.path ?? "") in AUDITED || (ctx.path ?? "") in SETTINGS,
					handler: createAuthMiddleware(async (ctx) => {
						const { newSession, session, returned } = ctx.context;
						if (returned instanceof APIError && returned.statusCode >= 400) return;
						// Setting up app codes renews the session she already had: no sign-in.
						const signedIn = newSession !== null && !(session && ctx.path === "/two-factor/verify-totp");
						const action = (signedIn && AUDITED[ctx.path]) || (session && SETTINGS[ctx.path]);
						const userId = (newSession ?? session)?.user.id;
						// None while a second step is still asked for.
						if (!action || !userId) return;
						if (ctx.path === "/change-password") await pool.query("select calc.password_changed($1)", [userId]);
						await pool.query("select calc.audit_sign_in($1, $2, $3)", [userId, uuidv7(), action]);
					}),
				},
			],
		},
	} satisfies BetterAuthPlugin;
}

function isWayIn(path: string): boolean {
	return AUDITED[path] !== undefined || path.startsWith("/device") || path === "/passkey/generate-authenticate-options";
}

/** A new password ends every other session, and is a new one. */
function checkedPasswords(body: { currentPassword?: unknown; newPassword?: unknown } | undefined) {
	if (body?.newPassword !== undefined && body.newPassword === body.currentPassword) throw refusal(SAME_PASSWORD);
	return { ...body, revokeOtherSessions: true };
}

const DISABLED = new Problem("account.disabled", 403, "Tài khoản này đã bị khóa. Hãy liên hệ Hội cấp trên trực tiếp.");
const ONE_TIME_OVER = new Problem(
	"password.one_time_over",
	403,
	"Mật khẩu dùng một lần đã quá 7 ngày. Hãy nhờ Hội cấp trên cấp lại.",
);
const SAME_PASSWORD = new Problem("password.same", 422, "Mật khẩu mới phải khác mật khẩu đang dùng.", {
	field: "newPassword",
});
