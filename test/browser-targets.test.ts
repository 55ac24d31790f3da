import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { people, visit } = await openBelievableSite();

test("the centre enters its own target, looks at the proposal, fixes one row, says why it is less, and hands it down", async () => {
	await visit("centre", "/targets", async (page) => {
		await page.getByText("Trung ương Hội chưa có chỉ tiêu phát triển hội viên", { exact: false }).waitFor();
		await shot(page, "chi-tieu-chua-co");
		await axe(page);
		await page.getByRole("button", { name: /Nhập chỉ tiêu của/ }).click();
		await page.getByLabel("Chỉ tiêu (hội viên)").fill("800000");
		await page.getByLabel("Số văn bản").fill("358/ĐCT-TC");
		await page.getByRole("textbox", { name: "Mốc so sánh: ngày" }).fill("10/06/2022");
		await page.getByLabel("Mốc so sánh: số hội viên").fill("19000000");
		await shot(page, "chi-tieu-trung-uong");
		await axe(page);
		await page.getByRole("button", { name: "Ghi chỉ tiêu" }).click();
		await page.getByText("+800.000 hội viên").waitFor();
		await page.getByText("So với 19.000.000 hội viên ngày 10/06/2022", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Dự kiến phân bổ" }).click();
		await page.getByText("Đủ so với chỉ tiêu trên giao", { exact: false }).waitFor();
		await page.getByLabel("Chỉ tiêu của Thành phố Hà Nội").fill("1000");
		await page.getByText("Đủ so với chỉ tiêu trên giao", { exact: false }).waitFor();
		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("dong nai");
		await page.getByLabel("Chỉ tiêu của Tỉnh Đồng Nai").fill("798000");
		await page.getByText("Thiếu 1.000 so với chỉ tiêu trên giao", { exact: false }).waitFor();
		await page.getByLabel("Số văn bản giao chỉ tiêu").fill("Công văn 358/ĐCT-TC");
		// A document of another day: the figures of that day are others, and she is told.
		await page.getByRole("textbox", { name: "Ngày văn bản" }).fill("10/05/2025");
		await page.getByLabel("Lý do giao thiếu").focus();
		await page.getByText("Cần kiểm tra: dự kiến này theo số liệu ngày 20/11/2025", { exact: false }).waitFor();
		await page.getByRole("textbox", { name: "Ngày văn bản" }).fill("20/11/2025");
		await page.getByLabel("Lý do giao thiếu").fill("Chờ số liệu của các tỉnh còn lại");
		await shot(page, "chi-tieu-phan-bo");
		await axe(page);
		await page.getByRole("button", { name: "Giao chỉ tiêu" }).click();
		await toast(page, "Đã giao chỉ tiêu");
		await page.getByText("Tổng đã giao", { exact: false }).waitFor();
		await shot(page, "chi-tieu-da-giao");
		await axe(page);
	});
});

test("a province hands down to its communes; the chair sees her number, by which document, and cannot change it", async () => {
	await visit("province", "/targets", async (page) => {
		await page.getByText("+798.000 hội viên").waitFor();
		await page.getByRole("button", { name: "Dự kiến phân bổ" }).click();
		await page.getByLabel("Tìm tên hoặc mã đơn vị").fill("tan trieu");
		await page.getByLabel("Chỉ tiêu của Phường Tân Triều").fill("9500");
		await page.getByText("Đủ so với chỉ tiêu trên giao", { exact: false }).waitFor();
		await page.getByLabel("Số văn bản giao chỉ tiêu").fill("12/KH-BTV");
		await page.getByRole("button", { name: "Giao chỉ tiêu" }).click();
		await toast(page, "Đã giao chỉ tiêu");
		await page.getByRole("heading", { name: /trực thuộc đã thực hiện/ }).waitFor();
		await page.getByText("Xem từng xã, còn thiếu bao nhiêu").click();
		await shot(page, "chi-tieu-tinh");
		await axe(page);
	});
	await visit(
		"chair",
		"/targets",
		async (page) => {
			await page.getByText("+9.500 hội viên").waitFor();
			await page.getByText("giao theo 12/KH-BTV", { exact: false }).waitFor();
			await page.getByRole("heading", { name: /Đã thực hiện đến ngày 20\/11\/2025/ }).waitFor();
			await page.getByText(/cần tăng thêm .* mỗi tháng/).waitFor();
			await shot(page, "chi-tieu-xa");
			await axe(page);
		},
		"phone",
	);
	await visit(people.cluster, "/targets", async (page) => {
		await page.getByText("không giao chỉ tiêu", { exact: false }).waitFor();
	});
});

test("the forecast says its interval and how it did on past years, and which communes would not pass", async () => {
	await visit("province", "/targets", async (page) => {
		await page.getByRole("heading", { name: /Dự báo đến ngày/ }).waitFor();
		await page
			.getByText(/Sai số trung vị khi thử trên/)
			.first()
			.waitFor();
		await page.getByRole("heading", { name: /Dự báo .* xã chưa đạt trên 60%/ }).waitFor();
		await page.getByText("Dự báo của từng đơn vị trực thuộc").click();
		await shot(page, "chi-tieu-du-bao");
		await axe(page);
	});
});

test("a target of one's own making has a name and a measure, and its result is recorded with a document", async () => {
	await visit("province", "/targets", async (page) => {
		await page.getByRole("button", { name: "Đặt chỉ tiêu khác, có tên và đơn vị tính" }).click();
		await page.getByLabel("Tên chỉ tiêu").fill("Tổ truyền thông cộng đồng");
		await page.getByLabel("Đơn vị tính").fill("tổ");
		await page.getByRole("textbox", { name: "Chỉ tiêu", exact: true }).fill("95");
		await page.getByLabel("Số văn bản").fill("20/KH-BTV");
		await shot(page, "chi-tieu-khac-dat");
		await axe(page);
		await page.getByRole("button", { name: "Đặt chỉ tiêu", exact: true }).click();
		await toast(page, "Đã đặt chỉ tiêu");
		await page.getByText("95 tổ").waitFor();
		await page.getByRole("button", { name: /Ghi kết quả của/ }).click();
		await page.getByLabel("Đã thực hiện (tổ)").fill("40");
		await page.getByLabel("Số văn bản").fill("Báo cáo 31/BC-BTV");
		await page.getByRole("button", { name: "Ghi kết quả", exact: true }).click();
		await toast(page, "Đã ghi kết quả");
		await page.getByText("theo Báo cáo 31/BC-BTV", { exact: false }).waitFor();
		await shot(page, "chi-tieu-khac-ket-qua");
		await axe(page);
	});
});

test("the centre begins a term; the one before it ends that day", async () => {
	await visit("centre", "/targets", async (page) => {
		await page.getByRole("button", { name: "Bắt đầu nhiệm kỳ mới" }).click();
		await page.getByLabel("Cấp", { exact: true }).selectOption({ label: "Cấp xã" });
		await page.getByLabel("Tên nhiệm kỳ").fill("Nhiệm kỳ 2025 - 2030 (sau đại hội)");
		await page.getByRole("textbox", { name: "Ngày bắt đầu" }).fill("15/11/2025");
		await page.getByLabel("Số văn bản").fill("Nghị quyết 9/NQ");
		await page.getByText("kết thúc ngày 14/11/2025", { exact: false }).waitFor();
		await shot(page, "nhiem-ky-bat-dau");
		await axe(page);
		await page.getByRole("button", { name: "Bắt đầu nhiệm kỳ", exact: true }).click();
		await toast(page, "Đã bắt đầu nhiệm kỳ mới");
		await page.getByText("Nhiệm kỳ 2025 - 2030 (sau đại hội): từ 15/11/2025", { exact: false }).waitFor();
		await shot(page, "nhiem-ky");
		await axe(page);
	});
});
