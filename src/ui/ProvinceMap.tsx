import { type KeyboardEvent, useState } from "react";
import outlines from "./vietnam-map.json" with { type: "json" };

/** What a province shows. Colour never speaks alone: `title` says in words what `className` or `fill` paints. */
export interface ProvinceValue {
	/** The province's name. */
	label: string;
	/** The value in words: "57,31%, 214 xã dưới 60%". */
	title: string;
	className?: string;
	fill?: string;
}

export interface ProvinceMapProps {
	/** The 63 provinces up to 30/06/2025 or the 34 since. */
	map: "old" | "new";
	/** By province code of the same map; a province without a value is drawn as one without figures. */
	values: Readonly<Record<string, ProvinceValue>>;
	/** What the whole map is, for those who do not see it. */
	title: string;
	onSelect?: (code: string) => void;
}

interface Islands {
	name: string;
	old: string;
	new: string;
	path: string;
	label: number[];
	frame: number[] | null;
}

const SHAPES: Record<"old" | "new", Record<string, string>> = outlines;
const ISLANDS: Islands[] = outlines.islands;
const NO_VALUE = "#e6e2e4";

const STEPS: Readonly<Record<string, number>> = {
	ArrowRight: 1,
	ArrowDown: 1,
	ArrowLeft: -1,
	ArrowUp: -1,
};

/**
 * The map of provinces (old or new) with Hoàng Sa and Trường Sa, which are painted as the province they belong to. One stop of
 * the Tab key; the arrow keys go from province to province in the order of the codes, Enter or Space selects. The province under
 * the pointer or the focus is named below the map, where a finger finds it too.
 */
export function ProvinceMap({ map, values, title, onSelect }: ProvinceMapProps) {
	const codes = Object.keys(SHAPES[map]).sort();
	const [current, setCurrent] = useState<string | null>(null);
	const stop = current && codes.includes(current) ? current : codes[0];

	const onKeyDown = (event: KeyboardEvent<SVGPathElement>, code: string) => {
		const step = STEPS[event.key];
		if (step) {
			event.preventDefault();
			const next = codes[(codes.indexOf(code) + step + codes.length) % codes.length];
			event.currentTarget.parentElement?.querySelector<SVGPathElement>(`[data-code="${next}"]`)?.focus();
		}
		if (onSelect && (event.key === "Enter" || event.key === " ")) {
			event.preventDefault();
			onSelect(code);
		}
	};

	return (
		<figure className="province-map" style={{ margin: 0 }}>
			{/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset; role img would hide its provinces. */}
			<svg
				role="group"
				viewBox={`0 0 ${outlines.width} ${outlines.height}`}
				style={{ display: "block", width: "100%", height: "auto" }}
				aria-label={title}
			>
				{codes.map((code) => (
					<Province
						key={code}
						code={code}
						path={SHAPES[map][code] ?? ""}
						value={values[code]}
						focusable={code === stop}
						button={Boolean(onSelect)}
						onCurrent={() => setCurrent(code)}
						onSelect={() => onSelect?.(code)}
						onKeyDown={(event) => onKeyDown(event, code)}
					/>
				))}
				{ISLANDS.map((islands) => (
					<IslandGroup key={islands.name} islands={islands} value={values[islands[map]]} />
				))}
				<Outline path={current ? SHAPES[map][current] : undefined} />
			</svg>
			<figcaption aria-hidden="true" style={{ minHeight: "1.6em" }}>
				{current && spoken(values[current])}
			</figcaption>
		</figure>
	);
}

function spoken(value: ProvinceValue | undefined): string {
	return value ? `${value.label}: ${value.title}` : "Chưa có số liệu";
}

interface ProvinceProps {
	code: string;
	path: string;
	value: ProvinceValue | undefined;
	focusable: boolean;
	button: boolean;
	onCurrent: () => void;
	onSelect: () => void;
	onKeyDown: (event: KeyboardEvent<SVGPathElement>) => void;
}

function Province({ code, path, value, focusable, button, onCurrent, onSelect, onKeyDown }: ProvinceProps) {
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the role is there, Biome does not see it through the condition.
		<path
			d={path}
			data-code={code}
			className={value?.className}
			fill={value?.className ? undefined : (value?.fill ?? NO_VALUE)}
			stroke="#6f656b"
			strokeWidth={0.7}
			style={{ cursor: button ? "pointer" : "default", outline: "none" }}
			role={button ? "button" : "img"}
			aria-label={spoken(value)}
			tabIndex={focusable ? 0 : -1}
			onMouseEnter={onCurrent}
			onFocus={onCurrent}
			onClick={onSelect}
			onKeyDown={onKeyDown}
		>
			<title>{spoken(value)}</title>
		</path>
	);
}

/** The province that is named below, traced on top of its neighbours. */
function Outline({ path }: { path: string | undefined }) {
	return path ? <path d={path} fill="none" stroke="#2b2329" strokeWidth={3} pointerEvents="none" /> : null;
}

function IslandGroup({ islands, value }: { islands: Islands; value: ProvinceValue | undefined }) {
	const [x, y] = islands.label;
	const [left, top, width, height] = islands.frame ?? [];
	return (
		<g>
			{islands.frame && (
				<rect x={left} y={top} width={width} height={height} fill="none" stroke="#8a8087" strokeWidth={1} />
			)}
			<path
				d={islands.path}
				className={value?.className}
				fill={value?.className ? undefined : (value?.fill ?? NO_VALUE)}
				stroke="#5b5158"
				strokeWidth={0.8}
			/>
			<text x={x} y={y} textAnchor="middle" fontSize={21} fill="#4a4147">
				<tspan x={x}>Quần đảo</tspan>
				<tspan x={x} dy={24}>
					{islands.name.replace("Quần đảo ", "")}
				</tspan>
			</text>
		</g>
	);
}
