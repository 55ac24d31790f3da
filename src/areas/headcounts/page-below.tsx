import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { searchKey } from "../../core/vietnamese.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { UnitRow } from "../units/contract.ts";
import type { HeadcountComponent } from "./contract.ts";
import css from "./page.module.css";
import { COMPONENTS } from "./rules.ts";

type Listed = Awaited<ReturnType<typeof api.headcounts.list.call>>[number];

const HEADS: Record<HeadcountComponent, string> = {
	unlisted: "Chưa nhập danh sách",
	trade_union: "Công đoàn",
	armed_forces: "LLVT",
	member_organisation: "Tổ chức thành viên",
	upper_club: "CLB của Hội cấp trên",
};

/** All units below with their figures in force on the day; those without any stand first, since they are the work to do. */
export function BelowList({ unit, on }: { unit: UnitRow; on: string }) {
	const list = useQuery(api.headcounts.list.queryOptions({ input: { unitId: unit.id, on, below: true } }));
	return (
		<section className="card page">
			<h2>Các đơn vị trực thuộc</h2>
			<Loaded query={list}>{(rows) => <Rows rows={rows.filter((row) => row.unitId !== unit.id)} />}</Loaded>
		</section>
	);
}

/** For the centre: a province is chosen first, since the communes of the whole country with all they carry are many megabytes. */
export function ProvinceLinks({ on }: { on: string }) {
	const provinces = useQuery(api.units.children.queryOptions({ input: { code: "VN", on, kinds: ["province"] } }));
	return (
		<section className="card page">
			<h2>Các tỉnh, thành phố</h2>
			<Loaded query={provinces}>
				{(rows) => (
					<ul className={css.provinces}>
						{rows.map((row) => (
							<li key={row.id}>
								<Link to="/headcounts" search={(old) => ({ ...old, unit: row.id })}>
									{row.name}
								</Link>
							</li>
						))}
					</ul>
				)}
			</Loaded>
		</section>
	);
}

function Rows({ rows }: { rows: Listed[] }) {
	const [text, setText] = useState("");
	const found = useMemo(() => {
		const key = searchKey(text);
		return rows
			.filter((row) => key === "" || row.code === text.trim() || searchKey(row.unitName).includes(key))
			.toSorted((a, b) => Number(a.figures.length > 0) - Number(b.figures.length > 0));
	}, [rows, text]);
	const without = rows.filter((row) => row.figures.length === 0).length;
	return (
		<>
			<TextField label="Tìm tên hoặc mã đơn vị" value={text} onChange={setText} />
			<p className="soft" role="status">
				{count(found.length)} đơn vị{without > 0 ? `; ${count(without)} đơn vị chưa có số liệu nào, đứng trước` : ""}
			</p>
			<DataList
				caption="Số lượng tổng hợp của các đơn vị trực thuộc"
				columns={COLUMNS}
				rows={found}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Không có đơn vị nào" />}
			/>
		</>
	);
}

const COLUMNS: Column<Listed>[] = [
	{
		key: "name",
		head: "Đơn vị",
		cell: (row) => (
			<>
				<Link to="/headcounts" search={(old) => ({ ...old, unit: row.unitId })}>
					{row.unitName}
				</Link>
				{carriedWords(row)}
			</>
		),
		phone: "first",
	},
	...COMPONENTS.map(
		(component): Column<Listed> => ({
			key: component,
			head: HEADS[component],
			cell: (row) => figureOf(row, component),
			phone: "second",
			phoneLabel: HEADS[component],
			number: true,
			width: "12%",
		}),
	),
	{
		key: "overlap",
		head: "Trừ trùng",
		cell: (row) => negative(row.figures.reduce((sum, figure) => sum + figure.overlap, 0)),
		phone: "second",
		phoneLabel: "trừ trùng",
		number: true,
		width: "9%",
	},
];

/** Few predecessors are named here; many on the unit's own page. */
function carriedWords({ figures }: Listed) {
	const names = [...new Set(figures.flatMap(({ carriedFrom }) => carriedFrom ?? []))];
	if (names.length === 0) return null;
	return (
		<span className="soft">
			{" "}
			có số chuyển từ {names.length <= 2 ? names.join(", ") : `${count(names.length)} đơn vị trước sắp xếp`}
		</span>
	);
}

function figureOf(row: Listed, component: HeadcountComponent): string {
	const figures = row.figures.filter((figure) => figure.component === component);
	return figures.length === 0 ? "" : count(figures.reduce((sum, figure) => sum + figure.count, 0));
}

function negative(overlap: number): string {
	return overlap > 0 ? count(-overlap) : "";
}
