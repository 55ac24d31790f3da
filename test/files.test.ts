import assert from "node:assert/strict";
import { test } from "node:test";
import { runImport } from "../src/areas/imports/import-run.ts";
import { recogniseRoster } from "../src/areas/members/rules-roster-layout.ts";
import type { Actor } from "../src/db/actor.ts";
import { createApp } from "../src/server/app.ts";
import { fileRoutes } from "../src/server/files.ts";
import { readWorkbook } from "../src/sheets/read.ts";
import { workbookBytes } from "../src/sheets/write.ts";
import { openTestDatabase } from "./kit.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const chair = await database.person("chair", "commune_chair", "00004");
const other = await database.person("other", "commune_chair", "00025");
const unitId = await database.unit("00004");
let current: Actor | null = chair;
const unforeseen: unknown[] = [];
const app = createApp({
	database,
	sessions: { handle: async () => new Response(null, { status: 404 }), actorOf: async () => current },
	webRoot: null,
	files: fileRoutes(database),
	report: (error) => unforeseen.push(error),
});

const HEADER = ["Họ và tên", "Ngày sinh", "Số CCCD/CMND", "Chi hội", "Ngày vào Hội", "Cư trú", "Tạm trú từ ngày"];
const ROWS = [
	["Lê Thị Hòa", "15/08/1971", "001171000017", "Chi hội Đông", "03/02/2010", "Thường trú", ""],
	["Trần Thị Thúy", "1984", "", "Chi hội Đông", "05/06/2015", "Tạm trú", "01/02/2024"],
	["", "1980", "", "Chi hội Đông", "05/06/2015", "Thường trú", ""],
];

function send(bytes: Uint8Array, name = "Chi hội Đông.xlsx", unit = unitId) {
	return app.request(`/files/imports?unitId=${unit}&asOf=2026-11-22`, {
		method: "POST",
		headers: { "x-file-name": encodeURIComponent(name) },
		body: bytes as Uint8Array<ArrayBuffer>,
	});
}

const roster = () => workbookBytes([{ name: "Sheet1", rows: [HEADER, ...ROWS] }]);

async function commit(bytes: Uint8Array) {
	const { id } = (await (await send(bytes)).json()) as { id: string };
	await database.call(chair, "imports.commit", { id });
	await runImport(database, chair, id);
	return { id, counts: (await database.call(chair, "imports.progress", { id })).counts };
}

async function sheetsOf(response: Response) {
	assert.equal(response.status, 200);
	return readWorkbook(new Uint8Array(await response.arrayBuffer()), "answer.xlsx");
}

test("a roster in, her workbook back with what to correct, the roster out, and the same rows in again change nothing", async () => {
	const { id, counts } = await commit(await roster());
	assert.deepEqual([counts.accepted, counts.rejected], [2, 1]);

	const [annotated] = await sheetsOf(await app.request(`/files/imports/${id}/workbook`));
	assert.equal(annotated.rows[0].cells[HEADER.length]?.value, "Lỗi cần sửa");
	assert.match(String(annotated.rows[3].cells[HEADER.length]?.value), /họ và tên/i);

	const exported = await app.request(`/files/members.xlsx?unitId=${unitId}`);
	assert.match(exported.headers.get("content-disposition") ?? "", /attachment; filename="danh-sach-hoi-vien-2026-11-22.xlsx"/);
	const bytes = new Uint8Array(await exported.clone().arrayBuffer());
	const [sheet] = await sheetsOf(exported);
	assert.deepEqual(
		sheet.rows.map((row) => row.cells[1]?.value),
		["Họ và tên", "Lê Thị Hòa", "Trần Thị Thúy"],
	);
	assert.equal(sheet.rows[1].cells[3]?.value, "001171000017");
	const again = await commit(bytes);
	assert.deepEqual([again.counts.accepted, again.counts.updated, again.counts.skipped], [0, 0, 2]);
	assert.equal((await database.call(database.operator, "gathering.verify")).differences, 0);
});

test("the blank template is recognised column by column", async () => {
	const sheets = await sheetsOf(await app.request("/files/members-template.xlsx"));
	const [layout] = recogniseRoster(sheets).sheets;
	assert.equal(layout.use, true);
	assert.ok(layout.columns.every(({ field }) => field !== null));
});

test("another unit's chair, nobody, and a one-time password get nothing", async () => {
	const asked = [
		() => app.request(`/files/members.xlsx?unitId=${unitId}`),
		async () => send(await roster()),
		() => app.request("/files/imports/01a20411-5c42-7b29-a561-4bf55d70b9e2/workbook"),
	];
	for (const [actor, statuses] of [
		[other, [403, 404]],
		[null, [401]],
		[{ ...chair, mustChangePassword: true }, [403]],
	] as [Actor | null, number[]][]) {
		current = actor;
		for (const ask of asked) {
			const response = await ask();
			assert.ok(statuses.includes(response.status), `${response.status} ${await response.text()}`);
		}
	}
	current = chair;
	assert.deepEqual(unforeseen, []);
});

test("what is no roster is refused with a sentence, and nothing is kept", async () => {
	const before = await database.owner.query("select count(*) from app.import");
	for (const [bytes, name, code] of [
		[new Uint8Array(), "trống.xlsx", "file.empty"],
		[Buffer.from("%PDF-1.7\n%âãÏÓ"), "thật ra là PDF.xlsx", "file.not_a_workbook"],
		[Buffer.from("PK\u0003\u0004 not a zip at all"), "hỏng.xlsx", null],
	] as [Uint8Array, string, string | null][]) {
		const response = await send(bytes, name);
		const answer = (await response.json()) as { code: string; message: string };
		assert.ok(response.status >= 400 && response.status < 500, `${name}: ${response.status}`);
		if (code) assert.equal(answer.code, code);
		assert.match(answer.code, /^file\./);
	}
	assert.deepEqual((await database.owner.query("select count(*) from app.import")).rows, before.rows);
	assert.deepEqual(unforeseen, []);
});
