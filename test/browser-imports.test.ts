import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import { findUnfinished, runImport } from "../src/areas/imports/import-run.ts";
import { workbookBytes } from "../src/sheets/write.ts";
import { arrange, TODAY } from "./believable.ts";
import { axe, openPage, shot, WIDTHS, withBrowser } from "./browser.ts";
import { openTestDatabase } from "./kit.ts";
import { openSite } from "./site.ts";

const database = await openTestDatabase({ today: TODAY });
const people = await arrange(database);
const site = await openSite(database);
// The program's own jobs, with the day of the test.
let carried = Promise.resolve();
const carrying = setInterval(() => {
	carried = carried.then(async () => {
		for (const { id, actor } of await findUnfinished(database))
			await runImport(database, { ...actor, today: TODAY }, id);
	});
}, 1500);
database.beforeClose(async () => {
	clearInterval(carrying);
	await carried;
});

after(() => assert.deepEqual(site.errors, []));

const HEADER = ["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Ngày vào Hội", "Cư trú", "Tạm trú từ ngày", "Điện thoại"];
const GIVEN = ["Yến", "Xuân", "Vân", "Uyên", "Tuyết", "Trang", "Thu", "Thanh", "Tâm", "Sương"];

/** A branch's list as a commune keeps it: a title, a header, ten women in order and four rows that are not. */
function roster(): Promise<Buffer> {
	const sound = GIVEN.map((given, index) => [
		index + 1,
		`Lý Thị ${given}`,
		String(1970 + index),
		"",
		"08/03/2019",
		"Thường trú",
		"",
		`09120000${10 + index}`,
	]);
	return workbookBytes([
		{
			name: "Khu phố 9",
			rows: [
				["DANH SÁCH HỘI VIÊN CHI HỘI PHỤ NỮ KHU PHỐ 9"],
				[],
				HEADER,
				...sound,
				[11, "", "1980", "", "08/03/2019", "Thường trú", "", ""],
				[12, "Lý Thị Non", "2012", "", "08/03/2024", "Thường trú", "", ""],
				[13, "Lý Thị Tạm", "1990", "", "08/03/2024", "Tạm trú", "", ""],
				[14, "Nguyễn Thị Mai", "1970", "", "08/03/2020", "Thường trú", "", ""],
			],
		},
	]);
}

/** The rate on the commune's first page: `57,31%`. */
async function rateOf(page: Page): Promise<string> {
	await page.goto(site.address);
	return (
		/\d+,\d\d%/.exec(
			(await page.getByText("Còn thiếu").locator("xpath=ancestor::section[1]").textContent()) ?? "",
		)?.[0] ?? ""
	);
}

