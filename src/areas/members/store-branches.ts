import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { keepingCounts } from "./store-counting.ts";
import { auditPerson, requireLeaf, requireVerbAt, touchPerson } from "./store-person-row.ts";

/**
 * Moves members between branches of one commune from a day on. Nothing changes for the commune, so no membership ends: the
 * spell changes its leaf. Only where the two branches did not stand under the same commune all the days before (a merger
 * brought them together) is the spell cut at that day, so that no commune's past changes, not even if her joining day is put
 * right later. A commune that was parted counts as one for this: its women without a branch go to one of its parts (R38).
 */
export async function moveBranch(work: Work, input: { spellIds: string[]; leafId: number; from: Day }) {
	const leaf = await requireLeaf(work, input.leafId, input.from);
	await requireVerbAt(work, "members.write", leaf.id);
	if (input.from > work.today)
		throw new Problem("member.move_future", 422, "Ngày chuyển chi hội không được ở tương lai.", { field: "from" });
	const spells = await movableSpells(work, input);
	await keepingCounts(
		work,
		spells.map((spell) => spell.personId),
		async () => {
			for (const spell of spells) await (spell.sameHome ? changeLeaf : cutAtMove)(work, spell.id, input);
		},
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
	sameHome: boolean;
}

async function movableSpells(work: Work, input: { spellIds: string[]; leafId: number; from: Day }): Promise<Movable[]> {
	const { rows } = await sql<Movable & { sameCommune: boolean; open: boolean }>`
		select s.id, s.person_id as "personId", s.leaf_id as "leafId",
			calc.commune_of(s.leaf_id, ${input.from}::date) = calc.commune_of(${input.leafId}, ${input.from}::date)
				or calc.parted_into(s.leaf_id, ${input.leafId}, ${input.from}::date) as "sameCommune",
			s.stage <> 'declined' and (s.left_on is null or s.left_on > ${input.from}::date) as open,
			s.joined >= ${input.from}::date or not exists (
				(select commune_id, range_agg(during * daterange(null, ${input.from}::date)) from app.unit_home
					where leaf_id = s.leaf_id and during && daterange(null, ${input.from}::date) group by commune_id)
				except
				(select commune_id, range_agg(during * daterange(null, ${input.from}::date)) from app.unit_home
					where leaf_id = ${input.leafId} and during && daterange(null, ${input.from}::date) group by commune_id)
			) as "sameHome"
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

async function changeLeaf(work: Work, spellId: string, to: { leafId: number }): Promise<void> {
	await sql`update app.spell set leaf_id = ${to.leafId}, version = version + 1, updated_at = now() where id = ${spellId}`.execute(
		work.db,
	);
}

/** Ends the spell at the day and begins another with the same residence: her six months go on. */
async function cutAtMove(work: Work, spellId: string, to: { leafId: number; from: Day }): Promise<void> {
	const id = uuidv7();
	await sql`insert into app.spell (id, person_id, leaf_id, stage, joined, left_on, leave_reason, introduced_by, introducer_name, recognised_on, minutes, import_id)
		select ${id}, person_id, ${to.leafId}, stage, ${to.from}::date, left_on, leave_reason, introduced_by, introducer_name, recognised_on, minutes, import_id
		from app.spell where id = ${spellId}`.execute(work.db);
	await sql`insert into app.residence (id, spell_id, kind, start, until)
		select gen_random_uuid(), ${id}, kind, start, until from app.residence where spell_id = ${spellId}`.execute(
		work.db,
	);
	await sql`update app.away set spell_id = ${id} where spell_id = ${spellId} and (until is null or until > ${to.from}::date)`.execute(
		work.db,
	);
	await sql`update app.spell set left_on = ${to.from}::date, leave_reason = 'branch', counts = '{}', counting_order = null,
		version = version + 1, updated_at = now()
		where id = ${spellId}`.execute(work.db);
}
