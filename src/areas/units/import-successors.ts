import type { WardMapping } from "./import-new-set.ts";
import { cleanName } from "./import-package-json.ts";
import { type FoldedNames, foldName, successorsByName, withoutKind } from "./import-successor-names.ts";
import type { BuiltinUnit } from "./import-unit.ts";

/** Nghị quyết 202/2025/QH15: each of the 34 provinces and the whole provinces of the 63 it was made of. */
const PROVINCES_MERGED: Readonly<Record<string, readonly string[]>> = {
	"01": ["01"],
	"04": ["04"],
	"08": ["02", "08"],
	"11": ["11"],
	"12": ["12"],
	"14": ["14"],
	"15": ["10", "15"],
	"19": ["06", "19"],
	"20": ["20"],
	"22": ["22"],
	"24": ["24", "27"],
	"25": ["17", "25", "26"],
	"31": ["30", "31"],
	"33": ["33", "34"],
	"37": ["35", "36", "37"],
	"38": ["38"],
	"40": ["40"],
	"42": ["42"],
	"44": ["44", "45"],
	"46": ["46"],
	"48": ["48", "49"],
	"51": ["51", "62"],
	"52": ["52", "64"],
	"56": ["56", "58"],
	"66": ["54", "66"],
	"68": ["60", "67", "68"],
	"75": ["70", "75"],
	"79": ["74", "77", "79"],
	"80": ["72", "80"],
	"82": ["82", "87"],
	"86": ["83", "84", "86"],
	"91": ["89", "91"],
	"92": ["92", "93", "94"],
	"96": ["95", "96"],
};

/** The five island districts without communes each became one đặc khu: old district code, new commune code. */
const ISLAND_DISTRICTS: Readonly<Record<string, string>> = {
	"318": "11948", // Bạch Long Vĩ
	"471": "19742", // Cồn Cỏ
	"498": "20333", // Hoàng Sa
	"536": "21548", // Lý Sơn
	"755": "26732", // Côn Đảo
};

/**
 * What the package's table has wrong, old code to new. It leaves out Xã Ia Mơ, one of the nine xã of Gia Lai that
 * Nghị quyết 1664/NQ-UBTVQH15 left as they were, and it has the two xã Thạnh Lộc of Kiên Giang the wrong way
 * round: the one of huyện Châu Thành went with the Mong Thọ communes into Xã Thạnh Lộc, the one of Giồng Riềng into Thạnh Hưng.
 */
const CORRECTED_SUCCESSORS: Readonly<Record<string, string>> = {
	"23938": "23938",
	"30901": "30886",
	"30913": "30910",
};

/** Whole units only: the package knows one successor for each old commune, so a commune that was split goes whole to one. */
export interface Succession {
	predecessorKey: string;
	successorKey: string;
}

export interface CommuneSuccession {
	predecessorKey: string;
	/** Null where no successor is known: the commune stands under its new province as *Chưa phân*. */
	successorKey: string | null;
	/** The new province of the predecessor. */
	provinceKey: string;
}

/** A district that ended with 30/06/2025; `successorKey` is the đặc khu an island district became, else null. */
export interface DistrictEnd {
	key: string;
	successorKey: string | null;
}

/** The 63 provinces and the one of the 34 each of them went into. */
export function provinceSuccessions(): Succession[] {
	return Object.entries(PROVINCES_MERGED)
		.flatMap(([successor, merged]) =>
			merged.map((code) => ({
				predecessorKey: `old:${code}`,
				successorKey: `new:${successor}`,
			})),
		)
		.sort((a, b) => (a.predecessorKey < b.predecessorKey ? -1 : 1));
}

/** What became of each of the districts. */
export function districtEnds(districts: readonly BuiltinUnit[]): DistrictEnd[] {
	return districts.map(({ key, code }) => {
		const successor = ISLAND_DISTRICTS[code];
		return { key, successorKey: successor ? `new:${successor}` : null };
	});
}

interface Sets {
	old: {
		provinces: readonly BuiltinUnit[];
		districts: readonly BuiltinUnit[];
		communes: readonly BuiltinUnit[];
	};
	new: { provinces: readonly BuiltinUnit[]; communes: readonly BuiltinUnit[] };
	mappings: readonly WardMapping[];
}

const provinceWord = (name: string) => withoutKind(foldName(name));

/** Finds a mapping's new commune by its name and province, which are unique; the package's code for it is often wrong. */
function targetFinder(sets: Sets): (row: WardMapping) => string {
	const provinces = new Map(sets.new.provinces.map((unit) => [unit.key, provinceWord(unit.name)]));
	const targets = new Map(
		sets.new.communes.map((unit) => [`${unit.name}|${provinces.get(unit.parentKey ?? "")}`, unit.key]),
	);
	return (row) => {
		const target = targets.get(`${cleanName(row.new_ward_name)}|${provinceWord(row.new_province_name)}`);
		if (!target) throw new Error(`No commune "${row.new_ward_name}" in "${row.new_province_name}"`);
		return target;
	};
}

/** The folded names of every old commune with those above it, and the key of its old province. */
function oldNames(old: Sets["old"]): { key: string; names: FoldedNames; provinceKey: string }[] {
	const above = new Map(
		[...old.provinces, ...old.districts].map((unit) => [unit.key, { unit, folded: foldName(unit.name) }]),
	);
	return old.communes.map((commune) => {
		const district = above.get(commune.parentKey ?? "");
		const province = above.get(district?.unit.parentKey ?? "");
		if (!district || !province) throw new Error(`${commune.key} has no district or no province above it`);
		return {
			key: commune.key,
			names: [foldName(commune.name), district.folded, province.folded],
			provinceKey: province.unit.key,
		};
	});
}

/**
 * What became of each old commune, one successor at most: first the rows that name an old code, then the rows of older names
 * (communes merged away between 2023 and 2025), by {@link successorsByName}.
 */
export function communeSuccessions(sets: Sets): CommuneSuccession[] {
	const target = targetFinder(sets);
	const communes = oldNames(sets.old);
	const coded = new Map<string, string>();
	const uncoded: { key: string; names: FoldedNames }[] = [];
	for (const row of sets.mappings) {
		const { old_ward_code: code, old_ward_name: name, old_district_name: district, old_province_name: province } = row;
		if (code) coded.set(`old:${code}`, target(row));
		else if (name && district && province)
			uncoded.push({
				key: target(row),
				names: [foldName(name), foldName(district), foldName(province)],
			});
	}
	for (const [code, successor] of Object.entries(CORRECTED_SUCCESSORS)) coded.set(`old:${code}`, `new:${successor}`);
	const named = successorsByName(communes, uncoded);
	const provinces = new Map(provinceSuccessions().map((each) => [each.predecessorKey, each.successorKey]));
	return communes.map(({ key, provinceKey }) => ({
		predecessorKey: key,
		successorKey: coded.get(key) ?? named.get(key) ?? null,
		provinceKey: provinces.get(provinceKey) ?? "",
	}));
}
