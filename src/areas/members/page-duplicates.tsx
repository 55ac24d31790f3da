import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { DUPLICATE_LISTS } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";
import { DuplicateRow } from "./page-duplicate-row.tsx";
import { MergeForm } from "./page-merge-form.tsx";
import css from "./page-person.module.css";
import { DUPLICATE_WORDS } from "./page-words.ts";
import { standsAbove } from "./rules-duplicates.ts";
import { displayBirth } from "./rules-person.ts";

const route = getRouteApi("/members/duplicates");

/** Who may be in the country's lists twice; the program shows why, a person decides. */
export function DuplicatesPage() {
	const { unit } = useSession();
	const { which = standsAbove(unit.kind) ? "same" : "open" } = route.useSearch();
	const navigate = route.useNavigate();
	const found = useInfiniteQuery(
		api.members.duplicatePairs.infiniteOptions({
			input: (after: string | undefined) => ({ id: unit.id, which, after }),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (page) => page.next ?? undefined,
		}),
	);
	const groups = useQuery(api.members.duplicates.queryOptions({ input: { id: unit.id }, enabled: which === "open" }));
	const here = (which === "open" && groups.data) || [];
	return (
		<div className="page">
			<p>
				<Link to="/members">‹ Hội viên</Link>
			</p>
			<h1>Nghi trùng người</h1>
			<section className="card page">
				<div style={{ maxWidth: 320 }}>
					<SelectField
						label="Danh sách"
						value={which}
						onChange={(value) => navigate({ search: { which: value || undefined }, replace: true })}
						choices={DUPLICATE_LISTS.map((value) => ({ value, label: DUPLICATE_WORDS[value] }))}
					/>
				</div>
				<Loaded query={found}>
					{({ pages }) => {
						const [first] = pages;
						const pairs = pages.flatMap(({ rows }) => rows);
						return (
							<>
								<p role="status">
									<b>{count(first.total ?? 0)} cặp hồ sơ</b>{" "}
									<span className="soft">
										{first.foundOn
											? `rà soát trong cả nước ngày ${displayDay(first.foundOn)}, theo họ tên (không kể dấu), ngày sinh, huyện cũ và số điện thoại`
											: "chưa rà soát trong cả nước lần nào"}
									</span>
								</p>
								{pairs.length > 0 || here.length > 0 ? null : (
									<EmptyState title={which === "open" ? "Không có hồ sơ nào nghi trùng" : "Không có cặp hồ sơ nào"}>
										Hội viên của đơn vị có hồ sơ giống hồ sơ khác, ở đây hoặc ở cơ sở khác, sẽ hiện ở đây.
									</EmptyState>
								)}
								<ul className={css.rows}>
									{pairs.map((pair) => (
										<DuplicateRow key={pair.id} pair={pair} />
									))}
								</ul>
								{found.hasNextPage ? (
									<div className="row">
										<Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
											Xem thêm
										</Button>
									</div>
								) : null}
							</>
						);
					}}
				</Loaded>
			</section>
			{here.length > 0 ? <Groups groups={here} /> : null}
		</div>
	);
}

type Group = Awaited<ReturnType<typeof api.members.duplicates.call>>[number];

/** Records of the unit of one name and birth as of now, whatever their numbers. */
function Groups({ groups }: { groups: Group[] }) {
	const [pair, setPair] = useState<[string, string] | null>(null);
	return (
		<section className="card">
			<h2>Cùng họ tên, cùng ngày sinh trong đơn vị</h2>
			<p className="soft">Tính ngay lúc này, kể cả hai hồ sơ có hai số CCCD khác nhau.</p>
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
			{pair ? <MergeForm keptId={pair[0]} mergedId={pair[1]} onClose={() => setPair(null)} /> : null}
		</section>
	);
}
