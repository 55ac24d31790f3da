import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import type { MembersInput } from "./contract.ts";
import { keepingCounts } from "./store-counting.ts";
import { mergeFromAbove, mergesFromAbove, splitFromAbove, splitsFromAbove } from "./store-merge-above.ts";
import { auditPerson, communeOfPerson, lockPerson, requirePerson, touchPerson } from "./store-person-row.ts";

/** Tables whose rows follow the woman, by the column that names a row. */
const FOLLOWING = [
	["spell", "id"],
	["national_id", "hmac"],
	["consent", "id"],
	["affiliation", "id"],
	["post", "id"],
	["transfer", "id"],
	["person_sensitive", "person_id"],
] as const;

type Moved = Record<string, string[]>;

/**
 * Two records of one woman become one: what hung on the second hangs on the first, and what both counted counts once (R3).
 * What was moved is kept, so that {@link splitPersons} parts them exactly. Refused where the second has memberships the caller may
 * not write: then it is a transfer between communes.
 */
export async function mergePersons(work: Work, input: MembersInput<"merge">) {
	if (input.keptId === input.mergedId)
		throw new Problem("merge.same", 422, "Hãy chọn hai hồ sơ khác nhau.", { field: "mergedId" });
	if (await mergesFromAbove(work, input)) return mergeFromAbove(work, input);
	// Locked in order of id: two people merging the same pair at once wait for each other.
	const versions = new Map([
		[input.keptId, input.keptVersion],
		[input.mergedId, input.mergedVersion],
	]);
	for (const id of [...versions.keys()].sort()) await lockPerson(work, id, versions.get(id) ?? null);
	const communeId = await communeOfPerson(work, input.keptId);
	const moved = await keepingCounts(work, [input.keptId, input.mergedId], () => moveAll(work, input));
	await touchPerson(work, input.keptId);
	// The record that is no more is nobody's double; parted again, the next pass raises it again.
	await sql`delete from app.duplicate_pair where ${input.mergedId} in (person_a, person_b)`.execute(work.db);
	const mergeId = uuidv7();
	await work.db
		.insertInto("person_merge")
		.values({
			id: mergeId,
			kept_id: input.keptId,
			merged_id: input.mergedId,
			by: work.accountId,
			moved: JSON.stringify(moved),
		})
		.execute();
	await auditPerson(work, "members.merge", input.keptId, communeId, { mergeId, merged: input.mergedId });
	return { mergeId, personId: input.keptId };
}

async function moveAll(work: Work, input: { keptId: string; mergedId: string }): Promise<Moved> {
	await requireWholePerson(work, input.mergedId);
	// First of all: the right over an emptied record follows from the one it was merged into.
	await sql`update app.person set merged_into = ${input.keptId}, version = version + 1, updated_at = now() where id = ${input.mergedId}`.execute(
		work.db,
	);
	const moved: Moved = {};
	for (const [table, key] of FOLLOWING) {
		const name = sql.table(`app.${table}`);
		const keeps =
			table === "person_sensitive"
				? sql`and not exists (select from app.person_sensitive k where k.person_id = ${input.keptId})`
				: sql``;
		const { rows } = await sql<{
			key: string;
		}>`select ${keyText(key)} as key from ${name} t where person_id = ${input.mergedId} ${keeps}`.execute(work.db);
		moved[table] = rows.map((row) => row.key);
		await give(work, table, key, moved[table], input.mergedId, input.keptId);
	}
	return moved;
}

/** Every membership of hers must be one the caller may write; else the merge would leave some behind. */
async function requireWholePerson(work: Work, personId: string): Promise<void> {
	const { rows } = await sql<{
		whole: boolean;
	}>`select not exists (select from calc.opened_spells(${[personId]}::uuid[]) o
		where not calc.writes_spell(o.id) and not calc.sees_all('members.write')) as whole`.execute(work.db);
	if (!rows[0].whole)
		throw new Problem(
			"merge.elsewhere",
			409,
			"Một trong hai hồ sơ có quá trình tham gia Hội ở cơ sở khác. Hãy dùng “Chuyển sinh hoạt Hội”, hoặc nhờ cấp trên gộp.",
		);
}

/** Memberships of another commune she could not give back: row-level security would leave them where they are, without a word. */
async function requireWholeMerge(work: Work, spells: string[]): Promise<void> {
	const { rows } = await sql<{ whole: boolean }>`
		select not exists (select from unnest(${spells}::uuid[]) s where not calc.writes_spell(s)) as whole`.execute(
		work.db,
	);
	if (!rows[0].whole)
		throw new Problem(
			"merge.elsewhere",
			409,
			"Hồ sơ đã gộp có quá trình tham gia Hội ở cơ sở khác. Hãy nhờ cấp trên của hai cơ sở tách lại.",
		);
}

/** Rows change whose they are. A spell goes without its counting, which is worked out when all are in place. */
async function give(work: Work, table: string, key: string, keys: string[], from: string, to: string): Promise<void> {
	if (keys.length === 0) return;
	const extra =
		table === "spell"
			? sql`, sort_key = calc.sort_key_of(${to}), counts = '{}', counting_order = null, version = version + 1, updated_at = now()`
			: sql``;
	const name = sql.table(`app.${table}`);
	const wanted = table === "person_sensitive" ? sql`true` : sql`${keyText(key)} = any(${keys}::text[])`;
	await sql`update ${name} t set person_id = ${to} ${extra} where person_id = ${from} and ${wanted}`.execute(work.db);
}

function keyText(key: string) {
	return key === "hmac" ? sql`encode(hmac, 'hex')` : sql`${sql.ref(key)}::text`;
}

/** Parts two records again as they were; what was added to the kept one since stays with it. */
export async function splitPersons(work: Work, input: { mergeId: string }) {
	if (await splitsFromAbove(work, input.mergeId)) return splitFromAbove(work, input.mergeId);
	const { rows } = await sql<{ kept: string; merged: string; moved: Moved; undone: boolean }>`
		select kept_id as kept, merged_id as merged, moved, undone_at is not null as undone from app.person_merge
		where id = ${input.mergeId} for update`.execute(work.db);
	const merge = rows[0];
	if (!merge || merge.undone)
		throw new Problem("merge.not_found", 404, "Không tìm thấy lần gộp hồ sơ này, hoặc đã được tách lại.");
	await requirePerson(work, merge.kept);
	await requireWholeMerge(work, merge.moved.spell ?? []);
	await lockPerson(work, merge.kept, null);
	const communeId = await communeOfPerson(work, merge.kept);
	await keepingCounts(work, [merge.kept, merge.merged], async () => {
		for (const [table, key] of FOLLOWING)
			await give(work, table, key, merge.moved[table] ?? [], merge.kept, merge.merged);
		await sql`update app.person set merged_into = null, version = version + 1, updated_at = now() where id = ${merge.merged}`.execute(
			work.db,
		);
	});
	await touchPerson(work, merge.kept);
	await sql`update app.person_merge set undone_at = now() where id = ${input.mergeId}`.execute(work.db);
	await auditPerson(work, "members.split", merge.kept, communeId, { mergeId: input.mergeId, merged: merge.merged });
	return { keptId: merge.kept, mergedId: merge.merged };
}
