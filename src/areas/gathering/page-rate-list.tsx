import { useQueries, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { searchKey } from "../../core/vietnamese.ts";
import type { Sort } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { RATE_LISTS, type RateList } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { RateRow } from "./contract.ts";
import { rateColumns } from "./page-rate-columns.tsx";
import css from "./page-rates.module.css";
import { communeNoun, REORGANISED } from "./rules-day.ts";

const route = getRouteApi("/gathering");

type Props = { roots: RateRow[]; on: string; onWhy: (unitId: number) => void };

/** All communes of a unit as one list, by class, searched by name without diacritics or by code. */
export function CommuneList({ roots, on, onWhy }: Props) {
	const lists = useQueries({
		queries: roots.map(({ id }) =>
			api.gathering.rates.queryOptions({ input: { on, unitId: id, level: "commune" as const } }),
		),
		combine: (queries) => ({
			data: queries.every(({ data }) => data) ? queries.flatMap(({ data }) => data ?? []) : undefined,
			error: queries.find(({ error }) => error)?.error ?? null,
			refetch: () => Promise.all(queries.map(({ refetch }) => refetch())),
		}),
	});
	return (
		<Loaded query={lists}>{(communes) => <Filtered rows={communes} roots={roots} on={on} onWhy={onWhy} />}</Loaded>
	);
}

const WORDS: Record<RateList, string> = {
	all: "Tất cả",
	under: "Dưới 60%",
	exactly: "Bằng 60%",
	not_over: "Chưa đạt trên 60%",
	over: "Trên 60%",
	over_100: "Trên 100%",
	none: "Chưa có số liệu",
};

const IN_LIST: Record<RateList, (row: RateRow) => boolean> = {
	all: () => true,
	under: (row) => row.class === "under",
	exactly: (row) => row.class === "exactly",
	not_over: (row) => row.class === "under" || row.class === "exactly",
	over: (row) => row.class === "over",
	over_100: (row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18,
	none: (row) => row.kind === "commune" && row.women18 === null,
};

function Filtered({ rows, roots, on, onWhy }: Props & { rows: RateRow[] }) {
	const { today } = useSession();
	const { list = "all", q = "" } = route.useSearch();
	const navigate = route.useNavigate();
	const [sort, setSort] = useState<Sort>({ key: "rate", descending: false });
	const root = roots[0];
	const placeOf = usePlaces(roots, on);
	const spread = root.kind !== "district" && (root.kind !== "province" || on < REORGANISED);
	const sizes = useMemo(() => RATE_LISTS.map((one) => rows.filter(IN_LIST[one]).length), [rows]);
	const found = useMemo(() => sorted(matching(rows.filter(IN_LIST[list]), q), sort), [rows, list, q, sort]);
	const columns = useMemo(
		() => rateColumns({ on, today, onWhy, placeOf: spread ? placeOf : undefined }),
		[on, today, onWhy, placeOf, spread],
	);
	return (
		<>
			<div className="page">
				<nav className={css.lists} aria-label="Xếp loại">
					{RATE_LISTS.map((one, index) =>
						sizes[index] > 0 || one === list || one === "under" || one === "over" ? (
							<Link
								key={one}
								to="/gathering"
								search={(old) => ({ ...old, list: one })}
								replace
								resetScroll={false}
								activeOptions={{ exact: true, explicitUndefined: true }}
							>
								{WORDS[one]} <b>{count(sizes[index])}</b>
							</Link>
						) : null,
					)}
				</nav>
				<TextField
					label="Tìm tên hoặc mã đơn vị"
					value={q}
					onChange={(text) =>
						navigate({ search: (old) => ({ ...old, q: text || undefined }), replace: true, resetScroll: false })
					}
				/>
			</div>
			<p className={`soft ${css.found}`} role="status">
				{count(found.length)} {communeNoun(on)}
			</p>
			<DataList
				caption={`${WORDS[list]}: ${communeNoun(on)} của ${roots.map(({ name }) => name).join(", ")}`}
				columns={columns}
				rows={found}
				keyOf={keyOf}
				sort={sort}
				onSort={setSort}
				empty={
					<EmptyState title="Không có đơn vị nào">
						{q
							? `Không có tên hoặc mã nào khớp với “${q}” trong danh sách này.`
							: "Danh sách này trống vào ngày đã chọn."}
					</EmptyState>
				}
			/>
		</>
	);
}

const keyOf = (row: RateRow) => String(row.id);

function matching(rows: RateRow[], text: string): RateRow[] {
	const key = searchKey(text);
	if (key === "") return rows;
	return rows.filter((row) => row.code === text.trim() || searchKey(row.name).includes(key));
}

/** By figure, those without one last whichever way; by name in Vietnamese order without the kind of commune. */
function sorted(rows: RateRow[], sort: Sort): RateRow[] {
	const way = sort.descending ? -1 : 1;
	if (sort.key === "name") {
		const collator = new Intl.Collator("vi");
		return rows.toSorted((a, b) => way * collator.compare(bareName(a), bareName(b)));
	}
	const figure = FIGURES[sort.key] ?? FIGURES.rate;
	return rows.toSorted((a, b) => {
		const [x, y] = [figure(a), figure(b)];
		if (x === null || y === null) return Number(x === null) - Number(y === null);
		return way * (x - y);
	});
}

const FIGURES: Record<string, (row: RateRow) => number | null> = {
	members: (row) => row.members,
	women18: (row) => row.women18,
	rate: (row) => (row.women18 ? row.members / row.women18 : null),
	missing: (row) => row.missing,
};

function bareName(row: RateRow): string {
	return row.name.replace(/^(?:Xã|Phường|Thị trấn|Đặc khu) /u, "");
}

/** The name of what each commune stands under: fetched apart, since many communes bear the same name. */
function usePlaces(roots: RateRow[], on: string) {
	const { data } = useQuery(api.units.tree.queryOptions({ input: { on, kinds: ["province", "district"] } }));
	return useMemo(() => {
		const names = new Map(data?.map((unit) => [unit.id, unit]));
		// Under a single root its own name says nothing.
		const top = roots.length === 1 ? roots[0].id : undefined;
		return (row: RateRow) => {
			const parent = row.parentId === null ? undefined : names.get(row.parentId);
			if (!parent || parent.id === top) return undefined;
			const above = parent.parentId === null || parent.parentId === top ? undefined : names.get(parent.parentId);
			return [parent.name, above?.name].filter(Boolean).join(", ");
		};
	}, [data, roots]);
}
