import { type RawBuilder, sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { unitName } from "./store-accounts.ts";

interface AuditRow {
	id: string;
	at: string;
	account: string;
	action: string;
	unit: string | null;
	actingFor: string | null;
	subjectId: string | null;
	detail: Record<string, unknown>;
}

interface AuditSearch {
	unitId?: number;
	accountId?: string;
	subjectId?: string;
	action?: string;
	actingForOnly?: boolean;
	from?: Day;
	to?: Day;
	before?: string;
	limit: number;
}

const AUDIT = sql`a.id, a.at, calc.account_name(a.account_id) as account, a.action, ${unitName("a.unit_id")} as unit,
	${unitName("a.acting_for")} as "actingFor", a.subject_id as "subjectId", a.detail`;

/** The audit she may read, newest first. Ids carry their time (UUIDv7), so the id of the last row is where the next page begins. */
export async function listAudit(work: Work, input: AuditSearch): Promise<{ rows: AuditRow[]; next: string | null }> {
	const rows = await select(work, [...(await withinReach(work)), ...conditions(input)], input.limit + 1);
	const page = rows.slice(0, input.limit);
	return { rows: page, next: rows.length > input.limit ? page[page.length - 1].id : null };
}

/** What levels above did in the place of her own units ("nhập thay", R39), newest first, and how much of it there is. */
export async function listActedForUs(work: Work, input: { since?: Day; limit: number }) {
	const where = [
		sql`a.acting_for in (select s.unit_id from calc.my_grants('audit.read') g join app.unit_scope s on s.ancestor_id = g.unit_id and s.own)`,
		...conditions({ from: input.since, limit: input.limit }),
	];
	const { rows } = await sql<{
		count: number;
	}>`select count(*) from app.audit a where ${sql.join(where, sql` and `)}`.execute(work.db);
	return { count: rows[0].count, rows: await select(work, where, input.limit) };
}

/** The same as the policy says, in a form the indexes by unit can answer: a commune's rows are few among a country's. */
async function withinReach(work: Work): Promise<RawBuilder<unknown>[]> {
	const { rows } = await sql<{ all: boolean; units: number[] }>`select calc.sees_all('audit.read') as all,
		case when not calc.sees_all('audit.read') then array(select calc.my_units('audit.read')) end as units`.execute(
		work.db,
	);
	const [{ all, units }] = rows;
	if (all) return [];
	return [
		sql`(a.unit_id = any(${units}::integer[]) or a.acting_for = any(${units}::integer[]) or a.account_id = ${work.accountId})`,
	];
}

function conditions(input: AuditSearch): RawBuilder<unknown>[] {
	const within = sql`(select array_agg(unit_id) from app.unit_scope where ancestor_id = ${input.unitId ?? null})::integer[]`;
	const starts = (day: Day) => sql`(${day}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`;
	const all: [unknown, RawBuilder<unknown>][] = [
		[input.unitId, sql`(a.unit_id = any(${within}) or a.acting_for = any(${within}))`],
		[input.accountId, sql`a.account_id = ${input.accountId}`],
		[input.subjectId, sql`a.subject_id = ${input.subjectId}`],
		[input.action, sql`(a.action = ${input.action} or starts_with(a.action, ${input.action} || '.'))`],
		[input.actingForOnly || undefined, sql`a.acting_for is not null`],
		[input.from, sql`a.at >= ${starts(input.from ?? "2017-01-01")}`],
		[input.to, sql`a.at < ${starts(addDays(input.to ?? "2017-01-01", 1))}`],
		[input.before, sql`a.id < ${input.before}`],
	];
	return all.filter(([given]) => given !== undefined).map(([, condition]) => condition);
}

async function select(work: Work, where: RawBuilder<unknown>[], limit: number): Promise<AuditRow[]> {
	const { rows } = await sql<AuditRow>`select ${AUDIT} from app.audit a
		where ${sql.join([sql`true`, ...where], sql` and `)} order by a.id desc limit ${limit}`.execute(work.db);
	return rows;
}
