import assert from "node:assert/strict";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import type { Paper, PaperTable } from "../core/paper.ts";
import { readWorkbook } from "../sheets/read.ts";
import { documentWorkbook } from "./sheet.ts";
import { partOf, wordsOf } from "./unzip.harness.ts";
import { dateWords, numberWords, recipientLines, typeset } from "./words.ts";
import { wordBytes } from "./write.ts";

// The measures are those of decree 30/2020/NĐ-CP, appendix I (docs: sizes.ts), read back from the file itself.

const TABLE: PaperTable = {
	name: "Chưa đạt trên 60%",
	columns: [
		{ key: "nth", head: "TT", kind: "number", width: 12 },
		{ key: "name", head: "Cơ sở Hội", kind: "text", width: 40 },
		{ key: "members", head: "Hội viên", kind: "count", width: 25, sum: "added" },
		{ key: "women18", head: "Phụ nữ từ 18 tuổi trở lên", kind: "count", width: 28, sum: "added" },
		{
			key: "rate",
			head: "Tỷ lệ",
			kind: "rate",
			width: 22,
			formula: { kind: "rate", members: "members", women: "women18" },
			sum: "as_row",
		},
		{
			key: "missing",
			head: "Còn thiếu",
			kind: "count",
			width: 20,
			formula: { kind: "missing", members: "members", women: "women18" },
			sum: "added",
		},
	],
	rows: [
		[1, "Xã Hòa Bình", 5393, 9412, "57.30", 255],
		[2, "Phường Đông Hà", 150, 12, "1250.00", 0],
		[3, "Xã Chưa Có", 7, null, null, null],
	],
	sum: [null, "Cộng", 5550, 9424, "58.89", 255],
};

function paper(change: Partial<Paper> = {}): Paper {
	return {
		demo: false,
		head: {
			above: "Hội Liên hiệp Phụ nữ\nthành phố Huế",
			issuer: "Ban Thường vụ",
			number: 5,
			symbol: "BC-BTV",
			place: "Huế",
			day: "2026-01-09",
		},
		title: "BÁO CÁO",
		about: ["Danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%"],
		to: ["Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam"],
		// Composed of letters and marks, as some keyboards type it.
		body: [{ kind: "paragraph", text: "Cơ sở Hội đạt trên 60%.".normalize("NFD") }],
		signer: { for: "TM. BAN THƯỜNG VỤ", post: "Phó Chủ tịch", name: "Nguyễn Thị Mẫu" },
		recipients: ["Như trên", "- Ban Tổ chức;", "Lưu: VT."],
		annexes: [{ title: ["Danh sách"], table: TABLE, notes: ["Bằng 60% là chưa đạt trên 60%."] }],
		...change,
	};
}

/** The paragraph that says some words. */
function paragraphOf(xml: string, words: string): string {
	const found = [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].find(([one]) => wordsOf(one)[0] === words);
	assert.ok(found, `“${words}” stands in the document`);
	return found[0];
}

test("the page is A4 with the decree's margins; an annex wider than the page lies across, with pages of its own", async () => {
	const xml = await partOf(await wordBytes(paper()), "word/document.xml");
	const sections = [...xml.matchAll(/<w:sectPr.*?<\/w:sectPr>/gs)].map(([one]) => one);
	assert.equal(sections.length, 2);
	for (const section of sections) {
		assert.match(section, /<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/);
		assert.match(section, /<w:titlePg\/>/);
		assert.match(section, /<w:pgNumType w:start="1"/);
	}
	assert.match(sections[0], /<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/);
	assert.match(sections[1], /<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/);
	const wide = { ...TABLE, columns: TABLE.columns.map((column) => ({ ...column, width: column.width + 10 })) };
	const across = await partOf(
		await wordBytes(paper({ annexes: [{ title: [], table: wide, notes: [] }] })),
		"word/document.xml",
	);
	assert.match(across, /<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/);
});

