import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";
import { workbookBytes } from "../../sheets/write.ts";
import { HEADER, importsOf, rosterOf, womenOf } from "./import.harness.ts";
import { findUnfinished } from "./import-run.ts";
import { commitChunk, commitImport } from "./store-commit.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { as, call, operator, owner, unit } = database;
const imports = importsOf(database);
const baDinh = await unit("00004");

const refused: [string, Buffer, string, string][] = [
	["nothing", Buffer.alloc(0), "a.csv", "file.empty"],
	["blank lines alone", Buffer.from("\n\n  \n"), "a.csv", "file.empty"],
	["a PDF called .xlsx", Buffer.from("%PDF-1.7\n1 0 obj"), "danh-sach.xlsx", "file.not_a_workbook"],
	["a damaged workbook", Buffer.from("PK\x03\x04 and then nothing"), "a.xlsx", "file.damaged"],
	[
		"a thousand columns",
		Buffer.from(`${"Họ và tên;".repeat(1000)}\n${"x;".repeat(1000)}`),
		"a.csv",
		"file.too_many_columns",
	],
];
for (const [what, bytes, fileName, code] of refused)
	test(`${what} is refused (${code}) and leaves nothing`, async () => {
		await assert.rejects(imports.start(operator, baDinh, bytes, { fileName }), (error: Problem) => error.code === code);
		assert.equal((await owner.query("select from app.import")).rowCount, 0);
	});

test("a place that is no commune, and a day to come, are refused", async () => {
	const bytes = rosterOf(womenOf(1));
	const centre = await unit("VN");
	await assert.rejects(
		imports.start(operator, centre, bytes),
		(error: Problem) => error.code === "import.not_a_commune",
	);
	await assert.rejects(
		imports.start(operator, baDinh, bytes, { asOf: "2026-11-23" }),
		(error: Problem) => error.code === "import.as_of_future",
	);
	const old = await unit("00001", "2025-06-30");
	await assert.rejects(imports.start(operator, old, bytes), (error: Problem) => error.code === "unit.not_found");
});

test("formulas, huge names, control and bidirectional characters go in as text or not at all", async () => {
	const bytes = await workbookBytes([
		{
			name: "DS",
			rows: [
				HEADER,
				[1, '=HYPERLINK("http://x";"Lê Thị Hà")', "1/1/1971", "001171000901"],
				[2, `Hà ${"a".repeat(10_000)}`, "1/1/1971", "001171000902"],
				[3, "Lê\u202e Thị\u0007 Hoa\u200b", "1/1/1971", "001171000903"],
				[4, "Lê Thị Tháng Hai", "30/2/1971", "001171000904"],
				[5, "Lê Thị Nhuận", "1/1/1971", "001171000905", "", "1900-02-29"],
				[6, "Lê Thị Ả'; drop table person; --", "1/1/1971", "001171000906"],
			],
		},
	]);
	const report = await imports.whole(operator, baDinh, bytes);
	const { rows } = await owner.query(
		'select full_name from app.person p join app.spell s on s.person_id = p.id where s.import_id = $1 order by full_name collate "C"',
		[report.id],
	);
	assert.deepEqual(
		rows.map(({ full_name }) => full_name),
		['=HYPERLINK("http://x";"Lê Thị Hà")', "Lê Thị Hoa", "Lê Thị Ả'; drop table person; --"],
	);
	const errors = report.problems.filter(({ level }) => level === "error").map(({ row, code }) => `${row} ${code}`);
	assert.deepEqual(errors, ["3 name.too_long", "5 birth.invalid", "6 joined.invalid"]);
	await call(operator, "imports.undo", { id: report.id });
});

test("a file without a roster stages nothing and says so", async () => {
	const { id } = await imports.start(operator, baDinh, Buffer.from("Xã;Hội viên\nA;70\nB;80"));
	const preview = await call(operator, "imports.preview", { id });
	assert.deepEqual([preview.counts.rows, preview.layout.sheets.map(({ use }: { use: boolean }) => use)], [0, [false]]);
	await call(operator, "imports.cancel", { id });
});

