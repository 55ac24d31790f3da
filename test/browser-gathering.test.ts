import assert from "node:assert/strict";
import { test } from "node:test";
import { readWorkbook } from "../src/sheets/read.ts";
import { openBelievableSite } from "./believable.ts";
import { axe, shot } from "./browser.ts";

const { people, site, visit } = await openBelievableSite();

test("a commune chair sees first the rate and what is missing, then why, then what to do", async () => {
	await visit("chair", "/", async (page) => {
		await page.getByText("Còn thiếu").waitFor();
		await page.getByText("Việc cần làm đến hết ngày 24/11/2025").waitFor();
		await page.getByText("đề nghị kết nạp chờ Ban Chấp hành công nhận").waitFor();
		await page.getByRole("table", { name: "Sắp đủ 6 tháng tạm trú" }).getByText("26/11/2025").waitFor();
		await page.getByText("01/7/2025: nhập 5 đơn vị").waitFor();
		await shot(page, "tong-quan-xa");
		await axe(page);
		await page.getByRole("button", { name: "Cách tính" }).click();
		await page.getByText("✓ Khớp.").waitFor();
		await page.getByText("của Phường Tân Triều, ngày 15/08/2025").first().waitFor();
		await shot(page, "cach-tinh");
		await axe(page);
	});
});

test("each thing that waits leads to where it is done", async () => {
	await visit("chair", "/", async (page) => {
		await page.getByRole("link", { name: "đề nghị kết nạp chờ Ban Chấp hành công nhận" }).click();
		await page.getByText("Phạm Thị Nhung").first().waitFor();
		assert.match(page.url(), /\/members\?which=proposed/);
	});
});

test("a branch head sees how many members and until when, no rate", async () => {
	await visit("head", "/", async (page) => {
		await page.getByText("Hội viên được tính hôm nay").waitFor();
		await shot(page, "tong-quan-chi-hoi");
		await axe(page);
	});
});

test("a province sees its communes by class, since the term began, near and far", async () => {
	await visit("province", "/", async (page) => {
		await page.getByRole("heading", { name: "Gần đạt trên 60% nhất" }).waitFor();
		await page.getByText("mỗi chấm là một đơn vị").waitFor();
		await shot(page, "tong-quan-tinh");
		await axe(page);
		await page.getByRole("button", { name: "Dưới 60%" }).click();
		await page.getByRole("navigation", { name: "Xếp loại" }).waitFor();
		assert.match(page.url(), /\/gathering\?list=under/);
	});
});

test("the centre sees provinces on the map of the day, 34 or 63", async () => {
	await visit("centre", "/", async (page) => {
		const map = page.getByRole("group", { name: "Bản đồ tỷ lệ tập hợp" });
		await map.waitFor();
		assert.equal(await map.locator("path[data-code]").count(), 34);
		await shot(page, "tong-quan-trung-uong");
		await axe(page);
		await page.getByLabel("Tại ngày", { exact: true }).fill("30/6/2025");
		await page.keyboard.press("Enter");
		await page.getByText("Danh mục đơn vị tại ngày 29/5/2023").waitFor();
		await page.locator("path[data-code]").nth(62).waitFor();
		assert.equal(await map.locator("path[data-code]").count(), 63);
	});
});

test("rates: the tree opens by keyboard; a number opens Cách tính, which stands in the address", async () => {
	await visit("province", "/gathering", async (page) => {
		const first = page.locator("tbody [data-toggle]").nth(1);
		await first.waitFor();
		await shot(page, "ty-le-tinh");
		await axe(page);
		await first.focus();
		await page.keyboard.press("ArrowRight");
		assert.equal(await first.getAttribute("aria-expanded"), "true");
		await page.goto(`${site.address}/gathering?unit=${people.commune}`);
		await page.getByRole("link", { name: "Chi hội phụ nữ khu phố 9" }).waitFor();
		await shot(page, "ty-le-xa");
		await page.getByRole("button", { name: /^57,60%/ }).focus();
		await page.keyboard.press("Enter");
		await page.getByText("✓ Khớp.").waitFor();
		assert.match(page.url(), /why=\d+/);
		await page.goBack();
		await page.getByText("✓ Khớp.").waitFor({ state: "detached" });
	});
});

