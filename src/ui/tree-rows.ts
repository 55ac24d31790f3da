/** The state of a branch's children: asked for, there, or refused with a sentence. */
export type Children<Row> =
	| { state: "loading" }
	| { state: "there"; rows: Row[] }
	| { state: "failed"; message: string };

/** A line of the tree as drawn: a row at its level, or what stands in place of children that are not there. */
export type TreeLine<Row> =
	| {
			kind: "row";
			row: Row;
			key: string;
			level: number;
			open: boolean;
			canOpen: boolean;
	  }
	| { kind: "loading"; key: string; level: number }
	| {
			kind: "failed";
			key: string;
			level: number;
			parent: Row;
			message: string;
	  };

/** The lines of a tree from its roots down, children only below open rows; levels count from 1. */
export function treeLines<Row>(
	roots: Row[],
	keyOf: (row: Row) => string,
	canOpen: (row: Row) => boolean,
	isOpen: (key: string) => boolean,
	childrenOf: (key: string) => Children<Row> | undefined,
): TreeLine<Row>[] {
	const lines: TreeLine<Row>[] = [];
	const add = (row: Row, level: number) => {
		const key = keyOf(row);
		const open = canOpen(row) && isOpen(key);
		lines.push({ kind: "row", row, key, level, open, canOpen: canOpen(row) });
		if (!open) return;
		const children = childrenOf(key);
		if (children?.state === "there") for (const child of children.rows) add(child, level + 1);
		else if (children?.state === "failed")
			lines.push({
				kind: "failed",
				key: `${key}/failed`,
				level: level + 1,
				parent: row,
				message: children.message,
			});
		else lines.push({ kind: "loading", key: `${key}/loading`, level: level + 1 });
	};
	for (const root of roots) add(root, 1);
	return lines;
}
