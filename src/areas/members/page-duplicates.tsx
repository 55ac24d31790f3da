import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { MergeForm } from "./page-merge-form.tsx";
import css from "./page-person.module.css";
import { displayBirth } from "./rules-person.ts";

/** Records of the same name and birth: one woman entered twice, or two women; a person decides. */
export function DuplicatesPage() {
	const { unit } = useSession();
	const found = useQuery(api.members.duplicates.queryOptions({ input: { id: unit.id } }));
	const [pair, setPair] = useState<[string, string] | null>(null);
	return (
		<div className="page">
			<p>
				<Link to="/members">‹ Hội viên</Link>
			</p>
			<h1>Nghi trùng người</h1>
			<section className="card">
				<Loaded query={found}>
					{(groups) =>
						groups.length === 0 ? (
							<EmptyState title="Không có hồ sơ nào nghi trùng">
								Hai hồ sơ cùng họ tên và ngày sinh trong đơn vị sẽ hiện ở đây.
							</EmptyState>
						) : (
							<ul className={css.rows}>
								{groups.map((group) => (
									<li key={group[0].personId}>
										<div>
											<b>{group[0].name}</b>{" "}
											<span className="soft">{group[0].birth ? `sinh ${displayBirth(group[0].birth)}` : ""}</span>
											{group.map((person) => (
												<p key={person.personId}>
													<Link to="/members/$personId" params={{ personId: person.personId }}>
														{person.branch}
													</Link>
												</p>
											))}
										</div>
										<Button variant="default" onClick={() => setPair([group[0].personId, group[1].personId])}>
											Xem hai hồ sơ
										</Button>
									</li>
								))}
							</ul>
						)
					}
				</Loaded>
			</section>
			{pair ? <MergeForm keptId={pair[0]} mergedId={pair[1]} onClose={() => setPair(null)} /> : null}
		</div>
	);
}
