import { sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { classOf } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { isAtOrBelow } from "../gathering/rules.ts";
import { readRows, requireTop } from "../gathering/store-rates.ts";
import { readLines } from "../targets/store-lines.ts";
import type { Unit } from "../units/contract.ts";
import { dataDays, stateOf } from "./rules.ts";
import type { CaseState } from "./rules-kinds.ts";

/** Where an open case stands today: at its own commune, or since `carriedOn` at one that stands in its place (R38). */
export interface StandingCase {
	unitId: number;
	caseId: string;
	carriedOn: Day | null;
	/** The commune it was opened for. */
	ownUnitId: number;
	openedOn: Day;
	goalOn: Day | null;
}

/** The open cases she may read, by the commune of today at which they stand: of all, or of one commune. */
export async function standingCases(work: Work, unitId: number | null): Promise<Map<number, StandingCase[]>> {
	const { rows } =
		await sql<StandingCase>`select s.unit_id as "unitId", s.case_id as "caseId", s.carried_on::text as "carriedOn",
			c.unit_id as "ownUnitId", c.opened_on::text as "openedOn", c.goal_on::text as "goalOn"
		from calc.support_standing(${unitId}::integer) s join app.support_case c on c.id = s.case_id
		order by s.carried_on is not null, c.opened_on, c.id`.execute(work.db);
	return Map.groupBy(rows, (row) => row.unitId);
}

/** The unit asked about (default: her own, or the one for which she acts), whose support she reads; else a Problem. */
export async function requireSupported(work: Work, ref: { unitId?: number; unit?: string }, on?: Day): Promise<Unit> {
	const id = ref.unitId ?? (ref.unit === undefined ? await ownUnitId(work) : undefined);
	const unit = await requireTop(work, { id, code: ref.unit, on: on ?? work.today });
	if (await may(work, "support.read", unit.id)) return unit;
	throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem việc hỗ trợ của đơn vị này.");
}

/** A commune whose support she reads; other kinds have no case. */
export async function requireCommune(work: Work, ref: { unitId?: number; unit?: string }): Promise<Unit> {
	const unit = await requireSupported(work, ref);
	if (unit.kind === "commune") return unit;
	throw new Problem("support.no_commune", 422, "Chỉ xã, phường, thị trấn, đặc khu có hồ sơ hỗ trợ.", { field: "unit" });
}

async function ownUnitId(work: Work): Promise<number> {
	const { rows } = await sql<{ unitId: number }>`select coalesce(${work.actingFor}::integer, unit_id) as "unitId"
		from app.account where id = calc.account_id()`.execute(work.db);
	return rows[0].unitId;
}

export async function may(work: Work, verb: string, unitId: number): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`select calc.may_at(${verb}, ${unitId}::integer) as may`.execute(work.db);
	return rows[0].may;
}

/** A commune of an area today, with the case that stands there and how it stands. */
export interface Supported {
	row: RateRow;
	cases: StandingCase[];
	state: CaseState;
}

/** Every commune at and below a unit today that she reads, with its case (R17): the figures of gathering, looked at on the half-years' data days. */
export async function supportedBelow(work: Work, unit: Unit): Promise<Supported[]> {
	const levels = (["commune"] as const).filter((level) => isAtOrBelow(level, unit.kind));
	const rows = await readRows(work, { on: work.today, map: null }, [...levels], unit.id);
	const standing = await standingCases(work, unit.kind === "commune" ? unit.id : null);
	const first = [...standing.values()]
		.flat()
		.reduce((day, one) => (one.openedOn < day ? one.openedOn : day), work.today);
	const days = dataDays(first, addDays(work.today, -1));
	const evenings = await eveningsOf(work, unit.id, days, work.today);
	return rows
		.filter(({ kind }) => kind === "commune")
		.map((row) => {
			const cases = standing.get(row.id) ?? [];
			const opened = openedOf(cases);
			const members = evenings.get(row.id) ?? [];
			const flags = days.flatMap((day, at) =>
				opened !== null && day >= opened ? [isOver(members[at] ?? 0, row)] : [],
			);
			return { row, cases, state: opened === null ? "none" : stateOf(row.class === "over", flags) };
		});
}

/** The members of each commune at and below a unit of `map` in the evening of each of some days: one read, whatever their number (R38). */
export async function eveningsOf(
	work: Work,
	unitId: number,
	days: readonly Day[],
	map: Day,
): Promise<Map<number, number[]>> {
	if (days.length === 0) return new Map();
	const lines = await readLines(
		work,
		days.map((day) => addDays(day, 1)),
		map,
		unitId,
		false,
	);
	return new Map(lines.flatMap(({ unitId, members }) => (unitId === null ? [] : [[unitId, members]])));
}

function isOver(members: number, { women18 }: RateRow): boolean {
	return women18 !== null && classOf(members, women18) === "over";
}

/** When the support of a commune began: with the first of the cases that stand there. */
export function openedOf(cases: readonly StandingCase[]): Day | null {
	return cases.reduce<Day | null>((day, one) => (day === null || one.openedOn < day ? one.openedOn : day), null);
}

/** A commune's members in the evening of each of some days, with its whole predecessors before its first day. */
export async function membersOn(work: Work, unitId: number, days: readonly Day[]): Promise<Map<Day, number>> {
	if (days.length === 0) return new Map();
	const { rows } = await sql<{ day: Day; members: number }>`select day::text as day, members
		from calc.gathering_line(${[...days]}::date[], ${unitId}::integer)`.execute(work.db);
	return new Map(rows.map(({ day, members }) => [day, members]));
}

/** How the case of one commune stands, by the data days since its support began. */
export async function stateAt(work: Work, row: RateRow, cases: readonly StandingCase[]): Promise<CaseState> {
	const opened = openedOf(cases);
	if (opened === null) return "none";
	const days = dataDays(opened, addDays(work.today, -1));
	const members = await membersOn(work, row.id, days);
	const flags = days.map((day) => isOver(members.get(day) ?? 0, row));
	return stateOf(row.class === "over", flags);
}
