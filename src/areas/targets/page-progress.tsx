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
type NotPassing = Progress["notPassing"][number];

/** Where the unit stands against its target, the pace it takes, and which communes would not be over 60 %: live, "tạm tính". */
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
	const { own, on, end } = answer;
	const value = isNet ? change(own.achieved) : count(own.achieved);
	return (
		<section className="card page">
			<h2>Đã thực hiện đến ngày {displayDay(on)} (tạm tính)</h2>
			<p className={css.figure}>
				{value}{" "}
				<span className={css.measure}>{own.target === null ? measure : `trên ${count(own.target)} ${measure}`}</span>
			</p>
			{own.target === null ? null : <p>{needWords(own, answer.monthsLeft)}</p>}
			{answer.monthsLeft > 0 ? (
				<p>
					12 tháng qua {isNet ? "tăng thực" : "thêm"} {change(own.yearNet)} {measure}. Giữ mức ấy thì đến ngày{" "}
					{displayDay(end)} ước được <b>{count(own.expected)}</b>
					{own.target === null
						? "."
						: own.reaches
							? ", đạt chỉ tiêu."
							: `, còn thiếu ${count(own.target - own.expected)} so với chỉ tiêu.`}
				</p>
			) : null}
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
				columns={columnsOf(answer)}
				rows={answer.rows}
				keyOf={(row) => String(row.unitId)}
				empty={<EmptyState title="Không có đơn vị trực thuộc" />}
			/>
		</section>
	);
}

const columnsOf = ({ end }: Progress): Column<ProgressRow>[] => [
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
	{
		key: "expected",
		head: `Ước đến ${displayDay(end)}`,
		cell: (row) => count(row.expected),
		phone: "second",
		phoneLabel: "ước đến cuối kỳ",
		number: true,
		width: "17%",
	},
];

/** Which communes would not be over 60 % at their pace of the last twelve months: where too little is known to forecast. */
export function Passing({ answer, isCommune }: { answer: Progress; isCommune: boolean }) {
	const { notPassing, known, over, end } = answer;
	const [mine] = notPassing;
	if (isCommune)
		return (
			<section className="card page">
				<h2>Tỷ lệ tập hợp trên 60%</h2>
				<p>
					{mine
						? `Còn thiếu ${count(mine.missing)} hội viên để đạt trên 60%. 12 tháng qua ${change(mine.yearNet)} hội viên; giữ mức ấy thì đến ngày ${displayDay(end)} ước có ${count(mine.expected)} hội viên, chưa đạt trên 60%.`
						: over > 0
							? "Đã đạt trên 60%."
							: `Chưa đạt trên 60%; giữ mức tăng của 12 tháng qua thì sẽ đạt trước ngày ${displayDay(end)}.`}
				</p>
			</section>
		);
	return (
		<section className="card page">
			<h2>
				{count(notPassing.length)} trên {count(known)} xã chưa đạt trên 60% vào ngày {displayDay(end)} nếu giữ mức tăng
				hiện nay
			</h2>
			<p className="soft">
				{count(over)} xã đã đạt trên 60%. Ước theo mức tăng của từng xã trong 12 tháng qua (tạm tính), chỉ tính những xã
				có số liệu phụ nữ từ 18 tuổi trở lên. Xếp theo mã đơn vị, không xếp hạng.
			</p>
			{notPassing.length === 0 ? null : (
				<details>
					<summary>Xem từng xã, còn thiếu bao nhiêu</summary>
					<DataList
						caption="Các xã chưa đạt trên 60% nếu giữ mức tăng hiện nay"
						columns={PASSING_COLUMNS}
						rows={notPassing}
						keyOf={(row) => String(row.unitId)}
						empty={null}
					/>
				</details>
			)}
		</section>
	);
}

const PASSING_COLUMNS: Column<NotPassing>[] = [
	{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
	{ key: "parent", head: "Thuộc", cell: (row) => row.parent, phone: "second", width: "24%" },
	{
		key: "missing",
		head: "Còn thiếu để đạt trên 60%",
		cell: (row) => <b>{count(row.missing)}</b>,
		phone: "end",
		number: true,
		width: "18%",
	},
	{
		key: "yearNet",
		head: "12 tháng qua",
		cell: (row) => change(row.yearNet),
		phone: "second",
		phoneLabel: "12 tháng qua",
		number: true,
		width: "14%",
	},
	{
		key: "expected",
		head: "Ước hội viên cuối kỳ",
		cell: (row) => count(row.expected),
		phone: "second",
		phoneLabel: "ước cuối kỳ",
		number: true,
		width: "16%",
	},
];
