import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { TreeTable } from "../../ui/TreeTable.tsx";
import { client } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { isIssuedBy } from "../documents/rules-kinds.ts";
import { dayOrToday } from "../units/page-find.ts";
import type { RateRow } from "./contract.ts";
import { rateColumns } from "./page-rate-columns.tsx";
import { CommuneList } from "./page-rate-list.tsx";
import css from "./page-rates.module.css";
import { useRoots } from "./page-roots.ts";
import { Why } from "./page-why.tsx";
import { communeNoun, dayNotes, mapFor, REORGANISED } from "./rules-day.ts";
import type { RateList } from "./rules-lists.ts";

const route = getRouteApi("/gathering");

// The same address but for what the link changes: else every link to this page would be told as the current one.
const SAME_SEARCH = { exact: true };

/** Every unit's rate on any day, as a tree or as a list of communes; any number opens *Cách tính* (R1–R6, R37, R38, R47). */
export function RatesPage() {
	const session = useSession();
	const { on = session.today, unit = session.unit.id, list, why, map } = route.useSearch();
	const navigate = route.useNavigate();
	const roots = useRoots(unit, on, map);
	const row = roots.data?.[0];
	const onWhy = useCallback(
		(unitId: number) => navigate({ search: (old) => ({ ...old, why: unitId }), resetScroll: false }),
		[navigate],
	);
	const mayList = row !== undefined && !["commune", "unassigned", "branch", "group"].includes(row.kind);
	return (
		<div className="page">
			<div className="row">
				<h1>Tỷ lệ tập hợp</h1>
				{unit !== session.unit.id ? (
					<Link to="/gathering" search={{ on: dayOrToday(on, session.today), map, list }}>
						Về {session.unit.name}
					</Link>
				) : null}
			</div>
			<DayCard on={on} unit={unit} kind={row?.id === unit ? row.kind : undefined} listed={mayList} />
			{mayList ? (
				<nav className={css.views} aria-label="Cách xem">
					<Link
						to="/gathering"
						search={(old) => ({ ...old, list: undefined, q: undefined })}
						activeOptions={SAME_SEARCH}
					>
						Theo hệ thống tổ chức
					</Link>
					<Link to="/gathering" search={(old) => ({ ...old, list: old.list ?? "all" })} activeOptions={SAME_SEARCH}>
						Danh sách {communeNoun(map ?? on)}
					</Link>
				</nav>
			) : null}
			<section className="card">
				<Loaded query={roots}>
					{(rows) =>
						row === undefined ? (
							<p>Đơn vị này không có vào ngày đã chọn. Hãy chọn ngày khác.</p>
						) : (
							<>
								{row.id === unit ? null : <Stood on={map ?? on} />}
								{list && mayList ? (
									<CommuneList roots={rows} on={on} map={map} onWhy={onWhy} />
								) : (
									<RateTree key={`${unit} ${on} ${map}`} roots={rows} on={on} map={map} onWhy={onWhy} />
								)}
							</>
						)
					}
				</Loaded>
				<p className={`soft ${css.hint}`}>Bấm vào một con số để xem cách tính.</p>
			</section>
			<Why
				unitId={why}
				on={on}
				map={map}
				onClose={() => navigate({ search: (old) => ({ ...old, why: undefined }), resetScroll: false })}
			/>
		</div>
	);
}

const DownloadButton = lazy(() =>
	import("../documents/page-download.tsx").then((page) => ({ default: page.DownloadButton })),
);

type DayCardProps = { on: string; unit: number; kind: RateRow["kind"] | undefined; listed: boolean };

