import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import { writeFigures } from "./store-ledger.ts";

/** An unlisted figure as its unit reported it, or as it arrived at a successor (`placeId`). */
export interface UnlistedFigure {
	originId: number;
	placeId: number;
	/** The day it was reported for. */
	onDay: Day;
	/** It holds at the place from `since` and before `until`. */
	since: Day;
	until: Day;
	count: number;
	overlap: number;
	source: string;
	document: string;
}

/** The figures that names of a roster of this unit can be part of, in a fixed order; see calc.unlisted_figures. */
export async function findFigures(work: Work, unitId: number): Promise<UnlistedFigure[]> {
	const { rows } =
		await sql<UnlistedFigure>`select origin_id as "originId", place_id as "placeId", on_day::text as "onDay",
			since::text as since, coalesce(upper(during)::text, '9999-12-31') as until, count, overlap, source, document
		from calc.unlisted_figures(${unitId}::integer) order by on_day, origin_id, since, place_id`.execute(work.db);
	return rows;
}

/** Picks the figures that units (or one) reported themselves. */
export function reportedBy(unitId?: number) {
	return ({ originId, placeId }: UnlistedFigure): boolean =>
		originId === placeId && (unitId === undefined || placeId === unitId);
}

/** Picks the figures that units (or one) carry from predecessors. */
export function carriedTo(unitId?: number) {
	return ({ originId, placeId }: UnlistedFigure): boolean =>
		originId !== placeId && (unitId === undefined || placeId === unitId);
}

/** A figure by the unit that reported it and its day. */
export function keyOf({ originId, onDay }: { originId: number; onDay: Day }): string {
	return `${originId} ${onDay}`;
}

/** Women an import added: all, or those of some memberships. */
interface Added {
	importId: string;
	spells?: string[];
}

/** Of the women an import added, how many count by name at the units of these figures on their days. */
export async function namedWomen(
	work: Work,
	{ importId, spells }: Added,
	figures: readonly { originId: number; onDay: Day }[],
): Promise<Map<string, number>> {
	if (figures.length === 0) return new Map();
	const { rows } = await sql<{ originId: number; onDay: Day; women: number }>`
		select unit_id as "originId", on_day::text as "onDay", women
		from calc.unlisted_named(${importId}::uuid, ${figures.map((one) => one.originId)}::integer[],
			${figures.map((one) => one.onDay)}::date[], ${spells ?? null}::uuid[])`.execute(work.db);
	return new Map(rows.map((row) => [keyOf(row), row.women]));
}

/**
 * The women who stood nowhere on a carried figure's day and come to the place that carries it, by the figures (from 1) they were
 * members on the day of; those who fit fewer figures first.
 */
export async function homelessWomen(
	work: Work,
	{ importId, spells }: Added,
	carried: readonly UnlistedFigure[],
): Promise<{ figures: number[]; women: number }[]> {
	if (carried.length === 0) return [];
	const { rows } = await sql<{ figures: number[]; women: number }>`select figures, women
		from calc.unlisted_homeless(${importId}::uuid, ${carried.map((one) => one.placeId)}::integer[],
			${carried.map((one) => one.since)}::date[], ${carried.map((one) => one.onDay)}::date[], ${spells ?? null}::uuid[])
		order by cardinality(figures), figures`.execute(work.db);
	return rows;
}

/** Lowers a figure where it was reported, on its own day, by at most what it is. Inside repostingHeadcounts. */
export async function writeLowered(
	work: Work,
	importId: string,
	figure: UnlistedFigure,
	wanted: number,
): Promise<void> {
	const lowered = Math.min(figure.count, wanted);
	if (lowered <= 0) return;
	const count = figure.count - lowered;
	const overlap = Math.min(figure.overlap, count);
	await writeFigure(work, importId, { ...figure, count, overlap });
	await note(work, importId, { ...figure, unitId: figure.originId, lowered, overlapLowered: figure.overlap - overlap });
}

/** Takes women off a figure from the day it arrives at the place that carries it, by at most what arrives. Inside repostingHeadcounts. */
export async function writeTaken(work: Work, importId: string, figure: UnlistedFigure, wanted: number): Promise<void> {
	const lowered = Math.min(figure.count, wanted);
	if (lowered <= 0) return;
	const { originId, placeId, since } = figure;
	await note(work, importId, { originId, unitId: placeId, onDay: since, lowered, overlapLowered: 0 });
}

interface Noted {
	unitId: number;
	originId: number;
	onDay: Day;
	lowered: number;
	overlapLowered: number;
}

async function note(work: Work, importId: string, one: Noted): Promise<void> {
	await sql`insert into app.unlisted_lowering as w (import_id, unit_id, on_day, origin_id, lowered, overlap_lowered)
		values (${importId}, ${one.unitId}, ${one.onDay}, ${one.originId}, ${one.lowered}, ${one.overlapLowered})
		on conflict (import_id, unit_id, on_day, origin_id) do update set lowered = w.lowered + excluded.lowered,
			overlap_lowered = w.overlap_lowered + excluded.overlap_lowered`.execute(work.db);
	const { unitId, onDay, lowered } = one;
	await work.audit({ action: "headcounts.lowerUnlisted", unitId, detail: { onDay, lowered } });
}

/** Gives back what was taken but for `keep`: a reported figure is written anew, what is carried follows by itself. Inside repostingHeadcounts. */
export async function writeGivenBack(work: Work, importId: string, row: Noted, keep: number): Promise<void> {
	const { unitId, originId, onDay } = row;
	const back = row.lowered - keep;
	const overlapBack = unitId === originId ? await addBack(work, importId, row, back) : 0;
	await sql`update app.unlisted_lowering set undone_at = case when ${keep}::integer = 0 then now() end,
			lowered = case when ${keep}::integer = 0 then lowered else ${keep}::integer end,
			overlap_lowered = case when ${keep}::integer = 0 then overlap_lowered else overlap_lowered - ${overlapBack}::integer end
		where import_id = ${importId} and unit_id = ${unitId} and on_day = ${onDay}::date and origin_id = ${originId}`.execute(
		work.db,
	);
	await work.audit({ action: "headcounts.restoreUnlisted", unitId, detail: { onDay, lowered: back } });
}

/** Adds to the figure that stands there now; answers how much of the declared overlap came back with it. */
async function addBack(work: Work, importId: string, row: Noted, back: number): Promise<number> {
	const { unitId, onDay } = row;
	const now = await work.db
		.selectFrom("headcount")
		.select(["count", "overlap", "source", "document"])
		.where("unit_id", "=", unitId)
		.where("component", "=", "unlisted")
		.where("on_day", "=", onDay)
		.where("superseded_at", "is", null)
		.executeTakeFirst();
	const { count: standing, overlap: declared, source, document } = now ?? NOTHING;
	const count = standing + back;
	const overlap = Math.min(count, declared + row.overlapLowered);
	await writeFigure(work, importId, { originId: unitId, onDay, count, overlap, source, document });
	return overlap - declared;
}

/** Where nothing stands on the day any more: earlier versions of the program let a figure go that was only carried before. */
const NOTHING = { count: 0, overlap: 0, source: "Hoàn tác nhập danh sách", document: "" };

type Written = Pick<UnlistedFigure, "originId" | "onDay" | "count" | "overlap" | "source" | "document">;

async function writeFigure(work: Work, importId: string, figure: Written): Promise<void> {
	const { originId, onDay, count, overlap, source, document } = figure;
	const id = uuidv7();
	const component = "unlisted";
	await writeFigures(work, [{ id, component, unitId: originId, onDay, count, overlap, source, document, importId }]);
}
