import assert from "node:assert/strict";
import { test } from "node:test";
import { uuidv7 } from "../src/core/id.ts";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

// One pilot commune, Phường Tân Triều, through all four steps, with the paper of each.
const { people, visit, database } = await openBelievableSite();
const { call, owner, unit } = database;
const provinceId = await unit("75");
await call(people.cluster, "assistance.choosePilot", {
	provinceId,
	communeId: people.commune,
	chosenOn: "2025-08-01",
});
let address = "";

test("step 1: the cluster opens the round and writes the minutes; what is missing is named, then the step closes", async () => {
	await visit(people.cluster, "/assistance/rounds", async (page) => {
		await page.getByText("mà chưa mở đợt hỗ trợ", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Mở đợt hỗ trợ" }).click();
		await page.getByRole("combobox", { name: "Tỉnh, thành phố" }).selectOption({ label: "Tỉnh Đồng Nai" });
		await page.getByRole("textbox", { name: "Ngày mở" }).fill("01/08/2025");
		await page.getByRole("dialog").getByRole("button", { name: "Mở đợt hỗ trợ" }).click();
		await toast(page, "Đã mở đợt hỗ trợ");
		await page.getByText("Đang ở bước 1", { exact: false }).waitFor();
		address = new URL(page.url()).pathname;
		await page.getByText("Biên bản làm việc giữa Cụm và Hội LHPN tỉnh", { exact: true }).waitFor();
		await page.getByRole("button", { name: "Ghi biên bản" }).click();
		await page.getByRole("textbox", { name: "Ngày làm việc" }).fill("05/08/2025");
		await page.getByLabel("Địa điểm").fill("Trụ sở Hội LHPN tỉnh");
		await page.getByRole("textbox", { name: "Hỗ trợ từ ngày" }).fill("05/08/2025");
		await page.getByRole("textbox", { name: "Hỗ trợ đến ngày" }).fill("31/12/2026");
		await page
			.getByLabel("Chủ trương đã thống nhất")
			.fill("Hỗ trợ các cơ sở chưa đạt trên 60%, thí điểm ở Phường Tân Triều.");
		await page.getByLabel("Nội dung hỗ trợ").fill("Rà soát nguyên nhân, hội thảo, hoạt động tại cơ sở.");
		await page.getByLabel("Cách thức hỗ trợ").fill("Cầm tay chỉ việc tại chi hội.");
		await page.getByLabel("Trách nhiệm của Cụm").fill("Tư vấn, đánh giá sau mỗi hoạt động.");
		await page.getByLabel("Trách nhiệm của cấp tỉnh").fill("Chủ động, chịu trách nhiệm chính.");
		await page.getByRole("textbox", { name: "Tình hình các cơ sở tính đến ngày" }).fill("01/08/2025");
		await shot(page, "buoc-1-bien-ban");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Ghi biên bản" }).click();
		await toast(page, "Đã ghi biên bản");
		await page.getByText("Trách nhiệm của cơ sở", { exact: true }).waitFor();
		await shot(page, "buoc-1-con-thieu");
		await axe(page);
		await page.getByRole("button", { name: "Sửa biên bản" }).click();
		await page.getByLabel("Trách nhiệm của cơ sở").fill("Thực hiện lộ trình.");
		await page.getByRole("dialog").getByRole("button", { name: "Ghi biên bản" }).click();
		await toast(page, "Đã ghi biên bản");
		await page.getByRole("button", { name: "Khép bước 1" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Khép bước 1" }).click();
		await toast(page, "Đã khép bước 1");
	});
});

test("step 2: the workshop with the commune, whose case says cause and solution, ends in an issued plan", async () => {
	const { rows } = await owner.query(
		`insert into app.support_case (id, unit_id, opened_on, opened_by, why, changed_by) values ($1, $2, '2025-08-20', $3, 'rule', $3)
			returning id`,
		[uuidv7(), people.commune, people.chair.accountId],
	);
	await owner.query("insert into app.support_cause (case_id, cause, weight) values ($1, 'cause.away', 3)", [
		rows[0].id,
	]);
	await owner.query(
		"insert into app.support_solution (id, case_id, solution, begun_on) values ($1, $2, 'solution.b3', '2025-09-15')",
		[uuidv7(), rows[0].id],
	);
	await visit("province", address, async (page) => {
		await page.getByRole("button", { name: "Ghi hội thảo" }).click();
		await page.getByRole("textbox", { name: "Ngày hội thảo" }).fill("01/09/2025");
		await page.getByLabel("Số cơ sở phấn đấu đạt từ 60% trở lên").fill("1");
		await page.getByRole("textbox", { name: "Chậm nhất ngày" }).fill("24/11/2026");
		await page.getByLabel("Nguồn lực tỉnh bố trí").fill("60 triệu đồng của tỉnh");
		await page.getByLabel("Mời cơ sở chưa đạt trên 60%").selectOption(String(people.commune));
		await page.getByLabel("Phường Tân Triều: có dự").selectOption("yes");
		await page.getByLabel("Phường Tân Triều: số hội viên phải đạt").fill("16500");
		await page.getByRole("textbox", { name: "Phường Tân Triều: đạt vào ngày" }).fill("24/11/2026");
		await shot(page, "buoc-2-hoi-thao");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Ghi hội thảo" }).click();
		await toast(page, "Đã ghi hội thảo");
		await page.getByText("Phụ nữ đi làm ăn xa nhiều").waitFor();
		await page.getByText("Kế hoạch hành động đã ban hành (số, ngày)").waitFor();
		await page.getByRole("button", { name: "Ban hành kế hoạch" }).click();
		await page.getByLabel("Số kế hoạch").fill("12/KH-BTV");
		await page.getByRole("textbox", { name: "Ngày ban hành" }).fill("10/09/2025");
		await page.getByRole("dialog").getByRole("button", { name: "Ban hành kế hoạch" }).click();
		await toast(page, "Đã ghi kế hoạch hành động");
		await page.getByRole("button", { name: "Khép bước 2" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Khép bước 2" }).click();
		await toast(page, "Đã khép bước 2");
	});
});

test("step 3: an activity dated before its plan is refused in words; its result is noted; an issue goes to the right channel", async () => {
	await visit("province", address, async (page) => {
		await page.getByRole("button", { name: "Thêm hoạt động" }).click();
		await page.getByLabel("Tên hoạt động").fill("Ra mắt câu lạc bộ phụ nữ trẻ");
		await page.getByRole("textbox", { name: "Ngày dự kiến" }).fill("09/09/2025");
		await page.getByLabel("Họ và tên người giúp đỡ").fill("Bà Nguyễn Thị Tư Vấn");
		await page.getByRole("button", { name: "Ghi hoạt động" }).click();
		await page.getByText("Kế hoạch 12/KH-BTV ban hành ngày 10/09/2025", { exact: false }).first().waitFor();
		await page.getByRole("textbox", { name: "Ngày dự kiến" }).fill("01/10/2025");
		await shot(page, "buoc-3-hoat-dong");
		await axe(page);
		await page.getByRole("button", { name: "Ghi hoạt động" }).click();
		await toast(page, "Đã ghi hoạt động");
		await page.getByText("quá ngày dự kiến", { exact: false }).first().waitFor();
		await page.getByRole("button", { name: "Nêu vấn đề lên cấp trên" }).click();
		await page.getByText("thông qua Ban Tổ chức", { exact: false }).waitFor();
		await page.getByRole("textbox", { name: "Vấn đề" }).fill("Cấp ủy chỉ cho mỗi người một đoàn thể.");
		await page.getByRole("button", { name: "Gửi" }).click();
		await toast(page, "Đã nêu lên Trung ương Hội");
		await page.getByRole("button", { name: "Ghi kết quả Ra mắt câu lạc bộ phụ nữ trẻ" }).click();
		await page.getByRole("textbox", { name: "Ngày đã làm" }).fill("03/10/2025");
		await page.getByRole("textbox", { name: "Kết quả", exact: false }).fill("Kết nạp 42 hội viên.");
		await page.getByLabel("Số lượt người tham gia").fill("120");
		await page.getByRole("dialog").getByRole("button", { name: "Ghi kết quả" }).click();
		await toast(page, "Đã ghi kết quả hoạt động");
		await page.getByText("Trả lời hoặc chuyển tiếp 1 vấn đề đã nêu").waitFor();
		await shot(page, "buoc-3");
		await axe(page);
	});
	await visit("centre", address, async (page) => {
		await page.getByRole("button", { name: "Trả lời, hoặc chuyển lên cấp trên" }).click();
		await page.getByRole("textbox", { name: "Trả lời" }).fill("Đã làm việc với Ban Tổ chức Tỉnh ủy.");
		await page.getByRole("dialog").getByRole("button", { name: "Trả lời", exact: true }).click();
		await toast(page, "Đã trả lời");
	});
	await call(people.province, "assistance.closeStep", { roundId: address.split("/").at(-1), step: 3 });
});

test("step 4: the cluster evaluates, what is still due is named, and each step's paper is downloaded", async () => {
	await visit(
		people.cluster,
		address,
		async (page) => {
			await page.getByRole("button", { name: "Đánh giá Ra mắt câu lạc bộ phụ nữ trẻ" }).click();
			await page.getByLabel("Đánh giá, kinh nghiệm rút ra").fill("Nên họp vào buổi tối.");
			await page.getByRole("button", { name: "Ghi đánh giá" }).click();
			await toast(page, "Đã ghi đánh giá");
			await page.getByText("Nên họp vào buổi tối.").waitFor();
			await page.getByText("Ít nhất một bản cập nhật gửi Thường trực qua Ban Tổ chức").waitFor();
			await shot(page, "buoc-4");
			await axe(page);
		},
		"phone",
	);
	await visit("province", address, async (page) => {
		for (const [index, name] of [
			"bien-ban-ho-tro-co-so",
			"ke-hoach-ho-tro-co-so",
			"bao-cao-hoat-dong-ho-tro-co-so",
		].entries()) {
			await page.getByRole("button", { name: "Tải văn bản Word" }).nth(index).click();
			const download = page.waitForEvent("download");
			await page.getByRole("button", { name: "Tải Word" }).click();
			assert.match((await download).suggestedFilename(), new RegExp(`^${name}-75-`));
			await page.getByRole("dialog").waitFor({ state: "detached" });
		}
	});
	await visit(people.cluster, "/assistance/rounds", async (page) => {
		await page.getByText("Bước 4: Đánh giá, cập nhật định kỳ").waitFor();
		await shot(page, "cac-buoc");
		await axe(page);
	});
});
