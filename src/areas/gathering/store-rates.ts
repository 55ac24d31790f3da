import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { dayFault, refuse } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { RateRow } from "./contract.ts";
import { isAtOrBelow, type Level, levelOf, levelsBelow, rowOf, type Sum } from "./rules.ts";
import { type ClusterUnit, type PlaceFigures, rollUp } from "./rules-rollup.ts";

/** The levels of a table that have rates, from the top. */
const SUMMED: readonly Level[] = ["centre", "cluster", "province", "district", "commune"];

/** The day of the figures, and the day of the units they are shown under (null: the same). */
export interface When {
	on: Day;
	map: Day | null;
}

/** What gathering.rates is asked; see the contract. */
export interface RatesInput {
	on?: Day;
	/** The figures of `on` under the units of this day (R38); units and codes mean those of the map. */
	map?: Day;
	unitId?: number;
	unit?: string;
	level?: Level | "all";
	class?: "under" | "exactly" | "over";
	children?: boolean;
}

/**
 * The rows asked for. A unit alone: its own row; with a level: all of that level at or below it, or of every level down to the
 * communes; neither: the centre's.
 * Only units that gathering.read of the one acting reaches; a single unit out of her reach is a Problem.
 */
export async function listRates(work: Work, input: RatesInput): Promise<RateRow[]> {
	const on = input.on ?? work.today;
	refuse(dayFault(on, work.today, "on"));
	const map = input.map === undefined || input.map === on ? null : input.map;
	if (map !== null && input.level === "branch")
		throw new Problem("map.branch", 422, "Chi hội chỉ xem theo hệ thống tổ chức của chính ngày đó.", {
			field: "level",
		});
	const top = await requireTop(
		work,
		{ id: input.unitId, code: input.unit, on: map ?? on },
		map === null ? "on" : "map",
	);
	const rows = await rowsAsked(work, top, { on, map }, input);
	return input.class ? rows.filter((row) => row.class === input.class) : rows;
}

async function rowsAsked(work: Work, top: Unit, when: When, input: RatesInput): Promise<RateRow[]> {
	if (input.children) {
		const below = levelsBelow(top.kind).filter((level) => when.map === null || level !== "branch");
		const rows = await readRows(work, when, below, top.id);
		// A cluster's provinces have another parent: the cluster is a relation, not a place in the tree.
		return top.kind === "cluster" ? rows : rows.filter((row) => row.parentId === top.id);
	}
	if (input.level === "all") {
		const levels = SUMMED.filter((level) => isAtOrBelow(level, top.kind));
		return readRows(work, when, levels, top.id);
	}
	if (input.level) return isAtOrBelow(input.level, top.kind) ? readRows(work, when, [input.level], top.id) : [];
	return [await readRow(work, top, when)];
}

/** The unit a question is about (default: the centre), on a day within the ledger (else `day.out_of_range`). */
export async function requireTop(
	work: Work,
	ref: { id?: number; code?: string; on: Day },
	field = "on",
): Promise<Unit> {
	refuse(dayFault(ref.on, work.today, field));
	return requireUnit(work, ref);
}

/** The row of one unit. */
export async function readRow(work: Work, unit: Unit, when: When): Promise<RateRow> {
	return requireRow(await readRows(work, when, [requireLevel(unit)], unit.id), unit);
}

/** The level at which a unit has its row; kinds without figures of their own are refused. */
export function requireLevel(unit: Unit): Level {
	const level = levelOf(unit.kind);
	if (level !== null) return level;
	throw new Problem(
		"unit.no_rate",
		422,
		"Đơn vị này không giao chỉ tiêu và không tính tỷ lệ tập hợp (tổ chức Hội cơ sở đặc thù, lực lượng vũ trang, CLB, tổ).",
		{ field: "unit" },
	);
}

/** A unit's row among those read; that it is not there means that the one acting may not read it. */
export function requireRow(rows: readonly RateRow[], unit: Unit): RateRow {
	const row = rows.find((one) => one.id === unit.id);
	if (!row) throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem số liệu của đơn vị này.");
	return row;
}

