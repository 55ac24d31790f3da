import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { CDPSession } from "playwright-core";
import { createAuth } from "../src/server/session.ts";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { choosePassword, firstSignIn, signIn, signOut } from "./sign-in-page.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase();
const auth = createAuth({
	databaseUrl: database.url,
	vault: database.vault,
	publicUrl: null,
	openId: null,
	behindProxy: false,
});
const site = await openSite(database, auth);
// Browsers accept passkeys at a named host only.
const address = site.address.replace("127.0.0.1", "localhost");
const PASSWORD = "mật khẩu của riêng tôi";

after(() => assert.deepEqual(site.errors, []));

/** A device with a lock of its own (screen lock, fingerprint), as Chromium plays it. */
async function addDevice(cdp: CDPSession): Promise<string> {
	await cdp.send("WebAuthn.enable");
	const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			protocol: "ctap2",
			transport: "internal",
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return authenticatorId;
}

test("a device's own lock: registered on one's own page, signs in without name or password, and no more once removed", async () => {
	const { account, oneTimePassword } = await database.call(database.operator, "access.addAccount", {
		username: "huong.tran",
		displayName: "Trần Thị Hường",
		role: "commune_chair",
		unitId: await database.unit("26188"),
	});
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${address}/me`);
		page.setDefaultTimeout(15_000);
		const cdp = await page.context().newCDPSession(page);
		const authenticatorId = await addDevice(cdp);
		await firstSignIn(page, "huong.tran", oneTimePassword, PASSWORD);
		await choosePassword(page);
		await page.getByRole("heading", { name: "Tài khoản của tôi" }).waitFor();

		await page.getByRole("button", { name: "Đăng ký máy này" }).click();
		await page.getByText("Từ nay máy này đăng nhập được bằng khóa của máy.").waitFor();
		await page.getByText("đăng ký lúc").waitFor();
		await shot(page, "khoa-may");
		await axe(page);
		const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
		assert.deepEqual(
			credentials.map(({ rpId, userName, userDisplayName }) => [rpId, userName, userDisplayName]),
			[["localhost", "huong.tran", "Trần Thị Hường"]],
		);
		await page.getByRole("button", { name: "Đăng ký máy này" }).click();
		await page.getByText("Máy này đã được đăng ký").waitFor();

		const byLock = page.getByRole("button", { name: "Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của máy" });
		await signOut(page);
		await byLock.waitFor();
		await shot(page, "dang-nhap-khoa-may");
		await axe(page);
		await byLock.click();
		await page.getByRole("banner").getByText("Trần Thị Hường").waitFor();

		await signOut(page);
		await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
		await byLock.click();
		await page.getByText("Chưa xác nhận được").or(page.getByText("chưa xác nhận chị là chủ máy")).waitFor();
		await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
		await byLock.click();
		await page.getByRole("banner").waitFor();

		await page.goto(`${address}/me`);
		await page.getByRole("button", { name: "Bỏ máy này" }).click();
		await page.getByText("đăng ký lúc").waitFor({ state: "detached" });
		await signOut(page);
		await byLock.click();
		await page.getByText("Máy này không còn được đăng ký cho tài khoản nào.").waitFor();
		await shot(page, "dang-nhap-khoa-may-da-bo");
		await signIn(page, "huong.tran", PASSWORD);
		await page.getByRole("banner").waitFor();
		assert.deepEqual(problems, []);
	});
	const { rows } = await database.owner.query("select action from app.audit where subject_id = $1 order by id", [
		account.id,
	]);
	assert.deepEqual(
		rows.map(({ action }) => action).filter((action) => /Passkey/.test(action)),
		["access.addPasskey", "access.removePasskey"],
	);
});

test("at an address of numbers no browser takes a passkey: said so, not offered", async () => {
	await withBrowser(async (browser) => {
		const { page } = await openPage(browser, `${site.address}/me`);
		page.setDefaultTimeout(15_000);
		await page.waitForURL("**/sign-in?next=*");
		await page.waitForLoadState("networkidle");
		assert.equal(await page.getByRole("button", { name: /vân tay/ }).count(), 0);
		await signIn(page, "huong.tran", PASSWORD);
		await page.getByText("Chỉ dùng được khi mở phần mềm ở địa chỉ localhost").waitFor();
		assert.equal(await page.getByRole("button", { name: "Đăng ký máy này" }).count(), 0);
	});
});
