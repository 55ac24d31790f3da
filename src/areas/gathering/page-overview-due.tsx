import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { MemberList } from "../../web/search-people.ts";
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
			{verbs.includes("members.read") ? <Loaded query={todo}>{(waiting) => <Waiting todo={waiting} />}</Loaded> : null}
		</section>
	);
}

type Todo = Awaited<ReturnType<typeof api.members.todo.call>>;

type Line = {
	key: keyof Todo;
	words: string;
	note?: string;
	/** Where it is done: a list of members, or a page of its own. */
	list?: MemberList;
	page?: "/members/transfers" | "/members/duplicates";
};

/** What may wait, in the order of what a chair does first. */
const LINES: Line[] = [
	{ key: "proposed", words: "đề nghị kết nạp chờ Ban Chấp hành công nhận", list: "proposed" },
	{ key: "transfersToDecide", words: "chị chuyển đến hoặc chuyển đi chờ trả lời", page: "/members/transfers" },
	{
		key: "transfersWaiting",
		words: "chị đang chờ nơi kia tiếp nhận",
		note: "vẫn là hội viên của đơn vị cho đến khi được tiếp nhận",
		page: "/members/transfers",
	},
	{
		key: "startUnknown",
		words: "chị tạm trú chưa ghi ngày đến",
		note: "chưa được tính; ghi ngày đến để được tính",
		list: "start_unknown",
	},
	{
		key: "review",
		words: "chị cần rà soát cư trú",
		note: "vắng lâu; người quyết định, chương trình không tự đưa ra",
		list: "review",
	},
	{ key: "duplicatePairs", words: "cặp hồ sơ nghi trùng người", page: "/members/duplicates" },
	{ key: "duplicates", words: "nhóm nghi trùng người", page: "/members/duplicates" },
	{ key: "withoutId", words: "hội viên chưa có số CCCD/CMND", list: "without_id" },
	{ key: "withoutConsent", words: "hội viên chưa có đồng ý cung cấp thông tin", list: "without_consent" },
];

function Waiting({ todo }: { todo: Todo }) {
	const { verbs } = useSession();
	const lines = LINES.filter(({ key }) => todo[key] > 0);
	const mayImport = verbs.includes("members.write");
	return (
		<ul className={css.due}>
			{mayImport ? <RowsToCorrect /> : null}
			{lines.map(({ key, words, note, list, page }) => (
				<Due key={key} number={todo[key]} note={note}>
					{list ? (
						<Link to="/members" search={{ which: list }}>
							{words}
						</Link>
					) : page ? (
						<Link to={page}>{words}</Link>
					) : (
						words
					)}
				</Due>
			))}
			{lines.length === 0 ? <li className={css.none}>Không còn việc nào về hội viên đang chờ.</li> : null}
		</ul>
	);
}

/** Files that wait: rows refused until corrected, and files looked at but not yet taken in. */
function RowsToCorrect() {
	const { unit } = useSession();
	const imports = useQuery(api.imports.list.queryOptions({ input: { unitId: unit.id } }));
	const waiting = (imports.data ?? []).flatMap((one) => {
		if (["cancelled", "undone", "forgotten"].includes(one.state)) return [];
		const number = one.counts.rejected;
		return number > 0 ? [{ ...one, number }] : [];
	});
	return waiting.slice(0, 3).map((one) => (
		<Due key={one.id} number={one.number}>
			<Link to="/members/import/$importId" params={{ importId: one.id }} search={{ only: "errors" }}>
				dòng của tệp “{one.fileName}” cần sửa
			</Link>
		</Due>
	));
}

/** One thing that waits: its number first, then the words. */
function Due(props: { number: number; children: ReactNode; note?: ReactNode }) {
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
	{
		key: "name",
		head: "Họ và tên",
		cell: (row) => (
			<Link to="/members/$personId" params={{ personId: row.personId }}>
				{row.name}
			</Link>
		),
		phone: "first",
	},
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

/** How many of them the first screen names. */
const SHOWN = 8;

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
								rows={rows.slice(0, SHOWN)}
								keyOf={(row) => row.spellId}
								empty={null}
							/>
							{rows.length > SHOWN ? (
								<p className="soft">
									Và {count(rows.length - SHOWN)} chị nữa, đến {displayDay(addDays(today, 30))}.{" "}
									<Link to="/members" search={{ unit: unit.id, which: "under_six_months" }}>
										Xem các chị tạm trú dưới 6 tháng
									</Link>
								</p>
							) : null}
						</>
					)
				}
			</Loaded>
		</section>
	);
}
