import type { Auth as BetterAuth } from "better-auth";
import type { Pool } from "pg";
import type { Actor } from "../db/actor.ts";
import { translateDatabaseError, unreachable } from "../db/problems.ts";

/** How many signed cookies are remembered; the oldest goes first. */
const REMEMBERED = 20_000;

/**
 * Who sends a request, or null. better-auth checks a cookie's signature once; after that only its text is compared. Whether the session still
 * stands, and whose it is, the database is asked at every request, so that signing out and disabling an account hold at once.
 */
export function sessionReader(auth: Pick<BetterAuth, "api">, pool: Pool): (request: Request) => Promise<Actor | null> {
	const tokens = new Map<string, string>();
	return async (request) => {
		const cookie = request.headers.get("cookie");
		if (!cookie) return null;
		const token = tokens.get(cookie) ?? (await signedToken(auth, request.headers));
		if (!token) return null;
		if (!tokens.has(cookie)) {
			if (tokens.size >= REMEMBERED) tokens.delete(tokens.keys().next().value as string);
			tokens.set(cookie, token);
		}
		const asked = pool.query<Actor>({
			name: "who",
			text: `select a.account_id as "accountId", a.must_change_password as "mustChangePassword"
				from auth.session s cross join lateral calc.account_of(s."userId") a where s.token = $1 and s."expiresAt" > now()`,
			values: [token],
		});
		// A database that is away is a Problem, for which the server looks whether it is for want of room.
		const { rows } = await asked.catch((error) => {
			throw translateDatabaseError(error);
		});
		return rows[0] ?? null;
	};
}

async function signedToken(auth: Pick<BetterAuth, "api">, headers: Headers): Promise<string | null> {
	const read = await auth.api.getSession({ headers, query: { disableRefresh: true } }).catch((error) => {
		// better-auth keeps to itself why it could not read.
		throw error?.statusCode === 500 ? unreachable() : error;
	});
	return read?.session.token ?? null;
}
