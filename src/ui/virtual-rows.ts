import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

/** One row on the page now: its place in the list and in pixels. */
export type PlacedRow = { index: number };

/**
 * Which of `length` rows stand on the page while the window scrolls, and the empty room before and after them in pixels.
 * When the page is printed all rows stand there. `onEndReached` fires when the last rows come near.
 */
export function useVirtualRows(
	body: RefObject<HTMLElement | null>,
	length: number,
	rowHeight: number,
	onEndReached?: () => void,
) {
	const [scrollMargin, setScrollMargin] = useState(0);
	const printing = usePrinting();
	const virtualizer = useWindowVirtualizer({
		count: length,
		estimateSize: () => rowHeight,
		overscan: 12,
		scrollMargin,
	});

	useLayoutEffect(() => {
		const measure = () => {
			const top = body.current?.getBoundingClientRect().top;
			if (top !== undefined) setScrollMargin(Math.round(top + window.scrollY));
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(document.body);
		return () => observer.disconnect();
	}, [body]);

	const shown = virtualizer.getVirtualItems();
	const last = shown.at(-1)?.index ?? -1;
	useEndReached(last >= length - 8 && length > 0, length, onEndReached);

	if (printing) {
		return {
			rows: Array.from({ length }, (_, index): PlacedRow => ({ index })),
			before: 0,
			after: 0,
			virtualizer,
		};
	}
	const before = Math.max(0, (shown[0]?.start ?? scrollMargin) - scrollMargin);
	const after = Math.max(0, virtualizer.getTotalSize() - ((shown.at(-1)?.end ?? scrollMargin) - scrollMargin));
	return { rows: shown as PlacedRow[], before, after, virtualizer };
}

/** Calls back once for each length at which the end came near, so that a slow page of rows is not asked for twice. */
function useEndReached(near: boolean, length: number, onEndReached?: () => void) {
	const asked = useRef(-1);
	useEffect(() => {
		if (!near || !onEndReached || asked.current === length) return;
		asked.current = length;
		onEndReached();
	}, [near, length, onEndReached]);
}

function usePrinting(): boolean {
	const [printing, setPrinting] = useState(false);
	useEffect(() => {
		// The browser takes its picture of the page as soon as these return: the rows must stand there by then.
		const before = () => flushSync(() => setPrinting(true));
		const after = () => setPrinting(false);
		window.addEventListener("beforeprint", before);
		window.addEventListener("afterprint", after);
		return () => {
			window.removeEventListener("beforeprint", before);
			window.removeEventListener("afterprint", after);
		};
	}, []);
	return printing;
}
