import { useQueries } from "@tanstack/react-query";
import { searchKey } from "../../core/vietnamese.ts";
import type { Sort } from "../../ui/columns.ts";
import { api } from "../../web/client.ts";
import { RATE_SORTS, type RateList, type RateSort, type RatesSearch } from "../../web/search.ts";
import type { RateRow } from "./contract.ts";
import { REORGANISED } from "./rules-day.ts";

/** The communes of some units on a day, one list after the other. */
export function useCommunes(roots: RateRow[], on: string, enabled = true) {
	return useQueries({
		queries: roots.map(({ id }) =>
			api.gathering.rates.queryOptions({ input: { on, unitId: id, level: "commune" as const }, enabled }),
		),
		combine: (queries) => ({
			data: queries.every(({ data }) => data) ? queries.flatMap(({ data }) => data ?? []) : undefined,
			error: queries.find(({ error }) => error)?.error ?? null,
			refetch: () => Promise.all(queries.map(({ refetch }) => refetch())),
		}),
	});
}

/** True where communes of a list stand under different units, so that their place must be told. */
export function isSpread(root: RateRow, on: string): boolean {
	return root.kind !== "district" && (root.kind !== "province" || on < REORGANISED);
}

export const RATE_LIST_WORDS: Record<RateList, string> = {
	all: "Tất cả",
	under: "Dưới 60%",
	exactly: "Bằng 60%",
	not_over: "Chưa đạt trên 60%",
	over: "Trên 60%",
	over_100: "Trên 100%",
	none: "Chưa có số liệu",
};

export const IN_LIST: Record<RateList, (row: RateRow) => boolean> = {
	all: () => true,
	under: (row) => row.class === "under",
	exactly: (row) => row.class === "exactly",
	not_over: (row) => row.class === "under" || row.class === "exactly",
	over: (row) => row.class === "over",
	over_100: (row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18,
	none: (row) => row.kind === "commune" && row.women18 === null,
};

/** The communes a list shows, in its order. */
export function foundIn(rows: RateRow[], search: Pick<RatesSearch, "list" | "q" | "sort">): RateRow[] {
	const { list = "all", q = "", sort } = search;
	return sorted(matching(rows.filter(IN_LIST[list]), q), sortOf(sort));
}

/** The order that stands in an address. */
export function sortOf(word: RateSort | undefined): Sort {
	const descending = word?.startsWith("-") === true;
	return { key: word?.replace("-", "") ?? "rate", descending };
}

/** An order as it stands in an address: none where it is the usual one. */
export function sortWord({ key, descending }: Sort): RateSort | undefined {
	return RATE_SORTS.find((word) => word === (descending ? `-${key}` : key));
}

function matching(rows: RateRow[], text: string): RateRow[] {
	const key = searchKey(text);
	if (key === "") return rows;
	return rows.filter((row) => row.code === text.trim() || searchKey(row.name).includes(key));
}

/** By figure, those without one last whichever way; by name in Vietnamese order without the kind of commune. */
function sorted(rows: RateRow[], sort: Sort): RateRow[] {
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
