import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { makeProvider, type Provider } from "../../test/openid-provider.ts";
import { Browser, openSite } from "../../test/sign-in-site.ts";
import { createAuth } from "./session.ts";

const database = await openTestDatabase({ today: "2026-11-22" });

function siteWith({ discoveryUrl }: { discoveryUrl: string }): Promise<string> {
	const openId = { discoveryUrl, clientId: "taphop", clientSecret: "x" };
	return openSite(
		database,
		createAuth({ databaseUrl: database.url, vault: database.vault, publicUrl: null, behindProxy: false, openId }),
	);
}

/** An account signed in with its one-time password. */
async function someone(username: string, site: string) {
	const { account, oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username,
		role: "commune_clerk",
		unitId: await database.unit("00004"),
	});
	const browser = new Browser(site);
	assert.equal((await browser.signIn(username, oneTimePassword)).status, 200);
	const ownPassword = () =>
		browser.post("/change-password", { currentPassword: oneTimePassword, newPassword: "mat khau cua toi" });
	return { browser, ownPassword, id: account.id as string };
}

const begin = (browser: Browser) => browser.post("/sign-in/social", { provider: "openid", callbackURL: "/" });
const link = (browser: Browser) => browser.post("/link-social", { provider: "openid", callbackURL: "/" });

/** Goes to the service and comes back, as a browser does. */
async function visit(browser: Browser, begun: { status: number; body: { url: string } }) {
	assert.equal(begun.status, 200, JSON.stringify(begun.body));
	const sentBack = await fetch(begun.body.url, { redirect: "manual" });
	const { pathname, search } = new URL(sentBack.headers.get("location") as string);
	return browser.get(pathname + search);
}

async function letIn(site: string): Promise<string | undefined> {
	const browser = new Browser(site);
	await visit(browser, await begin(browser));
	return (await browser.get("/who")).body?.accountId;
}

async function started(): Promise<Provider> {
	const provider = await makeProvider();
	await provider.start();
	return provider;
}

test("the service of one's own lets in those who have linked it, and nobody else, whatever address it claims", async () => {
	const provider = await started();
	const site = await siteWith(provider);
	const { browser, ownPassword, id } = await someone("can.bo.mot", site);
	assert.equal((await link(browser)).body.code, "access.change_password");
	await ownPassword();
	assert.equal(await letIn(site), undefined, "the same mail address is no link");

	await visit(browser, await link(browser));
	const { rows } = await database.owner.query("select action from app.audit where subject_id = $1 order by id", [id]);
	assert.equal(rows.at(-1).action, "access.linkOpenId");
	assert.equal(await letIn(site), id);

	provider.signedBy = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
	assert.equal(await letIn(site), undefined, "signed by another key");
	provider.signedBy = provider.key;
	provider.subject = "nguoi-khac";
	assert.equal(await letIn(site), undefined);
	provider.subject = "can-bo-1";

	const accounts = (await browser.get("/api/auth/list-accounts")).body as { id: string; providerId: string }[];
	const linked = accounts.find(({ providerId }) => providerId === "openid");
	assert.equal((await browser.post("/unlink-account", { accountId: linked?.id })).status, 200);
	assert.equal(await letIn(site), undefined, "no longer linked");
});

test("a service that tells no mail address is as good as any", async () => {
	const provider = await started();
	provider.subject = "khong-thu";
	const site = await siteWith(provider);
	const { browser, ownPassword, id } = await someone("can.bo.hai", site);
	await ownPassword();
	await visit(browser, await link(browser));
	assert.equal(await letIn(site), id);
});

test("a service that is down at the start: passwords work, the way by it is closed for that long and no longer", async () => {
	const provider = await makeProvider();
	const site = await siteWith(provider);
	const { browser, ownPassword, id } = await someone("can.bo.ba", site);
	await ownPassword();
	const refused = await link(browser);
	assert.deepEqual([refused.status, refused.body.code], [503, "openid.unreachable"]);
	const back = await new Browser(site).get("/api/auth/callback/openid?code=c&state=s");
	assert.deepEqual([back.status, back.headers.get("location")], [302, "/sign-in?error=openid"]);

	await provider.start();
	provider.subject = "can-bo-3";
	await visit(browser, await link(browser));
	assert.equal(await letIn(site), id);
});

test("a service that takes the call and never answers holds nobody up who signs in by password", async (context) => {
	const taken = new Set<Socket>();
	const silent = createServer((socket) => taken.add(socket)).listen(0, "127.0.0.1");
	await new Promise((resolve) => silent.once("listening", resolve));
	context.after(() => {
		silent.close();
		for (const socket of taken) socket.destroy();
	});
	const { port } = silent.address() as { port: number };
	const site = await siteWith({ discoveryUrl: `http://127.0.0.1:${port}/.well-known/openid-configuration` });
	const browser = new Browser(site);
	const ended: string[] = [];
	const waiting = begin(browser).finally(() => ended.push("service"));
	assert.equal((await new Browser(site).signIn("can.bo.mot", "mat khau cua toi")).status, 200);
	ended.push("password");
	assert.equal((await waiting).body.code, "openid.unreachable");
	assert.deepEqual(ended, ["password", "service"]);
});
