import type { Day } from "../../core/day.ts";
import { type BuiltinUnit, type Title, titleOf } from "./import-unit.ts";

/**
 * Codes of the package that the list in force never had. Xã Ia Mơ (Gia Lai) stood as 23737 in công văn 1027/CTK-CSCL of
 * 25/06/2025; Quyết định 19/2025/QĐ-TTg, in force from the first day, 01/07/2025, and the list of the Statistics Office have
 * 23938, its code of always. So the correction is no change in time: 23938 holds from 01/07/2025 and 23737 is kept as another way
 * to name the unit in imported files.
 *
 * Xã Ba Chẽ (Quảng Ninh) needs none: some copies print 06978, but the signed decision and the list of the Statistics Office have
 * 06970, as the package does (github.com/thanglequoc/vietnamese-provinces-database, issue 197, 08/2026).
 */
export const NEW_CODE_CORRECTIONS: Readonly<Record<string, string>> = {
	"23737": "23938",
};

/** A new spell of a unit: from `on` it bears this name and title; code and parent stay. */
export interface UnitChange {
	key: string;
	on: Day;
	name: string;
	title: Title;
	decree: string;
}

interface CityResolution {
	province: string;
	on: Day;
	decree: string;
	/** Codes of the communes that became phường the same day, by `communeDecree`. */
	wards: readonly string[];
	communeDecree: string;
}

/**
 * The provinces that became cities under the centre since 01/07/2025 and the xã that became phường with them.
 * Source: the Statistics Office's comparison table (danhmuchanhchinh.nso.gov.vn) as two independent public copies have it:
 * vietnam-address-kit, 25/09/2026, and vietnamese-provinces-database, releases 3.1.0, 5.1.0, 5.2.0.
 */
const CITY_RESOLUTIONS: readonly CityResolution[] = [
	{
		province: "75",
		on: "2026-04-30",
		decree: "Nghị quyết 30/2026/QH16",
		wards: ["25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485"],
		communeDecree: "Nghị quyết 237/NQ-UBTVQH16",
	},
	{
		province: "22",
		on: "2026-09-01",
		decree: "Nghị quyết 36/2026/QH16",
		wards: [],
		communeDecree: "",
	},
	{
		province: "24",
		on: "2026-09-20",
		decree: "Nghị quyết 39/2026/QH16",
		wards: ["07294", "07375", "07399", "07444", "07840", "09193", "09292", "09313", "09319", "09454", "09475", "09496"],
		communeDecree: "Nghị quyết 388/NQ-UBTVQH16",
	},
];

/** The changes of 2026 to the units of 01/07/2025, in the order of their days. */
export function changes2026(provinces: readonly BuiltinUnit[], communes: readonly BuiltinUnit[]): UnitChange[] {
	const names = new Map([...provinces, ...communes].map((unit) => [unit.key, unit.name]));
	const become = (key: string, on: Day, from: Title, title: Title, decree: string): UnitChange => {
		const name = names.get(key) ?? "";
		if (titleOf(name) !== from) throw new Error(`${key} "${name}" is no ${from} that could become a ${title}`);
		return {
			key,
			on,
			name: `${title}${name.slice(from.length)}`,
			title,
			decree,
		};
	};
	return CITY_RESOLUTIONS.flatMap(({ province, on, decree, wards, communeDecree }) => [
		become(`new:${province}`, on, "Tỉnh", "Thành phố", decree),
		...wards.map((code) => become(`new:${code}`, on, "Xã", "Phường", communeDecree)),
	]);
}
