import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { MemberShow } from "../src/areas/members/contract-member.ts";
import { openBelievableSite, TODAY } from "./believable.ts";
import { axe, shot, toast, WIDTHS } from "./browser.ts";

const { database, people, site, visit } = await openBelievableSite();

// After all that was clicked.
database.beforeClose(() => database.verified());

/** Named members counted in the commune on a day. */
async function counted(on = TODAY): Promise<number> {
	const [row] = await database.call(people.chair, "gathering.rates", { unitId: people.commune, on });
	return row.parts.roster;
}

/** A member of the first branch since 2020; the id of her record. */
async function woman(name: string, more: object = {}): Promise<string> {
	const input = { leafId: people.branches[0], name, birth: "1975", joined: "2020-03-08", ...more };
	return (await database.call(people.chair, "members.add", input)).personId;
}

const shown = (personId: string): Promise<MemberShow> => database.call(people.chair, "members.show", { personId });

/** What the audit holds of a person, the latest first. */
async function auditOf(personId: string): Promise<{ action: string; detail: object }[]> {
	const { rows } = await database.owner.query(
		"select action, detail from app.audit where subject_id = $1 order by id desc",
		[personId],
	);
	return rows;
}

test("two records of one woman are seen, merged, counted once, and split again on the phone", async () => {
	const kept = await woman("Hồ Thị Lụa", { nationalId: "075175001234" });
	const merged = await woman("Hồ Thị Lụa", { leafId: people.branches[1], phone: "0912345678" });
	const before = await counted();
	await visit(people.chair, "/members", async (page) => {
		await page.getByRole("link", { name: "1 nghi trùng người" }).click();
		await page.getByText("sinh 1975").waitFor();
		await shot(page, "nghi-trung");
		await axe(page);
		await page.getByRole("button", { name: "Xem hai hồ sơ" }).click();
		await page.getByRole("heading", { name: "Hồ sơ gộp vào" }).waitFor();
		await shot(page, "gop-ho-so");
		await axe(page);
		const first = page.locator("section").filter({ hasText: "Hồ sơ giữ lại" }).last();
		await page.getByRole("button", { name: "Giữ hồ sơ kia" }).click();
		await first.getByText("0912345678").waitFor();
		await page.getByRole("button", { name: "Giữ hồ sơ kia" }).click();
		await first.getByText("Chưa có số điện thoại").waitFor();
		await page.getByRole("button", { name: "Cùng một người: gộp lại" }).click();
		await toast(page, "Đã gộp hai hồ sơ");
		await page.getByText("Không có hồ sơ nào nghi trùng").waitFor();
		assert.equal(await counted(), before - 1);
		assert.equal((await shown(kept)).spells.length, 2);

		await page.setViewportSize(WIDTHS.phone);
		await page.goto(`${site.address}/members/${merged}`);
		await page.getByText("Hồ sơ này đã được gộp vào").waitFor();
		await shot(page, "ho-so-da-gop");
		await page.getByRole("link", { name: "hồ sơ giữ lại" }).click();
		await page.getByRole("heading", { name: "Hồ sơ đã gộp vào đây" }).waitFor();
		await page.getByText("Được tính một lần, ở Chi hội phụ nữ ấp Tân Hóa").waitFor();
		await shot(page, "ho-so-giu-lai");
		await axe(page);
		await page.getByRole("button", { name: "Tách lại" }).click();
		await page.getByText("Hai hồ sơ trở lại như trước khi gộp").waitFor();
		await shot(page, "tach-ho-so");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Tách lại" }).click();
		await toast(page, "Đã tách lại hai hồ sơ");
		await page.getByText("Tách hồ sơ đã gộp").waitFor();
	});
	assert.equal(await counted(), before);
	assert.deepEqual(
		(await shown(merged)).spells.map((spell) => spell.leafId),
		[people.branches[1]],
	);
	assert.deepEqual(
		(await auditOf(kept)).slice(0, 2).map(({ action }) => action),
		["members.split", "members.merge"],
	);
});

