import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { asDemo, dataFolder, emptyFolder, run, serve } from "./program.ts";
import { choosePassword, firstSignIn } from "./sign-in-page.ts";

const OF_DEMO = "mật khẩu của bản thử";
const OWN = "mật khẩu của riêng tôi";

/** A demo as `npm start` serves it, small: one centre account, one commune's figures. Its one-time password. */
async function smallDemo(folder: string): Promise<string> {
	await asDemo(folder);
	const { out } = await run(folder, ["account", "add", "--username", "trunguong", "--role", "centre", "--unit", "VN"]);
	const files = emptyFolder();
	const file = (name: string, text: string) => {
		writeFileSync(join(files, name), text);
		return join(files, name);
	};
	const women = file("phu-nu.csv", "code,women18\n00004,9412\n");
	const members = file("hoi-vien.csv", "code,component,count,overlap,source\n00004,unlisted,5571,0,Minh họa\n");
	for (const args of [
		["populations", "import", women, "--source", "Số liệu minh họa"],
		["headcounts", "import", members, "--on", "2025-07-01"],
	]) {
		const { code, err } = await run(folder, args);
		assert.equal(code, 0, err);
	}
	return /[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}/.exec(out)?.[0] as string;
}

test("real use begins on screen: the first centre account, its one-time password, an empty database, nothing of the demo", async () => {
	const folder = await dataFolder();
	const oneTime = await smallDemo(folder);
	const server = await serve(folder, { TAPHOP_DEMO: "yes" });
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${server.url}/`);
		page.setDefaultTimeout(15_000);
		await page.getByRole("heading", { name: "Dữ liệu minh họa" }).waitFor();
		await firstSignIn(page, "trunguong", oneTime, OF_DEMO);
		await choosePassword(page);
		await page.getByText("5.571").first().waitFor();
		await page.getByRole("banner").getByText("Dữ liệu minh họa").waitFor();

		await page.goto(`${server.url}/me`);
		await page.getByRole("button", { name: "Bắt đầu dùng thật" }).click();
		await shot(page, "bat-dau-dung-that");
		await axe(page);
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Tên đăng nhập").fill("Lan Trung Ương");
		await dialog.getByRole("button", { name: "Mở dữ liệu thật" }).click();
		await dialog.getByText("Tên đăng nhập gồm 3–40 chữ").waitFor();
		await dialog.getByLabel("Tên đăng nhập").fill(" Lan.TW ");
		await dialog.getByLabel("Họ và tên").fill("Nguyễn Thị Lan");
		await page.keyboard.press("Enter");

		await page.getByText("Chỉ hiện lần này").waitFor();
		await shot(page, "bat-dau-dung-that-xong");
		await axe(page);
		await page.getByText("lan.tw", { exact: true }).waitFor();
		const first = (await page.getByText(/^[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}$/).textContent()) as string;
		await page.getByRole("button", { name: "Đã đưa, đóng" }).click();

		await page.waitForURL("**/sign-in");
		await page.waitForLoadState("networkidle");
		assert.equal(await page.getByText("minh họa").filter({ visible: true }).count(), 0);
		await firstSignIn(page, "lan.tw", first, OWN);
		await choosePassword(page);
		await page.getByText("Chưa vẽ được tỷ lệ của các đơn vị").waitFor();
		assert.equal(
			await page.getByText("Không còn đơn vị nào chưa đạt trên 60%").count(),
			0,
			"nothing known is no result",
		);
		await shot(page, "dung-that-tong-quan");
		await axe(page);
		assert.equal(await page.getByText(/minh họa/i).count(), 0);
		assert.equal(await page.getByText("5.571").count(), 0);
		await page.goto(`${server.url}/accounts`);
		await page.getByText("lan.tw").waitFor();
		assert.equal(await page.getByText("trunguong").count(), 0);
		await page.goto(`${server.url}/me`);
		await page.getByRole("heading", { name: "Tài khoản của tôi" }).waitFor();
		assert.equal(await page.getByText("Bắt đầu dùng thật").count(), 0);
		assert.deepEqual(problems, []);
	});
	assert.equal((await server.stop()).code, 0);
	assert.doesNotMatch(server.err, /Error/);
});
