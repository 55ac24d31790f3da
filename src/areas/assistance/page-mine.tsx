import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import css from "./page.module.css";
import type { Row } from "./page.tsx";
import { communeColumns } from "./page-columns.tsx";
import { Parts } from "./page-parts.tsx";
import { Visits } from "./page-visits.tsx";

const VisitForm = lazy(() => import("./page-visit-form.tsx").then((page) => ({ default: page.VisitForm })));

type Mine = Awaited<ReturnType<typeof api.assistance.mine.call>>;

/** The communes she carries, the one that has waited longest first, and a press to note a visit from the phone. */
export function MinePage() {
	const mine = useQuery(api.assistance.mine.queryOptions({ input: {} }));
	return (
		<div className="page">
			<h1>Xã của tôi</h1>
			<Parts />
			<Loaded query={mine}>{(answer) => <Mine mine={answer} />}</Loaded>
		</div>
	);
}

function Mine({ mine }: { mine: Mine }) {
	const { rows, visits, withoutOfficer, due } = mine;
	const [visiting, setVisiting] = useState<Row | null>(null);
	const late = rows.filter(({ visitLate }) => visitLate);
	const below = rows.filter((row) => row.class === "under" || row.class === "exactly");
	if (rows.length === 0)
		return (
			<section className="card page">
				<EmptyState title="Chị chưa được phân công phụ trách cơ sở nào">
					Khi được phân công, các xã, phường của chị và việc đến hạn hiện ở đây.
				</EmptyState>
				{withoutOfficer > 0 ? (
					<p>
						<b>{count(withoutOfficer)}</b> cơ sở của đơn vị chưa có cán bộ phụ trách:{" "}
						<Link to="/assistance">xem và phân công</Link>.
					</p>
				) : null}
			</section>
		);
	return (
		<>
			<section className="card page">
				<h2>Việc đến hạn</h2>
				<p role="status">
					Chị phụ trách <b>{count(rows.length)}</b> cơ sở; <b>{count(below.length)}</b> chưa đạt trên 60%;{" "}
					<b>{count(late.length)}</b> quá hạn đi cơ sở.
				</p>
				{late.length > 0 ? (
					<ul>
						{late.map((row) => (
							<li key={row.unitId}>
								{row.name}: hạn đi cơ sở {displayDay(row.visitDue ?? "")}{" "}
								<button type="button" className="link" onClick={() => setVisiting(row)}>
									Ghi đã đi<span className="unseen"> {row.name}</span>
								</button>
							</li>
						))}
					</ul>
				) : null}
				{due.length > 0 ? (
					<ul>
						{due.map((one) => (
							<li key={`${one.kind} ${one.roundId} ${one.words} ${one.communes}`}>
								<span className={one.late ? css.late : undefined}>
									{one.late ? "Quá hạn" : "Đến"} {displayDay(one.day)}
								</span>
								:{" "}
								{one.roundId ? (
									<Link to="/assistance/rounds/$roundId" params={{ roundId: one.roundId }}>
										{one.words}
									</Link>
								) : (
									one.words
								)}
								<span className="soft"> · {one.communes}</span>
							</li>
						))}
					</ul>
				) : null}
				<p>
					<Button onClick={() => setVisiting(late[0] ?? rows[0])}>Ghi một lần đi cơ sở</Button>
				</p>
			</section>
			<section className="card page">
				<h2>Các cơ sở của tôi</h2>
				<DataList
					caption="Các cơ sở tôi phụ trách"
					columns={columnsOf(setVisiting)}
					rows={rows}
					keyOf={(row) => String(row.unitId)}
					empty={null}
				/>
			</section>
			<section className="card page">
				<h2>Đã đi</h2>
				<Visits visits={visits} withCommune />
			</section>
			<Suspense>
				{visiting ? <VisitForm communes={rows} first={visiting.unitId} onClose={() => setVisiting(null)} /> : null}
			</Suspense>
		</>
	);
}

function columnsOf(onVisit: (row: Row) => void): Column<Row>[] {
	return [
		...communeColumns({ chosen: null, choose: () => undefined, withProvince: false }).filter(({ key }) =>
			["name", "rate", "class", "missing", "visit"].includes(key),
		),
		{
			key: "note",
			head: "Ghi đi cơ sở",
			cell: (row) => (
				<button type="button" className="link" onClick={() => onVisit(row)}>
					Ghi đã đi<span className="unseen"> {row.name}</span>
				</button>
			),
			phone: "second",
			width: "14%",
		},
	];
}
