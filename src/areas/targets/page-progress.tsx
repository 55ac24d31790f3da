import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { change, count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { ProgressRow } from "./contract.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";

const ForecastCards = lazy(() => import("./page-forecast.tsx").then((page) => ({ default: page.ForecastCards })));

export type Progress = Awaited<ReturnType<typeof api.targets.progress.call>>;

/** Where the unit stands against its target and the pace it takes; what is expected is the forecast's alone: live, "tạm tính". */
export function ProgressCards({ shown, on }: { shown: Shown; on: string | undefined }) {
	const { unit, kind, period } = shown;
	const counted = kind === "net_new_members" || kind === "communes_over_60" ? kind : "net_new_members";
	const progress = useQuery(
		api.targets.progress.queryOptions({
			input: {
				unitId: unit.unitId,
				kind: counted,
				termId: period.termId ?? undefined,
				year: period.year ?? undefined,
				on,
			},
		}),
	);
	return (
		<Loaded query={progress}>
			{(answer) => (
				<>
					{shown.target ? (
						<Standing answer={answer} measure={shown.measure} isNet={kind === "net_new_members"} />
					) : null}
					{answer.rows.some((row) => row.target !== null) ? <Below answer={answer} /> : null}
					<Suspense>
						<ForecastCards shown={shown} progress={answer} on={on} />
					</Suspense>
				</>
			)}
		</Loaded>
	);
}

function Standing({ answer, measure, isNet }: { answer: Progress; measure: string; isNet: boolean }) {
	const { own, on } = answer;
	const value = isNet ? change(own.achieved) : count(own.achieved);
	return (
		<section className="card page">
			<h2>Đã thực hiện đến ngày {displayDay(on)} (tạm tính)</h2>
			<p className={css.figure}>
				{value}{" "}
				<span className={css.measure}>{own.target === null ? measure : `trên ${count(own.target)} ${measure}`}</span>
			</p>
			{own.target === null ? null : <p>{needWords(own, answer.monthsLeft)}</p>}
			<p>
				12 tháng qua {isNet ? "tăng thực" : "thêm"} {change(own.yearNet)} {measure}.
			</p>
			<p className="soft">
				{isNet ? baselineWords(answer) : "Số cơ sở Hội có tỷ lệ tập hợp trên 60% vào ngày này."}
				{own.estimated ? " Có phần ước tính, chia từ đơn vị trước sắp xếp." : ""}
			</p>
		</section>
	);
}

/** From what the gain is counted. */
function baselineWords({ baselineOn, baselineMembers, recorded }: Progress): string {
	const from = `So với ${baselineMembers === null ? "số hội viên" : `${count(baselineMembers)} hội viên`} ngày ${displayDay(baselineOn)}`;
	return `${from}${recorded ? "" : " (chưa ghi mốc so sánh, lấy ngày trước khi kỳ bắt đầu)"}, đã trừ các chị ra khỏi tổ chức Hội, qua đời, chuyển đi.`;
}

function needWords({ remaining, perMonth }: ProgressRow, monthsLeft: number): string {
	if (remaining === 0) return "Đã đạt chỉ tiêu.";
	if (perMonth === null) return `Hết kỳ, còn thiếu ${count(remaining ?? 0)}.`;
	return `Còn ${count(remaining ?? 0)}: cần tăng thêm ${count(perMonth)} mỗi tháng trong ${count(monthsLeft)} tháng còn lại.`;
}

function Below({ answer }: { answer: Progress }) {
	return (
		<section className="card page">
			<h2>Các đơn vị trực thuộc đã thực hiện (tạm tính, tham khảo)</h2>
			<p className="soft">Xếp theo mã đơn vị, không xếp hạng.</p>
			<DataList
				caption="Đã thực hiện so với chỉ tiêu"
				columns={COLUMNS}
				rows={answer.rows}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Không có đơn vị trực thuộc" />}
			/>
		</section>
	);
}

const COLUMNS: Column<ProgressRow>[] = [
	{
		key: "name",
		head: "Đơn vị",
		cell: (row) => (
			<Link to="/targets" search={(old) => ({ ...old, unit: row.unitId })}>
				{row.name}
			</Link>
		),
		phone: "first",
	},
	{
		key: "target",
		head: "Chỉ tiêu",
		cell: (row) => (row.target === null ? "chưa giao" : count(row.target)),
		phone: "second",
		phoneLabel: "chỉ tiêu",
		number: true,
		width: "14%",
	},
	{
		key: "achieved",
		head: "Đã thực hiện",
		cell: (row) => (
			<>
				<b>{count(row.achieved)}</b>
				{row.estimated ? <span className="soft"> ước tính</span> : null}
			</>
		),
		phone: "end",
		number: true,
		width: "15%",
	},
	{
		key: "perMonth",
		head: "Cần tăng mỗi tháng",
		cell: (row) => (row.perMonth === null ? "" : row.remaining === 0 ? "đã đạt" : count(row.perMonth)),
		phone: "second",
		phoneLabel: "cần mỗi tháng",
		number: true,
		width: "16%",
	},
];
