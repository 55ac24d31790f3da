import type { Json } from "../../core/canonical-json.ts";
import type { Day } from "../../core/day.ts";
import { classOf, missingToPass, type RateClass, rateText } from "../../core/rate.ts";
import type { Parts } from "../gathering/contract.ts";
import { totalOf } from "../gathering/rules.ts";
import { type Figures, sumFigures } from "./rules-figures.ts";
import { closingOf, movementOf, structureOf } from "./rules-inputs.ts";

/** The rules by which a report is made; a change of what is counted, or how it is written, is a new number. */
export const RULES_VERSION = 1;

/** A unit's own figures of the ledger on a day, with its denominator. */
export interface Base extends Parts {
	women18: number | null;
}

const NOTHING: Base = {
	women18: null,
	roster: 0,
	unlisted: 0,
	trade_union: 0,
	armed_forces: 0,
	member_organisation: 0,
	upper_club: 0,
	overlap: 0,
};

/** What of a report is said and not counted: it is frozen with the figures. */
export interface ReportHead {
	rules: number;
	period: { name: string; kind: string; from: Day; dataUntil: Day };
	unit: { code: string | null; name: string; kind: string; above: string };
	/** The figures the form asks for. */
	keys: string[];
	/** `key`: of an answer that is a number and is added up. */
	words: { question: string; answer: string; key?: string }[];
	documents: string[];
	signed: { name: string; as: string; on: Day; late: boolean } | null;
	/** Why reported figures are corrected; '' where they are not. */
	reason: string;
	denominator: { how: string; source: string };
	/** The frozen reports it is made of, and who below is missing in it. */
	below: { report: string; seq: number; sha256: string; code: string | null; name: string }[];
	missing: { code: string | null; name: string }[];
}

/** Everything a report is made of, but for the packed rows and the frozen reports below. */
export interface ReportInputs {
	head: ReportHead;
	opening: Base | null;
	closing: Base | null;
}

/**
 * The figures of a report (R1, R3, R8): the unit's own from the ledger, its members' structure and movement from their memberships,
 * and those of the frozen reports below, summed. `unnamed` is what changed without names; opening and closing are all members.
 */
export function countsOf(
	{ head, opening, closing }: ReportInputs,
	members: Uint8Array,
	moves: Uint8Array,
	below: readonly Figures[],
): Figures {
	const { women18, ...parts } = closing ?? NOTHING;
	const { women18: _, ...before } = opening ?? NOTHING;
	const own: Figures = {
		...parts,
		women18,
		members: totalOf(parts),
		opening: totalOf(before),
		...movementOf(moves),
		unnamed: totalOf(parts) - parts.roster - (totalOf(before) - before.roster),
		closing: totalOf(parts),
		...classCount(head.unit.kind, totalOf(parts), women18),
		...structureOf(members),
	};
	return sumFigures(head.keys, [own, ...below]);
}

function classCount(kind: string, members: number, women18: number | null): Figures {
	const counts: Figures = { communes_under: 0, communes_exactly: 0, communes_over: 0, communes_unknown: 0 };
	if (kind === "commune") counts[women18 === null ? "communes_unknown" : `communes_${classOf(members, women18)}`] = 1;
	return counts;
}

/** Whether the movement table ends with what the ledger has; a report of words alone has none. */
export function isBalanced(counts: Figures): boolean {
	if (!("closing" in counts)) return true;
	return closingOf(counts) === counts.closing;
}

/** What is divided from a report's figures: the rate (above the commune for reference only), class and what is missing, completeness in per cent. */
export function ratesOf(kind: string, counts: Figures) {
	const { members, women18, roster, unlisted } = counts as Record<string, number>;
	const known = women18 !== null && women18 > 0;
	const classed = known && kind === "commune";
	const named = (roster ?? 0) + (unlisted ?? 0);
	return {
		rate: known ? rateText(members as number, women18 as number) : null,
		class: classed ? classOf(members as number, women18 as number) : (null as RateClass | null),
		missing: classed ? missingToPass(members as number, women18 as number) : null,
		completeness: named > 0 ? completenessText(roster ?? 0, named) : null,
	};
}

/** Named ÷ (named + reported but not yet named), in per cent with two decimals, rounded down: 100.00 only where all are named (R8). */
function completenessText(named: number, all: number): string {
	const hundredths = Math.floor((named * 10_000) / all);
	return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** A report as it is frozen: its canonical JSON is what is hashed. `inputs` is the SHA-256 of what it was made of. */
export function contentOf(head: ReportHead, counts: Figures, inputs: string): Json {
	return { ...head, counts, rates: ratesOf(head.unit.kind, counts), inputs } as unknown as Json;
}
