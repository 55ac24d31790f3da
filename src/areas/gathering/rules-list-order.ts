import { searchKey } from "../../core/vietnamese.ts";
import type { RateRow } from "./contract.ts";

/** The rows whose name holds the text, written with or without diacritics, or whose code it is; all where it is empty. */
export function matching(rows: RateRow[], text: string): RateRow[] {
	const key = searchKey(text);
	if (key === "") return rows;
	return rows.filter((row) => row.code === text.trim() || searchKey(row.name).includes(key));
}

/** By figure, those without one last whichever way; by name in Vietnamese order without the kind of commune. */
export function inOrderOf(rows: RateRow[], sort: { key: string; descending: boolean }): RateRow[] {
	const way = sort.descending ? -1 : 1;
	if (sort.key === "name") {
		const collator = new Intl.Collator("vi");
		return rows.toSorted((a, b) => way * collator.compare(bareName(a), bareName(b)));
	}
	const figure = FIGURES[sort.key] ?? FIGURES.rate;
	return rows.toSorted((a, b) => {
		const [x, y] = [figure(a), figure(b)];
		if (x === null || y === null) return Number(x === null) - Number(y === null);
		return way * (x - y);
	});
}

const FIGURES: Record<string, (row: RateRow) => number | null> = {
	members: (row) => row.members,
	women18: (row) => row.women18,
	rate: (row) => (row.women18 ? row.members / row.women18 : null),
	missing: (row) => row.missing,
};

function bareName(row: RateRow): string {
	return row.name.replace(/^(?:Xã|Phường|Thị trấn|Đặc khu) /u, "");
}
