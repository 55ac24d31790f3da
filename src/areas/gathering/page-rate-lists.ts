import { useQueries } from "@tanstack/react-query";
import type { Sort } from "../../ui/columns.ts";
import { api } from "../../web/client.ts";
import { RATE_SORTS, type RateSort, type RatesSearch } from "../../web/search.ts";
import type { RateRow } from "./contract.ts";
import { REORGANISED } from "./rules-day.ts";
import { inOrderOf, matching } from "./rules-list-order.ts";
import { IN_LIST } from "./rules-lists.ts";

/** The communes of some units on a day, under the units of that day or of `map`, one list after the other. */
export function useCommunes(
	roots: RateRow[],
	on: string,
	{ map, enabled = true }: { map?: string; enabled?: boolean } = {},
) {
	return useQueries({
		queries: roots.map(({ id }) =>
			api.gathering.rates.queryOptions({ input: { on, map, unitId: id, level: "commune" as const }, enabled }),
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

/** The communes a list shows, in its order. */
export function foundIn(rows: RateRow[], search: Pick<RatesSearch, "list" | "q" | "sort">): RateRow[] {
	const { list = "all", q = "", sort } = search;
	return inOrderOf(matching(rows.filter(IN_LIST[list]), q), sortOf(sort));
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
