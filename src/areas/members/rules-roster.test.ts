import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readWorkbook } from "../../sheets/read.ts";
import { workbookBytes } from "../../sheets/write.ts";
import { HEAD, readRoster, readSheets, sheetOf, TODAY, type Value } from "./roster.harness.ts";
import { applyRemembered, layoutFingerprint, recogniseRoster, recogniseSheet } from "./rules-roster-layout.ts";
import { isRefused } from "./rules-roster-read.ts";

describe("recognising a roster", () => {
	it("finds a two-line merged header anywhere in the first rows, with the sheet's branch", () => {
		const sheet = sheetOf(
			[
				["HỘI LHPN XÃ"],
				[],
				["DANH SÁCH HỘI VIÊN CHI HỘI THÔN ĐÔNG"],
				["TT", "Họ tên", "Năm sinh", "CCCD", "Cư trú", null, "Ra khỏi Hội", null],
				[null, null, null, null, "Thường trú", "Tạm trú từ", "Ngày", "Lý do"],
				[1, "Lê Thị Hà", 1970, "", "x", null, null, null],
				[2, "Lê Thị Hoa", 1971, "", null, "31/8/2023", "1/2/2024", "Chuyển đi"],
			],
			{
				merges: [
					{ top: 4, left: 4, bottom: 4, right: 5 },
					{ top: 4, left: 6, bottom: 4, right: 7 },
					{ top: 4, left: 0, bottom: 5, right: 0 },
				],
			},
		);
		const layout = recogniseSheet(sheet);
		assert.deepEqual(
			[layout.use, layout.headerRow, layout.headerRows, layout.branch],
			[true, 4, 2, "Chi hội thôn Đông"],
		);
		assert.deepEqual(
			layout.columns.map(({ field }) => field),
			["number", "name", "birth", "nationalId", "permanent", "residenceStart", "left", "leaveReason"],
		);
		const [first, second] = readSheets(sheet).rows;
		assert.deepEqual([first?.fields.residence, first?.fields.branch], ["permanent", "Chi hội thôn Đông"]);
		assert.deepEqual(
			[second?.fields.residence, second?.fields.residenceStart, second?.fields.left, second?.fields.leaveReason],
			["temporary", "2023-08-31", "2024-02-01", "temporary_left"],
		);
	});

	const columns: [string, Value[][], (string | null)[]][] = [
		[
			"merged cells lost, as in CSV",
			[
				["STT", "Họ tên", "Năm sinh", ""],
				["", "", "Nam", "Nữ"],
				[1, "Lê Thị Hà", "", 1970],
			],
			["number", "name", "birthMale", "birthFemale"],
		],
		[
			"day, month and year apart",
			[
				["STT", "Họ tên", "Ngày sinh", "", ""],
				["", "", "Ngày", "Tháng", "Năm"],
				[1, "Lê Thị Hà", 1, 2, 1970],
			],
			["number", "name", "birthDay", "birthMonth", "birthYear"],
		],
		[
			"a name in two columns",
			[
				["STT", "Họ và tên đệm", "Tên", "Ngày tháng năm sinh"],
				[1, "Lê Thị", "Hà", "1/2/1970"],
			],
			["number", "familyName", "givenName", "birth"],
		],
		[
			"ID beside its day and place",
			[
				["Họ tên", "Số CCCD", "Ngày cấp", "Nơi cấp", "Quê quán"],
				["Lê Thị Hà", "1", "1/1/2020", "Cục", "Huế"],
			],
			["name", "nationalId", null, null, null],
		],
		[
			"notes in brackets and odd words",
			[
				[
					"Số TT",
					"Họ, chữ đệm và tên",
					"Ngày, tháng, năm sinh (dương lịch)",
					"Số CMTND/CCCD (12 số)",
					"SĐT",
					"Thời gian tham gia Hội",
				],
				[1, "Lê Thị Hà"],
			],
			["number", "name", "birth", "nationalId", "phone", "joined"],
		],
		[
			"address or kind under 'Nơi cư trú'",
			[
				["Họ tên", "Năm sinh", "Nơi cư trú"],
				["Lê Thị Hà", 1970, "Tạm trú"],
			],
			["name", "birth", "residence"],
		],
		[
			"addresses under 'Hộ khẩu thường trú'",
			[
				["Họ tên", "Năm sinh", "Hộ khẩu thường trú"],
				["Lê Thị Hà", 1970, "Số 3 phố Huế"],
			],
			["name", "birth", "address"],
		],
		[
			"head of the household is not the member",
			[
				["Họ tên", "Họ tên chồng", "Năm sinh"],
				["Lê Thị Hà", "Bùi Văn Nam", 1970],
			],
			["name", null, "birth"],
		],
	];
	for (const [what, rows, fields] of columns)
		it(`names columns: ${what}`, () => {
			assert.deepEqual(
				recogniseSheet(sheetOf(rows)).columns.map(({ field }) => field),
				fields,
			);
		});

	it("splits a name that lies under one merged head", () => {
		const sheet = sheetOf(
			[
				["STT", "Họ và tên", null, "Năm sinh"],
				[1, "Lê Thị", "Hà", 1970],
				[2, "Bùi Thị Kim", "Nở", 1971],
			],
			{ merges: [{ top: 1, left: 1, bottom: 1, right: 2 }] },
		);
		assert.deepEqual(
			readSheets(sheet).rows.map((row) => row.fields.name),
			["Lê Thị Hà", "Bùi Thị Kim Nở"],
		);
	});

	it("leaves tables of counts, guidance and hidden sheets off", () => {
		const counts = sheetOf(
			[
				["STT", "Chi hội", "Hội viên", "Dân tộc"],
				[1, "Thôn Đông", 70, 3],
			],
			{ name: "Tổng hợp" },
		);
		const guidance = sheetOf([["Hướng dẫn điền"], ["Cột họ và tên ghi đúng như CCCD"]], { name: "Hướng dẫn" });
		const hidden = sheetOf(
			[
				["Họ tên", "Năm sinh"],
				["Lê Thị Hà", 1970],
			],
			{ name: "Cũ", hidden: true },
		);
		assert.deepEqual(
			recogniseRoster([counts, guidance, hidden]).sheets.map(({ use }) => use),
			[false, false, false],
		);
	});

	it("takes a person's corrections and remembers them for the same columns", () => {
		const sheet = sheetOf([
			["Họ tên", "Năm sinh", "Ô 3"],
			["Lê Thị Hà", 1970, "0912345678"],
		]);
		const layout = recogniseSheet(sheet);
		const corrected = {
			...layout,
			columns: layout.columns.map((column) => (column.column === 2 ? { ...column, field: "phone" as const } : column)),
		};
		assert.equal(layoutFingerprint(layout), layoutFingerprint(corrected));
		const again = applyRemembered(recogniseSheet(sheet), corrected);
		assert.equal(readRoster([sheet], { sheets: [again] }, { today: TODAY }).rows[0]?.fields.phone, "0912345678");
		const pointed = recogniseSheet(
			sheetOf([
				["a", "b"],
				["Họ tên", "Năm sinh"],
				["Lê Thị Hà", 1970],
			]),
			{ row: 2, rows: 1 },
		);
		assert.deepEqual([pointed.use, pointed.headerRow, pointed.columns[1]?.field], [true, 2, "birth"]);
	});
});