test("two imports of the same women into one commune at once accept each of them once", async () => {
	const women = womenOf(2500, 10_000);
	const ids = await Promise.all(
		[rosterOf(women), rosterOf([...women].reverse())].map((bytes) =>
			imports.start(operator, baDinh, bytes).then(({ id }) => id),
		),
	);
	for (const id of ids) await call(operator, "imports.commit", { id });
	await Promise.all(ids.map((id) => imports.run(operator, id)));
	const reports = await Promise.all(ids.map((id) => imports.report(operator, id)));
	assert.equal(
		reports.reduce((sum, { accepted }) => sum + accepted, 0),
		2500,
	);
	assert.equal(
		reports.reduce((sum, { skipped }) => sum + skipped, 0),
		2500,
	);
	const { rows } = await owner.query(
		"select count(*)::int as n, count(distinct person_id)::int as people from app.spell where left_on is null",
	);
	assert.deepEqual(rows, [{ n: 2500, people: 2500 }]);
	assert.equal(await imports.differences(), 0);
	for (const id of ids.reverse()) await call(operator, "imports.undo", { id });
	assert.equal(await imports.counted(baDinh, TODAY), 0);
});

test("one import carried on by two at once, and one cut off between chunks, write every row once", async () => {
	const bytes = rosterOf(womenOf(3200, 20_000));
	const { id } = await imports.start(operator, baDinh, bytes);
	await call(operator, "imports.commit", { id });
	assert.deepEqual(await as(operator, (work) => commitChunk(work, id, 700)), { more: true, done: 700, total: 3200 });
	assert.deepEqual(
		(await findUnfinished(database)).map((one) => one.id),
		[id],
	);
	assert.deepEqual(await imports.start(operator, baDinh, bytes), { id, resumed: true });
	await Promise.all([imports.run(operator, id), imports.run(operator, id)]);
	const report = await imports.report(operator, id);
	assert.deepEqual([report.rows, report.accepted, report.rejected], [3200, 3200, 0]);
	assert.equal(await imports.counted(baDinh, TODAY), 3200);
	assert.equal(await imports.differences(), 0);
	assert.deepEqual(await findUnfinished(database), []);
});

test("the same file again loses nothing of what someone has put right or said of its columns", async () => {
	const women = womenOf(3, 40_000).map((woman) => ({ ...woman, name: `${woman.name} Riêng` }));
	const bytes = rosterOf([...women, { ...women[0], id: "001171049999", joined: "31/02/2018" }]);
	const { id } = await imports.start(operator, baDinh, bytes);
	const { layout } = await call(operator, "imports.preview", { id });
	const phone = layout.sheets[0].columns.find(({ field }: { field: string }) => field === "phone");
	phone.field = null;
	await call(operator, "imports.setLayout", { id, layout, remember: false });
	assert.deepEqual(await imports.start(operator, baDinh, bytes), { id, resumed: false });
	assert.deepEqual((await call(operator, "imports.preview", { id })).layout, layout);
	await call(operator, "imports.fixRow", { id, position: 4, fields: { name: "Lê Thị Đúng", joined: "01/02/2018" } });
	assert.deepEqual(await imports.start(operator, baDinh, bytes), { id, resumed: false });
	await call(operator, "imports.commit", { id });
	await imports.run(operator, id);
	const report = await imports.report(operator, id);
	assert.deepEqual([report.accepted, report.rejected], [4, 0]);
});

test("a file that comes again while its import is being asked for does not stage it anew", async () => {
	const bytes = rosterOf(womenOf(3, 45_000).map((woman) => ({ ...woman, name: `${woman.name} Đôi` })));
	const { id } = await imports.start(operator, baDinh, bytes);
	const again = await as(operator, async (work) => {
		await commitImport(work, { id, lowerUnlisted: "none", consent: null });
		const second = imports.start(operator, baDinh, bytes);
		let waiting = 0;
		while (waiting === 0) {
			const { rows } = await owner.query(
				"select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
			);
			waiting = rows[0].n;
		}
		return [second];
	});
	assert.deepEqual(await again[0], { id, resumed: true });
	await imports.run(operator, id);
	assert.equal((await imports.report(operator, id)).accepted, 3);
});

test("a row the database will not have is refused with its reason and holds up nobody; an error of the program waits", async () => {
	const women = womenOf(5, 30_000);
	const { id } = await imports.start(operator, baDinh, rosterOf(women));
	await call(operator, "imports.commit", { id });
	const refusing = `check (full_name <> '${women[2]?.name}') not valid`;
	await owner.query(`alter table app.person add constraint test_unforeseen ${refusing}`);
	await assert.rejects(imports.run(operator, id));
	await owner.query("alter table app.person drop constraint test_unforeseen, drop constraint person_text_bounded");
	await owner.query(`alter table app.person add constraint person_text_bounded ${refusing}`);
	await imports.run(operator, id);
	const report = await imports.report(operator, id);
	assert.deepEqual([report.accepted, report.rejected], [4, 1]);
	assert.deepEqual(
		report.problems.map(({ name, code }) => [name, code]),
		[[women[2]?.name, "member.text_too_long"]],
	);
	assert.equal(await imports.differences(), 0);
});
