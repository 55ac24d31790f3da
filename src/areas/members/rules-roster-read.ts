import { type Day, epochDays, fromEpochDays } from "../../core/day.ts";
import { KeyMap } from "../../core/key-map.ts";
import type { Row } from "../../core/sheet.ts";
import type { SheetLayout } from "./rules-roster-layout.ts";
import { type LineKind, lineSorter } from "./rules-roster-lines.ts";
import { type RosterFields, type RosterOptions, readMember } from "./rules-roster-member.ts";
import { type RosterProblem, rosterProblem } from "./rules-roster-problems.ts";
import { valueReader } from "./rules-roster-values.ts";

/** One row of members. With an error among its problems it is refused and kept in staging. */
export interface RosterRow {
	sheet: string;
	/** From 1, as the user sees it. */
	row: number;
	/** The cells as they stand in the file. */
	raw: Row["cells"];
	fields: RosterFields;
	problems: RosterProblem[];
}

/** A line that is no member: header, group, total, signature or note. */
export interface SkippedRow {
	sheet: string;
	row: number;
	kind: Exclude<LineKind, "member">;
	text: string;
}

/** The IDs of accepted rows so far, over all sheets of one file, with the day she left. */
export interface SeenIds {
	/** Null while she is listed as a member, undefined where no row before had this ID. */
	until(id: string): Day | null | undefined;
	remember(id: string, left: Day | null): void;
}

const LISTED = 1;
/** Keeps days of leaving, of any year, apart from {@link LISTED} and 0. */
const BEFORE_ALL_DAYS = 1_000_000;

/** Nothing seen yet; a few bytes an ID, for files of a million rows. */
export function seenIds(): SeenIds {
	const known = new KeyMap();
	return {
		until(id) {
			const value = known.get(id);
			if (value === 0) return undefined;
			return value === LISTED ? null : fromEpochDays(value - BEFORE_ALL_DAYS);
		},
		remember: (id, left) => known.set(id, left === null ? LISTED : epochDays(left) + BEFORE_ALL_DAYS),
	};
}

/**
 * Reads one sheet row by row, from the top: a member, a skipped line, or null above the end of the header. `seen` is shared
 * by the sheets of one file, so that a woman listed twice is found across them.
 */
export function rosterReader(
	layout: SheetLayout,
	options: RosterOptions,
	seen: SeenIds = seenIds(),
): (row: Row) => RosterRow | SkippedRow | null {
	const sort = lineSorter(layout);
	const values = valueReader(layout, options.today);
	let branch = layout.branch ?? "";
	let group = "";
	return (row) => {
		if (row.row < layout.headerRow + layout.headerRows) return null;
		const line = sort(row);
		if (line.heading?.kind === "branch") [branch, group] = [line.heading.name, ""];
		if (line.heading?.kind === "group") group = line.heading.name;
		if (line.kind !== "member")
			return {
				sheet: layout.sheet,
				row: row.row,
				kind: line.kind,
				text: line.text,
			};
		const { fields, problems } = readMember(values(row), { branch, group }, options);
		if (!isRefused(problems) && isListedOpen(fields, seen)) problems.unshift(rosterProblem("id.duplicate"));
		if (!isRefused(problems) && fields.nationalId) remember(fields.nationalId, fields.left, seen);
		return {
			sheet: layout.sheet,
			row: row.row,
			raw: row.cells,
			fields,
			problems,
		};
	};
}

/** True when a problem keeps the row in staging. */
export function isRefused(problems: readonly RosterProblem[]): boolean {
	return problems.some((problem) => problem.level === "error");
}

/** A woman whose earlier row has ended may come back in a later one; while it is open, or before it ended, she may not. */
function isListedOpen({ nationalId, joined }: RosterFields, seen: SeenIds): boolean {
	const until = nationalId === null ? undefined : seen.until(nationalId);
	if (until === undefined) return false;
	return until === null || (joined !== null && joined < until);
}

function remember(id: string, left: Day | null, seen: SeenIds): void {
	const until = seen.until(id);
	const isEarlier = left !== null && until !== undefined && (until === null || until > left);
	seen.remember(id, isEarlier ? until : left);
}
