import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

// A commune's support from "dưới 60%" to its road map, the province's list and review, and the catalogue that is offered on.

const { database, people, visit } = await openBelievableSite();
const unitId = people.commune;
const { rows } = await database.owner.query("select unit_id from app.account where id = $1", [
	people.province.accountId,
]);
const province = rows[0].unit_id as number;

test("a chair who reads that she is under 60 % finds what helps, and writes her case with it", async () => {
	await visit(
		"chair",
		"/",
		async (page) => {
			await page.getByRole("heading", { name: "Hỗ trợ cơ sở mình" }).waitFor();
			await page.getByRole("link", { name: "Mở hồ sơ hỗ trợ" }).click();
			await page.getByText("Lập hồ sơ hỗ trợ, rồi xác định nguyên nhân").waitFor();
			await shot(page, "ho-tro-chua-co");
			await axe(page);
			await page.getByRole("button", { name: "Lập hồ sơ hỗ trợ" }).click();
			await page.getByRole("button", { name: "Lập hồ sơ", exact: true }).click();
			await toast(page, "Đã lập hồ sơ hỗ trợ");
			await page.getByRole("button", { name: "Ghi nguyên nhân" }).click();
			await page.getByLabel("Phụ nữ đi làm ăn xa nhiều").check();
			await page.getByLabel("Mức độ").selectOption("Nguyên nhân chính");
			await page.getByLabel("Căn cứ").fill("412 chị đi làm ở khu công nghiệp, theo sổ tạm vắng");
			await shot(page, "ho-tro-nguyen-nhan");
			await axe(page);
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nguyên nhân" }).click();
			await toast(page, "Đã ghi vào hồ sơ");
			await page.getByRole("button", { name: "Ghi nhóm phụ nữ" }).click();
			await page.getByLabel("Phụ nữ đi làm ăn xa", { exact: true }).check();
			await page.getByLabel("Số chị chưa vào Hội: Phụ nữ đi làm ăn xa").fill("412");
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nhóm phụ nữ" }).click();
			await page.getByText("Đã đếm 412 chị").waitFor();
			await page.getByRole("button", { name: "Chọn giải pháp" }).click();
			await page.getByLabel(/Phân tích nhóm đối tượng đi làm ăn xa/).check();
			await page.getByLabel("Ai thực hiện").fill("Chủ tịch Hội và 3 chi hội trưởng");
			await page.getByRole("dialog").getByRole("button", { name: "Ghi giải pháp" }).click();
			await page.getByText("Chủ tịch Hội và 3 chi hội trưởng").waitFor();
			await page.getByRole("button", { name: "Lập lộ trình" }).click();
			await page.getByText("Các mốc dưới đây chia đều").waitFor();
			await page.getByRole("dialog").getByRole("button", { name: "Ghi lộ trình" }).click();
			await page.getByText("Mốc tới:").waitFor();
		},
		"phone",
	);
});

test("the officer sees the same story, adds who helps, and it prints on two pages", async () => {
	await visit("province", `/support/${unitId}`, async (page) => {
		await page.getByText("412 chị đi làm ở khu công nghiệp").waitFor();
		await page.getByRole("button", { name: "Ghi nguồn lực, phối hợp" }).click();
		await page.getByRole("button", { name: "Thêm nguồn lực" }).click();
		await page.getByLabel("Nội dung").fill("Hỗ trợ ra mắt CLB nữ công nhân khu nhà trọ");
		await page.getByLabel("Số tiền (đồng, nếu có)").fill("15000000");
		await page.getByLabel("Chủ nhà trọ").check();
		await page.getByLabel("Cùng làm việc gì").fill("Cho mượn chỗ sinh hoạt, báo chị em mới đến");
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nguồn lực, phối hợp" }).click();
		await page.getByText("Cộng: 15.000.000 đồng").waitFor();
		await shot(page, "ho-tro-ho-so");
		await axe(page);
		await page.emulateMedia({ media: "print" });
		await shot(page, "ho-tro-in");
		const pdf = await page.pdf({ format: "A4", margin: { top: "20mm", bottom: "20mm", left: "30mm", right: "20mm" } });
		const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
		assert.ok(pages >= 1 && pages <= 2, `${pages} pages`);
	});
});

