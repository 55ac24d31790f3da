import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPage, refusalWords } from "./sign-in-words.ts";

test("each refusal says what to do next", () => {
	assert.match(refusalWords(401, "password"), /mật khẩu không đúng/);
	assert.match(refusalWords(401, "code"), /Mã không đúng/);
	assert.match(refusalWords(403, "password"), /khóa/);
	assert.match(refusalWords(429, "password", 90), /đợi 2 phút/);
	assert.match(refusalWords(503, "password"), /Máy chủ/);
	assert.match(refusalWords(503, "password", 4), /thử lại sau 4 giây/);
});

test("after signing in she is never led to another site", () => {
	const cases: [string, string][] = [
		["", "/"],
		["?next=/members", "/members"],
		["?next=https://example.org", "/"],
		["?next=//example.org", "/"],
		["?next=/\\example.org", "/"],
		["?next=/sign-in", "/"],
	];
	for (const [search, page] of cases) assert.equal(nextPage(search), page, search);
});
