import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit, type UnitRef } from "../units/store-reading.ts";
import { POST_TEXT } from "./rules-words.ts";

/** Who holds which post at a unit on a day, the head first; only people the caller may see (R28). */
export async function listPosts(work: Work, input: UnitRef) {
	const unit = await requireUnit(work, input);
	const on = input.on ?? work.today;
	const { rows } = await sql<{ id: string; personId: string; name: string; post: string; since: Day }>`
		select o.id, p.id as "personId", p.full_name as name, o.post, o.since::text as since
		from app.post o join app.person p on p.id = o.person_id
		where o.unit_id = ${unit.id} and o.since <= ${on}::date and (o.until is null or o.until > ${on}::date)
		order by array_position(${Object.keys(POST_TEXT)}::text[], o.post), p.sort_key, p.id limit 200`.execute(work.db);
	return rows.map(({ post, ...row }) => ({ ...row, postText: POST_TEXT[post] }));
}
