import { useQuery } from "@tanstack/react-query";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { ProgressRow } from "./contract.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";
import { byPace, foreseen, Passing } from "./page-passing.tsx";
import type { Progress } from "./page-progress.tsx";
import { checkWords, rangeWords } from "./rules-words.ts";

type Forecast = Awaited<ReturnType<typeof api.targets.forecast.call>>;
type Ahead = Forecast["units"][number];

/** What is expected by the end of the period, how far that can be trusted, and which communes would not be over 60 %. */
export function ForecastCards({ shown, progress, on }: { shown: Shown; progress: Progress; on: string | undefined }) {
	const { unit, kind, period } = shown;
	const isNet = kind === "net_new_members";
	const forecast = useQuery(
		api.targets.forecast.queryOptions({
			input: {
				unitId: unit.unitId,
				kind: kind === "communes_over_60" ? kind : "net_new_members",
				termId: period.termId ?? undefined,
				year: period.year ?? undefined,
				on,
			},
		}),
	);
	// Nothing is forecast of a period that is over.
	if (progress.monthsLeft === 0) return <Passing facts={byPace(progress)} isCommune={unit.kind === "commune"} />;
	return (
		<Loaded query={forecast}>
			{(answer) => {
				const mine = answer.units.find(({ unitId }) => unitId === unit.unitId);
				const hasForecast = answer.passing.known > answer.passing.unknown;
				return (
					<>
						{isNet ? <Ahead mine={mine} answer={answer} progress={progress} /> : null}
						{isNet && answer.units.length > 1 ? <Below answer={answer} progress={progress} /> : null}
						{answer.passing.known > 0 ? (
							<Passing facts={hasForecast ? foreseen(answer) : byPace(progress)} isCommune={unit.kind === "commune"} />
						) : null}
					</>
				);
			}}
		</Loaded>
	);
}

function Ahead({ mine, answer, progress }: { mine: Ahead | undefined; answer: Forecast; progress: Progress }) {
	const { achieved, target } = progress.own;
	return (
		<section className="card page">
			<h2>Dự báo đến ngày {displayDay(answer.end)} (ước thực hiện)</h2>
			{mine ? (
				<>
					<p className={css.figure}>{change(achieved + mine.net)}</p>
					<p>
						Khoảng dự báo: {rangeWords(achieved, mine)}. {target === null ? "" : reachWords(achieved, target, mine)}
					</p>
					<p className="soft">
						{checkWords(answer.check)} Cách dự báo: mức tăng thực của từng nửa năm đã qua, riêng nửa đầu và nửa cuối năm
						{answer.units.length === 1 ? ", có dựa vào các xã, phường cùng tỉnh" : ""}.
						{answer.estimated ? " Có phần ước tính, chia từ đơn vị trước sắp xếp." : ""}
					</p>
				</>
			) : (
				<p>Chưa đủ dữ liệu: cần ít nhất một năm (hai nửa năm trọn vẹn) có số hội viên.</p>
			)}
		</section>
	);
}

/** Whether the target lies below, within or above the interval. */
function reachWords(achieved: number, target: number, { net, low, high }: Ahead): string {
	if (low === null || high === null) return achieved + net >= target ? "Ước đạt chỉ tiêu." : "Ước chưa đạt chỉ tiêu.";
	if (achieved + low >= target) return "Nhiều khả năng đạt chỉ tiêu.";
	if (achieved + high < target) return `Khó đạt chỉ tiêu: ước còn thiếu ${count(target - achieved - net)}.`;
	return achieved + net >= target
		? "Ước đạt chỉ tiêu, chưa chắc chắn."
		: `Có thể đạt chỉ tiêu, ước còn thiếu ${count(target - achieved - net)}.`;
}

interface BelowRow extends ProgressRow {
	ahead: Ahead | undefined;
}

function Below({ answer, progress }: { answer: Forecast; progress: Progress }) {
	const found = new Map(answer.units.map((one) => [one.unitId, one]));
	const rows = progress.rows.map((row): BelowRow => ({ ...row, ahead: found.get(row.unitId) }));
	return (
		<section className="card page">
			<details>
				<summary>Dự báo của từng đơn vị trực thuộc (tham khảo)</summary>
				<p className="soft">Xếp theo mã đơn vị, không xếp hạng.</p>
				<DataList
					caption="Dự báo của các đơn vị trực thuộc"
					columns={BELOW_COLUMNS}
					rows={rows}
					keyOf={(row) => String(row.unitId)}
					empty={null}
				/>
			</details>
		</section>
	);
}

const BELOW_COLUMNS: Column<BelowRow>[] = [
	{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
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
		key: "expected",
		head: "Dự báo (khoảng)",
		cell: (row) => (row.ahead ? rangeWords(row.achieved, row.ahead) : "chưa đủ dữ liệu"),
		phone: "second",
		phoneLabel: "dự báo",
		number: true,
		width: "34%",
	},
	{
		key: "reach",
		head: "So với chỉ tiêu",
		cell: (row) => (row.ahead && row.target !== null ? reachWords(row.achieved, row.target, row.ahead) : ""),
		phone: "second",
		width: "26%",
	},
];
