import assert from "node:assert/strict";
import { test } from "node:test";
import { readWorkbook } from "../src/sheets/read.ts";
import { openBelievableSite, TODAY } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

type Unit = { id: number; code: string; name: string; parentId: number; kind: string };

const { database, people, visit } = await openBelievableSite();
const DAY = "2025-11-01";

const approver = await database.person("thu", "centre", "VN", TODAY);
await database.owner.query("update app.account set display_name = 'Hoàng Thị Thu' where id = $1", [approver.accountId]);
await database.call(people.chair, "members.add", {
	leafId: people.commune,
	name: "Lý Thị Xoan",
	birth: "1970",
	joined: "2020-03-08",
});

const province = await database.unit("75", TODAY);
const communes = (await database.call<Unit[]>(database.operator, "units.tree", { on: TODAY })).filter(
	({ id, kind, parentId }) => kind === "commune" && parentId === province && id !== people.commune,
);
const [one, two] = communes;

const merged = await database.person("sau", "commune_chair", `#${one.id}`, TODAY);
await database.owner.query("update app.account set display_name = 'Đinh Thị Sáu' where id = $1", [merged.accountId]);

/** Phường Tân Triều parted in two, two communes into a new one, and a line nobody can follow. */
const TABLE = [
	"new_province_code,new_code,new_name,old_code,old_name,part",
	"75,99001,Phường Tân Triều Đông,26188,Phường Tân Triều,partial",
	"75,99002,Phường Tân Triều Tây,26188,Phường Tân Triều,partial",
	`75,99003,Xã Hòa Thuận,${one.code},${one.name},full`,
	`75,99003,Xã Hòa Thuận,${two.code},${two.name},full`,
	"75,99003,Xã Hòa Thuận,98765,Xã Không Có,full",
].join("\n");

let address = "";

