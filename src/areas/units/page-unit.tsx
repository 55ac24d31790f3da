import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { addDays, displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { UnitRow, UnitShow } from "./contract.ts";
import { dayOrToday } from "./page-find.ts";
import { useHolds } from "./page-holds.ts";
import { partWords, UnitTimeline } from "./page-timeline.tsx";
import type { UnitFormKind } from "./page-unit-forms.tsx";
import { UnitPeople } from "./page-unit-people.tsx";
import css from "./page-units.module.css";
import { isMadeKind, kindsUnder, kindWords } from "./rules.ts";

const UnitForm = lazy(() => import("./page-unit-forms.tsx").then((page) => ({ default: page.UnitForm })));

const route = getRouteApi("/units/$unitId");

/** One unit: where it stands, its names over time, what it came from and became, what is below it, and the changes she may make. */
export function UnitPage() {
	const session = useSession();
	const { unitId } = route.useParams();
	const { on = session.today } = route.useSearch();
	const navigate = route.useNavigate();
	const shown = useQuery(api.units.show.queryOptions({ input: { id: Number(unitId), on } }));
	return (
		<div className="page">
			<div className="row">
				<Link to="/units" search={{ on: dayOrToday(on, session.today) }}>
					‹ Hệ thống tổ chức Hội
				</Link>
				<span className="end" />
				<DayField
					label="Tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={latestDay(session.today)}
					onChange={(day) => navigate({ search: { on: day ?? undefined }, replace: true })}
				/>
			</div>
			<Loaded query={shown}>{(show) => <Shown key={show.unit.id} show={show} on={on} />}</Loaded>
		</div>
	);
}

function Shown({ show, on }: { show: UnitShow; on: string }) {
	const { unit } = show;
	const rated = ["centre", "cluster", "province", "district", "commune", "unassigned"].includes(unit.kind);
	const { today, verbs } = useSession();
	return (
		<>
			<section className="card">
				<p className="soft">{kindWords(unit.kind, on)}</p>
				<h1>{unit.name}</h1>
				<p className="soft">
					{[unit.code && unit.kind !== "centre" ? `Mã ${unit.code}` : null, ...unit.path].filter(Boolean).join(" · ")}
				</p>
				<p>{lifeWords(show)}</p>
				{show.notes.map((note) => (
					<p key={note} className="soft">
						{note}
					</p>
				))}
				{unit.kind === "branch" && verbs.includes("members.read") ? (
					<p>
						<Link to="/members" search={{ branch: unit.id, on: dayOrToday(on, today) }}>
							Xem hội viên
						</Link>
					</p>
				) : null}
				{rated && verbs.includes("gathering.read") ? (
					<p>
						<Link to="/gathering" search={{ unit: unit.id, on: dayOrToday(on, today) }}>
							Xem tỷ lệ tập hợp
						</Link>
					</p>
				) : null}
			</section>
			<Changes unit={unit} />
			<UnitPeople unit={unit} on={on} />
			<Below unit={unit} on={on} />
			<UnitTimeline show={show} />
			<Relatives title="Đơn vị trước sắp xếp" units={show.predecessors} dayOf={(one) => addDays(one.on, -1)} />
			<Relatives title="Đơn vị hình thành sau sắp xếp" units={show.successors} dayOf={(one) => one.on} />
			{show.spells.length > 1 || show.spells.some((spell) => spell.decree) ? <Lifetimes show={show} /> : null}
		</>
	);
}

function lifeWords({ spells }: UnitShow): string {
	const from = spells[0]?.from;
	const to = spells.at(-1)?.to;
	if (!from) return "";
	const began = from === EARLIEST ? "Có từ trước 01/01/2017" : `Có từ ngày ${displayDay(from)}`;
	return to ? `${began}, đến hết ngày ${displayDay(addDays(to, -1))}.` : `${began}.`;
}

type Spell = UnitShow["spells"][number];

const LIFETIMES: Column<Spell>[] = [
	{ key: "name", head: "Tên", cell: (spell) => spell.name, phone: "first" },
	{
		key: "when",
		head: "Thời gian",
		cell: (spell) => `${displayDay(spell.from)} – ${spell.to ? displayDay(addDays(spell.to, -1)) : "nay"}`,
		phone: "second",
		width: "22%",
	},
	{ key: "code", head: "Mã", cell: (spell) => spell.code, phone: "second", phoneLabel: "mã", width: "9%" },
	{ key: "parent", head: "Trực thuộc", cell: (spell) => spell.parent, phone: "second", width: "19%" },
	{ key: "decree", head: "Văn bản", cell: (spell) => spell.decree, phone: "hide", width: "30%" },
];

function Lifetimes({ show }: { show: UnitShow }) {
	return (
		<section className="card">
			<h2>Tên, mã và nơi trực thuộc qua thời gian</h2>
			<DataList
				caption={`${show.unit.name} qua thời gian`}
				columns={LIFETIMES.filter((column) => show.spells.some((spell) => column.cell(spell)))}
				rows={show.spells}
				keyOf={(spell) => spell.from}
				empty={null}
			/>
		</section>
	);
}

type Relative = UnitShow["predecessors"][number];

function Relatives(props: { title: string; units: Relative[]; dayOf: (unit: Relative) => string }) {
	if (props.units.length === 0) return null;
	return (
		<section className="card">
			<h2>{props.title}</h2>
			<ul className={css.names}>
				{props.units.map((unit) => (
					<li key={unit.id}>
						<Link to="/units/$unitId" params={{ unitId: String(unit.id) }} search={{ on: props.dayOf(unit) }}>
							{unit.name}
						</Link>{" "}
						<span className="soft">
							{unit.code ? `mã ${unit.code} · ` : ""}
							{unit.part === "partial"
								? `${partWords(unit)
										.replace(/[ ()]+/g, " ")
										.trim()} · `
								: ""}
							từ ngày {displayDay(unit.on)}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}

function Below({ unit, on }: { unit: UnitRow; on: string }) {
	const { today } = useSession();
	const below = useQuery(api.units.children.queryOptions({ input: { id: unit.id, on } }));
	const columns: Column<UnitRow>[] = [
		{
			key: "name",
			head: "Đơn vị",
			cell: (row) => (
				<Link to="/units/$unitId" params={{ unitId: String(row.id) }} search={{ on: dayOrToday(on, today) }}>
					{row.name}
				</Link>
			),
			phone: "first",
		},
		{ key: "code", head: "Mã", cell: (row) => row.code, phone: "second", phoneLabel: "mã" },
		{
			key: "children",
			head: "Đơn vị trực thuộc",
			cell: (row) => (row.children > 0 ? count(row.children) : ""),
			phone: "second",
			phoneLabel: "trực thuộc",
			number: true,
		},
	];
	return (
		<Loaded query={below}>
			{(rows) =>
				rows.length === 0 && kindsUnder(unit.kind).length === 0 ? null : (
					<>
						{[...Map.groupBy(rows, (row) => row.kind)].map(([kind, group]) => (
							<section className="card" key={kind}>
								<h2>
									{kindWords(kind, on)} ({count(group.length)})
								</h2>
								{isMadeKind(kind) ? (
									<Names rows={group} on={on} />
								) : (
									<DataList
										caption={`${kindWords(kind, on)} thuộc ${unit.name}`}
										columns={columns.filter((column) => group.some((row) => column.cell(row)))}
										rows={group}
										keyOf={(row) => String(row.id)}
										empty={null}
									/>
								)}
							</section>
						))}
						{rows.length === 0 ? <EmptyState {...NONE_BELOW[unit.kind === "branch" ? "branch" : "union"]} /> : null}
					</>
				)
			}
		</Loaded>
	);
}

const NONE_BELOW = {
	branch: { title: "Chưa có tổ phụ nữ, CLB nào", children: "Chi hội chia tổ thì thêm tổ ở đây." },
	union: {
		title: "Chưa có chi hội, CLB hay tổ chức Hội cơ sở đặc thù",
		children: "Chi hội được thêm ở đây, hoặc tự có khi nhập danh sách hội viên từ Excel.",
	},
};

/** Units without a code are known by name alone: names side by side, in place of a table of one column. */
function Names({ rows, on }: { rows: UnitRow[]; on: string }) {
	const { today } = useSession();
	return (
		<ul className={css.names}>
			{rows.map((row) => (
				<li key={row.id}>
					<Link to="/units/$unitId" params={{ unitId: String(row.id) }} search={{ on: dayOrToday(on, today) }}>
						{row.name}
					</Link>
					{row.children > 0 ? <span className="soft"> {count(row.children)} đơn vị trực thuộc</span> : null}
				</li>
			))}
		</ul>
	);
}

/** The forms of those who may change this unit: one's own, and what people made below it (R39; the server decides again). */
function Changes({ unit }: { unit: UnitRow }) {
	const [form, setForm] = useState<UnitFormKind | null>(null);
	const mayChange = useHolds(unit, "units.write");
	if (!mayChange) return null;
	const made = isMadeKind(unit.kind);
	const forms: [UnitFormKind, string, boolean][] = [
		["add", "Thêm đơn vị trực thuộc", kindsUnder(unit.kind).length > 0],
		["rename", "Đổi tên", made],
		["move", "Chuyển sang nơi khác", made],
		["end", "Kết thúc hoạt động", made],
	];
	const offered = forms.filter(([, , offer]) => offer);
	if (offered.length === 0) return null;
	return (
		<div className="row on-screen">
			{offered.map(([kind, words]) => (
				<Button key={kind} variant={kind === "add" ? "filled" : "default"} onClick={() => setForm(kind)}>
					{words}
				</Button>
			))}
			<Suspense>{form ? <UnitForm kind={form} unit={unit} onClose={() => setForm(null)} /> : null}</Suspense>
		</div>
	);
}
