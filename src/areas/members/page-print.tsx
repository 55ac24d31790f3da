import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { count } from "../../ui/format.ts";
import { asOfWords, type PaperColumn, PrintSheet } from "../../ui/PrintSheet.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api } from "../../web/client.ts";
import { toProblem } from "../../web/problem.ts";
import { useSession } from "../../web/session.ts";
import type { UnitKind } from "../units/contract.ts";
import { useLetterhead } from "../units/page-letterhead.ts";
import type { MemberRow } from "./contract-member.ts";
import { useChosenColumns } from "./page-columns.tsx";
import { useMembers } from "./page-members.ts";
import { LIST_WORDS } from "./page-words.ts";

const route = getRouteApi("/members/print");

// Rows fetched at a time: the most the contract gives.
const AT_A_TIME = 500;

/** A list of members on paper: every row of it, in the columns chosen on the screen. */
export function PrintMembersPage() {
	const { unit: own, today } = useSession();
	const search = route.useSearch();
	const unitId = search.unit ?? own.id;
	const on = search.on ?? today;
	const letterhead = useLetterhead();
	const listed = useQuery(api.units.show.queryOptions({ input: { id: search.branch ?? unitId, on } }));
	const found = useMembers(unitId, { ...search, end: undefined }, search.q ?? "", AT_A_TIME);
	const { hasNextPage, isFetching, fetchNextPage } = found;
	useEffect(() => {
		if (hasNextPage && !isFetching) fetchNextPage();
	}, [hasNextPage, isFetching, fetchNextPage]);
	const rows = useMemo(() => found.data?.pages.flatMap((page) => page.rows) ?? [], [found.data]);
	const { columns: chosen } = useChosenColumns(own.id === unitId && own.kind !== "commune");
	const hidden = told(listed.data?.unit.kind, search.branch !== undefined);
	const columns: PaperColumn<MemberRow>[] = [NAME, ...chosen.filter(({ key }) => !hidden.includes(key))].map(
		(column) => ({ ...column, share: SHARES[column.key] ?? 12 }),
	);
	const problem = found.error ?? listed.error ?? letterhead.error;
	if (problem) return <ProblemAlert problem={toProblem(problem)} onRetry={() => location.reload()} />;
	const which = search.which ?? "counts";
	const isWhole = search.branch === undefined || search.branch === unitId;
	const place = listed.data ? [listed.data.unit.name, ...listed.data.unit.path] : [];
	return (
		<PrintSheet
			back={
				<Link to="/members" search={search}>
					‹ Hội viên
				</Link>
			}
			letterhead={letterhead.data}
			today={today}
			title="Danh sách hội viên"
			lines={[
				[search.branch === unitId ? "Chưa xếp chi hội" : "", ...place].filter(Boolean).join(", "),
				[
					...(which === "counts" && isWhole && !search.q ? [] : [LIST_WORDS[which]]),
					...(search.q ? [`tìm theo “${search.q}”`] : []),
					asOfWords(on),
					`${count(rows.length)} người`,
				].join("; "),
			]}
			columns={columns}
			rows={rows}
			keyOf={(row) => row.spellId}
			coming={found.isPending || hasNextPage ? (found.data?.pages[0]?.total ?? null) : undefined}
		/>
	);
}

const NAME = { key: "name", head: "Họ và tên", cell: (row: MemberRow) => row.name };

/** How much of the line each takes. */
const SHARES: Record<string, number> = {
	name: 22,
	birth: 11.5,
	branch: 26,
	commune: 18,
	phone: 13,
	joined: 11.5,
	residence: 13,
	left: 11.5,
	status: 11,
	papers: 16,
};

/** The places that the title already tells stand in no column. */
function told(kind: UnitKind | undefined, isBranch: boolean): string[] {
	if (isBranch || kind === "branch" || kind === "group") return ["branch", "commune"];
	return kind === "commune" || kind === "unassigned" ? ["commune"] : [];
}
