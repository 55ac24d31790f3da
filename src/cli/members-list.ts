import { listRoster } from "../areas/imports/store-roster.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import type { Day } from "../core/day.ts";
import { type Actor, asActor, type Database } from "../db/actor.ts";

/** What `taphop members list` is asked. */
export interface MembersListOptions {
	/** The code of the commune on `on`. */
	unit: string;
	/** Default today. */
	on?: Day;
	/** Also those who left or do not count. */
	all?: boolean;
}

/** The members of a commune on a day, numbers in full, in the keys and order scripts depend on. Audited. */
export function membersList(database: Database, actor: Actor, options: MembersListOptions) {
	return asActor(database, actor, async (work) => {
		const on = options.on ?? work.today;
		const unit = await requireUnit(work, { code: options.unit, on });
		const entries = await listRoster(work, { unitId: unit.id, on, all: options.all ?? false });
		return entries.map(({ name, birth, id, branch, joined, left, residence, counts }) => ({
			name,
			birth,
			id,
			branch,
			joined,
			left,
			residence,
			counts,
		}));
	});
}
