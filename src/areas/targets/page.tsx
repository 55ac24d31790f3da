import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count, lowerFirst } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { Allotment } from "./page-allotment.tsx";
import { KIND_LABELS, LEVEL_WORDS } from "./rules.ts";

const OwnForm = lazy(() => import("./page-own.tsx").then((page) => ({ default: page.OwnForm })));

const ProgressCards = lazy(() => import("./page-progress.tsx").then((page) => ({ default: page.ProgressCards })));

const AchievedCards = lazy(() => import("./page-achieved.tsx").then((page) => ({ default: page.AchievedCards })));

const Terms = lazy(() => import("./page-terms.tsx").then((page) => ({ default: page.Terms })));

const FreeForm = lazy(() => import("./page-free.tsx").then((page) => ({ default: page.FreeForm })));

const route = getRouteApi("/targets");

export type Shown = Awaited<ReturnType<typeof api.targets.show.call>>;

const KINDS = ["net_new_members", "communes_over_60", "communes_with_model"] as const;

/** A unit's target as it was handed down to it, and what it hands down itself: the number from above first (R14, R15). */
export function TargetsPage() {
	const session = useSession();
	const { unit: unitId = session.unit.id, name = "", term, year, on, ...search } = route.useSearch();
	const kind = name === "" ? (search.kind ?? "net_new_members") : "free";
	const shown = useQuery(api.targets.show.queryOptions({ input: { unitId, kind, name, termId: term, year, on } }));
	return (
		<div className="page">
			<h1>Chỉ tiêu</h1>
			{unitId !== session.unit.id ? (
				<p>
					<Link to="/targets" search={(old) => ({ ...old, unit: undefined })}>
						‹ Về {session.unit.name}
					</Link>
				</p>
			) : null}
			<Loaded query={shown}>
				{(answer) => <OneTarget key={`${unitId} ${kind} ${name} ${term} ${year}`} shown={answer} on={on} />}
			</Loaded>
			<Choice unit={shown.data?.unit} period={shown.data?.period} mayDecide={shown.data?.mayDecide === true} />
			<Suspense>
				<Terms />
			</Suspense>
		</div>
	);
}

/** Which target: its kind (or the name of one of her own making), and the term or year. */
function Choice({
	unit,
	period,
	mayDecide,
}: {
	unit: Shown["unit"] | undefined;
	period: Shown["period"] | undefined;
	mayDecide: boolean;
}) {
	const { today } = useSession();
	const { kind = "net_new_members", name, term, year } = route.useSearch();
	const navigate = route.useNavigate();
	const [making, setMaking] = useState(false);
	const terms = useQuery(api.targets.terms.queryOptions({ input: {} }));
	const free = useQuery({
		...api.targets.free.queryOptions({ input: { unitId: unit?.unitId } }),
		enabled: unit !== undefined,
	});
	const thisYear = Number(today.slice(0, 4));
	const periods = [
		...(terms.data ?? []).map(({ id, level, name }) => ({ value: `t${id}`, label: `${name} (${LEVEL_WORDS[level]})` })),
		...[thisYear + 1, thisYear, thisYear - 1].map((one) => ({ value: `y${one}`, label: `Năm ${one}` })),
	];
	const running = terms.data?.filter(({ level }) => level === "centre").at(-1);
	const names = [...new Set([...(free.data ?? []).map((one) => one.name), ...(name ? [name] : [])])];
	const choose = (chosen: string) => {
		const named = names.find((one) => `n${one}` === chosen);
		const first = free.data?.find((one) => one.name === named);
		navigate({
			search: (old) =>
				named === undefined
					? { ...old, kind: KINDS.find((one) => one === chosen), name: undefined }
					: { ...old, kind: undefined, name: named, term: first?.termId ?? undefined, year: first?.year ?? undefined },
			replace: true,
		});
	};
	return (
		<section className="card page">
			<h2>Xem chỉ tiêu khác</h2>
			<div className="row" style={{ alignItems: "end" }}>
				<SelectField
					label="Loại chỉ tiêu"
					value={name ? `n${name}` : kind}
					onChange={choose}
					choices={[
						...KINDS.map((value) => ({ value: value as string, label: KIND_LABELS[value] })),
						...names.map((one) => ({ value: `n${one}`, label: one })),
					]}
				/>
				<SelectField
					label="Nhiệm kỳ hoặc năm"
					value={year ? `y${year}` : `t${term ?? running?.id ?? ""}`}
					onChange={(chosen) =>
						navigate({
							search: (old) => ({
								...old,
								term: chosen.startsWith("t") ? Number(chosen.slice(1)) : undefined,
								year: chosen.startsWith("y") ? Number(chosen.slice(1)) : undefined,
							}),
							replace: true,
						})
					}
					choices={periods}
				/>
			</div>
			{mayDecide && unit && period ? (
				<p>
					<button type="button" className="link" onClick={() => setMaking(true)}>
						Đặt chỉ tiêu khác, có tên và đơn vị tính
					</button>
				</p>
			) : null}
			<Suspense>
				{making && unit && period ? (
					<FreeForm
						unit={unit}
						period={period}
						onClose={() => setMaking(false)}
						onMade={(made) => {
							setMaking(false);
							navigate({
								search: (old) => ({
									...old,
									kind: undefined,
									name: made,
									term: period.termId ?? undefined,
									year: period.year ?? undefined,
								}),
							});
						}}
					/>
				) : null}
			</Suspense>
		</section>
	);
}

