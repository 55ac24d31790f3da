/** The kind words that open a unit's full name. */
const TITLES = ["Thành phố", "Tỉnh", "Quận", "Huyện", "Thị xã", "Phường", "Xã", "Thị trấn", "Đặc khu"] as const;

export type Title = (typeof TITLES)[number];

/**
 * A unit of a built-in set. `key` names it once and for all, because a code alone does not: 3 316 of the 3 321 commune codes
 * of July 2025 belonged to other communes before (design §3). `old:01` and `new:01` are provinces, `old:01/001` a district,
 * `old:00001` and `new:00004` communes.
 */
export interface BuiltinUnit {
	key: string;
	/** The code of the General Statistics Office: 2 digits for a province, 3 for a district, 5 for a commune. */
	code: string;
	/** The full name with its kind word: "Phường Phúc Xá". */
	name: string;
	title: Title;
	/** Null for a province: the centre above it belongs to no list. */
	parentKey: string | null;
}

/** The kind word that opens `name`. Throws where there is none: a list that broke its own form must not load. */
export function titleOf(name: string): Title {
	const title = TITLES.find((word) => name.startsWith(`${word} `));
	if (!title) throw new Error(`No kind word opens the unit name "${name}"`);
	return title;
}

/** A unit from its key, code and full name; the title is read from the name. */
export function builtinUnit(key: string, code: string, name: string, parentKey: string | null): BuiltinUnit {
	return { key, code, name, title: titleOf(name), parentKey };
}
