import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { partOf, wordsOf } from "../src/documents/unzip.harness.ts";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { people, site, visit } = await openBelievableSite();

/** What a person gets who clicks: the file's name, and what is read in it. */
async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; words: string[] }> {
	const [file] = await Promise.all([page.waitForEvent("download"), click()]);
	const xml = await partOf(readFileSync(await file.path()), "word/document.xml");
	return { name: file.suggestedFilename(), words: wordsOf(xml) };
}

test("a province says who signs, words its own recipients, takes a number with the list of communes, and finds it in the register", async () => {
	await visit("province", "/documents", async (page) => {
		await page.getByRole("button", { name: "Sửa địa danh, người ký" }).click();
		await page.getByLabel("Họ tên người ký").fill("Người Ký Mẫu");
		await page.getByLabel("Chức vụ người ký").fill("Phó Chủ tịch");
		await shot(page, "van-ban-nguoi-ky");
		await axe(page);
		await page.getByRole("button", { name: "Ghi", exact: true }).click();
		await toast(page, "Đã ghi địa danh, người ký");
		await page.getByText("Năm 2025 chưa lấy số nào").waitFor();
		await shot(page, "van-ban");
		await axe(page);
		const list = page.getByRole("article").filter({ hasText: "Danh sách cơ sở Hội chưa đạt" });
		await list.getByRole("button", { name: "Sửa mẫu" }).click();
		const recipients = page.getByLabel("Nơi nhận");
		await recipients.fill("Như trên\nBan {{Tổ chức}}");
		await page.getByRole("button", { name: "Ghi mẫu" }).click();
		await page.getByText("không có trường {{Tổ chức}}", { exact: false }).waitFor();
		await shot(page, "van-ban-truong-sai");
		await axe(page);
		await recipients.fill("Như trên\nBan Tổ chức");
		await page.getByRole("button", { name: "Ghi mẫu" }).click();
		await toast(page, "Đã ghi mẫu văn bản");
		const seen = await downloaded(page, () => list.getByRole("button", { name: "Xem thử (Word)" }).click());
		assert.ok(seen.words.includes("- Ban Tổ chức."));
		// Worded again, and back to the wording before: the form takes it, and it is saved like any other.
		await list.getByRole("button", { name: "Sửa mẫu" }).click();
		await recipients.fill("Lưu: VT");
		await page.getByRole("button", { name: "Ghi mẫu" }).click();
		await toast(page, "Đã ghi mẫu văn bản");
		await list.getByRole("button", { name: "Sửa mẫu" }).click();
		await page.getByText("Các lần sửa mẫu này").click();
		await page.getByRole("button", { name: "Lấy lại bản 1" }).click();
		await shot(page, "van-ban-cac-lan-sua");
		await axe(page);
		assert.equal(await recipients.inputValue(), "Như trên\nBan Tổ chức");
		await page.getByRole("button", { name: "Ghi mẫu" }).click();
		await toast(page, "Đã ghi mẫu văn bản");
	});
	await visit("province", "/gathering?list=not_over", async (page) => {
		await page.getByRole("button", { name: "Tải Word" }).click();
		await page.getByLabel("Số văn bản").selectOption({ label: "Lấy số 01 (Báo cáo)" });
		await shot(page, "van-ban-tai-word");
		await axe(page);
		const dialog = page.getByRole("dialog");
		const { name, words } = await downloaded(page, () => dialog.getByRole("button", { name: "Tải Word" }).click());
		assert.equal(name, "co-so-hoi-chua-dat-tren-60-75-2025-11-20.docx");
		for (const line of ["Số: 01/BC-BTV", "PHÓ CHỦ TỊCH", "Người Ký Mẫu", "- Ban Tổ chức."])
			assert.ok(words.includes(line), line);
		assert.ok(words.some((line) => line.endsWith("ngày 20 tháng 11 năm 2025")));
	});
	await visit(
		"province",
		"/documents",
		async (page) => {
			await page.getByText("Danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%").first().waitFor();
			await page.getByText("01", { exact: true }).waitFor();
			await shot(page, "van-ban-so");
			await axe(page);
		},
		"phone",
	);
});

test("a chair has the report of her commune and not her neighbour's; what is wrong is said in the page, not in a file", async () => {
	await visit("chair", "/gathering", async (page) => {
		await page.getByRole("button", { name: "Tải Word" }).click();
		const dialog = page.getByRole("dialog");
		const { words } = await downloaded(page, () => dialog.getByRole("button", { name: "Tải Word" }).click());
		assert.ok(words.includes("HỘI LIÊN HIỆP PHỤ NỮ"));
		assert.ok(words.includes("Tổng số hội viên"));
		const ask = async (path: string) => {
			const answer = await page.request.get(`${site.address}/files/documents/${path}`);
			return [answer.status(), answer.ok() ? "" : (await answer.json()).code];
		};
		assert.deepEqual(await ask(`gathering_report.docx?unitId=${people.commune + 1}`), [403, "access.denied"]);
		assert.deepEqual(await ask(`not_over_60.docx?unitId=${people.commune}`), [422, "document.level"]);
		assert.deepEqual(await ask(`gathering_report.xlsx?unitId=${people.commune}`), [200, ""]);
		assert.deepEqual(await ask(`gathering_report.docx?unitId=${people.commune}&number=1`), [422, "input.invalid"]);
		assert.deepEqual(await ask(`gathering_report.docx?unitId=x`), [422, "input.invalid"]);
		assert.deepEqual(await ask(`gathering_report.docx?unitId=${people.commune}&on=2025-13-01`), [422, "input.invalid"]);
		assert.deepEqual(await ask("thu.docx"), [404, "path.unknown"]);
	});
});

test("the centre looks at the words of a level", async () => {
	await visit("centre", "/documents?level=commune", async (page) => {
		const report = page.getByRole("article").filter({ hasText: "Báo cáo kết quả tập hợp" });
		await report.getByRole("button", { name: "Sửa mẫu" }).click();
		await page.getByLabel("Phần mở đầu").waitFor();
		await shot(page, "van-ban-mau-chung");
		await axe(page);
	});
});