test("the centre drafts from a table, sees the line that fits nobody, tries it out and hands it in", async () => {
	await visit("centre", "/units", async (page) => {
		await page.getByRole("link", { name: "Sắp xếp đơn vị", exact: true }).click();
		await page.getByText("Chưa có đợt sắp xếp nào").or(page.getByText("Đã thực hiện")).first().waitFor();
		await page.getByRole("button", { name: "Soạn từ bảng" }).click();
		await page.getByLabel("Kéo tệp CSV").setInputFiles({
			name: "sap-xep.csv",
			mimeType: "text/csv",
			buffer: Buffer.from(TABLE),
		});
		await page.getByLabel("Tên đợt sắp xếp").fill("Sắp xếp ba phường, xã của Đồng Nai");
		await page.getByLabel("Nghị quyết, quyết định").fill("Nghị quyết thử 12/NQ");
		await page.getByRole("textbox", { name: /^Có hiệu lực từ ngày/ }).fill("01/11/2025");
		await page.keyboard.press("Tab");
		await shot(page, "sap-xep-soan");
		await axe(page);
		await page.getByRole("button", { name: "Soạn từ 5 dòng" }).click();
		await page.getByText("Trước ngày 01/11/2025 không có đơn vị mã 98765").waitFor();
		await page.getByText("Dòng 6").first().waitFor();
		await shot(page, "sap-xep-dong-khong-khop");
		await axe(page);
		await page.getByRole("link", { name: "Mở bản soạn" }).click();
		await page.getByText(`${one.name} → Xã Hòa Thuận`).waitFor();
		await page.getByText("Phường Tân Triều → Phường Tân Triều Đông").waitFor();
		address = new URL(page.url()).pathname;
		await page.getByRole("button", { name: "Chạy thử" }).click();
		await page.getByText("Không có gì được ghi.").waitFor();
		await shot(page, "sap-xep-chay-thu");
		await axe(page);
		await page.getByRole("button", { name: "Trình duyệt" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Trình duyệt" }).click();
		await toast(page, "Đã trình duyệt.");
		await page.getByText("Chị là người soạn nên người khác duyệt.").waitFor();
		assert.equal(await page.getByRole("button", { name: "Duyệt", exact: true }).count(), 0);
	});
});

test("another at the centre sends it back with a reason, then approves it, carries it out; the drafter may not", async () => {
	await visit(approver, address, async (page) => {
		await page.getByRole("button", { name: "Trả lại" }).click();
		await page.getByLabel("Lý do").fill("Xem lại tên xã mới");
		await shot(page, "sap-xep-tra-lai");
		await page.getByRole("dialog").getByRole("button", { name: "Trả lại" }).click();
		await page.getByText("Xem lại tên xã mới").first().waitFor();
	});
	await visit("centre", address, async (page) => {
		await page.getByRole("button", { name: "Trình duyệt" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Trình duyệt" }).click();
		await toast(page, "Đã trình duyệt.");
	});
	await visit(approver, address, async (page) => {
		await page.getByRole("button", { name: "Duyệt", exact: true }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Duyệt" }).click();
		await page.getByText("Đã duyệt, chưa thực hiện").waitFor();
		await page.getByRole("button", { name: "Thực hiện" }).click();
		await shot(page, "sap-xep-thuc-hien");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Thực hiện" }).click();
		await page.getByRole("button", { name: "Hủy đợt sắp xếp" }).waitFor();
		await shot(page, "sap-xep-da-thuc-hien");
		await axe(page);
		await page.getByRole("link", { name: "‹ Sắp xếp đơn vị" }).click();
		await page.getByRole("link", { name: /Sắp xếp ba phường/ }).waitFor();
		await shot(page, "sap-xep");
		await axe(page);
	});
	assert.equal((await database.call(database.operator, "gathering.verify", {})).differences, 0);
	assert.equal((await database.call<Unit>(database.operator, "units.show", { code: "99003", on: DAY })) !== null, true);
});

test("who writes Chưa phân assigns its branches together, then the woman without a branch", async () => {
	await visit(database.operator, "/reorganisations", async (page) => {
		await page.getByRole("link", { name: "Chờ phân về đơn vị mới" }).click();
		await page.getByRole("heading", { name: /Phường Tân Triều/ }).waitFor();
		await page.getByLabel(/Chi hội phụ nữ khu phố 9/).check();
		await page.getByLabel(/Chi hội phụ nữ ấp Tân Hóa/).check();
		await page.getByLabel("Phân chi hội đã chọn về").selectOption({ label: "Phường Tân Triều Đông" });
		await page.getByRole("button", { name: "Xem từng hội viên của Phường Tân Triều" }).click();
		await page.getByLabel(/Lý Thị Xoan/).waitFor();
		await shot(page, "cho-phan");
		await axe(page);
		await page.getByRole("button", { name: "Phân 2 chi hội về Phường Tân Triều Đông" }).click();
		await page.getByText(/tỷ lệ chia \d+,\d\d%, theo hội viên đã phân/).waitFor();
		assert.equal(await page.getByLabel(/Chi hội phụ nữ khu phố 9/).count(), 0);
		await page.getByLabel(/Lý Thị Xoan/).check();
		await page.getByLabel("Phân hội viên đã chọn về").selectOption({ label: "Phường Tân Triều Tây" });
		await page.getByRole("button", { name: "Phân 1 hội viên về Phường Tân Triều Tây" }).click();
		await page.getByText(/Lý Thị Xoan/).waitFor({ state: "detached" });
		await shot(page, "cho-phan-con-lai");
		await axe(page);
	});
	assert.equal((await database.call(database.operator, "gathering.verify", {})).differences, 0);
});

test("a chair whose commune went whole keeps what was hers until her province agrees; who was parted gets a place", async () => {
	await visit(merged, "/", async (page) => {
		await page.getByText(/nhập vào Xã Hòa Thuận. Cho đến khi Hội cấp trên duyệt/).waitFor();
		await page.getByText(`${one.name} đã sắp xếp vào đơn vị mới`).waitFor();
		await shot(page, "tai-khoan-cho-duyet");
		await axe(page);
	});
	await visit("province", "/reorganisations/queue", async (page) => {
		await page.getByText(/^Đinh Thị Sáu/).waitFor();
		await page.getByText(/^Trần Thị Hường/).waitFor();
		await page.getByLabel(/^Trần Thị Hường/).check();
		await page.getByLabel("1 tài khoản của đơn vị bị chia về").selectOption({ label: "Phường Tân Triều Tây" });
		await page.getByLabel(/^Đinh Thị Sáu/).check();
		await shot(page, "tai-khoan-quyet-dinh");
		await axe(page);
		await page.getByRole("button", { name: "Duyệt 2 tài khoản" }).click();
		await toast(page, "Đã quyết định 2 tài khoản.");
	});
	await visit(merged, "/", async (page) => {
		await page.getByText("Xã Hòa Thuận").first().waitFor();
		assert.equal(await page.getByText(/Cho đến khi Hội cấp trên duyệt/).count(), 0);
	});
});

test("once something depends on it, taking the reorganisation back is refused with what it is", async () => {
	const {
		rows: [parted],
	} = await database.call(database.operator, "reorganisations.queue", {});
	await database.call(database.operator, "reorganisations.assign", {
		unitId: parted.unitId,
		toUnitId: parted.parts[0].unitId,
		branchIds: [people.branches[2]],
	});
	await visit(approver, address, async (page) => {
		await page.getByRole("button", { name: "Hủy đợt sắp xếp" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Hủy đợt sắp xếp" }).click();
		await page.getByText("Không thể hủy đợt sắp xếp:").waitFor();
		await shot(page, "sap-xep-khong-huy-duoc");
		await axe(page);
	});
});

test("the rates of a day are read under the units of before and of after July 2025, the day kept", async () => {
	await visit("province", "/gathering", async (page) => {
		await page.getByRole("button", { name: "trước 01/7/2025" }).click();
		await page
			.getByText("Số của ngày 20/11/2025 xem theo đơn vị hành chính ngày 30/06/2025")
			.or(page.getByText("ngày 30/6/2025."))
			.first()
			.waitFor();
		assert.equal(new URL(page.url()).searchParams.get("map"), "2025-06-30");
		assert.equal(await page.getByLabel("Tại ngày", { exact: true }).inputValue(), "20/11/2025");
		const href = (await page.getByRole("link", { name: "Xuất Excel" }).getAttribute("href")) ?? "";
		const file = await page.request.get(new URL(href, page.url()).href);
		assert.match(file.headers()["content-disposition"], /theo-don-vi-2025-06-30/);
		const [table, notes] = await readWorkbook(await file.body(), "rates.xlsx");
		const heads = table.rows[0].cells.map((cell) => cell?.value);
		assert.equal(heads.at(-1), "Có phần ước tính");
		assert.ok(table.rows.some((row) => row.cells[1]?.value === "Tỉnh Bình Phước"));
		assert.ok(notes.rows.some((row) => /theo đơn vị hành chính ngày 30\/0?6\/2025/.test(String(row.cells[0]?.value))));
		await shot(page, "ty-le-don-vi-truoc");
		await axe(page);
		await page
			.getByRole("button", { name: /cách tính/ })
			.first()
			.click();
		await page
			.getByText(/theo đơn vị ngày 30\/0?6\/2025/)
			.first()
			.waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "từ 01/7/2025" }).click();
		await page.getByRole("link", { name: "Xuất Excel" }).waitFor();
		await page.getByLabel("Tại ngày", { exact: true }).fill("01/6/2025");
		await page.keyboard.press("Enter");
		await page.getByRole("button", { name: "từ 01/7/2025" }).click();
		await page.getByText("Số của ngày 01/6/2025").or(page.getByText("Số của ngày 01/06/2025")).first().waitFor();
		assert.equal(new URL(page.url()).searchParams.get("map"), "2025-07-01");
		await page.getByRole("link", { name: "Tỉnh Đồng Nai" }).waitFor();
		await shot(page, "ty-le-don-vi-sau");
		await axe(page);
	});
});
