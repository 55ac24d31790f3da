import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { SupportList } from "./page-list.tsx";
import { CASE_STATE_WORDS } from "./rules.ts";
import type { CaseState } from "./rules-kinds.ts";

const Counted = lazy(() => import("./page-counted.tsx").then((page) => ({ default: page.Counted })));

const route = getRouteApi("/support");

export type Overview = Awaited<ReturnType<typeof api.support.overview.call>>;

/** Whom there is to support in an area, how far each is, which causes and solutions: for province, cluster and centre (R17). */
export function AreaSupport() {
	const session = useSession();
	const { unit = session.unit.id } = route.useSearch();
	const overview = useQuery(api.support.overview.queryOptions({ input: { unitId: unit } }));
	return (
		<div className="page">
			<div className="row">
				<h1>Hỗ trợ cơ sở Hội chưa đạt trên 60%</h1>
				<span className="end">
					<Link to="/support/catalogue">Danh mục nguyên nhân, giải pháp</Link>
				</span>
			</div>
			<Places unit={unit} />
			<Loaded query={overview}>{(answer) => <States shown={answer} />}</Loaded>
			<SupportList unit={unit} />
			{overview.data ? (
				<Suspense>
					<Counted shown={overview.data} />
				</Suspense>
			) : null}
		</div>
	);
}

/** Which area: a cluster or a province of hers. */
function Places({ unit }: { unit: number }) {
	const session = useSession();
	const navigate = route.useNavigate();
	const wide = session.unit.kind === "centre" || session.unit.kind === "cluster";
	const clusters = useQuery({ ...api.units.clusters.queryOptions({ input: {} }), enabled: wide });
	if (!wide || !clusters.data) return null;
	const mine = clusters.data.filter(({ id }) => session.unit.kind === "centre" || id === session.unit.id);
	return (
		<SelectField
			label="Đơn vị"
			value={String(unit)}
			onChange={(chosen) =>
				navigate({
					search: (old) => ({ ...old, unit: Number(chosen) === session.unit.id ? undefined : Number(chosen) }),
					replace: true,
				})
			}
			choices={[
				{ value: String(session.unit.id), label: session.unit.kind === "centre" ? "Cả nước" : session.unit.name },
				...(session.unit.kind === "centre" ? mine.map(({ id, name }) => ({ value: String(id), label: name })) : []),
				...mine
					.flatMap(({ provinces }) => provinces)
					.toSorted((a, b) => a.name.localeCompare(b.name, "vi"))
					.map(({ id, name }) => ({ value: String(id), label: name })),
			]}
		/>
	);
}

const SHOWN: readonly CaseState[] = ["none", "open", "fell_back", "waiting", "confirmed"];
const TONES = { none: "under", open: "plain", fell_back: "under", waiting: "over", confirmed: "over" } as const;
const NOTES: Record<string, string> = {
	none: "Chưa đạt trên 60% mà chưa có hồ sơ.",
	open: "Đã có hồ sơ, chưa đạt trên 60%.",
	fell_back: "Một kỳ 6 tháng trước đã trên 60%.",
	waiting: "Hồ sơ mở đến khi số liệu kỳ 6 tháng xác nhận.",
	confirmed: "Rà soát sẽ kết thúc các hồ sơ này.",
};

/** The funnel: communes by how their case stands, and the review that opens and closes by rule. */
function States({ shown }: { shown: Overview }) {
	const { verbs } = useSession();
	const navigate = route.useNavigate();
	const [asking, setAsking] = useState(false);
	const of = (state: CaseState) => shown.states.find((one) => one.state === state)?.communes ?? 0;
	const review = useCommand(client.support.review, {
		refresh: [api.support.key()],
		said: (done) => `Đã lập ${count(done.opened)} hồ sơ, kết thúc ${count(done.closed)} hồ sơ.`,
		onDone: () => setAsking(false),
	});
	return (
		<>
			<div className={css.figures}>
				{SHOWN.filter((state) => of(state) > 0 || state === "none" || state === "open").map((state) => (
					<StatCard
						key={state}
						label={CASE_STATE_WORDS[state]}
						value={of(state)}
						tone={TONES[state as keyof typeof TONES]}
						note={NOTES[state]}
						onOpen={
							state === "waiting" || state === "confirmed"
								? undefined
								: () => navigate({ search: (old) => ({ ...old, state }), replace: true, resetScroll: false })
						}
					/>
				))}
			</div>
			{verbs.includes("support.write") ? (
				<div className="row">
					<Button variant={of("none") > 0 ? "filled" : "default"} onClick={() => setAsking(true)}>
						Rà soát, lập hồ sơ
					</Button>
					<span className="soft">Tình hình hôm nay, {displayDay(shown.on)} (tạm tính).</span>
				</div>
			) : null}
			<ConfirmDialog
				opened={asking}
				title={`Rà soát cơ sở của ${shown.unit.name}?`}
				confirm="Rà soát"
				busy={review.busy}
				problem={review.problem}
				onConfirm={() => review.run({ unitId: shown.unit.unitId })}
				onClose={() => setAsking(false)}
			>
				Lập hồ sơ cho {count(of("none"))} cơ sở chưa đạt trên 60% mà chưa có; kết thúc {count(of("confirmed"))} hồ sơ đã
				được số liệu kỳ 6 tháng xác nhận.
			</ConfirmDialog>
		</>
	);
}
