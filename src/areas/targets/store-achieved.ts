import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { listChildren } from "../units/store-reading.ts";
import { hasTargets } from "./rules.ts";
import type { RECORDED_KINDS } from "./rules-kinds.ts";
import { requireTargeted } from "./store-show.ts";
import { type Period, refuseEnded, requirePeriod, standingsOn, type Which } from "./store-standing.ts";

type Recorded = Which & { kind: (typeof RECORDED_KINDS)[number] };

interface Achievement {
	unitId: number;
	value: number;
	onDay: Day;
	document: string;
	recordedBy: string | null;
	recordedAt: string;
}

/** Records what a unit has achieved of a target the program cannot count itself; an earlier record stays in its history. */
export async function recordAchieved(
	work: Work,
	input: Recorded & { unitId: number; value: number; onDay: Day; document: string },
) {
	const { unit } = await requireTargeted(work, input, work.today);
	const period = await requirePeriod(work, input, input.onDay);
	if (input.onDay > work.today || input.onDay < period.from)
		throw new Problem(
			"target.achieved_day",
			422,
			`Ngày của số liệu từ ${displayDay(period.from)} (đầu kỳ) đến hôm nay.`,
			{ field: "onDay" },
		);
	await refuseEnded(work, period, input.onDay, "onDay");
	if (!(await standingsOn(work, input, period, work.today)).has(unit.id))
		throw new Problem("target.none", 409, "Đơn vị chưa được giao chỉ tiêu này nên chưa ghi kết quả được.", {
			field: "kind",
		});
	const id = uuidv7();
	await sql`insert into app.target_achievement (id, unit_id, kind, name, term_id, year, value, on_day, document, recorded_by)
		values (${id}::uuid, ${unit.id}, ${input.kind}, ${input.name}, ${period.termId}::integer, ${period.year}::integer, ${input.value},
			${input.onDay}::date, ${input.document}, ${work.accountId}::uuid)`.execute(work.db);
	await work.audit({
		action: "targets.record",
		unitId: unit.id,
		detail: { kind: input.kind, value: input.value, onDay: input.onDay },
	});
	return { id };
}

/** What a unit and those directly below have recorded, the latest of each up to the day, beside their targets. */
export async function showAchieved(work: Work, input: Recorded & { unitId?: number; unit?: string; on?: Day }) {
	const on = input.on ?? work.today;
	const { unit } = await requireTargeted(work, input, on);
	const period = await requirePeriod(work, input, on);
	const children =
		unit.kind === "commune" ? [] : (await listChildren(work, unit.id, on)).filter(({ kind }) => hasTargets(kind));
	const all = await readAchieved(work, input, period, [unit.id, ...children.map(({ id }) => id)], on);
	const standings = await standingsOn(work, input, period, on);
	const latest = new Map(all.toReversed().map((one) => [one.unitId, one]));
	const shown = (id: number) => {
		const found = latest.get(id);
		return found ? { value: found.value, onDay: found.onDay, document: found.document } : null;
	};
	const rows = children.map(({ id, code, name }) => ({
		unitId: id,
		code,
		name,
		target: standings.get(id)?.value ?? null,
		achieved: shown(id),
	}));
	const recorded = rows.flatMap(({ achieved }) => (achieved ? [achieved.value] : []));
	const { rows: rights } = await sql<{ ok: boolean }>`
		select calc.may_at('targets.record', ${unit.id}::integer) as ok`.execute(work.db);
	return {
		own: shown(unit.id),
		below: recorded.length === 0 ? null : recorded.reduce((sum, value) => sum + value, 0),
		rows,
		history: all.filter(({ unitId }) => unitId === unit.id).map(({ unitId: _, ...one }) => one),
		mayRecord: rights[0]?.ok === true && standings.has(unit.id),
	};
}

/** The records of some units, the latest day first. */
async function readAchieved(work: Work, which: Recorded, { termId, year }: Period, units: number[], on: Day) {
	const { rows } = await sql<Achievement>`select unit_id as "unitId", value, on_day::text as "onDay", document,
			calc.account_name(recorded_by) as "recordedBy", to_json(recorded_at)#>>'{}' as "recordedAt"
		from app.target_achievement where unit_id = any(${units}::integer[]) and kind = ${which.kind} and name = ${which.name}
			and term_id is not distinct from ${termId}::integer and year is not distinct from ${year}::integer and on_day <= ${on}::date
		order by on_day desc, recorded_at desc`.execute(work.db);
	return rows;
}

/** The free targets a unit was given, gave itself or gave below, each once a period. */
export async function listFree(work: Work, input: { unitId?: number; unit?: string; on?: Day }) {
	const { unit } = await requireTargeted(work, input, input.on ?? work.today);
	const { rows } = await sql<{ name: string; measure: string; termId: number | null; year: number | null }>`
		select distinct on (name, term_id, year) name, measure, term_id as "termId", year from app.target
		where kind = 'free' and superseded_at is null and (unit_id = ${unit.id} or from_unit_id = ${unit.id})
		order by name, term_id, year, decided_at desc`.execute(work.db);
	return rows;
}
