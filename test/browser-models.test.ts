import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { database, people, visit } = await openBelievableSite();
const [hall, other] = people.branches as [number, number];

test("a head records her branch's evening with a thumb, once; her commune sees who is behind", async () => {
	await visit(
		"head",
		"/",
		async (page) => {
			await page.getByRole("link", { name: "Ghi buổi sinh hoạt" }).tap();
			await page.getByText("Chưa ghi buổi nào trong thời gian này").waitFor();
			await shot(page, "sinh-hoat-chua-co");
			await axe(page);
			await page.getByRole("button", { name: "Ghi buổi sinh hoạt" }).tap();
			const form = page.getByRole("dialog");
			await form.getByRole("button", { name: "Ghi buổi này" }).tap();
			await form.getByText("Hãy điền mục này.").waitFor();
			await form.getByLabel("Chủ đề, nội dung").fill("Phòng, chống bạo lực gia đình");
			await form.getByLabel("Số hội viên dự").fill("31");
			await form.getByLabel("Người khác cùng dự").fill("4");
			await shot(page, "sinh-hoat-ghi");
			await axe(page);
			await form.getByRole("button", { name: "Ghi buổi này" }).tap();
			await toast(page, "Đã ghi buổi ngày 20/11/2025.");
			await page.getByText("Buổi sinh hoạt gần nhất:", { exact: false }).waitFor();
			await shot(page, "sinh-hoat-chi-hoi");
			await axe(page);
		},
		"phone",
	);
	const { rows } = await database.call(people.chair, "meetings.list", { unitId: people.commune });
	assert.deepEqual(
		rows.map(({ unitId, members, others }: Record<string, number>) => [unitId, members, others]),
		[[hall, 31, 4]],
	);
	await visit("chair", "/meetings", async (page) => {
		await page.getByRole("heading", { name: "Từng chi hội, tổ" }).waitFor();
		await page.getByText("2/3").waitFor();
		await shot(page, "sinh-hoat-xa");
		await axe(page);
	});
	await visit("province", "/meetings", async (page) => {
		await page.getByRole("heading", { name: "Theo đơn vị trực thuộc" }).waitFor();
		await page.getByRole("table", { name: "Chi hội, tổ quá 3 tháng chưa sinh hoạt" }).waitFor();
		await shot(page, "sinh-hoat-tinh");
		await axe(page);
	});
});

test("a chair records a model, makes a club one, pairs two branches and judges a branch", async () => {
	await visit("chair", "/models", async (page) => {
		await page.getByText("Chưa có mô hình nào").waitFor();
		await page.getByRole("button", { name: "CLB Phụ nữ khởi nghiệp" }).click();
		const form = page.getByRole("dialog");
		await form.getByLabel("Tập hợp *").selectOption("trade");
		await form.getByLabel("Dành cho nhóm").selectOption("group.entrepreneurs");
		await form.getByRole("textbox", { name: "Ngày thành lập" }).fill("08/03/2024");
		await form.getByLabel("Số người tham gia").fill("24");
		await form.getByLabel("Ai giúp").fill("Hội Nữ doanh nhân tỉnh");
		await shot(page, "mo-hinh-ghi");
		await axe(page);
		await form.getByRole("button", { name: "Ghi mô hình" }).click();
		await toast(page, "Đã ghi mô hình CLB Phụ nữ khởi nghiệp");
		await page.getByText("1 mô hình, 24 người tham gia.").waitFor();
		await shot(page, "mo-hinh-xa");
		await axe(page);
		await page.getByRole("link", { name: "“1+1”" }).click();
		await page.getByRole("button", { name: "Ghi cặp “1+1”" }).click();
		const pair = page.getByRole("dialog");
		await pair.getByLabel("Hình thức").selectOption("good_branch_weak_branch");
		await pair.getByLabel("Bên giúp: chi hội").selectOption(String(hall));
		await pair.getByLabel("Bên được giúp: chi hội").selectOption(String(other));
		await pair.getByRole("button", { name: "Ghi cặp này" }).click();
		await toast(page, "Đã ghi cặp “1+1”.");
		await page.getByText("khu phố 9 →", { exact: false }).waitFor();
		await shot(page, "mo-hinh-cap");
		await axe(page);
		await page.getByRole("link", { name: "“3 có, 3 biết”" }).click();
		await page.getByRole("button", { name: "khu phố 9" }).click();
		const judged = page.getByRole("dialog");
		await judged.getByLabel("Biết mặt hội viên").selectOption("yes");
		await judged.getByLabel("Có nguồn lực").selectOption("no");
		await judged.getByRole("button", { name: "Ghi kết quả" }).click();
		await toast(page, "Đã ghi “3 có, 3 biết”");
		await page.getByText("1/6").waitFor();
		await shot(page, "mo-hinh-tieu-chi");
		await axe(page);
	});
	await visit(
		"province",
		"/models",
		async (page) => {
			await page.getByRole("heading", { name: "Xã chưa có mô hình" }).waitFor();
			await page.getByRole("list", { name: "Xã chưa có mô hình" }).waitFor();
			await shot(page, "mo-hinh-tinh");
			await axe(page);
		},
		"phone",
	);
	await visit("province", "/models", async (page) => {
		await page.getByRole("table", { name: "Xã chưa có mô hình" }).waitFor();
		await shot(page, "mo-hinh-tinh-pc");
		await axe(page);
	});
});

