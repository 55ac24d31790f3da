import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count, percent } from "../../ui/format.ts";
import { MapLegend, shadeOf } from "../../ui/MapLegend.tsx";
import { ProvinceMap, type ProvinceValue } from "../../ui/ProvinceMap.tsx";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import type { RateRow } from "./contract.ts";
import css from "./page-overview.module.css";
import { REORGANISED } from "./rules-day.ts";

const BANDS = [
	{ from: 0, words: "dưới 50%" },
	{ from: 50, words: "từ 50% đến dưới 60%" },
	{ from: 60, words: "từ 60% đến dưới 70%" },
	{ from: 70, words: "từ 70% trở lên" },
] as const;

/** The rates of provinces on the map of that day, for reference; the table stands by code, never by rate (R6). */
export function ProvinceCard({ provinces, on }: { provinces: RateRow[]; on: string }) {
	const { today } = useSession();
	const navigate = useNavigate();
	const byCode = useMemo(() => new Map(provinces.map((row) => [row.code ?? "", row])), [provinces]);
	const values = useMemo(
		() => Object.fromEntries([...byCode].map(([code, row]) => [code, provinceValue(row)])),
		[byCode],
	);
	const open = (row: RateRow | undefined) =>
		row && navigate({ to: "/gathering", search: { unit: row.id, on: dayOrToday(on, today) } });
	const [tableOpen, setTableOpen] = useState(false);
	return (
		<section className="card">
			<h2>Các tỉnh, thành phố (tham khảo)</h2>
			<div className={css.map}>
				<ProvinceMap
					map={on < REORGANISED ? "old" : "new"}
					values={values}
					title="Bản đồ tỷ lệ tập hợp của các tỉnh, thành phố, số tham khảo"
					onSelect={(code) => open(byCode.get(code))}
				/>
				<MapLegend bands={BANDS} />
			</div>
			<p className="on-screen">
				<button type="button" className="link" aria-expanded={tableOpen} onClick={() => setTableOpen(!tableOpen)}>
					{tableOpen ? "Ẩn bảng số liệu" : "Xem bảng số liệu"}
				</button>
			</p>
			{tableOpen ? (
				<DataList
					caption="Tỷ lệ tập hợp của các tỉnh, thành phố theo mã, số tham khảo"
					columns={COLUMNS}
					rows={provinces}
					keyOf={(row) => String(row.id)}
					onOpen={open}
					empty={null}
				/>
			) : null}
		</section>
	);
}

const COLUMNS: Column<RateRow>[] = [
	{ key: "name", head: "Tỉnh, thành phố", cell: (row) => row.name, phone: "first" },
	{
		key: "members",
		head: "Hội viên",
		cell: (row) => count(row.members),
		phone: "second",
		phoneLabel: "hội viên",
		number: true,
	},
	{ key: "rate", head: "Tỷ lệ", cell: (row) => (row.rate ? percent(row.rate) : ""), phone: "end", number: true },
];

function provinceValue(row: RateRow): ProvinceValue {
	if (row.rate === null) return { label: row.name, title: "chưa có số phụ nữ từ 18 tuổi trở lên" };
	const rate = Number(row.rate);
	const without =
		row.without_denominator > 0 ? `, chưa tính ${count(row.without_denominator)} đơn vị chưa có số liệu` : "";
	return {
		label: row.name,
		title: `${percent(row.rate)} (tham khảo)${without}`,
		fill: shadeOf(BANDS, (from) => rate >= from),
	};
}
