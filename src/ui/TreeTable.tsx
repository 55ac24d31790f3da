import { useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Column, Sort } from "./columns.ts";
import { Room } from "./DataList.tsx";
import { useSettledColumns } from "./settled-columns.ts";
import { TableHead } from "./TableHead.tsx";
import { TwoLines } from "./TwoLines.tsx";
import css from "./table.module.css";
import { type Children, type TreeLine, treeLines } from "./tree-rows.ts";
import { useVirtualRows } from "./virtual-rows.ts";

type Props<Row> = {
	caption: string;
	/** The first column carries the tree. */
	columns: Column<Row>[];
	roots: Row[];
	keyOf: (row: Row) => string;
	/** The row in words, for the button that opens it. */
	nameOf: (row: Row) => string;
	canOpen: (row: Row) => boolean;
	/** The children of a row, fetched when it is first opened. A refusal is shown below the row with a way to try again. */
	loadChildren: (row: Row) => Promise<Row[]>;
	/** Rows open at first; their children are fetched at once. */
	firstOpen?: Row[];
	sort?: Sort;
	onSort?: (sort: Sort) => void;
};

type Tree<Row> = Props<Row> & {
	lines: TreeLine<Row>[];
	toggle: (row: Row) => void;
	retry: (row: Row) => void;
};

/** A table whose rows open to show the rows below them. Right and left open and close, up and down walk. */
export function TreeTable<Row>(props: Props<Row>) {
	const { keyOf, loadChildren } = props;
	const phone = useMediaQuery("(max-width: 720px)", window.matchMedia("(max-width: 720px)").matches);
	const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(props.firstOpen?.map(keyOf)));
	const [children, setChildren] = useState<ReadonlyMap<string, Children<Row>>>(new Map());
	const asked = useRef(new Set<string>());

	const load = useCallback(
		(row: Row) => {
			const key = keyOf(row);
			const put = (value: Children<Row>) => setChildren((before) => new Map(before).set(key, value));
			asked.current.add(key);
			put({ state: "loading" });
			loadChildren(row).then(
				(rows) => put({ state: "there", rows }),
				(error: unknown) => {
					asked.current.delete(key);
					put({
						state: "failed",
						message: error instanceof Error ? error.message : "Không tải được.",
					});
				},
			);
		},
		[keyOf, loadChildren],
	);
	const firstOpen = useRef(props.firstOpen ?? []);
	useEffect(() => {
		for (const row of firstOpen.current) if (!asked.current.has(keyOf(row))) load(row);
	}, [keyOf, load]);

	const toggle = useCallback(
		(row: Row) => {
			const key = keyOf(row);
			setOpen((before) => {
				const after = new Set(before);
				if (!after.delete(key)) after.add(key);
				return after;
			});
			if (!asked.current.has(key)) load(row);
		},
		[keyOf, load],
	);
	const { roots, canOpen } = props;
	const lines = useMemo(
		() =>
			treeLines(
				roots,
				keyOf,
				canOpen,
				(key) => open.has(key),
				(key) => children.get(key),
			),
		[roots, keyOf, canOpen, open, children],
	);
	const tree = { ...props, lines, toggle, retry: load };
	return phone ? <PhoneTree {...tree} /> : <PcTree {...tree} />;
}

function PcTree<Row>(tree: Tree<Row>) {
	const { columns, lines } = tree;
	const table = useRef<HTMLTableElement>(null);
	const body = useRef<HTMLTableSectionElement>(null);
	useSettledColumns(
		table,
		lines.some((line) => line.kind === "row" && line.level > 1),
		columns.length,
	);
	const { rows, before, after } = useVirtualRows(body, lines.length, 44);
	return (
		<table ref={table} className={css.table} aria-rowcount={lines.length + 1}>
			<caption className="unseen">{tree.caption}</caption>
			<TableHead columns={columns} sort={tree.sort} onSort={tree.onSort} />
			<tbody ref={body} onKeyDown={walkTree}>
				<Room height={before} columns={columns.length} />
				{rows.map(({ index }) => (
					<PcLine
						key={lines[index].key}
						line={lines[index]}
						index={index}
						columns={columns}
						nameOf={tree.nameOf}
						toggle={tree.toggle}
						retry={tree.retry}
					/>
				))}
				<Room height={after} columns={columns.length} />
			</tbody>
		</table>
	);
}

type LineProps<Row> = Pick<Tree<Row>, "columns" | "nameOf" | "toggle" | "retry"> & {
	line: TreeLine<Row>;
	index: number;
};

