import { useQuery } from "@tanstack/react-query";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";

type Answer = Awaited<ReturnType<typeof api.reports.timeliness.call>>;
type Cell = Answer["rows"][number];
interface Row {
	unitId: number;
	name: string;
	cells: Map<number, Cell>;
}

/** By unit and period how many reports came in time, late or not at all: completeness and timeliness as one table. */
export function Timeliness() {
	const answer = useQuery(api.reports.timeliness.queryOptions({ input: { periods: 4 } }));
	return (
		<Loaded query={answer}>
			{({ periods, rows }) =>
				rows.length === 0 ? null : (
					<section className="card">
						<h2>Gửi báo cáo đúng hạn qua các kỳ</h2>
						<p className="soft">Đúng hạn / gửi muộn / chưa gửi, tính cả báo cáo của đơn vị và các cấp dưới.</p>
						<DataList
							caption="Gửi báo cáo đúng hạn qua các kỳ"
							columns={columnsOf(periods)}
							rows={byUnit(rows)}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Chưa có kỳ báo cáo" />}
						/>
					</section>
				)
			}
		</Loaded>
	);
}

function byUnit(rows: readonly Cell[]): Row[] {
	return [...Map.groupBy(rows, ({ unitId }) => unitId)].map(([unitId, cells]) => ({
		unitId,
		name: cells[0]?.name ?? "",
		cells: new Map(cells.map((cell) => [cell.periodId, cell])),
	}));
}

function columnsOf(periods: Answer["periods"]): Column<Row>[] {
	return [
		{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
		...periods.map(
			(period, at): Column<Row> => ({
				key: String(period.id),
				head: period.name,
				cell: (row) => told(row.cells.get(period.id)),
				phone: at === 0 ? "end" : "second",
				phoneLabel: at === 0 ? undefined : period.name,
				number: true,
				width: "17%",
			}),
		),
	];
}

function told(cell: Cell | undefined): string {
	if (!cell) return "";
	return `${count(cell.inTime)} / ${count(cell.late)} / ${count(cell.expected - cell.inTime - cell.late)}`;
}
