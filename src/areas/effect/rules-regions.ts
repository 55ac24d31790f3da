/** The six socio-economic regions as they have been told since 2025; provinces of before are put where their successors are. [own] */
const REGIONS: Readonly<Record<string, readonly string[]>> = {
	"Trung du và miền núi phía Bắc": ["02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "25"],
	"Đồng bằng sông Hồng": ["01", "22", "26", "27", "30", "31", "33", "34", "35", "36", "37"],
	"Bắc Trung Bộ": ["38", "40", "42", "44", "45", "46"],
	"Duyên hải Nam Trung Bộ và Tây Nguyên": [
		"48",
		"49",
		"51",
		"52",
		"54",
		"56",
		"58",
		"60",
		"62",
		"64",
		"66",
		"67",
		"68",
	],
	"Đông Nam Bộ": ["70", "72", "74", "75", "77", "79"],
	"Đồng bằng sông Cửu Long": ["82", "83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96"],
};

/** Codes that mean another province since the reorganisation: Bắc Giang's is Bắc Ninh's now, Long An's is Tây Ninh's. */
const MOVED: Readonly<Record<string, readonly [before: string, since: string]>> = {
	"24": ["Trung du và miền núi phía Bắc", "Đồng bằng sông Hồng"],
	"80": ["Đồng bằng sông Cửu Long", "Đông Nam Bộ"],
};

const REORGANISED = "2025-07-01";

const BY_CODE = new Map(
	Object.entries(REGIONS).flatMap(([region, codes]) => codes.map((code) => [code, region] as const)),
);

/** The region of the province that bore a code on a day; "" for a code that is none. */
export function regionOf(code: string | null, on: string): string {
	if (code === null) return "";
	const moved = MOVED[code];
	if (moved) return on < REORGANISED ? moved[0] : moved[1];
	return BY_CODE.get(code) ?? "";
}
