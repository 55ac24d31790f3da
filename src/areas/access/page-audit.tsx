import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { CheckField, SelectField } from "../../ui/FormField.tsx";
import { displayTime } from "../../ui/format-time.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { actionWords } from "../audit-words.ts";
import css from "../members/page.module.css";
import type { AuditRow } from "./page-account-words.ts";
import { ActedForUs } from "./page-acted-for-us.tsx";
import { AREA_CHOICES, detailWords } from "./page-audit-words.ts";

const route = getRouteApi("/audit");

/** Who did what, when, and for whom; a commune sees here what the levels above did in its place (R39). */
export function AuditPage() {
	const search = route.useSearch();
	const navigate = route.useNavigate();
	const found = useInfiniteQuery(
		api.access.audit.infiniteOptions({
			input: (before: string | undefined) => ({
				accountId: search.account,
				subjectId: search.subject,
				action: search.action,
				actingForOnly: search.acting,
				before,
			}),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (last) => last.next ?? undefined,
			placeholderData: (before) => before,
		}),
	);
	const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
	const change = (part: Partial<typeof search>) =>
		navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
	return (
		<div className="page">
			<h1>Nhật ký sử dụng</h1>
			{search.acting ? null : <ActedForUs />}
			<section className="card page">
				<div className={css.filters}>
					<SelectField
						label="Việc"
						value={search.action ?? ""}
						onChange={(action) => change({ action: action || undefined })}
						none="Tất cả"
						choices={AREA_CHOICES}
					/>
					<AccountFilter account={search.account} onChange={(account) => change({ account })} />
					<CheckField
						label="Chỉ những việc nhập thay"
						value={search.acting ?? false}
						onChange={(acting) => change({ acting: acting || undefined })}
					/>
				</div>
				{search.subject ? (
					<p>
						Chỉ những việc về một hồ sơ.{" "}
						<button type="button" className="link" onClick={() => change({ subject: undefined })}>
							Xem tất cả
						</button>
					</p>
				) : null}
				<Loaded query={found}>
					{() => (
						<DataList
							caption="Nhật ký sử dụng"
							columns={COLUMNS}
							rows={rows}
							keyOf={(row) => row.id}
							loading={found.isFetchingNextPage}
							onEndReached={() => found.hasNextPage && found.fetchNextPage()}
							empty={<EmptyState title="Không có việc nào được ghi như vậy" />}
						/>
					)}
				</Loaded>
			</section>
		</div>
	);
}

const COLUMNS: Column<AuditRow>[] = [
	{ key: "action", head: "Việc", cell: (row) => <Act row={row} />, phone: "first", width: "22%" },
	{ key: "at", head: "Lúc", cell: (row) => displayTime(row.at), phone: "second", width: "19%" },
	{ key: "who", head: "Người làm", cell: (row) => row.account, phone: "second", width: "18%" },
	{ key: "unit", head: "Đơn vị", cell: (row) => row.unit, phone: "second", width: "18%" },
	{
		key: "acting",
		head: "Nhập thay",
		cell: (row) => row.actingFor,
		phone: "second",
		phoneLabel: "nhập thay",
	},
	{ key: "detail", head: "Chi tiết", cell: (row) => detailWords(row.detail), phone: "hide" },
];

/** What was done; about a woman of the member file it leads to her record. */
function Act({ row: { action, subjectId } }: { row: AuditRow }) {
	const { verbs } = useSession();
	const about = subjectId !== null && action.startsWith("members.") && verbs.includes("members.read");
	return about ? (
		<Link to="/members/$personId" params={{ personId: subjectId }}>
			{actionWords(action)}
		</Link>
	) : (
		actionWords(action)
	);
}

function AccountFilter(props: { account: string | undefined; onChange: (account: string | undefined) => void }) {
	const { verbs } = useSession();
	const { data } = useQuery(
		api.access.accounts.queryOptions({ input: { limit: 200 }, enabled: verbs.includes("accounts.read") }),
	);
	if (!data) return null;
	return (
		<SelectField
			label="Người làm"
			value={props.account ?? ""}
			onChange={(account) => props.onChange(account || undefined)}
			none="Tất cả"
			choices={data.rows.map((row) => ({ value: row.id, label: row.displayName || row.username }))}
		/>
	);
}
