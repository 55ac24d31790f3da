import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { keepingCounts } from "./store-counting.ts";
import { auditPerson, requireLasting, requireLeaf, requireVerbAt, touchPerson } from "./store-person-row.ts";

/**
 * Moves members between branches of one commune from a day on; what becomes of their memberships: {@link continueInBranch}. A
 * commune that was parted counts as one for this: its women without a branch go to one of its parts (R38).
 */
export async function moveBranch(work: Work, input: { spellIds: string[]; leafId: number; from: Day }) {
	const leaf = await requireLeaf(work, input.leafId, input.from);
	await requireVerbAt(work, "members.write", leaf.id);
	if (input.from > work.today)
		throw new Problem("member.move_future", 422, "Ngày chuyển chi hội không được ở tương lai.", { field: "from" });
	const spells = await movableSpells(work, input);
	if (spells.some(({ left }) => left === null)) await requireLasting(work, leaf.id);
	await keepingCounts(
		work,
		spells.map((spell) => spell.personId),
		() =>
			continueInBranch(
				work,
				spells.map(({ id }) => ({ spellId: id, leafId: input.leafId, from: input.from })),
			),
	);
	for (const spell of spells) {
		await touchPerson(work, spell.personId);
		await auditPerson(work, "members.moveBranch", spell.personId, leaf.communeId, {
			from: input.from,
			fromLeaf: spell.leafId,
			toLeaf: input.leafId,
		});
	}
	return { moved: spells.length };
}

interface Movable {
	id: string;
	personId: string;
	leafId: number;
	left: Day | null;
}

async function movableSpells(work: Work, input: { spellIds: string[]; leafId: number; from: Day }): Promise<Movable[]> {
	const { rows } = await sql<Movable & { sameCommune: boolean; open: boolean }>`
		select s.id, s.person_id as "personId", s.leaf_id as "leafId", s.left_on::text as "left",
			calc.commune_of(s.leaf_id, ${input.from}::date) = calc.commune_of(${input.leafId}, ${input.from}::date)
				or calc.parted_into(s.leaf_id, ${input.leafId}, ${input.from}::date) as "sameCommune",
			s.stage <> 'declined' and (s.left_on is null or s.left_on > ${input.from}::date) as open
		from app.spell s where s.id = any(${input.spellIds}::uuid[]) order by s.id for update`.execute(work.db);
	if (rows.length !== new Set(input.spellIds).size)
		throw new Problem("member.not_found", 404, "Có hội viên không thuộc các đơn vị chị được sửa.");
	if (rows.some((row) => !row.sameCommune))
		throw new Problem(
			"member.other_commune",
			422,
			"Chi hội được chọn thuộc xã, phường khác. Hãy dùng “Chuyển sinh hoạt Hội”.",
			{ field: "leafId" },
		);
	if (rows.some((row) => !row.open))
		throw new Problem("member.ended", 409, `Có hội viên đã ra khỏi Hội trước ngày ${displayDay(input.from)}.`);
	return rows.filter((row) => row.leafId !== input.leafId);
}

/** A membership that goes on in another branch of the same commune from a day on. */
export interface BranchMove {
	spellId: string;
	leafId: number;
	from: Day;
}

/**
 * Lets memberships go on in other branches. Nothing changes for the commune, so no membership ends: the spell changes its leaf.
 * Only where the two branches did not stand under the same communes all the days before (a merger brought them together) is the
 * spell cut at that day, so that no commune's past changes, not even if her joining day is put right later. Persons have been
 * opened, and the caller has looked at rights and days. Answers of each spell that was cut the one in which it goes on.
 */
export async function continueInBranch(work: Work, moves: readonly BranchMove[]): Promise<Map<string, string>> {
	if (moves.length === 0) return new Map();
	const { rows } = await sql<BranchMove & { cut: boolean }>`
		select m."spellId", m."leafId", m."from"::text as "from",
			s.stage = 'recognised' and s.joined < m."from" and not calc.stood_together(s.leaf_id, m."leafId", m."from") as cut
		from json_to_recordset(${JSON.stringify(moves)}::json) as m("spellId" uuid, "leafId" integer, "from" date)
		join app.spell s on s.id = m."spellId" where s.leaf_id <> m."leafId"`.execute(work.db);
	await changeLeaves(
		work,
		rows.filter(({ cut }) => !cut),
	);
	const cuts = rows.filter(({ cut }) => cut).map((move) => ({ ...move, newId: uuidv7() }));
	await cutAtMove(work, cuts);
	return new Map(cuts.map(({ spellId, newId }) => [spellId, newId]));
}

async function changeLeaves(work: Work, moves: readonly BranchMove[]): Promise<void> {
	if (moves.length === 0) return;
	await sql`update app.spell s set leaf_id = m."leafId", version = s.version + 1, updated_at = now()
		from json_to_recordset(${JSON.stringify(moves)}::json) as m("spellId" uuid, "leafId" integer) where s.id = m."spellId"`.execute(
		work.db,
	);
}

/** Ends spells at the day and begins others with the same residence: her six months go on. */
async function cutAtMove(work: Work, cuts: readonly (BranchMove & { newId: string })[]): Promise<void> {
	if (cuts.length === 0) return;
	const c = sql`json_to_recordset(${JSON.stringify(cuts)}::json) as c("spellId" uuid, "newId" uuid, "leafId" integer, "from" date)`;
	await sql`insert into app.spell (id, person_id, leaf_id, sort_key, stage, joined, left_on, leave_reason, introduced_by, introducer_name, recognised_on, minutes, import_id)
		select c."newId", s.person_id, c."leafId", s.sort_key, s.stage, c."from", s.left_on, s.leave_reason, s.introduced_by, s.introducer_name, s.recognised_on,
			s.minutes, s.import_id
		from ${c} join app.spell s on s.id = c."spellId"`.execute(work.db);
	await sql`insert into app.residence (id, spell_id, kind, start, until)
		select gen_random_uuid(), c."newId", r.kind, r.start, r.until from ${c} join app.residence r on r.spell_id = c."spellId"`.execute(
		work.db,
	);
	await sql`update app.away a set spell_id = c."newId" from ${c}
		where a.spell_id = c."spellId" and (a.until is null or a.until > c."from")`.execute(work.db);
	await sql`update app.spell s set left_on = c."from", leave_reason = 'branch', counts = '{}', counting_order = null,
			version = s.version + 1, updated_at = now()
		from ${c} where s.id = c."spellId"`.execute(work.db);
}
