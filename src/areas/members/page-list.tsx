import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useState } from "react";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count, lowerFirst } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toProblem } from "../../web/problem.ts";
import type { MemberList, MembersSearch } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";
import type { MemberRow } from "./contract-member.ts";
import css from "./page.module.css";
import { ColumnChooser, useChosenColumns } from "./page-columns.tsx";
import { ExportLinks, PrintLink } from "./page-export.tsx";
import { FoundElsewhere } from "./page-found.tsx";
import { useMembers } from "./page-members.ts";
import { PickedMembers } from "./page-picked.tsx";
import { LIST_WORDS } from "./page-words.ts";

type Props = {
	unitId: number;
	search: MembersSearch;
	/** As typed, numbers included. */
	text: string;
	onPick: (pick: boolean) => void;
	onEnd: (end: boolean) => void;
};

/** The members found, fetched page by page as she scrolls; choosing several opens what can be done with all of them. */
export function MembersList({ unitId, search, text, onPick, onEnd }: Props) {
	const { unit: own, verbs } = useSession();
	const navigate = useNavigate();
	const list = search.which ?? "counts";
	const typed = useDeferredValue(text.trim());
	const found = useMembers(unitId, search, typed);
	const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
	const { total, more } = counted(found.data?.pages[0]);
	const { columns, chosen, choose } = useChosenColumns(own.id === unitId && own.kind !== "commune");
	const [picked, setPicked] = useState<ReadonlyMap<string, MemberRow>>(new Map());
	const toggle = (row: MemberRow) => setPicked((old) => toggled(old, row));
	const stop = () => {
		setPicked(new Map());
		onPick(false);
	};
	const name = search.pick ? pickColumn(picked, toggle) : NAME;
	if (found.error) return <ProblemAlert problem={toProblem(found.error)} onRetry={() => found.refetch()} />;
	return (
		<>
			<section className="card">
				<div className={css.found}>
					<p role="status">
						{total === undefined ? (
							"Đang tìm…"
						) : (
							<b>
								{more ? "Hơn " : ""}
								{count(total)} người
							</b>
						)}{" "}
						<span className="soft">{lowerFirst(LIST_WORDS[list])}</span>
					</p>
					{rows.length > 0 && (search.end || found.hasNextPage) ? (
						<button type="button" className="link on-screen" onClick={() => onEnd(!search.end)}>
							{search.end ? "Xem từ đầu danh sách" : "Xem từ cuối danh sách"}
						</button>
					) : null}
					<ColumnChooser chosen={chosen} onChoose={choose} />
					{verbs.includes("members.write") ? (
						<button type="button" className="link on-screen" onClick={() => (search.pick ? stop() : onPick(true))}>
							{search.pick ? "Thôi chọn" : "Chọn nhiều"}
						</button>
					) : null}
					<PrintLink total={more ? undefined : total} search={search} />
					<ExportLinks unitId={unitId} search={search} />
				</div>
				{total !== undefined && rows.length < total ? (
					<p className="on-paper">
						Trang này chỉ in {count(rows.length)}/{more ? `hơn ${count(total)}` : count(total)} người. Dùng “In danh
						sách” để in đủ.
					</p>
				) : null}
				<DataList
					caption={`Hội viên: ${LIST_WORDS[list]}`}
					columns={[name, ...columns]}
					rows={rows}
					keyOf={(row) => row.spellId}
					total={more ? undefined : total}
					loading={found.isFetching}
					onEndReached={() => found.hasNextPage && found.fetchNextPage()}
					{...(search.pick
						? {}
						: {
								onOpen: (row: MemberRow) => navigate({ to: "/members/$personId", params: { personId: row.personId } }),
								hrefOf: (row: MemberRow) => `/members/${row.personId}`,
							})}
					empty={<Nobody list={list} typed={typed} />}
				/>
			</section>
			{rows.length === 0 && found.isSuccess ? <FoundElsewhere typed={typed} /> : null}
			{search.pick ? (
				<PickedMembers picked={[...picked.values()]} list={list} rows={rows} onRows={setPicked} onDone={stop} />
			) : null}
		</>
	);
}

/** How many the first page says there are. */
function counted(first: { total: number | null; more: boolean } | undefined): { total?: number; more: boolean } {
	return { total: first?.total ?? undefined, more: first?.more ?? false };
}

const NAME: Column<MemberRow> = {
	key: "name",
	width: "20%",
	head: "Họ và tên",
	cell: (row) => row.name,
	phone: "first",
};

function pickColumn(picked: ReadonlyMap<string, MemberRow>, toggle: (row: MemberRow) => void): Column<MemberRow> {
	return {
		...NAME,
		cell: (row) => (
			<label className={css.pick}>
				<input type="checkbox" data-row-link checked={picked.has(row.spellId)} onChange={() => toggle(row)} />
				<span>{row.name}</span>
			</label>
		),
	};
}

function toggled(old: ReadonlyMap<string, MemberRow>, row: MemberRow): ReadonlyMap<string, MemberRow> {
	const next = new Map(old);
	if (!next.delete(row.spellId)) next.set(row.spellId, row);
	return next;
}

function Nobody({ list, typed }: { list: MemberList; typed: string }) {
	const { verbs } = useSession();
	if (typed !== "")
		return (
			<EmptyState title="Không tìm thấy ai">
				Không có ai khớp với “{typed}” trong danh sách “{LIST_WORDS[list]}”. Thử danh sách “{LIST_WORDS.all}”.
			</EmptyState>
		);
	if (list !== "counts") return <EmptyState title="Không có ai trong danh sách này" />;
	return (
		<EmptyState
			title="Chưa có hội viên nào trong danh sách"
			action={
				verbs.includes("members.write") ? (
					<Button component={Link} to="/members/import">
						Nhập danh sách từ Excel
					</Button>
				) : undefined
			}
		>
			Nhập cả danh sách chi hội từ tệp Excel đang có, hoặc thêm từng người.
		</EmptyState>
	);
}
