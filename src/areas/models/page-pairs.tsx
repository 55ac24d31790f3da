import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Pair } from "./contract.ts";
import { ExcelButton, isWide, placeWords, Shown, Why } from "./page-parts.tsx";
import { PAIR_FORM_WORDS } from "./rules.ts";

const PairForm = lazy(() => import("./page-pair-form.tsx").then((page) => ({ default: page.PairForm })));
const PairResult = lazy(() => import("./page-pair-form.tsx").then((page) => ({ default: page.PairResult })));

/** Who helps whom in pairs of "1+1", since when, and what came of it. */
export function Pairs({ unit, on }: { unit: { id: number; kind: string; name: string }; on: Day }) {
	const { verbs } = useSession();
	const list = useQuery(api.models.pairs.queryOptions({ input: { unitId: unit.id, on, limit: 300 } }));
	const [adding, setAdding] = useState(false);
	const [opened, setOpened] = useState<Pair | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, running, succeeded, failed, mayAdd, branches }) => {
				const may = mayAdd && !isWide(unit.kind);
				const button = <Button onClick={() => setAdding(true)}>Ghi cặp “1+1”</Button>;
				return (
					<>
						<div className="three">
							<StatCard label="Cặp “1+1” đang giúp nhau" value={running} />
							<StatCard label="Đã kết thúc, đạt kết quả" value={succeeded} tone="over" />
							<StatCard label="Đã kết thúc, chưa đạt" value={failed} />
						</div>
						<section className="card page">
							<h2>Các cặp “1+1”</h2>
							<Why>
								Hai bên của cặp là chi hội, hội viên có trong danh sách, hoặc ghi bằng lời; người chưa vào Hội chỉ ghi
								tên khi chị ấy đồng ý.
							</Why>
							{may && rows.length > 0 ? <div className="row">{button}</div> : null}
							{verbs.includes("members.read") ? (
								<DataList
									caption="Các cặp “1+1”"
									columns={columnsOf(isWide(unit.kind), setOpened)}
									rows={rows}
									keyOf={(row) => row.id}
									empty={<EmptyState title="Chưa ghi cặp “1+1” nào" action={may ? button : undefined} />}
								/>
							) : (
								<p>Tên hai bên của từng cặp chỉ cơ sở Hội và cấp được xem danh sách hội viên đọc được.</p>
							)}
							<Shown
								shown={rows.length}
								total={verbs.includes("members.read") ? running + succeeded + failed : 0}
								noun="cặp"
							/>
							{rows.length > 0 ? (
								<div className="row">
									<ExcelButton list="pairs" unitId={unit.id} on={on} />
								</div>
							) : null}
						</section>
						<Suspense>
							{adding ? <PairForm unit={unit} branches={branches} onClose={() => setAdding(false)} /> : null}
							{opened ? <PairResult pair={opened} onClose={() => setOpened(null)} /> : null}
						</Suspense>
					</>
				);
			}}
		</Loaded>
	);
}

/** What came of a pair so far. */
function outcome({ ended, succeeded }: Pair): string {
	if (!ended) return "Đang giúp nhau";
	return `${succeeded ? "Đạt" : "Chưa đạt"} (${displayDay(ended)})`;
}

const columnsOf = (wide: boolean, onOpen: (pair: Pair) => void): Column<Pair>[] => [
	{
		key: "sides",
		head: "Bên giúp → bên được giúp",
		phone: "first",
		cell: (row) => {
			const words = `${row.helper.words} → ${row.helped.words}`;
			return row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{words}
				</button>
			) : (
				words
			);
		},
	},
	{
		key: "form",
		head: "Hình thức",
		phone: "second",
		width: "30%",
		cell: (row) => (row.form === "other" ? row.formWords : PAIR_FORM_WORDS[row.form]),
	},
	...(wide
		? [
				{
					key: "place",
					head: "Đơn vị",
					phone: "second",
					width: "20%",
					cell: (row: Pair) => placeWords(row, true),
				} as const,
			]
		: []),
	{
		key: "started",
		head: "Từ ngày",
		phone: "second",
		phoneLabel: "từ",
		width: "11%",
		cell: (row) => displayDay(row.started),
	},
	{ key: "outcome", head: "Kết quả", phone: "end", width: "16%", cell: (row) => outcome(row) },
	{ key: "result", head: "Nội dung", phone: "second", width: "16%", cell: (row) => row.result },
];
