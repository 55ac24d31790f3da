import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { classOf } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { classCounts, GUIDANCE_DAY, isAtOrBelow, type Level } from "../gathering/rules.ts";
import { readRows } from "../gathering/store-rates.ts";
import { dayFault, FIRST_DAY, refuse } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import { findUnit } from "../units/store-reading.ts";
import type { Listed } from "./contract.ts";
import { dataDays, GUIDANCE_FIGURE, notOverSince, stateOf } from "./rules.ts";
import type { CaseState } from "./rules-kinds.ts";
import { eveningsOf, openedOf, requireSupported, type StandingCase, standingCases } from "./store-standing.ts";

/** The first data day of the term: how long a commune has been on the list is told from there. */
const FIRST_DATA_DAY: Day = "2022-06-09";

const LEVELS: readonly Level[] = ["province", "district", "commune"];

/**
 * The communes not over 60 % on a day (under and exactly, R1), under the units of that day or of another (R38): what each lacks, since when,
 * how it moved in a year, its hard-to-gather groups and how its case stands; and who left the list or fell back since an earlier day, both read under
 * the same units. Everything comes from the ledger's sums: the figures of two days and a line through the half-years.
 */
export async function listSupport(
	work: Work,
	input: { unitId?: number; unit?: string; on?: Day; map?: Day; since?: Day },
) {
	const on = input.on ?? work.today;
	const map = input.map === undefined || input.map === on ? null : input.map;
	refuse(dayFault(on, work.today, "on"));
	const { unit, tops } = await topsOf(work, input, map ?? on);
	const yearAgo = addMonths(on, -12) < FIRST_DAY ? FIRST_DAY : addMonths(on, -12);
	const since = input.since ?? (on > GUIDANCE_DAY ? GUIDANCE_DAY : yearAgo);
	if (since > on)
		throw new Problem("support.since_later", 422, "Ngày để so phải trước ngày của danh sách.", { field: "since" });
	refuse(dayFault(since, work.today, "since"));
	const levels = LEVELS.filter((level) => isAtOrBelow(level, unit.kind));
	const rows = await below(tops, (top) => readRows(work, { on, map }, [...levels], top));
	const communes = rows.filter(({ kind }) => kind === "commune");
	const names = new Map(rows.map(({ id, name, parentId }) => [id, { name, parentId }]));
	const parentOf = (row: RateRow) => pathOf(names, row.parentId);
	const before = new Map(
		(
			await below(tops, (top) =>
				readRows(work, { on: since, map: (map ?? on) === since ? null : (map ?? on) }, ["commune"], top),
			)
		).map((row) => [row.id, row]),
	);
	const days = dataDays(FIRST_DATA_DAY, on);
	const evenings = new Map(
		await below(tops, async (top) => [...(await eveningsOf(work, top, [...days, yearAgo], map ?? on))]),
	);
	const cases = await casesByUnit(work, unit, on);
	const groups = await groupsOf(work);
	const lineOf = (row: RateRow) => evenings.get(row.id) ?? [];
	const stateNow = (row: RateRow): CaseState => {
		const opened = openedOf(cases.get(row.id) ?? []);
		if (opened === null) return "none";
		const flags = days.flatMap((day, at) =>
			day >= opened && day < on ? [isOver(lineOf(row)[at] ?? 0, row.women18)] : [],
		);
		return stateOf(row.class === "over", flags);
	};
	const listed = communes.flatMap((row): Listed[] => {
		const { id: unitId, code, name, members, women18, rate, missing, class: cls, estimated } = row;
		if ((cls !== "under" && cls !== "exactly") || women18 === null || rate === null || missing === null) return [];
		const line = lineOf(row);
		const mine = cases.get(unitId) ?? [];
		return [
			{
				unitId,
				code,
				name,
				parent: parentOf(row),
				class: cls,
				members,
				women18,
				rate,
				missing,
				since: notOverSince(days, line.slice(0, days.length), women18),
				yearNet: members - (line[days.length] ?? members),
				groups: [...new Set(mine.flatMap(({ caseId }) => groups.get(caseId) ?? []))],
				state: stateNow(row),
				goalOn: mine[0]?.goalOn ?? null,
				estimated,
			},
		];
	});
	const unrated = communes
		.filter((row) => row.class === null && cases.has(row.id))
		.map((row) => ({ unitId: row.id, code: row.code, name: row.name, parent: parentOf(row) }));
	const passing = communes.flatMap((row) => {
		const { id: unitId, code, name, rate } = row;
		if (row.class !== "over" || rate === null || !cases.has(unitId)) return [];
		const then = before.get(unitId)?.rate ?? rate;
		return [{ unitId, code, name, parent: parentOf(row), before: then, rate, state: stateNow(row) }];
	});
	const moves = movesOf(communes, before, parentOf);
	return {
		on,
		map,
		since,
		unit: { unitId: unit.id, name: unit.name, kind: unit.kind },
		counts: classCounts(communes),
		official:
			unit.kind === "centre"
				? {
						communes: GUIDANCE_FIGURE.communes,
						provinces: GUIDANCE_FIGURE.provinces,
						source: GUIDANCE_FIGURE.source,
						on: GUIDANCE_DAY,
					}
				: null,
		byData: unit.kind === "centre" ? await countByData(work, unit) : null,
		rows: listed.sort((a, b) => Number(a.rate) - Number(b.rate) || a.unitId - b.unitId),
		passing,
		unrated,
		...moves,
	};
}

