import type { Pool } from "pg";
import { Problem } from "../core/problem.ts";
import type { Vault } from "../db/vault.ts";

/** So many attempts in a window, then none until it is over. */
interface Limit {
	max: number;
	seconds: number;
}

/** One name: enough for someone who mistypes, too few to guess. */
const BY_NAME: Limit = { max: 10, seconds: 15 * 60 };
/** One address: a whole office or a mobile operator's network may stand behind it. */
const BY_ADDRESS: Limit = { max: 100, seconds: 15 * 60 };

/** Counts attempts to sign in, in the database, so that a restart forgets none and two servers share them. */
export interface SignInLimits {
	/** Takes one attempt of this address, and of this name where one was typed. Throws `sign_in.too_many` (429). */
	take(address: string, name?: string): Promise<void>;
	/** Forgets the attempts of a name: its owner has signed in. */
	clear(name: string): Promise<void>;
	/** Drops the counts of windows long over. */
	prune(): Promise<void>;
}

/** Limits over the sign-in pool. Names are kept as fingerprints: people type passwords into the name field. */
export function signInLimits(pool: Pool, vault: Vault): SignInLimits {
	const keyOf = (name: string) => `name:${vault.fingerprint(`sign-in ${name.toLowerCase()}`).toString("base64url")}`;
	return {
		async take(address, name) {
			await takeOne(pool, `address:${address}`, BY_ADDRESS);
			if (name !== undefined) await takeOne(pool, keyOf(name), BY_NAME);
		},
		async clear(name) {
			await pool.query("delete from auth.attempt where key = $1", [keyOf(name)]);
		},
		async prune() {
			await pool.query("delete from auth.attempt where started_at < now() - interval '1 day'");
		},
	};
}

async function takeOne(pool: Pool, key: string, limit: Limit): Promise<void> {
	const { rows } = await pool.query<{ count: number; left: number }>(
		`insert into auth.attempt as a (key, count) values ($1, 1)
		on conflict (key) do update set
			count = case when a.started_at < now() - make_interval(secs => $2) then 1 else least(a.count + 1, 1000000) end,
			started_at = case when a.started_at < now() - make_interval(secs => $2) then now() else a.started_at end
		returning count, ceil(extract(epoch from started_at + make_interval(secs => $2) - now()))::integer as left`,
		[key, limit.seconds],
	);
	const [{ count, left }] = rows;
	if (count > limit.max) throw tooMany(left);
}

function tooMany(seconds: number): Problem {
	return new Problem(
		"sign_in.too_many",
		429,
		`Đã thử đăng nhập quá nhiều lần. Hãy đợi ${Math.max(1, Math.ceil(seconds / 60))} phút rồi thử lại.`,
		{ detail: { retryAfter: Math.max(1, seconds) } },
	);
}
