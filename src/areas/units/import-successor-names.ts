import { cleanName } from "./import-package-json.ts";

/** The names of a commune, its district and its province, folded by {@link foldName}. */
export type FoldedNames = readonly [commune: string, district: string, province: string];

const MOVED_TONES: readonly (readonly [RegExp, string, string])[] = [
	[/o([àáảãạ])/g, "àáảãạ", "òóỏõọ"],
	[/o([èéẻẽẹ])/g, "èéẻẽẹ", "òóỏõọ"],
	[/(?<!q)u([ỳýỷỹỵ])/g, "ỳýỷỹỵ", "ùúủũụ"],
];
const VOWEL: Readonly<Record<string, string>> = { à: "a", è: "e", ỳ: "y" };

/** A name for comparing: lower case, "hoà" as "hòa" and "thuỷ" as "thủy", "Phường 08" as "phường 8". */
export function foldName(name: string): string {
	return MOVED_TONES.reduce(
		(folded, [shape, from, to]) =>
			folded.replace(shape, (_, letter: string) => `${to[from.indexOf(letter)]}${VOWEL[from[0] ?? ""]}`),
		cleanName(name).toLowerCase(),
	).replace(/(?<= )0+(?=\d)/g, "");
}

/** A folded name of a district or province without its kind word. */
export function withoutKind(folded: string): string {
	return folded.replace(/^(thành phố|tỉnh|quận|huyện|thị xã) /, "");
}

/** From the narrowest way of comparing names to the widest. */
const COMPARISONS: readonly ((names: FoldedNames) => string)[] = [
	(names) => names.join("|"),
	// Districts changed their kind between 2023 and 2025 (huyện Thuỷ Nguyên became a city).
	([commune, district, province]) => `${commune}|${withoutKind(district)}|${withoutKind(province)}`,
	// Districts were merged, too: nothing but the province is left to tell two communes apart.
	([commune, , province]) => `${commune}|${withoutKind(province)}`,
];

interface Named {
	names: FoldedNames;
	/** Of an old commune its own key, of a row the key of the new commune it leads to. */
	key: string;
}

function keysByName(items: readonly Named[], comparison: (names: FoldedNames) => string): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	for (const { names, key } of items) {
		const at = comparison(names);
		const keys = found.get(at) ?? new Set();
		found.set(at, keys.add(key));
	}
	return found;
}

function only(keys: Set<string> | undefined): string | null {
	return keys?.size === 1 ? ([...keys][0] ?? null) : null;
}

/**
 * The new commune of each old one by names alone: a name counts where one old commune bears it and all rows of that name lead
 * to one new commune; else nothing is guessed. `communes` must hold every old commune, so that no name seems unique that is not.
 */
export function successorsByName(communes: readonly Named[], rows: readonly Named[]): Map<string, string> {
	const found = new Map<string, string>();
	for (const comparison of COMPARISONS) {
		const bearers = keysByName(communes, comparison);
		for (const [name, keys] of keysByName(rows, comparison)) {
			const [commune, successor] = [only(bearers.get(name)), only(keys)];
			if (commune && successor && !found.has(commune)) found.set(commune, successor);
		}
	}
	return found;
}
