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
import type { Model } from "./contract.ts";
import { BelowTable, ExcelButton, isWide, OfUnit, Parts, placeWords, Shown, Why } from "./page-parts.tsx";
import { CLUB_BASIS_WORDS } from "./rules.ts";

const ModelForm = lazy(() => import("./page-model-form.tsx").then((page) => ({ default: page.ModelForm })));
const Pairs = lazy(() => import("./page-pairs.tsx").then((page) => ({ default: page.Pairs })));
const Criteria = lazy(() => import("./page-criteria.tsx").then((page) => ({ default: page.Criteria })));

const route = getRouteApi("/models");

type Unit = { id: number; kind: string; name: string };

const PARTS = [
	{ part: "models", words: "Mô hình" },
	{ part: "pairs", words: "“1+1”" },
	{ part: "criteria", words: "“3 có, 3 biết”" },
] as const;

/** Has every commune at least one model for a hard-to-gather group (R21)? And the pairs of "1+1" and "3 có, 3 biết" of the branches. */
export function ModelsPage() {
	const session = useSession();
	const { on = session.today, unit: unitId = session.unit.id, part = "models" } = route.useSearch();
	return (
		<div className="page">
			<h1>Mô hình tập hợp phụ nữ</h1>
			<Parts to="/models" parts={[...PARTS]} here={part} label="Các phần của trang" />
			<OfUnit to="/models" unitId={unitId} on={on} part={part}>
				{(unit) =>
					part === "pairs" ? (
						<Pairs unit={unit} on={on} />
					) : part === "criteria" ? (
						<Criteria unit={unit} on={on} />
					) : (
						<Models unit={unit} on={on} />
					)
				}
			</OfUnit>
		</div>
	);
}

function Models({ unit, on }: { unit: Unit; on: Day }) {
	if (!isWide(unit.kind)) return <Registry unit={unit} on={on} />;
	return (
		<Sums unit={unit} on={on}>
			<Without unit={unit} on={on} />
			<Registry unit={unit} on={on} />
		</Sums>
	);
}

/** The sums first, then what is to be done, then the units below. */
function Sums({ unit, on, children }: { unit: Unit; on: Day; children: ReactNode }) {
	const counts = useQuery(api.models.counts.queryOptions({ input: { unitId: unit.id, on } }));
	return (
		<Loaded query={counts}>
			{({ own, rows }) => (
				<>
					<div className="three">
						<StatCard
							label="Xã có mô hình tập hợp nhóm khó tập hợp"
							value={`${count(own.withModel)}/${count(own.communes)}`}
							tone={own.withModel < own.communes ? "under" : "over"}
							note="Mỗi cơ sở Hội có ít nhất 01 mô hình (điểm 2.3, mục II, Hướng dẫn 21/HD-ĐCT)."
						/>
						<StatCard
							label="Mô hình đang hoạt động"
							value={own.models}
							note={`${count(own.modelMembers)} người tham gia.`}
						/>
						<StatCard
							label="Cặp “1+1” đang giúp nhau"
							value={own.pairs}
							note={`Chi hội đạt đủ “3 có, 3 biết”: ${count(own.branchesMetAll)}/${count(own.branches)}.`}
						/>
					</div>
					{children}
					<section className="card page">
						<h2>Theo đơn vị trực thuộc</h2>
						<BelowTable
							to="/models"
							caption="Mô hình theo đơn vị trực thuộc"
							rows={rows}
							sums={[
								{ head: "Xã có mô hình", of: (c) => c.withModel, outOf: (c) => c.communes, first: true, hasOne: true },
								{ head: "Mô hình", of: (c) => c.models },
								{ head: "Cặp “1+1”", of: (c) => c.pairs },
								{ head: "Đủ “3 có, 3 biết”", of: (c) => c.branchesMetAll, outOf: (c) => c.branches },
							]}
						/>
						<div className="row">
							<ExcelButton list="counts" unitId={unit.id} on={on} />
						</div>
					</section>
				</>
			)}
		</Loaded>
	);
}

function Without({ unit, on }: { unit: Unit; on: Day }) {
	const [notOver, setNotOver] = useState(false);
	const list = useQuery(api.models.without.queryOptions({ input: { unitId: unit.id, on, notOver } }));
	return (
		<section className="card page">
			<h2>Xã chưa có mô hình tập hợp nhóm phụ nữ khó tập hợp</h2>
			<CheckField label="Chỉ xã chưa đạt tỷ lệ tập hợp trên 60%" value={notOver} onChange={setNotOver} />
			<Loaded query={list}>
				{({ rows }) => (
					<>
						<p role="status">{count(rows.length)} xã, phường, đặc khu.</p>
						<DataList
							caption="Xã chưa có mô hình"
							columns={WITHOUT_COLUMNS.filter(({ key }) => key !== "parent" || rows.some((row) => row.parent !== ""))}
							rows={rows}
							keyOf={(row) => String(row.unitId)}
							empty={<EmptyState title="Xã nào cũng đã có mô hình" />}
						/>
						{rows.length > 0 ? (
							<div className="row">
								<ExcelButton list="without" unitId={unit.id} on={on} />
							</div>
						) : null}
					</>
				)}
			</Loaded>
		</section>
	);
}

