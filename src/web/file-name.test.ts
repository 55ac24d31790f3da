import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOf } from "./file-name.ts";

test("a file keeps the name the server gave it, in Vietnamese letters too", () => {
	assert.equal(nameOf("attachment; filename*=UTF-8''H%E1%BB%99i%20vi%C3%AAn.xlsx"), "Hội viên.xlsx");
	assert.equal(nameOf('attachment; filename="ty-le.xlsx"'), "ty-le.xlsx");
	assert.equal(nameOf(null), undefined);
});
