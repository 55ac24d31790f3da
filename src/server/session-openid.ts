import { setTimeout as sleep } from "node:timers/promises";
import type { GenericOAuthConfig } from "better-auth/plugins";
import { Problem } from "../core/problem.ts";

/** A sign-in service of the organisation's own (OpenID Connect); off where the environment names none. */
export interface OpenIdSettings {
	discoveryUrl: string;
	clientId: string;
	clientSecret: string;
}

/** What of better-auth this part asks. */
interface Instance {
	$context: Promise<{ socialProviders: unknown[] }>;
}

const PROVIDER = "openid";
/** How long a person waits for a service that does not answer. */
const PATIENCE_MS = 5_000;

/** The addresses that need the organisation's service. */
export const OPENID_PATHS: readonly string[] = ["/sign-in/social", "/link-social", "/callback/openid"];

/** Only signed identities count; whom they are linked to decides, never a mail address the service claims. */
export function openIdProvider(settings: OpenIdSettings): GenericOAuthConfig {
	return {
		...settings,
		providerId: PROVIDER,
		scopes: ["openid", "profile"],
		disableSignUp: true,
		requireIdTokenVerification: true,
		// Verified before it comes here. The service's user-info address is not asked: what it says is not signed.
		getUserInfo: async ({ idToken }) => (idToken ? profileIn(idToken) : null),
		mapProfileToUser: (profile) => ({ email: `${profile.sub}@openid.invalid`, emailVerified: false }),
	};
}

function profileIn(idToken: string) {
	const claims = JSON.parse(Buffer.from(idToken.split(".")[1], "base64url").toString("utf8"));
	return { ...claims, id: claims.sub, name: claims.name ?? claims.sub, emailVerified: false };
}

/**
 * better-auth asks the service for its addresses when it is made, once, and everything waits for the answer. So the instance that
 * knows the service is one of its own, made when somebody first goes there and again as long as the service was not to be had: a
 * service that is down when the program starts closes this one way in, as long as it is down.
 * @returns the instance. @throws Problem `openid.unreachable`
 */
export function reachable<I extends Instance>(make: () => I): () => Promise<I> {
	let found: I | undefined;
	let attempt: Promise<I | undefined> | undefined;
	return async () => {
		if (found) return found;
		attempt ??= Promise.race([tryOnce(make), sleep(PATIENCE_MS, undefined, { ref: false })]).finally(() => {
			attempt = undefined;
		});
		found ??= await attempt;
		if (found) return found;
		throw new Problem(
			"openid.unreachable",
			503,
			"Hệ thống đăng nhập của cơ quan hiện không trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập bằng tên và mật khẩu.",
		);
	};
}

async function tryOnce<I extends Instance>(make: () => I): Promise<I | undefined> {
	const made = make();
	const { socialProviders } = await made.$context;
	return socialProviders.length > 0 ? made : undefined;
}
