import { type RefObject, useLayoutEffect } from "react";

/**
 * Gives the columns of a table the shares that the first rows asked for and keeps them: rows that come as one scrolls neither make
 * the columns jump nor the browser measure every cell again.
 */
export function useSettledColumns(table: RefObject<HTMLTableElement | null>, ready: boolean, columns: number) {
	// biome-ignore lint/correctness/useExhaustiveDependencies: another number of columns asks for a new measure
	useLayoutEffect(() => {
		const target = table.current;
		if (!ready || !target) return;
		const heads = [...target.querySelectorAll<HTMLElement>("thead th")];
		const widths = heads.map((head) => head.getBoundingClientRect().width);
		const whole = widths.reduce((sum, width) => sum + width, 0);
		if (whole === 0) return;
		for (const [index, head] of heads.entries()) head.style.width = `${(100 * widths[index]) / whole}%`;
		target.style.tableLayout = "fixed";
		return () => {
			target.style.tableLayout = "";
		};
	}, [table, ready, columns]);
}
