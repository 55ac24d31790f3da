import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { getMigrations } from "better-auth/db/migration";
import pg from "pg";
import { openTestDatabase } from "../../test/kit.ts";
import { Browser, openSite } from "../../test/sign-in-site.ts";
import type { Problem } from "../core/problem.ts";
import type { Actor } from "../db/actor.ts";
import { createAuth, optionsOf } from "./session.ts";
import { isEasyPin } from "./session-device.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const settings = {
	databaseUrl: database.url,
	vault: database.vault,
	publicUrl: null,
	openId: null,
	behindProxy: false,
};
const site = await openSite(database, createAuth(settings));
const commune = await database.unit("00004");

/** A chair with a password of her own, made the way people are made. */
async function chair(username: string) {
	const made = await database.call(database.operator, "access.addAccount", {
		username,
		displayName: "Nguyễn Thị Thử",
		role: "commune_chair",
		unitId: commune,
	});
	const password = `mat khau ${username}`;
	const browser = new Browser(site);
	assert.equal((await browser.signIn(username, made.oneTimePassword)).status, 200);
	const changed = await browser.post("/change-password", {
		currentPassword: made.oneTimePassword,
		newPassword: password,
	});
	assert.equal(changed.status, 200);
	const actor: Actor = { accountId: made.account.id, today: "2026-11-22" };
	return { actor, username, password, browser, id: made.account.id as string };
}

const signedIn = (id: string) => ({ accountId: id, mustChangePassword: false });
const refused = (code: string) => (error: Problem) => error.code === code;

test("someone with a one-time password can do nothing but choose her own", async () => {
	const { account, oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username: "moi.den",
		role: "commune_clerk",
		unitId: commune,
	});
	assert.match(oneTimePassword, /^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/);
	const browser = new Browser(site);
	assert.equal((await browser.signIn("Moi.Den", oneTimePassword)).status, 200);
	const who = (await browser.get("/who")).body;
	assert.deepEqual(who, { accountId: account.id, mustChangePassword: true });

	assert.equal((await database.call(who, "access.session")).account.mustChangePassword, true);
	await assert.rejects(database.call(who, "units.tree"), refused("access.change_password"));
	const enrol = await browser.post("/two-factor/enable", { password: oneTimePassword });
	assert.deepEqual([enrol.status, enrol.body.code], [403, "access.change_password"]);

	const change = (newPassword: string, currentPassword = oneTimePassword) =>
		browser.post("/change-password", { currentPassword, newPassword });
	assert.equal((await change("ngan")).body.code, "password.too_short");
	assert.equal((await change(oneTimePassword)).body.code, "password.same");
	assert.equal((await change("mat khau cua toi", "sai mat khau")).body.code, "password.wrong");
	assert.equal((await change("mat khau cua toi")).status, 200);

	const now = (await browser.get("/who")).body;
	assert.deepEqual(now, signedIn(account.id));
	assert.ok((await database.call(now, "units.tree")).length > 1000);
	assert.equal((await new Browser(site).signIn("moi.den", oneTimePassword)).status, 401);
});

test("a one-time password not used within seven days no longer lets anybody in", async () => {
	const { oneTimePassword, account } = await database.call(database.operator, "access.addAccount", {
		username: "qua.han",
		role: "commune_clerk",
		unitId: commune,
	});
	await database.owner.query("update app.account set password_until = now() - interval '1 minute' where id = $1", [
		account.id,
	]);
	const answer = await new Browser(site).signIn("qua.han", oneTimePassword);
	assert.deepEqual([answer.status, answer.body.code], [403, "password.one_time_over"]);
});

test("cookies are httpOnly and lax, and secure under https; a wrong password sets none and says no more than that", async () => {
	const { username, password, browser } = await chair("banh.quy");
	const session = browser.set.find((line) => line.startsWith("taphop.session_token=")) ?? "";
	assert.match(session, /HttpOnly/);
	assert.match(session, /SameSite=Lax/);
	assert.doesNotMatch(session, /Secure/);

	const stranger = new Browser(site);
	const wrong = await stranger.signIn(username, "khong phai mat khau");
	const unknown = await stranger.signIn("khong.co.ai", "khong phai mat khau");
	assert.equal(wrong.status, 401);
	assert.deepEqual(wrong.body, unknown.body);
	assert.equal(stranger.cookies.size, 0);

	const secure = await openSite(database, createAuth({ ...settings, publicUrl: "https://taphop.example.vn" }));
	const there = new Browser(secure, "10.0.0.9");
	const signedIn = await there.send(
		"POST",
		"/api/auth/sign-in/username",
		{ username, password },
		{
			origin: "https://taphop.example.vn",
		},
	);
	assert.equal(signedIn.status, 200);
	assert.match(there.set.join(), /__Secure-taphop\.session_token=.*Secure/);
});

