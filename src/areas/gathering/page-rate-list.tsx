import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { RateRow } from "./contract.ts";
import { usePlaces } from "./page-places.ts";
import { rateColumns } from "./page-rate-columns.tsx";
import { foundIn, isSpread, sortOf, sortWord, useCommunes } from "./page-rate-lists.ts";
import css from "./page-rates.module.css";
import { communeNoun } from "./rules-day.ts";
import { IN_LIST, LIST_WORDS, RATE_LISTS } from "./rules-lists.ts";

const route = getRouteApi("/gathering");

type Props = { roots: RateRow[]; on: string; map?: string; onWhy?: (unitId: number) => void };

/** All communes of a unit as one list, by class, searched by name without diacritics or by code. */
export function CommuneList({ roots, on, map, onWhy }: Props) {
	const lists = useCommunes(roots, on, { map });
	return (
		<Loaded query={lists}>
			{(communes) => <Filtered rows={communes} roots={roots} on={map ?? on} onWhy={onWhy} />}
		</Loaded>
	);
}

/** `on`: the day whose units are listed. */
function Filtered({ rows, roots, on, onWhy }: Props & { rows: RateRow[] }) {
	const { today } = useSession();
	const search = route.useSearch();
	const { list = "all", q = "" } = search;
	const navigate = route.useNavigate();
	const root = roots[0];
	const placeOf = usePlaces(roots.length === 1 ? roots[0].id : undefined, on);
	const spread = isSpread(root, on);
	const sizes = useMemo(() => RATE_LISTS.map((one) => rows.filter(IN_LIST[one]).length), [rows]);
	const sort = sortOf(search.sort);
	const found = useMemo(() => foundIn(rows, { list, q, sort: search.sort }), [rows, list, q, search.sort]);
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
								activeOptions={{ exact: true }}
							>
								{LIST_WORDS[one]} <b>{count(sizes[index])}</b>
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
				caption={`${LIST_WORDS[list]}: ${communeNoun(on)} của ${roots.map(({ name }) => name).join(", ")}`}
				columns={columns}
				rows={found}
				keyOf={keyOf}
				sort={sort}
				onSort={(next) =>
					navigate({ search: (old) => ({ ...old, sort: sortWord(next) }), replace: true, resetScroll: false })
				}
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
