/** One figure of the bench, as results.json keeps it. */
export interface Row {
	/** What was measured; begins with its section: "rates: …". */
	name: string;
	/** What it must not pass (or, where `met` says so, must reach), in `unit`; null for a figure beside the budgets. */
	budget: number | null;
	value: number;
	unit: string;
	met: boolean;
}

/** A section of the bench: a file bench/NAME.ts that exports this. */
export interface Section {
	run(): Promise<Row[]>;
}

/** A figure that must stay at or under its budget. */
export function atMost(name: string, budget: number, value: number, unit: string): Row {
	return { name, budget, value: rounded(value), unit, met: value <= budget };
}

/** A figure that must reach its budget. */
export function atLeast(name: string, budget: number, value: number, unit: string): Row {
	return { name, budget, value: rounded(value), unit, met: value >= budget };
}

/** A figure to read the others by, without a budget. */
export function beside(name: string, value: number, unit: string): Row {
	return { name, budget: null, value: rounded(value), unit, met: true };
}

/** Three digits that say something. */
function rounded(value: number): number {
	return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** How often something is measured at least. */
export const RUNS = 5;

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] as number;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** How long `work` takes, in milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/** The middle of several runs of `work` in milliseconds, after one that does not count. */
export async function medianTime(work: (run: number) => unknown, runs: number = RUNS): Promise<number> {
	await work(-1);
	const times: number[] = [];
	for (let run = 0; run < runs; run++) times.push(await timed(() => work(run)));
	return median(times);
}
