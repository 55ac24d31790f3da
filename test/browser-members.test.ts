import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { database, people, site, visit } = await openBelievableSite();

test("the list: sorted by given name, searched without diacritics, filtered, with columns to choose", async () => {
	await visit(people.chair, "/members", async (page) => {
		await page
			.getByText(/\d+ người/)
			.first()
			.waitFor();
		await shot(page, "hoi-vien");
		await axe(page);

		await page.getByLabel("Tìm theo tên").fill("nguyen thi huong");
		await page
			.getByRole("row", { name: /Nguyễn Thị Hương/ })
			.first()
			.waitFor();
		await page.getByLabel("Tìm theo tên").fill("");

		await page.getByLabel("Danh sách").selectOption({ label: "Tạm trú chưa đủ 6 tháng" });
		await page.getByText("được tính từ 26/11/2025").waitFor();
		assert.match(page.url(), /which=under_six_months/);

		await page.getByText("Chọn cột").click();
		await page.getByRole("checkbox", { name: "Số điện thoại" }).check();
		await page.getByRole("columnheader", { name: "Số điện thoại" }).waitFor();
		await page.reload();
		await page.getByRole("columnheader", { name: "Số điện thoại" }).waitFor();
	});
});

test("a person: why she counts, her number shown on demand, an edit that meets another's", async () => {
	await visit(people.chair, "/members", async (page) => {
		await page
			.getByRole("link", { name: /Nguyễn Thị Mai/ })
			.first()
			.click();
		await page.getByText("✓ Được tính ngày 20/11/2025").waitFor();
		await shot(page, "ho-so");
		await axe(page);

		const personId = page.url().split("/").at(-1) as string;
		await page.getByRole("button", { name: "Sửa hồ sơ" }).click();
		await page.getByLabel("Số điện thoại").fill("0912 345 678");
		await shot(page, "ho-so-sua");
		const { version } = await database.call(people.chair, "members.show", { personId });
		await database.call(people.chair, "members.edit", {
			personId,
			version,
			address: "Số 5 đường Hoa Sen",
			phone: "0987654321",
		});
		await page.getByRole("button", { name: "Lưu" }).click();
		await page.getByText("đã lưu trước trong lúc chị đang sửa").waitFor();
		await shot(page, "ho-so-hai-ban");
		await axe(page);
		await page.getByRole("radio", { name: /Bản của tôi 0912/ }).waitFor();
		await page.getByRole("button", { name: "Lưu bản đã chọn" }).click();
		await toast(page, "Đã lưu");
		await page.getByText("Số 5 đường Hoa Sen").waitFor();
		await page.getByText("0912345678").or(page.getByText("0912 345 678")).first().waitFor();

		await page.getByRole("button", { name: "Ra khỏi tổ chức Hội" }).click();
		await page.getByLabel("Lý do").selectOption({ label: "Qua đời" });
		await shot(page, "ra-khoi-hoi");
		await axe(page);
		await page.keyboard.press("Escape");
	});
});

test("a branch head proposes; the committee recognises several with minutes and a day", async () => {
	await visit(people.head, "/members/new", async (page) => {
		await page.getByLabel("Họ và tên").fill("Trịnh Thị Sáu");
		await page.getByLabel("Ngày sinh").fill("1990");
		await shot(page, "de-nghi-ket-nap");
		await axe(page);
		await page.getByRole("button", { name: "Gửi đề nghị kết nạp" }).click();
		await page.getByRole("heading", { name: "Trịnh Thị Sáu" }).waitFor();
		await page.getByText("Đề nghị kết nạp (chờ công nhận)").first().waitFor();
	});
	await visit(people.chair, "/members", async (page) => {
		await page.getByRole("link", { name: /đề nghị kết nạp chờ công nhận/ }).click();
		await page.getByRole("button", { name: "Chọn nhiều" }).click();
		await page.getByRole("button", { name: /Chọn cả 3 người/ }).click();
		await shot(page, "chon-nhieu");
		await axe(page);
		await page.getByRole("button", { name: "Công nhận hội viên" }).click();
		await page.getByLabel("Biên bản hoặc quyết định").fill("Biên bản số 12/BB-BCH");
		await page.getByRole("button", { name: "Công nhận", exact: true }).click();
		await toast(page, "Đã công nhận 3 hội viên");
	});
});

