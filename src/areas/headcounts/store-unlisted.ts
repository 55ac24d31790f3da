import { sql } from "kysely";
import { addDays, type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { displayNumber } from "../../core/number.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import {
	type FigureInForce,
	figuresInForce,
	lockHeadcounts,
	type NewFigure,
	repostingHeadcounts,
	sumOf,
	writeFigures,
} from "./store-ledger.ts";

/** How many of the imported names were in the unlisted figure: worked out, none, or as the user says. */
export type Lowering = "auto" | "none" | number;

/** The unlisted figure an import of names can lower: what it is, and the day on which it is lowered. */
export interface UnlistedFigure {
	onDay: Day;
	count: number;
	overlap: number;
	/** Reported by predecessors: lowering writes it down as the unit's own on the first day it is carried here. */
	carried: boolean;
	source: string;
	document: string;
}

/** The unlisted figure in force at a commune on a day; null where there is none (left). */
export async function unlistedFigure(work: Work, unitId: number, asOf: Day): Promise<UnlistedFigure | null> {
	const figures = (await figuresInForce(work, [unitId], asOf)).filter((one) => one.component === "unlisted");
	const sum = sumOf(figures);
	if (!sum || sum.count === 0) return null;
	const own = figures.find((one) => !one.carried);
	// A unit that was there before may hold a figure of its own beside carried ones; its own is the one that names come out of.
	if (own && own.count > 0) return { ...own, carried: false };
	const { rows } = await sql<{ day: Day }>`select max(on_day)::text as day from app.unit_succession
		where successor_id = ${unitId} and part = 'full' and on_day <= ${asOf}::date`.execute(work.db);
	return { ...sum, onDay: rows[0].day, carried: true, ...namesOf(figures) };
}

function namesOf(figures: FigureInForce[]): { source: string; document: string } {
	const joined = (texts: string[]) => [...new Set(texts.filter((text) => text !== ""))].join("; ").slice(0, 500);
	return { source: joined(figures.map((one) => one.source)), document: joined(figures.map((one) => one.document)) };
}

/**
 * Lowers the unlisted figure of a commune by the names an import brought in (R49), on the figure's own day, so that no day since
 * counts a woman both by number and by name. `auto`: those of the accepted who count on that day (`eligibleOn`), at most the
 * figure; a number above the figure is refused. Answers by how much. {@link restoreUnlisted} undoes it.
 */
export async function lowerUnlisted(
	work: Work,
	input: {
		importId: string;
		/** The commune (or Chưa phân) the import went to. */
		unitId: number;
		asOf: Day;
		lower: Lowering;
		/** How many of the accepted count on a day. */
		eligibleOn: (day: Day) => Promise<number>;
	},
): Promise<{ lowered: number; onDay: Day | null }> {
	if (input.lower === "none" || input.lower === 0) return { lowered: 0, onDay: null };
	await lockHeadcounts(work, [input.unitId]);
	const figure = await unlistedFigure(work, input.unitId, input.asOf);
	if (typeof input.lower === "number" && input.lower > (figure?.count ?? 0))
		throw new Problem(
			"unlisted.lower_too_many",
			422,
			`Số hội viên đã báo cáo, chưa nhập danh sách đang là ${displayNumber(figure?.count ?? 0)}${figure ? ` (ngày ${displayDay(figure.onDay)})` : ""}: không thể trừ ${displayNumber(input.lower)}.`,
			{ field: "lowerUnlisted" },
		);
	if (!figure) return { lowered: 0, onDay: null };
	const lowered = input.lower === "auto" ? Math.min(figure.count, await input.eligibleOn(figure.onDay)) : input.lower;
	if (lowered <= 0) return { lowered: 0, onDay: null };
	await writeLowered(work, input, figure, lowered);
	await lowerAtPredecessors(work, input, figure.onDay, lowered);
	return { lowered, onDay: figure.onDay };
}

/**
 * Names whose branch was there before the reform count in the old commune on its days, too. Where the figure lowered stands for what
 * the predecessors reported (carried, or lowered before from what was carried), theirs are lowered on their own days as well, each
 * by those of the import who count there on that day.
 */
async function lowerAtPredecessors(
	work: Work,
	input: { importId: string; unitId: number },
	firstDay: Day,
	lowered: number,
): Promise<void> {
	const { rows: predecessors } = await sql<{ id: number }>`select s.predecessor_id as id from app.unit_succession s
		where s.successor_id = ${input.unitId} and s.part = 'full' and s.on_day = ${firstDay}::date
			and not exists (select from app.headcount h where h.unit_id = s.successor_id and h.component = 'unlisted'
				and h.on_day = s.on_day and h.import_id is null)`.execute(work.db);
	const figures = await figuresInForce(
		work,
		predecessors.map((one) => one.id),
		addDays(firstDay, -1),
	);
	let left = lowered;
	for (const one of figures) {
		if (one.component !== "unlisted") continue;
		const { rows } = await sql<{ n: number }>`select count(*) as n from app.spell s
			join app.unit_home h on h.leaf_id = s.leaf_id and h.commune_id = ${one.originId} and h.during @> ${one.onDay}::date
			where s.import_id = ${input.importId} and s.counts @> ${one.onDay}::date`.execute(work.db);
		const part = Math.min(one.count, rows[0].n, left);
		if (part <= 0) continue;
		left -= part;
		await writeLowered(work, { ...input, unitId: one.originId }, { ...one, carried: false }, part);
	}
}

