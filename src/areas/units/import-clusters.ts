import type { Day } from "../../core/day.ts";
import { NEW_SET_FROM, OLD_SET_FROM, OLD_SET_TO } from "./import-builtin.ts";

/** A cluster of provinces and when each of them belongs to it; `to` is inclusive, null while it lasts. */
export interface ExampleCluster {
	code: string;
	name: string;
	provinces: { key: string; from: Day; to: Day | null }[];
}

/** Code, name, provinces of the 63, provinces of the 34. */
type ClusterRow = readonly [string, string, string, string];

const CLUSTERS: readonly ClusterRow[] = [
	["CUM1", "5 thành phố trực thuộc Trung ương", "01 31 48 79 92", "01 31 48 79 92"],
	[
		"CUM2",
		"các tỉnh trung du và miền núi phía Bắc",
		"02 04 06 08 10 11 12 14 15 17 19 20 24 25",
		"04 08 11 12 14 15 19 20 25",
	],
	["CUM3", "các tỉnh đồng bằng sông Hồng", "22 26 27 30 33 34 35 36 37", "22 24 33 37"],
	["CUM4", "các tỉnh Bắc Trung Bộ", "38 40 42 44 45 46", "38 40 42 44 46"],
	["CUM5", "các tỉnh duyên hải Nam Trung Bộ và Tây Nguyên", "49 51 52 54 56 58 60 62 64 66 67 68", "51 52 56 66 68"],
	["CUM6", "các tỉnh Đông Nam Bộ", "70 72 74 75 77", "75 80"],
	["CUM7", "các tỉnh đồng bằng sông Cửu Long", "80 82 83 84 86 87 89 91 93 94 95 96", "82 86 91 96"],
];

/**
 * Seven emulation clusters to begin with, each name saying that it is an example: the Union's own list is not public. Only a
 * cluster of the five cities under the centre is documented; the others follow the country's economic regions. On every day of
 * the built-in sets each province belongs to exactly one.
 */
export function exampleClusters(): ExampleCluster[] {
	return CLUSTERS.map(([code, region, old, now]) => ({
		code,
		name: `Cụm thi đua ${region} (ví dụ)`,
		provinces: [
			...old.split(" ").map((province) => ({
				key: `old:${province}`,
				from: OLD_SET_FROM,
				to: OLD_SET_TO,
			})),
			...now.split(" ").map((province) => ({
				key: `new:${province}`,
				from: NEW_SET_FROM,
				to: null,
			})),
		],
	}));
}
