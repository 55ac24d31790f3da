import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

// Forms, other periods than half-years, signals before approval, the strip and map of who reports in time, plans and a cluster's report.

const { database, people, visit } = await openBelievableSite();
const { call, operator, owner } = database;
const of = (name: string, from: string, dataUntil: string, dueOn: string, commune: string) => ({
	kind: "ad_hoc",
	name,
	opensOn: dataUntil,
	from,
	dataUntil,
	dueOn,
	dueLevels: { commune },
	levels: ["commune", "province", "cluster", "centre"],
});
const { periodId: before } = await call(
	operator,
	"reports.open",
	of("Báo cáo nhanh tháng 10 năm 2025", "2025-08-01", "2025-10-15", "2025-11-25", "2025-10-20"),
);
const { periodId } = await call(
	operator,
	"reports.open",
	of("Báo cáo nhanh tháng 11 năm 2025", "2025-10-16", "2025-11-15", "2025-12-05", "2025-11-25"),
);
const { rows: waiting } = await call(people.province, "reports.list", { periodId });
const some = [people.commune, ...waiting.map(({ unitId }: { unitId: number }) => unitId)].slice(0, 6);
for (const unitId of new Set(some)) {
	const chair =
		unitId === people.commune
			? people.chair
			: await database.person(`chair.${unitId}`, "commune_chair", `#${unitId}`, "2025-11-20");
	if (unitId === people.commune)
		await owner.query(
			"update app.person set birth = '2012-05-05' where id in (select person_id from app.spell order by id limit 2)",
		);
	for (const period of [before, periodId]) {
		const { live } = await call(chair, "reports.show", { periodId: period, unitId });
		const words = { results: "Đã rà soát từng chi hội." };
		const { version } = await call(chair, "reports.draft", { periodId: period, unitId, version: 0, words });
		await call(chair, "reports.submit", { periodId: period, unitId, version, seen: live.seen, as: "Chủ tịch" });
	}
}
const address = `/reports?period=${periodId}`;

test("the officer sees which reports to look at and why; what stands out is not approved with the others", async () => {
	await visit("province", address, async (page) => {
		await page.getByText("Dấu hiệu cần xem:", { exact: false }).waitFor();
		await page.getByText("Dưới 18 tuổi 1", { exact: false }).waitFor();
		await page.getByLabel("Xem").selectOption("odd");
		await shot(page, "bao-cao-dau-hieu");
		await axe(page);
		await page.getByRole("link", { name: "Phường Tân Triều" }).click();
		await page.getByRole("heading", { name: "Dấu hiệu cần xem trước khi duyệt" }).waitFor();
		await page.getByText("hội viên dưới 18 tuổi", { exact: false }).first().waitFor();
		await shot(page, "bao-cao-dau-hieu-xa");
		await axe(page);
	});
});

test("who reports in time: a strip of periods, a map of provinces, their figures behind one click", async () => {
	await visit("centre", address, async (page) => {
		await page.getByRole("heading", { name: "Gửi báo cáo đúng hạn qua các kỳ" }).waitFor();
		await page.getByRole("heading", { name: "Báo cáo đúng hạn theo tỉnh, thành phố" }).waitFor();
		await page.getByRole("heading", { name: "Gửi báo cáo đúng hạn qua các kỳ" }).scrollIntoViewIfNeeded();
		await page.locator("figure svg text").first().waitFor();
		await shot(page, "bao-cao-dung-han");
		await axe(page);
		await page.getByRole("button", { name: "Xem bảng số liệu" }).first().click();
		await page.getByText("Đúng hạn / gửi muộn / chưa gửi", { exact: false }).waitFor();
		await axe(page);
	});
	await visit("province", address, async (page) => {
		await page.getByRole("heading", { name: "Gửi báo cáo đúng hạn qua các kỳ" }).scrollIntoViewIfNeeded();
		await page.locator("figure svg text").first().waitFor();
		await shot(page, "bao-cao-dung-han-tinh");
	});
});

test("the centre changes a form and opens the plans of the year; a province plans with a number, and the centre sees the sum", async () => {
	await visit("centre", address, async (page) => {
		await page.getByRole("button", { name: "Sửa Báo cáo tập hợp phụ nữ tham gia tổ chức Hội" }).click();
		await page.getByRole("button", { name: "Thêm câu hỏi" }).click();
		await page.getByLabel("Nội dung").last().fill("Mô hình mới trong kỳ");
		await page.getByLabel("Nghề nghiệp").uncheck();
		await shot(page, "bao-cao-bieu-mau");
		await axe(page);
		await page.getByRole("button", { name: "Ghi biểu mẫu" }).click();
		await toast(page, "Đã ghi biểu mẫu.");
		await page.getByText("4 câu hỏi", { exact: false }).first().waitFor();
		await page.getByRole("button", { name: /^Mở kỳ khác/ }).click();
		await page.getByLabel("Loại kỳ").selectOption("plan");
		await page.getByLabel("Tên kỳ").waitFor();
		await shot(page, "bao-cao-mo-ky-khac");
		await axe(page);
		await page.getByRole("button", { name: "Mở kỳ báo cáo" }).click();
		await toast(page, "Đã mở kỳ Kế hoạch năm 2026.");
	});
	const { periods } = await call(operator, "reports.periods");
	const plan = periods.find(({ kind }: { kind: string }) => kind === "plan").id;
	await visit(
		"province",
		`/reports?period=${plan}`,
		async (page) => {
			await page.getByLabel("Số cơ sở Hội sẽ đạt tỷ lệ tập hợp trên 60% trong năm").fill("12");
			await page.getByLabel("Nhiệm vụ, giải pháp và lộ trình của từng cơ sở").fill("Mỗi cơ sở một lộ trình.");
			await shot(page, "ke-hoach-tinh");
			await axe(page);
			await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
			await toast(page, "Đã ký, gửi báo cáo.");
		},
		"phone",
	);
	await visit("centre", `/reports?period=${plan}`, async (page) => {
		await page.getByRole("heading", { name: "Kế hoạch năm 2026: số cơ sở đạt tỷ lệ tập hợp trên 60%" }).waitFor();
		await page.getByText("12", { exact: true }).first().waitFor();
		await shot(page, "ke-hoach-trung-uong");
		await axe(page);
		await page.getByLabel("Xem").selectOption("waiting");
		await page.getByRole("link", { name: "Tỉnh Đồng Nai" }).first().click();
		await page.getByRole("button", { name: "Duyệt, khóa báo cáo" }).click();
		await toast(page, "Đã duyệt, khóa báo cáo");
	});
});

test("a cluster says its own words over its provinces' figures and signs; a reminder goes where one has said", async () => {
	await visit("cluster", address, async (page) => {
		await page.getByLabel("Đánh giá kết quả tập hợp").fill("Cụm đã đôn đốc các tỉnh gửi báo cáo.");
		await page.getByLabel(/Gửi khi còn thiếu/).check();
		await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
		await toast(page, "Đã ký, gửi báo cáo.");
		await page.getByText("Đã gửi, chờ duyệt").first().waitFor();
		await shot(page, "bao-cao-cum");
		await axe(page);
	});
	await visit("chair", address, async (page) => {
		await page.getByLabel("Địa chỉ thư điện tử").fill("hoi.tantrieu@dongnai.test");
		await page.getByRole("button", { name: "Ghi địa chỉ" }).click();
		await toast(page, "Đã ghi địa chỉ nhận lời nhắc.");
	});
});