test("a full case, too, prints on two pages", async () => {
	const { case: found } = await database.call(people.chair, "support.show", { unitId });
	const catalogue: { code: string; kind: string }[] = await database.call(people.chair, "support.catalogue");
	const codes = (kind: string, many: number) =>
		catalogue
			.filter((one) => one.kind === kind)
			.map(({ code }) => code)
			.slice(0, many);
	const evidence = "Theo sổ theo dõi của chi hội và ý kiến chị em tại ba buổi sinh hoạt gần đây.";
	await database.call(people.chair, "support.save", {
		unitId,
		version: found.version,
		causes: codes("cause", 6).map((cause, at) => ({ cause, weight: 1 + (at % 3), evidence })),
		groups: codes("group", 6).map((group) => ({ group, women: 120, note: "Đếm theo khu phố." })),
		solutions: codes("solution", 9).map((solution) => ({
			solution,
			begunOn: "2025-12-01",
			responsible: "Ban Thường vụ Hội",
		})),
		partners: codes("partner", 5).map((partner) => ({ partner, task: "Cùng rà soát, vận động" })),
	});
	await visit("chair", "/support", async (page) => {
		await page.getByText("Đếm theo khu phố.").first().waitFor();
		await page.emulateMedia({ media: "print" });
		await shot(page, "ho-tro-in-day");
		const pdf = (
			await page.pdf({ format: "A4", margin: { top: "20mm", bottom: "20mm", left: "30mm", right: "15mm" } })
		).toString("latin1");
		const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
		assert.equal(pages, 2);
	});
});

test("of two who edit at once the second is told and keeps what she wrote", async () => {
	await visit("province", `/support/${unitId}`, async (page) => {
		await page.getByRole("button", { name: "Ghi nguyên nhân" }).click();
		await page.getByLabel("Phụ nữ đi làm ăn xa nhiều").waitFor();
		const { case: found } = await database.call(people.chair, "support.show", { unitId });
		await database.call(people.chair, "support.save", {
			unitId,
			version: found.version,
			note: "Chị em rất mong có CLB",
		});
		await page.getByLabel("Một số bận ở nhà trông con cháu").check();
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nguyên nhân" }).click();
		await page.getByText("Người khác vừa sửa hồ sơ này").waitFor();
		await shot(page, "ho-tro-hai-nguoi");
		assert.ok(await page.getByLabel("Một số bận ở nhà trông con cháu").isChecked());
	});
});

test("the province lists whom to support, reviews them all, and reads causes counted", async () => {
	await visit("province", "/support", async (page) => {
		await page.getByRole("heading", { name: "Danh sách cơ sở chưa đạt trên 60%" }).waitFor();
		await page.getByRole("button", { name: "Rà soát, lập hồ sơ" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Rà soát", exact: true }).click();
		await toast(page, /Đã lập \d+ hồ sơ/);
		await page.getByRole("heading", { name: "Nguyên nhân được nêu" }).waitFor();
		await page.getByText("Phụ nữ đi làm ăn xa nhiều").waitFor();
		await shot(page, "ho-tro-tinh");
		await axe(page);
		await page.getByLabel("Theo đơn vị").selectOption("Trước 01/7/2025");
		await page
			.getByText(/Tỉnh Bình Phước/)
			.first()
			.waitFor();
		await shot(page, "ho-tro-tinh-cu");
	});
	const { counts } = await database.call(people.province, "support.list", { unitId: province });
	assert.ok(counts.under + counts.exactly > 3);
	const old = await database.call(people.province, "support.list", { unitId: province, on: "2023-05-29" });
	assert.ok(old.rows.length > counts.under, "what the province was made of");
	const across = await database.call(people.cluster, "support.list", {});
	assert.equal(across.rows.length, counts.under + counts.exactly, "a cluster reads across its provinces");
});

test("an entry of the commune's own is offered to all by the level above", async () => {
	await visit("chair", "/support/catalogue", async (page) => {
		await page.getByRole("button", { name: /^Thêm mục của/ }).click();
		await page.getByLabel("Loại").selectOption("Nhóm phụ nữ khó tập hợp");
		await page.getByLabel("Nội dung").fill("Phụ nữ làng nghề gốm");
		await page.getByRole("button", { name: "Thêm vào danh mục" }).click();
		await toast(page, "Đã thêm vào danh mục");
	});
	await visit("province", "/support/catalogue", async (page) => {
		await page.getByText("Phụ nữ làng nghề gốm").first().waitFor();
		await shot(page, "ho-tro-danh-muc");
		await axe(page);
		await page.getByRole("button", { name: /Giới thiệu cho mọi đơn vị.*Phụ nữ làng nghề gốm/ }).click();
		await toast(page, "Đã giới thiệu cho mọi đơn vị dưới quyền");
	});
});

test("the centre reads the country's list beside the guidance's own number", async () => {
	await visit(
		"centre",
		"/support",
		async (page) => {
			await page.getByText("trên 2.129 cơ sở dưới 60% thuộc 46 tỉnh/thành", { exact: false }).waitFor();
			await shot(page, "ho-tro-trung-uong");
			await axe(page);
		},
		"phone",
	);
});
