import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { toProblem } from "../../web/problem.ts";
import { useSession } from "../../web/session.ts";
import { Below } from "./page-below.tsx";
import { OneReport } from "./page-report.tsx";

const OpenPeriod = lazy(() => import("./page-open.tsx").then((page) => ({ default: page.OpenPeriod })));
const OpenOther = lazy(() => import("./page-open-other.tsx").then((page) => ({ default: page.OpenOther })));
const Forms = lazy(() => import("./page-forms.tsx").then((page) => ({ default: page.Forms })));
const ReminderAddress = lazy(() => import("./page-reminder.tsx").then((page) => ({ default: page.ReminderAddress })));
const Plans = lazy(() => import("./page-plans.tsx").then((page) => ({ default: page.Plans })));
const Timeliness = lazy(() => import("./page-timeliness.tsx").then((page) => ({ default: page.Timeliness })));

const route = getRouteApi("/reports");

export type Periods = Awaited<ReturnType<typeof api.reports.periods.call>>;

/** The half-year close: what is due, the unit's own report, and those of whoever reports to it (R8, R34). */
export function ReportsPage() {
	const session = useSession();
	const { unit: unitId = session.unit.id } = route.useSearch();
	const periods = useQuery(api.reports.periods.queryOptions({ input: {} }));
	return (
		<div className="page">
			<h1>Báo cáo định kỳ</h1>
			{unitId !== session.unit.id ? (
				<p>
					<Link to="/reports" search={(old) => ({ ...old, unit: undefined })}>
						‹ Về {session.unit.name}
					</Link>
				</p>
			) : null}
			<Loaded query={periods}>{(answer) => <Chosen periods={answer} unitId={unitId} />}</Loaded>
		</div>
	);
}

function Chosen({ periods, unitId }: { periods: Periods; unitId: number }) {
	const { today } = useSession();
	const { period: wanted } = route.useSearch();
	const shown =
		periods.periods.find(({ id }) => id === wanted) ??
		periods.periods.find(({ opensOn, kind }) => opensOn <= today && kind !== "plan") ??
		periods.periods[0];
	return (
		<>
			{shown ? (
				<Reports key={`${shown.id} ${unitId}`} periodId={shown.id} unitId={unitId} />
			) : (
				<section className="card">
					<EmptyState title="Chưa có kỳ báo cáo">
						{periods.mayOpen
							? "Hãy mở kỳ theo lịch ở dưới; các cấp Hội sẽ thấy hạn gửi và số liệu của mình."
							: "Khi Trung ương Hội mở kỳ báo cáo, số liệu của đơn vị và hạn gửi hiện ở đây."}
					</EmptyState>
				</section>
			)}
			<Calendar periods={periods} shown={shown?.id} />
			{periods.mayOpen ? (
				<Suspense>
					<Forms forms={periods.forms} />
				</Suspense>
			) : null}
			{periods.periods.some(({ kind }) => kind === "plan") ? (
				<Suspense>
					<Plans />
				</Suspense>
			) : null}
			{periods.periods.length > 0 ? (
				<Suspense>
					<Timeliness unitId={unitId} />
				</Suspense>
			) : null}
			<Suspense>
				<ReminderAddress />
			</Suspense>
		</>
	);
}

/** The unit's own report, and the reports below it; of a unit that reports nothing, the latter alone or a word that says so. */
function Reports({ periodId, unitId }: { periodId: number; unitId: number }) {
	const own = useQuery({
		...api.reports.show.queryOptions({ input: { periodId, unitId } }),
		retry: false,
	});
	const below = useQuery({ ...api.reports.list.queryOptions({ input: { periodId, unitId } }), retry: false });
	const problem = own.error ? toProblem(own.error) : null;
	const list = below.data && below.data.rows.length > 0 ? <Below list={below.data} periodId={periodId} /> : null;
	// Until all below are closed the work is there; her own report is made of theirs.
	const isBusyBelow = below.data?.rows.some(({ state }) => state !== "locked") === true;
	if (problem && !list)
		return problem.code === "report.no_report" ? (
			<section className="card">
				<EmptyState title="Đơn vị này không phải gửi báo cáo trong kỳ đã chọn" />
			</section>
		) : (
			<ProblemAlert problem={problem} onRetry={() => own.refetch()} />
		);
	return (
		<>
			{isBusyBelow ? list : null}
			{own.data ? <OneReport shown={own.data} /> : problem ? null : <Loaded query={own}>{() => null}</Loaded>}
			{isBusyBelow ? null : list}
		</>
	);
}

/** Closes a period to further reports, or opens it again. */
function Closing({ period: { id, name, version, closed } }: { period: Periods["periods"][number] }) {
	const set = useCommand(client.reports.setClosed, {
		refresh: [api.reports.key()],
		said: closed ? `Đã mở lại kỳ ${name}.` : `Đã khóa kỳ ${name}.`,
	});
	return (
		<>
			<Button
				size="compact-sm"
				variant="default"
				loading={set.busy}
				aria-label={closed ? `Mở lại kỳ ${name}` : `Khóa kỳ ${name}`}
				onClick={() => set.run({ periodId: id, version, closed: !closed })}
			>
				{closed ? "Mở lại kỳ" : "Khóa kỳ"}
			</Button>
			<ProblemAlert problem={set.problem} />
		</>
	);
}

/** Every period with its two dates, and what the calendar proposes. */
function Calendar({ periods, shown }: { periods: Periods; shown: number | undefined }) {
	const navigate = route.useNavigate();
	const [opening, setOpening] = useState<Periods["proposed"][number] | null>(null);
	const [other, setOther] = useState(false);
	const { mayOpen, proposed } = periods;
	return (
		<section className="card page">
			<h2>Lịch báo cáo</h2>
			{periods.periods.length > 1 ? (
				<SelectField
					label="Kỳ báo cáo"
					value={String(shown ?? "")}
					onChange={(chosen) => navigate({ search: (old) => ({ ...old, period: Number(chosen) || undefined }) })}
					choices={periods.periods.map(({ id, name }) => ({ value: String(id), label: name }))}
				/>
			) : null}
			<ul>
				{periods.periods.map((one) => (
					<li key={one.id}>
						<b>{one.name}</b>: số liệu đến hết ngày {displayDay(one.dataUntil)}, hạn báo cáo {displayDay(one.dueOn)}
						{one.dueLevels.commune ? ` (cấp xã ${displayDay(one.dueLevels.commune)})` : ""}
						{one.closed ? <span className="soft"> · đã khóa kỳ</span> : null}{" "}
						{mayOpen ? <Closing period={one} /> : null}
					</li>
				))}
				{proposed.map((one) => (
					<li key={one.name}>
						{one.name}: số liệu đến hết ngày {displayDay(one.dataUntil)} <span className="soft">· chưa mở</span>{" "}
						<Button size="compact-sm" variant="default" onClick={() => setOpening(one)}>
							Mở kỳ {one.name}
						</Button>
					</li>
				))}
			</ul>
			{mayOpen ? (
				<>
					<p>
						<button type="button" className="link" onClick={() => setOther(true)}>
							Mở kỳ khác (năm, sơ kết, tổng kết, đột xuất, kế hoạch)
						</button>
					</p>
					<Suspense>
						{opening ? <OpenPeriod proposed={opening} onClose={() => setOpening(null)} /> : null}
						{other ? <OpenOther forms={periods.forms} onClose={() => setOther(false)} /> : null}
					</Suspense>
				</>
			) : null}
		</section>
	);
}
