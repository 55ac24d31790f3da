import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { Hono } from "hono";
import { openTestDatabase } from "../../test/kit.ts";
import { Browser, openServer, openSite } from "../../test/sign-in-site.ts";
import { createAuth } from "./session.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
let subject = "can-bo-1";
let nonce: string | undefined;
let signedBy = privateKey;
const provider: string = await openServer(database, standIn());
const site = await openSite(
	database,
	createAuth({
		databaseUrl: database.url,
		vault: database.vault,
		publicUrl: null,
		behindProxy: false,
		openId: { discoveryUrl: `${provider}/.well-known/openid-configuration`, clientId: "taphop", clientSecret: "x" },
	}),
);

/** A sign-in service that says everybody is `subject`. */
function standIn(): Hono {
	const app = new Hono();
	app.get("/.well-known/openid-configuration", (c) =>
		c.json({
			issuer: provider,
			authorization_endpoint: `${provider}/authorize`,
			token_endpoint: `${provider}/token`,
			jwks_uri: `${provider}/keys`,
			id_token_signing_alg_values_supported: ["RS256"],
		}),
	);
	app.get("/keys", (c) =>
		c.json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] }),
	);
	app.post("/token", (c) => c.json({ access_token: "a", token_type: "Bearer", expires_in: 60, id_token: idToken() }));
	return app;
}

function idToken(): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const now = Math.floor(Date.now() / 1000);
	const claims = { iss: provider, aud: "taphop", sub: subject, iat: now, exp: now + 60, nonce, name: "Cán bộ" };
	const mail = { email: "can.bo.mot@account.invalid", email_verified: true };
	const text = `${part({ alg: "RS256", kid: "k" })}.${part({ ...claims, ...mail })}`;
	return `${text}.${sign("sha256", Buffer.from(text), signedBy).toString("base64url")}`;
}

/** Goes to the service and comes back, as a browser does. */
async function visit(browser: Browser, begun: { status: number; body: { url: string } }) {
	assert.equal(begun.status, 200, JSON.stringify(begun.body));
	const state = new URL(begun.body.url).searchParams.get("state");
	nonce = new URL(begun.body.url).searchParams.get("nonce") ?? undefined;
	return browser.get(`/api/auth/callback/openid?code=c&state=${state}`);
}

test("the service of one's own lets in those who have linked it, and nobody else, whatever address it claims", async () => {
	const { account, oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username: "can.bo.mot",
		role: "commune_clerk",
		unitId: await database.unit("00004"),
	});
	const stranger = new Browser(site);
	const begin = (browser: Browser) => browser.post("/sign-in/social", { provider: "openid", callbackURL: "/" });
	await visit(stranger, await begin(stranger));
	assert.equal((await stranger.get("/who")).body, null, "the same mail address is no link");

	const browser = new Browser(site);
	await browser.signIn("can.bo.mot", oneTimePassword);
	const early = await browser.post("/link-social", { provider: "openid", callbackURL: "/" });
	assert.equal(early.body.code, "access.change_password");
	await browser.post("/change-password", { currentPassword: oneTimePassword, newPassword: "mat khau cua toi" });
	await visit(browser, await browser.post("/link-social", { provider: "openid", callbackURL: "/" }));

	const { rows } = await database.owner.query("select action from app.audit where subject_id = $1 order by id", [
		account.id,
	]);
	assert.equal(rows.at(-1).action, "access.linkOpenId");

	const later = new Browser(site);
	await visit(later, await begin(later));
	assert.equal((await later.get("/who")).body?.accountId, account.id);

	signedBy = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
	const forged = new Browser(site);
	await visit(forged, await begin(forged));
	assert.equal((await forged.get("/who")).body, null, "signed by another key");
	signedBy = privateKey;

	subject = "nguoi-khac";
	const other = new Browser(site);
	await visit(other, await begin(other));
	assert.equal((await other.get("/who")).body, null);
});
