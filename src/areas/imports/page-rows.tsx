import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api } from "../../web/client.ts";
import { toProblem } from "../../web/problem.ts";
import { ROW_LISTS, type RowList } from "../../web/search-people.ts";
import type { ImportShow } from "./contract.ts";
import css from "./page-import.module.css";
import { ImportLine } from "./page-row.tsx";
import { LEVEL_WORDS, ROW_LIST_WORDS } from "./page-words.ts";

const route = getRouteApi("/members/import/$importId");

/** The rows of an import, first those with a problem; each kind of problem a filter with how often it was found. */
export function ImportRows({ show }: { show: ImportShow }) {
	const search = route.useSearch();
	const only = search.only ?? (show.counts.rejected > 0 ? "waiting" : "problems");
	const { code } = search;
	const navigate = route.useNavigate();
	const choose = (next: { only?: RowList; code?: string }) =>
		navigate({ search: next, replace: true, resetScroll: false });
	const found = useInfiniteQuery(
		api.imports.rows.infiniteOptions({
			input: (after: number) => ({ id: show.id, only, code, after, limit: 100 }),
			initialPageParam: 0,
			getNextPageParam: (last) => last.next ?? undefined,
			placeholderData: (before) => before,
		}),
	);
	const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
	const total = found.data?.pages[0]?.total ?? 0;
	return (
		<section className="card" aria-labelledby="rows-head">
			<h2 id="rows-head">Các dòng</h2>
			<Skipped lines={show.lines} newBranches={show.newBranches} />
			<div style={{ maxWidth: 340, marginBottom: 12 }}>
				<SelectField
					label="Xem các dòng"
					value={only}
					onChange={(value) => choose({ only: value || undefined })}
					choices={ROW_LISTS.map((value) => ({ value, label: ROW_LIST_WORDS[value] }))}
				/>
			</div>
			<Kinds problems={show.problems} code={code} onChoose={(next) => choose({ only, code: next })} />
			{found.error ? <ProblemAlert problem={toProblem(found.error)} onRetry={() => found.refetch()} /> : null}
			<p className="soft" role="status">
				{found.isPending ? "Đang tải…" : total === 0 ? nothingWords(only) : `${count(total)} dòng`}
			</p>
			<ul className={css.rows}>
				{rows.map((row) => (
					<ImportLine key={row.position} show={show} row={row} />
				))}
			</ul>
			{found.hasNextPage ? (
				<Button variant="default" loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
					Xem thêm
				</Button>
			) : null}
		</section>
	);
}

function nothingWords(only: RowList): string {
	return only === "problems" || only === "errors" ? "Không có dòng nào cần sửa." : "Không có dòng nào.";
}

function Kinds(props: { problems: ImportShow["problems"]; code?: string; onChoose: (code?: string) => void }) {
	if (props.problems.length < 2) return null;
	return (
		<ul className={css.kinds} aria-label="Loại lỗi">
			{props.problems.map((kind) => (
				<li key={kind.code}>
					<button
						type="button"
						aria-pressed={props.code === kind.code}
						onClick={() => props.onChoose(props.code === kind.code ? undefined : kind.code)}
					>
						<b>{count(kind.rows)}</b> {kind.text}{" "}
						<span className="soft">({LEVEL_WORDS[kind.level].toLowerCase()})</span>
					</button>
				</li>
			))}
		</ul>
	);
}

const LINE_WORDS: Record<string, string> = {
	header: "tiêu đề",
	group: "tên chi hội, tổ",
	total: "dòng cộng",
	signature: "chữ ký",
	note: "ghi chú",
	empty: "dòng trống",
};

/** Lines of the file that are no members, and the branches it will make: so that nothing is left out unseen. */
function Skipped({ lines, newBranches }: { lines: Record<string, number>; newBranches: string[] }) {
	const words = Object.entries(lines)
		.filter(([kind, number]) => number > 0 && kind !== "member" && kind !== "empty")
		.map(([kind, number]) => `${count(number)} ${LINE_WORDS[kind] ?? kind}`);
	return (
		<>
			{words.length > 0 ? <p className="soft">Dòng không phải hội viên: {words.join(", ")}.</p> : null}
			{newBranches.length > 0 ? (
				<p>
					Sẽ lập mới <b>{count(newBranches.length)}</b> chi hội, tổ chưa có: {newBranches.slice(0, 12).join(", ")}
					{newBranches.length > 12 ? "…" : ""}.
				</p>
			) : null}
		</>
	);
}
