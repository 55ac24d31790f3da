import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { cleanText, searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { dateRange } from "../../db/ranges.ts";
import type { Unit, UnitKind } from "./contract.ts";
import { isMadeKind, PARENTS } from "./rules.ts";
import { findUnit, requireUnit } from "./store-reading.ts";

/**
 * Adds a branch, group, club, special base, force unit or department. Without a first day it stands as long as its parent has:
 * a branch found in a roster was there before the program. After the parent's end it follows the whole successor.
 */
export async function addUnit(
	work: Work,
	input: { parentId: number; kind: UnitKind; name: string; from?: Day },
): Promise<Unit> {
	const parent = await requireUnitAnyDay(work, input.parentId);
	if (!isMadeKind(input.kind) || !PARENTS[input.kind].includes(parent.kind))
		throw new Problem("unit.wrong_parent", 422, "Loại đơn vị này không thể trực thuộc đơn vị đã chọn.", {
			field: "parentId",
		});
	const name = cleanText(input.name);
	const same = await sql`select 1 from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = ${input.kind}
		where s.parent_id = ${input.parentId} and s.name = ${name} and upper_inf(s.during)`.execute(work.db);
	if (same.rows.length > 0)
		throw new Problem("unit.name_taken", 409, `Đã có “${name}” ở đơn vị này.`, { field: "name" });
	const { id } = await work.db
		.insertInto("unit")
		.values({ kind: input.kind })
		.returning("id")
		.executeTakeFirstOrThrow();
	for (const stay of await staysUnder(work, input.parentId, input.from ?? null))
		await work.db
			.insertInto("unit_spell")
			.values({
				unit_id: id,
				during: dateRange(stay.from, stay.to),
				name,
				parent_id: stay.parentId,
				search_key: searchKey(name),
			})
			.execute();
	await sql`select calc.refresh_homes(array[${id}::integer]), calc.refresh_scopes(array[${id}::integer])`.execute(
		work.db,
	);
	await work.audit({ action: "units.add", unitId: id, detail: { kind: input.kind, parent: input.parentId } });
	const made =
		(await findUnit(work, { id })) ?? (await findUnit(work, { id, on: input.from ?? (await firstDay(work, id)) }));
	return made as Unit;
}

/** The parent's life from `from` on, and that of its whole successors after it. */
async function staysUnder(
	work: Work,
	parentId: number,
	from: Day | null,
): Promise<{ parentId: number; from: Day; to: Day | null }[]> {
	const { rows } = await sql<{ parentId: number; from: Day; to: Day | null }>`
		with recursive chain(unit_id, from_day) as (
			select l.unit_id, greatest(lower(l.during), ${from}::date) from calc.unit_life l where l.unit_id = ${parentId}
			union all
			select x.successor_id, x.on_day from chain c join app.unit_succession x on x.predecessor_id = c.unit_id and x.part = 'full'
		)
		select c.unit_id as "parentId", c.from_day::text as "from", upper(l.during)::text as "to"
		from chain c join calc.unit_life l on l.unit_id = c.unit_id
		where upper_inf(l.during) or c.from_day < upper(l.during) order by c.from_day`.execute(work.db);
	return rows;
}

/** Gives a unit another name from a day on; earlier days keep the old one. */
export async function renameUnit(work: Work, input: { id: number; name: string; from: Day }): Promise<Unit> {
	const name = cleanText(input.name);
	await splitSpell(work, input.id, input.from, { name, search_key: searchKey(name) });
	await work.audit({ action: "units.rename", unitId: input.id, detail: { from: input.from } });
	return requireUnit(work, { id: input.id, on: input.from });
}

/** Moves a branch, group or club under another unit from a day on. Her members' counting moves with it in the ledger; no member row does. */
export async function moveUnit(work: Work, input: { id: number; parentId: number; from: Day }): Promise<Unit> {
	const unit = await requireUnit(work, { id: input.id, on: input.from });
	const parent = await requireUnit(work, { id: input.parentId, on: input.from });
	if (!isMadeKind(unit.kind) || !PARENTS[unit.kind].includes(parent.kind))
		throw new Problem("unit.wrong_parent", 422, "Loại đơn vị này không thể trực thuộc đơn vị đã chọn.", {
			field: "parentId",
		});
	await keepingLedger(work, input.id, () => splitSpell(work, input.id, input.from, { parent_id: input.parentId }));
	await work.audit({ action: "units.move", unitId: input.id, detail: { from: input.from, parent: input.parentId } });
	return requireUnit(work, { id: input.id, on: input.from });
}

/** Ends a unit: from this day it no longer is. Refused while members are still in it. */
export async function endUnit(work: Work, input: { id: number; from: Day }): Promise<Unit> {
	const unit = await requireUnit(work, { id: input.id, on: input.from });
	if (!isMadeKind(unit.kind))
		throw new Problem("unit.registry", 422, "Đơn vị hành chính chỉ thay đổi khi sắp xếp đơn vị hành chính.");
	const open =
		await sql`select 1 from app.spell where leaf_id = ${input.id} and stage <> 'declined' and (left_on is null or left_on > ${input.from}::date) limit 1`.execute(
			work.db,
		);
	if (open.rows.length > 0)
		throw new Problem(
			"unit.has_members",
			409,
			"Đơn vị còn hội viên. Hãy chuyển các chị sang chi hội khác trước khi kết thúc.",
		);
	const below =
		await sql`select 1 from app.unit_spell where parent_id = ${input.id} and during @> ${input.from}::date limit 1`.execute(
			work.db,
		);
	if (below.rows.length > 0)
		throw new Problem(
			"unit.has_units",
			409,
			"Đơn vị còn tổ, nhóm trực thuộc. Hãy kết thúc hoặc chuyển các tổ, nhóm đó trước.",
		);
	await keepingLedger(work, input.id, async () => {
		await sql`delete from app.unit_spell where unit_id = ${input.id} and lower(during) >= ${input.from}::date`.execute(
			work.db,
		);
		await sql`update app.unit_spell set during = daterange(lower(during), ${input.from}::date)
			where unit_id = ${input.id} and during @> ${input.from}::date`.execute(work.db);
	});
	await work.audit({ action: "units.end", unitId: input.id, detail: { from: input.from } });
	return { ...unit, to: input.from };
}

/** Cuts the spell that holds on `from` there, and gives everything after it the new values. */
async function splitSpell(
	work: Work,
	id: number,
	from: Day,
	change: { name?: string; search_key?: string; parent_id?: number },
): Promise<void> {
	const unit = await requireUnit(work, { id, on: from });
	if (!isMadeKind(unit.kind) && unit.kind !== "cluster")
		throw new Problem("unit.registry", 422, "Đơn vị hành chính chỉ thay đổi khi sắp xếp đơn vị hành chính.");
	const later = await work.db
		.selectFrom("unit_spell")
		.select(["id"])
		.where("unit_id", "=", id)
		.where(sql<boolean>`lower(during) > ${from}::date`)
		.execute();
	if (later.length > 0)
		throw new Problem(
			"unit.later_change",
			409,
			`Đã có thay đổi sau ngày ${displayDay(from)}. Hãy chọn ngày muộn hơn.`,
			{ field: "from" },
		);
	const current = await work.db
		.selectFrom("unit_spell")
		.selectAll()
		.where("unit_id", "=", id)
		.where(sql<boolean>`during @> ${from}::date`)
		.executeTakeFirstOrThrow();
	if (unit.from === from) {
		await work.db.updateTable("unit_spell").set(change).where("id", "=", current.id).execute();
	} else {
		await sql`update app.unit_spell set during = daterange(lower(during), ${from}::date) where id = ${current.id}`.execute(
			work.db,
		);
		const { id: _, during: __, ...rest } = current;
		await work.db
			.insertInto("unit_spell")
			.values({ ...rest, ...change, during: dateRange(from, unit.to) })
			.execute();
	}
	await sql`select calc.refresh_scopes(array[${id}::integer])`.execute(work.db);
}

/** Takes what the leaf's members contribute out of the ledger, changes where it stands, and posts them anew. */
async function keepingLedger(work: Work, unitId: number, change: () => Promise<void>): Promise<void> {
	await sql`select calc.post_leaves(array[${unitId}::integer], -1)`.execute(work.db);
	await change();
	await sql`select calc.refresh_homes(array[${unitId}::integer]), calc.refresh_scopes(array[${unitId}::integer])`.execute(
		work.db,
	);
	await sql`select calc.post_leaves(array[${unitId}::integer], 1)`.execute(work.db);
}

async function requireUnitAnyDay(work: Work, id: number): Promise<{ id: number; kind: UnitKind }> {
	const { rows } = await sql<{ id: number; kind: UnitKind }>`select id, kind from app.unit where id = ${id}`.execute(
		work.db,
	);
	if (!rows[0]) throw new Problem("unit.not_found", 404, "Không tìm thấy đơn vị.", { field: "parentId" });
	return rows[0];
}

async function firstDay(work: Work, id: number): Promise<Day> {
	const { rows } = await sql<{
		day: Day;
	}>`select lower(during)::text as day from calc.unit_life where unit_id = ${id}`.execute(work.db);
	return rows[0].day;
}