test("the number stands in the upper margin of every page but the first", async () => {
	const file = await wordBytes(paper());
	const headers = await Promise.all([1, 2, 3, 4].map((n) => partOf(file, `word/header${n}.xml`)));
	const document = await partOf(file, "word/document.xml");
	const links = await partOf(file, "word/_rels/document.xml.rels");
	for (const [kind, has] of [
		["first", false],
		["default", true],
	] as const) {
		const ids = [...document.matchAll(new RegExp(`<w:headerReference w:type="${kind}" r:id="([^"]+)"`, "g"))].map(
			([, id]) => id,
		);
		assert.equal(ids.length, 2);
		for (const id of ids) {
			const [, target] =
				new RegExp(`Target="header(\\d)\\.xml"[^>]*Id="${id}"|Id="${id}"[^>]*Target="header(\\d)\\.xml"`)
					.exec(links)
					?.filter(Boolean) ?? [];
			assert.equal(headers[Number(target) - 1].includes("PAGE"), has, `${kind} header`);
		}
	}
	assert.ok(headers.filter((one) => one.includes('<w:sz w:val="26"/>')).length >= 2, "13 points");
});

test("sizes, capitals and letters of each part are the decree's", async () => {
	const xml = await partOf(await wordBytes(paper()), "word/document.xml");
	const looks: [words: string, halfPoints: number, style: ("b" | "i")[], centred?: boolean][] = [
		["HỘI LIÊN HIỆP PHỤ NỮ", 24, [], true],
		["THÀNH PHỐ HUẾ", 24, [], true],
		["BAN THƯỜNG VỤ", 24, ["b"], true],
		["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24, ["b"], true],
		["Độc lập - Tự do - Hạnh phúc", 28, ["b"], true],
		["Số: 05/BC-BTV", 26, [], true],
		["Huế, ngày 09 tháng 01 năm 2026", 28, ["i"], true],
		["BÁO CÁO", 28, ["b"], true],
		["Cơ sở Hội đạt trên 60%.", 28, []],
		["TM. BAN THƯỜNG VỤ", 28, ["b"], true],
		["PHÓ CHỦ TỊCH", 28, ["b"], true],
		["Nguyễn Thị Mẫu", 28, ["b"], true],
		["Nơi nhận:", 24, ["b", "i"]],
		["- Ban Tổ chức;", 22, []],
		["- Lưu: VT.", 22, []],
		["Phụ lục", 28, ["b"], true],
		[
			"(Kèm theo Báo cáo số 05/BC-BTV ngày 09 tháng 01 năm 2026 của Ban Thường vụ Hội Liên hiệp Phụ nữ thành phố Huế)",
			28,
			["i"],
			true,
		],
	];
	for (const [words, size, style, centred = false] of looks) {
		const paragraph = paragraphOf(xml, words);
		assert.match(paragraph, new RegExp(`<w:sz w:val="${size}"/>`), words);
		for (const one of ["b", "i"] as const)
			assert.equal(paragraph.includes(`<w:${one}/>`), style.includes(one), `${words}: ${one}`);
		assert.equal(paragraph.includes('<w:jc w:val="center"/>'), centred, words);
	}
	const body = paragraphOf(xml, "Cơ sở Hội đạt trên 60%.");
	assert.match(body, /w:firstLine="720"/);
	assert.match(body, /<w:jc w:val="both"\/>/);
	assert.match(body, /w:before="120"/);
	assert.match(body, /<w:keepNext\/>/, "the last words stay with the signature");
	assert.equal(
		(xml.match(/prst="line"/g) ?? []).length / (xml.includes("mc:Fallback") ? 1 : 1),
		3,
		"three drawn lines",
	);
	assert.doesNotMatch(xml, /<w:u /, "nothing is underlined");
	assert.equal(xml, xml.normalize("NFC"));
	assert.match(await partOf(await wordBytes(paper()), "word/styles.xml"), /w:ascii="Times New Roman"/);
});

test("a table's head comes again on each page, its numbers stand on the right as Vietnamese papers write them", async () => {
	const xml = await partOf(await wordBytes(paper()), "word/document.xml");
	assert.equal((xml.match(/<w:tblHeader\/>/g) ?? []).length, 1);
	for (const words of ["5.393", "57,30%", "1.250,00%", "58,89%"])
		assert.match(paragraphOf(xml, words), /<w:jc w:val="(?:right|end)"\/>/, words);
	assert.match(paragraphOf(xml, "Cộng"), /<w:b\/>/);
});

test("a letter has its subject under the number and no title; without a number and a day both are left open", async () => {
	const head = { ...paper().head, number: null, day: null };
	const xml = await partOf(
		await wordBytes(
			paper({ title: "", about: ["phân bổ chỉ tiêu"], head, to: ["Hội LHPN xã A", "Hội LHPN xã B"], annexes: [] }),
		),
		"word/document.xml",
	);
	const words = wordsOf(xml);
	assert.ok(words.includes("V/v phân bổ chỉ tiêu"));
	assert.ok(words.includes("Số:         /BC-BTV"), words.slice(0, 9).join("|"));
	assert.ok(words.some((line) => /^Huế, ngày +tháng +năm +$/.test(line)));
	assert.deepEqual(
		words.filter((line) => line.startsWith("- Hội")),
		["- Hội LHPN xã A;", "- Hội LHPN xã B."],
	);
	assert.ok(!words.includes("BÁO CÁO"));
});

test("a demo says so in the header of every page", async () => {
	const file = await wordBytes(paper({ demo: true }));
	for (const n of [1, 2, 3, 4])
		assert.deepEqual(wordsOf(await partOf(file, `word/header${n}.xml`)).slice(-1), ["Dữ liệu minh họa"]);
	assert.deepEqual(wordsOf(await partOf(await wordBytes(paper()), "word/header1.xml")), []);
});

test("the same figures as a workbook, with formulas a person can follow", async () => {
	for (const demo of [false, true]) {
		const file = await buffer(documentWorkbook(paper({ demo })));
		const [table, notes] = await readWorkbook(file, "a.xlsx");
		const values = table.rows.slice(demo ? 2 : 1).map(({ cells }) => cells.map((cell) => cell?.value));
		assert.deepEqual(values[0], [1, "Xã Hòa Bình", 5393, 9412, 57.3, 255]);
		assert.deepEqual(values[3].slice(1), ["Cộng", 5550, 9424, 58.89, 255]);
		const xml = await partOf(file, "xl/worksheets/sheet1.xml");
		const formulas = new Map(
			[...xml.matchAll(/<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)<\/f>/g)].map(([, at, formula]) => [at, formula]),
		);
		const first = demo ? 3 : 2;
		assert.equal(formulas.get(`C${first + 3}`), `SUM(C${first}:C${first + 2})`);
		assert.equal(formulas.get(`F${first}`), `MAX(0,INT(3*D${first}/5)+1-C${first})`);
		assert.match(formulas.get(`E${first + 3}`) ?? "", new RegExp(`ROUND\\(100\\*C${first + 3}/D${first + 3},2\\)`));
		assert.equal(formulas.has(`E${first + 2}`), false, "no rate without women");
		assert.ok(notes.rows.some(({ cells }) => cells[0]?.value === "Bằng 60% là chưa đạt trên 60%."));
	}
});

