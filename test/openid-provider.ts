import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { after } from "node:test";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { freePort } from "./program.ts";

/** A sign-in service of an organisation's own (OpenID Connect) that says everybody is `subject`. */
export interface Provider {
	discoveryUrl: string;
	/** Whom it says has signed in. */
	subject: string;
	/** With what it signs. */
	signedBy: KeyObject;
	/** Its own key, again. */
	key: KeyObject;
	start(): Promise<void>;
	stop(): Promise<void>;
}

/** A provider that is not there yet: its address is settled, `start` opens it. Gone with the test file. */
export async function makeProvider(): Promise<Provider> {
	const port = await freePort();
	const issuer = `http://127.0.0.1:${port}`;
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	let server: Server | undefined;
	let nonce: string | undefined;
	const provider: Provider = {
		discoveryUrl: `${issuer}/.well-known/openid-configuration`,
		subject: "can-bo-1",
		signedBy: privateKey,
		key: privateKey,
		start: () =>
			new Promise((resolve) => {
				server = createServer(getRequestListener(app.fetch)).listen(port, "127.0.0.1", resolve);
			}),
		stop: () =>
			new Promise((resolve) => {
				if (!server) return resolve();
				server.close(() => resolve());
				server.closeAllConnections();
				server = undefined;
			}),
	};
	after(() => provider.stop());

	const app = new Hono();
	app.get("/.well-known/openid-configuration", (c) =>
		c.json({
			issuer,
			authorization_endpoint: `${issuer}/authorize`,
			token_endpoint: `${issuer}/token`,
			jwks_uri: `${issuer}/keys`,
			id_token_signing_alg_values_supported: ["RS256"],
		}),
	);
	app.get("/authorize", (c) => {
		nonce = c.req.query("nonce");
		const back = new URL(c.req.query("redirect_uri") as string);
		back.searchParams.set("code", "c");
		back.searchParams.set("state", c.req.query("state") as string);
		return c.redirect(back.href);
	});
	app.get("/keys", (c) =>
		c.json({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" }] }),
	);
	app.post("/token", (c) =>
		c.json({ access_token: "a", token_type: "Bearer", expires_in: 60, id_token: idToken(issuer, nonce, provider) }),
	);
	return provider;
}

function idToken(issuer: string, nonce: string | undefined, { subject, signedBy }: Provider): string {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
	const now = Math.floor(Date.now() / 1000);
	const claims = { iss: issuer, aud: "taphop", sub: subject, iat: now, exp: now + 60, nonce, name: "Cán bộ" };
	// The address of an account here, claimed by the service: it must open nothing.
	const mail = subject === "khong-thu" ? {} : { email: "can.bo.mot@account.invalid", email_verified: true };
	const text = `${part({ alg: "RS256", kid: "k" })}.${part({ ...claims, ...mail })}`;
	return `${text}.${sign("sha256", Buffer.from(text), signedBy).toString("base64url")}`;
}
