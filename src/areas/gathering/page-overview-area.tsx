import { ORPCError } from "@orpc/client";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { RateCard } from "../../ui/RateCard.tsx";
import { StatCard } from "../../ui/StatCard.tsx";
import { Strip } from "../../ui/Strip.tsx";
import type { StripUnit } from "../../ui/strip-layout.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import css from "./page-overview.module.css";
import { FurthestCard, NearestCard } from "./page-overview-lists.tsx";
import { Why } from "./page-why.tsx";
import { communeNoun, dayNotes, nextDeadline } from "./rules-day.ts";
import type { RateList } from "./rules-lists.ts";

const ProvinceCard = lazy(() => import("./page-overview-map.tsx").then((page) => ({ default: page.ProvinceCard })));
const ReportCard = lazy(() => import("../reporting/page-card.tsx").then((page) => ({ default: page.ReportCard })));

const route = getRouteApi("/");

export type Overview = Awaited<ReturnType<typeof api.gathering.overview.call>>;

/** The first screen of centre, cluster, province and district: communes by class, who is near, who is far, what is unknown. */
export function AreaOverview({ on }: { on: string }) {
	const { unit, today } = useSession();
	const navigate = route.useNavigate();
	const overview = useQuery(api.gathering.overview.queryOptions({ input: { id: unit.id, on } }));
	// Provinces and districts have a first and a last day: a day outside is answered on the rates page, by what stood in their place.
	const standing = !(overview.error instanceof ORPCError && overview.error.code === "unit.not_found");
	return (
		<div className="page">
			<div className="row" style={{ alignItems: "end" }}>
				<h1>Tổng quan</h1>
				<span className="end">
					<DayField
						label="Tại ngày"
						value={on}
						earliest={EARLIEST}
						latest={latestDay(today)}
						onChange={(day) => navigate({ search: { on: dayOrToday(day ?? today, today) }, replace: true })}
					/>
				</span>
			</div>
			{dayNotes(on, today).map((note) => (
				<p key={note} className="soft">
					{note}
				</p>
			))}
			{standing ? (
				<Loaded query={overview}>{(data) => <Area data={data} on={on} />}</Loaded>
			) : (
				<EmptyState
					title={`${unit.name} chưa có hoặc không còn vào ngày ${displayDay(on)}`}
					action={
						<Link to="/gathering" search={{ on: dayOrToday(on, today) }}>
							Xem các đơn vị trước và sau sắp xếp
						</Link>
					}
				/>
			)}
		</div>
	);
}

function Area({ data, on }: { data: Overview; on: string }) {
	const { unit, today, verbs } = useSession();
	const navigate = useNavigate();
	const [why, setWhy] = useState<number>();
	const sources = useQuery(api.populations.sources.queryOptions({ input: { on } }));
	const units = useMemo(() => stripUnits(data), [data]);
	const openUnit = useCallback(
		(one: StripUnit) => navigate({ to: "/gathering", search: { unit: Number(one.code), on: dayOrToday(on, today) } }),
		[navigate, on, today],
	);
	const noun = communeNoun(on);
	return (
		<>
			<Classes data={data} on={on} />
			<div className="two">
				<RateCard
					caption={on === today ? "hôm nay, tạm tính · tham khảo" : `ngày ${displayDay(on)} · tham khảo`}
					members={data.unit.members}
					women18={data.unit.women18}
					rate={data.unit.rate}
					cls={null}
					missing={null}
					source={sources.data ? (sources.data.find(({ official }) => official)?.name ?? "") : undefined}
					without={{ number: data.unit.without_denominator, noun }}
					onExplain={() => setWhy(data.unit.id)}
				/>
				<OpenWork data={data} on={on} />
			</div>
			{units.length > 0 ? (
				<Strip units={units} noun={noun} fileName={`ty-le-${unit.code ?? unit.id}-${on}`} onOpen={openUnit} />
			) : (
				<EmptyState
					title="Chưa vẽ được tỷ lệ của các đơn vị"
					action={
						<Link to="/populations" search={{}}>
							Nhập số phụ nữ từ 18 tuổi trở lên
						</Link>
					}
				>
					Chưa có {noun} nào có số phụ nữ từ 18 tuổi trở lên vào ngày này.
				</EmptyState>
			)}
			{units.length > 0 ? (
				<div className="two">
					<NearestCard communes={data.communes} on={on} />
					<FurthestCard communes={data.communes} on={on} />
				</div>
			) : null}
			{data.provinces.length > 1 ? (
				<Suspense fallback={<p className="soft">Đang tải bản đồ…</p>}>
					<ProvinceCard provinces={data.provinces} on={on} />
				</Suspense>
			) : null}
			{on === today && verbs.includes("reports.read") ? (
				<Suspense>
					<ReportCard />
				</Suspense>
			) : null}
			<Why unitId={why} on={on} onClose={() => setWhy(undefined)} />
		</>
	);
}

