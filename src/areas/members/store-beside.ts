import { type SqlBool, sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { MembersInput } from "./contract.ts";
import { auditPerson, communeOfPerson, requirePerson, requireSpell, requireVerbAt } from "./store-person-row.ts";

/** What stands beside a membership: clubs and special bases, posts, absences. None of it counts. */

export async function addAffiliation(work: Work, input: MembersInput<"addAffiliation">) {
	await requirePerson(work, input.personId);
	const unit = await requireUnit(work, { id: input.unitId, on: input.since });
	if (!["club", "special_base", "force", "group"].includes(unit.kind))
		throw new Problem("affiliation.unit", 422, "Hãy chọn một CLB, tổ, nhóm hoặc cơ sở Hội đặc thù.", {
			field: "unitId",
		});
	const id = uuidv7();
	await work.db
		.insertInto("affiliation")
		.values({ id, person_id: input.personId, unit_id: input.unitId, since: input.since, until: input.until })
		.execute();
	await told(work, "members.addAffiliation", input.personId, { unit: input.unitId });
	return { id };
}

export async function endAffiliation(work: Work, input: { id: string; until: Day }) {
	return end(work, "affiliation", "members.endAffiliation", input);
}

/** Who holds a post is recorded where the post is, of anyone who is seen there (R28). */
export async function addPost(work: Work, input: MembersInput<"addPost">) {
	await requirePerson(work, input.personId);
	await requireUnit(work, { id: input.unitId, on: input.since });
	await requireVerbAt(work, "members.write", input.unitId);
	const id = uuidv7();
	await work.db
		.insertInto("post")
		.values({
			id,
			person_id: input.personId,
			unit_id: input.unitId,
			post: input.post,
			since: input.since,
			until: input.until,
		})
		.execute();
	await told(work, "members.addPost", input.personId, { unit: input.unitId, post: input.post });
	return { id };
}

export async function endPost(work: Work, input: { id: string; until: Day }) {
	return end(work, "post", "members.endPost", input);
}

/** The commune of origin keeps where she is and how she takes part (R10). */
export async function addAway(work: Work, input: MembersInput<"addAway">) {
	const spell = await requireSpell(work, input.spellId);
	await requireVerbAt(work, "members.write", spell.leafId);
	if (input.since > work.today)
		throw new Problem("away.future", 422, `Ngày đi không được sau hôm nay (${displayDay(work.today)}).`, {
			field: "since",
		});
	const id = uuidv7();
	await work.db
		.insertInto("away")
		.values({
			id,
			spell_id: input.spellId,
			since: input.since,
			until: input.until,
			kind: input.kind,
			place: input.place,
			pays_dues: input.paysDues,
			takes_part: input.takesPart,
		})
		.execute();
	await told(work, "members.addAway", spell.personId, { kind: input.kind });
	return { id };
}

export async function endAway(work: Work, input: { id: string; until: Day }) {
	const { rows } = await sql<{ personId: string }>`update app.away a set until = ${input.until}::date
		from app.spell s where s.id = a.spell_id and a.id = ${input.id} returning s.person_id as "personId"`.execute(
		work.db,
	);
	if (!rows[0]) throw notFound();
	await told(work, "members.endAway", rows[0].personId, {});
	return { id: input.id };
}

async function end(work: Work, table: "affiliation" | "post", action: string, input: { id: string; until: Day }) {
	const row = await work.db
		.updateTable(table)
		.set({ until: input.until })
		.where(sql<SqlBool>`id = ${input.id}`)
		.returning("person_id")
		.executeTakeFirst();
	if (!row) throw notFound();
	await told(work, action, row.person_id, {});
	return { id: input.id };
}

async function told(work: Work, action: string, personId: string, detail: object): Promise<void> {
	await auditPerson(work, action, personId, await communeOfPerson(work, personId), detail);
}

function notFound(): Problem {
	return new Problem("member.not_found", 404, "Không tìm thấy mục này ở các đơn vị chị được sửa.");
}
