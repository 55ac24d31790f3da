import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { displayDay } from "../../core/day.ts";
import { searchKey } from "../../core/vietnamese.ts";
import { ClassChip } from "../../ui/ClassChip.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { change, count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { mapFor, REORGANISED } from "../gathering/rules-day.ts";
import type { Listed } from "./contract.ts";
import css from "./page.module.css";
import { CASE_STATE_WORDS } from "./rules.ts";
import type { CaseState } from "./rules-kinds.ts";

const route = getRouteApi("/support");

type Answer = Awaited<ReturnType<typeof api.support.list.call>>;

const STATES: readonly CaseState[] = ["none", "open", "fell_back"];

/** The communes not over 60 % on a day, under either set of units; who left the list and who fell back since another day. */
export function SupportList({ unit }: { unit: number }) {
	const { today } = useSession();
	const { on = today, since, map } = route.useSearch();
	const navigate = route.useNavigate();
	const list = useQuery(
		api.support.list.queryOptions({ input: { unitId: unit, on, since, map }, placeholderData: (old) => old }),
	);
	const isNew = (map ?? on) >= REORGANISED;
	return (
		<section className="card page">
			<h2>Danh sách cơ sở chưa đạt trên 60%</h2>
			<div className={css.filters}>
				<DayField
					label="Tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={today}
					onChange={(day) =>
						navigate({
							search: (old) => ({ ...old, on: day === null || day === today ? undefined : day, map: undefined }),
							replace: true,
							resetScroll: false,
						})
					}
				/>
				<DayField
					label="So với ngày"
					value={since ?? list.data?.since ?? null}
					earliest={EARLIEST}
					latest={on}
					onChange={(day) =>
						navigate({ search: (old) => ({ ...old, since: day ?? undefined }), replace: true, resetScroll: false })
					}
				/>
				<SelectField
					label="Theo đơn vị"
					value={isNew ? "new" : "old"}
					onChange={(side) =>
						navigate({
							search: (old) => ({ ...old, unit: undefined, map: mapFor(on, side === "new") }),
							replace: true,
							resetScroll: false,
						})
					}
					choices={[
						{ value: "new", label: "Từ 01/7/2025" },
						{ value: "old", label: "Trước 01/7/2025" },
					]}
				/>
			</div>
			<Loaded query={list}>{(answer) => <Rows answer={answer} />}</Loaded>
		</section>
	);
}

function Rows({ answer }: { answer: Answer }) {
	const { state, q = "" } = route.useSearch();
	const { today } = useSession();
	const navigate = route.useNavigate();
	// Units of before the reform have no case to open today: those that follow them have.
	const stands = today < REORGANISED || (answer.map ?? answer.on) >= REORGANISED;
	const open = (row: { unitId: number }) =>
		navigate({ to: "/support/$unitId", params: { unitId: String(row.unitId) } });
	const { official, byData, rows, counts, left, fellBack, passing, unrated, since } = answer;
	const found = useMemo(() => {
		const key = searchKey(q);
		return rows.filter(
			(row) =>
				(!state || row.state === state) &&
				(key === "" || row.code === q.trim() || searchKey(`${row.name} ${row.parent}`).includes(key)),
		);
	}, [rows, state, q]);
	return (
		<>
			<p>
				<b>{count(rows.length)}</b> cơ sở chưa đạt trên 60% trên {count(counts.under + counts.exactly + counts.over)} cơ
				sở tính được tỷ lệ: {count(counts.under)} dưới 60%, {count(counts.exactly)} bằng 60%. Từ ngày{" "}
				{displayDay(since)}: {count(left.length)} ra khỏi danh sách, {count(fellBack.length)} tụt lại.
			</p>
			{official ? (
				<p className="soft">
					{official.source}: trên {count(official.communes)} cơ sở dưới 60% thuộc {official.provinces} tỉnh/thành.
					{byData && byData.known > 0
						? ` Theo số liệu trong phần mềm của ngày ${displayDay(byData.on)}: ${count(byData.under)} cơ sở thuộc ${count(byData.provinces)} tỉnh/thành.`
						: " Phần mềm chưa có số liệu của ngày ấy."}
				</p>
			) : null}
			<div className={css.filters}>
				<TextField
					label="Tìm tên, mã hoặc tỉnh"
					value={q}
					onChange={(text) =>
						navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true, resetScroll: false })
					}
				/>
				<SelectField
					label="Hồ sơ"
					none="Mọi tình trạng"
					value={state ?? ""}
					onChange={(chosen) =>
						navigate({
							search: (old) => ({ ...old, state: STATES.find((one) => one === chosen) }),
							replace: true,
							resetScroll: false,
						})
					}
					choices={STATES.map((value) => ({ value, label: CASE_STATE_WORDS[value] }))}
				/>
			</div>
			<p className="soft" role="status">
				{count(found.length)} cơ sở
			</p>
			<DataList
				caption="Cơ sở chưa đạt trên 60%"
				columns={stands ? COLUMNS : COLUMNS.filter(({ key }) => key !== "state" && key !== "groups")}
				rows={found}
				keyOf={(row) => String(row.unitId)}
				hrefOf={stands ? (row) => `/support/${row.unitId}` : undefined}
				onOpen={stands ? open : undefined}
				empty={<EmptyState title="Không có cơ sở nào">Danh sách này trống vào ngày đã chọn.</EmptyState>}
			/>
			{unrated.length > 0 ? (
				<p className="soft">
					Có hồ sơ mà chưa có số phụ nữ từ 18 tuổi trở lên: {unrated.map(({ name }) => name).join(", ")}.
				</p>
			) : null}
			<Moved
				title="Đã trên 60%, hồ sơ còn mở"
				rows={passing}
				more={[{ key: "state", head: "Hồ sơ", cell: (row) => CASE_STATE_WORDS[row.state], phone: "second" }]}
				onOpen={stands ? open : undefined}
			/>
			<Moved title={`Ra khỏi danh sách từ ngày ${displayDay(since)}`} rows={left} />
			<Moved title={`Tụt lại từ ngày ${displayDay(since)}`} rows={fellBack} />
		</>
	);
}