/** Every row of some levels at or below a unit that the one acting may read, in the order of codes from the top. */
export async function readRows(work: Work, { on, map }: When, levels: Level[], topId: number): Promise<RateRow[]> {
	const summed = levels.filter((level) => level !== "branch");
	const rows = summed.length > 0 ? await readSums(work, { on, map }, summed, topId) : [];
	const branches = levels.includes("branch") ? await readBranches(work, on, topId) : [];
	return [...rows, ...branches].map((sum) => rowOf(sum, on, map));
}

async function readSums(work: Work, { on, map }: When, levels: Level[], topId: number): Promise<Sum[]> {
	const places =
		map === null
			? await readPlaces(work, on, topId, levels.includes("commune"))
			: await readPlacesUnder(work, { on, map }, topId);
	return rollUp(places, levels.includes("cluster") ? await readClusters(work, map ?? on, topId) : [], levels);
}

const FIGURES =
	sql.raw(`unit_id, kind, code, name, parent_id, district_id, province_id, place, women18, without_denominator,
	roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap`);

/** What stands at and below a unit with its own figures: each commune, or those of a district together. */
async function readPlaces(work: Work, on: Day, topId: number, each: boolean): Promise<PlaceFigures[]> {
	const { rows: asked } = await sql<{ everything: boolean; scope: number[] | null }>`
		select calc.sees_all('gathering.read') as everything, calc.gathering_scope(${on}::date, ${topId}::integer) as scope,
			calc.open_ledger_for(${on}::date)`.execute(work.db);
	const { everything, scope } = asked[0] as (typeof asked)[number];
	const { rows } =
		everything && each
			? await sql<PlaceFigures>`select ${FIGURES}, true as visible, false as estimated
				from calc.gathering_base(${on}::date, ${scope}::integer[])`.execute(work.db)
			: await sql<PlaceFigures>`select ${FIGURES}, visible, false as estimated
				from calc.gathering(${on}::date, ${topId}::integer, ${each}::boolean)`.execute(work.db);
	return rows;
}

/** The same under the map of another day: one row a unit of that map. */
async function readPlacesUnder(work: Work, { on, map }: { on: Day; map: Day }, topId: number): Promise<PlaceFigures[]> {
	const { rows } = await sql<PlaceFigures>`select ${FIGURES}, visible, estimated
		from calc.gathering_under(${on}::date, ${map}::date, ${topId}::integer)`.execute(work.db);
	return rows;
}

/** The clusters at or below a unit that the one acting may read: all of them below the centre, else itself. */
async function readClusters(work: Work, on: Day, topId: number): Promise<ClusterUnit[]> {
	const { rows } = await sql<ClusterUnit>`
		select s.unit_id as id, s.code, s.name, s.parent_id as "parentId", array_agg(c.province_id) as "provinceIds"
		from app.cluster_province c join app.unit_spell s on s.unit_id = c.cluster_id and s.during @> ${on}::date
		where c.during @> ${on}::date and calc.may_at('gathering.read', s.unit_id)
			and (s.unit_id = ${topId}::integer or exists (select from app.unit where id = ${topId}::integer and kind = 'centre'))
		group by s.unit_id, s.code, s.name, s.parent_id order by coalesce(s.code, s.name) collate "C"`.execute(work.db);
	return rows;
}

async function readBranches(work: Work, on: Day, topId: number): Promise<Sum[]> {
	const { rows } = await sql<{ id: number; name: string; parentId: number; roster: number }>`
		select unit_id as id, name, parent_id as "parentId", roster from calc.branch_counts(${on}::date, ${topId}::integer)`.execute(
		work.db,
	);
	return rows.map(({ roster, ...branch }) => ({
		...branch,
		code: null,
		kind: "branch",
		women18: null,
		without: 0,
		estimated: false,
		parts: {
			roster,
			unlisted: 0,
			trade_union: 0,
			armed_forces: 0,
			member_organisation: 0,
			upper_club: 0,
			overlap: 0,
		},
	}));
}
