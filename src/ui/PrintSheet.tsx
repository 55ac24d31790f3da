import { Button } from "@mantine/core";
import { type ReactNode, useContext, useRef } from "react";
import { type Day, displayDay } from "../core/day.ts";
import { DEMO_WORDS, Demo } from "./demo.ts";
import { count } from "./format.ts";
import css from "./PrintSheet.module.css";
import { ProgressBar } from "./ProgressBar.tsx";
import { useVirtualRows } from "./virtual-rows.ts";

/** A column on paper; the line is shared out by `share`. */
export type PaperColumn<Row> = {
	key: string;
	head: string;
	cell: (row: Row) => ReactNode;
	number?: boolean;
	share: number;
};

// Numbers to 10 598.
const NTH_SHARE = 6;

/** Who issues the paper (areas/units/rules-letterhead.ts). */
type Letterhead = { above: string; unit: string; place: string; signer: string; hasSeal: boolean };

type Props<Row> = {
	/** The way back to the screen it was printed from. */
	back: ReactNode;
	letterhead: Letterhead | undefined;
	today: Day;
	title: string;
	/** Below the title: of what unit, on what day, how many. */
	lines: string[];
	columns: PaperColumn<Row>[];
	/** Rows above the numbered ones, in bold: the sum. */
	sums?: Row[];
	rows: Row[];
	keyOf: (row: Row) => string;
	/** What must be said below the table. */
	notes?: string[];
	/** How many rows there will be, while they are still coming. */
	coming?: number | null;
};

/**
 * A long table on A4: the Union's heading, the title, every row, the head of the table again on each page, pages numbered, and room to
 * sign. On the screen only the rows in sight stand on the page; when it is printed, all of them.
 */
export function PrintSheet<Row>(props: Props<Row>) {
	const { rows, coming } = props;
	return (
		<div data-sheet="">
			<style>{pageRule(props.title, useContext(Demo))}</style>
			<div className={css.bar}>
				{props.back}
				{coming === undefined ? (
					<>
						<span className="soft">{count(rows.length)} dòng, khổ A4 đứng. Lưu thành PDF ở hộp thoại in.</span>
						<Button className={css.print} onClick={() => window.print()} disabled={!props.letterhead}>
							In danh sách
						</Button>
					</>
				) : (
					<ProgressBar label="Đang tải đủ danh sách để in" done={rows.length} total={coming} noun="dòng" />
				)}
			</div>
			<div className={css.desk}>
				<article className={css.paper}>
					<Head {...props} />
					<Rows {...props} />
					{props.notes?.map((note) => (
						<p key={note} className={css.note}>
							{note}
						</p>
					))}
					<Signature letterhead={props.letterhead} />
				</article>
			</div>
		</div>
	);
}

/** Size and margins of the sheet; title and page number stand below every page. */
function pageRule(title: string, demo: boolean): string {
	const words = JSON.stringify(demo ? `${title} · ${DEMO_WORDS}` : title);
	const small = 'font: 9pt "Times New Roman", "Be Vietnam Pro", serif;';
	return `@page { size: A4 portrait; margin: 18mm 15mm 20mm 22mm;
		@bottom-left { ${small} content: ${words}; }
		@bottom-right { ${small} content: "Trang " counter(page) "/" counter(pages); } }`;
}

function Head<Row>({ letterhead, today, title, lines }: Props<Row>) {
	const [year, month, day] = today.split("-");
	return (
		<header>
			<div className={css.heads}>
				<div>
					<p>{letterhead?.above}</p>
					<p className={css.own}>{letterhead?.unit}</p>
				</div>
				<div>
					<p className={css.nation}>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
					<p className={css.own}>Độc lập - Tự do - Hạnh phúc</p>
					<p className={css.date}>
						{letterhead?.place || "………………"}, ngày {day} tháng {month} năm {year}
					</p>
				</div>
			</div>
			<h1 className={css.title}>{title}</h1>
			{lines.map((line) => (
				<p key={line} className={css.line}>
					{line}
				</p>
			))}
		</header>
	);
}

function Rows<Row>({ title, columns, sums = [], rows, keyOf }: Props<Row>) {
	const demo = useContext(Demo);
	const body = useRef<HTMLTableSectionElement>(null);
	const { rows: placed, before, after } = useVirtualRows(body, rows.length, 27);
	const shares = [NTH_SHARE, ...columns.map(({ share }) => share)];
	const whole = shares.reduce((sum, share) => sum + share, 0);
	const cells = (row: Row) =>
		columns.map((column) => (
			<td key={column.key} className={column.number ? "number" : undefined}>
				{column.cell(row)}
			</td>
		));
	return (
		<table className={css.table} aria-rowcount={rows.length + sums.length + 1}>
			<caption className="unseen">{title}</caption>
			<colgroup>
				{shares.map((share, at) => (
					<col key={columns[at - 1]?.key ?? ""} style={{ width: `${(100 * share) / whole}%` }} />
				))}
			</colgroup>
			<thead>
				{demo ? (
					<tr>
						<th colSpan={columns.length + 1} className={css.demo}>
							{DEMO_WORDS}
						</th>
					</tr>
				) : null}
				<tr>
					<th scope="col" className={css.nth}>
						TT
					</th>
					{columns.map((column) => (
						<th key={column.key} scope="col">
							{column.head}
						</th>
					))}
				</tr>
			</thead>
			<tbody className={css.sums}>
				{sums.map((row) => (
					<tr key={keyOf(row)}>
						<td />
						{cells(row)}
					</tr>
				))}
			</tbody>
			<tbody ref={body}>
				<Room height={before} />
				{placed.map(({ index }) => (
					<tr key={keyOf(rows[index])}>
						<td className={css.nth}>{index + 1}</td>
						{cells(rows[index])}
					</tr>
				))}
				<Room height={after} />
			</tbody>
		</table>
	);
}

/** The room of rows that are not drawn on the screen. */
function Room({ height }: { height: number }) {
	return height > 0 ? (
		<tr className="on-screen">
			<td className={css.room} style={{ height }} />
		</tr>
	) : null;
}

function Signature({ letterhead }: { letterhead: Letterhead | undefined }) {
	return (
		<footer className={css.signatures}>
			<div>
				<p className={css.own}>NGƯỜI LẬP</p>
				<p className={css.how}>(Ký, ghi rõ họ tên)</p>
			</div>
			<div>
				<p className={css.own}>{letterhead?.signer}</p>
				<p className={css.how}>
					{letterhead?.hasSeal ? "(Chức vụ, ký, ghi rõ họ tên, đóng dấu)" : "(Ký, ghi rõ họ tên)"}
				</p>
			</div>
		</footer>
	);
}

/** "tính đến ngày 20/11/2025", as the lines of a title say it. */
export function asOfWords(on: Day): string {
	return `tính đến ngày ${displayDay(on)}`;
}