test("an honorary member is asked about first, is kept, marked and not counted, and counts again when it is taken back", async () => {
	const personId = await woman("Quách Thị Danh");
	const before = await counted();
	await visit(
		people.chair,
		`/members/${personId}`,
		async (page) => {
			await page.getByRole("button", { name: "Ghi nhận hội viên danh dự" }).click();
			await page.getByText("không được tính vào tỷ lệ tập hợp").waitFor();
			await shot(page, "danh-du-hoi");
			await axe(page);
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận hội viên danh dự" }).click();
			await page.getByText("Không được tính ngày 20/11/2025: Hội viên danh dự").waitFor();
			assert.equal(await counted(), before - 1);
			await shot(page, "danh-du");
			await axe(page);

			await page.setViewportSize(WIDTHS.pc);
			await page.goto(`${site.address}/members?which=honorary`);
			await page.getByRole("link", { name: "Quách Thị Danh" }).click();
			await page.getByRole("button", { name: "Thôi là hội viên danh dự" }).click();
			await page.getByRole("dialog").getByRole("button", { name: "Thôi là hội viên danh dự" }).click();
			await page.getByText("✓ Được tính ngày 20/11/2025").waitFor();
		},
		"phone",
	);
	assert.equal(await counted(), before);
	assert.equal((await shown(personId)).honorary, false);
});

test("a core member is marked by one press on the phone and stands in her list", async () => {
	const personId = await woman("Kiều Thị Cốt");
	const before = await counted();
	await visit(
		people.chair,
		`/members/${personId}`,
		async (page) => {
			await page.getByRole("button", { name: "Ghi nhận hội viên nòng cốt" }).click();
			await toast(page, "Đã ghi nhận hội viên nòng cốt");
			await page.getByText("Hội viên nòng cốt", { exact: true }).waitFor();
			await page.setViewportSize(WIDTHS.pc);
			await page.goto(`${site.address}/members`);
			await page.getByLabel("Danh sách").selectOption({ label: "Hội viên nòng cốt" });
			await page.getByText("1 người").waitFor();
			await shot(page, "nong-cot");
			await axe(page);
			await page.getByRole("link", { name: "Kiều Thị Cốt" }).click();
			await page.getByRole("button", { name: "Thôi là hội viên nòng cốt" }).click();
			await page.getByRole("button", { name: "Ghi nhận hội viên nòng cốt" }).waitFor();
		},
		"phone",
	);
	assert.equal(await counted(), before, "a mark without effect on counting");
	assert.deepEqual(
		(await auditOf(personId)).slice(0, 2),
		[false, true].map((coreMember) => ({ action: "members.setCore", detail: { coreMember } })),
	);
});

test("sensitive data: fetched only when asked for, by the verb of its own, each look and change in the log without the words", async () => {
	const personId = await woman("Thạch Thị Nhạy");
	await visit(people.chair, `/members/${personId}`, async (page) => {
		await page.getByRole("button", { name: "Xem dữ liệu cá nhân nhạy cảm" }).waitFor();
		assert.deepEqual(
			(await auditOf(personId)).map(({ action }) => action),
			["members.add"],
		);
		await page.getByRole("button", { name: "Xem dữ liệu cá nhân nhạy cảm" }).click();
		await page.getByRole("button", { name: "Sửa", exact: true }).click();
		await page.getByLabel("Dân tộc").fill("Khmer");
		await page.getByLabel("Tôn giáo").fill("Phật giáo");
		await page.getByLabel("Đảng viên").selectOption({ label: "Có" });
		await page.getByLabel("Sức khỏe").fill("Tăng huyết áp");
		await shot(page, "nhay-cam-sua");
		await axe(page);
		await page.setViewportSize(WIDTHS.phone);
		await page.getByRole("button", { name: "Lưu" }).click();
		await page.getByText("Tăng huyết áp").waitFor();
		await shot(page, "nhay-cam");
		await axe(page);
		await page.getByText("Xem dữ liệu nhạy cảm").first().waitFor();
		await page.getByRole("button", { name: "Ẩn", exact: true }).click();
		await page.getByText("Tăng huyết áp").waitFor({ state: "detached" });
	});
	const { rows } = await database.owner.query(
		"select ethnicity, religion, party_member, health from app.person_sensitive where person_id = $1",
		[personId],
	);
	assert.deepEqual(rows, [{ ethnicity: "Khmer", religion: "Phật giáo", party_member: true, health: "Tăng huyết áp" }]);
	const audit = await auditOf(personId);
	assert.ok(audit.some(({ action }) => action === "members.sensitive"));
	assert.deepEqual(audit.find(({ action }) => action === "members.editSensitive")?.detail, {
		fields: ["ethnicity", "religion", "partyMember", "health"],
	});

	const clerk = await database.person("thu", "commune_clerk", "26188", TODAY);
	await visit(clerk, `/members/${personId}`, async (page) => {
		await page.getByRole("button", { name: "Sửa hồ sơ" }).waitFor();
		assert.equal(await page.getByText("nhạy cảm (").count(), 0);
	});
	await assert.rejects(database.call(clerk, "members.sensitive", { personId }), { code: "access.denied" });
});

