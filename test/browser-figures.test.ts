import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { arrange, type Believable, TODAY } from "./believable.ts";
import { axe, openPage, shot, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);

after(() => assert.deepEqual(site.errors, []));

async function visit(who: keyof Believable, path: string, work: (page: Page) => Promise<void>) {
	site.signIn(people[who] as never);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, `${site.address}${path}`);
		page.setDefaultTimeout(10_000);
		await work(page);
		assert.deepEqual(problems, []);
	});
}

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("a chair sees her figures with source and document, what was carried, and enters a new one with its document", async () => {
	await visit("chair", "/headcounts", async (page) => {
		await page.getByText("chuyển từ đơn vị trước sắp xếp").first().waitFor();
		await page.getByText(/của Xã Tân Bình, ngày 20\/05\/2025/).waitFor();
		await shot(page, "so-luong-xa");
		await axe(page);
		await page.getByRole("button", { name: /Nhập số mới.*công đoàn/ }).focus();
		await page.keyboard.press("Enter");
		await page.getByLabel("Số lượng").fill("400");
		await page.getByLabel("Nguồn cung cấp").fill("Công đoàn phường");
		await page.getByRole("button", { name: "Ghi số liệu" }).click();
		await page.getByText("phải có văn bản kèm theo").waitFor();
		await shot(page, "so-luong-nhap");
		await axe(page);
		await page.getByLabel("Số, ngày văn bản").fill("Công văn 15/CĐ ngày 18/11/2025");
		await page.keyboard.press("Enter");
		await page.getByText("Đã ghi 400 từ ngày 20/11/2025.").waitFor();
		await page.getByRole("button", { name: "Xem các lần nhập" }).click();
		await page
			.getByRole("table", { name: /Các lần nhập/ })
			.getByText("365")
			.waitFor();
		await shot(page, "so-luong-lich-su");
	});
});

test("a province sees all its communes, enters for one as nhập thay, and its CSV is refused row by row", async () => {
	await visit("province", "/headcounts", async (page) => {
		await page.getByRole("heading", { name: "Các đơn vị trực thuộc" }).waitFor();
		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("tan trieu");
		await page.getByText("1 đơn vị", { exact: false }).waitFor();
		await shot(page, "so-luong-tinh");
		await axe(page);
		await page.getByRole("link", { name: "Phường Tân Triều" }).click();
		await page.getByRole("button", { name: /Nhập số mới.*vũ trang/ }).click();
		await page.getByText("Nhập thay Phường Tân Triều").waitFor();
		await page.getByLabel("Số lượng").fill("60");
		await page.getByLabel("Nguồn cung cấp").fill("Công an tỉnh");
		await page.getByLabel("Số, ngày văn bản").fill("Công văn 3/CA");
		await page.keyboard.press("Enter");
		await page.getByText("Đã ghi 60").waitFor();
		await page.getByRole("button", { name: "Nhập nhiều số liệu từ tệp CSV" }).click();
		await page
			.locator("input[type=file]")
			.setInputFiles(
				csv(
					"so-lieu.csv",
					"code,component,count,overlap,source\n75,trade_union,12x,,LĐLĐ tỉnh\n99999,unlisted,5,,BC\n",
				),
			);
		await page.getByRole("button", { name: "Ghi 2 dòng" }).click();
		await page.getByText("2 dòng chưa đúng").waitFor();
		await page.getByText("Phải là số nguyên từ 0 đến 100.000.000.").waitFor();
		await shot(page, "so-luong-csv");
		await axe(page);
	});
	const { rows } = await database.owner.query(
		"select acting_for from app.audit where action = 'headcounts.set' and acting_for is not null",
	);
	assert.deepEqual(rows, [{ acting_for: people.commune }]);
});

test("a chair sees the official figure and, apart from it, her own count that never enters the rate", async () => {
	await visit("chair", "/populations", async (page) => {
		await page.getByText("27.080").waitFor();
		await page.getByRole("button", { name: "Nhập số tự rà soát" }).click();
		await page.getByLabel("Phụ nữ từ 18 tuổi trở lên đang có mặt").fill("29000");
		await page.keyboard.press("Enter");
		await page.getByText("29.000").waitFor();
		await shot(page, "phu-nu-xa");
		await axe(page);
		await page.goto(`${site.address}/`);
		await page.getByText("57,", { exact: false }).first().waitFor();
	});
});

test("the centre: communes without figures first, sources, a table of figures sent whole", async () => {
	await visit("centre", "/populations", async (page) => {
		await page.getByText("chính thức", { exact: true }).waitFor();
		await page.getByText("chưa có").first().waitFor();
		await shot(page, "phu-nu-trung-uong");
		await axe(page);
		await page.getByRole("button", { name: "Nhập số liệu nhiều xã từ tệp CSV" }).click();
		await page.getByLabel("Nguồn số liệu").fill("Rà soát năm 2024");
		await page
			.locator("input[type=file]")
			.setInputFiles(csv("phu-nu.csv", "Mã đơn vị;Phụ nữ từ 18 tuổi trở lên\n00001;4.321\n"));
		await page.getByRole("button", { name: "Ghi 1 dòng" }).click();
		await page.getByText("Đã ghi số liệu của 1 đơn vị.").waitFor();
		await page.getByRole("button", { name: /Chọn làm nguồn chính thức.*Rà soát/ }).click();
		await page.getByText("sẽ tính theo “Rà soát năm 2024”").waitFor();
		await shot(page, "phu-nu-nguon");
		await axe(page);
	});
});
