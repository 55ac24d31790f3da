import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

// A commune, its province and the centre go through one close: signed, returned at a figure, signed again, approved, locked.

const { database, people, visit } = await openBelievableSite();

const { periodId } = await database.call(database.operator, "reports.open", {
	kind: "ad_hoc",
	name: "Báo cáo nhanh tháng 11 năm 2025",
	opensOn: "2025-11-10",
	from: "2025-09-01",
	dataUntil: "2025-11-15",
	dueOn: "2025-11-30",
	dueLevels: { commune: "2025-11-18", province: "2025-11-25" },
	levels: ["commune", "province", "centre"],
});
const address = `/reports?period=${periodId}`;

test("the centre opens the half-year the calendar proposes", async () => {
	await visit(people.centre, "/reports", async (page) => {
		await page.getByRole("button", { name: "Mở kỳ 6 tháng cuối năm 2025" }).click();
		await page.getByLabel("Tên kỳ").waitFor();
		await shot(page, "bao-cao-mo-ky");
		await axe(page);
		await page.getByRole("button", { name: "Mở kỳ báo cáo" }).click();
		await toast(page, "Đã mở kỳ");
		await page.getByText("số liệu đến hết ngày 24/11/2025", { exact: false }).first().waitFor();
		await page.getByRole("button", { name: "Khóa kỳ 6 tháng cuối năm 2025" }).click();
		await toast(page, "Đã khóa kỳ 6 tháng cuối năm 2025.");
		await shot(page, "bao-cao-lich");
		await axe(page);
		await page.getByRole("button", { name: "Mở lại kỳ 6 tháng cuối năm 2025" }).click();
		await toast(page, "Đã mở lại kỳ 6 tháng cuối năm 2025.");
	});
});

test("the chair sees her figures before anything else, says what is asked, signs and sends", async () => {
	await visit(
		people.chair,
		address,
		async (page) => {
			await page.getByRole("heading", { name: /Phường Tân Triều/ }).waitFor();
			await page.getByText("tạm tính", { exact: false }).first().waitFor();
			await page.getByText("Đã quá hạn ngày 18/11/2025", { exact: false }).waitFor();
			await shot(page, "bao-cao-xa");
			await axe(page);
			await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
			await page.getByText("Hãy điền mục này.").first().waitFor();
			await page.getByLabel("Đánh giá kết quả tập hợp").fill("Các chi hội đã rà soát hội viên từng khu phố.");
			await page.getByLabel("Văn bản kèm theo").fill("Biên bản số 05/BB ngày 14/11/2025");
			await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
			await toast(page, "Đã ký, gửi báo cáo.");
			await page.getByText("gửi muộn, hạn 18/11/2025", { exact: false }).waitFor();
		},
		"phone",
	);
});

test("the province sees who is missing, copies a reminder, and returns a report at a figure; the chair sends it again", async () => {
	await visit(people.province, address, async (page) => {
		await page.getByRole("heading", { name: "Báo cáo của các đơn vị cấp dưới" }).waitFor();
		await page.getByText("đơn vị chưa gửi", { exact: false }).first().click();
		await page.getByText("Đề nghị các chị vào mục Báo cáo định kỳ", { exact: false }).waitFor();
		await shot(page, "bao-cao-tinh");
		await axe(page);
		await page.getByLabel("Xem").selectOption("waiting");
		await page.getByRole("link", { name: "Phường Tân Triều" }).click();
		await page.getByRole("button", { name: "Trả lại, nêu lý do" }).click();
		await page.getByLabel("Tại số liệu").selectOption("unlisted");
		await page.getByLabel("Lý do").fill("Hãy nhập tiếp danh sách chi hội khu phố 9.");
		await page.getByRole("button", { name: "Thêm lý do ở số liệu khác" }).click();
		await page.getByText("Hãy nhập tiếp danh sách chi hội khu phố 9.", { exact: false }).waitFor();
		await page.getByLabel("Lý do").fill("Hãy ghi rõ hơn phần đánh giá.");
		await shot(page, "bao-cao-tra-lai");
		await axe(page);
		await page.getByRole("button", { name: "Trả lại báo cáo" }).click();
		await toast(page, "Đã trả lại báo cáo.");
		await page.getByText("Đề nghị chỉnh sửa").first().waitFor();
	});
	await visit(people.chair, address, async (page) => {
		await page.getByText("Hãy nhập tiếp danh sách chi hội khu phố 9.", { exact: false }).waitFor();
		await page.getByText("Hãy ghi rõ hơn phần đánh giá.", { exact: false }).waitFor();
		await shot(page, "bao-cao-xa-tra-lai");
		await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
		await toast(page, "Đã ký, gửi báo cáo.");
	});
	await visit(people.province, `${address}&unit=${people.commune}`, async (page) => {
		await page.getByRole("button", { name: "Duyệt, khóa báo cáo" }).click();
		await toast(page, "Đã duyệt, khóa báo cáo");
		await page.getByText("SHA-256", { exact: false }).waitFor();
		await shot(page, "bao-cao-da-chot");
		await axe(page);
	});
});

