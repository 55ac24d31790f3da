import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { change, count } from "../../ui/format.ts";
import type { api } from "../../web/client.ts";
import { checkWords } from "./rules-words.ts";

type Forecast = Awaited<ReturnType<typeof api.targets.forecast.call>>;
type Progress = Awaited<ReturnType<typeof api.targets.progress.call>>;

/** A commune that would not be over 60 % at the end, and what it would have by then. */
interface NotPassing {
	unitId: number;
	name: string;
	parent: string;
	missing: number;
	/** "4.512 hội viên (từ 4.480 đến 4.530)". */
	expected: string;
	/** "có thể đạt", or the change of the last year. */
	beside: string;
}

interface Facts {
	heading: string;
	/** Of one commune: what is to be said of it. */
	ofCommune: string;
	lines: string[];
	how: string;
	not: NotPassing[];
	besideHead: string;
}

/** Which communes would not be over 60 % at the end of the period: by the forecast, and by the pace of a year where nothing can be forecast. */
export function Passing({ facts, isCommune }: { facts: Facts; isCommune: boolean }) {
	if (isCommune)
		return (
			<section className="card page">
				<h2>Tỷ lệ tập hợp trên 60%</h2>
				<p>{facts.ofCommune}</p>
			</section>
		);
	return (
		<section className="card page">
			<h2>{facts.heading}</h2>
			{facts.lines.map((line) => (
				<p key={line}>{line}</p>
			))}
			<p className="soft">
				{facts.how} Tạm tính, chỉ gồm những xã có số liệu phụ nữ từ 18 tuổi trở lên. Xếp theo mã đơn vị, không xếp hạng.
			</p>
			{facts.not.length === 0 ? null : (
				<details>
					<summary>Xem từng xã, còn thiếu bao nhiêu</summary>
					<DataList
						caption="Các xã chưa đạt trên 60% đến cuối kỳ"
						columns={columnsOf(facts.besideHead)}
						rows={facts.not}
						keyOf={(row) => String(row.unitId)}
						empty={null}
					/>
				</details>
			)}
		</section>
	);
}

/** By the forecast, with how sure it is. */
export function foreseen({ passing, end, communesCheck }: Forecast): Facts {
	const [mine] = passing.not;
	const members = ({ expected, low, high }: (typeof passing.not)[number]) =>
		`${count(expected)} hội viên${low === null || high === null ? "" : ` (từ ${count(low)} đến ${count(high)})`}`;
	return {
		heading: `Dự báo ${count(passing.not.length)} trên ${count(passing.known)} xã chưa đạt trên 60% vào ngày ${displayDay(end)}`,
		ofCommune: mine
			? `Còn thiếu ${count(mine.missing)} hội viên để đạt trên 60%. Đến ngày ${displayDay(end)} dự báo có ${members(mine)}: ${mine.possible ? "có thể đạt, chưa chắc" : "chưa đạt trên 60%"}.`
			: passing.over > 0
				? `Đã đạt trên 60%${passing.certain > 0 ? "; dự báo đến cuối kỳ vẫn đạt" : ""}.`
				: `Chưa đạt trên 60%; dự báo sẽ đạt trước ngày ${displayDay(end)}${passing.certain > 0 ? "" : ", chưa chắc chắn"}.`,
		lines: [
			`${count(passing.over)} xã đã đạt trên 60%. Đến cuối kỳ dự báo ${count(passing.expected)} xã đạt: nhiều khả năng ${count(passing.certain)}, có thể đến ${count(passing.possible)}.${
				passing.unknown > 0 ? ` ${count(passing.unknown)} xã chưa đủ dữ liệu để dự báo.` : ""
			}`,
		],
		how: `Xã: ${checkWords({ ...communesCheck, own: null })}`,
		not: passing.not.map((row) => ({
			...row,
			expected: members(row),
			beside: row.possible ? "có thể đạt" : "khó đạt",
		})),
		besideHead: "Khả năng",
	};
}

/** By the pace of the last twelve months: where less than a year is known, or the period is over and there is nothing to foresee. */
export function byPace({ notPassing, known, over, end, monthsLeft }: Progress): Facts {
	const [mine] = notPassing;
	const ahead = monthsLeft > 0;
	return {
		heading: `${count(notPassing.length)} trên ${count(known)} xã chưa đạt trên 60% vào ngày ${displayDay(end)}${ahead ? " nếu giữ mức tăng hiện nay" : ""}`,
		ofCommune: mine
			? `Còn thiếu ${count(mine.missing)} hội viên để đạt trên 60%.${ahead ? ` Chưa đủ dữ liệu để dự báo; giữ mức ${change(mine.yearNet)} hội viên của 12 tháng qua thì đến ngày ${displayDay(end)} có ${count(mine.expected)} hội viên, chưa đạt trên 60%.` : ""}`
			: over > 0
				? "Đã đạt trên 60%."
				: `Chưa đạt trên 60%; giữ mức tăng của 12 tháng qua thì sẽ đạt trước ngày ${displayDay(end)}.`,
		lines: [`${count(over)} xã đã đạt trên 60%.`],
		how: ahead ? "Chưa đủ dữ liệu để dự báo: ước theo mức tăng của từng xã trong 12 tháng qua." : "",
		not: notPassing.map((row) => ({
			...row,
			expected: `${count(row.expected)} hội viên`,
			beside: change(row.yearNet),
		})),
		besideHead: "12 tháng qua",
	};
}

function columnsOf(besideHead: string): Column<NotPassing>[] {
	return [
		{ key: "name", head: "Đơn vị", cell: (row) => row.name, phone: "first" },
		{ key: "parent", head: "Thuộc", cell: (row) => row.parent, phone: "second", width: "20%" },
		{
			key: "missing",
			head: "Còn thiếu để đạt trên 60%",
			cell: (row) => <b>{count(row.missing)}</b>,
			phone: "end",
			number: true,
			width: "16%",
		},
		{
			key: "expected",
			head: "Dự báo hội viên cuối kỳ",
			cell: (row) => row.expected,
			phone: "second",
			phoneLabel: "dự báo",
			number: true,
			width: "28%",
		},
		{
			key: "beside",
			head: besideHead,
			cell: (row) => row.beside,
			phone: "second",
			phoneLabel: besideHead.toLowerCase(),
			width: "14%",
		},
	];
}
