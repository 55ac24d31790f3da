import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { addDays } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";

const DAYS = 30;

/** What the levels above have done in this unit's place of late: told on her first screen, not only kept in the log (R39). */
export function ActedForUs() {
	const { today, unit, verbs } = useSession();
	const { data } = useQuery(
		api.access.actedForUs.queryOptions({
			input: { since: addDays(today, -DAYS), limit: 1 },
			enabled: verbs.includes("audit.read"),
		}),
	);
	if (!data || data.count === 0) return null;
	const [last] = data.rows;
	return (
		<p className="card">
			Hội cấp trên đã nhập thay {unit.name} <b>{count(data.count)}</b> việc trong {DAYS} ngày qua; gần nhất là{" "}
			{last.account}, {displayTime(last.at)}.{" "}
			<Link to="/audit" search={{ acting: true }}>
				Xem đã làm gì
			</Link>
		</p>
	);
}
