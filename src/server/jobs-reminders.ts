import { sql } from "kysely";
import { reminderMessage } from "../areas/reporting/rules-reminders.ts";
import { claimReminders, noteSent } from "../areas/reporting/store-reminders.ts";
import type { Day } from "../core/day.ts";
import { asSystem, type Database } from "../db/actor.ts";
import type { ReminderChannel } from "./reminders.ts";

/** Nobody is reminded at night. */
const OFFICE = { from: 7, to: 17 };
const AT_ONCE = 100;

/** Sends the reminders of deadlines that are due (R34): `run` is asked every half hour and mostly has nothing to do. */
export function remindersByDay(
	database: Database,
	{ channels, url }: { channels: readonly ReminderChannel[]; url: string | null },
	hours = OFFICE,
	today?: Day,
) {
	const byKind = new Map(channels.map((channel) => [channel.kind, channel]));
	let stopped = false;
	const isOfficeHour = () =>
		asSystem(database, async (work) => {
			const { rows } = await sql<{ open: boolean }>`
				select extract(hour from now() at time zone 'Asia/Ho_Chi_Minh') between ${hours.from}::integer and ${hours.to}::integer as open`.execute(
				work.db,
			);
			return rows[0].open;
		});
	return {
		async run(): Promise<void> {
			if (byKind.size === 0 || !(await isOfficeHour())) return;
			const failures: string[] = [];
			for (let more = true; more && !stopped; ) {
				const due = await asSystem(database, (work) => claimReminders(work, [...byKind.keys()], AT_ONCE), today);
				for (const reminder of due) {
					if (stopped) return;
					try {
						await byKind.get(reminder.channel)?.send(reminder.address, reminderMessage(reminder, url));
						await asSystem(database, (work) => noteSent(work, reminder));
					} catch (error) {
						// Tried again in an hour, three times. A server's answer may repeat the address: only its code is told.
						failures.push(codeOf(error));
					}
				}
				more = due.length === AT_ONCE;
			}
			if (failures.length > 0) throw new Error(`${failures.length} reminders not sent: ${failures[0]}`);
		},
		stop() {
			stopped = true;
			for (const channel of channels) channel.close();
		},
	};
}

function codeOf(error: unknown): string {
	const { code = "error", responseCode = "" } = error as { code?: string; responseCode?: number };
	return `${code} ${responseCode}`.trim();
}
