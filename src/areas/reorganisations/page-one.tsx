import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Reorganisation } from "./contract.ts";
import { WaitingAccounts } from "./page-accounts.tsx";
import { Acts } from "./page-acts.tsx";
import { Conflicts } from "./page-conflicts.tsx";
import { DryRun } from "./page-dry-run.tsx";
import { changeWords, mayWrite, partWords, STATE_WORDS } from "./page-words.ts";

const route = getRouteApi("/reorganisations/$id");

type Shown = Awaited<ReturnType<typeof api.reorganisations.show.call>>;
type Line = Shown["rows"][number];

const OPEN = ["draft", "submitted", "approved"];

/** One reorganisation: its head, what may be done with it, what speaks against it, and its changes in words (R38). */
export function ReorganisationPage() {
	const { id } = route.useParams();
	const one = useChanges(id, "");
	return (
		<div className="page">
			<Link to="/reorganisations">‹ Sắp xếp đơn vị</Link>
			<Loaded query={one}>{({ pages: [shown] }) => <One key={shown.version} one={shown} />}</Loaded>
		</div>
	);
}

/** The changes that name a text, a page at a time: a reform has thousands. */
function useChanges(id: string, q: string) {
	return useInfiniteQuery(
		api.reorganisations.show.infiniteOptions({
			input: (after: number | undefined) => ({ id, q: q.trim() || undefined, after }),
			initialPageParam: undefined as number | undefined,
			getNextPageParam: (page) => page.next ?? undefined,
			placeholderData: (before) => before,
		}),
	);
}

function One({ one }: { one: Shown }) {
	const session = useSession();
	const [trying, setTrying] = useState(false);
	const isOpen = OPEN.includes(one.state);
	const isDraft = one.state === "draft" && mayWrite(session, one);
	return (
		<>
			<h1>{one.title}</h1>
			<section className="card page">
				<Head one={one} />
				<Acts one={one}>
					{isOpen && mayWrite(session, one) ? (
						<Button variant="default" onClick={() => setTrying(true)}>
							Chạy thử
						</Button>
					) : null}
				</Acts>
			</section>
			{trying ? <DryRun id={one.id} /> : null}
			{one.state === "applied" && session.verbs.includes("accounts.read") ? <WaitingAccounts id={one.id} /> : null}
			{isOpen && one.conflicts.length > 0 ? (
				<section className="card page">
					<h2>Các điểm cần xem lại</h2>
					<Conflicts conflicts={one.conflicts} />
				</section>
			) : null}
			{isDraft ? (
				<Suspense>
					<AddChanges one={one} made={madeIn(one)} />
				</Suspense>
			) : null}
			<Changes one={one} mayRemove={isDraft} />
		</>
	);
}

// Only who drafts needs the forms.
const AddChanges = lazy(() => import("./page-edit.tsx").then((page) => ({ default: page.AddChanges })));

/** What the first page of a draft makes, for later changes to name. */
function madeIn({ rows }: Shown) {
	return rows.flatMap(({ change }) => (change.kind === "create" ? [{ key: change.key, name: change.name }] : []));
}

/** More changes than this are looked for, not looked through. */
const MANY = 20;

function Changes({ one, mayRemove }: { one: Shown; mayRemove: boolean }) {
	const [text, setText] = useState("");
	const remove = useCommand(client.reorganisations.amend, {
		refresh: [api.reorganisations.key()],
		said: "Đã bỏ thay đổi khỏi bản soạn.",
	});
	const columns = mayRemove
		? [...COLUMNS, removeColumn((position) => remove.run({ id: one.id, version: one.version, remove: [position] }))]
		: COLUMNS;
	const found = useChanges(one.id, text);
	const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
	return (
		<section className="card page">
			<h2>{count(one.changes)} thay đổi</h2>
			{one.changes > MANY ? (
				<div style={{ maxWidth: 420 }}>
					<TextField label="Tìm theo tên hoặc mã đơn vị" value={text} onChange={setText} />
				</div>
			) : null}
			<ProblemAlert problem={remove.problem} />
			<Loaded query={found}>
				{() => (
					<DataList
						caption="Các thay đổi"
						columns={columns}
						rows={rows}
						keyOf={({ position }) => String(position)}
						loading={found.isFetchingNextPage}
						onEndReached={() => found.hasNextPage && found.fetchNextPage()}
						empty={<p>{text ? `Không có thay đổi nào khớp với “${text}”.` : "Chưa có thay đổi nào."}</p>}
					/>
				)}
			</Loaded>
		</section>
	);
}

function removeColumn(onRemove: (position: number) => void): Column<Line> {
	return {
		key: "remove",
		head: "",
		cell: ({ position, change, unit, successor, parent }) => (
			<button
				type="button"
				className="link"
				aria-label={`Bỏ: ${changeWords(change, unit, successor, parent)}`}
				onClick={() => onRemove(position)}
			>
				Bỏ
			</button>
		),
		phone: "end",
		width: "8%",
	};
}

function Head({ one }: { one: Reorganisation }) {
	return (
		<>
			<p>
				<b>{STATE_WORDS[one.state]}</b>. Có hiệu lực từ ngày {displayDay(one.on)}, theo {one.decree}.
			</p>
			<p className="soft">
				Phạm vi: {one.unit}.{" "}
				{one.builtin ? "Có sẵn trong danh mục đơn vị của chương trình." : `Người soạn: ${one.draftedBy}.`}
				{one.decidedBy && !one.builtin
					? ` ${one.state === "draft" ? "Người trả lại" : "Người duyệt"}: ${one.decidedBy}.`
					: ""}
				{one.decisionNote ? ` Lý do, ý kiến: ${one.decisionNote}` : ""}
			</p>
		</>
	);
}

const COLUMNS: Column<Line>[] = [
	{
		key: "change",
		head: "Thay đổi",
		cell: ({ change, unit, successor, parent }) => changeWords(change, unit, successor, parent),
		phone: "first",
	},
	{ key: "part", head: "Phần nhập vào", cell: ({ change }) => partWords(change), phone: "second", width: "34%" },
];