test("she works elsewhere and stays counted; she comes back", async () => {
	const personId = await woman("Lạc Thị Xa");
	const before = await counted();
	await visit(
		people.chair,
		`/members/${personId}`,
		async (page) => {
			await page.getByRole("button", { name: "Di cư đi" }).click();
			await page.getByLabel("Đi như thế nào").selectOption({ label: "Đi khỏi địa phương" });
			await page.getByRole("textbox", { name: "Từ ngày" }).fill("01/09/2025");
			await page.getByLabel("Nơi đến").fill("Khu công nghiệp VSIP");
			await page.getByLabel("Đóng hội phí").selectOption({ label: "Có đóng" });
			await shot(page, "di-cu-di");
			await axe(page);
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
			await toast(page, "Đã ghi nhận di cư đi");
			await page.getByText("Đi khỏi địa phương: Khu công nghiệp VSIP").waitFor();
			await page.getByText("✓ Được tính ngày 20/11/2025").waitFor();
			await shot(page, "ho-so-di-cu");
			await axe(page);

			await page.setViewportSize(WIDTHS.pc);
			await page.getByRole("button", { name: "Đã trở về" }).click();
			await page.getByRole("textbox", { name: "Ngày trở về" }).fill("01/08/2025");
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
			await page.getByText("Ngày trở về phải từ ngày đi trở đi.").waitFor();
			await shot(page, "tro-ve");
			await axe(page);
			await page.getByRole("textbox", { name: "Ngày trở về" }).fill("15/11/2025");
			await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
			await page.getByText("từ 01/09/2025 đến trước 15/11/2025").waitFor();
		},
		"phone",
	);
	assert.equal(await counted(), before);
	const [away] = (await shown(personId)).spells[0].away;
	assert.deepEqual([away.kind, away.since, away.until, away.paysDues], ["gone", "2025-09-01", "2025-11-15", true]);
});

