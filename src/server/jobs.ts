import { sql } from "kysely";
import { asSystem, type Database } from "../db/actor.ts";
import type { OpenDatabase } from "../db/open.ts";

const HOUR = 3_600_000;
/** How long a database that died stays down, at most, beside its own start. */
const PULSE_MS = 2_000;

export interface Jobs {
	stop(): void;
}

/**
 * What the program does by itself: opens the ledger's coming year in time, and starts the embedded database again where it
 * died. A run that fails is reported and tried again, an hour or two seconds later.
 */
export function startJobs(database: OpenDatabase, report: (error: unknown, where: string) => void): Jobs {
	const run = () => openComingYear(database).catch((error) => report(error, "jobs.openComingYear"));
	const timer = setInterval(run, HOUR);
	void run();
	const pulse = startPulse(database, report);
	return {
		stop: () => {
			clearInterval(timer);
			pulse.stop();
		},
	};
}

/** Asks the database for a sign of life; where none comes, starts it. The same failure is reported once. */
function startPulse(database: OpenDatabase, report: (error: unknown, where: string) => void): Jobs {
	let lastFailure = "";
	let busy = false;
	const beat = async () => {
		if (busy) return;
		busy = true;
		try {
			await database.pool.query("select").catch(() => database.revive());
			lastFailure = "";
		} catch (error) {
			const { message } = error as Error;
			if (message !== lastFailure) report(error, "jobs.pulse");
			lastFailure = message;
		} finally {
			busy = false;
		}
	};
	const timer = setInterval(beat, PULSE_MS);
	return { stop: () => clearInterval(timer) };
}

/** Opening balances up to 31 December of next year, so that any day a person may ask for has them. */
export async function openComingYear(database: Database): Promise<void> {
	await asSystem(database, async (work) => {
		const wanted = Number(work.today.slice(0, 4)) + 1;
		await sql`select calc.extend_ledger(${wanted}::integer) where not exists
			(select from app.ledger_horizon where year >= ${wanted}::integer)`.execute(work.db);
	});
}
