import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Change, Reorganisation } from "./contract.ts";
import { WaitingAccounts } from "./page-accounts.tsx";
import { Acts } from "./page-acts.tsx";
import { Conflicts } from "./page-conflicts.tsx";
import { DryRun } from "./page-dry-run.tsx";
import { changeWords, mayWrite, partWords, STATE_WORDS } from "./page-words.ts";

const route = getRouteApi("/reorganisations/$id");

type Line = { position: number; change: Change; unit: string; successor: string };
type Shown = Awaited<ReturnType<typeof api.reorganisations.show.call>>;

const OPEN = ["draft", "submitted", "approved"];

/** One reorganisation: its head, what may be done with it, what speaks against it, and its changes in words (R38). */
export function ReorganisationPage() {
	const { id } = route.useParams();
	const one = useQuery(api.reorganisations.show.queryOptions({ input: { id } }));
	return (
		<div className="page">
			<Link to="/reorganisations">‹ Sắp xếp đơn vị</Link>
			<Loaded query={one}>{(shown) => <One key={shown.version} one={shown} />}</Loaded>
		</div>
	);
}

function One({ one }: { one: Shown }) {
	const session = useSession();
	const [trying, setTrying] = useState(false);
	const isOpen = OPEN.includes(one.state);
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
			<section className="card page">
				<h2>{count(one.changes)} thay đổi</h2>
				<DataList
					caption="Các thay đổi"
					columns={COLUMNS}
					rows={one.rows}
					keyOf={({ position }) => String(position)}
					empty={<p>Chưa có thay đổi nào.</p>}
				/>
			</section>
		</>
	);
}

function Head({ one }: { one: Reorganisation }) {
	return (
		<>
			<p>
				<b>{STATE_WORDS[one.state]}</b>. Có hiệu lực từ ngày {displayDay(one.on)}, theo {one.decree}.
			</p>
			<p className="soft">
				Phạm vi: {one.unit}. Người soạn: {one.draftedBy}.
				{one.decidedBy ? ` ${one.state === "draft" ? "Người trả lại" : "Người duyệt"}: ${one.decidedBy}.` : ""}
				{one.decisionNote ? ` Lý do, ý kiến: ${one.decisionNote}` : ""}
			</p>
		</>
	);
}

const COLUMNS: Column<Line>[] = [
	{
		key: "change",
		head: "Thay đổi",
		cell: ({ change, unit, successor }) => changeWords(change, unit, successor),
		phone: "first",
	},
	{ key: "part", head: "Phần nhập vào", cell: ({ change }) => partWords(change), phone: "second", width: "34%" },
];
