import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { people, visit, database } = await openBelievableSite();
await database.owner.query("update app.account set display_name = 'Đặng Thị Sáu' where id = $1", [
	people.province.accountId,
]);

test("communes without an officer are named, given to one, and she notes her visit from the phone", async () => {
	await visit("province", "/assistance", async (page) => {
		await page.getByText(/cơ sở chưa có cán bộ phụ trách, trong đó/).waitFor();
		await shot(page, "phan-cong-chua-co");
		await axe(page);
		await page.getByLabel("Tìm cơ sở hoặc cán bộ").fill("tan trieu");
		await page.getByRole("checkbox", { name: "Chọn Phường Tân Triều" }).check();
		await page.getByRole("button", { name: "Phân công cho 1 cơ sở" }).click();
		const she = await page.locator("option", { hasText: "Đặng Thị Sáu" }).getAttribute("value");
		await page.getByLabel("Người được phân công").selectOption(she);
		await page.getByLabel("Theo văn bản").fill("Thông báo 15/TB-BTV");
		await page.getByRole("textbox", { name: "Từ ngày" }).fill("10/07/2025");
		await shot(page, "phan-cong-can-bo");
		await axe(page);
		await page.getByRole("button", { name: "Phân công", exact: true }).click();
		await toast(page, "Đã phân công 1 cơ sở");
	});
	await visit(
		"province",
		"/assistance/mine",
		async (page) => {
			await page.getByText("quá hạn đi cơ sở").first().waitFor();
			await page.getByText("hạn đi cơ sở 10/10/2025", { exact: false }).waitFor();
			await shot(page, "xa-cua-toi");
			await axe(page);
			await page.getByRole("button", { name: "Ghi một lần đi cơ sở" }).click();
			await page.getByLabel("Ở chi hội, tổ, câu lạc bộ").selectOption({ label: "Chi hội phụ nữ khu phố 9" });
			await page.getByLabel("Ghi chép").fill("Chị em muốn sinh hoạt buổi tối.\nĐã hướng dẫn lập nhóm Zalo.");
			await shot(page, "ghi-di-co-so");
			await axe(page);
			await page.getByRole("button", { name: "Ghi", exact: true }).click();
			await toast(page, "Đã ghi lần đi cơ sở");
			await page.getByText("0 quá hạn đi cơ sở", { exact: false }).waitFor();
			await page.getByText("Chị em muốn sinh hoạt buổi tối.", { exact: false }).waitFor();
			await shot(page, "xa-cua-toi-da-di");
		},
		"phone",
	);
	await visit("province", `/assistance/visits/${people.commune}`, async (page) => {
		await page.getByText("Sinh hoạt chi hội, Chi hội phụ nữ khu phố 9", { exact: false }).waitFor();
		await shot(page, "co-so-ai-phu-trach");
		await axe(page);
	});
});

test("the centre gives a cluster its communes, the cluster chooses the one pilot of a province and looks back on it", async () => {
	await visit("centre", "/assistance", async (page) => {
		await page.getByRole("button", { name: "Giao cho Cụm thi đua" }).click();
		await page.getByRole("combobox", { name: "Cụm thi đua" }).selectOption({ index: 4 });
		await page.getByLabel("Theo văn bản").fill("Công văn 20/CV-BTC");
		await shot(page, "phan-cong-cum");
		await page.getByRole("button", { name: "Để sau" }).click();
	});
	await visit(people.cluster, "/assistance/pilots", async (page) => {
		await page.getByText("mà chưa chọn cơ sở thí điểm", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Chọn thí điểm Tỉnh Đồng Nai" }).click();
		await page.getByLabel("Cơ sở chưa đạt trên 60%").selectOption({ index: 1 });
		await page.getByRole("button", { name: "Chọn thí điểm", exact: true }).click();
		await toast(page, "Đã chọn cơ sở thí điểm của Tỉnh Đồng Nai");
		await page.getByText("đang thí điểm").waitFor();
		await shot(page, "thi-diem");
		await axe(page);
		await page.getByRole("button", { name: "Đánh giá Tỉnh Đồng Nai" }).click();
		await page.getByLabel("Kinh nghiệm rút ra").fill("Họp chi hội vào buổi tối đông hơn.");
		await page.getByRole("textbox", { name: "Đã tập huấn cán bộ cấp tỉnh ngày" }).fill("20/11/2025");
		await shot(page, "thi-diem-danh-gia");
		await page.getByRole("button", { name: "Ghi đánh giá" }).click();
		await toast(page, "Đã ghi đánh giá thí điểm");
		await page.getByText("đang làm ở các cơ sở còn lại", { exact: false }).waitFor();
	});
});

test("the officer looks through the reports of her own communes alone", async () => {
	const { periodId } = await database.call(database.operator, "reports.open", {
		kind: "ad_hoc",
		name: "Báo cáo nhanh tháng 11 năm 2025",
		opensOn: "2025-11-10",
		from: "2025-09-01",
		dataUntil: "2025-11-15",
		dueOn: "2025-11-30",
		dueLevels: {},
		levels: ["commune", "province", "centre"],
	});
	await visit("province", `/reports?period=${periodId}`, async (page) => {
		await page.getByRole("checkbox", { name: "Chỉ xã của tôi (1)" }).check();
		await page.getByText("0/1 đơn vị đã gửi", { exact: false }).waitFor();
		await shot(page, "bao-cao-xa-cua-toi");
		await axe(page);
	});
});
