import type { RateClass } from "../../core/rate.ts";
import { percent } from "../../ui/format.ts";

const COLORS: Record<RateClass, string> = { under: "#b45309", exactly: "#475569", over: "#0f766e" };
const WIDTH = 240;
const HEIGHT = 26;
const SIDE = 8;
/** Rates outside stand at the edges: nearly all are within, and what matters happens around 60. */
const LEAST = 30;
const MOST = 90;

export interface RatePoint {
	name: string;
	rate: string | null;
	class: RateClass | null;
}

/** The rates before as rings and the one after as a filled diamond, on a line with its 60% mark: which side each is on, and where they went. */
export function RateStrip({ before, after }: { before: readonly RatePoint[]; after: RatePoint }) {
	const known = before.filter((one) => one.rate !== null);
	const words = [
		known.length > 0
			? `trước: ${known.map((one) => `${one.name} ${percent(one.rate ?? "0")}`).join(", ")}`
			: "trước: chưa có tỷ lệ",
		after.rate === null ? "sau: chưa có tỷ lệ" : `sau: ${percent(after.rate)}`,
	].join("; ");
	return (
		<svg
			viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
			role="img"
			aria-label={words}
			style={{ width: "100%", maxWidth: WIDTH, display: "block" }}
		>
			<title>{words}</title>
			<line x1={SIDE} x2={WIDTH - SIDE} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="#e7e0e6" strokeWidth={2} />
			<line x1={placeOf("60")} x2={placeOf("60")} y1={2} y2={HEIGHT - 2} stroke="#221c24" strokeWidth={1.5} />
			{known.map((one) => (
				<circle
					key={one.name}
					cx={placeOf(one.rate ?? "0")}
					cy={HEIGHT / 2}
					r={5}
					fill="#ffffff"
					stroke={COLORS[one.class ?? "exactly"]}
					strokeWidth={2}
				/>
			))}
			{after.rate === null ? null : <path d={diamond(placeOf(after.rate))} fill={COLORS[after.class ?? "exactly"]} />}
		</svg>
	);
}

function placeOf(rate: string): number {
	const within = Math.max(LEAST, Math.min(Number(rate), MOST));
	return Math.round((SIDE + ((within - LEAST) / (MOST - LEAST)) * (WIDTH - 2 * SIDE)) * 10) / 10;
}

function diamond(x: number): string {
	const y = HEIGHT / 2;
	return `M${x - 8},${y}L${x},${y - 8}L${x + 8},${y}L${x},${y + 8}z`;
}
