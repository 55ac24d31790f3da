import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import css from "./page-clusters.module.css";
import { dayOrToday } from "./page-find.ts";

const ClusterForm = lazy(() => import("./page-cluster-form.tsx").then((page) => ({ default: page.ClusterForm })));

const route = getRouteApi("/units/clusters");

export type Cluster = { id: number; name: string; example: boolean; provinces: { id: number; name: string }[] };

/** The emulation clusters on a day: a dated relation of provinces, never a level of the Union (R18, R19). */
export function ClustersPage() {
	const session = useSession();
	const { on = session.today } = route.useSearch();
	const navigate = route.useNavigate();
	const clusters = useQuery(api.units.clusters.queryOptions({ input: { on } }));
	const [edited, setEdited] = useState<Cluster | "new" | null>(null);
	const mayWrite = session.verbs.includes("clusters.write");
	return (
		<div className="page">
			<Link to="/units" search={{ on: dayOrToday(on, session.today) }}>
				‹ Hệ thống tổ chức Hội
			</Link>
			<h1>Cụm thi đua</h1>
			<div className="row" style={{ alignItems: "end" }}>
				<DayField
					label="Tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={latestDay(session.today)}
					onChange={(day) => navigate({ search: { on: day ?? undefined }, replace: true })}
				/>
				{mayWrite ? (
					<span className="end">
						<Button onClick={() => setEdited("new")}>Lập Cụm thi đua</Button>
					</span>
				) : null}
			</div>
			<Loaded query={clusters}>
				{(rows) => (
					<>
						{rows.some((cluster) => cluster.example) ? (
							<p className="soft">
								Các Cụm ghi “ví dụ” do chương trình đặt sẵn, vì danh sách chính thức chưa được công bố.
								{mayWrite ? " Hãy sửa theo văn bản của Trung ương Hội." : ""}
							</p>
						) : null}
						{rows.map((cluster) => (
							<section className="card" key={cluster.id}>
								<div className="row">
									<h2>
										{bareName(cluster)} {cluster.example ? <span className={css.example}>ví dụ</span> : null}
									</h2>
									{mayWrite ? (
										<button type="button" className="link end" onClick={() => setEdited(cluster)}>
											Sửa<span className="unseen"> {cluster.name}</span>
										</button>
									) : null}
								</div>
								<p>
									{cluster.provinces.length > 0
										? cluster.provinces.map((province) => province.name).join(", ")
										: "Chưa có tỉnh, thành phố nào."}
								</p>
							</section>
						))}
						{rows.length === 0 ? (
							<EmptyState title="Chưa có Cụm thi đua nào vào ngày này">
								Trung ương Hội lập Cụm và chọn các tỉnh, thành phố.
							</EmptyState>
						) : null}
					</>
				)}
			</Loaded>
			<Suspense>
				{edited ? (
					<ClusterForm cluster={edited === "new" ? null : edited} day={on} onClose={() => setEdited(null)} />
				) : null}
			</Suspense>
		</div>
	);
}

/** The name without the "(ví dụ)" that the built-in ones carry: the mark beside it says so. */
function bareName({ name, example }: Cluster): string {
	return example ? name.replace(/ \(ví dụ\)$/u, "") : name;
}
