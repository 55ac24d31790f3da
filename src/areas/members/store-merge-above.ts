import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import type { Work } from "../../db/actor.ts";
import type { MembersInput } from "./contract.ts";
import { keepingCounts } from "./store-counting.ts";
import { auditPerson, refuseStale, requirePerson } from "./store-person-row.ts";

/**
 * Whether she merges these two as the level above two communes, one of which has said that they are one woman; not where she may
 * write both herself.
 */
export async function mergesFromAbove(work: Work, { keptId, mergedId }: MembersInput<"merge">): Promise<boolean> {
	const { rows } = await sql<{ above: boolean }>`
		select calc.merges_above(${keptId}, ${mergedId}) and not (calc.writes_person(${keptId}) and calc.writes_person(${mergedId})) as above`.execute(
		work.db,
	);
	return rows[0].above;
}

/** Whether what was merged was merged from above, and she is above both. */
export async function splitsFromAbove(work: Work, mergeId: string): Promise<boolean> {
	const { rows } = await sql<{ above: boolean }>`
		select calc.splits_above(${mergeId}) and not calc.sees_all('members.write') as above`.execute(work.db);
	return rows[0].above;
}

/** The two records become one; both communes read it in their log. */
export async function mergeFromAbove(work: Work, input: MembersInput<"merge">) {
	const { keptId, mergedId } = input;
	await sql`select calc.open_above(${keptId}, ${mergedId}, null)`.execute(work.db);
	refuseStale(await requirePerson(work, keptId), input.keptVersion);
	refuseStale(await requirePerson(work, mergedId), input.mergedVersion);
	const communes = await communesOf(work, [keptId, mergedId]);
	const mergeId = uuidv7();
	await keepingCounts(work, [keptId, mergedId], () =>
		sql`select calc.merge_above(${keptId}, ${mergedId}, ${mergeId})`.execute(work.db),
	);
	for (const communeId of communes)
		await auditPerson(work, "members.merge", keptId, communeId, { mergeId, merged: mergedId });
	return { mergeId, personId: keptId };
}

/** Parts again what {@link mergeFromAbove} merged. */
export async function splitFromAbove(work: Work, mergeId: string) {
	const { kept_id: keptId, merged_id: mergedId } = await work.db
		.selectFrom("person_merge")
		.select(["kept_id", "merged_id"])
		.where("id", "=", mergeId)
		.executeTakeFirstOrThrow();
	await sql`select calc.open_above(${keptId}, ${mergedId}, ${mergeId})`.execute(work.db);
	await keepingCounts(work, [keptId, mergedId], () => sql`select calc.split_above(${mergeId})`.execute(work.db));
	for (const communeId of await communesOf(work, [keptId, mergedId]))
		await auditPerson(work, "members.split", keptId, communeId, { mergeId, merged: mergedId });
	return { keptId, mergedId };
}

async function communesOf(work: Work, personIds: string[]): Promise<number[]> {
	const { rows } = await sql<{ id: number }>`
		select distinct calc.commune_of(leaf_id, ${work.today}::date) as id from app.spell where person_id = any(${personIds}::uuid[])`.execute(
		work.db,
	);
	return rows.map(({ id }) => id);
}
