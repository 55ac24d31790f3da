import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { type Day, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { CheckField } from "../../ui/FormField.tsx";
import { count, percent } from "../../ui/format.ts";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { Programme } from "./contract-programmes.ts";
import { BelowTable, ExcelButton, isWide, OfUnit, Shown, Why } from "./page-parts.tsx";
import { PROGRAMME_KIND_WORDS } from "./rules.ts";

const ProgrammeForm = lazy(() => import("./page-programme-form.tsx").then((page) => ({ default: page.ProgrammeForm })));

const route = getRouteApi("/programmes");

type Unit = { id: number; kind: string; name: string };

/** Which programmes and resources go to communes not over 60 %, and which of these are reached by none (R41)? */
export function ProgrammesPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id } = route.useSearch();
	return (
		<div className="page">
			<h1>Chương trình, nguồn lực</h1>
			<OfUnit to="/programmes" unitId={unitId} on={on}>
				{(unit) =>
					isWide(unit.kind) ? (
						<Sums unit={unit} on={on}>
							<List unit={unit} on={on} />
							<Unreached unit={unit} on={on} />
						</Sums>
					) : (
						<List unit={unit} on={on} />
					)
				}
			</OfUnit>
		</div>
	);
}

const money = (amount: number | null) => (amount === null ? "" : `${count(amount)} đồng`);

/** The sums first, then what is to be done, then the units below. */
function Sums({ unit, on, children }: { unit: Unit; on: Day; children: ReactNode }) {
	const counts = useQuery(api.models.counts.queryOptions({ input: { unitId: unit.id, on } }));
	const unreached = useQuery(api.programmes.unreached.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<Loaded query={counts}>
			{({ own, rows }) => (
				<>
					<div className="three">
						<StatCard
							label="Xã chưa đạt trên 60% chưa có nguồn lực nào"
							value={unreached.data ? `${count(unreached.data.rows.length)}/${count(unreached.data.notOver)}` : "…"}
							tone={unreached.data && unreached.data.rows.length > 0 ? "under" : "over"}
						/>
						<StatCard label="Xã được thụ hưởng" value={`${count(own.reached)}/${count(own.communes)}`} />
						<StatCard label="Số tiền đã phân cho các xã (đồng)" value={own.money} />
					</div>
					{children}
					<section className="card page">
						<h2>Theo đơn vị trực thuộc</h2>
						<BelowTable
							to="/programmes"
							caption="Nguồn lực theo đơn vị trực thuộc"
							rows={rows}
							sums={[
								{
									head: "Xã được thụ hưởng",
									of: (c) => c.reached,
									outOf: (c) => c.communes,
									first: true,
									hasOne: true,
								},
								{ head: "Số tiền (đồng)", of: (c) => c.money },
							]}
						/>
					</section>
				</>
			)}
		</Loaded>
	);
}

function List({ unit, on }: { unit: Unit; on: Day }) {
	const [all, setAll] = useState(false);
	const list = useQuery(
		api.programmes.list.queryOptions({ input: { unitId: unit.id, on, state: all ? "all" : "running" } }),
	);
	const [form, setForm] = useState<"new" | Programme | null>(null);
	return (
		<Loaded query={list}>
			{({ rows, total, amount, mayAdd }) => {
				const button = <Button onClick={() => setForm("new")}>Ghi chương trình, nguồn lực</Button>;
				return (
					<section className="card page">
						<h2>Chương trình, đề án, dự án, nguồn lực</h2>
						<p role="status">
							{count(total)} mục, tổng số tiền {money(amount)}.
						</p>
						<div className="row">
							{mayAdd && rows.length > 0 ? button : null}
							<CheckField label="Cả mục đã kết thúc" value={all} onChange={setAll} />
						</div>
						<DataList
							caption="Chương trình, nguồn lực"
							columns={columnsOf(setForm)}
							rows={rows}
							keyOf={(row) => row.id}
							empty={
								<EmptyState title="Chưa ghi chương trình, nguồn lực nào" action={mayAdd ? button : undefined}>
									Ghi tên, số tiền và các xã thụ hưởng, trước hết là xã chưa đạt tỷ lệ tập hợp trên 60%.
								</EmptyState>
							}
						/>
						<Shown shown={rows.length} total={total} noun="mục" />
						{total > 0 ? (
							<div className="row">
								<ExcelButton list="programmes" unitId={unit.id} on={on} />
							</div>
						) : null}
						<Suspense>
							{form ? (
								<ProgrammeForm unit={unit} programme={form === "new" ? null : form} onClose={() => setForm(null)} />
							) : null}
						</Suspense>
					</section>
				);
			}}
		</Loaded>
	);
}

