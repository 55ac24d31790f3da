import type { ReactNode } from "react";

/**
 * A column of {@link DataList} and {@link TreeTable}. On a phone a row becomes two lines: `first` stands large on the left,
 * `end` on the right of the first line, `second` (any number of columns, joined by a middle dot) below; `hide` only on a PC.
 */
export type Column<Row> = {
	key: string;
	head: string;
	cell: (row: Row) => ReactNode;
	phone: "first" | "end" | "second" | "hide";
	/** Figures stand at the end of their column. */
	number?: boolean;
	/** May be sorted by; the page does the sorting in `onSort`. */
	sortable?: boolean;
	/** A CSS width on the PC, e.g. `"12%"`; without it the browser shares what is left. */
	width?: string;
	/** A word before the value in the second line of a phone, e.g. "Còn thiếu". */
	phoneLabel?: string;
};

export type Sort = { key: string; descending: boolean };

/** What a press on a column's head asks for: ascending, then descending, then ascending again. */
export function nextSort(sort: Sort | undefined, key: string): Sort {
	return { key, descending: sort?.key === key && !sort.descending };
}
