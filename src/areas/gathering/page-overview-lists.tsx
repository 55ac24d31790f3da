import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count, percent } from "../../ui/format.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import css from "./page-overview.module.css";
import type { Overview } from "./page-overview-area.tsx";
import { usePlaces } from "./page-places.ts";

type Commune = Overview["communes"][number];
type Props = { communes: Commune[]; on: string };

const SHOWN = 8;

/** The communes that need the fewest further members to stand over 60 %. */
export function NearestCard({ communes, on }: Props) {
	const nearest = useMemo(
		() =>
			notOver(communes)
				.toSorted((a, b) => a.missing - b.missing)
				.slice(0, SHOWN),
		[communes],
	);
	return <Few title="Gần đạt trên 60% nhất" rows={nearest} on={on} />;
}

/** The communes with the lowest rates: those that need help most. */
export function FurthestCard({ communes, on }: Props) {
	const furthest = useMemo(
		() =>
			notOver(communes)
				.toSorted((a, b) => Number(a.rate) - Number(b.rate))
				.slice(0, SHOWN),
		[communes],
	);
	return <Few title="Cần hỗ trợ nhiều nhất" rows={furthest} on={on} />;
}

function notOver(communes: Commune[]): Commune[] {
	return communes.filter((commune) => commune.class !== "over");
}

function Few({ title, rows, on }: { title: string; rows: Commune[]; on: string }) {
	const { today, unit } = useSession();
	const placeOf = usePlaces(unit.id, on);
	const columns: Column<Commune>[] = [
		{
			key: "name",
			head: "Đơn vị",
			cell: (row) => (
				<>
					<Link to="/gathering" search={{ unit: row.id, on: dayOrToday(on, today) }}>
						{row.name}
					</Link>
					<span className={`soft ${css.place}`}>{placeOf(row)}</span>
				</>
			),
			phone: "first",
		},
		{
			key: "missing",
			head: "Còn thiếu",
			cell: (row) => count(row.missing),
			phone: "second",
			phoneLabel: "còn thiếu",
			number: true,
			width: "18%",
		},
		{ key: "rate", head: "Tỷ lệ", cell: (row) => percent(row.rate), phone: "end", number: true, width: "18%" },
	];
	return (
		<section className="card">
			<h2>{title}</h2>
			<DataList
				caption={title}
				columns={columns}
				rows={rows}
				keyOf={(row) => String(row.id)}
				empty={<p>Không còn đơn vị nào chưa đạt trên 60%.</p>}
			/>
		</section>
	);
}
