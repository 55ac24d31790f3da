import { sql } from "kysely";
import { refreshTraits } from "../areas/effect/store-traits.ts";
import { findDuplicates } from "../areas/members/store-duplicates.ts";
import { asSystem, type Database } from "../db/actor.ts";

/** The hours in which nobody works: the pass reads every member and takes minutes where there are millions. */
const NIGHT = { from: 1, to: 3 };
/** A night later, not the same night again. */
const REST_HOURS = 20;

/**
 * Who may be entered twice, looked for once a night: `run` is asked every hour and mostly has nothing to do; `stop` breaks a pass
 * off, which leaves nothing behind, so that the program need not wait for it.
 */
export function duplicatesAtNight(database: Database, night = NIGHT) {
	let backend: number | null = null;
	let stopped = false;
	return {
		run: () =>
			asSystem(database, async (work) => {
				const { rows } = await sql<{ due: boolean; pid: number }>`
					select pg_backend_pid() as pid, extract(hour from now() at time zone 'Asia/Ho_Chi_Minh') between ${night.from}::integer and ${night.to}::integer
						and not exists (select from app.duplicate_pass where finished_at > now() - make_interval(hours => ${REST_HOURS}::integer)) as due`.execute(
					work.db,
				);
				if (!rows[0].due || stopped) return;
				backend = rows[0].pid;
				await findDuplicates(work);
			})
				.catch((error) => {
					// Broken off by `stop`: the next night does it.
					if (!stopped) throw error;
				})
				.finally(() => {
					backend = null;
				}),
		async stop() {
			stopped = true;
			if (backend !== null) await database.pool.query("select pg_cancel_backend($1)", [backend]);
		},
	};
}

/** What communes are compared by (R24), worked out anew once a night. */
export function traitsAtNight(database: Database, night = NIGHT): Promise<void> {
	return asSystem(database, async (work) => {
		const { rows } = await sql<{ due: boolean }>`
			select extract(hour from now() at time zone 'Asia/Ho_Chi_Minh') between ${night.from}::integer and ${night.to}::integer
				and not exists (select from app.commune_trait where on_day = calc.today()) as due`.execute(work.db);
		if (rows[0].due) await refreshTraits(work);
	});
}
