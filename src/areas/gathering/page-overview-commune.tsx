import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { PartsTable, partsOf } from "../../ui/PartsTable.tsx";
import { RateCard } from "../../ui/RateCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { type Session, useSession } from "../../web/session.ts";
import { ActedForUs } from "../access/page-acted-for-us.tsx";
import type { RateRow } from "./contract.ts";
import { BranchesCard } from "./page-overview-branches.tsx";
import { DeadlineCard, SixMonthsCard } from "./page-overview-due.tsx";
import { TrendCard } from "./page-overview-trend.tsx";
import { Why } from "./page-why.tsx";

const SupportCard = lazy(() => import("../support/page-card.tsx").then((page) => ({ default: page.SupportCard })));
const ReportCard = lazy(() => import("../reporting/page-card.tsx").then((page) => ({ default: page.ReportCard })));

/** A commune chair's first screen: the rate against the 60 % line, what is missing, what it is made of, what is due. */
export function CommuneOverview() {
	const { unit, today, verbs, moving } = useSession();
	// The banner says what became of her unit; its figures are the new unit's, which she does not read yet.
	if (moving && moving.kind !== "widened") return <Moved />;
	return <Standing unit={unit} today={today} verbs={verbs} />;
}

function Moved() {
	const { unit } = useSession();
	return (
		<div className="page">
			<h1 className="unseen">Tổng quan {unit.name}</h1>
			<EmptyState
				title={`${unit.name} đã sắp xếp vào đơn vị mới`}
				action={<Link to="/members">Danh sách hội viên</Link>}
			>
				Số liệu từ ngày sắp xếp được tính ở đơn vị mới.
			</EmptyState>
		</div>
	);
}

function Standing({ unit, today, verbs }: Pick<Session, "unit" | "today" | "verbs">) {
	const rows = useQuery(api.gathering.rates.queryOptions({ input: { on: today, unitId: unit.id } }));
	const [why, setWhy] = useState<number>();
	return (
		<div className="page">
			<h1 className="unseen">Tổng quan {unit.name}</h1>
			<Loaded query={rows}>
				{([row]) =>
					row === undefined ? (
						<EmptyState title={`${unit.name} không còn hoạt động vào ngày hôm nay`}>
							Sau sắp xếp đơn vị hành chính, số liệu được chuyển về đơn vị mới.
						</EmptyState>
					) : (
						<>
							<div className="two">
								<RateOf row={row} onExplain={() => setWhy(row.id)} />
								<DeadlineCard />
							</div>
							<ActedForUs />
							{verbs.includes("support.read") ? (
								<Suspense>
									<SupportCard unitId={row.id} />
								</Suspense>
							) : null}
							{verbs.includes("reports.read") ? (
								<Suspense>
									<ReportCard />
								</Suspense>
							) : null}
							<div className="two">
								<PartsTable
									title="Hội viên của đơn vị gồm"
									parts={partsOf(row.parts)}
									total={{ label: "Tổng số hội viên", value: row.members }}
								/>
								<TrendCard row={row} />
							</div>
							<Unlisted row={row} />
							<BranchesCard unitId={row.id} />
							{verbs.includes("members.read") ? <SixMonthsCard /> : null}
						</>
					)
				}
			</Loaded>
			<Why unitId={why} on={today} onClose={() => setWhy(undefined)} />
		</div>
	);
}

function RateOf({ row, onExplain }: { row: RateRow; onExplain: () => void }) {
	const { today, verbs } = useSession();
	const populations = useQuery(api.populations.list.queryOptions({ input: { unitId: row.id, on: today } }));
	const sources = useQuery(api.populations.sources.queryOptions({ input: {} }));
	const how = populations.data?.[0]?.how;
	const source = [
		sources.data?.find((one) => one.official)?.name ?? "",
		how === "carried" ? "cộng từ các đơn vị trước sắp xếp" : "",
	];
	return (
		<RateCard
			caption="hôm nay, tạm tính"
			members={row.members}
			women18={row.women18}
			rate={row.rate}
			cls={row.class}
			missing={row.missing}
			source={sources.data ? source.filter(Boolean).join("; ") : undefined}
			onExplain={onExplain}
			action={
				verbs.includes("populations.write") ? (
					<p>
						<Link to="/populations" search={{}}>
							Nhập số phụ nữ từ 18 tuổi trở lên
						</Link>
					</p>
				) : (
					<p className="soft">Hội cấp trên hoặc Chủ tịch nhập số này.</p>
				)
			}
		/>
	);
}

/** How far the naming of members has come: named against reported but not yet named (R8, R49). */
function Unlisted({ row }: { row: RateRow }) {
	const { verbs } = useSession();
	const { roster, unlisted } = row.parts;
	if (unlisted === 0) return null;
	return (
		<section className="card">
			<h2>
				Đã nhập {count(roster)}/{count(roster + unlisted)} hội viên vào danh sách
			</h2>
			<p>
				Còn {count(unlisted)} hội viên đã báo cáo nhưng chưa có tên trong danh sách. Nhập danh sách từ Excel thì số này
				giảm, tổng số không đổi.{" "}
				{verbs.includes("members.write") ? <Link to="/members/import">Nhập danh sách</Link> : null}
			</p>
		</section>
	);
}
