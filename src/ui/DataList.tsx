import { useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useRef } from "react";
import type { Column, Sort } from "./columns.ts";
import { useSettledColumns } from "./settled-columns.ts";
import { TableHead } from "./TableHead.tsx";
import { TwoLines } from "./TwoLines.tsx";
import css from "./table.module.css";
import { useVirtualRows } from "./virtual-rows.ts";

type Props<Row> = {
	/** Said to readers of the screen, printed above the table: "Hội viên phường Tân Hòa". */
	caption: string;
	columns: Column<Row>[];
	rows: Row[];
	keyOf: (row: Row) => string;
	/** How many rows there are in all, where more are fetched as she scrolls. */
	total?: number;
	sort?: Sort;
	onSort?: (sort: Sort) => void;
	/** Opens a row, by click, Enter or a press on its name. */
	onOpen?: (row: Row) => void;
	/** The address of a row, so that it can be opened in another tab. */
	hrefOf?: (row: Row) => string;
	onEndReached?: () => void;
	loading?: boolean;
	/** What stands there when there are no rows: an EmptyState. */
	empty: ReactNode;
};

/**
 * A list of any length. On a PC a real table with a head that stays in sight; on a phone rows of two lines. Only the rows in sight
 * stand on the page, and all of them when it is printed. Arrow keys, Home and End walk through the rows.
 */
export function DataList<Row>(props: Props<Row>) {
	const phone = useMediaQuery("(max-width: 720px)", window.matchMedia("(max-width: 720px)").matches);
	if (props.rows.length === 0 && !props.loading) return <>{props.empty}</>;
	return (
		<>
			{phone ? <PhoneRows {...props} /> : <TableRows {...props} />}
			<p className="unseen" role="status">
				{props.loading ? "Đang tải thêm…" : ""}
			</p>
			{props.loading ? (
				<p className={css.more} aria-hidden="true">
					Đang tải…
				</p>
			) : null}
		</>
	);
}

function TableRows<Row>(props: Props<Row>) {
	const { columns, rows, keyOf } = props;
	const table = useRef<HTMLTableElement>(null);
	const body = useRef<HTMLTableSectionElement>(null);
	useSettledColumns(table, rows.length > 0, columns.length);
	const { rows: placed, before, after } = useVirtualRows(body, rows.length, 44, props.onEndReached);
	return (
		<table ref={table} className={css.table} aria-rowcount={(props.total ?? rows.length) + 1}>
			<caption className="unseen">{props.caption}</caption>
			<TableHead columns={columns} sort={props.sort} onSort={props.onSort} />
			<tbody ref={body} onKeyDown={walkRows}>
				<Room height={before} columns={columns.length} />
				{placed.map(({ index }) => (
					<TableRow
						key={keyOf(rows[index])}
						index={index}
						row={rows[index]}
						columns={columns}
						onOpen={props.onOpen}
						hrefOf={props.hrefOf}
					/>
				))}
				<Room height={after} columns={columns.length} />
			</tbody>
		</table>
	);
}

function PhoneRows<Row>(props: Props<Row>) {
	const { columns, rows, keyOf } = props;
	const body = useRef<HTMLUListElement>(null);
	const { rows: placed, before, after, virtualizer } = useVirtualRows(body, rows.length, 66, props.onEndReached);
	return (
		<ul
			ref={body}
			className={css.list}
			aria-label={props.caption}
			onKeyDown={walkRows}
			style={{ paddingTop: before, paddingBottom: after }}
		>
			{placed.map(({ index }) => (
				<PhoneRow
					key={keyOf(rows[index])}
					index={index}
					row={rows[index]}
					total={props.total ?? rows.length}
					measure={virtualizer.measureElement}
					columns={columns}
					onOpen={props.onOpen}
					hrefOf={props.hrefOf}
				/>
			))}
		</ul>
	);
}

type RowProps<Row> = Pick<Props<Row>, "columns" | "onOpen" | "hrefOf"> & { row: Row; index: number };

/** Drawn once while it stays in sight: only the rows that come are worked out as she scrolls. */
const TableRow = memo(function TableRow<Row>({ row, index, columns, onOpen, hrefOf }: RowProps<Row>) {
	return (
		<tr
			aria-rowindex={index + 2}
			className={onOpen ? css.opens : undefined}
			onClick={onOpen && ((event) => openByRow(event, () => onOpen(row)))}
		>
			{columns.map((column, at) => (
				<td key={column.key} className={column.number ? "number" : undefined}>
					{at === 0 ? (
						<RowLink row={row} onOpen={onOpen} hrefOf={hrefOf}>
							{column.cell(row)}
						</RowLink>
					) : (
						column.cell(row)
					)}
				</td>
			))}
		</tr>
	);
}) as <Row>(props: RowProps<Row>) => ReactNode;

type PhoneRowProps<Row> = RowProps<Row> & { total: number; measure: (element: Element | null) => void };

const PhoneRow = memo(function PhoneRow<Row>(props: PhoneRowProps<Row>) {
	const { row, index, columns } = props;
	return (
		<li ref={props.measure} data-index={index} aria-setsize={props.total} aria-posinset={index + 1}>
			<RowLink row={row} onOpen={props.onOpen} hrefOf={props.hrefOf} whole>
				<TwoLines row={row} columns={columns} />
			</RowLink>
		</li>
	);
}) as <Row>(props: PhoneRowProps<Row>) => ReactNode;

function RowLink<Row>(
	props: Pick<Props<Row>, "onOpen" | "hrefOf"> & {
		row: Row;
		children: ReactNode;
		whole?: boolean;
	},
) {
	const { row, onOpen, hrefOf, children } = props;
	const className = props.whole ? css.whole : css.name;
	if (hrefOf) {
		return (
			<a
				data-row-link
				className={className}
				href={hrefOf(row)}
				onClick={(event) => openHere(event, onOpen && (() => onOpen(row)))}
			>
				{children}
			</a>
		);
	}
	if (onOpen) {
		return (
			<button data-row-link type="button" className={className} onClick={() => onOpen(row)}>
				{children}
			</button>
		);
	}
	return props.whole ? <span className={css.whole}>{children}</span> : children;
}

/** A plain click stays in the app; a click with a key held or the middle button is the browser's (another tab). */
function openHere(event: MouseEvent, open?: () => void) {
	if (!open || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
	event.preventDefault();
	open();
}

/** A click anywhere in the row opens it, but not one on a control inside it, nor the end of marking text. */
function openByRow(event: MouseEvent, open: () => void) {
	const inside = (event.target as HTMLElement).closest("a, button, input, label, select");
	if (inside || window.getSelection()?.toString()) return;
	open();
}

const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Arrow keys move the focus from row to row; the list scrolls along and draws the rows that come. */
function walkRows(event: KeyboardEvent<HTMLElement>) {
	const links = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")];
	const at = links.indexOf(document.activeElement as HTMLElement);
	const step = STEP[event.key];
	if (at < 0 || !step) return;
	event.preventDefault();
	links[at + step]?.focus();
}

/** The empty room of rows not drawn. */
export function Room({ height, columns }: { height: number; columns: number }) {
	if (height <= 0) return null;
	return (
		<tr>
			<td colSpan={columns} className={css.room} style={{ height }} />
		</tr>
	);
}
