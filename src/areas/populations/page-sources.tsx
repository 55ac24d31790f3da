import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";

const ChooseSource = lazy(() => import("./page-source-choice.tsx").then((page) => ({ default: page.ChooseSource })));

export type Source = Awaited<ReturnType<typeof api.populations.sources.call>>[number];

/** The sources of denominators; one of each term is official for the whole country, chosen by the centre (R5). */
export function Sources() {
	const { unit, verbs } = useSession();
	const sources = useQuery(api.populations.sources.queryOptions({ input: {} }));
	const [asked, setAsked] = useState<Source | null>(null);
	const mayChoose = unit.kind === "centre" && verbs.includes("populations.write");
	return (
		<section className="card">
			<h2>Nguồn số liệu</h2>
			<p className="soft">
				Một nguồn chính thức dùng cho cả nhiệm kỳ, theo hướng dẫn là số liệu ngành thống kê năm 2019 (điểm 1.2, mục II,
				Hướng dẫn 21/HD-ĐCT).
			</p>
			<Loaded query={sources}>
				{(rows) =>
					rows.length === 0 ? (
						<EmptyState title="Chưa có nguồn số liệu nào">
							Nguồn được lập khi nhập số liệu lần đầu; nguồn đầu tiên là nguồn chính thức cho đến khi Trung ương Hội
							chọn nguồn khác.
						</EmptyState>
					) : (
						<ul className={css.sources}>
							{rows.map((source) => (
								<li key={source.id}>
									<span>
										<b>{source.name}</b> {source.official ? <span className={css.official}>chính thức</span> : null}
										<span className="soft">
											{" "}
											{source.term} · {count(source.figures)} đơn vị
										</span>
									</span>
									{mayChoose && !source.official ? (
										<button type="button" className="link" onClick={() => setAsked(source)}>
											Chọn làm nguồn chính thức<span className="unseen">: {source.name}</span>
										</button>
									) : null}
								</li>
							))}
						</ul>
					)
				}
			</Loaded>
			<Suspense>{asked ? <ChooseSource source={asked} onClose={() => setAsked(null)} /> : null}</Suspense>
		</section>
	);
}
