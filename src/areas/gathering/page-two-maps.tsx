import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { count } from "../../ui/format.ts";
import { MapLegend, shadeOf } from "../../ui/MapLegend.tsx";
import { ProvinceMap, type ProvinceValue } from "../../ui/ProvinceMap.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import css from "./page-two-maps.module.css";
import { communeNoun, dayNotes, REORGANISED } from "./rules-day.ts";

const route = getRouteApi("/gathering/maps");

type Shares = Awaited<ReturnType<typeof api.gathering.classShares.call>>;

const BANDS = [
	{ from: 0, words: "dưới 25%" },
	{ from: 25, words: "từ 25% đến dưới 50%" },
	{ from: 50, words: "từ 50% đến dưới 75%" },
	{ from: 75, words: "từ 75% trở lên" },
] as const;

const SIDES = [
	{ map: "old", day: addDays(REORGANISED, -1), title: "Theo 63 tỉnh, thành phố trước 01/7/2025" },
	{ map: "new", day: REORGANISED, title: "Theo 34 tỉnh, thành phố từ 01/7/2025" },
] as const;

/** One day under the units of both times: what share of each province's communes stands over 60 % (R1, R38). */
export function TwoMapsPage() {
	const { today, demo } = useSession();
	const { on = today } = route.useSearch();
	const navigate = useNavigate();
	return (
		<div className="page">
			<Link to="/gathering" search={{ on: dayOrToday(on, today) }}>
				‹ Tỷ lệ tập hợp
			</Link>
			<div className="row" style={{ alignItems: "end" }}>
				<h1>Hai bản đồ của một ngày</h1>
				<span className="end">
					<DayField
						label="Tại ngày"
						value={on}
						earliest={EARLIEST}
						latest={latestDay(today)}
						onChange={(day) =>
							navigate({ to: "/gathering/maps", search: { on: dayOrToday(day ?? today, today) }, replace: true })
						}
					/>
				</span>
			</div>
			<p>
				Mỗi tỉnh, thành phố tô theo phần số xã, phường đạt trên 60%. Cùng số hội viên của ngày {displayDay(on)}, xem
				theo hai hệ thống đơn vị.
			</p>
			{dayNotes(on, today).map((note) => (
				<p key={note} className="soft">
					{note}
				</p>
			))}
			{demo ? <p className="soft">Dữ liệu minh họa: các số dưới đây không phải số thật.</p> : null}
			<MapLegend bands={BANDS} />
			<div className={css.sides}>
				{SIDES.map((side) => (
					<MapOf key={side.map} side={side} on={on} />
				))}
			</div>
		</div>
	);
}

function MapOf({ side, on }: { side: (typeof SIDES)[number]; on: string }) {
	const isOwn = on >= REORGANISED === (side.map === "new");
	const shares = useQuery(api.gathering.classShares.queryOptions({ input: { on, map: isOwn ? undefined : side.day } }));
	return (
		<section className="card page">
			<h2>{side.title}</h2>
			<Loaded query={shares}>{(rows) => <Drawn rows={rows} side={side} on={on} isOwn={isOwn} />}</Loaded>
		</section>
	);
}

function Drawn({ rows, side, on, isOwn }: { rows: Shares; side: (typeof SIDES)[number]; on: string; isOwn: boolean }) {
	const { today } = useSession();
	const navigate = useNavigate();
	const [tableOpen, setTableOpen] = useState(false);
	const noun = communeNoun(side.day);
	const values = useMemo(
		() => Object.fromEntries(rows.map((row) => [row.code ?? "", provinceValue(row, noun)])),
		[rows, noun],
	);
	const all = rows.reduce((sum, row) => ({ over: sum.over + row.over, rated: sum.rated + ratedOf(row) }), {
		over: 0,
		rated: 0,
	});
	const open = (id: number | undefined) =>
		id &&
		navigate({ to: "/gathering", search: { unit: id, on: dayOrToday(on, today), map: isOwn ? undefined : side.day } });
	return (
		<>
			<p>
				<b>
					{count(all.over)} trên {count(all.rated)} {noun}
				</b>{" "}
				đạt trên 60%.
			</p>
			<ProvinceMap
				map={side.map}
				values={values}
				title={`Phần số ${noun} đạt trên 60%, ${side.title.toLowerCase()}`}
				onSelect={(code) => open(rows.find((row) => row.code === code)?.id)}
			/>
			<p className="on-screen">
				<button type="button" className="link" aria-expanded={tableOpen} onClick={() => setTableOpen(!tableOpen)}>
					{tableOpen ? "Ẩn bảng số liệu" : "Xem bảng số liệu"}
				</button>
			</p>
			{tableOpen ? (
				<DataList
					caption={`Số ${noun} theo xếp loại, ${side.title.toLowerCase()}`}
					columns={COLUMNS}
					rows={rows}
					keyOf={({ id }) => String(id)}
					onOpen={({ id }) => open(id)}
					empty={null}
				/>
			) : null}
		</>
	);
}

type Row = Shares[number];

const COLUMNS: Column<Row>[] = [
	{ key: "name", head: "Tỉnh, thành phố", cell: (row) => row.name, phone: "first" },
	{
		key: "under",
		head: "Dưới 60%",
		cell: (row) => count(row.under),
		phone: "second",
		phoneLabel: "dưới 60%",
		number: true,
	},
	{ key: "exactly", head: "Bằng 60%", cell: (row) => count(row.exactly), phone: "hide", number: true },
	{
		key: "over",
		head: "Trên 60%",
		cell: (row) => count(row.over),
		phone: "second",
		phoneLabel: "trên 60%",
		number: true,
	},
	{ key: "none", head: "Chưa có số liệu", cell: (row) => count(row.none), phone: "hide", number: true },
];

function ratedOf(row: Row): number {
	return row.under + row.exactly + row.over;
}

function provinceValue(row: Row, noun: string): ProvinceValue {
	const rated = ratedOf(row);
	if (rated === 0) return { label: row.name, title: "chưa có số phụ nữ từ 18 tuổi trở lên" };
	return {
		label: row.name,
		title: `${count(row.over)} trên ${count(rated)} ${noun} đạt trên 60%`,
		fill: shadeOf(BANDS, (from) => 100 * row.over >= from * rated),
	};
}