const columnsOf = (onOpen: (one: Programme) => void): Column<Programme>[] => [
	{
		key: "name",
		head: "Tên",
		phone: "first",
		cell: (row) => (
			<button type="button" className="link" onClick={() => onOpen(row)}>
				{row.name}
			</button>
		),
	},
	{ key: "kind", head: "Loại", phone: "second", width: "16%", cell: (row) => PROGRAMME_KIND_WORDS[row.kind] },
	{ key: "owner", head: "Đơn vị chủ trì", phone: "second", width: "18%", cell: (row) => row.unitName },
	{
		key: "days",
		head: "Thời gian",
		phone: "second",
		width: "16%",
		cell: (row) => (row.until ? `${displayDay(row.from)} – ${displayDay(row.until)}` : `từ ${displayDay(row.from)}`),
	},
	{
		key: "communes",
		head: "Số xã",
		phone: "end",
		number: true,
		width: "8%",
		cell: (row) => `${count(row.communes)} xã`,
	},
	{ key: "amount", head: "Số tiền", phone: "second", number: true, width: "15%", cell: (row) => money(row.amount) },
];

function Unreached({ unit, on }: { unit: Unit; on: Day }) {
	const list = useQuery(api.programmes.unreached.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<section className="card page">
			<h2>Xã chưa đạt trên 60% chưa có chương trình, nguồn lực nào</h2>
			<Loaded query={list}>
				{({ rows, notOver }) => (
					<>
						<Why>
							{count(rows.length)} trên {count(notOver)} xã chưa đạt tỷ lệ tập hợp trên 60%.
						</Why>
						<DataList
							caption="Xã chưa đạt trên 60% chưa có nguồn lực"
							columns={UNREACHED_COLUMNS.filter(({ key }) => key !== "parent" || rows.some((row) => row.parent !== ""))}
							rows={rows}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Xã nào chưa đạt trên 60% cũng đã có nguồn lực" />}
						/>
						{rows.length > 0 ? (
							<div className="row">
								<ExcelButton list="unreached" unitId={unit.id} on={on} />
							</div>
						) : null}
					</>
				)}
			</Loaded>
		</section>
	);
}

type UnreachedRow = Awaited<ReturnType<typeof api.programmes.unreached.call>>["rows"][number];

const UNREACHED_COLUMNS: Column<UnreachedRow>[] = [
	{
		key: "name",
		head: "Xã, phường, đặc khu",
		phone: "first",
		cell: (row) => (
			<Link to="/programmes" search={(old: object) => ({ ...old, unit: row.unitId })}>
				{row.name}
			</Link>
		),
	},
	{ key: "parent", head: "Thuộc", phone: "second", width: "34%", cell: (row) => row.parent },
	{
		key: "rate",
		head: "Tỷ lệ tập hợp",
		phone: "end",
		number: true,
		width: "14%",
		cell: (row) => (row.rate === null ? "" : percent(row.rate)),
	},
	{
		key: "missing",
		head: "Còn thiếu",
		phone: "second",
		phoneLabel: "còn thiếu",
		number: true,
		width: "12%",
		cell: (row) => (row.missing === null ? "" : count(row.missing)),
	},
];
