import { useQuery } from "@tanstack/react-query";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { TimelinessMap } from "./page-timeliness-map.tsx";
import { TimelinessStrip } from "./page-timeliness-strip.tsx";
import { namedShare } from "./rules-timeliness.ts";

export type Timely = Awaited<ReturnType<typeof api.reports.timeliness.call>>;
export type TimelyCell = Timely["rows"][number];
export interface TimelyRow {
	unitId: number;
	name: string;
	cells: Map<number, TimelyCell>;
}

/** By unit and period how many reports came in time, late or not at all: a strip, its table, and of the provinces a map. */
export function Timeliness({ unitId }: { unitId: number }) {
	const answer = useQuery(api.reports.timeliness.queryOptions({ input: { periods: 6, unitId } }));
	return (
		<Loaded query={answer}>
			{(timely) =>
				timely.rows.length === 0 ? null : (
					<>
						<TimelinessStrip timely={timely} rows={byUnit(timely.rows)} />
						{timely.by === "province" ? <TimelinessMap timely={timely} /> : null}
					</>
				)
			}
		</Loaded>
	);
}

/** The figures of the strip: in time / late / missing, and how much of the members was named. */
export function TimelinessTable({ periods, rows }: { periods: Timely["periods"]; rows: TimelyRow[] }) {
	return (
		<>
			<p className="soft">
				Đúng hạn / gửi muộn / chưa gửi / chưa đến hạn, tính cả báo cáo của đơn vị và các cấp dưới; dưới đó là tỷ lệ hội
				viên đã có tên trong báo cáo được duyệt.
			</p>
			<DataList
				caption="Gửi báo cáo đúng hạn qua các kỳ"
				columns={columnsOf(periods)}
				rows={rows}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Chưa có kỳ báo cáo" />}
			/>
		</>
	);
}

function byUnit(rows: readonly TimelyCell[]): TimelyRow[] {
	return [...Map.groupBy(rows, ({ unitId }) => unitId)].map(([unitId, cells]) => ({
		unitId,
		name: cells[0]?.name ?? "",
		cells: new Map(cells.map((cell) => [cell.periodId, cell])),
	}));
}

function columnsOf(periods: Timely["periods"]): Column<TimelyRow>[] {
	return [
		{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
		...periods.map(
			(period, at): Column<TimelyRow> => ({
				key: String(period.id),
				head: period.name,
				cell: (row) => told(row.cells.get(period.id)),
				phone: at === 0 ? "end" : "second",
				phoneLabel: at === 0 ? undefined : period.name,
				number: true,
				width: `${Math.floor(72 / Math.max(4, periods.length))}%`,
			}),
		),
	];
}

function told(cell: TimelyCell | undefined): string {
	if (!cell) return "";
	const share = namedShare(cell);
	return `${count(cell.inTime)} / ${count(cell.late)} / ${count(cell.expected - cell.inTime - cell.late - cell.pending)} / ${count(cell.pending)}${share ? ` (${percent(share)})` : ""}`;
}
