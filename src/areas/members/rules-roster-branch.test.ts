import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { branchKey, branchOfSheet, readHeading } from "./rules-roster-branch.ts";

describe("headings of a roster", () => {
	const cases: [string, string | null][] = [
		["I. CHI HỘI THÔN ĐÔNG (70 hội viên)", "branch Chi hội thôn Đông"],
		["CHI HỘI PHỤ NỮ KHU PHỐ 3", "branch Chi hội phụ nữ khu phố 3"],
		["Chi hội bản Nà Ỏ: 12", "branch Chi hội bản Nà Ỏ"],
		["thôn Đoài", "branch Chi hội thôn Đoài"],
		["KP 3", null],
		["Tổ phụ nữ số 2", "group Tổ phụ nữ số 2"],
		["TỔ 5", "group tổ 5"],
		["Tô Vân Anh", null],
		["Tống Thị Hà", null],
		["Sheet1", null],
		["", null],
	];
	for (const [text, expected] of cases)
		it(`"${text}" is ${expected ?? "none"}`, () => {
			const heading = readHeading(text);
			assert.equal(heading && `${heading.kind} ${heading.name}`, expected);
		});

	it("name the branch of a sheet by its name, else by a title", () => {
		assert.equal(branchOfSheet("bản Nà Ỏ", ["DANH SÁCH CHI HỘI A"]), "Chi hội bản Nà Ỏ");
		assert.equal(branchOfSheet("Sheet1", ["HỘI LHPN XÃ", "DANH SÁCH HỘI VIÊN CHI HỘI THÔN ĐÔNG"]), "Chi hội thôn Đông");
		assert.equal(branchOfSheet("DS", ["Danh sách hội viên"]), null);
	});

	it("are one branch however they are written", () => {
		const spellings = ["Chi hội thôn Đông", "CHI HỘI PHỤ NỮ THÔN ĐÔNG", "thôn Đông", "Chi hội LHPN thôn Đông"];
		assert.deepEqual([...new Set(spellings.map(branchKey))], ["thon dong"]);
		assert.notEqual(branchKey("Chi hội thôn Đoài"), "thon dong");
	});
});
