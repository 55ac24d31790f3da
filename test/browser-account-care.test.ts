import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { choosePassword, firstSignIn, signIn } from "./sign-in-page.ts";
import { openSignInSite } from "./site.ts";

const database = await openTestDatabase();
const site = await openSignInSite(database);
const PASSWORD = "mật khẩu của riêng tôi";

after(() => assert.deepEqual(site.errors, []));

async function account(username: string, displayName: string, role: string, code: string): Promise<string> {
	const unitId = await database.unit(code);
	const input = { username, displayName, role, unitId };
	return (await database.call(database.operator, "access.addAccount", input)).oneTimePassword;
}

/** Opens a page and signs in for the first time there. */
async function enter(browser: Browser, path: string, username: string, oneTime: string) {
	const opened = await openPage(browser, site.address + path);
	opened.page.setDefaultTimeout(15_000);
	await firstSignIn(opened.page, username, oneTime, PASSWORD);
	await choosePassword(opened.page);
	return opened;
}

/** Somebody else gives an account one role more. */
async function alsoAuditor(username: string) {
	const { id, version, roles, unitId } = (await database.call(database.operator, "access.accounts", { q: username }))
		.rows[0];
	const held = roles.map(({ role }: { role: string }) => ({ role, unitId }));
	const more = [...held, { role: "auditor", unitId }];
	await database.call(database.operator, "access.setRoles", { id, version, roles: more });
}

async function open(page: Page, name: string) {
	await page.getByRole("button", { name }).click();
	await page.getByRole("dialog").getByText("Tên đăng nhập").waitFor();
}

test("the province cares for a commune's accounts: role, lock, a new password; the clerk feels each at once", async () => {
	const [ofProvince, ofClerk] = [
		await account("xuan.ngo", "Ngô Thị Xuân", "province", "75"),
		await account("cam.vo", "Võ Thị Cẩm", "commune_clerk", "26188"),
	];
	await withBrowser(async (browser) => {
		const clerk = await enter(browser, "/members", "cam.vo", ofClerk);
		const { page, problems } = await enter(browser, "/accounts", "xuan.ngo", ofProvince);
		const dialog = page.getByRole("dialog");

		await open(page, "Võ Thị Cẩm");
		await dialog.getByRole("button", { name: "Đổi quyền sử dụng" }).click();
		await dialog.getByText("Đang có: Cán bộ nhập liệu cấp xã (Phường Tân Triều).").waitFor();
		await alsoAuditor("cam.vo");
		await dialog.getByLabel("Chủ tịch, Phó Chủ tịch Hội LHPN cấp xã").check();
		await dialog.getByLabel("Cán bộ nhập liệu cấp xã").uncheck();
		await shot(page, "tai-khoan-doi-quyen");
		await axe(page);
		await page.keyboard.press("Enter");
		await dialog.getByText("Người khác vừa thay đổi tài khoản này.").waitFor();
		await dialog.getByText(/Đang có: .*Kiểm tra, giám sát \(chỉ xem\) \(Phường/).waitFor();
		await page.keyboard.press("Enter");
		await page.getByText("Đã đổi quyền sử dụng.").waitFor();
		await dialog.getByText("Chủ tịch, Phó Chủ tịch Hội LHPN cấp xã (Phường Tân Triều)").waitFor();
		await clerk.page.reload();
		await clerk.page.getByRole("banner").getByText("Chủ tịch, Phó Chủ tịch").waitFor();

		await dialog.getByRole("button", { name: "Khóa tài khoản" }).click();
		await page.getByText("Đã khóa tài khoản.").waitFor();
		await dialog.getByText("Đang khóa").waitFor();
		await shot(page, "tai-khoan-khoa");
		await axe(page);
		await clerk.page.reload();
		await clerk.page.waitForURL("**/sign-in?next=*");
		await signIn(clerk.page, "cam.vo", PASSWORD);
		await clerk.page.getByText("Tài khoản đang bị khóa").waitFor();
		await dialog.getByRole("button", { name: "Mở lại tài khoản" }).click();
		await dialog.getByText("Đang dùng").waitFor();
		await signIn(clerk.page, "cam.vo", PASSWORD);
		await clerk.page.getByRole("banner").waitFor();

		await dialog.getByRole("button", { name: "Cấp lại mật khẩu" }).click();
		await dialog.getByText("thôi dùng được ngay").waitFor();
		await shot(page, "tai-khoan-cap-lai");
		await axe(page);
		await dialog.getByRole("button", { name: "Cấp lại mật khẩu" }).click();
		const oneTime = (await dialog.getByText(/^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/).textContent()) as string;
		await dialog.getByRole("button", { name: "Đã đưa, đóng" }).click();
		await clerk.page.reload();
		await clerk.page.waitForURL("**/sign-in?next=*");
		await signIn(clerk.page, "cam.vo", PASSWORD);
		await clerk.page.getByText("Tên đăng nhập hoặc mật khẩu không đúng").waitFor();
		await firstSignIn(clerk.page, "cam.vo", oneTime, "một mật khẩu khác hẳn");
		await choosePassword(clerk.page);
		assert.deepEqual([...problems, ...clerk.problems], []);
	});
});

test("what is managed above is shown to those below, without buttons", async () => {
	const oneTime = await account("kiem.tra", "Lý Thị Tra", "auditor", "75");
	await withBrowser(async (browser) => {
		const { page } = await enter(browser, "/accounts", "kiem.tra", oneTime);
		assert.equal(await page.getByRole("button", { name: "Thêm tài khoản" }).count(), 0);
		await open(page, "Võ Thị Cẩm");
		for (const name of ["Khóa tài khoản", "Cấp lại mật khẩu", "Đổi quyền sử dụng"])
			assert.equal(await page.getByRole("button", { name }).count(), 0, name);
	});
});