test("the province approves in one act what does not jump, names who is missing, and the centre locks its report and its own", async () => {
	const { rows } = await database.call(people.province, "reports.list", { periodId });
	const others = rows.filter(({ state }: { state: string }) => state === "none").slice(0, 3);
	for (const { unitId, code } of others) {
		const chair = await database.person(`chair.${unitId}`, "commune_chair", code, "2025-11-20");
		const { live } = await database.call(chair, "reports.show", { periodId, unitId });
		await database.call(chair, "reports.draft", { periodId, unitId, version: 0, words: { results: "Đã rà soát." } });
		const { report } = await database.call(chair, "reports.show", { periodId, unitId });
		await database.call(chair, "reports.submit", {
			periodId,
			unitId,
			version: report.version,
			seen: live.seen,
			as: "Chủ tịch",
		});
	}
	await visit(people.province, address, async (page) => {
		await page.getByRole("button", { name: /^Duyệt \d+ báo cáo không có gì cần xem riêng$/ }).click();
		await toast(page, /Đã duyệt, khóa \d+ báo cáo/);
		await page.getByText("Số liệu trên chưa gồm", { exact: false }).waitFor();
		await page.getByLabel("Đánh giá kết quả tập hợp").fill("Tỉnh đã kiểm tra số liệu của các cơ sở.");
		await page.getByLabel(/Gửi khi còn thiếu/).check();
		await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
		await toast(page, "Đã ký, gửi báo cáo.");
		await shot(page, "bao-cao-tinh-da-gui");
		await axe(page);
	});
	await visit(people.centre, address, async (page) => {
		await page.getByLabel("Xem").selectOption("waiting");
		await page.getByText("Nêu còn thiếu", { exact: false }).waitFor();
		await shot(page, "bao-cao-trung-uong");
		await axe(page);
		await page.getByRole("link", { name: "Tỉnh Đồng Nai" }).click();
		await page.getByRole("button", { name: "Duyệt, khóa báo cáo" }).click();
		await toast(page, "Đã duyệt, khóa báo cáo");
	});
	await visit(people.centre, address, async (page) => {
		await page.getByLabel("Đánh giá kết quả tập hợp").fill("Toàn quốc đã chốt số liệu.");
		await page.getByLabel(/Gửi khi còn thiếu/).check();
		await page.getByRole("button", { name: "Ký, gửi báo cáo" }).click();
		await toast(page, "Đã ký, gửi báo cáo.");
		await page.getByRole("button", { name: "Duyệt, khóa báo cáo" }).click();
		await toast(page, "Đã duyệt, khóa báo cáo");
	});
	const { report } = await database.call(people.centre, "reports.show", { periodId });
	assert.equal(report.state, "locked");
});

test("a cluster reads its provinces' reports and says a word; it decides nothing", async () => {
	await visit(people.cluster, address, async (page) => {
		await page.getByRole("link", { name: "Tỉnh Đồng Nai" }).click();
		await page.getByRole("button", { name: "Góp ý" }).click();
		await page.getByLabel("Ý kiến").fill("Cụm đề nghị tỉnh bổ sung các xã còn thiếu.");
		await page.getByRole("button", { name: "Ghi góp ý" }).click();
		await toast(page, "Đã ghi góp ý.");
		await page.getByText("Cụm đề nghị tỉnh bổ sung", { exact: false }).waitFor();
		assert.equal(await page.getByRole("button", { name: "Duyệt, khóa báo cáo" }).count(), 0);
	});
});

test("a correction stands beside what was reported until the province approves it", async () => {
	await visit(people.chair, address, async (page) => {
		await page.getByRole("button", { name: "Điều chỉnh số liệu đã báo cáo" }).click();
		await page.getByLabel("Lý do điều chỉnh").fill("Bổ sung văn bản kèm theo.");
		await shot(page, "bao-cao-dieu-chinh");
		await axe(page);
		await page.getByRole("button", { name: "Ký, gửi báo cáo điều chỉnh" }).click();
		await toast(page, "Đã gửi báo cáo điều chỉnh.");
	});
	await visit(people.province, `${address}&unit=${people.commune}`, async (page) => {
		await page.getByText("điều chỉnh, chờ duyệt", { exact: false }).first().waitFor();
		await page.getByText("đề nghị điều chỉnh: Bổ sung văn bản kèm theo.", { exact: false }).waitFor();
		await shot(page, "bao-cao-duyet-dieu-chinh");
		await axe(page);
		await page.getByRole("button", { name: "Duyệt điều chỉnh" }).click();
		await page.getByText("điều chỉnh vì: Bổ sung văn bản kèm theo.", { exact: false }).waitFor();
		await page.getByText("Bản 1", { exact: false }).waitFor();
	});
});

test("on her first screen the chair sees what is due, and what she reported beside what is true now", async () => {
	await visit(
		people.chair,
		"/",
		async (page) => {
			await page.getByRole("heading", { name: "Kỳ báo cáo: 6 tháng cuối năm 2025" }).waitFor();
			await page.getByText("15.599 hội viên, 57,60% (đã chốt)", { exact: false }).waitFor();
			await shot(page, "bao-cao-tong-quan");
			await axe(page);
		},
		"phone",
	);
});
