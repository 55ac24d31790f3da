import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { CheckField, SelectField } from "../../ui/FormField.tsx";
import { change, count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { FIGURE_BY_KEY } from "./rules-figures.ts";
import { needsLook, SIGNALS, type SignalKind } from "./rules-signals.ts";
import { reminderText, STATE_WORDS } from "./rules-words.ts";

type Listed = Awaited<ReturnType<typeof api.reports.list.call>>;
type Row = Listed["rows"][number];

const isMissing = ({ state }: Row) => ["none", "draft", "returned"].includes(state);
const isWaiting = ({ state }: Row) => state === "submitted" || state === "restating";
/** So many rows stand before her own report without hiding it. */
const SHORT = 20;

const VIEWS = {
	odd: { label: "Chờ duyệt, cần xem từng báo cáo", has: (row: Row) => isWaiting(row) && needsLook(row) },
	waiting: { label: "Chờ duyệt", has: isWaiting },
	missing: { label: "Chưa gửi", has: isMissing },
	all: { label: "Tất cả", has: () => true },
	locked: { label: "Đã duyệt", has: ({ state }: Row) => state === "locked" },
};
type View = keyof typeof VIEWS;

/** The reports below: how many are in, who is missing and a word to remind them, what jumps; all that do not jump are approved in one act. */
export function Below({ list, periodId }: { list: Listed; periodId: number }) {
	const { mayApprove } = list;
	const mine = useMine(list.rows);
	const [isMineOnly, setMineOnly] = useState(false);
	const rows = isMineOnly ? list.rows.filter(({ unitId }) => mine.has(unitId)) : list.rows;
	const [view, setView] = useState<View | "">(firstView(rows));
	const quiet = rows.filter((row) => isWaiting(row) && !needsLook(row));
	const odd = rows.filter((row) => isWaiting(row) && needsLook(row));
	const missing = rows.filter(isMissing);
	const approve = useCommand(client.reports.approve, {
		refresh: [api.reports.key()],
		said: ({ approved }) => `Đã duyệt, khóa ${count(approved)} báo cáo.`,
	});
	return (
		<section className="card page">
			<h2>Báo cáo của các đơn vị cấp dưới</h2>
			{mine.size > 0 ? (
				<CheckField label={`Chỉ xã của tôi (${count(mine.size)})`} value={isMineOnly} onChange={setMineOnly} />
			) : null}
			<p role="status">
				<b>
					{count(rows.length - missing.length)}/{count(rows.length)}
				</b>{" "}
				đơn vị đã gửi; {count(rows.filter(({ state }) => state === "locked").length)} đã duyệt,{" "}
				{count(quiet.length + odd.length)} chờ duyệt
				{odd.length > 0 ? `, trong đó ${count(odd.length)} cần xem từng báo cáo` : ""}.
			</p>
			<Signals rows={odd} />
			<ProblemAlert problem={approve.problem} />
			{mayApprove && quiet.length > 0 ? (
				<Buttons>
					<Button
						loading={approve.busy}
						onClick={() =>
							approve.run({
								reports: quiet.map(({ reportId, version }) => ({ reportId: reportId as string, version })),
							})
						}
					>
						Duyệt {count(quiet.length)} báo cáo không có gì cần xem riêng
					</Button>
				</Buttons>
			) : null}
			{missing.length > 0 ? <Reminder list={list} missing={missing} /> : null}
			<SelectField
				label="Xem"
				value={view}
				onChange={setView}
				none="Không hiện danh sách"
				choices={(Object.keys(VIEWS) as View[]).map((value) => ({
					value,
					label: `${VIEWS[value].label} (${count(rows.filter(VIEWS[value].has).length)})`,
				}))}
			/>
			{view === "" ? null : (
				<DataList
					caption="Báo cáo của các đơn vị cấp dưới"
					columns={columnsOf(periodId)}
					rows={rows.filter(VIEWS[view].has)}
					keyOf={(row) => String(row.unitId)}
					empty={<EmptyState title="Không có báo cáo nào ở mục này" />}
				/>
			)}
		</section>
	);
}

/** Those of the listed units that she carries herself (R20): an officer looks through her own portfolio. */
function useMine(rows: readonly Row[]): ReadonlySet<number> {
	const { verbs } = useSession();
	const { data } = useQuery(
		api.assistance.mine.queryOptions({ input: {}, enabled: verbs.includes("support.write") && rows.length > 0 }),
	);
	const held = new Set(data?.rows.map(({ unitId }) => unitId));
	return new Set(rows.flatMap(({ unitId }) => (held.has(unitId) ? [unitId] : [])));
}

/** What is to be looked at in the reports that wait: how many of each kind. */
function Signals({ rows }: { rows: readonly Row[] }) {
	const jumping = rows.filter(({ jumps }) => jumps.length > 0).length;
	const kinds = (Object.keys(SIGNALS) as SignalKind[])
		.map((kind) => ({
			label: SIGNALS[kind],
			of: rows.filter((row) => row.signals.some((one) => one.kind === kind)).length,
		}))
		.filter(({ of }) => of > 0);
	const told = [...(jumping > 0 ? [{ label: "Số tăng giảm mạnh", of: jumping }] : []), ...kinds];
	if (told.length === 0) return null;
	return <p className="soft">Dấu hiệu cần xem: {told.map(({ label, of }) => `${label} ${count(of)}`).join(" · ")}.</p>;
}

/** What waits for her; where nothing does, no list of a hundred names stands before her own report. */
function firstView(rows: readonly Row[]): View | "" {
	if (rows.some((row) => isWaiting(row) && needsLook(row))) return "odd";
	if (rows.some(isWaiting)) return "waiting";
	return rows.length > SHORT ? "" : "all";
}

/** A ready-made text with the names of who has not sent, to be copied into Zalo or an e-mail. */
function Reminder({ list, missing }: { list: Listed; missing: Row[] }) {
	const { today } = useSession();
	const { period, unit, due } = list;
	const text = reminderText(period, due ?? period.due, {
		above: unit.name,
		missing: missing.map(({ name }) => name),
		today,
	});
	const copy = async () => {
		// Without https a browser has no clipboard for pages; the text is marked whole by one press.
		if (!navigator.clipboard) return toast({ text: "Hãy bấm vào lời nhắc rồi chép." });
		await navigator.clipboard.writeText(text);
		toast({ text: "Đã chép lời nhắc. Dán vào Zalo hoặc thư điện tử." });
	};
	return (
		<details>
			<summary>
				{count(missing.length)} đơn vị chưa gửi{due ? `, hạn ${displayDay(due)}` : ""}: lời nhắc để chép
			</summary>
			<p className={css.reminder}>{text}</p>
			<p>
				<button type="button" className="link" onClick={copy}>
					Chép lời nhắc
				</button>
			</p>
		</details>
	);
}

/** Why a report is looked at: its signals, then what jumps. */
function Reasons({ row: { signals, jumps } }: { row: Row }) {
	const reasons = [
		...signals.map(({ kind, text }) => `${SIGNALS[kind]}: ${text}`),
		...jumps.map(({ key, text }) => `${FIGURE_BY_KEY.get(key)?.label ?? key}: ${text}`),
	];
	if (reasons.length === 0) return null;
	return (
		<span className={css.jump}>
			<br />⚑ {reasons.slice(0, 3).join(" ")}
			{reasons.length > 3 ? ` và ${count(reasons.length - 3)} điều khác` : ""}
		</span>
	);
}

function columnsOf(periodId: number): Column<Row>[] {
	return [
		{
			key: "name",
			head: "Đơn vị",
			cell: (row) => (
				<>
					<Link to="/reports" search={{ unit: row.unitId, period: periodId }}>
						{row.name}
					</Link>
					{row.state !== "locked" ? <Reasons row={row} /> : null}
					{row.missing.length > 0 ? (
						<span className="soft">
							<br />
							Nêu còn thiếu: {row.missing.slice(0, 5).join(", ")}
							{row.missing.length > 5 ? " …" : ""}
						</span>
					) : null}
				</>
			),
			phone: "first",
		},
		{
			key: "state",
			head: "Báo cáo",
			cell: (row) => (
				<>
					{STATE_WORDS[row.state]}
					{row.isOverdue ? ", quá hạn" : row.late ? ", gửi muộn" : ""}
				</>
			),
			phone: "second",
			width: "20%",
		},
		{
			key: "members",
			head: "Hội viên",
			cell: (row) =>
				row.members === null ? (
					<span className="soft">chưa có</span>
				) : (
					<>
						{count(row.members)}
						{isMissing(row) ? <span className="soft"> tạm tính</span> : null}
					</>
				),
			phone: "end",
			number: true,
			width: "16%",
		},
		{
			key: "change",
			head: "So với kỳ trước",
			cell: (row) => (row.members === null || row.before === null ? "" : change(row.members - row.before)),
			phone: "second",
			phoneLabel: "so với kỳ trước",
			number: true,
			width: "14%",
		},
	];
}
