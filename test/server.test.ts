import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openDatabase } from "../src/db/embedded.ts";
import { withDatabase } from "../src/db/mode.ts";
import { testEnvironment } from "./environment.ts";
import { asDemo, dataFolder, emptyFolder, freePort, Program, run, running, serve, until } from "./program.ts";
import { Browser } from "./sign-in-site.ts";

const CENTRE = ["account", "add", "--username", "trung.uong", "--role", "centre", "--unit", "VN", "--json"];
const PASSWORD = "mat khau cua rieng toi";

/** Makes an account by the command line and chooses its own password over HTTP. */
async function signIn(folder: string, url: string, args = CENTRE): Promise<Browser> {
	const { out, err } = await run(folder, args);
	assert.equal(err, "");
	const { username, oneTimePassword } = JSON.parse(out);
	const browser = new Browser(url);
	assert.equal((await browser.signIn(username, oneTimePassword)).status, 200);
	const refused = await browser.send("POST", "/api/units/add", {});
	assert.deepEqual([refused.status, refused.body.code], [403, "access.change_password"]);
	const passwords = { currentPassword: oneTimePassword, newPassword: PASSWORD };
	assert.equal((await browser.post("/change-password", passwords)).status, 200);
	return browser;
}

test("a server and the command line beside it: started, used, killed, started again, stopped", async () => {
	const folder = await dataFolder();
	let server = await serve(folder, { TAPHOP_URL: "https://taphop.example.vn" });
	assert.match(server.out, /đang chạy tại https:\/\/taphop\.example\.vn/);
	await server.says("npx taphop account add --username TEN --role centre --unit VN");
	assert.equal((await server.stop()).code, 0);
	assert.deepEqual(running(folder), []);

	server = await serve(folder);
	for (const path of ["/", "/sign-in", "/members"]) {
		const response = await fetch(server.url + path);
		assert.deepEqual([response.status, response.headers.get("content-type")?.split(";")[0]], [200, "text/html"], path);
	}
	const browser = await signIn(folder, server.url);
	assert.equal((await browser.get("/api/access/session")).body.account.username, "trung.uong");

	const taken = await run(folder, ["serve"], { PORT: new URL(server.url).port });
	assert.equal(taken.code, 1);
	assert.match(taken.err, /^Cổng \d+ đang được dùng\. .*\n\(port\.taken\)\n$/);

	const commands = Array.from({ length: 8 }, () => new Program(folder, ["gathering", "rates", "--json"]));
	await sleep(400);
	commands[3].child.kill("SIGKILL");
	const ended = await Promise.all(commands.map((one) => one.ended));
	for (const { code, err } of ended.filter((_, index) => index !== 3)) assert.equal(code, 0, err);
	assert.equal((await browser.get("/api/access/session")).status, 200);
	assert.equal(JSON.parse((await run(folder, ["verify", "--json"])).out).differences, 0);

	await server.stop("SIGKILL");
	server = await serve(folder);
	const again = new Browser(server.url);
	assert.equal((await again.signIn("trung.uong", PASSWORD)).status, 200);
	assert.equal((await again.get("/api/access/session")).status, 200);
	const { code, ms, err } = await server.stop();
	assert.deepEqual([code, err], [0, ""]);
	assert.ok(ms < 10_000, `${ms} ms`);
	assert.deepEqual(running(folder), []);
});

test("asked to stop while it is still starting, nothing is left running, and the next start works", async () => {
	const folder = await dataFolder();
	for (const [name, wait] of [
		["SIGTERM", 250],
		["SIGINT", 500],
		["SIGHUP", 800],
	] as const) {
		const program = new Program(folder, ["serve"], { PORT: String(await freePort()) });
		await sleep(wait);
		const { ms } = await program.stop(name);
		assert.ok(ms < 10_000, `${name}: ${ms} ms`);
		await until(`no database after ${name}`, () => running(folder).length === 0);
	}
	assert.equal((await run(folder, ["units", "show", "--code", "VN"])).code, 0);
});

test("settings that mean nothing, and a key that is not the database's: one sentence, exit 1", async () => {
	const folder = await dataFolder();
	const otherKey = join(folder, "other-key");
	writeFileSync(otherKey, "0".repeat(64));
	const cases: [NodeJS.ProcessEnv, RegExp][] = [
		[{ PORT: "http" }, /^PORT phải là .*\n\(setting\.invalid\)\n$/],
		[{ PORT: "70000" }, /^PORT phải là .*\n\(setting\.invalid\)\n$/],
		[{ TAPHOP_URL: "taphop.example.vn" }, /^TAPHOP_URL phải là .*\n\(setting\.invalid\)\n$/],
		[{ TAPHOP_KEY_FILE: join(folder, "no-key") }, /^Không thấy tệp khóa .*no-key\. .*\n\(key\.wrong\)\n$/],
		[{ TAPHOP_KEY_FILE: otherKey }, /^Khóa mã hóa không phải .*\n\(key\.wrong\)\n$/],
		[{ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }, /^Cơ sở dữ liệu .*\n\(database\.unreachable\)\n$/],
	];
	for (const [env, sentence] of cases) {
		const { code, err } = await run(folder, ["serve"], env);
		assert.deepEqual([code, sentence.test(err)], [1, true], err);
	}
	assert.deepEqual(running(folder), []);
});

