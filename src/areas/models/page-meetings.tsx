import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { BranchLife, Meeting } from "./contract-meetings.ts";
import { BelowTable, ExcelButton, isWide, OfUnit, Shown, Why } from "./page-parts.tsx";
import { MEETING_FORM_WORDS, MEETING_KIND_WORDS, periodStart } from "./rules.ts";

const MeetingForm = lazy(() => import("./page-meeting-form.tsx").then((page) => ({ default: page.MeetingForm })));

const route = getRouteApi("/meetings");

type Unit = { id: number; kind: string; name: string };

/** Do the branches meet, and who comes (R42)? A head records her evening here on her phone; above, sums and who is behind. */
export function MeetingsPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id } = route.useSearch();
	return (
		<div className="page">
			<h1>Sinh hoạt chi hội</h1>
			<OfUnit to="/meetings" unitId={unitId} on={on}>
				{(unit) =>
					isWide(unit.kind) ? (
						<Above unit={unit} on={on} />
					) : unit.kind === "commune" || unit.kind === "unassigned" ? (
						<OfCommune unit={unit} on={on} />
					) : (
						<OfBranch unit={unit} on={on} />
					)
				}
			</OfUnit>
		</div>
	);
}

/** A branch, group or club: the button first, then what was held. */
function OfBranch({ unit, on }: { unit: Unit; on: Day }) {
	const life = useQuery({
		...api.meetings.branches.queryOptions({ input: { unitId: unit.id, on } }),
		enabled: unit.kind === "branch" || unit.kind === "group",
	});
	const own = life.data?.rows.find(({ unitId }) => unitId === unit.id);
	return (
		<Held unit={unit} on={on} months={12}>
			{own ? (
				<p role="status">
					{own.lastMeeting ? (
						<>
							Buổi sinh hoạt gần nhất: <b>{displayDay(own.lastMeeting)}</b>.{" "}
						</>
					) : (
						"Chưa ghi buổi sinh hoạt nào. "
					)}
					{own.behind ? <b>Đã quá 3 tháng chưa sinh hoạt.</b> : null}
				</p>
			) : null}
		</Held>
	);
}

function OfCommune({ unit, on }: { unit: Unit; on: Day }) {
	const life = useQuery(api.meetings.branches.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<>
			<Loaded query={life}>
				{({ rows, from }) => (
					<>
						<div className="three">
							<StatCard
								label="Chi hội, tổ quá 3 tháng chưa sinh hoạt"
								value={`${count(rows.filter(({ behind }) => behind).length)}/${count(rows.length)}`}
								tone={rows.some(({ behind }) => behind) ? "under" : "over"}
								note="Chi hội được tính là đã sinh hoạt khi chi hội hoặc một tổ của chi hội đã sinh hoạt."
							/>
							<StatCard
								label="Buổi sinh hoạt trong 3 tháng"
								value={rows.reduce((sum, row) => sum + row.meetings, 0)}
								note={`Từ ${displayDay(from)} đến ${displayDay(on)}; thêm ${count(rows.reduce((sum, row) => sum + row.activities, 0))} hoạt động.`}
							/>
							<StatCard
								label="Lượt hội viên tham gia"
								value={rows.reduce((sum, row) => sum + row.members, 0)}
								note={`Cùng ${count(rows.reduce((sum, row) => sum + row.others, 0))} lượt phụ nữ, người khác.`}
							/>
						</div>
						<section className="card page">
							<h2>Từng chi hội, tổ</h2>
							<DataList
								caption="Sinh hoạt của từng chi hội, tổ"
								columns={BRANCH_COLUMNS}
								rows={rows}
								keyOf={(row) => String(row.unitId)}
								empty={<EmptyState title="Chưa có chi hội, tổ nào vào ngày này" />}
							/>
						</section>
					</>
				)}
			</Loaded>
			<Held unit={unit} on={on} months={3} />
		</>
	);
}

const BRANCH_COLUMNS: Column<BranchLife>[] = [
	{
		key: "name",
		head: "Chi hội, tổ",
		phone: "first",
		cell: (row) => (
			<Link to="/meetings" search={(old: object) => ({ ...old, unit: row.unitId })}>
				{row.name}
			</Link>
		),
	},
	{
		key: "last",
		head: "Buổi gần nhất",
		phone: "end",
		width: "16%",
		cell: (row) => (row.lastMeeting ? displayDay(row.lastMeeting) : "Chưa có"),
	},
	{
		key: "behind",
		head: "Quá hạn",
		phone: "second",
		width: "18%",
		cell: (row) => (row.behind ? <b>Quá 3 tháng</b> : ""),
	},
	{
		key: "meetings",
		head: "Buổi trong 3 tháng",
		phone: "second",
		phoneLabel: "Buổi:",
		number: true,
		width: "14%",
		cell: (row) => count(row.meetings + row.activities),
	},
	{
		key: "members",
		head: "Lượt hội viên",
		phone: "second",
		phoneLabel: "Lượt hội viên:",
		number: true,
		width: "14%",
		cell: (row) => count(row.members),
	},
];

