import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "./contract.ts";
import css from "./page-units.module.css";

/** Who heads a unit, and who is active at a club or special base: for those who may read its members. */
export function UnitPeople({ unit, on }: { unit: UnitRow; on: string }) {
	const { verbs } = useSession();
	if (!verbs.includes("members.read")) return null;
	return (
		<>
			<Posts unit={unit} on={on} />
			{["club", "special_base", "force"].includes(unit.kind) ? <Affiliated unit={unit} on={on} /> : null}
		</>
	);
}

function Posts({ unit, on }: { unit: UnitRow; on: string }) {
	const posts = useQuery(api.members.posts.queryOptions({ input: { id: unit.id, on } }));
	if (posts.data?.length === 0) return null;
	return (
		<section className="card">
			<h2>Cán bộ</h2>
			<Loaded query={posts}>
				{(rows) => (
					<ul className={css.names}>
						{rows.map((row) => (
							<li key={`${row.personId} ${row.postText}`}>
								<span className="soft">{row.postText}</span> <Person {...row} />{" "}
								<span className="soft">từ {displayDay(row.since)}</span>
							</li>
						))}
					</ul>
				)}
			</Loaded>
		</section>
	);
}

/** A woman counts where she lives, whichever unit she is active in (R3). */
function Affiliated({ unit, on }: { unit: UnitRow; on: string }) {
	const people = useQuery(api.members.affiliated.queryOptions({ input: { id: unit.id, on } }));
	return (
		<section className="card">
			<h2>Sinh hoạt tại đây</h2>
			<Loaded query={people}>
				{({ rows, residingElsewhere }) => (
					<>
						{rows.length === 0 && residingElsewhere === 0 ? <p>Chưa ghi nhận ai sinh hoạt tại đây.</p> : null}
						<ul className={css.names}>
							{rows.map((row) => (
								<li key={row.personId}>
									<Person {...row} /> <span className="soft">{row.residesAt}</span>
								</li>
							))}
						</ul>
						{residingElsewhere > 0 ? (
							<p className="soft">Sinh hoạt tại đây, cư trú nơi khác: {count(residingElsewhere)} (không tính).</p>
						) : null}
					</>
				)}
			</Loaded>
		</section>
	);
}

function Person({ personId, name }: { personId: string; name: string }) {
	return (
		<Link to="/members/$personId" params={{ personId }}>
			{name}
		</Link>
	);
}
