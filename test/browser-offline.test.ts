import assert from "node:assert/strict";
import { after, test } from "node:test";
import { arrange, TODAY } from "./believable.ts";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);

after(() => assert.deepEqual(site.errors, []));

test("without a connection the program opens, says so, crashes nowhere, and is back by itself", async () => {
	site.signIn(people.chair);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${site.address}/`, "phone");
		page.setDefaultTimeout(15_000);
		await page.getByText("Còn thiếu").waitFor();
		await page.evaluate(async () => void (await navigator.serviceWorker.ready));
		await page.reload();
		await page.getByText("Còn thiếu").waitFor();

		await page.context().setOffline(true);
		const told = page.getByText("Đang không có mạng.");
		await told.waitFor();
		assert.ok(await page.getByText("Còn thiếu").isVisible(), "what was read stays");
		await page.reload();
		await page.getByRole("banner").getByText("Phường Tân Triều").waitFor();
		await told.waitFor();
		await page.getByText("Không kết nối được máy chủ.").first().waitFor();
		await shot(page, "mat-mang");
		await axe(page);

		for (const tab of ["Hội viên", "Nhập", "Tỷ lệ", "Thêm"]) {
			await page.getByRole("navigation", { name: "Các phần chính" }).getByText(tab, { exact: true }).click();
			await page.getByRole("heading", { level: 1 }).first().waitFor();
			assert.ok(await told.isVisible(), tab);
		}
		await page.goto(`${site.address}/members/new`);
		await page.getByLabel("Họ và tên").fill("Nguyễn Thị Mất Mạng");
		await shot(page, "mat-mang-them");

		await page.goto(`${site.address}/gathering`);
		await page.getByText("Không kết nối được máy chủ.").first().waitFor();
		await page.context().setOffline(false);
		await told.waitFor({ state: "detached" });
		await page.getByText("57,6", { exact: false }).first().waitFor();
		assert.deepEqual(problems, []);
	});
});

test("who has signed out leaves nothing that opens without a connection", async () => {
	site.signIn(people.chair);
	await withBrowser(async (browser) => {
		const { page } = await openPage(browser, `${site.address}/more`);
		page.setDefaultTimeout(15_000);
		await page.getByRole("banner").getByText("Phường Tân Triều").waitFor();
		await page.evaluate(async () => void (await navigator.serviceWorker.ready));
		await page.getByRole("banner").getByRole("button", { name: "Đăng xuất" }).click();
		await page.waitForURL("**/sign-in");
		await page.context().setOffline(true);
		await page.goto(`${site.address}/`);
		await page.getByText("Không kết nối được máy chủ.").waitFor();
		assert.equal(await page.getByText("Trần Thị Hường").count(), 0);
	});
});
