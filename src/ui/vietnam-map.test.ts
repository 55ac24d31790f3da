import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync(new URL("./vietnam-map.json", import.meta.url), "utf8");
const map = JSON.parse(text) as {
	width: number;
	height: number;
	old: Record<string, string>;
	new: Record<string, string>;
	islands: { name: string; old: string; new: string; path: string }[];
};

/** Every corner of a path made of absolute starts and relative steps. */
function corners(path: string): [number, number][] {
	return path
		.split("M")
		.slice(1)
		.flatMap((ring) => {
			const numbers = (ring.match(/-?\d+/g) ?? []).map(Number);
			let [x, y] = [0, 0];
			return Array.from({ length: numbers.length / 2 }, (_, at): [number, number] => {
				x += numbers[2 * at] ?? 0;
				y += numbers[2 * at + 1] ?? 0;
				return [x, y];
			});
		});
}

test("the map holds 63 and 34 provinces and both archipelagos in at most 60 kB", () => {
	assert.equal(Object.keys(map.old).length, 63);
	assert.equal(Object.keys(map.new).length, 34);
	assert.deepEqual(
		map.islands.map(({ name, old, new: current }) => [name, old, current]),
		[
			["Quần đảo Hoàng Sa", "48", "48"],
			["Quần đảo Trường Sa", "56", "56"],
		],
	);
	assert.ok(text.length <= 60_000, `${text.length} bytes`);
});

test("every outline is a well-formed path inside the drawing", () => {
	for (const path of [...Object.values(map.old), ...Object.values(map.new), ...map.islands.map((each) => each.path)]) {
		assert.match(path, /^(M\d+ \d+l(-?\d+[ ]?)+z)+$/);
		for (const [x, y] of corners(path)) assert.ok(x >= 0 && x <= map.width && y >= 0 && y <= map.height, path);
	}
});

test("each of the 34 is drawn from the provinces it was made of", () => {
	const box = (path: string) => {
		const points = corners(path);
		return [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
	};
	const [hoChiMinhCity, parts] = [map.new["79"] ?? "", ["74", "77", "79"].map((code) => map.old[code] ?? "")];
	assert.deepEqual(box(hoChiMinhCity), box(parts.join("")));
	assert.deepEqual(box(map.new["01"] ?? ""), box(map.old["01"] ?? ""));
});
