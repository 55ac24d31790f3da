import assert from "node:assert/strict";
import { test } from "node:test";
import { communeNoun, dayNotes, monthAtThisPace, nextDeadline } from "./rules-day.ts";

test("the update is in time until 9 June and 24 November, those days included (R8)", () => {
	const cases: [string, string, number, string][] = [
		["2025-01-01", "2025-06-09", 159, "6 tháng đầu năm 2025"],
		["2025-06-09", "2025-06-09", 0, "6 tháng đầu năm 2025"],
		["2025-06-10", "2025-11-24", 167, "6 tháng cuối năm 2025"],
		["2025-11-20", "2025-11-24", 4, "6 tháng cuối năm 2025"],
		["2025-11-25", "2026-06-09", 196, "6 tháng đầu năm 2026"],
	];
	for (const [today, day, daysLeft, period] of cases) assert.deepEqual(nextDeadline(today), { day, daysLeft, period });
});

test("a day's figures say by which rules and which registry they were made, and whether they may change (R37, R47)", () => {
	assert.deepEqual(dayNotes("2025-08-01", "2025-11-20"), []);
	assert.match(dayNotes("2025-11-20", "2025-11-20").join(" "), /^Số hôm nay là tạm tính\.$/);
	assert.match(dayNotes("2026-01-01", "2025-11-20").join(" "), /01\/01\/2026 là tạm tính\. Đã tính những chị sẽ đủ/);
	assert.match(dayNotes("2022-03-10", "2025-11-20").join(" "), /2022 - 2027\. Danh mục đơn vị tại ngày 29\/5\/2023/);
	assert.equal(dayNotes("2022-03-11", "2025-11-20").length, 1);
});

test("a commune's word is that of its day", () => {
	assert.equal(communeNoun("2025-06-30"), "xã, phường, thị trấn");
	assert.equal(communeNoun("2025-07-01"), "xã, phường, đặc khu");
});

test("the pace of half a year gives a month, and nothing where it would be a guess", () => {
	const points = [
		{ on: "2025-05-01", members: 100, unitId: 1 },
		{ on: "2025-06-01", members: 900, unitId: 1 },
		{ on: "2025-12-01", members: 1083, unitId: 1 },
	];
	assert.equal(monthAtThisPace(points, 61), "2026-01-31");
	assert.equal(monthAtThisPace(points, 0), null, "over already");
	assert.equal(monthAtThisPace(points, 5000), null, "more than three years");
	assert.equal(monthAtThisPace([points[2]], 10), null, "one point is no pace");
	const rearranged = [{ ...points[1], unitId: 7 }, points[2]];
	assert.equal(monthAtThisPace(rearranged, 10), null, "another unit's figure is no beginning");
});
