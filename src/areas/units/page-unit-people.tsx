import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { UnitRow } from "./contract.ts";
import { useHolds } from "./page-holds.ts";
import css from "./page-units.module.css";

const PostAtForm = lazy(() => import("./page-post-form.tsx").then((page) => ({ default: page.PostAtForm })));
const UntilForm = lazy(() => import("../members/page-spell-forms.tsx").then((page) => ({ default: page.UntilForm })));

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

type Post = Awaited<ReturnType<typeof api.members.posts.call>>[number];

function Posts({ unit, on }: { unit: UnitRow; on: string }) {
	const posts = useQuery(api.members.posts.queryOptions({ input: { id: unit.id, on } }));
	const mayWrite = useHolds(unit, "members.write");
	const [adding, setAdding] = useState(false);
	const [ending, setEnding] = useState<Post | null>(null);
	if (posts.data?.length === 0 && !mayWrite) return null;
	return (
		<section className="card">
			<div className="row">
				<h2>Cán bộ</h2>
				{mayWrite ? (
					<button type="button" className="link end on-screen" onClick={() => setAdding(true)}>
						Ghi chức danh
					</button>
				) : null}
			</div>
			<Loaded query={posts}>
				{(rows) =>
					rows.length === 0 ? (
						<p className="soft">Chưa ghi ai giữ chức danh ở đây.</p>
					) : (
						<ul className={css.names}>
							{rows.map((row) => (
								<li key={row.id}>
									<span className="soft">{row.postText}</span> <Person {...row} />{" "}
									<span className="soft">từ {displayDay(row.since)}</span>{" "}
									{mayWrite ? (
										<button type="button" className="link on-screen" onClick={() => setEnding(row)}>
											Thôi
											<span className="unseen">
												{" "}
												{row.postText} {row.name}
											</span>
										</button>
									) : null}
								</li>
							))}
						</ul>
					)
				}
			</Loaded>
			<Suspense>
				{adding ? <PostAtForm unit={unit} onClose={() => setAdding(false)} /> : null}
				{ending ? (
					<UntilForm
						title={`${ending.postText} ${ending.name} thôi giữ chức danh`}
						label="Từ ngày"
						id={ending.id}
						end={client.members.endPost}
						onClose={() => setEnding(null)}
					/>
				) : null}
			</Suspense>
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
