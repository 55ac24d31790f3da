import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot } from "./browser.ts";

const { database, people, site, visit } = await openBelievableSite();

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

test("a chair moves a group to another branch and a branch to the market's base; the day before stays as it was", async () => {
	await database.call(people.chair, "units.add", {
		parentId: people.branches[0],
		kind: "group",
		name: "Tổ phụ nữ số 3",
	});
	await visit("chair", `/units/${people.branches[0]}`, async (page) => {
		const moveTo = async (typed: string, name: RegExp) => {
			await page.getByRole("button", { name: "Chuyển sang nơi khác" }).click();
			await page.getByLabel("Trực thuộc").fill(typed);
			await page.getByRole("option", { name }).click();
		};
		await page.getByRole("link", { name: "Tổ phụ nữ số 3" }).click();
		await page.getByRole("heading", { name: "Tổ phụ nữ số 3", level: 1 }).waitFor();
		await moveTo("tan hoa", /ấp Tân Hóa/);
		await shot(page, "don-vi-chuyen");
		await axe(page);
		await page.keyboard.press("Enter");
		await page.getByText("Đã chuyển.").waitFor();
		await page.getByText("Chi hội phụ nữ ấp Tân Hóa").first().waitFor();

		await page.goto(`${site.address}/units/${people.branches[2]}`);
		await moveTo("cho tan trieu", /Hội phụ nữ chợ Tân Triều/);
		await page.keyboard.press("Enter");
		await page.getByText("Đã chuyển.").waitFor();
		await page.getByRole("heading", { name: "Tên, mã và nơi trực thuộc qua thời gian" }).waitFor();
		await shot(page, "don-vi-da-chuyen");
		await axe(page);
		await page.getByRole("link", { name: "‹ Hệ thống tổ chức Hội" }).click();
		// The page before has such a day, too.
		await page.getByRole("heading", { name: "Hệ thống tổ chức Hội", level: 1 }).waitFor();
		await page.getByLabel("Tại ngày", { exact: true }).fill("19/11/2025");
		await page.keyboard.press("Enter");
		await page.getByRole("link", { name: "Chi hội phụ nữ ấp Vĩnh Hiệp" }).waitFor();
	});
	const verified = await database.call(database.operator, "gathering.verify", {});
	assert.equal(verified.differences, 0);
});

test("who heads a branch: entered on its page from the list of members, and ended there", async () => {
	await visit("chair", `/units/${people.branches[1]}`, async (page) => {
		await page.getByText("Chưa ghi ai giữ chức danh ở đây.").waitFor();
		await page.getByRole("button", { name: "Ghi chức danh" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByLabel("Chức danh").waitFor();
		assert.deepEqual(await dialog.getByRole("option").allTextContents(), [
			"Chi hội trưởng",
			"Chi hội phó",
			"Chức danh khác",
		]);
		await dialog.getByLabel("Hội viên").fill("binh");
		await page.getByRole("option", { name: "Nguyễn Thị Bình" }).first().click();
		await shot(page, "don-vi-chuc-danh");
		await axe(page);
		await page.keyboard.press("Enter");
		await page.getByText("Đã ghi chức danh của Nguyễn Thị Bình").waitFor();
		await page.getByRole("link", { name: "Nguyễn Thị Bình" }).waitFor();
		await shot(page, "don-vi-can-bo");
		await page.getByRole("button", { name: "Thôi Chi hội trưởng Nguyễn Thị Bình" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
		await page.getByText("Chưa ghi ai giữ chức danh ở đây.").waitFor();
		await page.getByRole("link", { name: "Xem hội viên" }).click();
		await page.getByText("Nguyễn Thị Bình").first().waitFor();
		assert.equal(await page.getByText("Nguyễn Thị An", { exact: true }).count(), 0, "she is in another branch");
	});
});

test("a unit that others own has no forms", async () => {
	await visit("province", `/units/${people.commune}`, async (page) => {
		await page.getByRole("heading", { name: "Phường Tân Triều" }).waitFor();
		await page.getByRole("link", { name: "CLB Phụ nữ khởi nghiệp" }).waitFor();
		for (const name of ["Thêm đơn vị trực thuộc", "Chuyển sang nơi khác", "Ghi chức danh"])
			assert.equal(await page.getByRole("button", { name }).count(), 0, name);
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

		await page.getByRole("button", { name: "Lập Cụm thi đua" }).click();
		await page.getByLabel("Tên Cụm").fill("Cụm thi đua số 9");
		await page.getByRole("checkbox", { name: "Thành phố Cần Thơ" }).check();
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Cụm thi đua số 9" }).waitFor();
		await shot(page, "cum-thi-dua-moi");
		await axe(page);
		await page.getByLabel("Tại ngày", { exact: true }).fill("19/11/2025");
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: "Cụm thi đua số 9" }).waitFor({ state: "detached" });
	});
});

test("open work: the communes whose successor nobody knows", async () => {
	await visit("province", "/units/open-work", async (page) => {
		await page.getByText("Chưa phân (Tỉnh Đồng Nai)").first().waitFor();
		await shot(page, "chua-phan");
		await axe(page);
	});
});
