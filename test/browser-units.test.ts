import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot } from "./browser.ts";

const { people, visit } = await openBelievableSite();

test("the tree as of a day: one's own unit, the whole country, the districts of before July 2025", async () => {
	await visit("province", "/units", async (page) => {
		await page.getByRole("link", { name: "Phường Bình Phước" }).waitFor();
		await page
			.getByText("Mã 75")
			.or(page.getByRole("cell", { name: "75", exact: true }))
			.first()
			.waitFor();
		await shot(page, "he-thong-to-chuc");
		await axe(page);
		await page.getByRole("link", { name: "Xem cả nước" }).click();
		await page.getByRole("link", { name: "Thành phố Hà Nội" }).waitFor();
		await page.getByLabel("Tại ngày", { exact: true }).fill("30/6/2025");
		await page.keyboard.press("Enter");
		await page.getByText("Danh mục đơn vị tại ngày 29/5/2023").waitFor();
		await page.getByRole("link", { name: "Tỉnh Hà Giang" }).waitFor();
		await page.getByLabel("Tìm đơn vị").fill("vinh cuu");
		await page.getByRole("option", { name: /Huyện Vĩnh Cửu/ }).click();
		await page.getByRole("heading", { name: "Huyện Vĩnh Cửu" }).waitFor();
	});
});

test("a unit's page: predecessors, branches and clubs; a chair adds, renames and ends a branch by keyboard", async () => {
	await visit("chair", `/units/${people.commune}`, async (page) => {
		await page.getByRole("heading", { name: "Đơn vị trước sắp xếp" }).waitFor();
		await page.getByRole("link", { name: "CLB Phụ nữ khởi nghiệp" }).waitFor();
		await shot(page, "don-vi");
		await axe(page);
		await page.getByRole("button", { name: "Thêm đơn vị trực thuộc" }).click();
		await page.getByLabel("Tên").fill("Chi hội phụ nữ khu phố 9");
		await page.keyboard.press("Enter");
		await page.getByText("Đã có “Chi hội phụ nữ khu phố 9” ở đơn vị này.").waitFor();
		await shot(page, "don-vi-them");
		await axe(page);
		await page.getByLabel("Tên").fill("Chi hội phụ nữ khu phố 10");
		await page.keyboard.press("Enter");
		await page.getByRole("link", { name: "Chi hội phụ nữ khu phố 10" }).click();
		await page.getByRole("button", { name: "Đổi tên" }).click();
		await page.getByLabel("Tên mới").fill("Chi hội phụ nữ khu phố Mười");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Tên, mã và nơi trực thuộc qua thời gian" }).waitFor();
		await page.getByRole("button", { name: "Kết thúc hoạt động" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Kết thúc hoạt động" }).click();
		await page.getByRole("heading", { name: "Phường Tân Triều" }).waitFor();
		await page.getByRole("link", { name: "Chi hội phụ nữ ấp Tân Hóa" }).waitFor();
		assert.equal(await page.getByRole("link", { name: "khu phố Mười" }).count(), 0);
		await page.getByRole("link", { name: "Chi hội phụ nữ khu phố 9" }).click();
		await page.getByRole("button", { name: "Kết thúc hoạt động" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Kết thúc hoạt động" }).click();
		await page.getByText("Đơn vị còn hội viên.").waitFor();
	});
});

test("a unit that others own has no forms", async () => {
	await visit("province", `/units/${people.commune}`, async (page) => {
		await page.getByRole("heading", { name: "Phường Tân Triều" }).waitFor();
		await page.getByRole("link", { name: "CLB Phụ nữ khởi nghiệp" }).waitFor();
		assert.equal(await page.getByRole("button", { name: "Thêm đơn vị trực thuộc" }).count(), 0);
	});
});

test("clusters are marked as an example, and the centre edits them", async () => {
	await visit("centre", "/units/clusters", async (page) => {
		await page.getByText("ví dụ", { exact: true }).first().waitFor();
		await shot(page, "cum-thi-dua");
		await axe(page);
		const edit = page.getByRole("button", { name: /^Sửa/ }).first();
		await edit.focus();
		await page.keyboard.press("Enter");
		const box = page.getByRole("checkbox", { name: "Thành phố Cần Thơ" });
		await box.waitFor();
		assert.equal(await page.getByRole("checkbox", { name: "Tỉnh Cà Mau" }).count(), 0, "it is in another cluster");
		await shot(page, "cum-thi-dua-sua");
		await axe(page);
		await box.uncheck();
		await page.getByRole("button", { name: "Lưu", exact: true }).click();
		await page.getByText("Đã lưu Cụm thi đua.").waitFor();
	});
});

test("open work: the communes whose successor nobody knows", async () => {
	await visit("province", "/units/open-work", async (page) => {
		await page.getByText("Chưa phân (Tỉnh Đồng Nai)").first().waitFor();
		await shot(page, "chua-phan");
		await axe(page);
	});
});