test("rates leave as a workbook of the same unit and day", async () => {
	await visit("province", "/gathering?on=2025-06-30", async (page) => {
		const link = await page.getByRole("link", { name: "Xuất Excel" }).getAttribute("href");
		const old = await page.request.get(`${site.address}${link}`);
		const [before] = await readWorkbook(await old.body(), "rates.xlsx");
		const provinces = before.rows.filter((row) => row.cells[2]?.value === "Tỉnh, thành phố");
		assert.deepEqual(
			provinces.map((row) => row.cells[1]?.value),
			["Tỉnh Bình Phước", "Tỉnh Đồng Nai"],
			"on a day before it was, the provinces it was made of",
		);
		const today = await page.request.get(`${site.address}/files/gathering/rates.xlsx?unitId=${people.commune}`);
		assert.match(today.headers()["content-disposition"], /ty-le-tap-hop-26188-2025-11-20\.xlsx/);
		const [table, notes] = await readWorkbook(await today.body(), "rates.xlsx");
		const cells = table.rows.map((row) => Array.from(row.cells, (cell) => cell?.value));
		assert.deepEqual(cells[1].slice(0, 9), [
			"26188",
			"Phường Tân Triều",
			"Xã, phường, đặc khu",
			undefined,
			15599,
			27080,
			57.6,
			"Dưới 60%",
			650,
		]);
		assert.equal(cells[2][1], "Chi hội phụ nữ khu phố 9");
		assert.match(String(notes.rows[0].cells[0]?.value), /Phường Tân Triều, ngày 20\/11\/2025/);
	});
});

test("a list of communes leaves as it is shown: its class, its search, its order", async () => {
	await visit("province", "/gathering?list=not_over", async (page) => {
		const listed = page.getByRole("table", { name: /Chưa đạt trên 60%/ });
		await listed.waitFor();
		const number = Number((await page.getByText(/^\d+ xã, phường, đặc khu$/).textContent())?.split(" ")[0]);
		const firstName = await listed.locator("tbody tr").first().getByRole("link").first().textContent();
		const href = () => page.getByRole("link", { name: "Xuất Excel" }).getAttribute("href");
		const read = async () => {
			const answer = await page.request.get(`${site.address}${await href()}`);
			assert.match(answer.headers()["content-disposition"], /-chua-dat-tren-60\.xlsx/);
			const [table, notes] = await readWorkbook(await answer.body(), "rates.xlsx");
			const rows = table.rows.slice(1).map((row) => row.cells.map((cell) => cell?.value));
			return { rows, note: String(notes.rows[1].cells[0]?.value) };
		};
		const { rows, note } = await read();
		assert.equal(rows.length, number);
		assert.ok(rows.every((cells) => ["Dưới 60%", "Bằng 60% (chưa đạt trên 60%)"].includes(String(cells[7]))));
		assert.deepEqual([rows[0][1], rows[0][3]], [firstName, "Tỉnh Đồng Nai"]);
		assert.equal(note, `Danh sách: Chưa đạt trên 60%, ${number} đơn vị, tỷ lệ từ thấp đến cao.`);

		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("tan trieu");
		await page.getByText("1 xã, phường, đặc khu").waitFor();
		assert.deepEqual(
			(await read()).rows.map((cells) => cells[1]),
			["Phường Tân Triều"],
		);
		const wrong = await page.request.get(`${site.address}/files/gathering/rates.xlsx?list=vang`);
		assert.deepEqual([wrong.status(), (await wrong.json()).data.field], [422, "list"]);
	});
});

test("rates: a list by class, searched without diacritics; old units before July 2025; notes of the day", async () => {
	await visit("province", "/gathering?list=not_over", async (page) => {
		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("tan trieu");
		await page.getByText("1 xã, phường, đặc khu").waitFor();
		await shot(page, "ty-le-danh-sach");
		await axe(page);
		await page.getByRole("button", { name: "trước 01/7/2025" }).click();
		await page.getByText("Danh mục đơn vị tại ngày 29/5/2023").waitFor();
		assert.match(page.url(), /map=2025-06-30/);
		await page.getByText("Dưới đây là các đơn vị trước sắp xếp đã nhập vào.").waitFor();
		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("thanh phu");
		await page.getByText("Thành phố Biên Hòa", { exact: false }).or(page.getByText("Huyện Vĩnh Cửu")).first().waitFor();
		await shot(page, "ty-le-danh-sach-cu");
		await page.goto(`${site.address}/gathering?on=2021-12-31`);
		await page.getByText("Tính lại theo cách tính 2022 - 2027.").waitFor();
		await page.goto(`${site.address}/gathering?on=2026-06-01`);
		await page.getByText("Số của ngày 01/06/2026 là tạm tính.").waitFor();
	});
});
