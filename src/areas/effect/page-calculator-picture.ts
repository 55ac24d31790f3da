import { fromEpochDays } from "../../core/day.ts";
import { count } from "../../ui/format.ts";
import type { PlotLibrary } from "../../ui/Picture.tsx";

interface Point {
	x: number;
	low: number;
	members: number;
	high: number;
}

/** Members ahead with the band of the forecast, and the line of 60 %. */
export function drawPlan(Plot: PlotLibrary, points: Point[], women: number, width: number): SVGSVGElement {
	const line = (3 * women) / 5;
	const lows = points.map((one) => one.low);
	const highs = points.map((one) => one.high);
	const room = Math.max(5, (Math.max(line, ...highs) - Math.min(line, ...lows)) * 0.12);
	const last = points.at(-1) as Point;
	const first = points[0] as Point;
	const color = last.members > line ? "#0f766e" : "#b45309";
	return Plot.plot({
		width,
		height: 200,
		marginLeft: 52,
		marginRight: 20,
		marginTop: 22,
		marginBottom: 28,
		style: { fontSize: "12px", background: "none", color: "#655c69", overflow: "visible" },
		x: {
			domain: [first.x, last.x],
			ticks: points.flatMap((one, at) => (at % (width < 420 ? 12 : 6) === 0 ? [one.x] : [])),
			tickFormat: (days: number) => monthWords(days),
			tickPadding: 8,
			tickSize: 0,
			label: null,
		},
		y: {
			domain: [Math.min(line, ...lows) - room, Math.max(line, ...highs) + room],
			ticks: 4,
			tickFormat: (tick: number) => count(Math.round(tick)),
			tickSize: 0,
			label: null,
		},
		marks: [
			Plot.gridY({ stroke: "#e7e0e6", strokeOpacity: 1, ticks: 4 }),
			Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: color, fillOpacity: 0.13 }),
			Plot.ruleY([line], { stroke: "#221c24", strokeWidth: 1.5, strokeDasharray: "4 4" }),
			Plot.text(["60%"], {
				x: last.x,
				y: line,
				dy: last.members > line ? 11 : -9,
				textAnchor: "end",
				fill: "#221c24",
				fontWeight: 600,
			}),
			Plot.lineY(points, { x: "x", y: "members", stroke: color, strokeWidth: 3 }),
			Plot.dot([last], { x: "x", y: "members", fill: color, r: 5 }),
			Plot.tip(
				points,
				Plot.pointerX({
					x: "x",
					y: "members",
					title: (one: Point) =>
						`${monthWords(one.x)}\n${count(one.members)}${one.low === one.high ? "" : ` (${count(one.low)} – ${count(one.high)})`}`,
				}),
			),
		],
	}) as SVGSVGElement;
}

function monthWords(days: number): string {
	const day = fromEpochDays(Math.round(days));
	return `${Number(day.slice(5, 7))}/${day.slice(0, 4)}`;
}
