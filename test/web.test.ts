import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { type Answer, type Answers, buildWeb, serveBuilt } from "./built-web.ts";

const web = await buildWeb();

const SESSION = {
	account: { id: "a", username: "huong", displayName: "Trần Thị Hường", mustChangePassword: false },
	moving: null,
	unit: { id: 1, kind: "commune", code: "26041", name: "Hội LHPN phường Tân Hòa" },
	roles: ["Chủ tịch"],
	verbs: ["members.read"],
	demo: true,
	today: "2025-11-20",
};

/** A stand-in for the server's sign-in: one account with a second step, one without. */
function signIn(): { answers: Answers; signedIn: () => boolean } {
	let signedIn = false;
	const passwords: Record<string, Answer> = {
		"huong/right": { json: { token: "t" } },
		"mai/right": { json: { twoFactorRedirect: true } },
		"lan/right": { status: 403, json: {} },
		"many/wrong": { status: 429, headers: { "retry-after": "90" }, json: {} },
	};
	const answers: Answers = (_method, path, body) => {
		if (path === "/sign-in.json")
			return {
				json: {
					demo: true,
					accounts: [{ username: "huong", password: "right", who: "Chủ tịch Hội LHPN phường Tân Hòa" }],
				},
			};
		if (path === "/api/auth/sign-in/username") {
			const { username, password } = body as Record<string, string>;
			const answer = passwords[`${username}/${password}`] ?? { status: 401, json: {} };
			signedIn ||= username === "huong" && password === "right";
			return answer;
		}
		if (path === "/api/auth/two-factor/verify-totp") {
			signedIn = (body as { code: string }).code === "123456";
			return { status: signedIn ? 200 : 401, json: {} };
		}
		if (path === "/api/auth/sign-out") {
			signedIn = false;
			return { json: {} };
		}
		if (path === "/rpc/access/session")
			return signedIn
				? { json: { json: SESSION } }
				: { status: 401, json: { json: { defined: false, code: "UNAUTHORIZED", status: 401, message: "" } } };
		return undefined;
	};
	return { answers, signedIn: () => signedIn };
}

test("signing in: refusals in words, the second step, then the app; signing out leads back, or says that it could not", async (context) => {
	const { answers, signedIn } = signIn();
	const server = await serveBuilt(web, answers);
	context.after(server.close);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${server.address}/`);
		await page.waitForURL("**/sign-in");
		await page.getByText("Dữ liệu minh họa").waitFor();
		await shot(page, "sign-in");
		await axe(page);

		const attempt = async (username: string, password: string) => {
			await page.getByLabel("Tên đăng nhập").fill(username);
			await page.getByLabel("Mật khẩu").fill(password);
			await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
		};
		await attempt("huong", "wrong");
		await page.getByText("Tên đăng nhập hoặc mật khẩu không đúng").waitFor();
		await attempt("lan", "right");
		await page.getByText("Tài khoản đang bị khóa").waitFor();
		await attempt("many", "wrong");
		await page.getByText("Hãy đợi 2 phút").waitFor();
		await attempt("mai", "right");
		await page.getByLabel("Mã 6 số trong ứng dụng xác thực").fill("123 457");
		await page.getByRole("button", { name: "Xác nhận" }).click();
		await page.getByText("Mã không đúng").waitFor();
		await page.getByLabel("Mã 6 số trong ứng dụng xác thực").fill("123 456");
		await page.getByRole("button", { name: "Xác nhận" }).click();
		await page.waitForURL(`${server.address}/`);
		await page.getByRole("banner").getByText("Hội LHPN phường Tân Hòa").waitFor();

		const signOut = page.getByRole("banner").getByRole("button", { name: "Đăng xuất" });
		await page.route("**/api/auth/sign-out", (route) => route.abort());
		await signOut.click();
		await page.getByText("Phiên làm việc vẫn mở trên máy này").waitFor();
		assert.equal(signedIn(), true);
		await page.unroute("**/api/auth/sign-out");
		await page.getByRole("status").getByRole("button", { name: "Thử lại" }).click();
		await page.waitForURL("**/sign-in");
		assert.equal(signedIn(), false);
		assert.deepEqual(problems, []);
	});
});

test("the shell: whose data, marked as demo, with ways for keyboard and thumb", async (context) => {
	const server = await serveBuilt(web, (_method, path) =>
		path === "/rpc/access/session" ? { json: { json: SESSION } } : undefined,
	);
	context.after(server.close);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${server.address}/more`);
		await page.getByText("Dữ liệu minh họa").waitFor();
		assert.match((await page.textContent("header")) ?? "", /Chủ tịch: Trần Thị Hường · 20\/11\/2025/);
		await page.getByRole("heading", { level: 1 }).waitFor();
		await shot(page, "shell");
		await axe(page);

		await page.keyboard.press("Tab");
		assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Đến nội dung chính");
		await page.keyboard.press("Enter");
		assert.equal(await page.evaluate(() => document.activeElement?.id), "main");

		await page.goto(`${server.address}/khong-co`);
		await page.getByRole("heading", { name: "Không có trang này" }).waitFor();

		await page.setViewportSize({ width: 360, height: 760 });
		const tabs = page.getByRole("navigation", { name: "Các phần chính" });
		await tabs.getByText("Thêm").click();
		await page.waitForURL("**/more");
		await axe(page);
		assert.deepEqual(problems, []);
	});
});
