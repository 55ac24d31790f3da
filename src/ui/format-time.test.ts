import assert from "node:assert/strict";
import { test } from "node:test";
import { dayInVietnam, displayTime } from "./format-time.ts";

test("an instant is told by the clock of Việt Nam", () => {
	assert.equal(displayTime("2025-11-20T03:32:00.000Z"), "10:32 ngày 20/11/2025");
	assert.equal(displayTime("2025-12-31T17:05:00Z"), "00:05 ngày 01/01/2026");
});

test("the day at an instant is that of Việt Nam", () => {
	assert.equal(dayInVietnam(new Date("2026-11-22T16:59:59Z")), "2026-11-22");
	assert.equal(dayInVietnam(new Date("2026-11-22T17:00:00Z")), "2026-11-23");
});
