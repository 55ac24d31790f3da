import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import { count, lowerFirst, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { ratesOf } from "./rules-content.ts";
import { STATE_WORDS } from "./rules-words.ts";

/** On the first screen: the report that is due, and what was reported last ("đã chốt") beside what is true now. */
export function ReportCard() {
	const { unit, today } = useSession();
	const periods = useQuery(api.reports.periods.queryOptions({ input: {} }));
	const open = periods.data?.periods.find(({ opensOn, kind }) => opensOn <= today && kind !== "plan");
	const shown = useQuery({
		...api.reports.show.queryOptions({ input: { periodId: open?.id, unitId: unit.id } }),
		enabled: open !== undefined,
		retry: false,
	});
	if (!shown.data) return null;
	const { period, report, frozen, previous } = shown.data;
	const reported = frozen[0]?.counts ?? (previous?.frozen ? previous.counts : null);
	const rate = reported ? ratesOf(unit.kind, reported).rate : null;
	return (
		<section className="card">
			<h2>Kỳ báo cáo: {lowerFirst(period.name)}</h2>
			<p>
				<span className={css.state}>{STATE_WORDS[report.state]}</span> Số liệu đến hết ngày{" "}
				{displayDay(period.dataUntil)}, hạn gửi {displayDay(period.due)}. <Link to="/reports">Mở báo cáo</Link>
			</p>
			{reported ? (
				<p className="soft">
					{frozen[0] ? "Đã báo cáo kỳ này" : `Kỳ trước, ${lowerFirst(previous?.name ?? "")}`}:{" "}
					{count(reported.members ?? 0)} hội viên
					{rate ? `, ${percent(rate)}` : ""} (đã chốt).
				</p>
			) : null}
		</section>
	);
}
