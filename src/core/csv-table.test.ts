import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTable, readTable } from "./csv-table.ts";

const COLUMNS = [
	{ key: "code", heads: ["Mã đơn vị"], required: true },
	{ key: "women18", heads: ["Phụ nữ từ 18 tuổi trở lên"], required: true },
	{ key: "document", heads: ["Văn bản"], required: false },
];

test("columns are found by key or by head, in any order; codes keep their zeros; rows keep their number in the file", () => {
	const text = "Văn bản;Phụ nữ từ 18 tuổi trở lên;MÃ ĐƠN VỊ;Ghi chú\r\nCV 1;1.234;00001;x\r\n;;;\r\n;99;00004;\r\n";
	assert.deepEqual(readTable(text, COLUMNS), {
		rows: [
			{ row: 2, code: "00001", women18: "1.234", document: "CV 1" },
			{ row: 4, code: "00004", women18: "99", document: "" },
		],
		missing: [],
	});
	assert.equal(readTable("code,women18\n00001,5\n", COLUMNS).rows[0].document, "");
});

test("a head without a required column gives no rows and says which is missing", () => {
	const { rows, missing } = readTable("code,so\n00001,5\n", COLUMNS);
	assert.deepEqual([rows.length, missing.map(({ key }) => key)], [0, ["women18"]]);
	assert.equal(readTable("", COLUMNS).missing.length, 2);
});

test("files of Excel are read whatever their encoding", () => {
	const text = "code,women18\n00001,5\n";
	assert.equal(readTable(decodeTable(new TextEncoder().encode(`\ufeff${text}`)), COLUMNS).rows.length, 1);
	const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
	assert.equal(readTable(decodeTable(wide), COLUMNS).rows.length, 1);
	assert.equal(decodeTable(Uint8Array.of(0xd0, 0xf4, 0x6e, 0x67)), "Đông");
});
