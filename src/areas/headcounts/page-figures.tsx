import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "../units/contract.ts";
import type { HeadcountComponent } from "./contract.ts";
import css from "./page.module.css";
import { COMPONENT_LABELS, COMPONENTS, REPORTING_KINDS } from "./rules.ts";

const FigureForm = lazy(() => import("./page-form.tsx").then((page) => ({ default: page.FigureForm })));

type Figures = Awaited<ReturnType<typeof api.headcounts.list.call>>[number]["figures"];
export type Figure = Figures[number];

/** The five figures of one unit in force on a day, with entry and history. */
export function UnitFigures({ unit, on }: { unit: UnitRow; on: string }) {
	const session = useSession();
	const list = useQuery(api.headcounts.list.queryOptions({ input: { unitId: unit.id, on, below: false } }));
	const [entered, setEntered] = useState<HeadcountComponent | null>(null);
	const [history, setHistory] = useState(false);
	const reports = REPORTING_KINDS.includes(unit.kind);
	const mayWrite = reports && session.verbs.includes("headcounts.write");
	const [opened, setOpened] = useState(false);
	if (!reports) return null;
	const figures = list.data?.[0]?.figures ?? [];
	// Above the communes most have no figures of their own: five empty lines would hide the list of those below.
	const folded = unit.kind !== "commune" && list.data !== undefined && figures.length === 0 && !opened;
	return (
		<section className="card">
			<h2>{unit.name}</h2>
			{folded ? (
				<p>
					Chưa có số liệu phát sinh tại chính {unit.name}.{" "}
					{mayWrite ? (
						<button type="button" className="link" onClick={() => setOpened(true)}>
							Nhập số liệu
						</button>
					) : null}
				</p>
			) : (
				<Loaded query={list}>
					{() => (
						<ul className={css.figures}>
							{COMPONENTS.map((component) => (
								<ComponentRow
									key={component}
									component={component}
									figures={figures.filter((figure) => figure.component === component)}
									onEnter={mayWrite ? () => setEntered(component) : undefined}
								/>
							))}
						</ul>
					)}
				</Loaded>
			)}
			<p className={`on-screen ${css.history}`}>
				<button type="button" className="link" aria-expanded={history} onClick={() => setHistory(!history)}>
					{history ? "Ẩn các lần nhập" : "Xem các lần nhập"}
				</button>
			</p>
			{history ? <History unit={unit} /> : null}
			<Suspense>
				{entered ? (
					<FigureForm
						component={entered}
						unit={unit}
						before={figures.filter((figure) => figure.component === entered)}
						onClose={() => setEntered(null)}
					/>
				) : null}
			</Suspense>
		</section>
	);
}

/** A component: its figure large, where it comes from small. Several figures where predecessors' are carried side by side. */
function ComponentRow(props: { component: HeadcountComponent; figures: Figure[]; onEnter?: () => void }) {
	const { component, figures } = props;
	const total = figures.reduce((sum, figure) => sum + figure.count, 0);
	const overlap = figures.reduce((sum, figure) => sum + figure.overlap, 0);
	return (
		<li>
			<div>
				<b className={css.label}>{COMPONENT_LABELS[component]}</b>
				{figures.some((figure) => figure.carried) ? (
					<span className={css.carried}>chuyển từ đơn vị trước sắp xếp</span>
				) : null}
				{figures.map((figure) => (
					<p key={figure.id} className="soft">
						{originOf(figure, figures.length > 1)}
					</p>
				))}
				{figures.length === 0 ? <p className="soft">Chưa có số liệu vào ngày này.</p> : null}
			</div>
			<div className={css.count}>
				<b>{figures.length > 0 ? count(total) : "–"}</b>
				{overlap > 0 ? <span className="soft">trừ trùng {count(overlap)}</span> : null}
			</div>
			{props.onEnter ? (
				<button type="button" className="link on-screen" onClick={props.onEnter}>
					Nhập số mới<span className="unseen">: {COMPONENT_LABELS[component]}</span>
				</button>
			) : null}
		</li>
	);
}

/** "1.204 của Xã Bình Lợi, ngày 20/05/2025, báo cáo …": how many where there are several, whose where a predecessor reported it. */
function originOf(figure: Figure, several: boolean): string {
	const head = [several ? count(figure.count) : "", figure.carriedFrom ? `của ${figure.carriedFrom}` : ""].filter(
		Boolean,
	);
	const day = `ngày ${displayDay(figure.onDay)}`;
	const sources = [...new Set([figure.source, figure.document])].filter(Boolean);
	const words = [head.join(" "), day, ...sources].filter(Boolean).join(", ");
	return words[0].toLocaleUpperCase("vi") + words.slice(1);
}

type Entry = Awaited<ReturnType<typeof api.headcounts.history.call>>[number];

const HISTORY: Column<Entry>[] = [
	{ key: "component", head: "Loại", cell: (row) => COMPONENT_LABELS[row.component], phone: "first" },
	{ key: "onDay", width: "11%", head: "Từ ngày", cell: (row) => displayDay(row.onDay), phone: "second", number: true },
	{ key: "count", width: "10%", head: "Số lượng", cell: (row) => count(row.count), phone: "end", number: true },
	{
		key: "overlap",
		width: "10%",
		head: "Trừ trùng",
		cell: (row) => (row.overlap > 0 ? count(row.overlap) : ""),
		phone: "second",
		phoneLabel: "trừ trùng",
		number: true,
	},
	{
		key: "source",
		head: "Nguồn, văn bản",
		cell: (row) => [...new Set([row.source, row.document])].filter(Boolean).join(", "),
		phone: "hide",
	},
	{
		key: "by",
		width: "16%",
		head: "Người nhập",
		cell: (row) => `${row.enteredBy}, ${displayTime(row.enteredAt)}`,
		phone: "second",
	},
	{
		key: "superseded",
		head: "",
		cell: (row) => (row.superseded ? "đã thay bằng số nhập sau" : ""),
		phone: "second",
	},
];

/** Every entry of the unit, the replaced ones, too: nothing is lost (R40). */
function History({ unit }: { unit: UnitRow }) {
	const history = useQuery(api.headcounts.history.queryOptions({ input: { unitId: unit.id } }));
	return (
		<Loaded query={history}>
			{(rows) => (
				<DataList
					caption={`Các lần nhập của ${unit.name}`}
					columns={HISTORY}
					rows={rows}
					keyOf={(row) => row.id}
					empty={<p>Chưa có lần nhập nào.</p>}
				/>
			)}
		</Loaded>
	);
}