const COLUMNS: Column<Listed>[] = [
	{
		key: "name",
		head: "Cơ sở",
		cell: (row) => (
			<>
				{row.name}
				{row.estimated ? <span className="soft"> ước tính</span> : null}
			</>
		),
		phone: "first",
	},
	{ key: "parent", head: "Thuộc", cell: (row) => row.parent, phone: "second", width: "15%" },
	{
		key: "rate",
		head: "Tỷ lệ",
		cell: (row) => (
			<>
				{percent(row.rate)} {row.class === "exactly" ? <ClassChip cls="exactly" short /> : null}
			</>
		),
		phone: "end",
		number: true,
		width: "10%",
	},
	{
		key: "missing",
		head: "Còn thiếu",
		cell: (row) => count(row.missing),
		phone: "second",
		phoneLabel: "còn thiếu",
		number: true,
		width: "9%",
	},
	{
		key: "since",
		head: "Chưa đạt từ",
		cell: (row) => <span className={css.day}>{row.since === null ? "kỳ này" : displayDay(row.since)}</span>,
		phone: "second",
		phoneLabel: "từ",
		width: "13%",
	},
	{
		key: "year",
		head: "12 tháng qua",
		cell: (row) => change(row.yearNet),
		phone: "second",
		phoneLabel: "12 tháng",
		number: true,
		width: "9%",
	},
	{
		key: "groups",
		head: "Nhóm khó tập hợp",
		cell: (row) => row.groups.slice(0, 3).join("; "),
		phone: "hide",
		width: "16%",
	},
	{ key: "state", head: "Hồ sơ", cell: (row) => CASE_STATE_WORDS[row.state], phone: "second", width: "12%" },
];

/** Who changed sides between the two days. */
function Moved<Row extends Answer["left"][number]>(props: {
	title: string;
	rows: Row[];
	more?: Column<Row>[];
	onOpen?: (row: Row) => void;
}) {
	const { title, rows, more = [], onOpen } = props;
	if (rows.length === 0) return null;
	return (
		<details>
			<summary>
				{title}: {count(rows.length)}
			</summary>
			<DataList
				caption={title}
				columns={[...(MOVED as Column<Row>[]), ...more]}
				rows={rows}
				keyOf={(row) => String(row.unitId)}
				onOpen={onOpen}
				empty={null}
			/>
		</details>
	);
}

const MOVED: Column<Answer["left"][number]>[] = [
	{ key: "name", head: "Cơ sở", cell: (row) => row.name, phone: "first" },
	{ key: "parent", head: "Thuộc", cell: (row) => row.parent, phone: "second" },
	{
		key: "before",
		head: "Trước",
		cell: (row) => percent(row.before),
		phone: "second",
		phoneLabel: "trước",
		number: true,
	},
	{ key: "rate", head: "Nay", cell: (row) => percent(row.rate), phone: "end", number: true },
];
