import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { RateCard } from "../../ui/RateCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { TrendCard } from "../gathering/page-overview-trend.tsx";
import { Why } from "../gathering/page-why.tsx";
import css from "./page.module.css";
import { EarlierCases, Revisions } from "./page-history.tsx";
import { Causes, Groups, Help, RoadMap, Solutions } from "./page-story.tsx";
import { nextStep, type Shown } from "./page-words.ts";
import { CASE_STATE_WORDS, WHY_WORDS } from "./rules.ts";

const OpenForm = lazy(() => import("./page-open.tsx").then((page) => ({ default: page.OpenForm })));
const HeadForm = lazy(() => import("./page-open.tsx").then((page) => ({ default: page.HeadForm })));
const CloseForm = lazy(() => import("./page-open.tsx").then((page) => ({ default: page.CloseForm })));

/** What areas above have to say of a commune's support, in the order of the story: each a card that draws nothing where it has nothing. */
const CARDS: readonly LazyExoticComponent<ComponentType<{ unitId: number }>>[] = [
	lazy(() => import("../effect/page-commune.tsx").then((page) => ({ default: page.EffectCards }))),
];

const route = getRouteApi("/support/$unitId");

/** The case of one commune. */
export function CasePage() {
	const { unitId } = route.useParams();
	return <CaseOf unitId={Number(unitId)} />;
}

/** A case as one story, from where the commune stands to who helps; it prints on two pages. `own`: the chair's own. */
export function CaseOf({ unitId, own = false }: { unitId: number; own?: boolean }) {
	const shown = useQuery(api.support.show.queryOptions({ input: { unitId } }));
	return (
		<div className={`page ${css.case}`}>
			<Loaded query={shown}>{(answer) => <Story shown={answer} own={own} />}</Loaded>
		</div>
	);
}

function Story({ shown, own }: { shown: Shown; own: boolean }) {
	const [why, setWhy] = useState<number>();
	const { today } = useSession();
	const { unit, row, case: found } = shown;
	return (
		<>
			<div className="row">
				<h1>
					{own ? <span className="on-screen">Hỗ trợ cơ sở mình</span> : null}
					<span className={own ? "on-paper" : undefined}>Hồ sơ hỗ trợ {unit.name}</span>
				</h1>
				<span className={`end ${css.screen}`}>{own ? null : <Link to="/support">‹ Danh sách hỗ trợ</Link>}</span>
			</div>
			<p className="soft">
				{own ? `${unit.name}, ` : ""}
				{unit.path.join(", ")} · tạm tính ngày {displayDay(today)}
			</p>
			<div className="two">
				<RateCard
					caption="hôm nay, tạm tính"
					members={row.members}
					women18={row.women18}
					rate={row.rate}
					cls={row.class}
					missing={row.missing}
					source={undefined}
					onExplain={() => setWhy(row.id)}
				/>
				<Standing shown={shown} />
			</div>
			{found && shown.state !== "none" ? (
				<>
					<Causes shown={shown} found={found} />
					<Groups shown={shown} found={found} />
					<Solutions shown={shown} found={found} />
					<RoadMap shown={shown} found={found} />
					<Help shown={shown} found={found} />
				</>
			) : null}
			{CARDS.map((Card, at) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the list never changes.
				<Suspense key={at}>
					<Card unitId={unit.unitId} />
				</Suspense>
			))}
			<div className={css.screen}>
				<TrendCard row={row} />
			</div>
			<EarlierCases shown={shown} />
			<Revisions shown={shown} />
			<Why unitId={why} on={today} onClose={() => setWhy(undefined)} />
		</>
	);
}

/** How the case stands, since when, and what is next. */
function Standing({ shown }: { shown: Shown }) {
	const [asked, setAsked] = useState<"open" | "head" | "close" | null>(null);
	const { state, case: found, mayWrite, row, since } = shown;
	const isOpen = found !== null && found.closed === null && state !== "none";
	return (
		<section className="card page">
			<h2>Hồ sơ hỗ trợ</h2>
			<p>
				<span className={css.state}>{CASE_STATE_WORDS[state]}</span>
			</p>
			<p className={css.next}>
				<b>Việc tiếp theo: </b>
				{nextStep(shown)}
			</p>
			{found ? <p className="soft">{factsOf(shown)}</p> : null}
			{since && row.class !== "over" ? (
				<p className="soft">Chưa đạt trên 60% liên tục qua các kỳ 6 tháng từ ngày {displayDay(since)}.</p>
			) : null}
			{found?.note ? <p className={css.said}>{found.note}</p> : null}
			<div className={`row ${css.screen}`}>
				{mayWrite && !isOpen ? (
					<Button variant={row.class === "over" ? "default" : "filled"} onClick={() => setAsked("open")}>
						Lập hồ sơ hỗ trợ
					</Button>
				) : null}
				{mayWrite && isOpen ? (
					<Button variant={state === "confirmed" ? "filled" : "default"} onClick={() => setAsked("close")}>
						Kết thúc hồ sơ
					</Button>
				) : null}
				{mayWrite && isOpen ? (
					<Button variant="default" onClick={() => setAsked("head")}>
						Ghi tình hình chung
					</Button>
				) : null}
				{found ? (
					<Button variant="default" onClick={() => window.print()}>
						In hồ sơ
					</Button>
				) : null}
			</div>
			<Suspense>
				{asked === "open" ? <OpenForm shown={shown} onClose={() => setAsked(null)} /> : null}
				{asked === "head" ? <HeadForm shown={shown} onClose={() => setAsked(null)} /> : null}
				{asked === "close" ? <CloseForm shown={shown} onClose={() => setAsked(null)} /> : null}
			</Suspense>
		</section>
	);
}

function factsOf({ case: found, crossedOn }: Shown): string {
	if (!found) return "";
	const { openedOn, openedBy, why, before, goalOn, origins, closed, veryDifficult } = found;
	return [
		`Lập ngày ${displayDay(openedOn)}${openedBy && why !== "carried" ? ` (${openedBy})` : ""}, ${WHY_WORDS[why]}.`,
		origins.length > 0 ? `Từ hồ sơ của ${origins.map(({ name }) => name).join(", ")}.` : "",
		before ? `Khi lập: ${before.rate.replace(".", ",")}%.` : "",
		goalOn && !closed ? `Phấn đấu trên 60% vào ngày ${displayDay(goalOn)}.` : "",
		crossedOn ? `Trên 60% từ ngày ${displayDay(crossedOn)}.` : "",
		veryDifficult ? "Địa bàn quá khó khăn: cần phân công ủy viên Ban Chấp hành phụ trách." : "",
		closed ? `Kết thúc ngày ${displayDay(closed.on)}${closed.by ? ` (${closed.by})` : ""}.` : "",
		closed?.confirmedOn ? `Số liệu ngày ${displayDay(closed.confirmedOn)} xác nhận.` : "",
		closed?.note ?? "",
	]
		.filter(Boolean)
		.join(" ");
}