async function writeLowered(
	work: Work,
	input: { importId: string; unitId: number },
	figure: UnlistedFigure,
	lowered: number,
): Promise<void> {
	const count = figure.count - lowered;
	const overlap = Math.min(figure.overlap, count);
	const { unitId, importId } = input;
	await repostingHeadcounts(work, [unitId], () =>
		writeFigures(work, [unlistedRow({ ...figure, unitId, importId, count, overlap })]),
	);
	await sql`insert into app.unlisted_lowering (import_id, unit_id, on_day, lowered, overlap_lowered, was_carried)
		values (${importId}, ${unitId}, ${figure.onDay}, ${lowered}, ${figure.overlap - overlap}, ${figure.carried})
		on conflict (import_id, unit_id, on_day) do update set undone_at = null,
			lowered = excluded.lowered + case when unlisted_lowering.undone_at is null then unlisted_lowering.lowered else 0 end,
			overlap_lowered = excluded.overlap_lowered + case when unlisted_lowering.undone_at is null then unlisted_lowering.overlap_lowered else 0 end`.execute(
		work.db,
	);
	await work.audit({ action: "headcounts.lowerUnlisted", unitId, detail: { onDay: figure.onDay, lowered } });
}

/**
 * Gives back what an import took off unlisted figures. What others changed on that day since stays: the amount is added to the
 * figure that stands there now. A figure that was only carried before is carried again. Answers how many figures were restored.
 */
export async function restoreUnlisted(work: Work, importId: string): Promise<{ restored: number }> {
	const { rows: lowerings } = await sql<{
		unitId: number;
		onDay: Day;
		lowered: number;
		overlapLowered: number;
		wasCarried: boolean;
	}>`select unit_id as "unitId", on_day::text as "onDay", lowered, overlap_lowered as "overlapLowered", was_carried as "wasCarried"
		from app.unlisted_lowering where import_id = ${importId} and undone_at is null order by on_day, unit_id`.execute(
		work.db,
	);
	const units = [...new Set(lowerings.map((one) => one.unitId))];
	await lockHeadcounts(work, units);
	for (const lowering of lowerings)
		await repostingHeadcounts(work, [lowering.unitId], () => giveBack(work, importId, lowering));
	await sql`update app.unlisted_lowering set undone_at = now() where import_id = ${importId} and undone_at is null`.execute(
		work.db,
	);
	for (const { unitId, onDay, lowered } of lowerings)
		await work.audit({ action: "headcounts.restoreUnlisted", unitId, detail: { onDay, lowered } });
	return { restored: lowerings.length };
}

async function giveBack(
	work: Work,
	importId: string,
	lowering: { unitId: number; onDay: Day; lowered: number; overlapLowered: number; wasCarried: boolean },
): Promise<void> {
	const { unitId, onDay } = lowering;
	const now = await work.db
		.selectFrom("headcount")
		.select(["id", "count", "overlap", "source", "document"])
		.where("unit_id", "=", unitId)
		.where("component", "=", "unlisted")
		.where("on_day", "=", onDay)
		.where("superseded_at", "is", null)
		.executeTakeFirst();
	const count = (now?.count ?? 0) + lowering.lowered;
	const overlap = (now?.overlap ?? 0) + lowering.overlapLowered;
	if (now && (await onlyCarried(work, unitId, onDay, { count, overlap }))) {
		await work.db
			.updateTable("headcount")
			.set({ superseded_at: sql`clock_timestamp()` })
			.where("id", "=", now.id)
			.execute();
		return;
	}
	const { source, document } = now ?? { source: "Hoàn tác nhập danh sách", document: "" };
	await writeFigures(work, [unlistedRow({ unitId, onDay, count, overlap, source, document, importId })]);
}

/** True where the figure exists only because imports lowered a carried one, and with this one undone equals what is carried. */
async function onlyCarried(
	work: Work,
	unitId: number,
	onDay: Day,
	whole: { count: number; overlap: number },
): Promise<boolean> {
	const { rows: entered } = await sql`select 1 from app.headcount where unit_id = ${unitId} and component = 'unlisted'
		and on_day = ${onDay}::date and import_id is null limit 1`.execute(work.db);
	if (entered.length > 0) return false;
	const { rows } = await sql<{ count: number; overlap: number }>`
		select coalesce(sum(f.count), 0)::integer as count, coalesce(sum(f.overlap), 0)::integer as overlap
		from app.unit_succession s cross join lateral calc.headcounts_in_force(array[s.predecessor_id], s.on_day - 1) f
		where s.successor_id = ${unitId} and s.part = 'full' and s.on_day = ${onDay}::date and f.component = 'unlisted'`.execute(
		work.db,
	);
	return rows[0].count === whole.count && rows[0].overlap === whole.overlap;
}

function unlistedRow(figure: Omit<NewFigure, "id" | "component">): NewFigure {
	const { unitId, onDay, count, overlap, source, document, importId } = figure;
	return { id: uuidv7(), component: "unlisted", unitId, onDay, count, overlap, source, document, importId };
}
