import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";

/** Works out anew what communes are compared by (R24): it reads every temporary residence and every woman whose people is known. */
export async function refreshTraits(work: Work): Promise<void> {
	await sql`select calc.refresh_commune_traits()`.execute(work.db);
}