describe("the lines of a roster", () => {
	it("are sorted: groups lead, totals, repeated headers, column numbers and signatures are skipped", () => {
		const { rows, skipped } = readSheets(
			sheetOf([
				["DANH SÁCH HỘI VIÊN"],
				["STT", "Họ và tên", "Năm sinh", "Dân tộc", "Chức vụ"],
				["(1)", "(2)", "(3)", "(4)", "(5)"],
				["I", "CHI HỘI THÔN ĐÔNG (2 hội viên)"],
				[1, "Tống Thị Hà", 1970, "Kinh", "Chi hội trưởng"],
				[2, "Tô Vân Anh", 1971],
				["Tổ phụ nữ số 2"],
				[3, "Công Thị Nga", "1972"],
				["", "Tổng cộng", 3],
				["STT", "Họ và tên", "Năm sinh", "Dân tộc", "Chức vụ"],
				["II", "Đông Hải", null, 1],
				[1, "Lang Thị Bản", 1973],
				[2],
				["", "Cộng: 1"],
				["", "", "", "Xã A, ngày 20 tháng 5 năm 2023"],
				["", "NGƯỜI LẬP", "", "CHI HỘI TRƯỞNG"],
				[],
				["", "Nguyễn Thị Lan", "", "Trần Thị Mai"],
			]),
		);
		assert.deepEqual(
			rows.map(({ row, fields }) => [row, fields.name, fields.branch, fields.group]),
			[
				[5, "Tống Thị Hà", "Chi hội thôn Đông", ""],
				[6, "Tô Vân Anh", "Chi hội thôn Đông", ""],
				[8, "Công Thị Nga", "Chi hội thôn Đông", "Tổ phụ nữ số 2"],
				[12, "Lang Thị Bản", "Chi hội Đông Hải", ""],
			],
		);
		assert.deepEqual(
			skipped.map(({ row, kind }) => `${row} ${kind}`),
			[
				"3 header",
				"4 group",
				"7 group",
				"9 total",
				"10 header",
				"11 group",
				"13 note",
				"14 total",
				"15 signature",
				"16 signature",
				"18 signature",
			],
		);
	});

	it("keep a woman of whom only the name is written", () => {
		const { rows } = readSheets(
			sheetOf([
				["STT", "Họ và tên", "Năm sinh"],
				[1, "Lê Thị Hà"],
				["", "Bùi Thị Nở"],
			]),
		);
		assert.deepEqual(
			rows.map(({ fields }) => fields.name),
			["Lê Thị Hà", "Bùi Thị Nở"],
		);
	});
});

