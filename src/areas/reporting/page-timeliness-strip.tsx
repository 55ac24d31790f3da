import { useCallback } from "react";
import { displayDay } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import { MapLegend, shadeOf } from "../../ui/MapLegend.tsx";
import { type Draw, Picture, type PlotLibrary } from "../../ui/Picture.tsx";
import { TimelinessTable, type Timely, type TimelyRow } from "./page-timeliness.tsx";
import { IN_TIME_BANDS, longWords, shadeShare, shortWords } from "./rules-timeliness.ts";

/** A row a unit, a column a period: coloured and worded by how many reports came in time. */
export function TimelinessStrip({ timely, rows }: { timely: Timely; rows: TimelyRow[] }) {
	const periods = timely.periods;
	const draw = useCallback<Draw>((plot, width) => drawStrip(plot, periods, rows, width), [periods, rows]);
	const [latest] = periods;
	const cells = rows.flatMap((row) => (latest ? (row.cells.get(latest.id) ?? []) : []));
	const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0);
	const says = latest
		? `${latest.name}: ${count(sum(({ inTime }) => inTime))} trên ${count(sum(({ expected }) => expected))} báo cáo gửi đúng hạn, ${count(sum(({ late }) => late))} gửi muộn, ${count(sum(({ pending }) => pending))} chưa đến hạn.`
		: "Chưa có kỳ báo cáo.";
	return (
		<Picture
			title="Gửi báo cáo đúng hạn qua các kỳ"
			says={says}
			draw={draw}
			height={heightOf(rows)}
			fileName="bao-cao-dung-han"
			table={() => <TimelinessTable periods={periods} rows={rows} />}
		>
			<p>{says}</p>
			{timely.by === "province" ? (
				<MapLegend bands={IN_TIME_BANDS} />
			) : (
				<p className="soft">Mỗi cột là một kỳ, ghi ngày cuối của số liệu; dấu – là chưa đến hạn.</p>
			)}
		</Picture>
	);
}

const NOT_DUE = "#e6e2e4";
const ROW = 22;
const TOP = 40;
const NARROW = 560;

function heightOf(rows: readonly TimelyRow[]): number {
	return rows.length * ROW + TOP + 8;
}

/** "Thành phố Hà Nội" is "Hà Nội" beside its row; what is still too long for a phone ends in dots. */
function shortName(name: string, narrow: boolean): string {
	const short = name.replace(/^(Tỉnh|Thành phố|Hội LHPN) /, "");
	return narrow && short.length > 17 ? `${short.slice(0, 16)}…` : short;
}

function drawStrip(Plot: PlotLibrary, periods: Timely["periods"], rows: TimelyRow[], width: number): SVGSVGElement {
	const narrow = width < NARROW;
	// The oldest on the left, as a calendar goes; on a phone the last four.
	const shown = periods.slice(0, narrow ? 4 : periods.length).toReversed();
	const cells = rows.flatMap((row) =>
		shown.flatMap((period) => {
			const cell = row.cells.get(period.id);
			return cell ? [{ period, row, cell, share: shadeShare(cell) }] : [];
		}),
	);
	const x = ({ period }: (typeof cells)[number]) => String(period.id);
	const y = ({ row }: (typeof cells)[number]) => String(row.unitId);
	const names = new Map(rows.map(({ unitId, name }) => [String(unitId), shortName(name, narrow)]));
	const days = new Map(
		shown.map(({ id, dataUntil }) => [String(id), narrow ? displayDay(dataUntil).slice(0, 5) : displayDay(dataUntil)]),
	);
	return Plot.plot({
		width,
		height: heightOf(rows),
		marginLeft: narrow ? 128 : 210,
		marginRight: 4,
		marginTop: TOP,
		marginBottom: 8,
		style: { fontSize: "12px", background: "none", color: "#221c24" },
		x: {
			domain: [...days.keys()],
			axis: "top",
			tickFormat: (id: string) => days.get(id) ?? "",
			tickSize: 0,
			label: null,
			padding: 0.06,
		},
		y: {
			domain: [...names.keys()],
			tickFormat: (id: string) => names.get(id) ?? "",
			tickSize: 0,
			label: null,
			padding: 0.1,
		},
		marks: [
			Plot.cell(cells, {
				x,
				y,
				fill: ({ share }) => (share === null ? NOT_DUE : shadeOf(IN_TIME_BANDS, (from) => share >= from)),
			}),
			Plot.text(cells, {
				x,
				y,
				text: ({ cell }) => shortWords(cell, narrow),
				fill: ({ share }) => ((share ?? 0) >= 90 ? "#ffffff" : "#221c24"),
			}),
			Plot.tip(
				cells,
				Plot.pointer({
					x,
					y,
					title: ({ row, period, cell }: (typeof cells)[number]) => `${row.name}\n${period.name}: ${longWords(cell)}`,
				}),
			),
		],
	}) as SVGSVGElement;
}