test("a chair drops her roster, corrects what is wrong, commits, and sees her commune's rate change", async () => {
	site.signIn(people.chair);
	await withBrowser(async (browser) => {
		const { page, problems } = await openPage(browser, site.address);
		page.setDefaultTimeout(15_000);
		const before = await rateOf(page);

		await page.goto(`${site.address}/members/import`);
		await page.getByText("Chưa nhập lần nào").waitFor();
		await shot(page, "nhap-danh-sach");
		await axe(page);
		await page
			.getByLabel("Kéo tệp danh sách")
			.setInputFiles({ name: "Khu phố 9.xlsx", mimeType: "application/octet-stream", buffer: await roster() });
		await page.getByRole("heading", { name: "Khu phố 9.xlsx" }).waitFor();
		await page.getByText("sẽ ghi mới").waitFor();
		await shot(page, "nhap-xem-truoc");
		await axe(page);

		await page.getByRole("button", { name: "Xem và sửa các cột" }).click();
		await page.getByLabel("B: Họ và tên").waitFor();
		await shot(page, "nhap-cac-cot");
		await axe(page);
		await page.getByLabel("H: Điện thoại").selectOption({ label: "Ghi chú" });
		await page.getByRole("button", { name: "Đọc lại tệp" }).click();
		await page.getByRole("status").filter({ hasText: "Đã đọc lại tệp" }).waitFor();

		const young = page.getByRole("listitem").filter({ hasText: "Lý Thị Non" });
		await young.getByRole("button", { name: "Sửa dòng này" }).click();
		await young.getByLabel("Ngày sinh hoặc năm sinh").fill("2002");
		await shot(page, "nhap-sua-dong");
		await axe(page);
		await young.getByRole("button", { name: "Lưu dòng này" }).click();
		await page.getByRole("status").filter({ hasText: "Đã sửa dòng" }).waitFor();

		await answerQuestions(page);
		await commit(page);

		await page.getByText("đã ghi mới").waitFor();
		await shot(page, "nhap-da-ghi");
		await axe(page);
		const now = await rateOf(page);
		assert.ok(
			Number.parseFloat(now.replace(",", ".")) > Number.parseFloat(before.replace(",", ".")),
			`${before} → ${now}`,
		);

		await page.goto(`${site.address}/members/import`);
		await page.getByRole("link", { name: "Khu phố 9.xlsx" }).click();
		await page.getByRole("button", { name: "Hoàn tác lần nhập này" }).click();
		await page.getByRole("button", { name: "Hoàn tác", exact: true }).click();
		await page.getByText("Đã hoàn tác", { exact: true }).waitFor();
		assert.equal(await rateOf(page), before);
		assert.deepEqual(problems, []);
	});
});

async function answerQuestions(page: Page) {
	const asked = page.getByRole("group", { name: "Nguyễn Thị Mai là ai?" });
	if ((await asked.count()) === 0) return;
	await asked.getByRole("radio").first().check();
	await asked.getByRole("button", { name: "Trả lời" }).click();
	await asked.waitFor({ state: "detached" });
}

async function commit(page: Page) {
	const none = page.getByRole("radio", { name: /Không ai/ });
	if ((await none.count()) > 0) await none.check();
	await page.getByLabel("Những người trong tệp đã đồng ý").check();
	await shot(page, "nhap-ghi-nhan");
	await axe(page);
	await page.getByRole("button", { name: /^Ghi \d+ người/ }).click();
	await page.getByRole("progressbar").waitFor();
	await shot(page, "nhap-dang-ghi");
}

/** A list in bytes of an old font, as a branch's old machine saves it: no font is named in a CSV. */
const inOldFont = (name: string, text: string) => ({
	name,
	mimeType: "text/csv",
	buffer: Buffer.from(text, "latin1"),
});

const TCVN3 =
	"TT;Hä vµ tªn;N¨m sinh;Chi héi;Ngµy vµo Héi\n1;Th¹ch ThÞ TuyÕt Hßa;1970;khu phè 9;08/03/2019\n2;Ph¹m ThÞ TuyÕt H­êng;1971;khu phè 9;08/03/2019\n3;§Æng ThÞ NguyÖt;1972;khu phè 9;08/03/2019";
const VNI =
	"TT;Hoï vaø teân;Naêm sinh;Chi hoäi;Ngaøy vaøo Hoäi\n1;Nguyeãn Thò Haèng;1970;khu phoá 9;08/03/2019\n2;Traàn Thò Phöôïng;1971;khu phoá 9;08/03/2019\n3;Leâ Thò Dieäu Hieàn;1972;khu phoá 9;08/03/2019";

