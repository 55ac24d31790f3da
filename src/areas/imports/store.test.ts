import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import type { Problem } from "../../core/problem.ts";
import { importsOf, rosterOf, womenOf } from "./import.harness.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });
const { call, owner, person, unit } = database;
const imports = importsOf(database);
const chair = await person("chair.badinh", "commune_chair", "00004");
const clerk = await person("clerk.badinh", "commune_clerk", "00004");
const other = await person("chair.ngocha", "commune_chair", "00008");
const baDinh = await unit("00004");
const ngocHa = await unit("00008");

const codes = (report: { problems: { code: string; level: string }[] }) =>
	report.problems.filter(({ level }) => level !== "info").map(({ code }) => code);

test("a clerk's roster makes branches, persons, memberships and a ledger that agrees with them", async () => {
	const report = await imports.whole(
		clerk,
		baDinh,
		rosterOf([
			...womenOf(30),
			{ name: "", id: "001171900001" },
			{ name: "Đỗ Thị Non", birth: "01/01/2010" },
			{ name: "Võ Thị Tạm", residence: "Tạm trú", birth: "1980" },
			{ name: "Bùi Thị Mới", birth: "12/12/1990", residence: "Tạm trú", since: "01/07/2026", id: "001190000777" },
		]),
	);
	assert.deepEqual(
		[report.rows, report.accepted, report.updated, report.rejected, report.warned, report.skipped],
		[34, 32, 0, 2, 1, 0],
	);
	assert.deepEqual(codes(report), [
		"name.missing",
		"joined.underage",
		"id.missing",
		"id.missing",
		"residence.start_missing",
	]);
	assert.equal(await imports.counted(baDinh, TODAY), 30);
	assert.equal(await imports.counted(baDinh, "2027-01-01"), 31);
	assert.equal(await imports.differences(), 0);
	const { rows } = await owner.query(
		"select s.name from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'branch' where s.parent_id = $1 order by 1",
		[baDinh],
	);
	assert.deepEqual(
		rows.map(({ name }) => name),
		["Chi hội thôn 1", "Chi hội thôn 2", "Chi hội thôn 3", "Chi hội thôn Đông"],
	);
});

test("the same file again, and the same rows in another file, accept nobody", async () => {
	const before = await imports.counted(baDinh, TODAY);
	const again = await imports.whole(clerk, baDinh, rosterOf(womenOf(30)));
	assert.deepEqual([again.accepted, again.updated, again.skipped, again.rejected], [0, 0, 30, 0]);
	const reordered = await imports.whole(clerk, baDinh, rosterOf(womenOf(30).reverse()));
	assert.deepEqual([reordered.accepted, reordered.skipped], [0, 30]);
	const capitals = womenOf(30).map((woman) => ({ ...woman, branch: woman.branch?.toUpperCase() }));
	const shouting = await imports.whole(clerk, baDinh, rosterOf(capitals));
	assert.deepEqual([shouting.accepted, shouting.updated, shouting.skipped], [0, 0, 30]);
	assert.equal(await imports.counted(baDinh, TODAY), before);
});

test("a revised roster updates who left, has a new number or phone, adds who is new, asks who may be another", async () => {
	const women = womenOf(10);
	const [first, second, third, fourth, fifth] = women as [Woman, Woman, Woman, Woman, Woman];
	const revised = rosterOf([
		{ ...first, left: "01/06/2026", reason: "Chuyển đi" },
		{ ...second, phone: "0912345678" },
		{ ...third, branch: "Chi hội thôn Tây" },
		{ ...fourth, id: "001171999999" },
		{ ...fifth, id: "" },
		{ name: "Trần Thị Mới", id: "001171800001" },
	]);
	const { id } = await imports.start(chair, baDinh, revised);
	const preview = await call(chair, "imports.preview", { id });
	assert.deepEqual(
		[preview.counts.updated, preview.counts.accepted, preview.counts.asked, preview.counts.skipped],
		[3, 1, 1, 1],
	);
	assert.deepEqual(preview.newBranches, ["Chi hội thôn Tây"]);
	const { rows } = await call(chair, "imports.rows", { id, only: "update" });
	assert.deepEqual(
		rows.map((row: { changes: { field: string; before: string; after: string }[] }) => row.changes),
		[
			[
				{ field: "left", label: "Ngày ra khỏi Hội", before: "", after: "01/06/2026" },
				{ field: "leaveReason", label: "Lý do ra khỏi Hội", before: "", after: "Chuyển nơi thường trú" },
			],
			[{ field: "phone", label: "Số điện thoại", before: "", after: "0912345678" }],
			[{ field: "branch", label: "Chi hội", before: "Chi hội thôn 3", after: "Chi hội thôn Tây" }],
		],
	);
	const asked = await call(chair, "imports.rows", { id, only: "ask" });
	assert.equal(asked.rows[0].problems[0].code, "match.other_id");
	assert.equal(asked.rows[0].candidates.length, 1);
	await call(chair, "imports.answer", {
		id,
		position: 4,
		answer: "same",
		spellId: asked.rows[0].candidates[0].spellId,
	});
	await call(chair, "imports.commit", { id });
	await imports.run(chair, id);
	const report = await imports.report(chair, id);
	assert.deepEqual([report.accepted, report.updated, report.skipped, report.rejected], [1, 4, 1, 0]);
	assert.equal(await imports.differences(), 0);
	assert.equal(await imports.counted(baDinh, "2026-05-31"), 31);
	assert.equal(await imports.counted(baDinh, "2026-06-01"), 30);
	const again = await imports.whole(chair, baDinh, revised);
	assert.deepEqual([again.accepted, again.updated, again.skipped], [0, 0, 6]);
});

