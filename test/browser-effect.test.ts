import { test } from "node:test";
import { openMadeUpCountry } from "../src/areas/effect/country.harness.ts";
import { axe, shot, toast } from "./browser.ts";
import { openSite } from "./site.ts";

// A country of 14 provinces where one thing helped by two points and two did nothing.
const database = await openMadeUpCountry({
	seed: 7,
	choice: "low",
	effects: { "solution.a5": 0, "solution.b2": 2, "solution.c3": 0 },
	perKind: 60,
	communesEach: 40,
});
const { made, person, owner, unit, call, operator } = database;
await database.as(operator, ({ db }) =>
	db.selectNoFrom((eb) => eb.fn("calc.refresh_commune_traits").as("n")).execute(),
);
const { visit } = await openSite(database);
const codeOf = (commune: number) => String(20_001 + commune);
const use = made.uses.find(({ commune, kind }) => {
	const last = made.courses[commune]?.rates.at(-1) ?? 0;
	return kind === "solution.b2" && last > 57 && last < 60;
});
const mine = use?.commune as number;
const chair = await person("huong", "commune_chair", codeOf(mine));
const centre = await person("tam", "centre", "VN");
await owner.query(
	`insert into app.support_group (case_id, "group", women, position) select id, g.code, g.women, g.n from app.support_case,
		(values ('group.young', 210, 1), ('group.away', 145, 2)) g(code, women, n) where unit_id = $1`,
	[await unit(codeOf(mine))],
);
// One that passed agrees to be known.
const { rows: like } = await call<{ rows: { code: string; unitId: number }[] }>(centre, "effect.similar", {
	unit: codeOf(mine),
});
for (const [at, { code, unitId }] of like.slice(0, 2).entries())
	await call(await person(`owner.${at}`, "commune_chair", code), "effect.write", {
		unitId,
		title: "Câu lạc bộ theo lứa tuổi, mỗi khu một nhóm Zalo",
		body: "Mở ba câu lạc bộ: dân vũ, nữ tiểu thương, gia đình trẻ.\nMỗi tháng sinh hoạt một lần vào tối thứ bảy.",
		documents: "Kế hoạch số 05/KH-BTV ngày 10/3/2024",
		share: true,
	});

test("a chair tries out a plan, sees who passed from where she stands, and tells her own way of working", async () => {
	await visit(
		chair,
		"/effect",
		async (page) => {
			await page.getByText("Nếu không vận động thêm: chưa đạt trên 60% trong 3 năm tới.").waitFor();
			await page.getByLabel(/^Nữ thanh niên: thêm mỗi tháng/).fill("6");
			await page.getByLabel(/^Phụ nữ đi làm ăn xa: thêm mỗi tháng/).fill("4");
			await page.getByRole("button", { name: "Nếu mở thêm chi hội, CLB" }).click();
			await page.getByLabel(/^Hội viên mới khi ra mắt/).fill("15");
			await page.getByText("Đạt trên 60% vào ngày", { exact: false }).waitFor();
			await page.getByText(/^Sớm nhất/).waitFor();
			await page.getByRole("heading", { name: "Xã có đặc điểm tương đồng đã đạt trên 60%" }).waitFor();
			await page.getByText("Giống:", { exact: false }).first().waitFor();
			await page.getByText("Kinh nghiệm: Câu lạc bộ theo lứa tuổi", { exact: false }).first().click();
			await page.getByText("Mở ba câu lạc bộ", { exact: false }).first().waitFor();
			await page.getByRole("heading", { name: "trước và sau khi bắt đầu", exact: false }).scrollIntoViewIfNeeded();
			await page.getByText("chưa chứng minh cách làm ấy là nguyên nhân", { exact: false }).waitFor();
			await shot(page, "cach-lam-xa");
			await axe(page);
			await page.getByRole("button", { name: "Ghi một kinh nghiệm" }).click();
			await page.getByLabel("Tên cách làm").fill("Đến từng nhà trọ");
			await page
				.getByLabel("Đã làm gì, kết quả ra sao, nên tránh điều gì")
				.fill("Cùng chủ trọ gặp chị em mỗi tối thứ năm.");
			await page.getByLabel("Tôi đồng ý để các xã khác đọc", { exact: false }).check();
			await shot(page, "cach-lam-ghi-kinh-nghiem");
			await axe(page);
			await page.getByRole("button", { name: "Ghi và chia sẻ" }).click();
			await toast(page, "Đã ghi và chia sẻ kinh nghiệm.");
			await page.getByRole("button", { name: "Thôi chia sẻ" }).click();
			await toast(page, "Đã thôi chia sẻ");
			await page.getByText("Đã thôi chia sẻ, chỉ đơn vị và Hội cấp trên đọc được.").waitFor();
		},
		"phone",
	);
});

test("the same stands in the case of the commune, on the chair's own page", async () => {
	await visit(chair, "/support", async (page) => {
		await page.getByRole("heading", { name: "Nếu vận động thêm mỗi tháng thì bao giờ đạt trên 60%?" }).waitFor();
		await page.getByText("Giống:", { exact: false }).first().waitFor();
		await shot(page, "cach-lam-ho-so");
		await axe(page);
	});
});

test("the centre sees which way of working goes along with more, with its interval and what it does not prove", async () => {
	await visit(centre, "/effect", async (page) => {
		await page.getByText("1 cách làm đi cùng mức tăng cao hơn rõ.").waitFor();
		await page.getByText("Cách so sánh").click();
		await shot(page, "cach-lam-trung-uong");
		await axe(page);
		await page.getByRole("button", { name: "Xem bảng số liệu" }).click();
		await page.getByText("Tăng nhiều hơn xã tương đồng, khó là ngẫu nhiên.").waitFor();
		await shot(page, "cach-lam-trung-uong-bang");
		await axe(page);
	});
});
