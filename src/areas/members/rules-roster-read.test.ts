import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HEAD, readSheets, sheetOf, type Value } from "./roster.harness.ts";

describe("the problems of a row", () => {
	const good: Record<string, Value> = {
		"Họ và tên": "Lê Thị Hà",
		"Ngày sinh": "15/8/1971",
		"Số CCCD/CMND": "001171000001",
		"Ngày vào Hội": "1/2/2010",
		"Cư trú": "Thường trú",
		"Số điện thoại": "0912345678",
	};
	const cases: [string, Record<string, Value>, string[]][] = [
		["nothing", {}, []],
		["no name", { "Họ và tên": "" }, ["name.missing"]],
		["a name of 10 000 letters", { "Họ và tên": "Hà ".repeat(3000) }, ["name.too_long"]],
		["a birthday that does not exist", { "Ngày sinh": "30/2/1971" }, ["birth.invalid"]],
		["a birth to come", { "Ngày sinh": "1/1/2030" }, ["birth.invalid"]],
		["no birthday", { "Ngày sinh": "" }, ["birth.missing"]],
		["a joining day to come", { "Ngày vào Hội": "23/11/2026" }, ["joined.future"]],
		["joined today", { "Ngày vào Hội": "22/11/2026" }, []],
		["joined the day before 18", { "Ngày vào Hội": "14/8/1989" }, ["joined.underage"]],
		["joined on the 18th birthday", { "Ngày vào Hội": "15/8/1989" }, []],
		["a year that may be 18", { "Ngày vào Hội": "1989" }, []],
		["a year that cannot be 18", { "Ngày vào Hội": 1988 }, ["joined.underage"]],
		["an unreadable joining day", { "Ngày vào Hội": "khi còn trẻ" }, ["joined.invalid"]],
		["no joining day", { "Ngày vào Hội": "" }, ["joined.missing"]],
		["left before joined", { "Ngày ra khỏi Hội": "31/1/2010" }, ["left.before_joined"]],
		["left on the day she joined", { "Ngày ra khỏi Hội": "1/2/2010" }, []],
		["left in the year she joined", { "Ngày ra khỏi Hội": "2010" }, []],
		["an unreadable day of leaving", { "Ngày ra khỏi Hội": "31/4/2020" }, ["left.invalid"]],
		["a reason without its day", { "Lý do": "Chết" }, ["left.missing"]],
		["a remark in the column of reasons", { "Lý do": "gương mẫu" }, []],
		["no ID", { "Số CCCD/CMND": "" }, ["id.missing"]],
		["a CMND", { "Số CCCD/CMND": "133303584" }, ["id.cmnd"]],
		["an ID of another year", { "Số CCCD/CMND": "001172000001" }, ["id.birth_year"]],
		["a man's ID", { "Số CCCD/CMND": "001071000001" }, ["id.sex"]],
		["an ID of seven digits", { "Số CCCD/CMND": "1234567" }, ["id.unreadable"]],
		["zeros lost", { "Số CCCD/CMND": 1171000001 }, ["id.zeros_restored"]],
		[
			"zeros lost from an ID that fits but for the year",
			{ "Số CCCD/CMND": 1172000001 },
			["id.birth_year", "id.zeros_restored"],
		],
		["temporary without a start", { "Cư trú": "Tạm trú" }, ["residence.start_missing"]],
		["temporary since 'có'", { "Cư trú": "", "Tạm trú từ ngày": "có" }, ["residence.start_missing"]],
		["temporary with a start", { "Cư trú": "KT3", "Tạm trú từ ngày": "1/2/2020" }, []],
		["a phone of eleven digits", { "Số điện thoại": "01692345678" }, ["phone.changed"]],
		["decomposed letters", { "Họ và tên": "Lê Thị Hà".normalize("NFD") }, ["text.decoded"]],
	];
	for (const [what, change, codes] of cases)
		it(`${what}: ${codes.join(", ") || "none"}`, () => {
			const row = { ...good, ...change };
			const { rows } = readSheets(sheetOf([HEAD, HEAD.map((head) => (head === "STT" ? 1 : (row[head] ?? "")))]));
			assert.deepEqual(
				rows[0]?.problems.map(({ code }) => code),
				codes,
			);
			for (const { text } of rows[0]?.problems ?? []) assert.match(text, /\.$/);
		});

	it("an ID open earlier in the file is refused, on any sheet; after she left she may come back", () => {
		const row = (left: string, joined = "1/2/2010"): Value[] => [
			1,
			"Lê Thị Hà",
			"15/8/1971",
			"001171000001",
			"Chi hội A",
			joined,
			"",
			"",
			left,
		];
		const codes = (...lines: Value[][]) =>
			readSheets(
				sheetOf([HEAD, lines[0] as Value[]], { name: "1" }),
				sheetOf([HEAD, ...lines.slice(1)], { name: "2" }),
			).rows.map(({ problems }) =>
				problems
					.filter(({ level }) => level === "error")
					.map(({ code }) => code)
					.join(),
			);
		assert.deepEqual(codes(row(""), row("")), ["", "id.duplicate"]);
		assert.deepEqual(codes(row("1/1/2015"), row("", "1/1/2015")), ["", ""]);
		assert.deepEqual(codes(row("1/1/2015"), row("", "1/1/2014")), ["", "id.duplicate"]);
		assert.deepEqual(codes(row("1/1/2009"), row("")), ["left.before_joined", ""]);
	});
});
