import { sql } from "kysely";
import { asSystem, type Database } from "../db/actor.ts";
import { startImportJobs } from "./jobs-imports.ts";

const HOUR = 3_600_000;

export interface Jobs {
	stop(): void;
}

/**
 * What the program does by itself: opens the ledger's coming year in time, and carries imports on that were asked for. Each run is one short transaction; a run that fails is
 * reported and tried again an hour later.
 */
export function startJobs(database: Database, report: (error: unknown, where: string) => void): Jobs {
	const run = () => openComingYear(database).catch((error) => report(error, "jobs.openComingYear"));
	const timer = setInterval(run, HOUR);
	void run();
	const imports = startImportJobs(database, report);
	return {
		stop: () => {
			clearInterval(timer);
			imports.stop();
		},
	};
}

/** Opening balances up to 31 December of next year, so that any day a person may ask for has them. */
export async function openComingYear(database: Database): Promise<void> {
	await asSystem(database, async (work) => {
		const wanted = Number(work.today.slice(0, 4)) + 1;
		await sql`select calc.extend_ledger(${wanted}::integer) where not exists
			(select from app.ledger_horizon where year >= ${wanted}::integer)`.execute(work.db);
	});
}
