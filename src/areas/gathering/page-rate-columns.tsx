import type { ReactNode } from "react";
import { ClassChip } from "../../ui/ClassChip.tsx";
import type { Column } from "../../ui/columns.ts";
import { count, percent } from "../../ui/format.ts";
import { PlainLink } from "../../web/PlainLink.tsx";
import { kindWords } from "../units/rules.ts";
import type { RateRow } from "./contract.ts";
import css from "./page-rates.module.css";

/** What the cells of the rates need to know: the day whose units they are, and what a press on a number does. */
export type Cells = {
	on: string;
	today: string;
	/** None: numbers open nothing. */
	onWhy?: (unitId: number) => void;
	/** The name of the unit a commune stands under, for flat lists. */
	placeOf?: (row: RateRow) => string | undefined;
};

/** True above the communes, whose rates are sums: shown for reference, never ranked (R6). */
export function isSum(row: RateRow): boolean {
	return ["centre", "cluster", "province", "district"].includes(row.kind);
}

/** The columns of rates, for the tree and the flat list. Every number opens *Cách tính*. */
export function rateColumns(cells: Cells): Column<RateRow>[] {
	const { onWhy } = cells;
	const why = (row: RateRow, shown: ReactNode) =>
		onWhy ? (
			<button type="button" className={css.why} onClick={() => onWhy(row.id)}>
				{shown}
				<span className="unseen">: cách tính {row.name}</span>
			</button>
		) : (
			shown
		);
	const columns: (Column<RateRow> | null)[] = [
		{
			key: "name",
			head: "Đơn vị",
			cell: (row) => <Name row={row} {...cells} />,
			phone: "first",
			sortable: true,
		},
		cells.placeOf
			? { key: "place", head: "Thuộc", cell: (row) => cells.placeOf?.(row), phone: "second", width: "17%" }
			: null,
		{
			key: "members",
			head: "Hội viên",
			cell: (row) => why(row, count(row.members)),
			phone: "second",
			phoneLabel: "hội viên",
			number: true,
			width: "11%",
			sortable: true,
		},
		{
			key: "women18",
			head: "Phụ nữ từ 18 tuổi trở lên",
			cell: (row) => (row.women18 === null ? "" : why(row, count(row.women18))),
			phone: "hide",
			number: true,
			width: "14%",
			sortable: true,
		},
		{
			key: "rate",
			head: "Tỷ lệ",
			cell: (row) => <Rate row={row} why={why} />,
			phone: "end",
			number: true,
			width: "10%",
			sortable: true,
		},
		{ key: "class", head: "Xếp loại", cell: (row) => <ClassCell row={row} />, phone: "second", width: "19%" },
		{
			key: "missing",
			head: "Còn thiếu",
			cell: (row) => (row.missing ? why(row, count(row.missing)) : ""),
			phone: "second",
			phoneLabel: "còn thiếu",
			number: true,
			width: "11%",
			sortable: true,
		},
	];
	return columns.filter((column) => column !== null);
}

function Name({ row, on, today }: { row: RateRow } & Cells) {
	return (
		<>
			<PlainLink href={`/units/${row.id}${on === today ? "" : `?on=${on}`}`}>{row.name}</PlainLink>
			{isSum(row) ? <span className="soft"> tham khảo</span> : null}
			{row.estimated ? <span className="soft"> ước tính</span> : null}
			{row.kind === "branch" ? null : row.kind === "commune" || isSum(row) ? null : (
				<span className="soft"> {kindWords(row.kind, on).toLowerCase()}</span>
			)}
		</>
	);
}

function Rate({ row, why }: { row: RateRow; why: (row: RateRow, shown: ReactNode) => ReactNode }) {
	if (row.rate !== null) return why(row, percent(row.rate));
	if (row.kind === "commune") return <span className="soft">chưa tính được</span>;
	return null;
}

function ClassCell({ row }: { row: RateRow }) {
	if (row.class === null) {
		if (row.kind === "commune") return <span className="soft">Chưa có số liệu phụ nữ từ 18 tuổi trở lên</span>;
		if (isSum(row) && row.without_denominator > 0)
			return <span className="soft">chưa tính {count(row.without_denominator)} đơn vị chưa có số liệu</span>;
		return null;
	}
	return (
		<>
			<ClassChip cls={row.class} short />
			{row.women18 !== null && row.members > row.women18 ? (
				<span className="soft" title="Trên 100%: hội viên của hôm nay so với số phụ nữ của năm 2019">
					{" "}
					trên 100% (số liệu 2019)
				</span>
			) : null}
		</>
	);
}
