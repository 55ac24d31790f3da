import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { RateRow } from "./contract.ts";

const SHOWN = 8;

const COLUMNS: Column<RateRow>[] = [
	{
		key: "name",
		head: "Chi hội",
		cell: (row) => (
			<Link to="/units/$unitId" params={{ unitId: String(row.id) }} search={{}}>
				{row.name}
			</Link>
		),
		phone: "first",
	},
	{ key: "members", head: "Hội viên trong danh sách", cell: (row) => count(row.members), phone: "end", number: true },
];

/** The branches with the fewest members first: where a chair looks next. Branches have counts, not rates. */
export function BranchesCard({ unitId }: { unitId: number }) {
	const { today } = useSession();
	const below = useQuery(api.gathering.rates.queryOptions({ input: { on: today, unitId, children: true } }));
	return (
		<section className="card">
			<h2>Chi hội</h2>
			<Loaded query={below}>
				{(rows) => {
					const branches = rows.filter((row) => row.kind === "branch").toSorted((a, b) => a.members - b.members);
					return (
						<>
							{branches.length > SHOWN ? (
								<p className="soft">
									{SHOWN} chi hội ít hội viên nhất trong {count(branches.length)} chi hội.{" "}
									<Link to="/gathering" search={{}}>
										Xem tất cả
									</Link>
								</p>
							) : null}
							<DataList
								caption="Chi hội và số hội viên"
								columns={COLUMNS}
								rows={branches.slice(0, SHOWN)}
								keyOf={(row) => String(row.id)}
								empty={
									<EmptyState
										title="Chưa có chi hội nào"
										action={
											<Link to="/units/$unitId" params={{ unitId: String(unitId) }} search={{}}>
												Thêm chi hội
											</Link>
										}
									>
										Chi hội tự có khi nhập danh sách hội viên từ Excel, hoặc được thêm ở Hệ thống tổ chức Hội.
									</EmptyState>
								}
							/>
						</>
					);
				}}
			</Loaded>
		</section>
	);
}
