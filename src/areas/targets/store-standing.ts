import { sql } from "kysely";
import { addDays, type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Standing } from "./contract.ts";
import type { TargetKind } from "./rules-kinds.ts";

/** Which target: kind, name (of a free one), and a term or a year. */
export interface Which {
	kind: TargetKind;
	name: string;
	termId?: number;
	year?: number;
}

/** A period found: one of the two is null. `end` is the day from which it is over, or is expected to be. */
export interface Period {
	termId: number | null;
	year: number | null;
	name: string;
	from: Day;
	end: Day;
}

/** The period asked for; without one the centre's term of the day. Both at once, or a free target without a name, is a Problem. */
export async function requirePeriod(work: Work, which: Which, on: Day): Promise<Period> {
	const { termId, year } = which;
	if ((which.kind === "free") !== (which.name !== ""))
		throw new Problem("target.name", 422, "Chỉ tiêu khác phải có tên; chỉ tiêu có sẵn thì không ghi tên.", {
			field: "name",
		});
	if (termId !== undefined && year !== undefined)
		throw new Problem("target.period", 422, "Hãy chọn nhiệm kỳ hoặc năm, không chọn cả hai.", { field: "year" });
	if (year !== undefined)
		return { termId: null, year, name: `Năm ${year}`, from: `${year}-01-01`, end: `${year + 1}-01-01` };
	const { rows } = await sql<Period>`select id as "termId", null::integer as year, name, lower(during)::text as "from",
			coalesce(upper(during), expected_end)::text as "end" from app.term
		where ${termId === undefined ? sql`level = 'centre'` : sql`id = ${termId}`}
		order by during @> ${on}::date desc, lower(during) > ${on}::date desc, lower(during) limit 1`.execute(work.db);
	if (rows[0]) return rows[0];
	throw new Problem("target.term_not_found", 404, "Không có nhiệm kỳ này. Hãy chọn lại.", { field: "termId" });
}

/** A term that was ended takes no decision and no record of a day after it. */
export async function refuseEnded(work: Work, { termId, name }: Period, on: Day, field: string): Promise<void> {
	const { rows } = await sql<{ day: Day }>`select upper(during)::text as day from app.term
		where id = ${termId}::integer and upper(during) <= ${on}::date`.execute(work.db);
	if (rows[0])
		throw new Problem(
			"term.ended",
			409,
			`${name} đã kết thúc ngày ${displayDay(addDays(rows[0].day, -1))}, chỉ tiêu đã chốt. Hãy chọn nhiệm kỳ đang chạy.`,
			{ field },
		);
}

interface StandingRow {
	unitId: number;
	value: number;
	carried: boolean;
	estimated: boolean;
	ended: boolean;
	decision: Standing["decision"];
}

/** The targets of a kind and period as they stand on a day, by unit, of those the one acting may read (R38). */
export async function standingsOn(
	work: Work,
	which: Which,
	{ termId, year }: Period,
	on: Day,
): Promise<Map<number, Standing & { ended: boolean }>> {
	const { rows } = await sql<StandingRow>`
		select s.unit_id as "unitId", s.value::integer, s.carried, s.estimated, s.ended,
			case when t.id is not null then jsonb_build_object('document', t.document, 'documentOn', t.document_on, 'reason', t.reason,
				'fromUnit', coalesce((select n.name from app.unit_spell n where n.unit_id = t.from_unit_id and n.during @> t.document_on), ''),
				'decidedBy', calc.account_name(t.decided_by), 'decidedAt', t.decided_at, 'baselineOn', t.baseline_on,
				'baselineMembers', t.baseline_members, 'baselineDocument', t.baseline_document) end as decision
		from calc.targets_on(${on}::date, ${which.kind}, ${which.name}, ${termId}::integer, ${year}::integer) s
		left join app.target t on t.id = s.target_id`.execute(work.db);
	return new Map(rows.map(({ unitId, ...row }) => [unitId, row]));
}
