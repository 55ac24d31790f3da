import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { RateCell } from "./page-columns.tsx";
import { Parts } from "./page-parts.tsx";
import { ATTENDED_WORDS } from "./rules.ts";

const VisitForm = lazy(() => import("./page-visit-form.tsx").then((page) => ({ default: page.VisitForm })));

const route = getRouteApi("/assistance/visits/$unitId");

type Visit = Awaited<ReturnType<typeof api.assistance.visits.call>>[number];

/** One commune: who holds it, and every visit to it. */
export function VisitsPage() {
	const unitId = Number(route.useParams().unitId);
	const { unit } = useSession();
	const [visiting, setVisiting] = useState(false);
	const shown = useQuery(api.assistance.portfolios.queryOptions({ input: { unitId } }));
	const visits = useQuery(api.assistance.visits.queryOptions({ input: { unitId, limit: 200 } }));
	return (
		<div className="page">
			<h1>{shown.data?.unit.name ?? "Cơ sở"}</h1>
			<Parts />
			<Loaded query={shown}>
				{({ rows }) =>
					rows.map((row) => (
						<section className="card page" key={row.unitId}>
							<h2>Ai phụ trách</h2>
							<p>
								<RateCell row={row} />
							</p>
							<ul>
								<li>
									Cán bộ phụ trách:{" "}
									{row.officer?.present ? (
										<>
											<b>{row.officer.name}</b>, từ {displayDay(row.officer.since)}
											{row.officer.document ? `, theo ${row.officer.document}` : ""}
										</>
									) : (
										<span className={css.late}>chưa có</span>
									)}
								</li>
								{row.committee ? <li>Ủy viên Ban Chấp hành: {row.committee.name}</li> : null}
								{row.cluster ? <li>Giao cho: {row.cluster.name}</li> : null}
								{row.pilot ? <li>Cơ sở thí điểm của {row.province}</li> : null}
							</ul>
						</section>
					))
				}
			</Loaded>
			<section className="card page">
				<h2>Các lần cán bộ cấp trên đi cơ sở</h2>
				<Loaded query={visits}>{(rows) => <Visits visits={rows} />}</Loaded>
				{["centre", "cluster", "province", "district"].includes(unit.kind) ? (
					<p>
						<Button variant="default" onClick={() => setVisiting(true)}>
							Ghi một lần đi cơ sở
						</Button>
					</p>
				) : null}
			</section>
			<Suspense>
				{visiting ? (
					<VisitForm
						communes={[{ unitId, name: shown.data?.unit.name ?? "" }]}
						first={unitId}
						onClose={() => setVisiting(false)}
					/>
				) : null}
			</Suspense>
		</div>
	);
}

/** Visits, the latest first; one noted by mistake is taken back by whoever noted it. */
export function Visits({ visits, withCommune }: { visits: Visit[]; withCommune?: true }) {
	const [wrong, setWrong] = useState<Visit | null>(null);
	const withdraw = useCommand(client.assistance.withdrawVisit, {
		refresh: [api.assistance.key()],
		said: "Đã bỏ lần đi cơ sở ghi nhầm.",
		onDone: () => setWrong(null),
	});
	if (visits.length === 0)
		return <EmptyState title="Chưa ghi lần đi cơ sở nào">Mỗi lần đi, ghi ngày, đã dự gì và điều nghe được.</EmptyState>;
	return (
		<>
			<ul className={css.steps}>
				{visits.map((one) => (
					<li key={one.id}>
						<b>{displayDay(one.onDay)}</b>
						{withCommune ? `, ${one.commune}` : ""}: {ATTENDED_WORDS[one.attended]}
						{one.leaf ? `, ${one.leaf}` : ""}
						{one.visitedBy ? <span className="soft"> · {one.visitedBy}</span> : null}
						{one.notes ? <p className={css.text}>{one.notes}</p> : null}
						{one.mine ? (
							<p>
								<button type="button" className="link" onClick={() => setWrong(one)}>
									Bỏ, ghi nhầm
								</button>
							</p>
						) : null}
					</li>
				))}
			</ul>
			{wrong ? (
				<ConfirmDialog
					title="Bỏ lần đi cơ sở này?"
					confirm="Bỏ"
					command={withdraw}
					onConfirm={() => withdraw.run({ visitId: wrong.id })}
					onClose={() => setWrong(null)}
				>
					{wrong.commune}, ngày {displayDay(wrong.onDay)}. Lần này không được tính nữa.
				</ConfirmDialog>
			) : null}
		</>
	);
}