test("tests hear nothing of what the shell has set for a running program", () => {
	const shell = { PORT: "1", HOST: "x", DATABASE_URL: "x", PGHOST: "x", TAPHOP_DATA: "x", TAPHOP_OWNER_URL: "x" };
	assert.deepEqual(testEnvironment({ ...shell, PATH: "/bin", TAPHOP_UPDATE: "1" }), {
		PATH: "/bin",
		TAPHOP_UPDATE: "1",
	});
});

test("Bắt đầu dùng thật: once, by a centre account, into an empty database that a restart serves", async () => {
	const folder = await dataFolder();
	await asDemo(folder);
	let server = await serve(folder, { TAPHOP_DEMO: "yes" });
	const centre = await signIn(folder, server.url);
	const first = { username: "lan.tw", displayName: "Nguyễn Thị Lan" };
	const startReal = (browser: Browser, body: object = first) => browser.send("POST", "/start-real", body);

	const clerk = await signIn(folder, server.url, [
		...["account", "add", "--username", "thu.ky", "--role", "commune_clerk", "--unit", "00004", "--json"],
	]);
	assert.equal((await startReal(clerk)).body.code, "access.denied");
	assert.equal((await startReal(new Browser(server.url))).body.code, "access.signed_out");
	for (const body of [{}, { username: "Không hợp lệ" }, { username: 7 }])
		assert.equal((await startReal(centre, body)).body.code, "input.invalid");
	assert.equal(readFileSync(join(folder, "mode"), "utf8").trim(), "demo");

	const answers = await Promise.all([startReal(centre), startReal(centre, { username: "khac.tw" }), startReal(centre)]);
	const begun = answers.filter(({ status }) => status === 200);
	assert.equal(begun.length, 1, JSON.stringify(answers.map(({ body }) => body)));
	assert.equal(readFileSync(join(folder, "mode"), "utf8").trim(), "real");
	assert.ok((await startReal(centre)).status >= 400);

	// Whichever of them came first.
	const { username, oneTimePassword } = begun[0].body;
	const lan = new Browser(server.url);
	assert.equal((await lan.signIn(username, oneTimePassword)).status, 200);
	const session = (await lan.get("/api/access/session")).body;
	assert.deepEqual([session.demo, session.account.mustChangePassword], [false, true]);
	await server.stop();

	server = await serve(folder, { TAPHOP_DEMO: "yes" });
	assert.doesNotMatch(server.out, /minh họa/);
	const passwords = { currentPassword: oneTimePassword, newPassword: PASSWORD };
	const back = new Browser(server.url);
	assert.equal((await back.signIn(username, passwords.currentPassword)).status, 200);
	assert.equal((await back.post("/change-password", passwords)).status, 200);
	const rates = (await back.get("/api/gathering/rates")).body;
	assert.equal(rates[0].members, 0);
	const ofDemo = new Browser(server.url);
	for (const [name, value] of centre.cookies) ofDemo.cookies.set(name, value);
	assert.equal((await ofDemo.get("/api/access/session")).status, 401);
	assert.equal((await server.stop()).code, 0);
	assert.deepEqual(running(folder), []);
});

test("a PostgreSQL of one's own: an owner who may create roles, a login that may do little", async () => {
	const theirs = emptyFolder();
	const external = await openDatabase(theirs, { sync: false, settings: { fsync: "off" } });
	const admin = new pg.Client({ connectionString: external.ownerUrl });
	await admin.connect();
	// What the README tells their administrator to do.
	await admin.query("create role hoi_owner login createrole password 'owner-secret'");
	await admin.query("create database hoi owner hoi_owner encoding 'UTF8' template template0");
	const url = new URL(withDatabase(external.ownerUrl, "hoi"));
	const as = (user: string, password: string) => Object.assign(new URL(url), { username: user, password }).href;
	const folder = emptyFolder();
	const env = {
		DATABASE_URL: as("hoi_login", "login-secret"),
		TAPHOP_OWNER_URL: as("hoi_owner", "owner-secret"),
	};
	const { code, out, err } = await run(folder, CENTRE, env);
	assert.equal(code, 0, err);
	const server = await serve(folder, env);
	const browser = new Browser(server.url);
	assert.equal((await browser.signIn("trung.uong", JSON.parse(out).oneTimePassword)).status, 200);
	assert.equal((await browser.get("/api/access/session")).body.unit.code, "VN");
	assert.equal(JSON.parse((await run(folder, ["verify", "--json"], env)).out).differences, 0);
	assert.equal((await server.stop()).code, 0);
	assert.equal(existsSync(join(folder, "pg")), false, "no database of our own beside theirs");
	await admin.end();
	await external.close();
	rmSync(folder, { recursive: true });
});
