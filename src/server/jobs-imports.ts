import { findUnfinished, noteFailure, runImport } from "../areas/imports/import-run.ts";
import { Problem } from "../core/problem.ts";
import type { Database } from "../db/actor.ts";

const LOOK_EVERY_MS = 2_000;
/** How long an import rests after a failure before it is tried again. */
const REST_MS = 60_000;

/**
 * Carries imports on whose commit was asked for: those a person has just asked for, and those a crash cut off. One at a time; one
 * that fails notes why, rests and is tried again.
 */
export function startImportJobs(
	database: Database,
	report: (error: unknown, where: string) => void,
	every = LOOK_EVERY_MS,
): { stop(): void } {
	const resting = new Map<string, number>();
	let busy = false;
	const look = async () => {
		if (busy) return;
		busy = true;
		try {
			for (const { id, actor } of await findUnfinished(database))
				if ((resting.get(id) ?? 0) <= Date.now())
					await runImport(database, actor, id).catch((error) => rest(id, error));
		} catch (error) {
			report(error, "jobs.imports");
		}
		busy = false;
	};
	const rest = async (id: string, error: unknown) => {
		resting.set(id, Date.now() + REST_MS);
		if (error instanceof Problem) await noteFailure(database, id, error);
		else report(error, "jobs.imports");
	};
	const timer = setInterval(look, every);
	void look();
	return { stop: () => clearInterval(timer) };
}
