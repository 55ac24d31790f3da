import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, TODAY } from "../../../test/believable.ts";
import { openTestDatabase, refused } from "../../../test/kit.ts";
import type { Actor } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { DOCUMENT_KINDS, DOCUMENT_LEVELS, isIssuedBy } from "./rules-kinds.ts";
import { type Asked, composeDocument, composeSample } from "./store-compose.ts";

const database = await openTestDatabase({ today: TODAY });
const { call, operator, owner, person, unit } = database;
const people = await arrange(database);
const province = await unit("75", TODAY);
const { rows: near } = await owner.query(
	"select code from app.unit_spell where parent_id = $1 and unit_id <> $2 and during @> $3::date and code is not null order by code limit 1",
	[province, people.commune, TODAY],
);
const neighbour = await person("lan", "commune_chair", near[0].code, TODAY);
const auditor = await person("kiem", "auditor", "75", TODAY);

const compose = (actor: Actor, asked: Asked) => database.as(actor, (work) => composeDocument(work, asked));

test("the list of communes not over 60 % has each of them with what it lacks, the lowest first, and adds up", async () => {
	const rows: RateRow[] = await call(people.province, "gathering.rates", { unitId: province, level: "commune" });
	const wanted = rows.filter((row) => row.class === "under" || row.class === "exactly");
	assert.ok(wanted.length > 3);
	const { paper, fileName } = await compose(people.province, { kind: "not_over_60", unitId: province });
	const [{ table }] = paper.annexes;
	assert.deepEqual(table.rows.map((row) => row[1]).sort(), wanted.map(({ name }) => name).sort());
	const column = (key: string) => table.columns.findIndex((one) => one.key === key);
	assert.deepEqual(
		new Map(table.rows.map((row) => [row[1], row[column("missing")]])),
		new Map(wanted.toSorted((a, b) => Number(a.rate) - Number(b.rate)).map(({ name, missing }) => [name, missing])),
	);
	const missing = wanted.reduce((sum, row) => sum + (row.missing ?? 0), 0);
	assert.equal(table.sum?.[column("missing")], missing);
	const words = paper.body.map((block) => (block.kind === "table" ? "" : block.text)).join(" ");
	assert.match(words, new RegExp(`${rows.filter((row) => row.kind === "commune").length} cơ sở Hội`));
	assert.doesNotMatch(JSON.stringify(paper), /\{\{/);
	assert.match(paper.head.above, /^Hội Liên hiệp Phụ nữ\n(?:tỉnh|thành phố) Đồng Nai$/);
	assert.deepEqual([paper.head.issuer, paper.head.symbol, paper.head.number], ["Ban Thường vụ", "BC-BTV", null]);
	assert.equal(fileName, `co-so-hoi-chua-dat-tren-60-75-${TODAY}`);
});

test("the report of every level adds up to the unit's own figures; figures of a day under the units of another say so", async () => {
	for (const [actor, unitId] of [
		[people.centre, await unit("VN", TODAY)],
		[people.province, province],
		[people.chair, people.commune],
	] as const) {
		const [own]: RateRow[] = await call(actor, "gathering.rates", { unitId });
		const { paper } = await compose(actor, { kind: "gathering_report", unitId });
		const [table] = [
			...paper.annexes.map((annex) => annex.table),
			...paper.body.flatMap((block) => (block.kind === "table" ? [block.table] : [])),
		];
		const at = table.columns.findIndex(({ key }) => key === "members");
		assert.equal(
			table.rows.reduce((sum, row) => sum + Number(row[at] ?? 0), 0),
			own.members,
		);
		assert.equal(table.sum?.[at], own.members);
	}
	const { paper } = await compose(people.province, {
		kind: "gathering_report",
		unitId: province,
		on: "2025-06-01",
		map: TODAY,
	});
	assert.ok(
		paper.annexes[0].notes.some((note) =>
			note.includes("Số của ngày 01/06/2025 theo đơn vị hành chính ngày 20/11/2025"),
		),
	);
});

test("an allotment has its rows, their sum and the document they were given by; without any there is nothing to write", async () => {
	const asked: Asked = { kind: "target_allotment", unitId: province };
	await assert.rejects(compose(people.province, asked), refused("document.empty"));
	await call(people.centre, "targets.set", {
		unitId: await unit("VN", TODAY),
		kind: "net_new_members",
		document: "358/ĐCT-TC",
		own: { value: 500 },
		rows: [{ unitId: province, value: 500 }],
	});
	await call(people.province, "targets.set", {
		unitId: province,
		kind: "net_new_members",
		document: "12/KH-BTV",
		rows: [{ unitId: people.commune, value: 500 }],
	});
	const { paper } = await compose(people.province, asked);
	const [{ table }] = paper.annexes;
	assert.equal(table.sum?.at(-1), 500);
	assert.equal(paper.title, "");
	const words = JSON.stringify(paper.body);
	assert.match(words, /12\/KH-BTV/);
	assert.match(words, /Đủ so với chỉ tiêu trên giao/);
});

test("who may not read a unit gets no document of it, a commune issues no list, and what is made stands in the log", async () => {
	await assert.rejects(
		compose(neighbour, { kind: "gathering_report", unitId: people.commune }),
		refused("access.denied"),
	);
	await assert.rejects(
		compose(people.chair, { kind: "not_over_60", unitId: people.commune }),
		refused("document.level"),
	);
	await compose(auditor, { kind: "gathering_report", unitId: people.commune });
	const { rows } = await owner.query(
		"select unit_id, detail from app.audit where action = 'documents.export' and account_id = $1",
		[auditor.accountId],
	);
	assert.deepEqual(rows, [{ unit_id: people.commune, detail: { kind: "gathering_report", on: TODAY } }]);
});

test("the centre words a level, a unit its own head; a faulty field is named when it is saved and when it is used", async () => {
	const level = "province";
	const words = { opening: "Số hội viên của {{địa bàn}}: {{hội viên}}." };
	const set = { level, kind: "gathering_report", words, version: 0 };
	await assert.rejects(call(people.province, "documents.setTemplate", set), refused("access.denied"));
	await assert.rejects(
		call(people.centre, "documents.setTemplate", { ...set, words: { opening: "{{hội viên cũ}}" } }),
		(error: { code: string; field: string; message: string }) => {
			assert.deepEqual([error.code, error.field], ["template.field", "opening"]);
			assert.match(error.message, /\{\{hội viên cũ\}\}/);
			return true;
		},
	);
	await assert.rejects(
		call(people.centre, "documents.setTemplate", { ...set, words: { closing: "{{hội viên" } }),
		refused("template.field"),
	);
	await call(people.centre, "documents.setTemplate", set);
	await assert.rejects(call(people.centre, "documents.setTemplate", set), refused("template.changed"));
	const asked: Asked = { kind: "gathering_report", unitId: province };
	const { paper } = await compose(people.province, asked);
	assert.match(JSON.stringify(paper.body[0]), /Số hội viên của .* Đồng Nai: [\d.]+\./);

	const own = { unitId: province, kind: "gathering_report", words: { recipients: "Ban Tổ chức\nLưu: VT" }, version: 0 };
	await assert.rejects(call(people.chair, "documents.setTemplate", own), refused("access.denied"));
	await assert.rejects(
		call(people.province, "documents.setTemplate", { ...own, words: { opening: "Khác." } }),
		refused("template.part"),
	);
	await call(people.province, "documents.setTemplate", own);
	await call(people.province, "documents.setLetterhead", {
		unitId: province,
		place: "Biên Hòa",
		signerPost: "Phó Chủ tịch",
		signerName: "Người Ký Mẫu",
		symbol: "PN",
		version: 0,
	});
	const again = (await compose(people.province, asked)).paper;
	assert.deepEqual(again.recipients, ["Ban Tổ chức", "Lưu: VT"]);
	assert.deepEqual([again.head.place, again.head.symbol, again.signer.name], ["Biên Hòa", "BC-PN", "Người Ký Mẫu"]);
	const shown = await call(people.province, "documents.templates", {});
	assert.equal(shown.letterhead.signerPost, "Phó Chủ tịch");
	assert.equal(shown.mayWriteLevels, false);
	assert.deepEqual((await call(neighbour, "documents.templates", {})).letterhead.signerName, "");
	await assert.rejects(call(neighbour, "documents.templates", { unitId: people.commune }), refused("access.denied"));

	// Who changed what when, and back to an earlier wording: it is saved again, and the one between stays.
	const history = { unitId: province, kind: "gathering_report" };
	await call(people.province, "documents.setTemplate", { ...own, words: { recipients: "Lưu: VT" }, version: 1 });
	const changes = await call(people.province, "documents.history", history);
	assert.deepEqual(
		changes.map(({ version, parts, changedBy }: Record<string, unknown>) => [version, parts, changedBy]),
		[
			[2, ["Nơi nhận"], "Ngô Thị Xuân"],
			[1, ["Nơi nhận"], "Ngô Thị Xuân"],
		],
	);
	const parts = { recipients: changes[1].words.recipients };
	await call(people.province, "documents.setTemplate", { ...own, words: parts, version: 2 });
	assert.deepEqual((await compose(people.province, asked)).paper.recipients, ["Ban Tổ chức", "Lưu: VT"]);
	assert.equal((await call(people.province, "documents.history", history)).length, 3);
	await assert.rejects(call(neighbour, "documents.history", history), refused("access.denied"));
	assert.equal((await call(people.centre, "documents.history", { level, kind: "gathering_report" })).length, 1);

	// What an older version of the program allowed, or someone wrote past it.
	await owner.query(`update app.document_template set words = '{"opening": "{{mất rồi}}"}' where unit_id is null`);
	await assert.rejects(compose(people.province, asked), (error: { code: string; status: number; message: string }) => {
		assert.deepEqual([error.code, error.status], ["template.field", 422]);
		assert.match(error.message, /\{\{mất rồi\}\}/);
		return true;
	});
	await owner.query("delete from app.document_template");
});

test("numbers run from 01 each year in each register; two at once never get the same; only the unit itself takes them", async () => {
	const take = (actor: Actor, more: object = {}) =>
		call(actor, "documents.takeNumber", { unitId: people.commune, register: "reports", about: "Báo cáo", ...more });
	const all = await Promise.all(Array.from({ length: 8 }, () => take(people.chair)));
	assert.deepEqual(
		all.map(({ number }) => number).sort((a, b) => a - b),
		[1, 2, 3, 4, 5, 6, 7, 8],
	);
	assert.equal((await take(people.chair, { register: "letters" })).number, 1);
	const last = await take(people.chair, { documentOn: "2024-12-31" });
	assert.deepEqual([last.year, last.number], [2024, 1]);
	await assert.rejects(take(people.chair, { documentOn: "2026-01-01" }), refused("document.day"));
	await assert.rejects(take(people.province), refused("access.denied"));
	await assert.rejects(take(neighbour), refused("access.denied"));
	const { rows, next } = await call(people.chair, "documents.numbers", {});
	assert.equal(rows.length, 9);
	assert.equal(next.find((one: { register: string }) => one.register === "reports").number, 9);
	assert.equal((await call(people.province, "documents.numbers", { unitId: people.commune })).mayWrite, false);
	const made = await compose(people.chair, { kind: "gathering_report", unitId: people.commune, numberId: all[4].id });
	assert.deepEqual([made.paper.head.number, made.paper.head.day], [all[4].number, TODAY]);
	await assert.rejects(
		compose(people.province, { kind: "gathering_report", unitId: province, numberId: all[4].id }),
		refused("document.number"),
	);
	await assert.rejects(
		database.as(neighbour, (work) =>
			work.db
				.insertInto("document_number")
				.values({
					id: all[0].id.replace(/.$/, "0"),
					unit_id: people.commune,
					year: 2025,
					register: "all",
					number: 1,
					document_on: TODAY,
					about: "x",
					taken_by: neighbour.accountId,
				})
				.execute(),
		),
		refused("access.denied"),
	);
});

test("the words of a unit or a level are looked at with made-up figures, marked as such", async () => {
	for (const kind of DOCUMENT_KINDS)
		for (const level of DOCUMENT_LEVELS) {
			const sample = database.as(people.chair, (work) => composeSample(work, { kind, level }));
			if (!isIssuedBy(kind, level)) await assert.rejects(sample, refused("document.level"));
			else {
				const paper = await sample;
				assert.equal(paper.demo, true);
				assert.doesNotMatch(JSON.stringify(paper), /\{\{/);
			}
		}
	const own = await database.as(people.chair, (work) =>
		composeSample(work, { kind: "gathering_report", unitId: people.commune }),
	);
	assert.equal(own.head.above, "Hội Liên hiệp Phụ nữ\nphường Tân Triều");
	await assert.rejects(
		database.as(neighbour, (work) => composeSample(work, { kind: "gathering_report", unitId: people.commune })),
		refused("access.denied"),
	);
});

test("the operator at the server makes any unit's document", async () => {
	const { paper } = await compose(operator, { kind: "gathering_report", unit: "VN" });
	assert.equal(paper.head.issuer, "Đoàn Chủ tịch");
});
