import type { Day } from "../core/day.ts";

/** A half-open period of days: from its first day up to, not including, `to`; null where it has no end. */
export interface Period {
	from: Day;
	to: Day | null;
}

/** PostgreSQL's text for a period. */
export function dateRange(from: Day | null, to: Day | null): string {
	return `[${from ?? ""},${to ?? ""})`;
}

/** PostgreSQL's text for a set of periods. */
export function dateMultirange(periods: Period[]): string {
	return `{${periods.map((period) => dateRange(period.from, period.to)).join(",")}}`;
}

/** Reads PostgreSQL's canonical text of a daterange with a lower bound. */
function readRange(text: string): Period {
	const [, from, to] = /^\[([^,]*),([^)]*)\)$/.exec(text) ?? [];
	if (!from) throw new TypeError(`Not a bounded daterange: ${text}`);
	return { from, to: to || null };
}

/** Reads PostgreSQL's canonical text of a datemultirange. */
export function readMultirange(text: string): Period[] {
	return (text.match(/\[[^)]*\)/g) ?? []).map(readRange);
}
