import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { importsOf, rosterOf, womenOf } from "../areas/imports/import.harness.ts";
import { TEMPLATE_COLUMNS } from "../areas/imports/rules-columns.ts";
import { recogniseRoster } from "../areas/members/rules-roster-layout.ts";
import type { Sheet } from "../core/sheet.ts";
import type { Actor } from "../db/actor.ts";
import { readWorkbook } from "../sheets/read.ts";
import { createApp } from "./app.ts";
import { fileRoutes } from "./files.ts";
import { startJobs } from "./jobs.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const other = await person("chair.ngocha", "commune_chair", "00008");
const reader = await person("auditor.badinh", "auditor", "00004");
const baDinh = await unit("00004");
let current: Actor | null = null;
const errors: string[] = [];
const app = createApp({
	database,
	sessions: { handle: async () => new Response(null, { status: 404 }), actorOf: async () => current },
	webRoot: null,
	files: fileRoutes(database),
	report: (error, where) => errors.push(`${where}: ${error instanceof Error ? error.stack : error}`),
});

function get(actor: Actor | null, path: string): Promise<Response> {
	current = actor;
	return Promise.resolve(app.request(path));
}

function post(
	actor: Actor | null,
	query: string,
	body: Uint8Array | ReadableStream,
	headers: Record<string, string> = {},
) {
	current = actor;
	return app.request(`/files/imports?${query}`, {
		method: "POST",
		body,
		headers: { "x-file-name": encodeURIComponent("Danh sách.csv"), ...headers },
		duplex: "half",
	} as RequestInit);
}

async function codeOf(response: Response): Promise<string> {
	return `${response.status} ${((await response.json()) as { code: string }).code}`;
}

async function sheetsOf(response: Response): Promise<Sheet[]> {
	assert.equal(response.status, 200);
	return readWorkbook(new Uint8Array(await response.arrayBuffer()), "a.xlsx");
}

const texts = (sheet: Sheet | undefined, row: number) =>
	Array.from(sheet?.rows.find((one) => one.row === row)?.cells ?? [], (cell) => cell?.value ?? "");

test("a file goes up as it is, is carried to its end by the job, and comes back with what is wrong", async () => {
	const bytes = rosterOf([...womenOf(3), { name: "Lê Thị Sai", birth: "30/2/1970" }]);
	const response = await post(chair, `unitId=${baDinh}&asOf=2026-11-01`, bytes);
	assert.equal(response.status, 200);
	const { id } = (await response.json()) as { id: string };
	assert.equal((await call(chair, "imports.preview", { id })).fileName, "Danh sách.csv");
	await call(chair, "imports.commit", { id, lowerUnlisted: "none" });
	const jobs = startJobs({ ...database, revive: async () => undefined }, (error) => errors.push(String(error)));
	while ((await call(chair, "imports.progress", { id })).state !== "committed")
		await new Promise((later) => setTimeout(later, 20));
	await jobs.stop();
	const [sheet] = await sheetsOf(await get(chair, `/files/imports/${id}/workbook`));
	assert.equal(texts(sheet, 1).at(-1), "Lỗi cần sửa");
	assert.match(String(texts(sheet, 5).at(-1)), /Ngày sinh/);
	assert.equal(await codeOf(await get(other, `/files/imports/${id}/workbook`)), "404 import.not_found");
	assert.equal(await codeOf(await get(chair, "/files/imports/none/workbook")), "404 import.not_found");
});

test("nobody else's commune, no one signed out, no other site, and nothing above 100 MB is taken", async () => {
	const bytes = rosterOf(womenOf(1, 50));
	assert.equal(await codeOf(await post(null, `unitId=${baDinh}`, bytes)), "401 access.signed_out");
	const unsettled = { ...chair, mustChangePassword: true };
	assert.equal(await codeOf(await post(unsettled, `unitId=${baDinh}`, bytes)), "403 access.change_password");
	assert.equal(await codeOf(await post(other, `unitId=${baDinh}`, bytes)), "403 access.denied");
	assert.equal(await codeOf(await post(reader, `unitId=${baDinh}`, bytes)), "403 access.denied");
	assert.equal(await codeOf(await post(chair, "unitId=x", bytes)), "422 input.invalid");
	assert.equal(await codeOf(await post(chair, `unitId=${baDinh}&asOf=2026-02-30`, bytes)), "422 input.invalid");
	assert.equal(
		await codeOf(await post(chair, `unitId=${baDinh}`, bytes, { "sec-fetch-site": "cross-site" })),
		"403 request.cross_site",
	);
	assert.equal(
		await codeOf(await post(chair, `unitId=${baDinh}`, bytes, { "content-length": String(101 * 1024 * 1024) })),
		"413 file.too_large",
	);
	let sent = 0;
	const endless = new ReadableStream({
		pull(controller) {
			sent += 8 * 1024 * 1024;
			controller.enqueue(new Uint8Array(8 * 1024 * 1024));
		},
	});
	assert.equal(await codeOf(await post(chair, `unitId=${baDinh}`, endless)), "413 file.too_large");
	assert.ok(sent <= 128 * 1024 * 1024);
});

test("every head of the blank template is read as what it stands for, and its cells are text", async () => {
	const sheets = await sheetsOf(await get(reader, "/files/members-template.xlsx"));
	assert.deepEqual(
		sheets.map(({ name }) => name),
		["Hội viên", "Hướng dẫn"],
	);
	assert.deepEqual(
		recogniseRoster(sheets).sheets[0]?.columns.map(({ field }) => field),
		TEMPLATE_COLUMNS.map(({ field }) => field),
	);
});

test("an exported roster read back changes nobody", async () => {
	const women = womenOf(12, 60).map((woman, index) => ({
		...woman,
		birth: index === 0 ? "1971" : woman.birth,
		left: index < 3 ? "01/05/2026" : "",
		reason: ["Qua đời", "Chuyển đi", "Xin ra khỏi Hội"][index] ?? "",
		residence: index === 5 ? "Tạm trú" : "Thường trú",
		since: index === 5 ? "01/02/2026" : "",
		phone: "0912345678",
	}));
	const first = await imports.whole(chair, baDinh, rosterOf(women), { commit: { lowerUnlisted: "none" } });
	assert.deepEqual([first.accepted, first.problems], [12, []]);
	const response = await get(chair, `/files/members.xlsx?unitId=${baDinh}&on=${TODAY}&all=true`);
	const bytes = Buffer.from(await response.arrayBuffer());
	const report = await imports.whole(chair, baDinh, bytes, { commit: { lowerUnlisted: "none" } });
	assert.deepEqual([report.rows, report.accepted, report.updated, report.skipped, report.rejected], [15, 0, 0, 15, 0]);
	const { rowCount } = await owner.query("select from app.audit where action = 'members.export'");
	assert.equal(rowCount, 1);
	assert.equal(await codeOf(await get(reader, `/files/members.xlsx?unitId=${baDinh}`)), "403 access.denied");
	assert.equal(await codeOf(await get(chair, "/files/members.xlsx")), "422 input.invalid");
	assert.deepEqual(errors, []);
});
