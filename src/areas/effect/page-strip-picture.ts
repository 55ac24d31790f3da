import { fromEpochDays } from "../../core/day.ts";
import type { PlotLibrary } from "../../ui/Picture.tsx";

interface Point {
	x: number;
	rate: number;
	likes: number | null;
}

const PLUM = "#7a2858";
const OTHERS = "#655c69";

/** Two lines: the commune's own, and dashed the mean of those like it; the day it began, and 60 % where it is in sight. */
export function drawStrip(Plot: PlotLibrary, points: Point[], began: number, width: number): SVGSVGElement {
	const own = points.map(({ x, rate }) => ({ x, y: rate / 100 }));
	const others = points.flatMap(({ x, likes }) => (likes === null ? [] : [{ x, y: likes / 100 }]));
	const values = [...own, ...others].map(({ y }) => y);
	const low = Math.floor(Math.min(...values) - 1);
	const high = Math.ceil(Math.max(...values) + 1);
	const [first, last] = [own[0]?.x ?? 0, own.at(-1)?.x ?? 1];
	return Plot.plot({
		width,
		height: 210,
		marginLeft: 42,
		marginRight: 20,
		marginTop: 30,
		marginBottom: 28,
		style: { fontSize: "12px", background: "none", color: "#655c69", overflow: "visible" },
		x: {
			domain: [first, last],
			ticks: own.flatMap(({ x }, at) => (at % (width < 420 ? 12 : 6) === 0 ? [x] : [])),
			tickFormat: (days: number) => {
				const day = fromEpochDays(Math.round(days));
				return `${Number(day.slice(5, 7))}/${day.slice(0, 4)}`;
			},
			tickPadding: 8,
			tickSize: 0,
			label: null,
		},
		y: {
			domain: [low, high],
			ticks: 4,
			tickFormat: (tick: number) => `${String(tick).replace(".", ",")}%`,
			tickSize: 0,
			label: null,
		},
		marks: [
			Plot.gridY({ stroke: "#e7e0e6", strokeOpacity: 1, ticks: 4 }),
			low < 60 && high > 60 ? Plot.ruleY([60], { stroke: "#221c24", strokeWidth: 1.5, strokeDasharray: "4 4" }) : null,
			Plot.ruleX([began], { stroke: "#8d8191" }),
			Plot.text(["bắt đầu"], { x: began, frameAnchor: "top", dy: -18, fill: "#655c69" }),
			Plot.lineY(others, { x: "x", y: "y", stroke: OTHERS, strokeWidth: 2, strokeDasharray: "2 4" }),
			Plot.lineY(own, { x: "x", y: "y", stroke: PLUM, strokeWidth: 3 }),
			Plot.text(own.slice(-1), {
				x: "x",
				y: "y",
				text: () => "xã này",
				dy: -14,
				textAnchor: "end",
				fill: PLUM,
				fontWeight: 600,
				stroke: "#ffffff",
				strokeWidth: 4,
			}),
			Plot.text(others.slice(-1), {
				x: "x",
				y: "y",
				text: () => "xã tương đồng",
				dy: 14,
				textAnchor: "end",
				fill: OTHERS,
				stroke: "#ffffff",
				strokeWidth: 4,
			}),
		],
	}) as SVGSVGElement;
}
