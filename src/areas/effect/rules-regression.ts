/*
 * What the rest of a difference is that matching leaves: least squares with a little ridge, so that two things that always go together
 * share what they have instead of tearing the answer apart.
 */

/** Rows of one group (a month) are compared with one another only. */
export interface Observation {
	group: number;
	x: readonly number[];
	y: number;
}

/** The weight of each column, the means of each group taken out of both sides; noughts without observations. */
export function fit(rows: readonly Observation[], columns: number): number[] {
	const width = columns + 1;
	const square = Array.from({ length: columns }, () => new Float64Array(width));
	for (const of of Map.groupBy(rows, ({ group }) => group).values()) {
		const means = new Float64Array(width);
		for (const { x, y } of of) {
			for (let at = 0; at < columns; at += 1) means[at] = (means[at] as number) + (x[at] as number) / of.length;
			means[columns] = (means[columns] as number) + y / of.length;
		}
		for (const { x, y } of of) {
			const centred = Array.from({ length: columns }, (_, at) => (x[at] as number) - (means[at] as number));
			for (const [at, value] of centred.entries()) {
				if (value === 0) continue;
				const line = square[at] as Float64Array;
				for (let to = 0; to < columns; to += 1) line[to] = (line[to] as number) + value * (centred[to] as number);
				line[columns] = (line[columns] as number) + value * (y - (means[columns] as number));
			}
		}
	}
	for (let at = 0; at < columns; at += 1) {
		const line = square[at] as Float64Array;
		line[at] = (line[at] as number) * (1 + RIDGE) + TINY;
	}
	return solve(square, columns);
}

const RIDGE = 1e-3;
const TINY = 1e-9;

/** Gauss with pivots, in place. */
function solve(square: Float64Array[], columns: number): number[] {
	for (let at = 0; at < columns; at += 1) {
		let pivot = at;
		for (let row = at + 1; row < columns; row += 1)
			if (Math.abs(square[row]?.[at] as number) > Math.abs(square[pivot]?.[at] as number)) pivot = row;
		[square[at], square[pivot]] = [square[pivot] as Float64Array, square[at] as Float64Array];
		const line = square[at] as Float64Array;
		for (let row = 0; row < columns; row += 1) {
			const other = square[row] as Float64Array;
			const factor = row === at ? 0 : (other[at] as number) / (line[at] as number);
			if (factor !== 0)
				for (let to = at; to <= columns; to += 1) other[to] = (other[to] as number) - factor * (line[to] as number);
		}
	}
	return square.map((line, at) => (line[columns] as number) / (line[at] as number));
}
