import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openBelievableSite } from "./believable.ts";
import { axe, shot } from "./browser.ts";

const { database, people, visit } = await openBelievableSite();

test("the list from its end: the last name first, and back again", async () => {
	// More than come with one page.
	for (let index = 0; index < 110; index++)
		await database.call(people.head, "members.propose", {
			leafId: people.branches[0],
			name: index === 7 ? "Vũ Thị Yến" : `Lê Thị Bé ${"abcdefghik"[index % 10]}`,
			birth: "1980",
			joined: "2025-11-01",
		});
	const first = (page: Page) => page.getByRole("row").nth(1);
	await visit(people.chair, "/members?which=proposed", async (page) => {
		await page.getByText(/^11\d người/).waitFor();
		await page.getByRole("button", { name: "Xem từ cuối danh sách" }).click();
		await first(page).getByText("Vũ Thị Yến").waitFor();
		assert.match(page.url(), /end=/);
		await shot(page, "hoi-vien-tu-cuoi");
		await axe(page);
		await page.getByRole("button", { name: "Xem từ đầu danh sách" }).click();
		await first(page).getByText("Lê Thị Bé a").waitFor();
	});
});