test("a woman counting in another commune is refused with that commune's name alone, and it is audited", async () => {
	const report = await imports.whole(
		other,
		ngocHa,
		rosterOf([{ name: "Lê Thị Mai Hà", birth: "04/04/1971", id: "001171000004" }]),
	);
	assert.deepEqual([report.accepted, report.rejected], [0, 1]);
	assert.equal(report.problems[0]?.code, "id.elsewhere");
	assert.match(report.problems[0]?.text ?? "", /Phường Ba Đình/);
	const { rows } = await owner.query(
		"select unit_id from app.audit where action = 'imports.elsewhere' and account_id = $1",
		[other.accountId],
	);
	assert.ok(rows.length > 0 && rows.every((row) => row.unit_id === ngocHa));
	const { rows: shown } = await call(other, "imports.rows", { id: report.id, only: "waiting" });
	assert.equal(shown[0].mayTransfer, true);
	assert.equal(shown[0].nationalId, "•••••••••004");
});

test("she who has left another commune is taken over under the record she has", async () => {
	const [first] = womenOf(1);
	const report = await imports.whole(other, ngocHa, rosterOf([{ ...first, joined: "02/06/2026" } as Woman]));
	assert.deepEqual([report.accepted, report.rejected], [1, 0]);
	const { rows } = await owner.query(
		"select count(distinct person_id)::int as people, count(*)::int as spells from app.spell where person_id in (select person_id from app.spell where import_id = $1)",
		[report.id],
	);
	assert.deepEqual(rows, [{ people: 1, spells: 2 }]);
	const early = await imports.whole(other, ngocHa, rosterOf([{ ...womenOf(2)[1], left: "" } as Woman]));
	assert.equal(early.problems[0]?.code, "id.elsewhere");
	assert.equal(await imports.differences(), 0);
});

test("another unit's chair sees and does nothing; her roster for a commune not hers is refused", async () => {
	const { id } = await imports.start(chair, baDinh, rosterOf(womenOf(3, 500)));
	for (const name of ["preview", "recognise", "rows", "progress", "commit", "undo", "cancel", "forget"])
		await assert.rejects(
			call(other, `imports.${name}`, { id }),
			(error: Problem) => error.code === "import.not_found",
			name,
		);
	assert.deepEqual(await call(other, "imports.list", { unitId: baDinh }), []);
	await assert.rejects(
		imports.start(other, baDinh, rosterOf(womenOf(3, 500))),
		(error: Problem) => error.code === "access.denied",
	);
	assert.equal((await call(chair, "imports.cancel", { id })).state, "cancelled");
	await assert.rejects(call(chair, "imports.commit", { id }), (error: Problem) => error.code === "import.not_staged");
});

test("a refused row is corrected on screen, before the commit and after it", async () => {
	const { id } = await imports.start(
		chair,
		baDinh,
		rosterOf([
			{ name: "Phan Thị Ngày", birth: "30/2/1971", id: "001171700001" },
			{ name: "Phan Thị Sau", joined: "1900-02-29", id: "001171700002" },
		]),
	);
	const fixed = await call(chair, "imports.fixRow", { id, position: 1, fields: { birth: "3/2/1971" } });
	assert.deepEqual(
		[fixed.action, fixed.birth, fixed.fixed, fixed.written.birth],
		["add", "1971-02-03", true, "3/2/1971"],
	);
	await call(chair, "imports.commit", { id });
	await imports.run(chair, id);
	assert.deepEqual((await call(chair, "imports.progress", { id })).counts, {
		rows: 2,
		accepted: 1,
		updated: 0,
		rejected: 1,
		warned: 0,
		skipped: 0,
		asked: 0,
	});
	const still = await call(chair, "imports.fixRow", { id, position: 2, fields: { joined: "31/4/2010" } });
	assert.equal(still.action, "refuse");
	const done = await call(chair, "imports.fixRow", { id, position: 2, fields: { joined: "30/4/2010" } });
	assert.deepEqual([done.action, done.state, done.problems], ["add", "done", []]);
	await assert.rejects(
		call(chair, "imports.fixRow", { id, position: 2, fields: { joined: "1/4/2010" } }),
		(error: Problem) => error.code === "import.row_done",
	);
	assert.equal(await imports.differences(), 0);
});

test("columns corrected by a person are remembered for the unit's next file", async () => {
	const text = (suffix: string) =>
		Buffer.from(
			`Người;Sinh năm;Số;Vào\nCao Thị ${suffix};1970;001170600001;2015\nCao Thị B${suffix};1972;001172600002;2016`,
		);
	const { id } = await imports.start(chair, baDinh, text("An"));
	const [sheet] = await call(chair, "imports.recognise", { id });
	assert.equal(sheet.use, false);
	const { hidden: _, top, ...layout } = sheet;
	assert.deepEqual(top[0].cells, ["Người", "Sinh năm", "Số", "Vào"]);
	const columns = ["name", "birth", "nationalId", "joined"].map((field, column) => ({
		column,
		header: top[0].cells[column],
		field,
	}));
	const set = await call(chair, "imports.setLayout", {
		id,
		layout: { sheets: [{ ...layout, use: true, headerRow: 1, headerRows: 1, columns }] },
	});
	assert.deepEqual([set.counts.rows, set.counts.accepted], [2, 2]);
	await call(chair, "imports.cancel", { id });
	await assert.rejects(call(chair, "imports.recognise", { id }), (error: Problem) => error.code === "import.forgotten");
	const next = await imports.start(chair, baDinh, text("Bình"));
	assert.equal((await call(chair, "imports.preview", { id: next.id })).counts.accepted, 2);
});

type Woman = ReturnType<typeof womenOf>[number];