test("a post at a branch and a place in a club, each from a day and to a day; she counts once, where she lives", async () => {
	const personId = await woman("Vi Thị Chức");
	const before = await counted();
	await visit(people.chair, `/members/${personId}`, async (page) => {
		await card(page, "Chức danh").getByRole("button", { name: "Thêm" }).click();
		await page.getByRole("combobox", { name: "Chức danh" }).selectOption({ label: "Chi hội phó" });
		await page.getByLabel("Ở đơn vị").fill("khu pho 9");
		await page
			.getByRole("option", { name: /Chi hội phụ nữ khu phố 9/ })
			.first()
			.click();
		await page.getByRole("textbox", { name: "Từ ngày" }).fill("01/08/2025");
		await shot(page, "chuc-danh");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
		await page.getByText("Chi hội phó, Chi hội phụ nữ khu phố 9").waitFor();

		await page.setViewportSize(WIDTHS.phone);
		await card(page, "Tham gia sinh hoạt tại").getByRole("button", { name: "Thêm" }).click();
		await page.getByLabel("CLB, cơ sở Hội đặc thù").fill("khoi nghiep");
		await page
			.getByRole("option", { name: /CLB Phụ nữ khởi nghiệp/ })
			.first()
			.waitFor();
		await shot(page, "sinh-hoat-tai");
		await page
			.getByRole("option", { name: /CLB Phụ nữ khởi nghiệp/ })
			.first()
			.click();
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
		await card(page, "Tham gia sinh hoạt tại").getByText("CLB Phụ nữ khởi nghiệp").first().waitFor();
		await shot(page, "chuc-danh-sinh-hoat");
		await axe(page);
		assert.equal(await counted(), before);

		await page.getByRole("button", { name: "Thôi Chi hội phó" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
		await page.getByText("từ 01/08/2025 đến trước 20/11/2025").waitFor();
		await page.getByRole("button", { name: "Thôi CLB Phụ nữ khởi nghiệp" }).click();
		await page.getByRole("dialog").getByRole("button", { name: "Ghi nhận" }).click();
		await card(page, "Tham gia sinh hoạt tại").getByText("đến trước 20/11/2025").waitFor();
	});
	const her = await shown(personId);
	assert.deepEqual(
		her.posts.map(({ post, since, until }) => [post, since, until]),
		[["branch_deputy", "2025-08-01", TODAY]],
	);
	assert.deepEqual(
		her.affiliations.map(({ unit, until }) => [unit, until]),
		[["CLB Phụ nữ khởi nghiệp", TODAY]],
	);
	const heads = (on: string) => database.call(people.chair, "members.posts", { id: people.branches[0], on });
	assert.deepEqual([(await heads("2025-11-19")).length, (await heads(TODAY)).length], [1, 0]);
});

test("moving between branches of the commune: one on her page, several from the list; no day counts her twice or not at all", async () => {
	const [first, second] = [await woman("Ninh Thị Chuyển"), await woman("Ninh Thị Dời")];
	const before = await counted();
	const inBranch = async (index: number) =>
		(await database.call(people.chair, "members.list", { id: people.branches[index], q: "Ninh Thị" })).total;
	const past = await counted("2025-09-30");
	await visit(people.chair, `/members/${first}`, async (page) => {
		await page.getByRole("button", { name: "Chuyển chi hội" }).click();
		await page.getByLabel("Chi hội, tổ nhận").selectOption({ label: "Chi hội phụ nữ ấp Vĩnh Hiệp" });
		await page.getByRole("textbox", { name: "Từ ngày" }).fill("01/10/2025");
		await shot(page, "chuyen-chi-hoi");
		await axe(page);
		await page.getByRole("dialog").getByRole("button", { name: "Chuyển", exact: true }).click();
		await toast(page, "Đã chuyển chi hội cho 1 người");
		await page.getByText("✓ Được tính ngày 20/11/2025: Chi hội phụ nữ ấp Vĩnh Hiệp").waitFor();
		await shot(page, "ho-so-chuyen-chi-hoi");
		await axe(page);

		await page.setViewportSize(WIDTHS.phone);
		await page.goto(`${site.address}/members?q=Ninh+Thi&pick=true`);
		await page.getByRole("checkbox", { name: "Ninh Thị Dời" }).check();
		await page.getByRole("button", { name: "Chuyển chi hội" }).click();
		await page.getByLabel("Chi hội, tổ nhận").selectOption({ label: "Chi hội phụ nữ ấp Vĩnh Hiệp" });
		await page.getByRole("dialog").getByRole("button", { name: "Chuyển", exact: true }).click();
		await toast(page, "Đã chuyển chi hội cho 1 người");
	});
	assert.deepEqual([await inBranch(0), await inBranch(2)], [0, 2]);
	assert.deepEqual([await counted("2025-09-30"), await counted()], [past, before], "the commune's figures stay");
	assert.equal((await shown(second)).spells.filter(({ status }) => status === "counts").length, 1);
});

/** A part of the person page by its head. */
function card(page: Page, head: string) {
	return page.locator("section.card").filter({ has: page.getByRole("heading", { name: head, exact: true }) });
}