test("sign-in is closed to other sites, and everything of better-auth that is not needed is closed to all", async () => {
	const { username, password, browser } = await chair("ngoai.trang");
	const foreign = await browser.send("POST", "/api/auth/sign-out", {}, { origin: "https://evil.example" });
	assert.deepEqual([foreign.status, foreign.body.code], [403, "request.origin"]);
	for (const path of ["/sign-up/email", "/sign-in/email", "/update-user", "/is-username-available", "/delete-user"])
		assert.equal((await browser.post(path, { username, password, email: "a@b.vn", name: "x" })).status, 404, path);
});

test("ten wrong passwords close a name for a while, also after a restart; her neighbours still come in", async () => {
	const { username, password } = await chair("bi.do");
	const other = await chair("hang.xom");
	for (let n = 0; n < 10; n += 1) {
		const answer = await new Browser(site, `10.1.0.${n}`).signIn(username, "doan mo");
		assert.equal(answer.status, 401, `attempt ${n + 1}`);
	}
	const restarted = await openSite(database, createAuth(settings));
	const closed = await new Browser(restarted, "10.1.0.99").signIn(username, password);
	assert.deepEqual([closed.status, closed.body.code], [429, "sign_in.too_many"]);
	assert.ok(Number(closed.headers.get("retry-after")) > 600);
	assert.match(closed.body.message, /phút/);
	assert.equal((await new Browser(restarted, "10.1.0.99").signIn(other.username, other.password)).status, 200);
	const { rows } = await database.owner.query("select key from auth.attempt");
	assert.ok(rows.every(({ key }) => !key.includes(username)));
});

test("a hundred attempts from one address close it, whatever the names", async () => {
	await database.owner.query("insert into auth.attempt (key, count) values ('address:10.2.0.1', 100)");
	assert.equal((await new Browser(site, "10.2.0.1").signIn("ai.do", "mat khau gi do")).status, 429);
	await database.owner.query(
		"update auth.attempt set started_at = now() - interval '16 minutes' where key = 'address:10.2.0.1'",
	);
	assert.equal((await new Browser(site, "10.2.0.1").signIn("ai.do", "mat khau gi do")).status, 401);
});

test("disabling an account ends its sessions at once and closes every way in", async () => {
	const { id, username, password, browser } = await chair("bi.khoa");
	const rows = (await database.call(database.operator, "access.accounts", { q: username })).rows;
	await database.call(database.operator, "access.setDisabled", { id, version: rows[0].version, disabled: true });
	assert.equal((await browser.get("/who")).body, null);
	const answer = await new Browser(site).signIn(username, password);
	assert.deepEqual([answer.status, answer.body.code], [403, "account.disabled"]);
});

test("an app code as the second step", async () => {
	const { id, username, password, browser } = await chair("hai.buoc");
	const enrol = await browser.post("/two-factor/enable", { password });
	assert.equal(enrol.status, 200);
	const secret = new URL(enrol.body.totpURI).searchParams.get("secret") as string;
	assert.equal((await browser.post("/two-factor/verify-totp", { code: totp(secret) })).status, 200);

	const later = new Browser(site);
	const first = await later.signIn(username, password);
	assert.deepEqual([first.status, first.body.twoFactorRedirect], [200, true]);
	assert.equal((await later.get("/who")).body, null);
	const wrong = await later.post("/two-factor/verify-totp", { code: "000000" });
	assert.deepEqual([wrong.status, wrong.body.code], [401, "two_factor.wrong"]);
	assert.equal((await later.post("/two-factor/verify-totp", { code: totp(secret) })).status, 200);
	assert.deepEqual((await later.get("/who")).body, signedIn(id));

	assert.equal((await later.post("/two-factor/disable", { password })).status, 200);
	assert.deepEqual((await audited(id)).slice(-4), [
		"access.changePassword",
		"access.twoFactorOn",
		"access.signIn",
		"access.twoFactorOff",
	]);

	await browser.signIn(username, password);
	const again = await browser.post("/two-factor/enable", { password });
	const anewSecret = new URL(again.body.totpURI).searchParams.get("secret") as string;
	assert.equal((await browser.post("/two-factor/verify-totp", { code: totp(anewSecret) })).status, 200);
	const { oneTimePassword } = await database.call(database.operator, "access.resetPassword", { id });
	assert.equal((await later.get("/who")).body, null, "a reset ends sessions");
	const anew = await new Browser(site).signIn(username, oneTimePassword);
	assert.deepEqual([anew.status, anew.body.twoFactorRedirect], [200, undefined], "and the lost phone's codes");
});

