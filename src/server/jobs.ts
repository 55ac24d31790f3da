import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { findUnfinished, importSteps, noteFailure, type Progress } from "../areas/imports/import-run.ts";
import { Problem } from "../core/problem.ts";
import { asSystem, type Database } from "../db/actor.ts";
import type { OpenDatabase } from "../db/open.ts";
import { duplicatesAtNight, traitsAtNight } from "./jobs-nightly.ts";
import { remindersByDay } from "./jobs-reminders.ts";
import type { ReminderChannel } from "./reminders.ts";

const HOUR = 3_600_000;
const IMPORTS_EVERY = 1_000;
/** Imports carried on at once: as many as the cores the program is made for. Each takes up to two connections. */
const AT_ONCE = 2;
/** How long an import rests after a failure before it is tried again. */
const REST = 60_000;
/** How long a database that died stays down, at most, beside its own start. */
const PULSE = 2_000;

export interface Jobs {
	/** Starts nothing more and waits for what is under way: a chunk of an import at most. */
	stop(): Promise<void>;
}

/**
 * What the program does by itself: carries imports on that were asked to be committed, also those a crash cut off, starts the
 * embedded database again where it died, opens the ledger's coming year in time, settles rights on the day of a reorganisation, reminds of
 * deadlines, and at night looks for women entered twice and works out what communes are compared by (the last three not in the demo: a country
 * to measure by may lie there, and nobody real). The same failure is reported once.
 * Nothing is kept here that a crash could lose: what is left to do stands in the rows.
 */
export function startJobs(
	database: Database & Pick<OpenDatabase, "revive"> & Partial<Pick<OpenDatabase, "mode">>,
	report: (error: unknown, where: string) => void,
	by: { channels: readonly ReminderChannel[]; url: string | null } = { channels: [], url: null },
): Jobs {
	const nightly = duplicatesAtNight(database);
	const reminders = remindersByDay(database, by);
	let stopped = false;
	const running = new Map<string, Promise<void>>();
	const resting = new Map<string, number>();
	const failures = new Map<string, string>();
	const every = (milliseconds: number, where: string, run: () => Promise<void>) => {
		const tick = () => {
			if (running.has(where) || stopped) return;
			const ended = run()
				.then(() => void failures.delete(where))
				.catch((error: Error) => {
					if (failures.get(where) === error.message) return;
					failures.set(where, error.message);
					report(error, where);
				})
				.finally(() => running.delete(where));
			running.set(where, ended);
		};
		tick();
		return setInterval(tick, milliseconds);
	};
	const timers = [
		every(IMPORTS_EVERY, "jobs.imports", () => carryOnImports(database, resting, () => stopped)),
		every(PULSE, "jobs.pulse", () => pulse(database)),
		every(HOUR, "jobs.openComingYear", () => openComingYear(database)),
		every(HOUR / 12, "jobs.settleRights", () => settleRights(database)),
		...(database.mode === "demo"
			? []
			: [
					every(HOUR, "jobs.findDuplicates", nightly.run),
					every(HOUR / 2, "jobs.reminders", reminders.run),
					every(HOUR, "jobs.refreshTraits", () => traitsAtNight(database)),
				]),
	];
	return {
		stop: async () => {
			stopped = true;
			for (const timer of timers) clearInterval(timer);
			reminders.stop();
			await nightly.stop();
			await Promise.all(running.values());
		},
	};
}

/**
 * The unfinished imports to their ends, in the name of those who asked for them: {@link AT_ONCE} at a time and a chunk in turn,
 * so that a small one need not wait for a long one and each shows that it moves. One that cannot go on says why, rests and
 * is tried again.
 */
async function carryOnImports(database: Database, resting: Map<string, number>, stopped: () => boolean): Promise<void> {
	const known = new Map<string, AsyncGenerator<Progress>>();
	const waiting: string[] = [];
	const look = async () => {
		for (const { id, actor } of await findUnfinished(database)) {
			if (known.has(id) || (resting.get(id) ?? 0) > Date.now()) continue;
			known.set(id, importSteps(database, actor, id));
			waiting.push(id);
		}
	};
	const step = async (id: string) => {
		let more = false;
		try {
			more = await hasMore(database, known.get(id) as AsyncGenerator<Progress>, id, resting);
		} finally {
			if (more) waiting.push(id);
			else known.delete(id);
		}
	};
	const lane = async () => {
		while (known.size > 0 && !stopped()) {
			const id = waiting.shift();
			// The other lane has the only one: another may come before that is through.
			if (id === undefined) await sleep(IMPORTS_EVERY);
			else await step(id);
			await look();
		}
	};
	await look();
	const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
	for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Carries an import one chunk on; false once it is finished or has to rest. */
async function hasMore(
	database: Database,
	steps: AsyncGenerator<Progress>,
	id: string,
	resting: Map<string, number>,
): Promise<boolean> {
	try {
		return !(await steps.next()).done;
	} catch (error) {
		resting.set(id, Date.now() + REST);
		if (!(error instanceof Problem)) throw error;
		await noteFailure(database, id, error);
		return false;
	}
}

/** Asks the database for a sign of life; where none comes, starts it. */
async function pulse(database: Database & Pick<OpenDatabase, "revive">): Promise<void> {
	await database.pool.query("select").catch(() => database.revive());
}

/** Opening balances up to 31 December of next year, so that any day a person may ask for has them. */
async function openComingYear(database: Database): Promise<void> {
	await asSystem(database, async (work) => {
		const wanted = Number(work.today.slice(0, 4)) + 1;
		await sql`select calc.extend_ledger(${wanted}::integer) where not exists
			(select from app.ledger_horizon where year >= ${wanted}::integer)`.execute(work.db);
	});
}

/** Rights follow a reorganisation that was applied ahead, on its day; until this has run nobody reaches more than before. */
async function settleRights(database: Database): Promise<void> {
	await asSystem(database, async (work) => {
		await sql`select calc.settle_due()`.execute(work.db);
	});
}
