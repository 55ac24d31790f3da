import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import type { Day } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { dayOrToday } from "../units/page-find.ts";
import type { Counts } from "./contract.ts";
import type { RegistryList } from "./rules-lists.ts";

type Here = "/meetings" | "/models" | "/together" | "/programmes";

/** What the pages of registries have in common: whose figures they are, what is on them, and the day they are of. */
export function OfUnit(props: {
	to: Here;
	unitId: number;
	on: Day;
	/** Another part of the page begins anew. */
	part?: string;
	children: (unit: { id: number; kind: string; name: string }) => ReactNode;
}) {
	const { to, unitId, on } = props;
	const shown = useQuery(api.units.show.queryOptions({ input: { id: unitId, on } }));
	return (
		<Loaded query={shown}>
			{({ unit }) => (
				<div className="page" key={`${unit.id} ${props.part ?? ""}`}>
					<Whose to={to} unit={unit} />
					<Suspense>{props.children(unit)}</Suspense>
					<OnDay to={to} on={on} />
				</div>
			)}
		</Loaded>
	);
}

/** Whose page it is, where it is another unit's than one's own, and the way back. */
function Whose({ to, unit }: { to: Here; unit: { id: number; name: string } }) {
	const session = useSession();
	if (unit.id === session.unit.id) return null;
	return (
		<>
			<p>
				<Link to={to} search={(old: { on?: Day }) => ({ on: old.on })}>
					‹ Về {session.unit.name}
				</Link>
			</p>
			<h2>{unit.name}</h2>
		</>
	);
}

/** The day of the figures: last on the page, since it is nearly always today. */
function OnDay({ to, on }: { to: Here; on: Day }) {
	const { today } = useSession();
	const navigate = useNavigate();
	return (
		<div className="row" style={{ alignItems: "end" }}>
			<DayField
				label="Xem số liệu tính đến ngày"
				value={on}
				earliest={EARLIEST}
				latest={today}
				onChange={(day) =>
					navigate({
						to,
						search: ((old: object) => ({ ...old, on: dayOrToday(day ?? today, today) })) as never,
						replace: true,
					})
				}
			/>
		</div>
	);
}

/** A list as a workbook, as it stands on the screen. */
export function ExcelButton({
	list,
	unitId,
	on,
	words = "Xuất Excel",
}: {
	list: RegistryList;
	unitId: number;
	on: Day;
	words?: string;
}) {
	return (
		<Button component="a" variant="default" href={`/files/models.xlsx?list=${list}&unitId=${unitId}&on=${on}`} download>
			{words}
		</Button>
	);
}

type Below = { unitId: number; code: string | null; name: string; kind: string; counts: Counts };

/** A column of the table of units below: its head, the sum, and of how many. */
export type Sum = {
	head: string;
	of: (counts: Counts) => number;
	outOf?: (counts: Counts) => number;
	/** The figure a phone shows large. */
	first?: boolean;
	/** Of one commune: it has one, or not yet. */
	hasOne?: boolean;
};

/** The units directly below with their sums; a name opens the same page of that unit. */
export function BelowTable(props: { to: Here; caption: string; rows: Below[]; sums: Sum[] }) {
	const columns: Column<Below>[] = [
		{
			key: "name",
			head: "Đơn vị",
			phone: "first",
			cell: (row) => (
				<Link to={props.to} search={(old: object) => ({ ...old, unit: row.unitId })}>
					{row.name}
				</Link>
			),
		},
		...props.sums.map(
			(sum): Column<Below> => ({
				key: sum.head,
				head: sum.head,
				number: true,
				phone: sum.first ? "end" : "second",
				phoneLabel: sum.first ? undefined : `${sum.head}:`,
				width: `${Math.floor(60 / props.sums.length)}%`,
				cell: (row) => figure(row, sum),
			}),
		),
	];
	return (
		<DataList
			caption={props.caption}
			columns={columns}
			rows={props.rows}
			keyOf={(row) => String(row.unitId)}
			empty={<EmptyState title="Không có đơn vị trực thuộc vào ngày này" />}
		/>
	);
}

/** The sum, of how many there are; where there are none there is nothing to say. */
function figure({ kind, counts }: Below, sum: Sum): string {
	const value = sum.of(counts);
	if (!sum.outOf) return count(value);
	if (sum.hasOne && kind === "commune") return value > 0 ? "Có" : "Chưa";
	const of = sum.outOf(counts);
	return of === 0 ? "–" : `${count(value)}/${count(of)}`;
}

/** How much of a long list is shown, where it is cut. */
export function Shown({ shown, total, noun }: { shown: number; total: number; noun: string }) {
	if (shown >= total) return null;
	return (
		<p className="soft">
			Hiện {count(shown)} trên {count(total)} {noun}; tệp Excel có đủ.
		</p>
	);
}

/** The parts of a page as links side by side. */
export function Parts<Part extends string>(props: {
	to: Here;
	parts: { part: Part; words: string }[];
	here: Part;
	label: string;
}) {
	return (
		<nav className="row" aria-label={props.label}>
			{props.parts.map(({ part, words }) => (
				<Button
					key={part}
					component={Link}
					to={props.to}
					search={((old: object) => ({ ...old, part })) as never}
					variant={part === props.here ? "filled" : "default"}
					aria-current={part === props.here ? "page" : undefined}
				>
					{words}
				</Button>
			))}
		</nav>
	);
}

/** A paragraph of small words under a heading. */
export function Why({ children }: { children: ReactNode }) {
	return <p className="soft">{children}</p>;
}

/** The unit of a row and, on a page above the commune, its commune. */
export function placeWords(row: { unitName: string; communeName: string }, isWide: boolean): string {
	return isWide && row.communeName !== "" && row.communeName !== row.unitName
		? `${row.unitName}, ${row.communeName}`
		: row.unitName;
}

/** Whether a unit is a level above the commune. */
export function isWide(kind: string): boolean {
	return kind === "centre" || kind === "cluster" || kind === "province" || kind === "district";
}
