import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page-overview.module.css";
import { nextDeadline } from "./rules-day.ts";

/** What waits for her, and until when: the half-yearly update has a last day (R8). */
export function DeadlineCard() {
	const { today, unit, verbs } = useSession();
	const { day, daysLeft, period } = nextDeadline(today);
	const todo = useQuery(
		api.members.todo.queryOptions({ input: { id: unit.id }, enabled: verbs.includes("members.read") }),
	);
	return (
		<section className="card">
			<h2>Việc cần làm đến hết ngày {displayDay(day)}</h2>
			<p className="soft">
				Cập nhật dữ liệu hội viên {period}: {daysLeft === 0 ? "hôm nay là ngày cuối" : `còn ${count(daysLeft)} ngày`}.
			</p>
			{verbs.includes("members.read") ? <Loaded query={todo}>{(waiting) => <Waiting {...waiting} />}</Loaded> : null}
		</section>
	);
}

type Todo = Awaited<ReturnType<typeof api.members.todo.call>>;

/** Each line: how many, of what, and what happens with them. A line of nought is not there. */
const LINES: [keyof Todo, string, string][] = [
	["proposed", "đề nghị kết nạp chờ Ban Chấp hành công nhận", ""],
	["transfersToDecide", "chị chuyển đến hoặc chuyển đi chờ chị trả lời", ""],
	["transfersWaiting", "chị đang chờ nơi kia tiếp nhận", "vẫn là hội viên của đơn vị cho đến khi được tiếp nhận"],
	["startUnknown", "chị tạm trú chưa ghi ngày đến", "chưa được tính; ghi ngày đến để được tính"],
	["review", "chị cần rà soát cư trú", "vắng lâu; chị quyết định, chương trình không tự đưa ra"],
	["duplicates", "nhóm nghi trùng người", ""],
	["withoutId", "hội viên chưa có số CCCD/CMND", ""],
	["withoutConsent", "hội viên chưa có đồng ý cung cấp thông tin", ""],
];

function Waiting(todo: Todo) {
	const lines = LINES.filter(([key]) => todo[key] > 0);
	if (lines.length === 0) return <p>Không còn việc nào về hội viên đang chờ.</p>;
	return (
		<ul className={css.due}>
			{lines.map(([key, words, note]) => (
				<Due key={key} number={todo[key]} note={note}>
					{words}
				</Due>
			))}
		</ul>
	);
}

/** One thing that waits: its number first, then the words. */
export function Due(props: { number: number; children: ReactNode; note?: ReactNode }) {
	return (
		<li>
			<b>{count(props.number)}</b>
			<span>
				{props.children}
				{props.note ? <span className="soft"> — {props.note}</span> : null}
			</span>
		</li>
	);
}

type SixMonths = Awaited<ReturnType<typeof api.members.sixMonths.call>>[number];

const SIX_MONTHS: Column<SixMonths>[] = [
	{ key: "name", head: "Họ và tên", cell: (row) => row.name, phone: "first" },
	{ key: "from", head: "Được tính từ", cell: (row) => displayDay(row.countsFrom), phone: "end", number: true },
	{ key: "branch", head: "Chi hội", cell: (row) => row.branch, phone: "second" },
	{
		key: "start",
		head: "Tạm trú từ",
		cell: (row) => displayDay(row.start),
		phone: "second",
		phoneLabel: "tạm trú từ",
		number: true,
	},
];

/** Women who reach six months of temporary residence in the next 30 days: from that day they count by the calendar alone (R2). */
export function SixMonthsCard() {
	const { today, unit } = useSession();
	const coming = useQuery(api.members.sixMonths.queryOptions({ input: { id: unit.id, days: 30 } }));
	return (
		<section className="card">
			<h2>Sắp đủ 6 tháng tạm trú</h2>
			<Loaded query={coming}>
				{(rows) =>
					rows.length === 0 ? (
						<p>Không có chị nào đủ 6 tháng tạm trú từ nay đến {displayDay(addDays(today, 30))}.</p>
					) : (
						<>
							<p className="soft">Từ ngày này các chị tự được tính là hội viên có mặt; không phải làm gì.</p>
							<DataList
								caption="Sắp đủ 6 tháng tạm trú trong 30 ngày tới"
								columns={SIX_MONTHS}
								rows={rows}
								keyOf={(row) => row.spellId}
								empty={null}
							/>
						</>
					)
				}
			</Loaded>
		</section>
	);
}
