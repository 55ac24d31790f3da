import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Reorganisation } from "./contract.ts";
import { STATE_WORDS } from "./page-words.ts";

const DraftByHand = lazy(() => import("./page-draft-hand.tsx").then((page) => ({ default: page.DraftByHand })));
const DraftFromTable = lazy(() => import("./page-draft.tsx").then((page) => ({ default: page.DraftFromTable })));

const COLUMNS: Column<Reorganisation>[] = [
	{ key: "title", head: "Đợt sắp xếp", cell: (one) => one.title, phone: "first" },
	{ key: "on", head: "Từ ngày", cell: (one) => displayDay(one.on), phone: "second", width: "12%" },
	{ key: "decree", head: "Nghị quyết, quyết định", cell: (one) => one.decree, phone: "second", width: "28%" },
	{ key: "state", head: "Trạng thái", cell: (one) => STATE_WORDS[one.state], phone: "second", width: "18%" },
	{
		key: "changes",
		head: "Số thay đổi",
		cell: (one) => count(one.changes),
		phone: "second",
		phoneLabel: "số thay đổi",
		number: true,
		width: "12%",
	},
];

/** Every reorganisation of units, the latest first: each a reviewed act with its decree (R37, R38). */
export function ReorganisationsPage() {
	const { verbs } = useSession();
	const router = useRouter();
	const list = useQuery(api.reorganisations.list.queryOptions({ input: {} }));
	const [drafting, setDrafting] = useState<"table" | "hand" | null>(null);
	const hrefOf = ({ id }: Reorganisation) => router.buildLocation({ to: "/reorganisations/$id", params: { id } }).href;
	return (
		<div className="page">
			<Link to="/units">‹ Hệ thống tổ chức Hội</Link>
			<h1>Sắp xếp đơn vị</h1>
			<p>
				Nhập, chia, lập mới, đổi tên đơn vị hành chính theo nghị quyết. Bản soạn được chạy thử và người khác duyệt rồi
				mới thực hiện; số liệu trước và sau ngày sắp xếp đều xem lại được.
			</p>
			<p>
				<Link to="/reorganisations/queue">Chờ phân về đơn vị mới</Link>
			</p>
			<section className="card">
				<Loaded query={list}>
					{(rows) => (
						<DataList
							caption="Các đợt sắp xếp đơn vị"
							columns={COLUMNS}
							rows={rows}
							keyOf={({ id }) => id}
							hrefOf={hrefOf}
							onOpen={({ id }) => router.navigate({ to: "/reorganisations/$id", params: { id } })}
							empty={<EmptyState title="Chưa có đợt sắp xếp nào" />}
						/>
					)}
				</Loaded>
			</section>
			{verbs.includes("reorganisations.write") ? (
				<>
					{drafting === "table" ? (
						<Suspense>
							<DraftFromTable />
						</Suspense>
					) : (
						<div className="row">
							<Button onClick={() => setDrafting("table")}>Soạn từ bảng</Button>
							<Button variant="default" onClick={() => setDrafting("hand")}>
								Soạn từng thay đổi
							</Button>
						</div>
					)}
					<Suspense>{drafting === "hand" ? <DraftByHand onClose={() => setDrafting(null)} /> : null}</Suspense>
				</>
			) : null}
		</div>
	);
}
