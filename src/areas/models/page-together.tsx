import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Attendance } from "./contract-together.ts";
import { BelowTable, ExcelButton, isWide, OfUnit, Parts, placeWords, Shown, Why } from "./page-parts.tsx";
import { ATTENDER_WORDS } from "./rules.ts";

const AttendanceForm = lazy(() =>
	import("./page-attendance-form.tsx").then((page) => ({ default: page.AttendanceForm })),
);
const Wishes = lazy(() => import("./page-wishes.tsx").then((page) => ({ default: page.Wishes })));
const FosteringPart = lazy(() => import("./page-fostering.tsx").then((page) => ({ default: page.FosteringPart })));

const route = getRouteApi("/together");

type Unit = { id: number; kind: string; name: string };
type Part = "attended" | "wishes" | "fostering";

/** "3 cùng" (R22): who was at the branches' meetings, what members wish and what was answered, who is fostered toward the Party (R25). */
export function TogetherPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id, part = "attended" } = route.useSearch();
	const parts: { part: Part; words: string }[] = [{ part: "attended", words: "Dự sinh hoạt" }];
	if (session.verbs.includes("members.read")) parts.push({ part: "wishes", words: "Nguyện vọng" });
	if (session.verbs.includes("members.sensitive")) parts.push({ part: "fostering", words: "Phát triển đảng viên" });
	const here = parts.some((one) => one.part === part) ? part : "attended";
	return (
		<div className="page">
			<h1>“3 cùng” với chi hội</h1>
			{parts.length > 1 ? <Parts to="/together" parts={parts} here={here} label="Các phần của trang" /> : null}
			<OfUnit to="/together" unitId={unitId} on={on} part={here}>
				{(unit) =>
					here === "wishes" ? (
						<Wishes unit={unit} on={on} />
					) : here === "fostering" ? (
						<FosteringPart unit={unit} on={on} />
					) : (
						<Attended unit={unit} on={on} />
					)
				}
			</OfUnit>
		</div>
	);
}

function Attended({ unit, on }: { unit: Unit; on: Day }) {
	const lists = (
		<>
			<List unit={unit} on={on} />
			{unit.kind === "branch" || unit.kind === "group" ? null : <Unattended unit={unit} on={on} />}
		</>
	);
	return isWide(unit.kind) ? (
		<Sums unit={unit} on={on}>
			{lists}
		</Sums>
	) : (
		lists
	);
}

/** The sums first, then what is to be done, then the units below. */
function Sums({ unit, on, children }: { unit: Unit; on: Day; children: ReactNode }) {
	const counts = useQuery(api.models.counts.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<Loaded query={counts}>
			{({ own, rows, from }) => (
				<>
					<div className="three">
						<StatCard
							label="Chi hội có cán bộ dự sinh hoạt trong 3 tháng"
							value={`${count(own.branchesAttended)}/${count(own.branches)}`}
							note={`Từ ${displayDay(from)} đến ${displayDay(on)}.`}
						/>
						<StatCard
							label="Nguyện vọng chưa trả lời"
							value={own.wishesOpen}
							tone={own.wishesOpen > 0 ? "under" : "over"}
							note={`Ghi nhận trong 3 tháng: ${count(own.wishes)}.`}
						/>
						<StatCard
							label="Đang bồi dưỡng, phát triển đảng viên"
							value={own.fostering}
							note={`Trong 3 tháng: giới thiệu ${count(own.introduced)}, kết nạp Đảng ${count(own.admitted)}.`}
						/>
					</div>
					{children}
					<section className="card page">
						<h2>Theo đơn vị trực thuộc</h2>
						<BelowTable
							to="/together"
							caption="“3 cùng” theo đơn vị trực thuộc"
							rows={rows}
							sums={[
								{ head: "Chi hội được dự", of: (c) => c.branchesAttended, outOf: (c) => c.branches, first: true },
								{ head: "Nguyện vọng chưa trả lời", of: (c) => c.wishesOpen },
								{ head: "Đang bồi dưỡng", of: (c) => c.fostering },
								{ head: "Kết nạp Đảng", of: (c) => c.admitted },
							]}
						/>
						<div className="row">
							<ExcelButton list="counts" unitId={unit.id} on={on} />
						</div>
					</section>
				</>
			)}
		</Loaded>
	);
}