test("a list in an old font without its name: nothing is written before a person has said that the names are read right", async () => {
	await site.visit(people.chair, "/members/import", async (page) => {
		const names = page.getByRole("list", { name: "Những tên đầu tiên" });
		await page.getByLabel("Kéo tệp danh sách").setInputFiles(inOldFont("khu-pho-9-cu.csv", TCVN3));
		await page.getByRole("heading", { name: "Tên đã đọc đúng chưa?" }).waitFor();
		await names.getByText("Phạm Thị Tuyết Hường").waitFor();
		await shot(page, "nhap-phong-cu");
		await axe(page);
		const write = page.getByRole("button", { name: /^Ghi 3 người/ });
		assert.equal(await write.isDisabled(), true);

		await page.getByLabel("Phông chữ của tệp").selectOption({ label: "VNI (phông VNI-Times)" });
		await page.getByRole("button", { name: "Đọc lại theo phông này" }).click();
		await names.getByText("Phạm Thị Tuyết Hường").waitFor({ state: "detached" });
		await shot(page, "nhap-phong-sai");
		await page.getByLabel("Phông chữ của tệp").selectOption({ label: "TCVN3 (phông .VnTime)" });
		await page.getByRole("button", { name: "Đọc lại theo phông này" }).click();
		await names.getByText("Phạm Thị Tuyết Hường").waitFor();
		await page.getByRole("button", { name: "Đúng, các tên đã đọc đúng" }).click();
		await page.getByRole("heading", { name: "Tên đã đọc đúng chưa?" }).waitFor({ state: "detached" });
		assert.equal(await write.isDisabled(), false);
		await write.click();
		await page.getByText("đã ghi mới").waitFor();

		await page.setViewportSize(WIDTHS.phone);
		await page.goto(`${site.address}/members/import`);
		await page.getByLabel("Kéo tệp danh sách").setInputFiles(inOldFont("khu-pho-9-vni.csv", VNI));
		await names.getByText("Trần Thị Phượng").waitFor();
		await shot(page, "nhap-phong-vni");
		await axe(page);
		await page.getByRole("button", { name: "Đúng, các tên đã đọc đúng" }).click();
		await page.getByRole("button", { name: /^Ghi 3 người/ }).click();
		await page.getByText("đã ghi mới").waitFor();
		await page.goto(`${site.address}/members?q=huong`);
		await page.getByRole("link", { name: /Phạm Thị Tuyết Hường/ }).waitFor();
	});
	const { rows } = await database.call(people.chair, "members.list", { id: people.branches[0], q: "thị" });
	const written = [
		"Thạch Thị Tuyết Hòa",
		"Phạm Thị Tuyết Hường",
		"Đặng Thị Nguyệt",
		"Nguyễn Thị Hằng",
		"Trần Thị Phượng",
	];
	for (const name of [...written, "Lê Thị Diệu Hiền"])
		assert.ok(
			rows.some((row: { name: string }) => row.name === name),
			name,
		);
});

/** Named members counted in a commune on a day. */
async function counted(unitId: number, on = TODAY): Promise<number> {
	const [row] = await database.call(database.operator, "gathering.rates", { unitId, on });
	return row.parts.roster;
}

