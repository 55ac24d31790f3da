import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { arrange, TODAY } from "./believable.ts";
import { axe, shot } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);

after(() => assert.deepEqual(site.errors, []));

/** What is left of a cheap phone's screen above its keyboard. */
const TYPING = { width: 360, height: 400 };

// Fields are 42 px high; what stands inside one is as high as it.
const THUMB = 40;

/** Everything in `within` that is pressed or typed into and is lower than a thumb needs. */
async function tooSmall(within: Locator): Promise<string[]> {
	return within
		.locator("button, select, input:not([type=checkbox], [type=radio], [type=date]), textarea, a.mantine-Button-root")
		.evaluateAll(
			(all, thumb) =>
				all
					.filter((one) => one.checkVisibility())
					.map((one) => {
						const box = one.getBoundingClientRect();
						const around = getComputedStyle(one, "::after");
						const spread = around.position === "absolute" ? -2 * Number.parseFloat(around.top) || 0 : 0;
						return { height: box.height + Math.max(0, spread), what: one.textContent || one.outerHTML };
					})
					.filter(({ height }) => height < thumb)
					.map(({ what, height }) => `${what.slice(0, 60)}: ${height}`),
			THUMB,
		);
}

/** Whether an element stands in sight, with nothing over it. */
async function isInSight(one: Locator): Promise<boolean> {
	return one.evaluate((element) => {
		const box = element.getBoundingClientRect();
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		return y > 0 && y < window.innerHeight && element.contains(document.elementFromPoint(x, y));
	});
}

const focused = (page: Page) => page.locator(":focus");
const toast = (page: Page, words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();

test("adding members with a thumb: what is missing is said and focused, and the next woman follows at once", async () => {
	await site.visit(
		people.chair,
		"/members/new",
		async (page) => {
			const name = page.getByLabel("Họ và tên");
			await name.waitFor();
			assert.deepEqual(await tooSmall(page.locator("main")), []);
			assert.equal(await name.getAttribute("autocapitalize"), "words");
			assert.equal(await page.getByLabel("Ngày sinh").getAttribute("inputmode"), "numeric");

			await page.getByRole("button", { name: "Thêm hội viên" }).tap();
			await page.getByText("Hãy điền mục này.").waitFor();
			await page.getByText("Hãy chọn.").waitFor();
			assert.equal(await focused(page).getAttribute("id"), await name.getAttribute("id"));
			assert.equal(await isInSight(name), true);
			await shot(page, "them-thieu");
			await axe(page);

			await page.setViewportSize(TYPING);
			await name.tap();
			assert.equal(await page.getByRole("navigation", { name: "Các phần chính" }).isVisible(), false);
			await name.fill("Cao Thị Nhất");
			await page.getByLabel("Ngày sinh").tap();
			await page.getByLabel("Ngày sinh").fill("20052012");
			await page.getByLabel("Chi hội, tổ").selectOption({ label: "Chi hội phụ nữ ấp Tân Hóa" });
			await page.getByRole("button", { name: "Thêm rồi nhập người tiếp" }).tap();
			await page.getByText("Chị chưa đủ 18 tuổi vào ngày vào Hội.").waitFor();
			assert.equal(await isInSight(focused(page)), true, "what the server refused is in sight");
			await page.getByLabel("Ngày sinh").fill("20051984");
			await page.getByRole("button", { name: "Thêm rồi nhập người tiếp" }).tap();
			await toast(page, "Đã thêm Cao Thị Nhất.");
			assert.equal(await name.inputValue(), "");
			assert.equal(await focused(page).getAttribute("id"), await name.getAttribute("id"));
			assert.equal(
				await page.getByLabel("Chi hội, tổ").locator("option:checked").textContent(),
				"Chi hội phụ nữ ấp Tân Hóa",
			);
			await name.fill("Cao Thị Nhì");
			await name.press("Enter");
			await page.getByRole("heading", { name: "Cao Thị Nhì" }).waitFor();
		},
		"phone",
	);
	const { rows } = await database.call(people.chair, "members.list", { id: people.branches[1], q: "cao thi" });
	assert.deepEqual(
		rows.map(({ name, birth }: { name: string; birth: string }) => [name, birth]),
		[
			["Cao Thị Nhất", "1984-05-20"],
			["Cao Thị Nhì", null],
		],
	);
});

test("a person's page and its dialogs under the thumb, with the keyboard open", async () => {
	await site.visit(
		people.chair,
		"/members",
		async (page) => {
			await page
				.getByRole("link", { name: /Nguyễn Thị Hoa/ })
				.first()
				.tap();
			await page.getByRole("heading", { name: "Thông tin cá nhân" }).waitFor();
			assert.deepEqual(await tooSmall(page.locator("main")), []);
			await page.getByRole("button", { name: "Sửa hồ sơ" }).tap();
			assert.deepEqual(await tooSmall(page.locator("main")), []);
			await page.setViewportSize(TYPING);
			await page.getByLabel("Nghề nghiệp").tap();
			await page.getByLabel("Nghề nghiệp").fill("Buôn bán");
			assert.equal(await isInSight(page.getByLabel("Nghề nghiệp")), true);
			await page.getByRole("button", { name: "Lưu" }).tap();
			await toast(page, "Đã lưu");

			await page.getByRole("button", { name: "Di cư đi" }).tap();
			const form = page.getByRole("dialog");
			await form.getByLabel("Nơi đến").fill("Bình Dương");
			assert.deepEqual(await tooSmall(form), []);
			await form.getByRole("textbox", { name: "Từ ngày" }).fill("");
			await form.getByRole("button", { name: "Ghi nhận" }).tap();
			await form.getByText("Hãy ghi ngày.").waitFor();
			assert.equal(await isInSight(form.getByRole("textbox", { name: "Từ ngày" })), true);
			await shot(page, "di-cu-thieu");
			await axe(page);
			await page.setViewportSize(TYPING);
			await form.getByRole("textbox", { name: "Từ ngày" }).fill("01/10/2025");
			await form.getByRole("button", { name: "Ghi nhận" }).tap();
			await toast(page, "Đã ghi nhận di cư đi");
		},
		"phone",
	);
});
