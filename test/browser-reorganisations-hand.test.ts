import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite, TODAY } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

type Unit = { id: number; code: string; name: string; kind: string; parentId: number | null };

const { database, visit } = await openBelievableSite();
const province = await database.unit("75", TODAY);
const communes = (await database.call<Unit[]>(database.operator, "units.tree", { on: TODAY })).filter(
	({ kind, parentId }) => kind === "commune" && parentId === province,
);
const [one, two, three] = communes;

const pick = async (
	page: Parameters<Parameters<typeof visit>[2]>[0],
	label: string,
	unit: { name: string; code: string },
) => {
	await page.getByRole("dialog").getByRole("textbox", { name: label }).fill(unit.code);
	await page
		.getByRole("option", { name: new RegExp(`^${unit.name}`) })
		.first()
		.click();
};

test("a draft is made by hand: merged whole, parted, renamed; a change is left out again; the dry run shows strips", async () => {
	await visit("centre", "/reorganisations", async (page) => {
		await page.getByText("Sắp xếp đơn vị hành chính cả nước, không còn cấp huyện").waitFor();
		await shot(page, "sap-xep-co-san");
		await axe(page);
		await page.getByRole("button", { name: "Soạn từng thay đổi" }).click();
		await page.getByLabel("Tên đợt sắp xếp").fill("Sắp xếp ba xã");
		await page.getByLabel("Nghị quyết, quyết định").fill("Nghị quyết thử 15/NQ");
		await page
			.getByRole("dialog")
			.getByRole("textbox", { name: /^Có hiệu lực từ ngày/ })
			.fill("01/11/2025");
		await page.keyboard.press("Tab");
		await page.getByRole("button", { name: "Mở bản soạn" }).click();
		await page.getByRole("heading", { name: "Sắp xếp ba xã" }).waitFor();

		await page.getByRole("button", { name: "Nhập nguyên vẹn" }).click();
		await pick(page, "Đơn vị cũ", one);
		await pick(page, "Thêm đơn vị cũ", two);
		await page.getByLabel("Tên mới, cả loại").fill("Xã Liên Hợp");
		await page.getByRole("dialog").getByRole("textbox", { name: "Mã" }).fill("99101");
		await pick(page, "Trực thuộc", { name: "Tỉnh Đồng Nai", code: "75" });
		await shot(page, "sap-xep-tay-nhap");
		await axe(page);
		await page.getByRole("button", { name: "Ghi vào bản soạn" }).click();
		await toast(page, "Đã ghi vào bản soạn.");
		await page.getByText(`${one.name} → Xã Liên Hợp`).waitFor();

		await page.getByRole("button", { name: "Chia đơn vị" }).click();
		await pick(page, "Đơn vị cũ", three);
		await page.getByLabel("Phần 1 về", { exact: true }).selectOption({ label: "Đơn vị lập mới trong bản soạn này" });
		await page.getByLabel("Phần 1 về: đơn vị").selectOption({ label: "Xã Liên Hợp" });
		await page.getByLabel("Tên mới, cả loại").fill("Xã Còn Lại");
		await page.getByRole("dialog").getByRole("textbox", { name: "Mã" }).fill("99102");
		await pick(page, "Trực thuộc", { name: "Tỉnh Đồng Nai", code: "75" });
		await page.getByLabel("Tỷ lệ chia của phần 1").fill("2/5");
		await page.getByLabel("Tỷ lệ chia của phần 2").fill("3/5");
		await page.getByLabel("Văn bản về tỷ lệ chia").fill("Biên bản bàn giao");
		await shot(page, "sap-xep-tay-chia");
		await axe(page);
		await page.getByRole("button", { name: "Ghi vào bản soạn" }).click();
		await page.getByText(`${three.name} → Xã Còn Lại`).waitFor();

		await page.getByRole("button", { name: "Đổi tên, loại, mã" }).click();
		await pick(page, "Đơn vị", { name: "Phường Tân Triều", code: "26188" });
		await page.getByLabel("Tên mới, cả loại").fill("Xã Tân Triều");
		await page.getByRole("button", { name: "Ghi vào bản soạn" }).click();
		await page.getByText("Phường Tân Triều: đổi tên thành Xã Tân Triều").waitFor();
		await page.getByRole("button", { name: "Bỏ: Phường Tân Triều: đổi tên thành Xã Tân Triều" }).click();
		await page.getByText("Phường Tân Triều: đổi tên thành Xã Tân Triều").waitFor({ state: "detached" });

		await page.getByRole("button", { name: "Bỏ cấp huyện" }).click();
		await page.getByText("Ngày 31/10/2025 không có đơn vị cấp huyện nào ở đây.").waitFor();
		await page.getByRole("button", { name: "Để sau" }).click();
		await shot(page, "sap-xep-tay");
		await axe(page);

		await page.getByRole("button", { name: "Chạy thử" }).click();
		await page.getByText("Không có gì được ghi.").waitFor();
		await page
			.getByRole("img", { name: /^trước: / })
			.first()
			.waitFor();
		await shot(page, "sap-xep-chay-thu-dai");
		await axe(page);
	});
});

test("the reform of July 2025 is searched, not scrolled; a unit tells its life with decrees and shares", async () => {
	await visit("province", "/reorganisations", async (page) => {
		await page.getByRole("link", { name: /Sắp xếp đơn vị hành chính cả nước/ }).click();
		await page.getByLabel("Tìm theo tên hoặc mã đơn vị").fill("tan trieu");
		await page
			.getByText(/Tân Triều/)
			.first()
			.waitFor();
		await page.getByText("Có sẵn trong danh mục đơn vị của chương trình.").waitFor();
		assert.ok((await page.locator("tbody tr").count()) < 60, "only what is in sight stands on the page");
		await shot(page, "sap-xep-2025");
		await axe(page);
	});
	await visit("province", `/units/${await database.unit("26188", TODAY)}`, async (page) => {
		await page.getByRole("heading", { name: "Dòng thời gian" }).waitFor();
		await page.getByText(/^Thành lập: Phường Tân Triều/).waitFor();
		await shot(page, "don-vi-dong-thoi-gian");
		await axe(page);
	});
});

test("one day under both maps, side by side, with their tables", async () => {
	await visit("centre", "/gathering", async (page) => {
		await page.getByRole("link", { name: "Bản đồ của ngày này theo cả hai hệ thống đơn vị" }).click();
		await page.getByRole("heading", { name: "Theo 63 tỉnh, thành phố trước 01/7/2025" }).waitFor();
		await page
			.getByText(/trên \d[\d.]* xã, phường, thị trấn/)
			.first()
			.waitFor();
		await page
			.getByText(/trên \d[\d.]* xã, phường, đặc khu/)
			.first()
			.waitFor();
		await shot(page, "hai-ban-do");
		await axe(page);
		await page.getByRole("button", { name: "Xem bảng số liệu" }).first().click();
		await page.getByRole("button", { name: "Ẩn bảng số liệu" }).waitFor();
		await page.getByRole("table").getByText("Tỉnh Hà Giang").waitFor();
	});
});
