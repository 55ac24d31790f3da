import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { MemberShow } from "./contract-member.ts";
import { EditPerson } from "./page-edit.tsx";
import { Identity } from "./page-identity.tsx";
import css from "./page-person.module.css";
import { Affiliations, Consents, Introductions, Posts } from "./page-person-beside.tsx";
import { History, Merges } from "./page-person-history.tsx";
import { Marks } from "./page-person-marks.tsx";
import { Spells } from "./page-person-spells.tsx";
import { TransferRow } from "./page-transfers.tsx";

const route = getRouteApi("/members/$personId");

/** One person: who she is, where she counts on a day and why, what hangs beside, who has looked and who has changed. */
export function PersonPage() {
	const { personId } = route.useParams();
	const { today } = useSession();
	const [on, setOn] = useState(today);
	const shown = useQuery(
		api.members.show.queryOptions({ input: { personId, on }, placeholderData: (before) => before }),
	);
	return (
		<div className="page">
			<div className="row">
				<Link to="/members">‹ Hội viên</Link>
			</div>
			<Loaded query={shown}>{(person) => <Shown key={personId} person={person} on={on} onDay={setOn} />}</Loaded>
		</div>
	);
}

type Props = { person: MemberShow; on: string; onDay: (day: string) => void };

function Shown({ person, on, onDay }: Props) {
	const [editing, setEditing] = useState(false);
	if (person.mergedInto) {
		return (
			<section className="card page">
				<h1>{person.name}</h1>
				<p>
					Hồ sơ này đã được gộp vào{" "}
					<Link to="/members/$personId" params={{ personId: person.mergedInto }}>
						hồ sơ giữ lại
					</Link>
					.
				</p>
			</section>
		);
	}
	if (editing) return <EditPerson person={person} onClose={() => setEditing(false)} />;
	return (
		<>
			<Head person={person} on={on} onDay={onDay} />
			<div className="two">
				<div className="page">
					<Spells person={person} />
					<Affiliations person={person} />
					<Posts person={person} />
				</div>
				<div className="page">
					<Identity person={person} onEdit={() => setEditing(true)} />
					<Consents person={person} />
					<Introductions person={person} />
				</div>
			</div>
			{person.transfers.length > 0 ? (
				<section className="card">
					<h2>Chuyển sinh hoạt Hội</h2>
					<ul className={css.rows}>
						{person.transfers.map((transfer) => (
							<TransferRow key={transfer.id} transfer={transfer} />
						))}
					</ul>
				</section>
			) : null}
			<Merges person={person} />
			<History person={person} />
		</>
	);
}

/** Who she is, and whether she counts on the day chosen, in one sentence. */
function Head({ person, on, onDay }: Props) {
	const { today } = useSession();
	const counted = person.spells.find((spell) => spell.status === "counts");
	const latest = person.spells.find((spell) => spell.left === null) ?? person.spells[0];
	const where = counted ?? latest;
	return (
		<section className="card page">
			<div className={css.head}>
				<h1>{person.name}</h1>
				{person.honorary ? <span className={css.tag}>Hội viên danh dự</span> : null}
				{person.coreMember ? <span className={css.tag}>Hội viên nòng cốt</span> : null}
			</div>
			<div className="row" style={{ alignItems: "end" }}>
				<div style={{ flex: "1 1 320px" }}>
					{where ? (
						<p className={counted ? css.counted : css.uncounted}>
							{counted ? "✓ Được tính" : "Không được tính"} ngày {displayDay(on)}
							{counted ? `: ${counted.branch}, ${counted.commune}` : `: ${where.statusText}`}
						</p>
					) : (
						<p className={css.uncounted}>Chưa có quá trình tham gia Hội</p>
					)}
					<WhyWords person={person} on={on} />
				</div>
				<DayField
					label="Tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={latestDay(today)}
					onChange={(day) => onDay(day ?? today)}
				/>
			</div>
			<Marks person={person} />
		</section>
	);
}

/** The sentence of the guidance she counts by, or what will make her count. */
function WhyWords({ person, on }: { person: MemberShow; on: string }) {
	const next = person.spells
		.flatMap((spell) => spell.counts)
		.filter(({ from }) => from > on)
		.map(({ from }) => from)
		.sort()[0];
	return (
		<p className="soft">
			{next ? `Được tính từ ngày ${displayDay(next)}. ` : ""}
			Tính người thường trú, hoặc tạm trú từ 6 tháng trở lên (điểm 1.2, mục II, Hướng dẫn 21/HD-ĐCT).
		</p>
	);
}