test("perhaps one woman twice: why, and what a chair says of it", async () => {
	const add = (more: object) =>
		database.call(people.chair, "members.add", {
			leafId: people.branches[0],
			name: "Đặng Thị Lựu",
			birth: "1975-03-08",
			joined: "2021-03-08",
			...more,
		});
	await add({ nationalId: "075175004321" });
	await add({ leafId: people.branches[1], phone: "0912111222" });
	const near = await nextCommune();
	const neighbour = await database.person("cuc", "commune_chair", `U${near}`);
	for (const name of ["Đặng Thị Lựu", "Mai Thị Trúc", "Tạ Thị Thúy"])
		await database.call(neighbour, "members.add", { leafId: near, name, birth: "1975-03-08", joined: "2022-03-08" });
	await add({ name: "Mai Thị Trúc", nationalId: "271234567" });
	await add({ name: "Tạ Thị Thuỷ" });
	await database.call(database.operator, "members.findDuplicates");
	await visit(people.chair, "/members/duplicates", async (page) => {
		await page.getByText("5 cặp hồ sơ").waitFor();
		await page.getByText("Vì sao").first().click();
		await shot(page, "nghi-trung");
		await axe(page);
		const row = (name: string) =>
			page
				.getByRole("listitem")
				.filter({ hasText: name })
				.filter({ has: page.getByRole("button") });
		await row("Mai Thị Trúc").getByRole("button", { name: "Hai người khác nhau" }).click();
		await toast(page, "Đã ghi: hai người khác nhau");
		await row("Tạ Thị Thuỷ").getByRole("button", { name: "Cùng một người" }).click();
		await toast(page, "Đã ghi: cùng một người");
		await page.getByText("3 cặp hồ sơ").waitFor();
		await page.getByLabel("Danh sách").selectOption({ label: "Cùng một người, chờ gộp" });
		await page.getByText("chờ Hội LHPN cấp trên").waitFor();
		await shot(page, "nghi-trung-cho-gop");
		await axe(page);
		await page.getByLabel("Danh sách").selectOption({ label: "Chưa trả lời" });
		await page.getByRole("button", { name: "Cùng một người: gộp hồ sơ" }).click();
		await page.getByRole("heading", { name: "Hồ sơ giữ lại" }).waitFor();
		await shot(page, "nghi-trung-gop");
		await axe(page);
		await page.getByRole("button", { name: "Cùng một người: gộp lại" }).click();
		await toast(page, "Đã gộp hai hồ sơ");
	});
	await visit(people.province, "/members/duplicates", async (page) => {
		await page.getByText("1 cặp hồ sơ").waitFor();
		await shot(page, "nghi-trung-cap-tren");
		await axe(page);
		await page.getByRole("button", { name: "Cùng một người: gộp hồ sơ" }).click();
		await page.getByRole("button", { name: "Cùng một người: gộp lại" }).click();
		await toast(page, "Đã gộp hai hồ sơ");
		await page.getByText("0 cặp hồ sơ").waitFor();
	});
	await database.verified();
});

/** Another commune of today that came from the same old district. */
async function nextCommune(): Promise<number> {
	const { rows } = await database.owner.query(
		`select o.commune_id as id from calc.duplicate_places('2025-11-20') h join calc.duplicate_places('2025-11-20') o using (district_id)
			where h.leaf_id = $1 and o.commune_id <> $1 and o.leaf_id = o.commune_id order by o.commune_id limit 1`,
		[people.commune],
	);
	return rows[0].id;
}

test("adding, a number shown on demand, a transfer asked for here and accepted there", async () => {
	await visit(people.chair, "/members/new", async (page) => {
		await page.getByLabel("Họ và tên").fill("Đinh Thị Lài");
		await page.getByLabel("Chi hội, tổ").selectOption({ label: "Chi hội phụ nữ khu phố 9" });
		await page.getByLabel("Số CCCD/CMND").fill("075190001234");
		await page.getByRole("textbox", { name: "Ngày vào Hội" }).fill("08/03/2024");
		await page.getByRole("textbox", { name: "Ngày vào Hội" }).press("Tab");
		await shot(page, "them-hoi-vien");
		await axe(page);
		await page.getByRole("button", { name: "Thêm hội viên" }).click();
		await page.getByRole("heading", { name: "Đinh Thị Lài" }).waitFor();
		await page.getByRole("button", { name: "Hiện số" }).click();
		await page.getByText("075190001234").waitFor();

		await page.getByRole("button", { name: "Chuyển sinh hoạt Hội" }).click();
		await page.getByLabel("Nơi chuyển đến").fill("bien hoa");
		await page
			.getByRole("listbox")
			.getByRole("option", { name: /Phường Biên Hòa/ })
			.first()
			.click();
		await shot(page, "chuyen-sinh-hoat");
		await axe(page);
		await page.getByRole("button", { name: "Gửi đề nghị" }).click();
		await toast(page, "Đã gửi đề nghị");
		await page.goto(`${site.address}/members/transfers`);
		await page.getByText("Đinh Thị Lài").waitFor();
		await shot(page, "chuyen-sinh-hoat-danh-sach");
		await axe(page);
	});
	const destination = await database.call(people.chair, "members.transfers", { id: people.commune, state: "pending" });
	const other = await database.person("chi", "commune_chair", `U${destination[0].toUnitId}`);
	await visit(other, "/members/transfers", async (page) => {
		await page.getByRole("button", { name: "Tiếp nhận" }).click();
		await shot(page, "tiep-nhan");
		await axe(page);
		await page.getByRole("button", { name: "Tiếp nhận hội viên" }).click();
		await toast(page, "Đã tiếp nhận Đinh Thị Lài");
		await page.goto(`${site.address}/members`);
		await page.getByRole("link", { name: "Đinh Thị Lài" }).waitFor();
	});
});

test("by the keyboard alone: rows by arrows, a row by Enter; a number searched stays out of the address", async () => {
	await visit(people.chair, "/members", async (page) => {
		const first = page.locator("[data-row-link]").first();
		await first.focus();
		await page.keyboard.press("ArrowDown");
		await page.keyboard.press("ArrowUp");
		assert.equal(await first.evaluate((link) => link === document.activeElement), true);
		await page.getByLabel("Tìm theo tên").fill("075190001234");
		await page.getByText("Không tìm thấy ai").waitFor();
		assert.equal(new URL(page.url()).search, "");
		await page.getByLabel("Tìm theo tên").fill("mai");
		await page
			.getByRole("link", { name: /Nguyễn Thị Mai/ })
			.first()
			.focus();
		await page.keyboard.press("Enter");
		await page.getByRole("heading", { name: /Nguyễn Thị Mai/ }).waitFor();

		await page.getByRole("button", { name: "Thêm" }).nth(2).click();
		await page.getByRole("dialog").getByText("Đồng ý cung cấp thông tin: Nguyễn Thị Mai").waitFor();
		await shot(page, "dong-y");
		await axe(page);
		await page.getByRole("button", { name: "Ghi nhận", exact: true }).click();
		await toast(page, "Đã ghi nhận đồng ý của 1 người");
	});
});
