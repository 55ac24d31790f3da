import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { displayDay } from "../../core/day.ts";
import { CLASS_WORDS } from "../../ui/ClassChip.tsx";
import { count, percent } from "../../ui/format.ts";
import { asOfWords, type PaperColumn, PrintSheet } from "../../ui/PrintSheet.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { client } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { toProblem } from "../../web/problem.ts";
import type { RatesSearch } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { useLetterhead } from "../units/page-letterhead.ts";
import type { RateRow } from "./contract.ts";
import { usePlaces } from "./page-places.ts";
import { isSum } from "./page-rate-columns.tsx";
import { foundIn, isSpread, useCommunes } from "./page-rate-lists.ts";
import { useRoots } from "./page-roots.ts";
import { communeNoun, dayNotes } from "./rules-day.ts";
import { LIST_WORDS } from "./rules-lists.ts";

const route = getRouteApi("/gathering/print");

/** The rates on paper: the list of communes as the screen has it, or a unit with those directly below it. */
export function PrintRatesPage() {
	const { unit: own, today } = useSession();
	const { on = today, unit = own.id, map } = route.useSearch();
	const roots = useRoots(unit, on, map);
	return (
		<Loaded query={roots}>
			{(rows) =>
				rows[0] ? <Sheet roots={rows} on={on} /> : <p>Đơn vị này không có vào ngày đã chọn. Hãy chọn ngày khác.</p>
			}
		</Loaded>
	);
}

type Props = { roots: RateRow[]; on: string };

function Sheet({ roots, on }: Props) {
	const { today } = useSession();
	const search = route.useSearch();
	const letterhead = useLetterhead();
	const isList = search.list !== undefined;
	const { map } = search;
	const communes = useCommunes(roots, on, { map, enabled: isList });
	const below = useQuery({
		queryKey: ["rates-below", on, map, roots.map(({ id }) => id)],
		queryFn: async () =>
			(
				await Promise.all(roots.map(({ id }) => client.gathering.rates({ on, map, unitId: id, children: true })))
			).flat(),
		enabled: !isList,
	});
	const { data, error } = isList ? communes : below;
	const rows = useMemo(() => (isList && data ? foundIn(data, search) : (data ?? [])), [data, isList, search]);
	const placeOf = usePlaces(roots.length === 1 ? roots[0].id : undefined, map ?? on);
	const columns = paperColumns(isList && isSpread(roots[0], map ?? on) ? placeOf : undefined);
	const problem = error ?? letterhead.error;
	if (problem) return <ProblemAlert problem={toProblem(problem)} onRetry={() => location.reload()} />;
	return (
		<PrintSheet
			back={
				<Link to="/gathering" search={search}>
					‹ Tỷ lệ tập hợp
				</Link>
			}
			letterhead={letterhead.data}
			today={today}
			title="Tỷ lệ tập hợp phụ nữ có mặt tại địa bàn tham gia tổ chức Hội"
			lines={[roots.map(({ name }) => name).join(", "), whichWords(search, rows.length, on)]}
			columns={columns}
			sums={isList ? [] : roots}
			rows={rows}
			keyOf={(row) => String(row.id)}
			notes={notesOf([...(isList ? [] : roots), ...rows], on, today, map)}
			coming={data === undefined ? null : undefined}
		/>
	);
}

function whichWords({ list, q, map }: RatesSearch, rows: number, on: string): string {
	return [
		list && list !== "all" ? LIST_WORDS[list] : "",
		q ? `tìm theo “${q}”` : "",
		asOfWords(on),
		list ? `${count(rows)} ${communeNoun(map ?? on)}` : "",
	]
		.filter(Boolean)
		.join("; ");
}

function paperColumns(placeOf: ((row: RateRow) => string | undefined) | undefined): PaperColumn<RateRow>[] {
	const columns: (PaperColumn<RateRow> | null)[] = [
		{ key: "name", head: "Đơn vị", cell: (row) => row.name, share: 20 },
		placeOf ? { key: "place", head: "Thuộc", cell: placeOf, share: 24 } : null,
		{
			key: "members",
			head: "Hội viên",
			cell: (row) => `${count(row.members)}${row.estimated ? " (ước tính)" : ""}`,
			number: true,
			share: 10,
		},
		{
			key: "women18",
			head: "Phụ nữ từ 18 tuổi trở lên",
			cell: (row) => (row.women18 === null ? "" : count(row.women18)),
			number: true,
			share: 11,
		},
		{
			key: "rate",
			head: "Tỷ lệ",
			cell: (row) => (row.rate === null ? "" : percent(row.rate)),
			number: true,
			share: 10,
		},
		{ key: "class", head: "Xếp loại", cell: classWords, share: 12 },
		{
			key: "missing",
			head: "Còn thiếu",
			cell: (row) => (row.missing ? count(row.missing) : ""),
			number: true,
			share: 8,
		},
	];
	return columns.filter((column) => column !== null);
}

function classWords(row: RateRow): string {
	if (row.class !== null) return row.class === "exactly" ? "Bằng 60%" : CLASS_WORDS[row.class];
	if (row.kind === "commune") return "Chưa có số liệu";
	return isSum(row) ? "tham khảo" : "";
}

/** What the guidance wants said of these figures (R1, R5, R6), and what the day does. */
function notesOf(rows: RateRow[], on: string, today: string, map?: string): string[] {
	const some = (test: (row: RateRow) => boolean, words: string) => (rows.some(test) ? [words] : []);
	return [
		"Tỷ lệ = tổng số hội viên : số phụ nữ từ 18 tuổi trở lên (điểm 1.2, mục II, Hướng dẫn 21/HD-ĐCT). Còn thiếu: số hội viên để đạt trên 60%.",
		...some((row) => row.class === "exactly", "Bằng 60% là chưa đạt trên 60%."),
		...some(isSum, "Tỷ lệ của tỉnh, cụm, cả nước là tổng của các cơ sở, để tham khảo."),
		...some(
			(row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18,
			"Trên 100%: hội viên của hôm nay so với số phụ nữ của năm 2019.",
		),
		...(map ? [`Số của ngày ${displayDay(on)} xem theo đơn vị hành chính ngày ${displayDay(map)}.`] : []),
		...some((row) => row.estimated, "(ước tính): có phần chia theo tỷ lệ từ đơn vị bị chia."),
		...dayNotes(on, today, map),
	];
}