/** How many communes stand in each class now, and how many stood there when the term began. */
function Classes({ data, on }: { data: Overview; on: string }) {
	const { today } = useSession();
	const navigate = useNavigate();
	const { classes, classesBefore: before } = data;
	const open = (list: RateList) => () => navigate({ to: "/gathering", search: { on: dayOrToday(on, today), list } });
	const all = classes.under + classes.exactly + classes.over + classes.none;
	// Where nothing was known then, "0 trên 10.598" would read as a result.
	const known = before !== null && before.under + before.exactly + before.over > 0;
	const then = (number: number | undefined) =>
		known && number !== undefined
			? `Ngày ${displayDay(before.on)}: ${count(number)} trên ${count(before.under + before.exactly + before.over + before.none)}.`
			: "";
	return (
		<div className={css.four}>
			<StatCard
				label="Dưới 60%"
				tone="under"
				value={classes.under}
				note={`Trên ${count(all)} ${communeNoun(on)}. ${then(before?.under)}`}
				onOpen={open("under")}
			/>
			<StatCard
				label="Bằng 60% (chưa đạt trên 60%)"
				tone="exactly"
				value={classes.exactly}
				note={`${classes.exactly > 0 ? "Thêm 1 hội viên là đạt. " : ""}${then(before?.exactly)}`}
				onOpen={open("exactly")}
			/>
			<StatCard
				label="Trên 60%"
				tone="over"
				value={classes.over}
				note={`${data.over100 > 0 ? `Trong đó ${count(data.over100)} trên 100% (số liệu năm 2019). ` : ""}${then(before?.over)}`}
				onOpen={open("over")}
			/>
			{classes.none > 0 ? (
				<StatCard
					label="Chưa có số liệu phụ nữ từ 18 tuổi trở lên"
					value={classes.none}
					note="Chưa tính được tỷ lệ."
					onOpen={open("none")}
				/>
			) : null}
		</div>
	);
}

/** What is still unknown or due at this level. */
function OpenWork({ data, on }: { data: Overview; on: string }) {
	const { unit, today } = useSession();
	const { day, daysLeft, period } = nextDeadline(today);
	const within = ["province", "cluster"].includes(unit.kind) ? unit.id : undefined;
	const open = useQuery(api.units.openWork.queryOptions({ input: { within } }));
	const notOver = data.classes.under + data.classes.exactly;
	return (
		<section className="card">
			<h2>Cần quan tâm</h2>
			<ul className={css.due}>
				<li>
					<b>{count(notOver)}</b>
					<span>
						<Link to="/gathering" search={{ on: dayOrToday(on, today), list: "not_over" }}>
							{communeNoun(on)} chưa đạt trên 60%
						</Link>
						<span className="soft"> — danh sách để hướng dẫn, hỗ trợ</span>
					</span>
				</li>
				{data.classes.none > 0 ? (
					<li>
						<b>{count(data.classes.none)}</b>
						<span>
							<Link to="/populations" search={{}}>
								đơn vị chưa có số liệu phụ nữ từ 18 tuổi trở lên
							</Link>
						</span>
					</li>
				) : null}
				{open.data && open.data.length > 0 ? (
					<li>
						<b>{count(open.data.length)}</b>
						<span>
							<Link to="/units/open-work">xã, phường, thị trấn cũ chưa phân sau sắp xếp</Link>
							<span className="soft"> — tính ở mục “Chưa phân” của tỉnh</span>
						</span>
					</li>
				) : null}
				<li>
					<b>{count(daysLeft)}</b>
					<span>
						ngày nữa hết hạn cập nhật dữ liệu hội viên {period}
						<span className="soft"> — ngày cuối {displayDay(day)}</span>
					</span>
				</li>
			</ul>
		</section>
	);
}

function stripUnits({ communes }: Overview): StripUnit[] {
	return communes.map(({ id, name, rate, class: cls }) => ({ code: String(id), name, rate: Number(rate), cls }));
}