function List({ unit, on }: { unit: Unit; on: Day }) {
	const list = useQuery(api.together.list.queryOptions({ input: { unitId: unit.id, on } }));
	const [form, setForm] = useState<"new" | Attendance | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, total, mine, from }) => {
				const button = <Button onClick={() => setForm("new")}>Ghi lịch dự, buổi đã dự</Button>;
				return (
					<section className="card page">
						<h2>Cán bộ dự sinh hoạt chi hội</h2>
						<p role="status">
							Từ {displayDay(from)} đến {displayDay(on)}: đã dự <b>{count(total.attended)}</b> buổi, trong đó điều hành{" "}
							{count(total.ran)}, bồi dưỡng chi hội trưởng {count(total.coached)}
							{total.missed > 0 ? `; ${count(total.missed)} lịch đã qua chưa dự` : ""}
							{total.ahead > 0 ? `; ${count(total.ahead)} lịch sắp tới` : ""}.
						</p>
						{mine.length > 0 && rows.length > 0 ? <div className="row">{button}</div> : null}
						<DataList
							caption="Cán bộ dự sinh hoạt chi hội"
							columns={columnsOf(isWide(unit.kind), setForm)}
							rows={rows}
							keyOf={(row) => row.id}
							empty={
								<EmptyState
									title="Chưa ghi buổi dự nào trong thời gian này"
									action={mine.length > 0 ? button : undefined}
								>
									Chủ tịch, Phó Chủ tịch dự sinh hoạt chi, tổ Hội theo lịch, nắm nguyện vọng, giúp điều hành nơi còn
									yếu.
								</EmptyState>
							}
						/>
						<Shown shown={rows.length} total={total.attended + total.missed + total.ahead} noun="buổi" />
						{rows.length > 0 ? (
							<div className="row">
								<ExcelButton list="attended" unitId={unit.id} on={on} />
							</div>
						) : null}
						<Suspense>
							{form ? (
								<AttendanceForm attendance={form === "new" ? null : form} units={mine} onClose={() => setForm(null)} />
							) : null}
						</Suspense>
					</section>
				);
			}}
		</Loaded>
	);
}

const columnsOf = (wide: boolean, onOpen: (one: Attendance) => void): Column<Attendance>[] => [
	{
		key: "unit",
		head: "Chi hội, tổ",
		phone: "first",
		cell: (row) =>
			row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{placeWords(row, wide)}
				</button>
			) : (
				placeWords(row, wide)
			),
	},
	{ key: "who", head: "Ai dự", phone: "second", width: "20%", cell: (row) => ATTENDER_WORDS[row.who] },
	{
		key: "day",
		head: "Ngày",
		phone: "end",
		width: "13%",
		cell: (row) => displayDay(row.attendedOn ?? row.plannedOn ?? ""),
	},
	{
		key: "state",
		head: "Tình trạng",
		phone: "second",
		width: "15%",
		cell: (row) => (row.attendedOn ? "Đã dự" : row.missed ? <b>Chưa dự, đã qua lịch</b> : "Theo lịch"),
	},
	{
		key: "did",
		head: "Đã làm",
		phone: "second",
		width: "26%",
		cell: (row) =>
			[row.ran ? "Điều hành" : "", row.coached ? `Bồi dưỡng: ${row.coached}` : ""].filter(Boolean).join("; "),
	},
];

const MONTHS = ["3", "6", "12"] as const;

function Unattended({ unit, on }: { unit: Unit; on: Day }) {
	const [months, setMonths] = useState<(typeof MONTHS)[number]>("6");
	const list = useQuery(
		api.together.unattended.queryOptions({ input: { unitId: unit.id, on, months: Number(months), limit: 200 } }),
	);
	return (
		<section className="card page">
			<h2>Chi hội chưa có cán bộ dự sinh hoạt</h2>
			<SelectField
				label="Trong"
				value={months}
				onChange={(value) => value && setMonths(value)}
				choices={MONTHS.map((value) => ({ value, label: `${value} tháng qua` }))}
			/>
			<Loaded query={list}>
				{({ rows, unattended, branches }) => (
					<>
						<p role="status">
							<b>{count(unattended)}</b> trên {count(branches)} chi hội.
						</p>
						<DataList
							caption="Chi hội chưa có cán bộ dự sinh hoạt"
							columns={[
								{ key: "name", head: "Chi hội", phone: "first", cell: (row) => row.unitName },
								{ key: "commune", head: "Xã, phường", phone: "second", width: "34%", cell: (row) => row.communeName },
								{
									key: "last",
									head: "Lần dự gần nhất",
									phone: "end",
									width: "20%",
									cell: (row) => (row.lastAttended ? displayDay(row.lastAttended) : "Chưa lần nào"),
								},
							]}
							rows={rows}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Không có chi hội nào quá thời gian này chưa được dự" />}
						/>
						<Shown shown={rows.length} total={unattended} noun="chi hội" />
						{unattended > 0 ? (
							<div className="row">
								<ExcelButton list="unattended" unitId={unit.id} on={on} />
							</div>
						) : null}
						<Why>Chi hội mới thành lập chưa đủ thời gian này không tính.</Why>
					</>
				)}
			</Loaded>
		</section>
	);
}
