import { useCallback } from "react";
import { CLASS_WORDS, ClassChip } from "./ClassChip.tsx";
import type { Column } from "./columns.ts";
import { DataList } from "./DataList.tsx";
import { EmptyState } from "./EmptyState.tsx";
import { count } from "./format.ts";
import { type Draw, Picture, type PlotLibrary } from "./Picture.tsx";
import { type Dot, type StripLayout, type StripUnit, stripLayout } from "./strip-layout.ts";

type Props = {
	units: StripUnit[];
	/** "xã, phường". */
	noun: string;
	fileName: string;
	onOpen?: (unit: StripUnit) => void;
};

const COLORS = { under: "#b45309", exactly: "#475569", over: "#0f766e" };
const MAX_HEIGHT = 240;

/** All communes by rate, one dot each, on their side of the 60% line. */
export function Strip({ units, noun, fileName, onOpen }: Props) {
	const draw = useCallback<Draw>((plot, width) => drawStrip(plot, units, width, onOpen), [units, onOpen]);
	const of = (cls: StripUnit["cls"]) => count(units.filter((unit) => unit.cls === cls).length);
	const says = `${count(units.length)} ${noun} theo tỷ lệ tập hợp: ${of("under")} dưới 60%, ${of("exactly")} bằng 60%, ${of("over")} trên 60%.`;
	return (
		<Picture
			title={`${count(units.length)} ${noun}: mỗi chấm là một đơn vị`}
			says={says}
			draw={draw}
			height={150}
			fileName={fileName}
			table={() => <StripTable units={units} onOpen={onOpen} />}
		/>
	);
}

const COLUMNS: Column<StripUnit>[] = [
	{ key: "name", head: "Đơn vị", cell: (unit) => unit.name, phone: "first" },
	{
		key: "rate",
		head: "Tỷ lệ",
		cell: (unit) => shownRate(unit.rate),
		phone: "end",
		number: true,
	},
	{
		key: "cls",
		head: "Xếp loại",
		cell: (unit) => <ClassChip cls={unit.cls} />,
		phone: "second",
	},
];

function StripTable({ units, onOpen }: Pick<Props, "units" | "onOpen">) {
	return (
		<DataList
			caption="Tỷ lệ tập hợp theo đơn vị"
			columns={COLUMNS}
			rows={[...units].sort((a, b) => a.rate - b.rate)}
			keyOf={(unit) => unit.code}
			onOpen={onOpen}
			empty={<EmptyState title="Chưa có đơn vị nào có số liệu" />}
		/>
	);
}

function shownRate(rate: number): string {
	return `${rate.toFixed(2).replace(".", ",")}%`;
}

function drawStrip(Plot: PlotLibrary, units: StripUnit[], width: number, onOpen?: Props["onOpen"]): SVGSVGElement {
	const inner = width - 2 * SIDE;
	const layout = stripLayout(units, inner, MAX_HEIGHT);
	const top = 26;
	const height = Math.max(90, layout.height + 8) + top + 26;
	const x = (dot: Dot) => layout.from + (dot.x / inner) * (layout.to - layout.from);
	const y = (dot: Dot) => dot.y + layout.size / 2;
	const svg = Plot.plot({
		width,
		height,
		marginLeft: SIDE,
		marginRight: SIDE,
		marginTop: top,
		marginBottom: 26,
		style: { fontSize: "13px", background: "none", color: "#221c24" },
		x: {
			domain: [layout.from, layout.to],
			ticks: ticksFor(layout, inner),
			tickFormat: (tick: number) => `${tick}%`,
			tickSize: 0,
			label: null,
		},
		y: { axis: null, domain: [0, height - top - 26] },
		marks: [
			Plot.ruleY([0], { stroke: "#e7e0e6" }),
			Plot.dot(layout.dots, { x, y, render: inOnePath(layout) }),
			Plot.ruleX([60], { stroke: "#221c24", strokeWidth: 2 }),
			Plot.text(["60%"], {
				x: 60,
				frameAnchor: "top",
				dy: -14,
				fontWeight: 600,
				fill: "#221c24",
			}),
			Plot.tip(
				layout.dots,
				Plot.pointer({
					x,
					y,
					title: (dot: Dot) => `${dot.unit.name}\n${shownRate(dot.unit.rate)} · ${CLASS_WORDS[dot.unit.cls]}`,
					maxRadius: 24,
				}),
			),
		],
	}) as SVGSVGElement & { value?: Dot };
	if (onOpen) svg.addEventListener("click", () => svg.value && onOpen(svg.value.unit));
	return svg;
}

const SIDE = 16;

function ticksFor({ from, to }: StripLayout, width: number): number[] {
	const step = ((to - from) / 10) * 44 > width ? 20 : 10;
	const ticks: number[] = [];
	for (let tick = from; tick <= to; tick += 10) if ((tick - 60) % step === 0) ticks.push(tick);
	return ticks;
}

/** One path a class instead of a circle a commune: ten thousand communes are three elements. At 60% a square, so that shape tells, too. */
function inOnePath({ dots, size }: StripLayout) {
	const r = size > 5 ? size / 2 - 0.8 : size > 3 ? size / 2 - 0.3 : size / 2;
	const circle = (cx: number, cy: number) => `M${cx - r},${cy}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`;
	const square = (cx: number, cy: number) => `M${cx - r},${cy - r}h${2 * r}v${2 * r}h${-2 * r}z`;
	return (index: ArrayLike<number>, _scales: unknown, values: { x?: ArrayLike<number>; y?: ArrayLike<number> }) => {
		const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
		for (const cls of ["under", "over", "exactly"] as const) {
			const path = group.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "path"));
			const shape = cls === "exactly" ? square : circle;
			const parts = Array.from(index)
				.filter((i) => dots[i].unit.cls === cls)
				.map((i) => shape(round(values.x?.[i]), round(values.y?.[i])));
			path.setAttribute("d", parts.join(""));
			path.setAttribute("fill", COLORS[cls]);
		}
		return group;
	};
}

function round(value = 0): number {
	return Math.round(value * 10) / 10;
}