/** Drawn once while it stays in sight and as it is. */
const PcLine = memo(function PcLine<Row>({ line, index, columns, nameOf, toggle, retry }: LineProps<Row>) {
	return (
		<tr aria-rowindex={index + 2}>
			{line.kind === "row" ? (
				columns.map((column, at) => (
					<td key={column.key} className={column.number ? "number" : undefined}>
						{at === 0 ? (
							<div className={css.node} style={{ paddingInlineStart: (line.level - 1) * 20 }}>
								<Toggle line={line} onToggle={() => toggle(line.row)} name={nameOf(line.row)} />
								<span>{column.cell(line.row)}</span>
							</div>
						) : (
							column.cell(line.row)
						)}
					</td>
				))
			) : (
				<td colSpan={columns.length} style={{ paddingInlineStart: line.level * 20 + 12 }}>
					<Waiting line={line} onRetry={retry} />
				</td>
			)}
		</tr>
	);
}) as <Row>(props: LineProps<Row>) => ReactNode;

function PhoneTree<Row>(tree: Tree<Row>) {
	const { lines, columns } = tree;
	const body = useRef<HTMLUListElement>(null);
	const { rows, before, after, virtualizer } = useVirtualRows(body, lines.length, 66);
	return (
		<ul
			ref={body}
			className={css.list}
			aria-label={tree.caption}
			style={{ paddingTop: before, paddingBottom: after }}
			onKeyDown={walkTree}
		>
			{rows.map(({ index }) => (
				<PhoneLine
					key={lines[index].key}
					line={lines[index]}
					index={index}
					measure={virtualizer.measureElement}
					columns={columns}
					nameOf={tree.nameOf}
					toggle={tree.toggle}
					retry={tree.retry}
				/>
			))}
		</ul>
	);
}

type PhoneLineProps<Row> = LineProps<Row> & { measure: (element: Element | null) => void };

const PhoneLine = memo(function PhoneLine<Row>(props: PhoneLineProps<Row>) {
	const { line, index, columns, nameOf, toggle } = props;
	return (
		<li
			ref={props.measure}
			data-index={index}
			className={css.treeRow}
			style={{ paddingInlineStart: (line.level - 1) * 14 }}
		>
			{line.kind === "row" ? (
				<>
					<Toggle line={line} onToggle={() => toggle(line.row)} name={nameOf(line.row)} />
					<TwoLines row={line.row} columns={columns} />
				</>
			) : (
				<Waiting line={line} onRetry={props.retry} />
			)}
		</li>
	);
}) as <Row>(props: PhoneLineProps<Row>) => ReactNode;

function Toggle<Row>(props: { line: Extract<TreeLine<Row>, { kind: "row" }>; onToggle: () => void; name: string }) {
	const { line, onToggle, name } = props;
	if (!line.canOpen) return <span className={css.leaf} />;
	return (
		<button type="button" data-toggle className={css.toggle} aria-expanded={line.open} onClick={onToggle}>
			<svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true">
				<path d="M2 1l6 5-6 5" fill="none" stroke="currentColor" strokeWidth="2" />
			</svg>
			<span className="unseen">
				{line.open ? "Thu gọn" : "Mở"} {name}
			</span>
		</button>
	);
}

function Waiting<Row>(props: {
	line: Extract<TreeLine<Row>, { kind: "loading" | "failed" }>;
	onRetry: (row: Row) => void;
}) {
	const { line } = props;
	if (line.kind === "loading") return <span className="soft">Đang tải…</span>;
	return (
		<span role="alert">
			{line.message}{" "}
			<button type="button" className="link" onClick={() => props.onRetry(line.parent)}>
				Thử lại
			</button>
		</span>
	);
}

/** Right opens, left closes the row in focus; up and down go to the next row that can be opened. */
function walkTree(event: KeyboardEvent<HTMLElement>) {
	const toggles = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-toggle]")];
	const at = toggles.indexOf(document.activeElement as HTMLElement);
	if (at < 0) return;
	const open = toggles[at].getAttribute("aria-expanded") === "true";
	if (event.key === "ArrowRight" && !open) toggles[at].click();
	else if (event.key === "ArrowLeft" && open) toggles[at].click();
	else if (event.key === "ArrowDown") toggles[at + 1]?.focus();
	else if (event.key === "ArrowUp") toggles[at - 1]?.focus();
	else return;
	event.preventDefault();
}
