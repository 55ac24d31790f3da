import { sql } from "kysely";
import { addMonths, type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { Attended } from "./rules.ts";

interface Visit {
	id: string;
	unitId: number;
	commune: string;
	leaf: string | null;
	onDay: Day;
	attended: Attended;
	notes: string;
	visitedBy: string | null;
	mine: boolean;
}

/** So far back a visit may still be noted. */
const MONTHS_BACK = 24;

/** The visits to some communes, the latest first. */
export async function recentVisits(work: Work, communeIds: readonly number[], limit: number): Promise<Visit[]> {
	const { rows } =
		await sql<Visit>`select v.id::text, v.commune_id as "unitId", c.name as commune, l.name as leaf, v.on_day::text as "onDay",
			v.attended, v.notes, calc.account_name(v.visited_by) as "visitedBy", v.visited_by = calc.account_id() as mine
		from app.commune_visit v
		join lateral (select s.name from app.unit_spell s where s.unit_id = v.commune_id
			order by s.during @> v.on_day desc, lower(s.during) desc limit 1) c on true
		left join lateral (select s.name from app.unit_spell s where s.unit_id = v.leaf_id
			order by s.during @> v.on_day desc, lower(s.during) desc limit 1) l on true
		where v.commune_id = any(${communeIds}::integer[]) and v.withdrawn_at is null
		order by v.on_day desc, v.noted_at desc limit ${limit}`.execute(work.db);
	return rows;
}

/** The visits to a commune, those to the communes it was made of among them (R38). */
export async function listVisits(work: Work, input: { unitId: number; limit: number }): Promise<Visit[]> {
	const { rows } = await sql<{ unitId: number }>`select ${input.unitId}::integer as "unitId"
		union select predecessor_id from app.unit_succession where successor_id = ${input.unitId}`.execute(work.db);
	return recentVisits(
		work,
		rows.map(({ unitId }) => unitId),
		input.limit,
	);
}

/** The branches, groups and clubs that belong to a commune today. */
export async function listLeaves(work: Work, input: { unitId: number }) {
	const { rows } = await sql<{
		unitId: number;
		name: string;
	}>`select s.unit_id as "unitId", s.name from app.unit_scope c
		join app.unit u on u.id = c.unit_id and u.kind in ('branch', 'group', 'club', 'special_base')
		join app.unit_spell s on s.unit_id = c.unit_id and s.during @> ${work.today}::date
		where c.ancestor_id = ${input.unitId} and c.own
			and ((select calc.sees_all('support.read')) or ${input.unitId}::integer in (select calc.my_units('support.read')))
		order by u.kind, s.search_key`.execute(work.db);
	return rows;
}

/** Notes that she was there, in her own name: whoever does not reach the commune from a level above cannot. */
export async function recordVisit(
	work: Work,
	input: { unitId: number; leafId?: number; onDay?: Day; attended: Attended; notes: string },
) {
	const { unitId, leafId = null, attended, notes } = input;
	const onDay = input.onDay ?? work.today;
	if (onDay > work.today)
		throw new Problem("assistance.visit_ahead", 422, "Ngày đi cơ sở không được sau hôm nay.", { field: "onDay" });
	const earliest = addMonths(work.today, -MONTHS_BACK);
	if (onDay < earliest)
		throw new Problem(
			"assistance.visit_old",
			422,
			`Chỉ ghi được các lần đi cơ sở từ ngày ${displayDay(earliest)}. Hãy kiểm tra lại ngày.`,
			{ field: "onDay" },
		);
	await requireVisitable(work, unitId, leafId);
	const id = uuidv7();
	await sql`insert into app.commune_visit (id, commune_id, leaf_id, on_day, attended, notes, visited_by)
		values (${id}::uuid, ${unitId}, ${leafId}, ${onDay}::date, ${attended}, ${notes}, ${work.accountId}::uuid)`.execute(
		work.db,
	);
	await work.audit({ action: "assistance.recordVisit", unitId, detail: { onDay, attended } });
	return { id };
}

async function requireVisitable(work: Work, unitId: number, leafId: number | null): Promise<void> {
	const { rows } = await sql<{ commune: boolean; leaf: boolean; mine: boolean }>`select
		exists (select from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> ${work.today}::date
			where u.id = ${unitId} and u.kind = 'commune') as commune,
		${leafId}::integer is null or exists (select from app.unit_scope where ancestor_id = ${unitId} and unit_id = ${leafId}::integer and own) as leaf,
		calc.carries(calc.account_id(), ${unitId}) as mine`.execute(work.db);
	const [{ commune, leaf, mine }] = rows;
	if (!commune)
		throw new Problem("assistance.no_commune", 422, "Hãy chọn một cơ sở (xã, phường, đặc khu) đang hoạt động.", {
			field: "unitId",
		});
	if (!leaf)
		throw new Problem("assistance.leaf_elsewhere", 422, "Chi hội, tổ này không thuộc cơ sở đã chọn.", {
			field: "leafId",
		});
	if (!mine)
		throw new Problem(
			"assistance.not_carrier",
			403,
			"Việc đi cơ sở do cán bộ cấp trên của cơ sở ấy ghi bằng tài khoản của mình.",
		);
}

/** Takes back a visit noted by mistake: it no longer counts, the row stays. */
export async function withdrawVisit(work: Work, { visitId }: { visitId: string }) {
	const { rows } = await sql<{ unitId: number }>`update app.commune_visit set withdrawn_at = clock_timestamp()
		where id = ${visitId}::uuid and withdrawn_at is null returning commune_id as "unitId"`.execute(work.db);
	if (!rows[0])
		throw new Problem("assistance.visit_unknown", 404, "Không có lần đi cơ sở này, hoặc không phải do chị ghi.");
	await work.audit({ action: "assistance.withdrawVisit", unitId: rows[0].unitId });
	return { id: visitId };
}
