import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { displayNumber } from "../../core/number.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { figuresInForce, lockHeadcounts, repostingHeadcounts, sumOf } from "./store-ledger.ts";
import {
	carriedTo,
	findFigures,
	homelessWomen,
	keyOf,
	namedWomen,
	reportedBy,
	type UnlistedFigure,
	writeGivenBack,
	writeLowered,
	writeTaken,
} from "./store-unlisted-rows.ts";

/** How many of the imported names were in the unlisted figure: worked out, none, or as the user says. */
export type Lowering = "auto" | "none" | number;

/** The unlisted members in force at a commune on a day: its own figure and what it carries from its predecessors (R49). */
export async function unlistedCount(work: Work, unitId: number, asOf: Day): Promise<number> {
	const figures = await figuresInForce(work, [unitId], asOf);
	return sumOf(figures.filter((one) => one.component === "unlisted"))?.count ?? 0;
}

interface Names {
	importId: string;
	/** The commune (or Chưa phân) the import went to. */
	unitId: number;
	asOf: Day;
	/** The memberships added just now; left out: all the import added. */
	spells?: string[];
}

/**
 * Lowers unlisted figures by the names an import brought in (R49), each on its own day, so that no day counts a woman both by
 * number and by name. `auto`: every figure by those of the added who count at its unit on its day, at most the figure; what a
 * commune carries from its predecessors also by those whose branch stood nowhere then, from the day it is carried. A number:
 * the figures in force on `asOf` by so many; more than they are is refused. Answers by how much those in force then fell.
 * {@link restoreUnlisted} undoes it.
 */
export async function lowerUnlisted(work: Work, input: Names & { lower: Lowering }): Promise<{ lowered: number }> {
	const { lower } = input;
	if (lower === "none" || lower === 0) return { lowered: 0 };
	await lockHeadcounts(work, [input.unitId]);
	const before = await unlistedCount(work, input.unitId, input.asOf);
	if (typeof lower === "number") requireEnough(lower, before);
	await repostingHeadcounts(work, [input.unitId], () =>
		lower === "auto" ? lowerByNames(work, input) : lowerByNumber(work, input, lower, before),
	);
	return { lowered: before - (await unlistedCount(work, input.unitId, input.asOf)) };
}

/** Refuses to take more off the unlisted figure than it is. */
export function requireEnough(wanted: number, count: number): void {
	if (wanted > count)
		throw new Problem(
			"unlisted.lower_too_many",
			422,
			`Số hội viên đã báo cáo, chưa nhập danh sách đang là ${displayNumber(count)}: không thể trừ ${displayNumber(wanted)}.`,
			{ field: "lowerUnlisted" },
		);
}

async function lowerByNames(work: Work, names: Names): Promise<void> {
	const reported = (await findFigures(work, names.unitId)).filter(reportedBy());
	const women = await namedWomen(work, names, reported);
	for (const figure of reported) await writeLowered(work, names.importId, figure, women.get(keyOf(figure)) ?? 0);
	// Read anew: what is carried fell with what was reported.
	const carried = (await findFigures(work, names.unitId)).filter(carriedTo());
	const taken = await takeHomeless(
		work,
		names,
		carried,
		carried.map(({ count }) => count),
	);
	for (const [index, figure] of carried.entries()) await writeTaken(work, names.importId, figure, taken[index] ?? 0);
}

/** Her own figure first; then what predecessors reported, by those who counted there; then what is carried, whoever they were. */
async function lowerByNumber(work: Work, names: Names, wanted: number, before: number): Promise<void> {
	const { unitId, asOf, importId } = names;
	const left = async () => wanted - (before - (await unlistedCount(work, unitId, asOf)));
	const inForce = async () =>
		(await findFigures(work, unitId)).filter(({ since, until }) => since <= asOf && asOf < until);
	for (const figure of (await inForce()).filter(reportedBy(unitId)))
		await writeLowered(work, importId, figure, await left());
	const origins = new Set((await inForce()).filter(carriedTo(unitId)).map(keyOf));
	const reported = (await findFigures(work, unitId))
		.filter(reportedBy())
		.filter((figure) => origins.has(keyOf(figure)));
	const women = await namedWomen(work, names, reported);
	for (const figure of reported)
		await writeLowered(work, importId, figure, Math.min(women.get(keyOf(figure)) ?? 0, await left()));
	for (const figure of (await inForce()).filter(carriedTo(unitId)))
		await writeTaken(work, importId, figure, await left());
}

