import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { findUnfinished, runImport } from "../src/areas/imports/import-run.ts";
import { workbookBytes } from "../src/sheets/write.ts";
import { arrange, TODAY } from "./believable.ts";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);
// The program's own jobs, with the day of the test.
const carrying = setInterval(async () => {
	for (const { id, actor } of await findUnfinished(database)) await runImport(database, { ...actor, today: TODAY }, id);
}, 1500);

after(() => {
	assert.deepEqual(site.errors, []);
});

const HEADER = ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Ngày vào Hội", "Cư trú", "Tạm trú từ ngày", "Điện thoại"];
const GIVEN = ["Yến", "Xuân", "Vân", "Uyên", "Tuyết", "Trang", "Thu", "Thanh", "Tâm", "Sương"];

/** A branch's list as a commune keeps it: a title, a header, ten women in order and four rows that are not. */
function roster(): Promise<Buffer> {
	const sound = GIVEN.map((given, index) => [
		index + 1,
		`Lý Thị ${given}`,
		String(1970 + index),
		"",
		"08/03/2019",
		"Thường trú",
		"",
		`09120000${10 + index}`,
	]);
	return workbookBytes([
		{
			name: "Khu phố 9",
			rows: [
				["DANH SÁCH HỘI VIÊN CHI HỘI PHỤ NỮ KHU PHỐ 9"],
				[],
				HEADER,
				...sound,
				[11, "", "1980", "", "08/03/2019", "Thường trú", "", ""],
				[12, "Lý Thị Non", "2012", "", "08/03/2024", "Thường trú", "", ""],
				[13, "Lý Thị Tạm", "1990", "", "08/03/2024", "Tạm trú", "", ""],
				[14, "Nguyễn Thị Mai", "1970", "", "08/03/2020", "Thường trú", "", ""],
			],
		},
	]);
}

/** The rate on the commune's first page: `57,31%`. */
async function rateOf(page: Page): Promise<string> {
	await page.goto(site.address);
	return (
		/\d+,\d\d%/.exec(
			(await page.getByText("Còn thiếu").locator("xpath=ancestor::section[1]").textContent()) ?? "",
		)?.[0] ?? ""
	);
}

test("a chair drops her roster, corrects what is wrong, commits, and sees her commune's rate change", async (context) => {
	context.after(() => clearInterval(carrying));
	site.signIn(people.chair);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, site.address);
		page.setDefaultTimeout(15_000);
		const before = await rateOf(page);

		await page.goto(`${site.address}/members/import`);
		await page.getByText("Chưa nhập lần nào").waitFor();
		await shot(page, "nhap-danh-sach");
		await axe(page);
		await page
			.getByLabel("Kéo tệp danh sách")
			.setInputFiles({ name: "Khu phố 9.xlsx", mimeType: "application/octet-stream", buffer: await roster() });
		await page.getByRole("heading", { name: "Khu phố 9.xlsx" }).waitFor();
		await page.getByText("sẽ ghi mới").waitFor();
		await shot(page, "nhap-xem-truoc");
		await axe(page);

		await page.getByRole("button", { name: "Xem và sửa các cột" }).click();
		await page.getByLabel("B: Họ và tên").waitFor();
		await shot(page, "nhap-cac-cot");
		await axe(page);
		await page.getByLabel("H: Điện thoại").selectOption({ label: "Ghi chú" });
		await page.getByRole("button", { name: "Đọc lại tệp" }).click();
		await page.getByRole("status").filter({ hasText: "Đã đọc lại tệp" }).waitFor();

		const young = page.getByRole("listitem").filter({ hasText: "Lý Thị Non" });
		await young.getByRole("button", { name: "Sửa dòng này" }).click();
		await young.getByLabel("Ngày sinh hoặc năm sinh").fill("2002");
		await shot(page, "nhap-sua-dong");
		await axe(page);
		await young.getByRole("button", { name: "Lưu dòng này" }).click();
		await page.getByRole("status").filter({ hasText: "Đã sửa dòng" }).waitFor();

		await answerQuestions(page);
		await commit(page);

		await page.getByText("đã ghi mới").waitFor();
		await shot(page, "nhap-da-ghi");
		await axe(page);
		const now = await rateOf(page);
		assert.ok(
			Number.parseFloat(now.replace(",", ".")) > Number.parseFloat(before.replace(",", ".")),
			`${before} → ${now}`,
		);

		await page.goto(`${site.address}/members/import`);
		await page.getByRole("link", { name: "Khu phố 9.xlsx" }).click();
		await page.getByRole("button", { name: "Hoàn tác lần nhập này" }).click();
		await page.getByRole("button", { name: "Hoàn tác", exact: true }).click();
		await page.getByText("Đã hoàn tác", { exact: true }).waitFor();
		assert.equal(await rateOf(page), before);
		assert.deepEqual(problems, []);
	});
});

async function answerQuestions(page: Page) {
	const asked = page.getByRole("group", { name: "Nguyễn Thị Mai là ai?" });
	if ((await asked.count()) === 0) return;
	await asked.getByRole("radio").first().check();
	await asked.getByRole("button", { name: "Trả lời" }).click();
	await asked.waitFor({ state: "detached" });
}

async function commit(page: Page) {
	const none = page.getByRole("radio", { name: /Không ai/ });
	if ((await none.count()) > 0) await none.check();
	await page.getByLabel("Những người trong tệp đã đồng ý").check();
	await shot(page, "nhap-ghi-nhan");
	await axe(page);
	await page.getByRole("button", { name: /^Ghi \d+ người/ }).click();
	await page.getByRole("progressbar").waitFor();
	await shot(page, "nhap-dang-ghi");
}