test("3 cùng: a planned attendance, a wish answered, fostering seen by the commune alone", async () => {
	await visit("chair", "/together", async (page) => {
		await page.getByRole("button", { name: "Ghi lịch dự, buổi đã dự" }).click();
		const form = page.getByRole("dialog");
		await form.getByRole("textbox", { name: "Ngày đã dự" }).fill("15/11/2025");
		await form.getByLabel("Trực tiếp điều hành").check();
		await form.getByRole("button", { name: "Lưu" }).click();
		await toast(page, "Đã ghi.");
		await page.getByText("đã dự 1 buổi", { exact: false }).waitFor();
		await shot(page, "ba-cung");
		await axe(page);
		await page.getByRole("link", { name: "Nguyện vọng" }).click();
		await page.getByRole("button", { name: "Ghi nguyện vọng" }).click();
		const wish = page.getByRole("dialog");
		await wish.getByLabel("Nguyện vọng").fill("Mong được vay vốn chăn nuôi nhỏ");
		await wish.getByRole("button", { name: "Ghi nguyện vọng" }).click();
		await toast(page, "Đã ghi nguyện vọng.");
		await page.getByRole("button", { name: "Mong được vay vốn" }).click();
		const answer = page.getByRole("dialog");
		await answer.getByLabel("Nội dung trả lời").fill("Đã giới thiệu Tổ tiết kiệm và vay vốn ấp Tân Hóa");
		await answer.getByRole("button", { name: "Ghi câu trả lời" }).click();
		await toast(page, "Đã ghi câu trả lời.");
		await page.getByLabel("Xem", { exact: true }).selectOption("all");
		await page.getByText("Đã giới thiệu Tổ tiết kiệm", { exact: false }).waitFor();
		await shot(page, "ba-cung-nguyen-vong");
		await axe(page);
		await page.getByRole("link", { name: "Phát triển đảng viên" }).click();
		await page.getByRole("button", { name: "Đề nghị bồi dưỡng" }).click();
		const fostered = page.getByRole("dialog");
		await fostered.getByRole("textbox", { name: "Hội viên" }).fill("Nguyễn Thị Hoa");
		await page
			.getByRole("option", { name: /Nguyễn Thị Hoa/ })
			.first()
			.click();
		await fostered.getByLabel("Chức danh").selectOption("branch_head");
		await fostered.getByRole("button", { name: "Lưu" }).click();
		await toast(page, "Đã lưu.");
		await page.getByText("Đã đề nghị").waitFor();
		await shot(page, "ba-cung-dang-vien");
		await axe(page);
	});
	await visit("cluster", "/together", async (page) => {
		await page.getByText("Đang bồi dưỡng, phát triển đảng viên").waitFor();
		assert.equal(await page.getByRole("link", { name: "Nguyện vọng" }).count(), 0);
		await shot(page, "ba-cung-cum");
		await axe(page);
	});
});

test("a province gives a programme to communes; those not over 60 % that none reaches stay on the list", async () => {
	await visit("province", "/programmes", async (page) => {
		await page.getByRole("button", { name: "Ghi chương trình, nguồn lực" }).click();
		const form = page.getByRole("dialog");
		await form.getByLabel("Tên").fill("Vốn ủy thác hỗ trợ sinh kế");
		await form.getByLabel("Loại").selectOption("loan");
		await form.getByLabel("Tổng số tiền").fill("500000000");
		await form.getByLabel("Thêm xã").fill("Tân Triều");
		await page.getByRole("option", { name: /Phường Tân Triều/ }).click();
		await form.getByLabel(/Tân Triều: số tiền/).fill("200000000");
		await shot(page, "nguon-luc-ghi");
		await axe(page);
		await form.getByRole("button", { name: "Lưu" }).click();
		await toast(page, "Đã ghi Vốn ủy thác hỗ trợ sinh kế, 1 xã.");
		await page.getByText("500.000.000 đồng").first().waitFor();
		await shot(page, "nguon-luc-tinh");
		await axe(page);
	});
	await visit(
		"chair",
		"/programmes",
		async (page) => {
			await page.getByRole("button", { name: "Vốn ủy thác hỗ trợ sinh kế" }).waitFor();
			await shot(page, "nguon-luc-xa");
			await axe(page);
		},
		"phone",
	);
});
