import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { AccountDialog } from "./page-account.tsx";
import { AddAccount } from "./page-account-add.tsx";
import type { Account } from "./page-account-words.ts";

const route = getRouteApi("/accounts");

/** The accounts of one's own unit and below: who may do what, and the ways to make, reset and lock them (R39). */
export function AccountsPage() {
	const { verbs } = useSession();
	const { q = "" } = route.useSearch();
	const navigate = route.useNavigate();
	const [adding, setAdding] = useState(false);
	const [opened, setOpened] = useState<string | null>(null);
	const found = useInfiniteQuery(
		api.access.accounts.infiniteOptions({
			input: (after: string | undefined) => ({ q: q || undefined, after }),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (last) => last.next ?? undefined,
			placeholderData: (before) => before,
		}),
	);
	const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
	const account = rows.find((row) => row.id === opened);
	return (
		<div className="page">
			<div className="row">
				<h1>Tài khoản</h1>
				{verbs.includes("accounts.write") ? (
					<span className="end">
						<Button onClick={() => setAdding(true)}>Thêm tài khoản</Button>
					</span>
				) : null}
			</div>
			<section className="card page">
				<div style={{ maxWidth: 420 }}>
					<TextField
						label="Tìm theo tên người hoặc tên đăng nhập"
						value={q}
						onChange={(text) => navigate({ search: { q: text || undefined }, replace: true, resetScroll: false })}
					/>
				</div>
				<Loaded query={found}>
					{() => (
						<DataList
							caption="Tài khoản"
							columns={COLUMNS}
							rows={rows}
							keyOf={(row) => row.id}
							loading={found.isFetchingNextPage}
							onEndReached={() => found.hasNextPage && found.fetchNextPage()}
							onOpen={(row) => setOpened(row.id)}
							empty={
								<EmptyState title="Không có tài khoản nào">
									{q ? `Không có ai khớp với “${q}”.` : "Thêm tài khoản cho cán bộ của đơn vị và cấp dưới."}
								</EmptyState>
							}
						/>
					)}
				</Loaded>
			</section>
			{adding ? <AddAccount onClose={() => setAdding(false)} /> : null}
			{account ? <AccountDialog account={account} onClose={() => setOpened(null)} /> : null}
		</div>
	);
}

const COLUMNS: Column<Account>[] = [
	{ key: "name", head: "Người dùng", cell: (row) => row.displayName || row.username, phone: "first" },
	{ key: "username", head: "Tên đăng nhập", cell: (row) => row.username, phone: "second" },
	{ key: "unit", head: "Đơn vị", cell: (row) => row.unitName, phone: "second" },
	{
		key: "roles",
		head: "Quyền sử dụng",
		cell: (row) => row.roles.map(({ label }) => label).join("; "),
		phone: "second",
	},
	{
		key: "state",
		head: "Tình trạng",
		cell: (row) => (row.disabled ? "Đang khóa" : row.mustChangePassword ? "Chưa đăng nhập lần đầu" : "Đang dùng"),
		phone: "second",
	},
];