function isOver(members: number, women18: number | null): boolean {
	return women18 !== null && classOf(members, women18) === "over";
}

/**
 * The area asked about, and the units that stood in its place on the day whose units are listed: itself, or what it was made of (R38). A code
 * means the unit that bore it on that day.
 */
async function topsOf(
	work: Work,
	ref: { unitId?: number; unit?: string },
	day: Day,
): Promise<{ unit: Unit; tops: number[] }> {
	if (ref.unit === undefined && day < work.today) {
		const unit = await requireSupported(work, ref).catch((error: Problem) => {
			// A unit that has ended is asked about on a day of its own, below.
			if (error.code === "unit.not_found") return null;
			throw error;
		});
		if (unit && !(await findUnit(work, { id: unit.id, on: day }))) {
			const { rows } = await sql<{ id: number }>`
				select unit_id as id from calc.stood_for(${unit.id}::integer) where since <= ${day}::date and until > ${day}::date`.execute(
				work.db,
			);
			if (rows.length > 0) return { unit, tops: rows.map(({ id }) => id) };
		}
	}
	const unit = await requireSupported(work, ref, day);
	return { unit, tops: [unit.id] };
}

/** What is read below each of some units, together. */
async function below<Row>(tops: readonly number[], read: (top: number) => Promise<Row[]>): Promise<Row[]> {
	const rows: Row[] = [];
	for (const top of tops) rows.push(...(await read(top)));
	return rows;
}

/** "Huyện Ba Vì, Thành phố Hà Nội": what a commune stands under, as far as it was read. */
function pathOf(names: ReadonlyMap<number, { name: string; parentId: number | null }>, id: number | null): string {
	const path: string[] = [];
	for (
		let at = id === null ? undefined : names.get(id);
		at;
		at = at.parentId === null ? undefined : names.get(at.parentId)
	)
		path.push(at.name);
	return path.join(", ");
}

/** Who was not over 60 % then and is now, and the other way. */
function movesOf(now: readonly RateRow[], before: ReadonlyMap<number, RateRow>, parentOf: (row: RateRow) => string) {
	const moved = (from: "over" | "not", to: "over" | "not") =>
		now.flatMap((row) => {
			const then = before.get(row.id);
			if (!then || sideOf(then) !== from || sideOf(row) !== to) return [];
			const { id: unitId, code, name } = row;
			return [{ unitId, code, name, parent: parentOf(row), before: then.rate as string, rate: row.rate as string }];
		});
	return { left: moved("not", "over"), fellBack: moved("over", "not") };
}

function sideOf({ class: cls }: RateRow): "over" | "not" | null {
	return cls === null ? null : cls === "over" ? "over" : "not";
}

/** What the data say of the guidance's day under the units of that day: communes under 60 % and the provinces they stand in. */
async function countByData(work: Work, centre: Unit) {
	const rows = await readRows(work, { on: GUIDANCE_DAY, map: null }, ["province", "district", "commune"], centre.id);
	const parents = new Map(rows.map(({ id, kind, parentId }) => [id, { kind, parentId }]));
	const provinces = new Set<number>();
	let under = 0;
	let known = 0;
	for (const row of rows) {
		if (row.kind !== "commune" || row.class === null) continue;
		known += 1;
		if (row.class !== "under") continue;
		under += 1;
		let at = row.parentId;
		while (at !== null && parents.get(at)?.kind === "district") at = parents.get(at)?.parentId ?? null;
		if (at !== null) provinces.add(at);
	}
	return { on: GUIDANCE_DAY, under, provinces: provinces.size, known };
}

/** The open cases begun by a day, by the commune where they stand today, and by the one they were opened for. */
async function casesByUnit(work: Work, unit: Unit, on: Day): Promise<Map<number, StandingCase[]>> {
	const standing = await standingCases(work, unit.kind === "commune" ? unit.id : null);
	const found = new Map<number, StandingCase[]>();
	for (const one of [...standing.values()].flat()) {
		if (one.openedOn > on) continue;
		for (const id of new Set([one.unitId, one.ownUnitId])) {
			const there = found.get(id) ?? [];
			if (!there.some(({ caseId }) => caseId === one.caseId)) found.set(id, [...there, one]);
		}
	}
	return found;
}

/** The words of the hard-to-gather groups of each open case. */
async function groupsOf(work: Work): Promise<Map<string, string[]>> {
	const { rows } = await sql<{
		caseId: string;
		words: string[];
	}>`select g.case_id as "caseId", array_agg(k.words order by g.position, k.position) as words
		from app.support_group g join app.support_catalogue k on k.code = g."group" group by g.case_id`.execute(work.db);
	return new Map(rows.map(({ caseId, words }) => [caseId, words]));
}
