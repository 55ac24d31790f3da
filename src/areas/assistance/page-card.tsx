import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import { api } from "../../web/client.ts";
import css from "./page.module.css";
import { ATTENDED_WORDS } from "./rules.ts";

/** Who carries a commune, who came last, and the round of support it is in (R18, R20): what stands of it in the story of its case. */
export function AssistanceCard({ unitId }: { unitId: number }) {
	const held = useQuery({ ...api.assistance.portfolios.queryOptions({ input: { unitId } }), retry: false });
	const visits = useQuery({ ...api.assistance.visits.queryOptions({ input: { unitId, limit: 3 } }), retry: false });
	const rounds = useQuery({ ...api.assistance.rounds.queryOptions({ input: { unitId } }), retry: false });
	const row = held.data?.rows[0];
	if (!row) return null;
	return (
		<section className="card page">
			<h2>Ai phụ trách</h2>
			<ul className={css.steps}>
				<li>
					Cán bộ phụ trách:{" "}
					{row.officer?.present ? (
						<>
							<b>{row.officer.name}</b>, từ {displayDay(row.officer.since)}
						</>
					) : (
						<span className={css.late}>chưa có</span>
					)}
				</li>
				{row.committee ? (
					<li>
						Ủy viên Ban Chấp hành trực tiếp giúp đỡ: <b>{row.committee.name}</b>
					</li>
				) : row.difficult ? (
					<li className={css.late}>Cơ sở quá khó khăn, chưa có ủy viên Ban Chấp hành trực tiếp giúp đỡ.</li>
				) : null}
				{row.cluster ? <li>Giao cho {row.cluster.name.replace(/ \(ví dụ\)$/u, "")}</li> : null}
				{row.pilot ? <li>Cơ sở thí điểm của {row.province}</li> : null}
				{rounds.data?.rows.map((round) => (
					<li key={round.id}>
						<Link to="/assistance/rounds/$roundId" params={{ roundId: round.id }}>
							{round.name}
						</Link>
						{round.current === null ? ": đã khép đủ bốn bước" : `: đang ở bước ${round.current}`}
						{round.planNumber ? `, theo kế hoạch ${round.planNumber}` : ""}
					</li>
				))}
			</ul>
			<h3>Cán bộ cấp trên đi cơ sở</h3>
			{visits.data && visits.data.length > 0 ? (
				<ul className={css.steps}>
					{visits.data.map((one) => (
						<li key={one.id}>
							{displayDay(one.onDay)}: {ATTENDED_WORDS[one.attended]}
							{one.leaf ? `, ${one.leaf}` : ""}
							{one.visitedBy ? <span className="soft"> · {one.visitedBy}</span> : null}
						</li>
					))}
				</ul>
			) : (
				<p className="soft">Chưa ghi lần nào.</p>
			)}
			<p>
				<Link to="/assistance/visits/$unitId" params={{ unitId: String(unitId) }}>
					Xem mọi lần đi cơ sở
				</Link>
			</p>
		</section>
	);
}
