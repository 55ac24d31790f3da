import assert from "node:assert/strict";
import { test } from "node:test";
import { openBelievableSite } from "./believable.ts";
import { axe, shot, toast } from "./browser.ts";

const { database, people, visit } = await openBelievableSite();
const { rows } = await database.owner.query("select unit_id from app.account where id = $1", [
	people.cluster.accountId,
]);
const cluster = rows[0].unit_id as number;
const address = `/emulation?cluster=${cluster}`;

test("the centre sets criteria, the province marks itself, the cluster looks it over, and the agreement is signed", async () => {
	await visit("centre", address, async (page) => {
		await page.getByText("Chưa có tiêu chí thi đua năm 2025").waitFor();
		await shot(page, "thi-dua-chua-co");
		await page.getByRole("button", { name: "Đặt tiêu chí" }).click();
		await page.getByLabel("Tên tiêu chí").fill("Hội viên có danh sách");
		await page.getByLabel("Điểm tối đa").fill("40");
		await page.getByLabel("Cách tính").selectOption("completeness");
		await page.getByRole("button", { name: "Thêm tiêu chí" }).click();
		await page.getByLabel("Tên tiêu chí").nth(1).fill("Sáng kiến, mô hình mới");
		await page.getByLabel("Điểm tối đa").nth(1).fill("10");
		await page.getByText("Cộng tối đa 50 điểm").waitFor();
		await shot(page, "thi-dua-tieu-chi");
		await axe(page);
		await page.getByRole("button", { name: "Lưu tiêu chí" }).click();
		await toast(page, "Đã đặt 2 tiêu chí");
		await page.getByRole("heading", { name: "Điểm thi đua năm 2025 (tạm tính)" }).waitFor();
	});
	await visit(
		"province",
		"/emulation",
		async (page) => {
			await page.getByRole("button", { name: /Chấm điểm/ }).click();
			await page.getByLabel(/Điểm của “Sáng kiến/).fill("8");
			await page.getByLabel("Minh chứng").fill("Báo cáo 12/BC-BTV, hai mô hình");
			await shot(page, "thi-dua-tu-cham");
			await axe(page);
			await page.getByRole("button", { name: "Ghi điểm tự chấm" }).click();
			await toast(page, "Đã ghi điểm");
			await page.getByText("Chưa được xem xét", { exact: false }).waitFor();
			await shot(page, "thi-dua-tinh");
			await axe(page);
		},
		"phone",
	);
	await visit(people.cluster, "/emulation", async (page) => {
		await page.getByText("1 mục tự chấm chưa được Cụm", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Ghi giao ước thi đua" }).click();
		await page.getByLabel("Số văn bản").fill("03/GƯTĐ-CTĐ");
		await page.getByLabel("Nội dung giao ước").fill("Thi đua nâng tỷ lệ tập hợp.\nMỗi xã có một mô hình.");
		await page.getByRole("button", { name: "Ghi giao ước", exact: true }).click();
		await toast(page, "Đã ghi giao ước");
		await page.getByRole("button", { name: "Chấm điểm Tỉnh Đồng Nai" }).click();
		await page.getByText("Tỉnh tự chấm 8: Báo cáo 12/BC-BTV", { exact: false }).waitFor();
		await page.getByLabel(/Điểm của “Sáng kiến/).fill("7");
		await page.getByRole("button", { name: "Ghi điểm xem xét" }).click();
		await toast(page, "Đã ghi điểm");
		await page.getByRole("button", { name: "Tỉnh Đồng Nai", exact: true }).click();
		await page.getByRole("heading", { name: "Tỉnh Đồng Nai: từng tiêu chí" }).waitFor();
		await shot(page, "thi-dua-cum");
		await axe(page);
	});
	await visit("province", "/emulation", async (page) => {
		await page.getByRole("button", { name: "Ký giao ước thay mặt Tỉnh Đồng Nai" }).click();
		await toast(page, "Đã ký giao ước");
		await page.getByText("Các lần đặt tiêu chí").click();
		await page.getByText("Tỉnh Đồng Nai ký giao ước", { exact: false }).waitFor();
		await shot(page, "thi-dua-giao-uoc");
		await axe(page);
	});
});

test("the centre publishes the year: refused while a province is without points, then every member sees its place and nothing is changed", async () => {
	const { call } = database;
	const { rows: provinces, criteria } = await call(people.centre, "emulation.show", { clusterId: cluster, year: 2025 });
	const own = criteria.filter(({ measure }: { measure: string }) => measure === "self");
	await visit("centre", address, async (page) => {
		await page.getByRole("button", { name: "Công bố kết quả năm 2025" }).click();
		await page.getByText("Sau đó không ai sửa", { exact: false }).waitFor();
		await page.getByRole("button", { name: "Công bố", exact: true }).click();
		await page.getByText("chưa có điểm hoặc chưa được xem xét", { exact: false }).waitFor();
		await shot(page, "thi-dua-chua-cong-bo");
		await axe(page);
	});
	// What could not be reckoned is marked by hand, too.
	for (const { unitId, marks } of provinces) {
		const open = marks.filter(({ how }: { how: string }) => how === "none" || how === "self");
		if (open.length > 0)
			await call(people.cluster, "emulation.review", {
				clusterId: cluster,
				year: 2025,
				provinceId: unitId,
				marks: open.map(({ number }: { number: number }) => ({ number, points: 5 })),
			});
	}
	assert.equal(own.length, 1);
	await visit("centre", address, async (page) => {
		await page.getByRole("button", { name: "Công bố kết quả năm 2025" }).click();
		await page.getByRole("button", { name: "Công bố", exact: true }).click();
		await toast(page, "Đã công bố kết quả thi đua năm 2025.");
		await page.getByRole("heading", { name: "Kết quả thi đua năm 2025" }).waitFor();
		await shot(page, "thi-dua-cong-bo");
		await axe(page);
	});
	await visit(
		"province",
		"/emulation",
		async (page) => {
			await page.getByText("không sửa được nữa", { exact: false }).waitFor();
			await page.getByText("hạng", { exact: false }).first().waitFor();
			assert.equal(await page.getByRole("button", { name: /Chấm điểm/ }).count(), 0);
			await shot(page, "thi-dua-ket-qua-tinh");
			await axe(page);
		},
		"phone",
	);
});
