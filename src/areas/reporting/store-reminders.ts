import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import type { Channel, Reminder } from "./rules-reminders.ts";

/** Where the one acting wants to be reminded; null: nowhere. */
export async function showReminder(work: Work) {
	const { rows } = await sql<{ channel: Channel; address: string }>`
		select channel, address from app.reminder_address where account_id = ${work.accountId}::uuid`.execute(work.db);
	return { reminder: rows[0] ?? null };
}

/** Sets that address, or takes it back with ''. */
export async function setReminder(work: Work, { address }: { address: string }) {
	const channel: Channel = "email";
	if (address === "")
		await sql`delete from app.reminder_address where account_id = ${work.accountId}::uuid`.execute(work.db);
	else
		await sql`insert into app.reminder_address (account_id, channel, address) values (${work.accountId}::uuid, ${channel}, ${address})
			on conflict (account_id) do update set channel = excluded.channel, address = excluded.address, updated_at = now()`.execute(
			work.db,
		);
	// The address itself is nobody's business in the log.
	await work.audit({ action: "reports.setReminder", detail: { channel, set: address !== "" } });
	return { done: true as const };
}

/** A reminder that is to be sent now, and to whom. */
export interface DueReminder extends Reminder {
	periodId: number;
	accountId: string;
	channel: Channel;
	address: string;
}

/** Three tries, then it is left: the address is wrong, or the mail server has been away for hours. */
const TRIES = 3;

/**
 * Claims the reminders that are due: of every open period, the accounts that may write the report of a unit that has not sent it, once
 * for each stage before and after the unit's own deadline. Claimed before they are sent: two programs on one database, or one that dies
 * half way, remind nobody twice. For the program alone.
 */
export async function claimReminders(work: Work, channels: readonly Channel[], most = 500): Promise<DueReminder[]> {
	const { rows } = await sql<DueReminder>`
		with period as materialized (select p.* from app.report_period p where p.closed_at is null and p.opens_on <= ${work.today}::date
				and p.due_on >= ${work.today}::date - 14),
		waiting as materialized (
			select p.id as period_id, p.name as period, p.data_until, u.unit_id, u.name as unit, d.due,
				case when ${work.today}::date > d.due then 'overdue' when ${work.today}::date >= d.due - 1 then 'due' else 'soon' end as stage
			from period p cross join lateral calc.report_units(p.id) u
			cross join lateral (select coalesce((p.due_levels ->> u.kind)::date, p.due_on) as due) d
			left join app.report r on r.period_id = p.id and r.unit_id = u.unit_id
			where (r.state is null or r.state in ('draft', 'returned')) and ${work.today}::date between d.due - 4 and d.due + 14
		),
		wanted as materialized (
			select w.*, a.id as account_id, m.channel, m.address
			from waiting w join app.account a on a.unit_id = w.unit_id and a.disabled_at is null
			join app.reminder_address m on m.account_id = a.id and m.channel = any(${channels}::text[])
			where exists (select from app.account_role g join app.role_verb v on v.role = g.role and v.verb = 'reports.write'
					where g.account_id = a.id and g.unit_id = w.unit_id)
				and not exists (select from app.reminder_sent s where s.period_id = w.period_id and s.account_id = a.id and s.stage = w.stage
					and (s.sent_at is not null or s.attempts >= ${TRIES} or s.tried_at >= now() - interval '50 minutes'))
			limit ${most}
		),
		claimed as (
			insert into app.reminder_sent as s (period_id, account_id, stage, channel)
			select period_id, account_id, stage, channel from wanted
			on conflict (period_id, account_id, stage) do update set attempts = s.attempts + 1, tried_at = clock_timestamp()
				where s.sent_at is null and s.attempts < ${TRIES} and s.tried_at < now() - interval '50 minutes'
			returning s.period_id, s.account_id, s.stage
		)
		select w.period_id as "periodId", w.account_id as "accountId", w.channel, w.address, w.stage, w.unit, w.period,
			w.data_until::text as "dataUntil", w.due::text as due
		from claimed c join wanted w on w.period_id = c.period_id and w.account_id = c.account_id and w.stage = c.stage`.execute(
		work.db,
	);
	return rows;
}

/** Notes that a reminder has gone out. */
export async function noteSent(work: Work, { periodId, accountId, stage }: DueReminder): Promise<void> {
	await sql`update app.reminder_sent set sent_at = clock_timestamp()
		where period_id = ${periodId} and account_id = ${accountId}::uuid and stage = ${stage}`.execute(work.db);
}
