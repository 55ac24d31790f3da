import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count, percent } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Parted } from "./contract.ts";
import { WaitingAccounts } from "./page-accounts.tsx";
import { AssignBranches } from "./page-assign.tsx";

const Waiting = lazy(() => import("./page-waiting.tsx").then((page) => ({ default: page.Waiting })));

/** Open work of parted communes: branches one by one and women without a branch go to one of the parts (R38). */
export function QueuePage() {
	const { unit, verbs } = useSession();
	const within = unit.kind === "province" ? unit.id : undefined;
	const queue = useInfiniteQuery(
		api.reorganisations.queue.infiniteOptions({
			input: (after: number | undefined) => ({ within, after }),
			initialPageParam: undefined as number | undefined,
			getNextPageParam: (page) => page.next ?? undefined,
		}),
	);
	return (
		<div className="page">
			<Link to="/reorganisations">‹ Sắp xếp đơn vị</Link>
			<h1>Chờ phân về đơn vị mới</h1>
			<p>
				Chi hội và hội viên của các xã, phường bị chia. Cho đến khi phân xong, các chị được tính một lần, tại mục “Chưa
				phân” của tỉnh, thành phố.
			</p>
			<Loaded query={queue}>
				{({ pages }) =>
					pages[0]?.rows.length === 0 ? (
						<EmptyState title="Không còn chi hội, hội viên nào chờ phân" />
					) : (
						pages.flatMap(({ rows }) => rows).map((parted) => <PartedCommune key={parted.unitId} parted={parted} />)
					)
				}
			</Loaded>
			{queue.hasNextPage ? (
				<div className="row">
					<Button variant="default" loading={queue.isFetchingNextPage} onClick={() => queue.fetchNextPage()}>
						Xem thêm xã, phường
					</Button>
				</div>
			) : null}
			{verbs.includes("accounts.read") ? <WaitingAccounts /> : null}
		</div>
	);
}

function PartedCommune({ parted }: { parted: Parted }) {
	const session = useSession();
	const [listing, setListing] = useState(false);
	const mayAssign = session.verbs.includes("reorganisations.assign") && parted.parts.some((part) => part.mayAssign);
	const mayList = parted.members > 0 && session.verbs.includes("members.read");
	return (
		<section className="card page">
			<h2>
				{parted.name}
				{parted.code ? ` (mã cũ ${parted.code})` : ""}
			</h2>
			<p>
				Bị chia từ ngày {displayDay(parted.on)}; đang tính ở {parted.unassigned}.
			</p>
			<Shares parted={parted} />
			{parted.branches.length > 0 ? <AssignBranches parted={parted} mayAssign={mayAssign} /> : null}
			{parted.members > 0 ? <p>{count(parted.members)} hội viên chưa xếp chi hội chờ phân.</p> : null}
			{mayList ? (
				listing ? (
					<Suspense>
						<Waiting parted={parted} mayAssign={mayAssign} />
					</Suspense>
				) : (
					<p>
						<button type="button" className="link" onClick={() => setListing(true)}>
							Xem từng hội viên của {parted.name}
						</button>
					</p>
				)
			) : null}
		</section>
	);
}

/** By what share each part takes figures without names and the women of the denominator. */
function Shares({ parted }: { parted: Parted }) {
	return (
		<ul>
			{parted.parts.map((part) => (
				<li key={part.unitId}>
					<Link to="/units/$unitId" params={{ unitId: String(part.unitId) }} search={{ on: parted.on }}>
						{part.name}
					</Link>
					{": "}
					{part.share === null
						? "chưa có tỷ lệ chia"
						: `tỷ lệ chia ${percent(part.share)}${part.declared ? ", theo văn bản" : ", theo hội viên đã phân"}`}
				</li>
			))}
		</ul>
	);
}
