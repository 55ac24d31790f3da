import type { PlotLibrary } from "../../ui/Picture.tsx";
import type { KindEffectRow } from "./contract.ts";

const ROW = 54;
const COLORS = { higher: "#0f766e", lower: "#b45309", unclear: "#475569" };

/** A row a kind: its words above, the interval as a line, the difference as a dot (full where it stands out), nought as a rule. */
export function drawEffects(Plot: PlotLibrary, rows: readonly KindEffectRow[], width: number): SVGSVGElement {
	const data = rows.map((row, at) => ({
		row,
		at: at * ROW + 34,
		low: (row.low as number) / 100,
		effect: (row.effect as number) / 100,
		high: (row.high as number) / 100,
		color: COLORS[row.verdict ?? "unclear"],
	}));
	const low = Math.min(0, ...data.map((one) => one.low));
	const high = Math.max(0, ...data.map((one) => one.high));
	const room = Math.max(0.2, (high - low) * 0.06);
	const letters = Math.floor((width - 20) / 6.6);
	const marks = (full: boolean) => data.filter(({ row }) => (row.verdict !== "unclear") === full);
	return Plot.plot({
		width,
		height: rows.length * ROW + 40,
		marginLeft: 10,
		marginRight: 10,
		marginTop: 4,
		marginBottom: 30,
		style: { fontSize: "12px", background: "none", color: "#655c69", overflow: "visible" },
		x: {
			domain: [low - room, high + room],
			ticks: width < 420 ? 4 : 7,
			tickFormat: (tick: number) => String(tick).replace(".", ",").replace("-", "−"),
			tickSize: 0,
			label: null,
		},
		y: { axis: null, domain: [rows.length * ROW, 0] },
		marks: [
			Plot.gridX({ stroke: "#e7e0e6", strokeOpacity: 1, ticks: width < 420 ? 4 : 7 }),
			Plot.ruleX([0], { stroke: "#221c24", strokeWidth: 1.5 }),
			Plot.text(data, {
				x: low - room,
				y: (one: (typeof data)[number]) => one.at - 20,
				text: (one: (typeof data)[number]) => shortened(one.row.words, letters),
				textAnchor: "start",
				fill: "#221c24",
				stroke: "#ffffff",
				strokeWidth: 4,
			}),
			Plot.link(data, { x1: "low", x2: "high", y1: "at", y2: "at", stroke: "color", strokeWidth: 3 }),
			Plot.dot(marks(true), { x: "effect", y: "at", r: 6, fill: "color" }),
			Plot.dot(marks(false), { x: "effect", y: "at", r: 6, fill: "#ffffff", stroke: "color", strokeWidth: 2.5 }),
		],
		color: { type: "identity" },
	}) as SVGSVGElement;
}

/** The beginning of long words, cut between two of them. */
function shortened(words: string, letters: number): string {
	if (words.length <= letters) return words;
	const cut = words.slice(0, letters - 1);
	return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1))}…`;
}
