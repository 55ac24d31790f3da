import assert from "node:assert/strict";
import { test } from "node:test";
import { suggested } from "./page-username.ts";

test("a sign-in name is made of given and family name without diacritics", () => {
	const cases: [string, string][] = [
		["Trần Thị Hường", "huong.tran"],
		["Đỗ Ánh", "anh.do"],
		["Hoà", "hoa"],
		["", ""],
	];
	for (const [name, username] of cases) assert.equal(suggested(name), username, name);
});