test("a new password ends the sessions of other machines", async () => {
	const { id, username, password, browser } = await chair("doi.mk");
	const other = new Browser(site);
	await other.signIn(username, password);
	assert.deepEqual((await other.get("/who")).body, signedIn(id));
	const changed = await browser.post("/change-password", {
		currentPassword: password,
		newPassword: "mat khau khac han",
	});
	assert.equal(changed.status, 200);
	assert.equal((await other.get("/who")).body, null);
	assert.deepEqual((await browser.get("/who")).body, signedIn(id));
});

test("a phone: invited once, a PIN on that phone, five wrong ones lock it", async () => {
	const branch = await database.branch("Chi hội phố Thử", "00004");
	const { account, oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username: "chi.hoi.truong",
		displayName: "Trần Thị Điện",
		role: "branch_head",
		unitId: branch,
	});
	const invite = () => database.call(database.operator, "access.invite", { id: account.id });
	const old = await invite();
	const { token } = await invite();

	const phone = new Browser(site, "10.3.0.1");
	assert.equal((await phone.get("/api/auth/device")).body, null);
	assert.equal((await phone.post("/device/invitation", { token: old.token })).body.code, "invitation.over");
	assert.deepEqual((await phone.post("/device/invitation", { token })).body, { name: "Trần Thị Điện" });
	assert.equal((await phone.post("/device/accept", { token, pin: "123456" })).body.code, "pin.easy");
	assert.equal((await phone.post("/device/accept", { token, pin: "280519" })).status, 200);
	assert.deepEqual((await phone.get("/who")).body, signedIn(account.id));
	assert.match(phone.set.find((line) => line.startsWith("taphop.device=")) ?? "", /HttpOnly/);
	assert.equal((await new Browser(site).post("/device/accept", { token, pin: "280519" })).status, 410, "once only");
	assert.equal(
		(await new Browser(site).signIn("chi.hoi.truong", oneTimePassword)).status,
		401,
		"its one-time password is over",
	);
	assert.equal((await database.call({ accountId: account.id }, "access.session")).account.mustChangePassword, false);

	await phone.post("/sign-out");
	assert.equal((await phone.get("/who")).body, null);
	assert.deepEqual((await phone.get("/api/auth/device")).body, { name: "Trần Thị Điện", attemptsLeft: 5 });
	assert.equal((await new Browser(site).post("/device/sign-in", { pin: "280519" })).body.code, "device.unknown");
	assert.equal((await phone.post("/device/sign-in", { pin: "280519" })).status, 200);

	const tries = await Promise.all(Array.from({ length: 12 }, () => phone.post("/device/sign-in", { pin: "000001" })));
	assert.equal(tries.filter((answer) => answer.body.code === "pin.wrong").length, 4);
	assert.ok(tries.every((answer) => answer.status !== 200));
	const locked = await phone.post("/device/sign-in", { pin: "280519" });
	assert.deepEqual([locked.status, locked.body.code], [423, "device.locked"]);
	const { rows } = await database.owner.query("select pin_hash from app.device where account_id = $1", [account.id]);
	assert.equal(rows.length, 1);
	assert.ok(!rows[0].pin_hash.includes("280519"));
});

test("PINs people guess first", () => {
	for (const pin of ["000000", "999999", "123456", "654321"]) assert.ok(isEasyPin(pin), pin);
	for (const pin of ["280519", "112233", "100000"]) assert.ok(!isEasyPin(pin), pin);
});

async function audited(id: string): Promise<string[]> {
	const { rows } = await database.owner.query("select action from app.audit where subject_id = $1 order by id", [id]);
	return rows.map(({ action }) => action);
}

test("every sign-in leaves a line in the audit, and none holds a secret", async () => {
	const { id, password } = await chair("nhat.ky");
	const { rows } = await database.owner.query(
		"select action, detail::text from app.audit where subject_id = $1 order by id",
		[id],
	);
	assert.deepEqual(
		rows.map((row) => row.action),
		["access.addAccount", "access.signIn", "access.changePassword"],
	);
	assert.ok(rows.every((row) => !row.detail.includes(password)));
	const kept = await database.owner.query("select coalesce(string_agg(result::text, ' '), '') as all from app.command");
	assert.doesNotMatch(kept.rows[0].all, /[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}"/);
});

test("the tables are those better-auth asks for", async () => {
	const pool = new pg.Pool({ connectionString: database.url, options: "-c role=taphop_auth -c search_path=auth" });
	try {
		const { toBeCreated, toBeAdded } = await getMigrations(optionsOf(settings, pool));
		assert.deepEqual([toBeCreated, toBeAdded], [[], []]);
	} finally {
		await pool.end();
	}
});

/** RFC 6238: six digits of this half minute. */
function totp(base32: string): string {
	const bits = [...base32].map((letter) =>
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
	);
	const key = Buffer.from((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
	const mac = createHmac("sha1", key).update(counter).digest();
	const at = mac[mac.length - 1] & 15;
	return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
