import { sql } from "kysely";
import { addDays, type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { readRows } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { readCountry } from "./store-lines.ts";
import { countOver, LEVELS } from "./store-progress.ts";
import { standingsOn, type Which } from "./store-standing.ts";

type Level = "centre" | "province" | "district" | "commune";

interface TermRow {
	id: number;
	level: Level;
	name: string;
	from: Day;
	to: Day | null;
	expectedEnd: Day;
	document: string;
	begunBy: string | null;
	begunAt: string | null;
	closed: number;
}

/** The terms of each level from the centre's down, the earliest first (R37). */
export async function listTerms(work: Work): Promise<TermRow[]> {
	const { rows } =
		await sql<TermRow>`select id, level, name, lower(during)::text as "from", upper(during)::text as "to",
			expected_end::text as "expectedEnd", document, calc.account_name(begun_by) as "begunBy", to_json(begun_at)#>>'{}' as "begunAt",
			(select count(*)::integer from app.target_close c where c.term_id = t.id) as closed
		from app.term t order by array_position(array['centre', 'province', 'district', 'commune'], level), lower(during)`.execute(
			work.db,
		);
	return rows;
}

/**
 * Begins a term of a level. The one that runs ends on that day, early or not, and each of its targets is closed with what had been achieved
 * the evening before; they stay readable and take no more decisions. The counting rules and denominators go by the centre's terms: from
 * the new one's first day on they are the new one's (R5, R47).
 */
export async function beginTerm(
	work: Work,
	input: { level: Level; name: string; from: Day; expectedEnd: Day; document: string },
) {
	const { level, name, from, expectedEnd, document } = input;
	await sql`select pg_advisory_xact_lock(7404)`.execute(work.db);
	const before = (await listTerms(work)).filter((term) => term.level === level).at(-1);
	refuseDays(from, expectedEnd, work.today, before);
	let closed = 0;
	if (before) {
		closed = await closeTargets(work, before.id, addDays(from, -1));
		await sql`update app.term set during = daterange(lower(during), ${from}::date) where id = ${before.id}`.execute(
			work.db,
		);
	}
	const { rows } = await sql<{ id: number }>`
		insert into app.term (level, name, during, expected_end, document, begun_by, begun_at)
		values (${level}, ${name}, daterange(${from}::date, null), ${expectedEnd}::date, ${document}, ${work.accountId}::uuid, clock_timestamp())
		returning id`.execute(work.db);
	if (level === "centre") await sql`select calc.refresh_denominators()`.execute(work.db);
	const { id } = rows[0] as { id: number };
	await work.audit({ action: "targets.beginTerm", detail: { level, from, termId: id, ended: before?.id, closed } });
	return { id, ended: before?.name ?? null, closed };
}

function refuseDays(from: Day, expectedEnd: Day, today: Day, before: TermRow | undefined): void {
	if (from > today || from <= FIRST_DAY)
		throw new Problem(
			"term.day",
			422,
			"Ngày bắt đầu nhiệm kỳ không được sau hôm nay: các chỉ tiêu của nhiệm kỳ trước được chốt theo số liệu ngày ấy.",
			{ field: "from" },
		);
	if (expectedEnd <= from)
		throw new Problem("term.expected_end", 422, "Ngày dự kiến kết thúc phải sau ngày bắt đầu.", {
			field: "expectedEnd",
		});
	if (before && from <= before.from)
		throw new Problem(
			"term.order",
			409,
			`${before.name} bắt đầu ngày ${displayDay(before.from)}. Nhiệm kỳ mới phải bắt đầu sau ngày ấy.`,
			{ field: "from" },
		);
}

/** Keeps how each target of a term stood on its last day; answers how many there were. */
async function closeTargets(work: Work, termId: number, last: Day): Promise<number> {
	const { rows: kinds } =
		await sql<Which>`select distinct kind, name from app.target where term_id = ${termId}`.execute(work.db);
	let closed = 0;
	for (const { kind, name } of kinds) {
		const which: Which = { kind, name, termId };
		const period = { termId, year: null, name: "", from: last, end: last };
		const standings = [...(await standingsOn(work, which, period, last))].filter(([, { ended }]) => !ended);
		const achieved = await achievedOn(work, which, standings, last);
		const rows = standings.map(([unitId, { value }]) => ({ unitId, value, achieved: achieved.get(unitId) ?? null }));
		await sql`insert into app.target_close (term_id, unit_id, kind, name, on_day, value, achieved, closed_by)
			select ${termId}, r."unitId", ${kind}, ${name}, ${last}::date, r.value, r.achieved, ${work.accountId}::uuid
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("unitId" integer, value integer, achieved integer)`.execute(
			work.db,
		);
		closed += rows.length;
	}
	return closed;
}

type Standings = [number, { decision: { baselineOn: Day | null; baselineMembers: number | null } | null }][];

async function achievedOn(work: Work, which: Which, standings: Standings, last: Day): Promise<Map<number, number>> {
	if (which.kind === "net_new_members") return netOn(work, which, standings, last);
	if (which.kind === "communes_over_60") {
		const found = await readRows(work, { on: last, map: null }, [...LEVELS], await centreId(work));
		return countOver(new Map(found.map((row) => [row.id, row])));
	}
	const { rows } = await sql<{ unitId: number; value: number }>`
		select distinct on (unit_id) unit_id as "unitId", value from app.target_achievement
		where kind = ${which.kind} and name = ${which.name} and term_id = ${which.termId as number}::integer and on_day <= ${last}::date
		order by unit_id, on_day desc, recorded_at desc`.execute(work.db);
	return new Map(rows.map(({ unitId, value }) => [unitId, value]));
}

/** Net members since each unit's own baseline, else since the centre's, else since the evening before the term. */
async function netOn(work: Work, { termId }: Which, standings: Standings, last: Day): Promise<Map<number, number>> {
	const centre = await centreId(work);
	const { rows } = await sql<{
		day: Day;
	}>`select coalesce((select baseline_on from calc.target_baseline(${centre}, ${termId as number}::integer,
			null, ${last}::date)), (select lower(during) - 1 from app.term where id = ${termId as number}::integer))::text as day`.execute(
		work.db,
	);
	const common = rows[0]?.day as Day;
	const baselineOf = (one: Standings[number]) => {
		const day = one[1].decision?.baselineOn ?? common;
		return day < FIRST_DAY ? FIRST_DAY : day;
	};
	const days = [...new Set([last, ...standings.map(baselineOf)])];
	const country = await readCountry(work, days, last, centre);
	return new Map(
		standings.flatMap((one) => {
			const [unitId, { decision }] = one;
			const members = country.get(unitId)?.members;
			if (!members) return [];
			const then = decision?.baselineMembers ?? (members[days.indexOf(baselineOf(one))] as number);
			return [[unitId, (members[0] as number) - then]];
		}),
	);
}

async function centreId(work: Work): Promise<number> {
	const { rows } = await sql<{ id: number }>`select id from app.unit where kind = 'centre'`.execute(work.db);
	return (rows[0] as { id: number }).id;
}
