import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { STATE_WORDS } from "./rules-words.ts";

type Answer = Awaited<ReturnType<typeof api.reports.plans.call>>;
type Row = Answer["rows"][number];

/** The provinces' plans of the year (R35): how many communes are to pass 60 %, and how many have. */
export function Plans() {
	const answer = useQuery(api.reports.plans.queryOptions({ input: {} }));
	return <Loaded query={answer}>{(plans) => (plans.periodId === null ? null : <PlanTable plans={plans} />)}</Loaded>;
}

function PlanTable({ plans: { year, rows, on, periodId } }: { plans: Answer }) {
	const planned = rows.reduce((sum, row) => sum + (row.planned ?? 0), 0);
	const passed = rows.reduce((sum, row) => sum + (row.planned === null ? 0 : (row.passed ?? 0)), 0);
	const sent = rows.filter((row) => row.planned !== null).length;
	return (
		<section className="card page">
			<h2>Kế hoạch năm {year}: số cơ sở đạt tỷ lệ tập hợp trên 60%</h2>
			<p>
				<b>{count(planned)}</b> cơ sở sẽ đạt trong năm, theo kế hoạch của {count(sent)}/{count(rows.length)} tỉnh, thành
				phố; các tỉnh ấy đến nay có {change(passed)} cơ sở trên 60% so với đầu kỳ kế hoạch.
			</p>
			<DataList
				caption={`Kế hoạch năm ${year} của các tỉnh, thành phố`}
				columns={columnsOf(periodId as number)}
				rows={rows}
				keyOf={(row) => String(row.unitId)}
				empty={null}
			/>
			<p className="soft">
				Kết quả theo báo cáo đã duyệt gần nhất trong năm; tỉnh chưa có báo cáo được duyệt thì tính đến ngày{" "}
				{displayDay(on)} (tạm tính). Hai đầu tính theo cùng hệ thống đơn vị.
			</p>
		</section>
	);
}

function columnsOf(periodId: number): Column<Row>[] {
	return [
		{
			key: "name",
			head: "Tỉnh, thành phố",
			cell: (row) => (
				<Link to="/reports" search={{ unit: row.unitId, period: periodId }}>
					{row.name}
				</Link>
			),
			phone: "first",
		},
		{ key: "state", head: "Kế hoạch", cell: (row) => STATE_WORDS[row.state], phone: "second", width: "22%" },
		{
			key: "planned",
			head: "Sẽ đạt",
			cell: (row) => (row.planned === null ? <span className="soft">chưa có</span> : count(row.planned)),
			phone: "end",
			number: true,
			width: "14%",
		},
		{
			key: "passed",
			head: "Kết quả",
			cell: (row) =>
				row.passed === null ? (
					""
				) : (
					<>
						{change(row.passed)}
						{row.from === null ? <span className="soft"> tạm tính</span> : null}
					</>
				),
			phone: "second",
			phoneLabel: "kết quả",
			number: true,
			width: "16%",
		},
		{
			key: "over",
			head: "Trên 60%",
			cell: (row) => (row.over === null ? "" : count(row.over)),
			phone: "second",
			phoneLabel: "cơ sở trên 60%",
			number: true,
			width: "14%",
		},
	];
}
