import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createAuth } from "../src/server/session.ts";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { makeProvider } from "./openid-provider.ts";
import { choosePassword, firstSignIn, signOut } from "./sign-in-page.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase();
const provider = await makeProvider();
const site = await openSite(
	database,
	createAuth({
		databaseUrl: database.url,
		vault: database.vault,
		publicUrl: null,
		openId: { discoveryUrl: provider.discoveryUrl, clientId: "taphop", clientSecret: "x" },
		behindProxy: false,
	}),
);
const PASSWORD = "mật khẩu của riêng tôi";

after(() => assert.deepEqual(site.errors, []));

test("the organisation's own sign-in: linked on one's own page, then the way in; down, it says so", async () => {
	const { oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username: "xuan.ngo",
		displayName: "Ngô Thị Xuân",
		role: "province",
		unitId: await database.unit("75"),
	});
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${site.address}/sign-in?next=/me`);
		page.setDefaultTimeout(15_000);
		const byService = page.getByRole("button", { name: "Đăng nhập bằng tài khoản của cơ quan" });
		await byService.click();
		await page.getByText("Hệ thống đăng nhập của cơ quan hiện không trả lời.").waitFor();
		await shot(page, "dang-nhap-co-quan");
		await axe(page);

		await provider.start();
		await byService.click();
		await page.getByText("Chưa đăng nhập được bằng tài khoản của cơ quan. Nếu chưa liên kết").waitFor();

		await page.goto(`${site.address}/sign-in?next=/me`);
		await firstSignIn(page, "xuan.ngo", oneTimePassword, PASSWORD);
		await choosePassword(page);
		await page.getByRole("button", { name: "Liên kết", exact: true }).click();
		await page.getByRole("heading", { name: "Tài khoản của cơ quan: đã liên kết" }).waitFor();
		await shot(page, "tai-khoan-co-quan");
		await axe(page);

		await signOut(page);
		await byService.click();
		await page.getByRole("banner").getByText("Ngô Thị Xuân").waitFor();
		await page.goto(`${site.address}/me`);
		await page.getByRole("button", { name: "Bỏ liên kết" }).click();
		await page.getByText("Đã bỏ liên kết.").waitFor();
		assert.deepEqual(problems, []);
	});
});
