import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isSyllable } from "./syllable.ts";

describe("a word that Vietnamese spelling allows", () => {
	const names =
		"Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Quách Thạch Giàng Lò Thị Thuỳ Thúy " +
		"Quỳnh Quyên Khuyên Nguyệt Tuyết Ngoãn Xuân Oanh Yến Ý Ứng Ửng Ẩn Nhữ Lượt Bưởi Phượng Hường Diễm Gìn Giêng Nghiêng Quốc Thuở Khuya";
	for (const name of names.split(" ")) test(`${name} is one`, () => assert.equal(isSyllable(name), true));
	test("also decomposed", () => assert.equal(isSyllable("Nguyễn".normalize("NFD")), true));
	for (const word of [
		"Niê",
		"Blô",
		"Hµ",
		"Lâ",
		"Ngäc",
		"Nguyeãn",
		"Lac",
		"Lác̀",
		"Hặ",
		"Wang",
		"",
		"H'Bia",
		"a".repeat(100_000),
	])
		test(`"${word.slice(0, 20)}" is none`, () => assert.equal(isSyllable(word), false));
});
