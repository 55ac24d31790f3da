import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import { ClassChip } from "../../ui/ClassChip.tsx";
import type { Column } from "../../ui/columns.ts";
import { count, percent } from "../../ui/format.ts";
import css from "./page.module.css";
import type { Row } from "./page.tsx";

/** The columns of communes with who holds them; with a box to choose each where she may assign. */
export function communeColumns(options: {
	chosen: ReadonlySet<number> | null;
	choose: (unitId: number) => void;
	withProvince: boolean;
}): Column<Row>[] {
	const { chosen, choose, withProvince } = options;
	return [
		{
			key: "name",
			head: "Cơ sở",
			cell: (row) => (
				<>
					{chosen ? (
						<span className={css.chosen}>
							<input
								type="checkbox"
								aria-label={`Chọn ${row.name}`}
								checked={chosen.has(row.unitId)}
								onChange={() => choose(row.unitId)}
							/>
							<CommuneLink row={row} />
						</span>
					) : (
						<CommuneLink row={row} />
					)}
					{row.pilot ? <span className="soft"> · thí điểm</span> : null}
				</>
			),
			phone: "first",
		},
		...(withProvince
			? [
					{
						key: "province",
						head: "Tỉnh, thành phố",
						cell: (row: Row) => row.province,
						phone: "second" as const,
						width: "14%",
					},
				]
			: []),
		{
			key: "rate",
			head: "Tỷ lệ",
			cell: (row) => (row.rate === null ? <span className="soft">chưa có số liệu</span> : percent(row.rate)),
			phone: "end",
			number: true,
			width: "8%",
		},
		{
			key: "class",
			head: "Xếp loại",
			cell: (row) => (row.class === null ? "" : <ClassChip cls={row.class} short />),
			phone: "second",
			width: "13%",
		},
		{
			key: "missing",
			head: "Còn thiếu",
			cell: (row) => (row.missing ? count(row.missing) : ""),
			phone: "second",
			phoneLabel: "còn thiếu",
			number: true,
			width: "8%",
		},
		{
			key: "officer",
			head: "Cán bộ phụ trách",
			cell: (row) => <OfficerCell row={row} />,
			phone: "second",
			width: "20%",
		},
		{
			key: "cluster",
			head: "Cụm được giao",
			cell: (row) => row.cluster?.name.replace(/ \(ví dụ\)$/u, "") ?? "",
			phone: "second",
			width: "14%",
		},
		{ key: "visit", head: "Đi cơ sở", cell: (row) => <VisitCell row={row} />, phone: "second", width: "17%" },
	];
}

function CommuneLink({ row }: { row: Row }) {
	return (
		<Link to="/assistance/visits/$unitId" params={{ unitId: String(row.unitId) }}>
			{row.name}
		</Link>
	);
}

/** The rate with its class in words, and what is missing. */
export function RateCell({ row }: { row: Row }) {
	if (row.rate === null || row.class === null) return <span className="soft">chưa có số liệu</span>;
	return (
		<>
			{percent(row.rate)} <ClassChip cls={row.class} short />
			{row.missing ? <span className="soft"> thiếu {count(row.missing)}</span> : null}
		</>
	);
}

function OfficerCell({ row }: { row: Row }) {
	const { officer, committee, before, difficult } = row;
	return (
		<>
			{officer?.present ? (
				officer.name
			) : (
				<span className={css.late}>
					chưa có
					{officer ? ` (${officer.name} không còn phụ trách được)` : ""}
				</span>
			)}
			{!officer && before.length > 0 ? <span className="soft"> · trước sắp xếp: {before.join("; ")}</span> : null}
			{committee ? (
				<span className="soft">
					{" "}
					· Ủy viên: {committee.name}
					{committee.present ? "" : " (không còn phụ trách được)"}
				</span>
			) : difficult ? (
				<span className={css.late}> · quá khó khăn, chưa có ủy viên Ban Chấp hành</span>
			) : null}
		</>
	);
}

function VisitCell({ row }: { row: Row }) {
	const last = row.lastVisit ? `gần nhất ${displayDay(row.lastVisit)}` : "chưa đi lần nào";
	if (row.visitDue === null) return row.lastVisit ? last : "";
	return (
		<>
			{last};{" "}
			<span className={row.visitLate ? css.late : undefined}>
				{row.visitLate ? "quá hạn từ" : "hạn tới"} {displayDay(row.visitDue)}
			</span>
		</>
	);
}