describe("a roster in an old font", () => {
	it("is read by the font of each cell; .VnTimeH is capitals", async () => {
		const old = (value: string, font = ".VnTime") => ({ value, font });
		const bytes = await workbookBytes([
			{
				name: "thôn Đông",
				rows: [
					[old("TT"), old("Hä tªn"), old("N¨m sinh"), old("C­ tró")],
					[1, old("®ç thÞ h­êng", ".VnTimeH"), { value: 25796, isDate: true }, old("T¹m tró")],
					[2, { value: "Lê Thị Hà", font: "Arial" }, "1970", old("Th­êng tró")],
				],
			},
		]);
		const sheets = await readWorkbook(bytes, "a.xlsx");
		const { rows } = readSheets(...sheets);
		assert.deepEqual(
			rows.map(({ fields }) => [fields.name, fields.birth, fields.residence, fields.branch]),
			[
				["ĐỖ THỊ HƯỜNG", "1970-08-16", "temporary", "Chi hội thôn Đông"],
				["Lê Thị Hà", "1970-01-01", "permanent", "Chi hội thôn Đông"],
			],
		);
		assert.ok(rows.every(({ problems }) => !isRefused(problems)));
		assert.equal(rows[0]?.raw[1]?.value, "®ç thÞ h­êng");
	});

	it("without fonts is read by the letters of its columns, which a person confirms", async () => {
		const text =
			"TT;Hä vµ tªn;N¨m sinh;Chi héi\n1;Th¹ch ThÞ TuyÕt Hßa;1970;th«n §«ng\n2;Ph¹m ThÞ TuyÕt H­êng;1971;th«n §oµi\n3;§Æng ThÞ NguyÖt;1972;th«n §«ng";
		const sheets = await readWorkbook(Buffer.from(text, "latin1"), "a.csv");
		const layout = recogniseRoster(sheets);
		assert.deepEqual(
			layout.sheets[0]?.columns.map(({ field, encoding }) => [field, encoding]),
			[
				["number", undefined],
				["name", "tcvn3"],
				["birth", undefined],
				["branch", "tcvn3"],
			],
		);
		const { rows } = readRoster(sheets, layout, { today: TODAY });
		assert.deepEqual(
			rows.map(({ fields }) => fields.name),
			["Thạch Thị Tuyết Hòa", "Phạm Thị Tuyết Hường", "Đặng Thị Nguyệt"],
		);
		assert.equal(rows[1]?.fields.branch, "thôn Đoài");
	});

	it("without fonts, a column whose words could be either follows the sheet: khu phè is khu phố", async () => {
		for (const text of [
			"TT;Hä vµ tªn;N¨m sinh;Chi héi\n1;Th¹ch ThÞ TuyÕt Hßa;1970;khu phè 9\n2;§Æng ThÞ NguyÖt;1972;khu phè 9",
			"TT;Hoï vaø teân;Naêm sinh;Chi hoäi\n1;Nguyeãn Thò Haèng;1970;khu phoá 9\n2;Traàn Thò Phöôïng;1971;khu phoá 9",
		]) {
			const sheets = await readWorkbook(Buffer.from(text, "latin1"), "a.csv");
			assert.deepEqual(
				readRoster(sheets, recogniseRoster(sheets), { today: TODAY }).rows.map(({ fields }) => fields.branch),
				["khu phố 9", "khu phố 9"],
			);
		}
	});
});

describe("any sheet at all", () => {
	it("is read without an error, every line below the header told once", () => {
		const value = fc.oneof(
			fc.constantFrom(
				null,
				...HEAD,
				"I",
				"Tổng cộng",
				"Chi hội thôn Đông",
				"Nam",
				"Nữ",
				"x",
				"30/2/1970",
				"\u202eHà\u0000",
				"1E+99",
			),
			fc.string({ unit: "binary" }),
			fc.double(),
			fc.integer({ min: -10, max: 100_000_000_000 }),
		);
		const rows = fc.array(fc.array(value, { maxLength: 12 }), {
			maxLength: 20,
		});
		const merge = fc.record({
			top: fc.nat(9),
			left: fc.nat(9),
			bottom: fc.nat(9),
			right: fc.nat(9),
		});
		fc.assert(
			fc.property(rows, fc.array(merge, { maxLength: 3 }), (body, merges) => {
				const sheet = sheetOf([HEAD, ...body], { merges });
				const layout = recogniseSheet(sheet, { row: 1, rows: 1 });
				const result = readRoster([sheet], { sheets: [layout] }, { today: TODAY });
				assert.equal(result.rows.length + result.skipped.length, sheet.rows.length - 1);
				for (const { fields } of result.rows) assert.ok(fields.name.length <= 200);
				recogniseSheet(sheet);
			}),
			{ numRuns: 300 },
		);
	});
});
