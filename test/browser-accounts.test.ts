import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
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
const OWN = "mật khẩu của riêng tôi";
const firstPasswords = new Map<string, string>();
const oneTime = (username: string) => firstPasswords.get(username) as string;

before(async () => {
	const commune = await database.unit("26188");
	const province = await database.unit("75");
	for (const [username, displayName, role, unitId] of [
		["huong.tran", "Trần Thị Hường", "commune_chair", commune],
		["xuan.ngo", "Ngô Thị Xuân", "province", province],
		["le.chu", "Chu Thị Lệ", "commune_chair", commune],
	] as const) {
		const made = await database.call(database.operator, "access.addAccount", { username, displayName, role, unitId });
		firstPasswords.set(username, made.oneTimePassword);
	}
	await database.call(database.operator, "units.add", {
		parentId: commune,
		kind: "branch",
		name: "Chi hội phụ nữ khu phố 9",
	});
});

after(() => assert.deepEqual(site.errors, []));

/** Opens a page in a browser of its own; what the page itself did wrong fails the test. */
async function visit(path: string, work: (page: Page, browser: Browser) => Promise<void>) {
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${site.address}${path}`);
		page.setDefaultTimeout(15_000);
		await work(page, browser);
		assert.deepEqual(problems, []);
	});
}

/** The six digits an authenticator app shows now for a key in base 32 (RFC 6238). */
function codeNow(key: string): string {
	const bits = [...key].map((letter) =>
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
	);
	const bytes = (bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const hash = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
	const at = hash[19] & 15;
	return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

test("a chair chooses her own password first, then makes an account and invites a branch head's phone", async () => {
	await visit("/accounts", async (page, browser) => {
		await page.waitForURL("**/sign-in?next=*");
		await firstSignIn(page, "huong.tran", oneTime("huong.tran"), OWN);
		await shot(page, "mat-khau-dau-tien");
		await axe(page);
		await page.getByRole("button", { name: "Đổi mật khẩu" }).click();
		await page.getByRole("heading", { name: "Tài khoản", exact: true }).waitFor();

		await page.getByRole("button", { name: "Thêm tài khoản" }).click();
		await page.getByLabel("Họ và tên").fill("Lê Thị Ánh");
		assert.equal(await page.getByRole("dialog").getByLabel("Tên đăng nhập").inputValue(), "anh.le");
		await page.getByRole("dialog").getByLabel("Đơn vị").fill("khu pho 9");
		await page.getByRole("option", { name: /Chi hội phụ nữ khu phố 9/ }).click();
		await page.getByLabel("Quyền sử dụng").selectOption({ label: "Chi hội trưởng, tổ trưởng" });
		await shot(page, "tai-khoan-them");
		await axe(page);
		await page.getByRole("button", { name: "Lập tài khoản" }).click();
		await page.getByText("Chỉ hiện lần này").waitFor();
		await shot(page, "mat-khau-mot-lan");
		await axe(page);
		await page.getByRole("button", { name: "Đã đưa, đóng" }).click();
		await shot(page, "tai-khoan");
		await axe(page);

		await page.getByRole("button", { name: "Lê Thị Ánh" }).click();
		await page.getByRole("button", { name: "Mời dùng điện thoại" }).waitFor();
		await shot(page, "tai-khoan-mot");
		await axe(page);
		await page.getByRole("button", { name: "Mời dùng điện thoại" }).click();
		await page.getByRole("img", { name: "Mã QR lời mời" }).waitFor();
		await shot(page, "loi-moi");
		await axe(page);
		const link = (await page.getByText("/invitation#").textContent()) as string;
		await acceptInvitation(browser, link);
	});
});

async function acceptInvitation(browser: Browser, link: string) {
	const phone = await openPage(browser, link, "phone");
	await phone.page.getByText("Chào Lê Thị Ánh").waitFor();
	await phone.page.getByLabel("Mã PIN sáu số").fill("123456");
	await phone.page.getByLabel("Nhập lại mã PIN").fill("123456");
	await phone.page.getByRole("button", { name: "Đặt mã PIN và vào" }).click();
	await phone.page.getByText("dễ đoán").waitFor();
	await shot(phone.page, "loi-moi-dien-thoai");
	await axe(phone.page);
	await phone.page.getByLabel("Mã PIN sáu số").fill("285714");
	await phone.page.getByLabel("Nhập lại mã PIN").fill("285714");
	await phone.page.getByRole("button", { name: "Đặt mã PIN và vào" }).click();
	await phone.page.getByRole("banner").getByText("Chi hội phụ nữ khu phố 9").waitFor();

	await phone.page.goto(`${site.address}/more`);
	await phone.page.getByRole("button", { name: "Đăng xuất" }).last().click();
	await phone.page.getByText("Mã PIN của Lê Thị Ánh").waitFor();
	await shot(phone.page, "dang-nhap-ma-pin");
	await phone.page.getByLabel("Mã PIN của").fill("285714");
	await phone.page.getByRole("button", { name: "Đăng nhập", exact: true }).first().click();
	await phone.page.getByRole("banner").getByText("Chi hội phụ nữ khu phố 9").waitFor();
	assert.deepEqual(phone.problems, []);
}

test("the second step is set up by QR and asked at the next sign-in", async () => {
	await visit("/me", async (page) => {
		await signIn(page, "huong.tran", OWN);
		await page.getByRole("heading", { name: "Tài khoản của tôi" }).waitFor();
		await shot(page, "tai-khoan-cua-toi");
		await axe(page);
		await page.getByLabel("Mật khẩu đang dùng").last().fill(OWN);
		await page.getByRole("button", { name: "Bật xác thực hai bước" }).click();
		await page.getByRole("img", { name: "Mã QR cho ứng dụng xác thực" }).waitFor();
		await shot(page, "xac-thuc-hai-buoc");
		await axe(page);
		const key = ((await page.locator("code").first().textContent()) ?? "").replace(/\s/g, "");
		const backup = (await page.locator("li code").nth(1).textContent()) as string;
		assert.match(backup, /^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/);
		await page.getByLabel("Mã sáu số đang hiện").fill(codeNow(key));
		await page.getByRole("button", { name: "Bật xác thực hai bước" }).click();
		await page.getByRole("heading", { name: "Xác thực hai bước: đang bật" }).waitFor();
		await signOut(page);
		await signIn(page, "huong.tran", OWN);
		await page.getByLabel("Mã 6 số trong ứng dụng xác thực").fill(codeNow(key));
		await page.getByRole("button", { name: "Xác nhận" }).click();
		await page.getByRole("banner").waitFor();

		await signOut(page);
		await signIn(page, "huong.tran", OWN);
		await page.getByRole("button", { name: "Mất điện thoại: dùng mã dự phòng" }).click();
		await page.getByLabel("Mã dự phòng").fill("aaaa-bbbb-cccc");
		await page.getByRole("button", { name: "Xác nhận" }).click();
		await page.getByText("Mã dự phòng không đúng hoặc đã dùng.").waitFor();
		await page.getByLabel("Mã dự phòng").fill(` ${backup.toUpperCase()}`);
		await shot(page, "dang-nhap-ma-du-phong");
		await axe(page);
		await page.getByRole("button", { name: "Xác nhận" }).click();
		await page.getByRole("banner").waitFor();
	});
});

test("an officer acts for a commune under a banner until she ends it; the commune sees what was done", async () => {
	await visit("/acting", async (page) => {
		await firstSignIn(page, "xuan.ngo", oneTime("xuan.ngo"), OWN);
		await choosePassword(page);
		await page.getByRole("heading", { name: "Nhập thay cơ sở" }).waitFor();
		await page.getByLabel("Cơ sở").fill("tan trieu");
		await page.getByRole("option").first().click();
		await shot(page, "nhap-thay-chon");
		await axe(page);
		await page.getByRole("button", { name: "Bắt đầu nhập thay" }).click();
		await page.getByRole("button", { name: "Kết thúc nhập thay" }).waitFor();
		await page.goto(`${site.address}/members/new`);
		await page.getByLabel("Họ và tên").fill("Đinh Thị Lài");
		await page.getByLabel("Chi hội, tổ").selectOption({ label: "Chi hội phụ nữ khu phố 9" });
		await shot(page, "nhap-thay");
		await axe(page);
		await page.getByRole("button", { name: "Thêm hội viên" }).click();
		await page.getByRole("heading", { name: "Đinh Thị Lài" }).waitFor();
		await page.getByRole("button", { name: "Kết thúc nhập thay" }).click();
		await page.getByText("Đang nhập thay").waitFor({ state: "detached" });

		await page.goto(`${site.address}/audit`);
		await page.getByText("Thêm vào danh sách").first().waitFor();
		await shot(page, "nhat-ky");
		await axe(page);
		await page.getByLabel("Chỉ những việc nhập thay").check();
		assert.match(page.url(), /acting=true/);
		await signOut(page);

		await firstSignIn(page, "le.chu", oneTime("le.chu"), OWN);
		await choosePassword(page);
		await page.getByText("Hội cấp trên đã nhập thay Phường Tân Triều 1 việc").waitFor();
		await shot(page, "tong-quan-da-nhap-thay");
		await axe(page);
		await page.getByRole("link", { name: "Xem đã làm gì" }).click();
		const log = page.getByRole("table", { name: "Nhật ký sử dụng" });
		await log.getByText("Ngô Thị Xuân").waitFor();
		assert.equal(await log.getByText("Trần Thị Hường").count(), 0, "only what others did for it");
		await shot(page, "nhat-ky-nhap-thay");
		await axe(page);
		await log.getByRole("link", { name: "Thêm vào danh sách" }).click();
		await page.getByRole("heading", { name: "Đinh Thị Lài" }).waitFor();
	});
});
