import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { arrange, TODAY } from "./believable.ts";
import { axe, shot } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);

after(() => assert.deepEqual(site.errors, []));

/** The page as the browser prints it, kept beside the pictures for people to look at. */
async function printed(page: Page, name: string) {
	const path = new URL(`shots/${name}.pdf`, import.meta.url).pathname;
	const pdf = (await page.pdf({ preferCSSPageSize: true, path })).toString("latin1");
	const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
	return {
		sheets: pdf.match(/\/Type \/Page\b/g)?.length ?? 0,
		// PostScript points: A4 is 595 by 842.
		size: [Math.round(Number(width)), Math.round(Number(height))],
	};
}

/** The rows that stand on the page at the moment it is printed. */
function atPrint(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		window.dispatchEvent(new Event("beforeprint"));
		const rows = [...document.querySelectorAll("article tbody tr")].map((row) => row.textContent ?? "");
		window.dispatchEvent(new Event("afterprint"));
		return rows;
	});
}

const drawn = (page: Page) => page.locator("article tbody tr").count();

test("a commune's list of members on paper: every row in order, the head again on each sheet, A4, black on white", async () => {
	for (let index = 0; index < 130; index++)
		await database.call(people.chair, "members.add", {
			leafId: people.branches[index % 3],
			name: `Lưu Thị ${"ABCDEGHIKLMNOPQRSTUVXYABCD"[Math.floor(index / 5)]} ${["Ánh", "Bích", "Chi", "Đào", "Gấm"][index % 5]}`,
			birth: String(1955 + (index % 40)),
			joined: "2020-03-08",
		});
	await site.visit(people.chair, "/members", async (page) => {
		await page.getByRole("link", { name: "In danh sách" }).waitFor();
		await page.emulateMedia({ media: "print" });
		await page.getByText("Trang này chỉ in 100/148 người.").waitFor();
		await page.emulateMedia({ media: null });
		await page.getByRole("link", { name: "In danh sách" }).click();
		await page.getByText("tính đến ngày 20/11/2025; 148 người").waitFor();
		await page.getByText("HỘI LHPN PHƯỜNG TÂN TRIỀU").waitFor();
		await page.getByText("Tân Triều, ngày 20 tháng 11 năm 2025").waitFor();
		assert.ok((await drawn(page)) < 148, "on the screen only the rows in sight");
		await shot(page, "in-hoi-vien");
		await axe(page);

		const rows = await atPrint(page);
		assert.equal(rows.length, 148);
		assert.match(rows[0] as string, /^1Nguyễn Thị An/);
		assert.match(rows[147] as string, /^148/);
		const { sheets, size } = await printed(page, "in-hoi-vien");
		assert.deepEqual(size, [595, 842]);
		assert.ok(sheets >= 4 && sheets <= 7, `${sheets} sheets`);

		await page.emulateMedia({ media: "print" });
		const look = await page.evaluate(() => {
			const of = (selector: string) => getComputedStyle(document.querySelector(selector) as HTMLElement);
			return {
				head: of("article thead").display,
				ink: of("article").color,
				paper: of("article").backgroundColor,
				shell: [...document.querySelectorAll("body > div > header, nav")].filter((one) => one.checkVisibility()).length,
				button: of("[data-sheet] button").display,
			};
		});
		assert.deepEqual(look, {
			head: "table-header-group",
			ink: "rgb(0, 0, 0)",
			paper: "rgb(255, 255, 255)",
			shell: 0,
			button: "none",
		});
		await page.emulateMedia({ media: null });

		await page.getByRole("link", { name: "‹ Hội viên" }).click();
		await page.getByRole("combobox", { name: "Chi hội, tổ" }).selectOption({ label: "Chi hội phụ nữ khu phố 9" });
		await page.getByText("Chọn cột").click();
		await page.getByRole("checkbox", { name: "Số điện thoại" }).check();
		await page.getByRole("link", { name: "In danh sách" }).click();
		await page.getByText("Chi hội phụ nữ khu phố 9, Phường Tân Triều, Tỉnh Đồng Nai").waitFor();
		await page.getByRole("columnheader", { name: "Số điện thoại" }).waitFor();
		assert.equal(await page.getByRole("columnheader", { name: "Chi hội, tổ" }).count(), 0);
	});
	await database.owner.query("insert into app.setting (name, value) values ('demo', '{}')");
	await site.visit(people.head, "/members/print", async (page) => {
		await page.getByText("CHI HỘI TRƯỞNG", { exact: true }).waitFor();
		await shot(page, "in-chi-hoi");
		assert.equal(await page.locator("article thead").getByText("Dữ liệu minh họa").count(), 1, "on every sheet");
	});
	await database.owner.query("delete from app.setting where name = 'demo'");
});

test("the province's rates on paper, as a tree and as the list of communes to be supported", async () => {
	await site.visit(people.province, "/gathering", async (page) => {
		await page.getByRole("link", { name: "In danh sách" }).click();
		await page.getByText("HỘI LHPN TỈNH ĐỒNG NAI", { exact: true }).waitFor();
		await page.getByText("để tham khảo", { exact: false }).waitFor();
		const children = await database.call(people.province, "gathering.rates", { unit: "75", children: true });
		assert.equal((await atPrint(page)).length, children.length + 1);
		await shot(page, "in-ty-le-tinh");
		await axe(page);
		const { size, sheets } = await printed(page, "in-ty-le-tinh");
		assert.deepEqual(size, [595, 842]);
		assert.ok(sheets >= 3, `${sheets} sheets`);

		await page.goto(`${site.address}/gathering?list=not_over`);
		await page.getByRole("button", { name: "Còn thiếu" }).click();
		await page.getByRole("button", { name: "Còn thiếu" }).click();
		await page.getByText(/\d xã, phường, đặc khu/).waitFor();
		const first = await page.getByRole("row").nth(1).getByRole("link").first().textContent();
		await page.getByRole("link", { name: "In danh sách" }).click();
		await page.getByText("Chưa đạt trên 60%; tính đến ngày 20/11/2025").waitFor();
		assert.match((await atPrint(page))[0] as string, new RegExp(`^1${first}`), "in the order of the screen");
	});
});

test("the whole country's 10 598 communes: light on the screen, all of them on paper", async () => {
	await site.visit(people.centre, "/gathering/print?list=all&on=2025-06-30", async (page) => {
		await page.getByText("10.598 xã, phường, thị trấn").waitFor();
		await page.getByText("ĐOÀN CHỦ TỊCH", { exact: true }).waitFor();
		assert.ok((await drawn(page)) < 100);
		await shot(page, "in-ca-nuoc");
		assert.equal((await atPrint(page)).length, 10_598);
		assert.ok((await drawn(page)) < 100, "light again afterwards");
	});
});