/** What was held, latest first, with the way to record another. */
function Held(props: { unit: Unit; on: Day; months: number; children?: ReactNode }) {
	const { unit, on } = props;
	const from =
		props.months === 12 ? `${Number(on.slice(0, 4)) - 1}${on.slice(4)}`.replace("-02-29", "-02-28") : periodStart(on);
	const list = useQuery(api.meetings.list.queryOptions({ input: { unitId: unit.id, on, from } }));
	const [form, setForm] = useState<"new" | Meeting | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, total, mine }) => {
				const button = (
					<Button size="md" onClick={() => setForm("new")}>
						Ghi buổi sinh hoạt
					</Button>
				);
				return (
					<section className="card page">
						<h2>{props.months === 12 ? "Các buổi trong 12 tháng" : "Các buổi trong 3 tháng"}</h2>
						{props.children}
						{rows.length > 0 && mine.length > 0 ? <div className="row">{button}</div> : null}
						<DataList
							caption={`Sinh hoạt, hoạt động của ${unit.name}`}
							columns={meetingColumns(unit.kind === "commune", setForm)}
							rows={rows}
							keyOf={(row) => row.id}
							empty={
								<EmptyState title="Chưa ghi buổi nào trong thời gian này" action={mine.length > 0 ? button : undefined}>
									Ghi ngày, chủ đề, số hội viên dự; chi hội, tổ sinh hoạt ít nhất 3 tháng một lần.
								</EmptyState>
							}
						/>
						<Shown shown={rows.length} total={total.meetings + total.activities} noun="buổi" />
						{unit.kind === "commune" && rows.length > 0 ? (
							<div className="row">
								<ExcelButton list="meetings" unitId={unit.id} on={on} />
							</div>
						) : null}
						<Suspense>
							{form ? (
								<MeetingForm meeting={form === "new" ? null : form} units={mine} onClose={() => setForm(null)} />
							) : null}
						</Suspense>
					</section>
				);
			}}
		</Loaded>
	);
}

const meetingColumns = (withUnit: boolean, onOpen: (meeting: Meeting) => void): Column<Meeting>[] => [
	{
		key: "theme",
		head: "Chủ đề, nội dung",
		phone: "first",
		cell: (row) =>
			row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{row.theme}
				</button>
			) : (
				row.theme
			),
	},
	{ key: "day", head: "Ngày", phone: "end", width: "12%", cell: (row) => displayDay(row.onDay) },
	...(withUnit
		? [
				{
					key: "unit",
					head: "Chi hội, tổ",
					phone: "second",
					width: "24%",
					cell: (row: Meeting) => row.unitName,
				} as const,
			]
		: []),
	{
		key: "form",
		head: "Hình thức",
		phone: "second",
		width: "18%",
		cell: (row) =>
			row.kind === "meeting"
				? MEETING_FORM_WORDS[row.form]
				: `${MEETING_KIND_WORDS[row.kind]}, ${MEETING_FORM_WORDS[row.form]}`,
	},
	{
		key: "present",
		head: "Hội viên (người khác)",
		phone: "second",
		number: true,
		width: "14%",
		phoneLabel: "Hội viên:",
		cell: (row) => (row.others > 0 ? `${count(row.members)} (+${count(row.others)})` : count(row.members)),
	},
];

function Above({ unit, on }: { unit: Unit; on: Day }) {
	const counts = useQuery(api.models.counts.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<Loaded query={counts}>
			{({ own, rows, from }) => (
				<>
					<div className="three">
						<StatCard
							label="Chi hội, tổ quá 3 tháng chưa sinh hoạt"
							value={`${count(own.leavesBehind)}/${count(own.leaves)}`}
							tone={own.leavesBehind > 0 ? "under" : "over"}
						/>
						<StatCard
							label="Buổi sinh hoạt trong 3 tháng"
							value={own.meetings}
							note={`Từ ${displayDay(from)} đến ${displayDay(on)}; thêm ${count(own.activities)} hoạt động.`}
						/>
						<StatCard
							label="Lượt hội viên tham gia"
							value={own.membersPresent}
							note={`Cùng ${count(own.othersPresent)} lượt phụ nữ, người khác.`}
						/>
					</div>
					<Behind unit={unit} on={on} />
					<section className="card page">
						<h2>Theo đơn vị trực thuộc</h2>
						<BelowTable
							to="/meetings"
							caption="Sinh hoạt chi hội theo đơn vị trực thuộc"
							rows={rows}
							sums={[
								{ head: "Quá hạn", of: (c) => c.leavesBehind, outOf: (c) => c.leaves, first: true },
								{ head: "Buổi", of: (c) => c.meetings + c.activities },
								{ head: "Lượt hội viên", of: (c) => c.membersPresent },
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

function Behind({ unit, on }: { unit: Unit; on: Day }) {
	const behind = useQuery(api.meetings.behind.queryOptions({ input: { unitId: unit.id, on, limit: 100 } }));
	return (
		<section className="card page">
			<h2>Chi hội, tổ quá 3 tháng chưa sinh hoạt</h2>
			<Why>Chi hội, tổ sinh hoạt ít nhất 3 tháng một lần; đơn vị mới thành lập chưa đủ 3 tháng không tính.</Why>
			<Loaded query={behind}>
				{({ rows, behind: all }) => (
					<>
						<DataList
							caption="Chi hội, tổ quá 3 tháng chưa sinh hoạt"
							columns={[
								{ key: "name", head: "Chi hội, tổ", phone: "first", cell: (row) => row.unitName },
								{ key: "commune", head: "Xã, phường", phone: "second", width: "34%", cell: (row) => row.communeName },
								{
									key: "last",
									head: "Buổi gần nhất",
									phone: "end",
									width: "20%",
									cell: (row) => (row.lastMeeting ? displayDay(row.lastMeeting) : "Chưa có"),
								},
							]}
							rows={rows}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Không có chi hội, tổ nào quá hạn" />}
						/>
						<Shown shown={rows.length} total={all} noun="chi hội, tổ" />
						{all > 0 ? (
							<div className="row">
								<ExcelButton list="behind" unitId={unit.id} on={on} />
							</div>
						) : null}
					</>
				)}
			</Loaded>
		</section>
	);
}
