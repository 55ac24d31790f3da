import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import { count, percent } from "../../ui/format.ts";
import { Trend } from "../../ui/Trend.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { RateRow } from "./contract.ts";
import { monthAtThisPace, REORGANISED, TERM_START } from "./rules-day.ts";

type Point = Awaited<ReturnType<typeof api.gathering.trend.call>>[number];

/** The rate since the term began, with the day of the reorganisation, and where the pace of half a year would lead. */
export function TrendCard({ row }: { row: RateRow }) {
	const { today } = useSession();
	const trend = useQuery(api.gathering.trend.queryOptions({ input: { id: row.id, from: TERM_START, to: today } }));
	return (
		<Loaded query={trend}>
			{(points) =>
				points.some((point) => point.rate !== null) ? (
					<Line row={row} points={points} />
				) : (
					<CountsOnly points={points} />
				)
			}
		</Loaded>
	);
}

function Line({ row, points }: { row: RateRow; points: Point[] }) {
	const rated = useMemo(
		() => points.flatMap((point) => (point.rate === null ? [] : [{ on: point.on, rate: point.rate }])),
		[points],
	);
	const mark = useMark(row, points);
	const month = row.missing ? monthAtThisPace(points, row.missing) : null;
	const first = rated[0];
	return (
		<Trend
			title="Từ đầu nhiệm kỳ"
			points={rated}
			mark={mark}
			fileName={`ty-le-${row.code ?? row.id}-${points.at(-1)?.on}`}
		>
			{first ? (
				<p className="soft">
					{displayDay(first.on)}: {percent(first.rate)}.
					{month ? (
						<>
							{" "}
							Nếu tiếp tục tăng như 6 tháng qua: đạt trên 60% vào khoảng <b>tháng {monthWords(month)}</b>.
						</>
					) : null}
				</p>
			) : null}
		</Trend>
	);
}

/** On the picture: the reorganisation, and how many units came together in this one. */
function useMark(row: RateRow, points: Point[]) {
	const before = points.some((point) => point.on < REORGANISED);
	const { data } = useQuery(
		api.units.show.queryOptions({ input: { id: row.id }, enabled: before && row.kind === "commune" }),
	);
	const joined = data?.predecessors.length ?? 0;
	const words = joined > 1 ? `01/7/2025: nhập ${count(joined)} đơn vị` : "01/7/2025: sắp xếp đơn vị";
	return useMemo(() => (before ? { on: REORGANISED, words } : undefined), [before, words]);
}

function CountsOnly({ points }: { points: Point[] }) {
	const first = points[0];
	const last = points.at(-1);
	return (
		<section className="card">
			<h2>Từ đầu nhiệm kỳ</h2>
			<p>
				{first && last
					? `Hội viên: ${count(first.members)} ngày ${displayDay(first.on)}, ${count(last.members)} ngày ${displayDay(last.on)}. `
					: ""}
				Chưa vẽ được tỷ lệ vì chưa có số phụ nữ từ 18 tuổi trở lên.
			</p>
		</section>
	);
}

function monthWords(day: Day): string {
	return `${Number(day.slice(5, 7))}/${day.slice(0, 4)}`;
}