test("a refused row of a woman counted elsewhere: asked for from the row, agreed to there, checked again here", async () => {
	const bienHoa = await database.unit("26068", TODAY);
	const other = await database.person("nuong", "commune_chair", "26068", TODAY);
	const her = { leafId: bienHoa, name: "Âu Thị Dời", birth: "1975", joined: "2019-03-08", nationalId: "075175009999" };
	const { personId } = await database.call(other, "members.add", her);
	const before = [await counted(bienHoa), await counted(people.commune)];
	const past = [await counted(bienHoa, "2025-10-31"), await counted(people.commune, "2025-10-31")];
	// Excel has eaten the zero of her number.
	const buffer = await workbookBytes([
		{
			name: "Khu phố 9",
			rows: [HEADER, [1, "Âu Thị Dời", "1975", "75175009999", "08/03/2019", "Thường trú", "", ""]],
		},
	]);
	await site.visit(people.chair, "/members/import", async (page) => {
		await page
			.getByLabel("Kéo tệp danh sách")
			.setInputFiles({ name: "chuyen-den.xlsx", mimeType: "application/octet-stream", buffer });
		const row = page.getByRole("listitem").filter({ hasText: "Âu Thị Dời" });
		await row.getByText("thuộc hội viên của Phường Biên Hòa. Hãy đề nghị chuyển sinh hoạt Hội.").waitFor();
		await shot(page, "nhap-noi-khac");
		await axe(page);
		await row.getByRole("button", { name: "Đề nghị chuyển sinh hoạt Hội đến đây" }).click();
		const form = page.getByRole("dialog");
		await form.getByRole("textbox", { name: "Ngày chuyển đến nơi ở mới" }).fill("01/11/2025");
		// The branch that the file names.
		await form.locator(`select:has(option:checked[value="${people.branches[0]}"])`).waitFor();
		await shot(page, "nhap-noi-khac-de-nghi");
		await axe(page);
		await page.setViewportSize(WIDTHS.phone);
		await form.getByRole("button", { name: "Gửi đề nghị" }).click();
		await row.getByText("Đã gửi đề nghị đến Phường Biên Hòa.").waitFor();
		await shot(page, "nhap-noi-khac-da-gui");
		await axe(page);
		await row.getByRole("button", { name: "Kiểm tra lại" }).click();
		await page.getByRole("status").filter({ hasText: "Nơi kia chưa đồng ý" }).waitFor();
		assert.deepEqual(
			[await counted(bienHoa), await counted(people.commune)],
			before,
			"until then she is counted there",
		);
		const importPage = page.url();
		await page.getByRole("link", { name: "Các đề nghị đang chờ" }).click();
		await page.getByText("Hội viên của Phường Biên Hòa", { exact: true }).waitFor();
		assert.equal(await page.getByText("Âu Thị Dời").count(), 0, "of the other commune no more than its name");
		await shot(page, "de-nghi-dang-cho");

		site.signIn(other);
		await page.goto(`${site.address}/members/transfers`);
		await page.getByRole("button", { name: "Đồng ý" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Đồng ý", exact: true }).click();
		await page.getByRole("status").filter({ hasText: "Đã đồng ý chuyển Âu Thị Dời" }).waitFor();

		site.signIn(people.chair);
		await page.setViewportSize(WIDTHS.pc);
		await page.goto(importPage);
		await row.getByRole("button", { name: "Kiểm tra lại" }).click();
		await page.getByRole("status").filter({ hasText: "Đã kiểm tra lại dòng này" }).waitFor();
		await row.getByRole("button", { name: "Kiểm tra lại" }).waitFor({ state: "detached" });
		await shot(page, "nhap-noi-khac-xong");
		await axe(page);
		await page.getByRole("button", { name: /^Ghi 1 người/ }).click();
		await page.getByText("đã cập nhật").waitFor();
	});
	const [made] = await database.call(people.chair, "imports.list", { unitId: people.commune });
	assert.deepEqual([made.counts.rejected, made.counts.accepted], [0, 0], "she is here already, by the move");
	assert.deepEqual([await counted(bienHoa, "2025-10-31"), await counted(people.commune, "2025-10-31")], past);
	assert.deepEqual(
		[await counted(bienHoa), await counted(people.commune)],
		[(before[0] as number) - 1, (before[1] as number) + 1],
	);
	const { rows } = await database.owner.query(
		"select action, unit_id, account_id from app.audit where subject_id = $1 and action in ('imports.elsewhere', 'members.transfer', 'members.accept') order by id",
		[personId],
	);
	const done = (action: string, unit: number, by: string) => ({ action, unit_id: unit, account_id: by });
	assert.deepEqual(
		rows.filter(({ action }) => action !== "imports.elsewhere"),
		["members.transfer", "members.accept"].flatMap((action) =>
			[bienHoa, people.commune].map((unit) =>
				done(action, unit, (action === "members.accept" ? other : people.chair).accountId),
			),
		),
	);
	assert.ok(rows.some(({ action, unit_id }) => action === "imports.elsewhere" && unit_id === people.commune));
	assert.deepEqual((await database.owner.query("select * from calc.verify()")).rows, []);
});