function OneTarget({ shown, on }: { shown: Shown; on: string | undefined }) {
	const [deciding, setDeciding] = useState(false);
	const { unit, target, period, kind, rows } = shown;
	const isOwn = unit.kind === "centre" || target === null || target.decision?.fromUnit === unit.name;
	const mayDecide = shown.mayDecide && isOwn;
	return (
		<>
			{target ? (
				<section className="card">
					<h2>
						{labelOf(shown)}, {lowerFirst(period.name)}
					</h2>
					<p className={css.figure}>
						{kind === "net_new_members" ? "+" : ""}
						{count(target.value)} <span className={css.measure}>{shown.measure}</span>
					</p>
					<p className="soft">{standingWords(shown)}</p>
					{shown.closed ? (
						<p>
							Nhiệm kỳ đã kết thúc, chốt ngày {displayDay(shown.closed.onDay)}:{" "}
							{shown.closed.achieved === null
								? "chưa ghi kết quả"
								: `đã thực hiện ${count(shown.closed.achieved)} trên ${count(shown.closed.value)}`}
							.
						</p>
					) : null}
				</section>
			) : (
				<section className="card">
					<EmptyState
						title={`${unit.name} chưa có ${lowerFirst(labelOf(shown))} cho ${lowerFirst(period.name)}`}
						action={
							mayDecide ? <Button onClick={() => setDeciding(true)}>Nhập chỉ tiêu của {unit.name}</Button> : undefined
						}
					>
						{mayDecide
							? unit.kind === "centre"
								? "Nhập chỉ tiêu của Trung ương Hội theo văn bản, sau đó phân bổ cho các tỉnh, thành phố ở bảng dưới."
								: "Nếu Hội cấp trên giao thì số ấy hiện ở đây. Chỉ tiêu do đơn vị tự đề ra thì nhập theo văn bản của mình."
							: "Khi Hội cấp trên giao chỉ tiêu, con số và số văn bản hiện ở đây."}
					</EmptyState>
				</section>
			)}
			{target && mayDecide ? (
				<p>
					<button type="button" className="link" onClick={() => setDeciding(true)}>
						Điều chỉnh chỉ tiêu của {unit.name}
					</button>
				</p>
			) : null}
			{rows.length > 0 ? <Allotment shown={shown} /> : null}
			{kind === "net_new_members" || kind === "communes_over_60" ? (
				<Suspense>
					<ProgressCards shown={shown} on={on} />
				</Suspense>
			) : null}
			{kind === "communes_with_model" || kind === "free" ? (
				<Suspense>
					<AchievedCards shown={shown} kind={kind} on={on} />
				</Suspense>
			) : null}
			<History shown={shown} />
			<Suspense>{deciding ? <OwnForm shown={shown} onClose={() => setDeciding(false)} /> : null}</Suspense>
		</>
	);
}

/** What the target is called: the name of one of a unit's own making. */
function labelOf({ kind, name }: Shown): string {
	return kind === "free" ? `Chỉ tiêu ${lowerFirst(name)}` : KIND_LABELS[kind];
}

/** Where the number comes from: document and who gave it, the baseline, and what was taken over from units before a reorganisation. */
function standingWords({ target, unit }: Shown): string {
	if (!target) return "";
	const { decision, carried, estimated } = target;
	return [
		decision
			? `${decision.fromUnit === unit.name || decision.fromUnit === "" ? "Theo" : `${decision.fromUnit} giao theo`} ${decision.document} (${displayDay(decision.documentOn)}).`
			: "",
		carried ? "Có phần cộng từ các đơn vị trước sắp xếp." : "",
		estimated ? "Ước tính: một phần chia từ đơn vị trước sắp xếp." : "",
		decision?.baselineOn
			? `So với ${count(decision.baselineMembers ?? 0)} hội viên ngày ${displayDay(decision.baselineOn)}${decision.baselineDocument ? ` (${decision.baselineDocument})` : ""}.`
			: "",
		decision?.reason ? `Lý do giao thiếu: ${decision.reason}.` : "",
	]
		.filter(Boolean)
		.join(" ");
}

/** Every decision so far, the latest first. */
function History({ shown }: { shown: Shown }) {
	const { history } = shown;
	if (history.length === 0) return null;
	return (
		<section className="card">
			<h2>Các lần giao, điều chỉnh chỉ tiêu</h2>
			<ul>
				{history.map((one) => (
					<li key={one.id}>
						<b>{count(one.value)}</b> theo {one.document}, ngày {displayDay(one.documentOn)}
						{one.decidedBy ? `, ${one.decidedBy} ghi` : ""}
						{one.superseded ? <span className="soft"> (đã điều chỉnh)</span> : null}
					</li>
				))}
			</ul>
		</section>
	);
}
