import { Problem } from "../../core/problem.ts";
import { type Actor, asActor, asSystem, type Database } from "../../db/actor.ts";
import { chunkSize, commitChunk, type RowsAhead, readAhead, refuseNextRow } from "./store-commit.ts";

/** Problems that are the machine's and not a row's: the import waits and is carried on later. */
const PASSING = new Set([403, 500, 503, 507]);

/** How much narrower the chunks become around a row that is refused. */
const NARROWER = 20;

/** How far an import has come, in rows. */
export interface Progress {
	done: number;
	total: number;
}

/**
 * Carries an import that is being committed to its end, chunk by chunk, in the name of her who asked for it; each step tells how
 * far it is. Two that do so at once take turns. A row the database will not have is refused with its reason and the rest
 * goes on. Throws where the machine is at fault; called again, it goes on where it stopped.
 */
export async function* importSteps(database: Database, actor: Actor, importId: string): AsyncGenerator<Progress> {
	let at: Progress = { done: 0, total: 0 };
	/** Where a chunk was refused: its rows are tried in ever smaller chunks, until they are passed. */
	const narrow: { size: number; until: number }[] = [];
	let collisions = 0;
	let ahead: RowsAhead | undefined;
	for (;;) {
		while (at.done >= (narrow.at(-1)?.until ?? Number.POSITIVE_INFINITY)) narrow.pop();
		const size = narrow.at(-1)?.size ?? chunkSize(at.total);
		const ready = narrow.length > 0 ? undefined : ahead;
		ahead = undefined;
		try {
			const chunk = asActor(database, actor, (work) => commitChunk(work, importId, size, ready));
			if (ready && ready.rows.length > 0) {
				// While the database writes, the next rows are read; where that fails, the chunk reads them itself.
				const next = asActor(database, actor, (work) => readAhead(work, importId, ready.end, size)).catch(
					() => undefined,
				);
				await chunk;
				ahead = await next;
			}
			const { more, ...progress } = await chunk;
			at = progress;
			if (more && !ahead && narrow.length === 0)
				ahead = await asActor(database, actor, (work) => readAhead(work, importId, at.done, chunkSize(at.total)));
			yield at;
			if (!more) return;
		} catch (error) {
			if (!(error instanceof Problem) || PASSING.has(error.status)) throw error;
			if (error.code === "write.concurrent" && ++collisions < 10) continue;
			if (size > 1) narrow.push({ size: Math.ceil(size / NARROWER), until: at.done + size });
			else if (!(await asActor(database, actor, (work) => refuseNextRow(work, importId, error)))) throw error;
		}
	}
}

/** {@link importSteps} to the end, at once. */
export async function runImport(
	database: Database,
	actor: Actor,
	importId: string,
	onProgress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
	for await (const { done, total } of importSteps(database, actor, importId)) onProgress(done, total);
}

/** The imports whose commit was asked for and is not done: with whose rights each goes on. */
export function findUnfinished(database: Database): Promise<{ id: string; actor: Actor }[]> {
	return asSystem(database, async (work) => {
		const rows = await work.db
			.selectFrom("import")
			.select(["id", "committed_by", "acting_for"])
			.where("state", "=", "committing")
			.orderBy("created_at")
			.execute();
		return rows.map((row) => ({
			id: row.id,
			actor: { accountId: row.committed_by ?? "", actingFor: row.acting_for ?? undefined },
		}));
	});
}

/** Writes beside an import why carrying it on stopped, for the screen. */
export async function noteFailure(database: Database, importId: string, problem: Problem): Promise<void> {
	await asSystem(database, async (work) => {
		await work.db
			.updateTable("import")
			.set({ failure: JSON.stringify({ code: problem.code, text: problem.message }) })
			.where("id", "=", importId)
			.where("state", "=", "committing")
			.execute();
	});
}
