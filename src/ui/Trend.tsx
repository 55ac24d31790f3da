import { useCallback } from "react";
import { type Day, displayDay, epochDays, fromEpochDays } from "../core/day.ts";
import type { Column } from "./columns.ts";
import { DataList } from "./DataList.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { percent } from "./format.ts";
import { type Draw, Picture, type PlotLibrary } from "./Picture.tsx";

/** The rate on a day, in per cent with two decimals and a point. */
export type TrendPoint = { on: Day; rate: string };

type Props = {
	title: string;
	/** Sorted by day. */
	points: TrendPoint[];
	/** A vertical mark with its words: the reorganisation, `{ on: "2025-07-01", words: "01/7/2025: nhập 4 phường" }`. */
	mark?: { on: Day; words: string };
	fileName: string;
	children?: React.ReactNode;
};

/** A unit's rate over time with the 60% line. Amber under the line, teal over it; the last point bears its figure. */
export function Trend(props: Props) {
	const { points, mark } = props;
	const draw = useCallback<Draw>((plot, width) => drawTrend(plot, points, mark, width), [points, mark]);
	const first = points[0];
	const last = points.at(-1);
	const says =
		first && last
			? `Tỷ lệ tập hợp từ ${percent(first.rate)} ngày ${displayDay(first.on)} đến ${percent(last.rate)} ngày ${displayDay(last.on)}.`
			: "Chưa có số liệu.";
	return (
		<Picture
			title={props.title}
			says={says}
			draw={draw}
			height={190}
			fileName={props.fileName}
			table={() => <TrendTable points={points} />}
		>
			{props.children}
		</Picture>
	);
}

const COLUMNS: Column<TrendPoint>[] = [
	{
		key: "on",
		head: "Ngày",
		cell: (point) => displayDay(point.on),
		phone: "first",
	},
	{
		key: "rate",
		head: "Tỷ lệ",
		cell: (point) => percent(point.rate),
		phone: "end",
		number: true,
	},
];

function TrendTable({ points }: { points: TrendPoint[] }) {
	return (
		<DataList
			caption="Tỷ lệ tập hợp theo ngày"
			columns={COLUMNS}
			rows={[...points].reverse()}
			keyOf={(point) => point.on}
			empty={<EmptyState title="Chưa có số liệu" />}
		/>
	);
}

function drawTrend(Plot: PlotLibrary, points: TrendPoint[], mark: Props["mark"], width: number): SVGSVGElement {
	const data = points.map((point) => ({
		x: epochDays(point.on),
		y: Number(point.rate),
		point,
	}));
	const values = data.map((one) => one.y);
	const low = Math.floor((Math.min(59, ...values) - 1) / 5) * 5;
	const high = Math.ceil((Math.max(61, ...values) + 1) / 5) * 5;
	const last = data.at(-1);
	const color = last && last.y > 60 ? "#0f766e" : "#b45309";
	const tenth = high - low > 25;
	return Plot.plot({
		width,
		height: 200,
		marginLeft: 42,
		marginRight: 20,
		marginTop: 28,
		marginBottom: 28,
		style: {
			fontSize: "12px",
			background: "none",
			color: "#655c69",
			overflow: "visible",
		},
		x: {
			domain: domainOf(data),
			ticks: yearsOf(data, width),
			tickFormat: yearOf,
			tickPadding: 8,
			tickSize: 0,
			label: null,
		},
		y: {
			domain: [low, high],
			ticks: Array.from({ length: 30 }, (_, i) => low + 5 * i).filter(
				(tick) => tick <= high && (!tenth || tick % 10 === 0),
			),
			tickFormat: (tick: number) => `${tick}%`,
			tickSize: 0,
			label: null,
		},
		marks: [
			Plot.gridY({ stroke: "#e7e0e6", strokeOpacity: 1 }),
			Plot.ruleY([60], {
				stroke: "#221c24",
				strokeWidth: 1.5,
				strokeDasharray: "4 4",
			}),
			mark ? Plot.ruleX([epochDays(mark.on)], { stroke: "#8d8191" }) : null,
			mark
				? Plot.text([mark.words], {
						x: epochDays(mark.on),
						frameAnchor: "top",
						dy: -18,
						textAnchor: anchorAt(epochDays(mark.on), domainOf(data)),
						fill: "#655c69",
					})
				: null,
			Plot.lineY(data, {
				x: "x",
				y: "y",
				stroke: color,
				strokeWidth: 3,
				curve: "linear",
			}),
			last ? Plot.dot([last], { x: "x", y: "y", fill: color, r: 5 }) : null,
			last
				? Plot.text([last], {
						x: "x",
						y: "y",
						text: () => percent(last.point.rate),
						// Beside the line, not on it: above where it rose to here, below where it fell.
						dy: last.y >= (data.at(-8) ?? data[0]).y ? -17 : 18,
						dx: 6,
						textAnchor: "end",
						fontSize: 14,
						fontWeight: 600,
						fill: color,
						stroke: "#ffffff",
						strokeWidth: 4,
					})
				: null,
			Plot.tip(
				data,
				Plot.pointerX({
					x: "x",
					y: "y",
					title: (one: (typeof data)[number]) => `${displayDay(one.point.on)}\n${percent(one.point.rate)}`,
				}),
			),
		],
	}) as SVGSVGElement;
}

type Placed = { x: number };

function domainOf(data: Placed[]): [number, number] {
	return [data[0]?.x ?? 0, data.at(-1)?.x ?? 1];
}

/** The first days of the years within, every second or third where the picture is narrow. */
function yearsOf(data: Placed[], width: number): number[] {
	const [from, to] = domainOf(data);
	const first = Number(yearOf(from));
	const years = Array.from({ length: Number(yearOf(to)) - first + 1 }, (_, i) => first + i);
	const step = Math.ceil((years.length * 56) / width);
	return years
		.filter((_, index) => index % step === 0)
		.map((year) => Math.max(from, epochDays(`${year}-01-01`)))
		.filter((x, index, all) => index === 0 || x - all[index - 1] > (to - from) / 12);
}

function yearOf(days: number): string {
	return fromEpochDays(Math.floor(days)).slice(0, 4);
}

function anchorAt(x: number, [from, to]: [number, number]): "start" | "middle" | "end" {
	const share = (x - from) / (to - from || 1);
	return share > 0.6 ? "end" : share < 0.3 ? "start" : "middle";
}