/**
 * How many women who stood nowhere on a figure's day come out of each of these carried figures: each woman out of one of those she
 * was a member on the day of, and of no figure more than `most`.
 */
async function takeHomeless(
	work: Work,
	names: Pick<Names, "importId" | "spells">,
	carried: readonly UnlistedFigure[],
	most: readonly number[],
): Promise<number[]> {
	const taken = carried.map(() => 0);
	for (const { figures, women } of await homelessWomen(work, names, carried)) {
		let left = women;
		for (const number of figures) {
			const part = Math.min(left, (most[number - 1] as number) - (taken[number - 1] as number));
			taken[number - 1] = (taken[number - 1] as number) + part;
			left -= part;
		}
	}
	return taken;
}

interface LoweringRow {
	unitId: number;
	originId: number;
	onDay: Day;
	lowered: number;
	overlapLowered: number;
}

/**
 * Gives back what an import took off unlisted figures, once the women it added are gone: those who stay by name stay out of the
 * figure. What others changed on that day since stays: the amount is added to the figure that stands there now. Answers how many
 * figures were restored.
 */
export async function restoreUnlisted(work: Work, importId: string): Promise<{ restored: number }> {
	const units = await sql<{ unitId: number }>`select distinct unit_id as "unitId" from app.unlisted_lowering
		where import_id = ${importId} and undone_at is null`.execute(work.db);
	const unitIds = units.rows.map(({ unitId }) => unitId);
	if (unitIds.length === 0) return { restored: 0 };
	await lockHeadcounts(work, unitIds);
	const { rows } =
		await sql<LoweringRow>`select unit_id as "unitId", origin_id as "originId", on_day::text as "onDay", lowered,
			overlap_lowered as "overlapLowered" from app.unlisted_lowering
		where import_id = ${importId} and undone_at is null order by on_day, unit_id, origin_id`.execute(work.db);
	const staying = await stayingOut(work, importId, rows);
	let restored = 0;
	await repostingHeadcounts(work, unitIds, async () => {
		for (const [index, row] of rows.entries()) {
			const keep = Math.min(row.lowered, staying[index] as number);
			if (keep === row.lowered) continue;
			await writeGivenBack(work, importId, row, keep);
			restored += 1;
		}
	});
	return { restored };
}

/** How many women of each lowering are still there by name: told apart as when it was made. */
async function stayingOut(work: Work, importId: string, rows: readonly LoweringRow[]): Promise<number[]> {
	const own = rows.filter(({ unitId, originId }) => unitId === originId);
	const named = await namedWomen(work, { importId }, own);
	const carried: UnlistedFigure[] = [];
	const most: number[] = [];
	const places: number[] = [];
	for (const unitId of new Set(rows.map((row) => row.unitId)))
		for (const figure of (await findFigures(work, unitId)).filter(carriedTo(unitId))) {
			const place = rows.findIndex(
				(row) => row.unitId === unitId && row.originId === figure.originId && row.onDay === figure.since,
			);
			if (place < 0) continue;
			carried.push(figure);
			most.push((rows[place] as LoweringRow).lowered);
			places.push(place);
		}
	const kept = await takeHomeless(work, { importId }, carried, most);
	const staying = rows.map((row) => (row.unitId === row.originId ? (named.get(keyOf(row)) ?? 0) : 0));
	for (const [index, place] of places.entries()) staying[place] = kept[index] as number;
	return staying;
}