test("tables of the same columns in the body share a page of the workbook, each under its name", async () => {
	const body = ["Một", "Hai"].map((name) => ({ kind: "table" as const, table: { ...TABLE, name } }));
	const file = await buffer(documentWorkbook(paper({ body, annexes: [] })));
	const sheets = await readWorkbook(file, "a.xlsx");
	assert.deepEqual(
		sheets.map(({ name }) => name),
		["Số liệu", "Ghi chú"],
	);
	assert.deepEqual(
		sheets[0].rows.flatMap(({ row, cells }) =>
			cells.filter(Boolean).length === 1 ? [`${row} ${cells[1]?.value}`] : [],
		),
		["2 Một", "7 Hai"],
	);
	assert.match(await partOf(file, "xl/worksheets/sheet1.xml"), /<f>SUM\(C8:C10\)<\/f>/);
});

test("days, numbers and recipients are written as the decree has them", () => {
	assert.equal(dateWords({ place: "", day: "2026-02-09" }), "……………, ngày 09 tháng 02 năm 2026");
	assert.equal(dateWords({ place: "Lào Cai", day: "2025-11-24" }), "Lào Cai, ngày 24 tháng 11 năm 2025");
	assert.equal(dateWords({ place: "Lào Cai", day: "2025-03-01" }), "Lào Cai, ngày 01 tháng 3 năm 2025");
	assert.equal(numberWords({ number: 121, symbol: "ĐCT-TC" }), "Số: 121/ĐCT-TC");
	assert.equal(typeset("nhiệm kỳ 2022 - 2027"), "nhiệm kỳ 2022\u00a0-\u00a02027");
	assert.deepEqual(recipientLines(["– Như trên;", "", "Lưu: VT"]), ["- Như trên;", "- Lưu: VT."]);
});