type WithoutRow = Awaited<ReturnType<typeof api.models.without.call>>["rows"][number];

const WITHOUT_COLUMNS: Column<WithoutRow>[] = [
	{
		key: "name",
		head: "Xã, phường, đặc khu",
		phone: "first",
		cell: (row) => (
			<Link to="/models" search={(old: object) => ({ ...old, unit: row.unitId })}>
				{row.name}
			</Link>
		),
	},
	{ key: "parent", head: "Thuộc", phone: "second", width: "28%", cell: (row) => row.parent },
	{
		key: "rate",
		head: "Tỷ lệ tập hợp",
		phone: "end",
		number: true,
		width: "14%",
		cell: (row) => (row.rate === null ? "Chưa có số liệu" : percent(row.rate)),
	},
	{
		key: "missing",
		head: "Còn thiếu",
		phone: "second",
		phoneLabel: "còn thiếu",
		number: true,
		width: "12%",
		cell: (row) => (row.missing ? count(row.missing) : ""),
	},
	{
		key: "others",
		head: "Mô hình khác",
		phone: "hide",
		number: true,
		width: "12%",
		cell: (row) => (row.others > 0 ? count(row.others) : ""),
	},
];

function Registry({ unit, on }: { unit: Unit; on: Day }) {
	const [ended, setEnded] = useState(false);
	const [form, setForm] = useState<"new" | Model | { clubId: number; name: string } | null>(null);
	const list = useQuery(
		api.models.list.queryOptions({ input: { unitId: unit.id, on, state: ended ? "all" : "running", limit: 300 } }),
	);
	const wide = isWide(unit.kind);
	return (
		<Loaded query={list}>
			{({ rows, total, members, clubs, mayAdd }) => {
				const button = <Button onClick={() => setForm("new")}>Ghi mô hình</Button>;
				return (
					<section className="card page">
						<h2>{wide ? "Sổ mô hình" : `Mô hình của ${unit.name}`}</h2>
						<p role="status">
							{count(total)} mô hình, {count(members)} người tham gia.
						</p>
						<div className="row">
							{mayAdd && rows.length > 0 ? button : null}
							<CheckField label="Cả mô hình đã kết thúc" value={ended} onChange={setEnded} />
						</div>
						{!wide && rows.length > 0 && rows.every((row) => row.forGroup === null) ? (
							<p>
								<b>Chưa có mô hình nào dành cho nhóm phụ nữ khó tập hợp:</b> mở một mô hình để ghi nhóm, hoặc ghi mô
								hình mới.
							</p>
						) : null}
						{clubs.length > 0 ? (
							<div>
								<Why>CLB chưa ghi là mô hình: bấm tên để ghi CLB dành cho nhóm nào.</Why>
								<ul>
									{clubs.map((club) => (
										<li key={club.unitId}>
											<button
												type="button"
												className="link"
												onClick={() => setForm({ clubId: club.unitId, name: club.name })}
											>
												{club.name}
											</button>
										</li>
									))}
								</ul>
							</div>
						) : null}
						<DataList
							caption="Các mô hình"
							columns={modelColumns(wide, setForm)}
							rows={rows}
							keyOf={(row) => row.id}
							empty={
								<EmptyState title="Chưa có mô hình nào" action={mayAdd ? button : undefined}>
									Mỗi cơ sở Hội xây dựng, củng cố ít nhất 01 mô hình tập hợp nhóm phụ nữ khó tập hợp.
								</EmptyState>
							}
						/>
						<Shown shown={rows.length} total={total} noun="mô hình" />
						{total > 0 ? (
							<div className="row">
								<ExcelButton list="models" unitId={unit.id} on={on} />
							</div>
						) : null}
						<Suspense>
							{form ? (
								<ModelForm unit={unit} given={form === "new" ? null : form} onClose={() => setForm(null)} />
							) : null}
						</Suspense>
					</section>
				);
			}}
		</Loaded>
	);
}

const modelColumns = (wide: boolean, onOpen: (model: Model) => void): Column<Model>[] => [
	{
		key: "name",
		head: "Mô hình",
		phone: "first",
		cell: (row) =>
			row.mayChange ? (
				<button type="button" className="link" onClick={() => onOpen(row)}>
					{row.name}
				</button>
			) : (
				row.name
			),
	},
	{
		key: "kind",
		head: "Loại",
		phone: "second",
		width: "20%",
		cell: (row) => (row.basis ? `${row.kindWords} (${CLUB_BASIS_WORDS[row.basis].toLowerCase()})` : row.kindWords),
	},
	{
		key: "group",
		head: "Dành cho nhóm",
		phone: "second",
		width: "16%",
		cell: (row) => row.groupWords ?? "",
	},
	{ key: "place", head: "Đơn vị", phone: "second", width: "18%", cell: (row) => placeWords(row, wide) },
	{
		key: "since",
		head: "Thời gian",
		phone: "second",
		width: "14%",
		cell: (row) =>
			row.ended ? `${displayDay(row.founded)} – ${displayDay(row.ended)}` : `từ ${displayDay(row.founded)}`,
	},
	{
		key: "members",
		head: "Người tham gia",
		phone: "end",
		number: true,
		width: "9%",
		cell: (row) => count(row.members),
	},
];
