import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireTop } from "../gathering/store-rates.ts";
import type { Unit } from "../units/contract.ts";
import type { Standing } from "./contract.ts";
import { hasTargets, shortOf } from "./rules.ts";
import { childrenOf } from "./store-children.ts";
import { type Period, requirePeriod, standingsOn, type Which } from "./store-standing.ts";

/** A unit's target as it stands on a day, what stands below it, their sum, and every decision so far. */
export async function showTarget(work: Work, input: Which & { unitId?: number; unit?: string; on?: Day }) {
	const on = input.on ?? work.today;
	const { unit, ...rights } = await requireTargeted(work, input, on);
	const period = await requirePeriod(work, input, on);
	const standings = await standingsOn(work, input, period, on);
	const { rows: below, without } =
		unit.kind === "commune" ? { rows: [], without: [] } : await childrenOf(work, unit, on);
	const rows = below.map((row) => ({ ...row, target: shown(standings.get(row.unitId)) }));
	const target = shown(standings.get(unit.id));
	const sum = rows.reduce((total, row) => total + (row.target?.value ?? 0), 0);
	return {
		on,
		unit: { unitId: unit.id, code: unit.code, name: unit.name, kind: unit.kind },
		kind: input.kind,
		name: input.name,
		measure: await measureOf(work, input, period),
		period,
		target,
		closed: await closedOf(work, unit, input, period),
		rows,
		sum,
		short: rows.some((row) => row.target !== null) ? shortOf(target?.value ?? null, sum) : 0,
		without,
		unplaced: await unplacedBelow(work, unit, on, standings),
		history: await historyOf(work, unit, input, period),
		...rights,
	};
}

function shown(standing: (Standing & { ended: boolean }) | undefined): Standing | null {
	if (!standing) return null;
	const { ended: _, ...rest } = standing;
	return rest;
}

/** The unit asked about, one that has targets and whose targets she may read (else a Problem), with what she may decide there. */
export async function requireTargeted(work: Work, input: { unitId?: number; unit?: string }, on: Day) {
	const unit = await requireTop(work, { id: input.unitId, code: input.unit, on });
	if (!hasTargets(unit.kind))
		throw new Problem(
			"target.no_target",
			422,
			"Đơn vị này không giao chỉ tiêu (Cụm thi đua, cơ sở Hội đặc thù, lực lượng vũ trang, chi hội, tổ, CLB).",
			{ field: "unit" },
		);
	return { unit, ...(await rightsAt(work, unit)) };
}

/** Whether she reads the unit's targets (else a Problem), hands down below it, and decides for it where nothing stands above. */
async function rightsAt(work: Work, unit: Unit): Promise<{ mayAllot: boolean; mayDecide: boolean }> {
	const { rows } = await sql<{ reads: boolean; allots: boolean }>`
		select calc.may_at('targets.read', ${unit.id}::integer) as reads, calc.may_at('targets.allot', ${unit.id}::integer) as allots`.execute(
		work.db,
	);
	const { reads, allots } = rows[0] as (typeof rows)[number];
	if (!reads) throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem chỉ tiêu của đơn vị này.");
	return { mayAllot: allots && unit.kind !== "commune", mayDecide: allots };
}

async function measureOf(work: Work, which: Which, { termId, year }: Period): Promise<string> {
	if (which.kind === "net_new_members") return "hội viên";
	if (which.kind !== "free") return "cơ sở Hội";
	const { rows } = await sql<{
		measure: string;
	}>`select measure from app.target where kind = 'free' and name = ${which.name}
		and term_id is not distinct from ${termId} and year is not distinct from ${year} order by decided_at desc limit 1`.execute(
		work.db,
	);
	return rows[0]?.measure ?? "";
}

/**
 * Targets of which no unit below answers now: of units that ended without a successor, and what *Chưa phân* holds of a parted one until its
 * parts are known. Said, so that nothing is silently less.
 */
async function unplacedBelow(work: Work, unit: Unit, on: Day, standings: Map<number, Standing & { ended: boolean }>) {
	const { rows } = await sql<{ unitId: number; code: string | null; name: string; kind: string }>`
		select distinct on (s.unit_id) s.unit_id as "unitId", s.code, s.name, u.kind from app.unit_spell s join app.unit u on u.id = s.unit_id
		where s.unit_id = any(${[...standings.keys()]}::integer[]) and s.parent_id = ${unit.id} and lower(s.during) <= ${on}::date
		order by s.unit_id, lower(s.during) desc`.execute(work.db);
	return rows.flatMap(({ kind, ...row }) => {
		const { ended, value } = standings.get(row.unitId) as Standing & { ended: boolean };
		return value > 0 && (ended || kind === "unassigned") ? [{ ...row, value }] : [];
	});
}

async function closedOf(work: Work, unit: Unit, which: Which, { termId }: Period) {
	const { rows } = await sql<{ onDay: Day; value: number; achieved: number | null }>`
		select on_day::text as "onDay", value, achieved from app.target_close
		where unit_id = ${unit.id} and term_id = ${termId}::integer and kind = ${which.kind} and name = ${which.name}`.execute(
		work.db,
	);
	return rows[0] ?? null;
}

async function historyOf(work: Work, unit: Unit, which: Which, { termId, year }: Period) {
	const { rows } = await sql<{
		id: string;
		value: number;
		document: string;
		documentOn: Day;
		reason: string;
		decidedBy: string | null;
		decidedAt: string;
		superseded: boolean;
	}>`select id::text, value, document, document_on::text as "documentOn", reason, calc.account_name(decided_by) as "decidedBy",
			to_json(decided_at)#>>'{}' as "decidedAt", superseded_at is not null as superseded
		from app.target where unit_id = ${unit.id} and kind = ${which.kind} and name = ${which.name}
			and term_id is not distinct from ${termId} and year is not distinct from ${year}
		order by decided_at desc`.execute(work.db);
	return rows;
}
