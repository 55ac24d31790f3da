import type { RateClass } from "../core/rate.ts";

/** A commune in the strip: its rate in per cent and its class by integers. */
export type StripUnit = {
	code: string;
	name: string;
	rate: number;
	cls: RateClass;
};

export type Dot = { unit: StripUnit; x: number; y: number };

export type StripLayout = {
	dots: Dot[];
	/** Width and height of a dot's place, in pixels. */
	size: number;
	/** Pixels of the drawing, without its axis. */
	height: number;
	from: number;
	to: number;
};

const LARGEST = 11;
const SMALLEST = 2;

/**
 * Places one dot a commune over its rate, stacked from the axis up. The 60% line is an edge between two stacks, so that no dot under
 * 60% touches the side over it; those at exactly 60% stand on the line. Dots are as large as `maxHeight` pixels allow, and overlap where even the smallest would need more.
 */
export function stripLayout(units: StripUnit[], width: number, maxHeight: number): StripLayout {
	const rates = units.map((unit) => unit.rate);
	const from = Math.floor(Math.min(50, ...range(rates, Math.min)) / 10) * 10;
	const to = Math.ceil(Math.max(70, ...range(rates, Math.max)) / 10) * 10;
	const line = ((60 - from) / (to - from)) * width;
	for (let size = LARGEST; ; size -= 0.5) {
		const dots = placed(units, size, line, width / (to - from));
		const height =
			Math.max(
				...range(
					dots.map((dot) => dot.y),
					Math.max,
				),
				0,
			) + size;
		if (height <= maxHeight) return { dots, size, height, from, to };
		if (size <= SMALLEST) return { dots: squeezed(dots, maxHeight / height), size, height: maxHeight, from, to };
	}
}

/** Thousands at one rate stand closer than a dot is high: a full column says what it has to, a picture of 1 000 pixels does not. */
function squeezed(dots: Dot[], share: number): Dot[] {
	return dots.map((dot) => ({ ...dot, y: dot.y * share }));
}

/** The extreme of a list of any length (a spread of 10 000 arguments is refused by some browsers); empty for none. */
function range(values: number[], pick: (a: number, b: number) => number): number[] {
	return values.length === 0 ? [] : [values.reduce((a, b) => pick(a, b))];
}

function placed(units: StripUnit[], size: number, line: number, perCent: number): Dot[] {
	const stacked = new Map<number, number>();
	return [...units]
		.sort((a, b) => a.rate - b.rate)
		.map((unit) => {
			const column = columnOf(unit, size, perCent);
			const at = stacked.get(column) ?? 0;
			stacked.set(column, at + 1);
			return { unit, x: line + column * size, y: at * size };
		});
}

/** Places from the line, in dots: −0.5, −1.5 … under; 0 on it; 0.5, 1.5 … over. */
function columnOf({ rate, cls }: StripUnit, size: number, perCent: number): number {
	if (cls === "exactly") return 0;
	const places = Math.floor((Math.abs(rate - 60) * perCent) / size) + 0.5;
	return cls === "under" ? -places : places;
}
