import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { classOf } from "../../core/rate.ts";
import { regionOf } from "./rules-regions.ts";
import {
	crossedAt,
	distance,
	likenessOf,
	middleOf,
	type Profile,
	pathDays,
	startedAt,
	traitsOf,
} from "./rules-similar.ts";

const profile = (more: Partial<Profile> = {}): Profile => ({
	urban: true,
	region: "Đông Nam Bộ",
	provinceId: 75,
	women: 1000,
	branches: 10,
	migration: 100,
	minority: 0,
	groups: ["group.young"],
	...more,
});
const at = (members: number, women = 1000) => ({ members, women });

test("it crossed where it is over for good: exactly 60 % is not, and who fell back has not", () => {
	assert.equal(crossedAt({ women: 1000, members: [500, 600, 601, 650] }), 2);
	assert.equal(crossedAt({ women: 1000, members: [500, 700, 600, 601] }), 3, "it fell back and came again");
	assert.equal(crossedAt({ women: 1000, members: [500, 700, 600] }), null);
	assert.equal(crossedAt({ women: 1000, members: [700, 700] }), null, "always over: there is no way to learn from");
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 50 }),
			fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1 }),
			(women, members) => {
				const found = crossedAt({ women, members });
				const over = members.map((n) => classOf(n, women) === "over");
				if (found === null) return assert.ok(!over.at(-1) || over.every(Boolean));
				assert.ok(over.slice(found).every(Boolean) && !over[found - 1]);
				const start = startedAt({ women, members }, found, at(30, 60));
				assert.ok(start >= 0 && start < found);
			},
		),
	);
});

test("its way begins where it stood as this one stands now", () => {
	assert.equal(startedAt({ women: 1000, members: [400, 500, 550, 610] }, 3, at(505)), 1);
	assert.equal(startedAt({ women: 1000, members: [500, 500, 550, 610] }, 3, at(505)), 1, "the latest of several");
	assert.equal(
		startedAt({ women: 1000, members: [0, 0, 550, 610] }, 3, at(100)),
		2,
		"without a figure it stood nowhere",
	);
});

test("the distance is told in words, a share of few is not told, a people never as a number", () => {
	const told = likenessOf(
		profile(),
		profile({
			provinceId: 1,
			region: "Đồng bằng sông Hồng",
			women: 1900,
			branches: 10,
			migration: 300,
			groups: ["group.young", "group.away"],
		}),
		at(520),
		at(1100, 1900),
		new Map([["group.young", "Nữ thanh niên"]]),
	);
	assert.deepEqual(told, {
		like: ["cùng là phường, thị trấn", "cơ cấu dân tộc gần nhau", "cùng nhóm khó tập hợp: nữ thanh niên"],
		unlike: [
			"vùng Đồng bằng sông Hồng",
			"lớn hơn (1.900 phụ nữ từ 18 tuổi trở lên, ở đây 1.000)",
			"xuất phát cao hơn: 57,89%, ở đây 52,00%",
			"chi hội đông hơn (190 phụ nữ một chi hội, ở đây 100)",
			"hội viên tạm trú, đi làm ăn xa nhiều hơn",
		],
	});
	const counts = { branches: 0, roster: 100, temporary: 5, away: 5, minority: 10, peoples_known: 49 };
	assert.deepEqual(
		traitsOf(counts),
		{ branches: null, migration: 100, minority: null },
		"known of less than half of them",
	);
	assert.equal(traitsOf({ ...counts, peoples_known: 50 }).minority, 200);
	assert.equal(traitsOf({ ...counts, roster: 29 }).migration, null);
});

test("the same is nearest, another kind of place, twice the size or five points are not alike, and order does not matter", () => {
	assert.equal(distance(profile(), profile(), at(500), at(500)), 0);
	assert.equal(distance(profile(), profile({ urban: false }), at(500), at(500)), null);
	assert.equal(distance(profile(), profile({ women: 2001 }), at(500), at(500)), null);
	assert.equal(distance(profile(), profile(), at(500), at(551)), null);
	const some = fc.record({
		urban: fc.constant(true),
		region: fc.constantFrom("A", "B"),
		provinceId: fc.integer({ min: 1, max: 3 }),
		women: fc.integer({ min: 1, max: 5000 }),
		branches: fc.option(fc.integer({ min: 1, max: 30 })),
		migration: fc.option(fc.integer({ min: 0, max: 1000 })),
		minority: fc.option(fc.integer({ min: 0, max: 1000 })),
		groups: fc.subarray(["a", "b", "c"]),
	});
	fc.assert(
		fc.property(some, some, fc.integer({ min: 0, max: 1000 }), (a, b, members) => {
			const [there, back] = [distance(a, b, at(members), at(500)), distance(b, a, at(500), at(members))];
			assert.equal(there === null, back === null);
			if (there !== null && back !== null) assert.ok(there >= 0 && Math.abs(there - back) < 1e-9);
			const { like, unlike } = likenessOf(a, b, at(members), at(500), new Map());
			assert.ok(like.length + unlike.length >= 4);
		}),
	);
});

test("every province has a region, on its own day", () => {
	assert.deepEqual(
		[
			regionOf("24", "2024-01-01"),
			regionOf("24", "2026-01-01"),
			regionOf("80", "2025-06-30"),
			regionOf("80", "2025-07-01"),
		],
		["Trung du và miền núi phía Bắc", "Đồng bằng sông Hồng", "Đồng bằng sông Cửu Long", "Đông Nam Bộ"],
	);
	const before =
		"01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96";
	const since = "01 04 08 11 12 14 15 19 20 22 24 25 31 33 37 38 40 42 44 46 48 51 52 56 66 68 75 79 80 82 86 91 92 96";
	assert.deepEqual([before.split(" ").length, since.split(" ").length], [63, 34]);
	for (const code of before.split(" ")) assert.notEqual(regionOf(code, "2024-01-01"), "", code);
	for (const code of since.split(" ")) assert.notEqual(regionOf(code, "2026-01-01"), "", code);
});

test("days of a path, and the middle", () => {
	assert.deepEqual(pathDays("2025-01-01", "2026-07-01"), ["2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01"]);
	assert.deepEqual(pathDays("2026-01-01", "2026-11-23"), ["2026-01-01", "2026-07-01", "2026-11-23"]);
	assert.deepEqual([middleOf([]), middleOf([3]), middleOf([4, 1]), middleOf([9, 1, 5])], [null, 3, 1, 5]);
});