function DayCard({ on, unit, kind, listed }: DayCardProps) {
	const {
		today,
		demo,
		unit: { kind: ownKind },
	} = useSession();
	const { list, q, map } = route.useSearch();
	const shown = new URLSearchParams({
		on,
		unitId: String(unit),
		...(map ? { map } : {}),
		...(listed && list ? { list, q: q ?? "" } : {}),
	});
	// Of the lists of communes, those that are not over 60 % have a document of their own.
	const document = listed && list && NOT_OVER.includes(list) ? "not_over_60" : "gathering_report";
	const navigate = route.useNavigate();
	const go = (day: string | null) =>
		navigate({
			search: (old) => ({
				...old,
				on: dayOrToday(day ?? today, today),
				map: map && mapFor(day ?? today, map >= REORGANISED),
			}),
			replace: true,
		});
	const isNew = (map ?? on) >= REORGANISED;
	const see = (wanted: boolean) =>
		navigate({ search: (old) => ({ ...old, map: mapFor(on, wanted), why: undefined }), replace: true });
	return (
		<section className="card page">
			<div className="row" style={{ alignItems: "end" }}>
				<DayField label="Tại ngày" value={on} earliest={EARLIEST} latest={latestDay(today)} onChange={go} />
				<fieldset className={css.sets}>
					<legend>Theo đơn vị hành chính</legend>
					<button type="button" aria-pressed={isNew} onClick={() => see(true)}>
						từ 01/7/2025
					</button>
					<button type="button" aria-pressed={!isNew} onClick={() => see(false)}>
						trước 01/7/2025
					</button>
				</fieldset>
				<span className="row end">
					<Suspense>
						{kind && isIssuedBy(document, kind) ? (
							<DownloadButton
								label="Tải Word"
								kind={document}
								unitId={unit}
								query={{ on, map }}
								excel="Tải bảng Excel của văn bản"
							/>
						) : null}
					</Suspense>
					<Button component={Link} variant="default" to="/gathering/print" search={true}>
						In danh sách
					</Button>
					<Button component="a" variant="default" href={`/files/gathering/rates.xlsx?${shown}`} download>
						Xuất Excel
					</Button>
				</span>
			</div>
			{ownKind === "centre" ? (
				<p>
					<Link to="/gathering/maps" search={{ on: dayOrToday(on, today) }}>
						Bản đồ của ngày này theo cả hai hệ thống đơn vị
					</Link>
				</p>
			) : null}
			{map ? (
				<p className="soft">
					Số của ngày {displayDay(on)} xem theo đơn vị hành chính ngày {displayDay(map)}. “Ước tính”: có phần chia theo
					tỷ lệ từ đơn vị bị chia.
				</p>
			) : null}
			{dayNotes(on, today, map).map((note) => (
				<p key={note} className="soft">
					{note}
				</p>
			))}
			{demo ? <p className="soft">Dữ liệu minh họa: các số dưới đây không phải số thật.</p> : null}
		</section>
	);
}

const NOT_OVER: readonly RateList[] = ["not_over", "under", "exactly"];

const keyOf = (row: RateRow) => String(row.id);
const nameOf = (row: RateRow) => row.name;
const OPENS = ["centre", "cluster", "province", "district", "commune"];
const canOpen = (row: RateRow) => OPENS.includes(row.kind);
// Branches are read under their own day's units only.
const canOpenUnderMap = (row: RateRow) => row.kind !== "commune" && canOpen(row);

/** Said where the unit itself did not stand on the day. */
function Stood({ on }: { on: string }) {
	return (
		<p className={`soft ${css.stood}`}>
			{on < REORGANISED
				? "Trước 01/7/2025 đơn vị này chưa có. Dưới đây là các đơn vị trước sắp xếp đã nhập vào."
				: "Từ 01/7/2025 đơn vị này không còn. Dưới đây là đơn vị hình thành sau sắp xếp."}
		</p>
	);
}

type TreeProps = { roots: RateRow[]; on: string; map?: string; onWhy?: (unitId: number) => void };

function RateTree({ roots, on, map, onWhy }: TreeProps) {
	const { today } = useSession();
	const opens = map ? canOpenUnderMap : canOpen;
	const columns = useMemo(() => rateColumns({ on: map ?? on, today, onWhy }), [on, map, today, onWhy]);
	const loadChildren = useCallback(
		(row: RateRow) => client.gathering.rates({ on, map, unitId: row.id, children: true }),
		[on, map],
	);
	return (
		<TreeTable
			caption="Tỷ lệ tập hợp theo hệ thống tổ chức Hội"
			columns={columns}
			roots={roots}
			keyOf={keyOf}
			nameOf={nameOf}
			canOpen={opens}
			loadChildren={loadChildren}
			firstOpen={roots.length === 1 ? roots.filter(opens) : []}
		/>
	);
}
