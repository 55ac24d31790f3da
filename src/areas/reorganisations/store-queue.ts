import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { writeBirth } from "../members/rules-person.ts";
import { moveBranch } from "../members/store-branches.ts";
import type { Parted } from "./contract.ts";

const PAGE = 200;
/** A commune brings all its branches with it, whose members are counted from their rows. */
const COMMUNES = 20;

/**
 * Parted communes (under one unit, or all) in which branches or members wait to be assigned: open work (R38). In the order of their codes,
 * a page at a time; `after` is the last one of the page before. Whether something waits is asked only until the page is full.
 */
export async function listParted(
	work: Work,
	input: { within?: number; after?: number },
): Promise<{ rows: Parted[]; next: number | null }> {
	const [within, after] = [input.within ?? null, input.after ?? null];
	const { rows: open } = await sql<{ id: number }>`
		select c.id from (select x.predecessor_id as id, x.on_day, s.code
			from app.unit_succession x join app.unit_spell s on s.unit_id = x.predecessor_id and upper(s.during) = x.on_day
			where x.part = 'full' and exists (select from app.unit_succession p where p.predecessor_id = x.predecessor_id and p.part = 'partial')
				and (${within}::integer is null or x.predecessor_id in (select c.unit_id from app.unit_scope c where c.ancestor_id = ${within}))
				and (${after}::integer is null or (s.code, x.predecessor_id) > (select o.code, o.unit_id from app.unit_succession y
					join app.unit_spell o on o.unit_id = y.predecessor_id and upper(o.during) = y.on_day where y.predecessor_id = ${after} and y.part = 'full'))
			order by s.code, x.predecessor_id offset 0) c
		where exists (select from calc.waiting_branches(c.id)) or exists (select from app.spell m where m.leaf_id = c.id
			and m.stage = 'recognised' and (m.left_on is null or m.left_on > c.on_day))
		order by c.code, c.id limit ${COMMUNES + 1}`.execute(work.db);
	const page = open.slice(0, COMMUNES).map((row) => row.id);
	return { rows: await readParted(work, page), next: open.length > COMMUNES ? (page.at(-1) ?? null) : null };
}

/** One parted commune; a Problem where the unit was not parted. */
export async function requireParted(work: Work, unitId: number): Promise<Parted> {
	const [one] = await readParted(work, [unitId]);
	if (!one)
		throw new Problem("reorganisation.not_parted", 404, "Đơn vị này không bị chia khi sắp xếp.", { field: "unitId" });
	return one;
}

async function readParted(work: Work, unitIds: number[]): Promise<Parted[]> {
	const { rows } = await sql<Parted>`
		select x.predecessor_id as "unitId", s.code, s.name, x.on_day::text as "on", calc.unit_name(x.successor_id, x.on_day) as unassigned,
			(select jsonb_agg(jsonb_build_object('unitId', p.successor_id, 'code', n.code, 'name', n.name, 'declared', w.how is not distinct from 'declared',
					'share', round(100 * w.weight / (select sum(o.weight) from app.split_share o where o.predecessor_id = p.predecessor_id), 2)::text,
					'mayAssign', calc.may_assign(p.predecessor_id, p.successor_id)) order by n.code)
				from app.unit_succession p join app.unit_spell n on n.unit_id = p.successor_id and n.during @> p.on_day
				left join app.split_share w on w.predecessor_id = p.predecessor_id and w.successor_id = p.successor_id
				where p.predecessor_id = x.predecessor_id and p.part = 'partial') as parts,
			coalesce((select jsonb_agg(jsonb_build_object('unitId', b.unit_id, 'name', b.name, 'kind', b.kind,
					'members', (select count(*) from app.spell m where m.leaf_id = b.unit_id and m.counts @> x.on_day)) order by b.name)
				from calc.waiting_branches(x.predecessor_id) b), '[]') as branches,
			(select count(*) from app.spell m where m.leaf_id = x.predecessor_id and m.stage = 'recognised'
				and (m.left_on is null or m.left_on > x.on_day)) as members
		from app.unit_succession x join app.unit_spell s on s.unit_id = x.predecessor_id and upper(s.during) = x.on_day
		where x.part = 'full' and exists (select from app.unit_succession p where p.predecessor_id = x.predecessor_id and p.part = 'partial')
			and x.predecessor_id = any(${unitIds}::integer[])
		order by s.code, x.predecessor_id`.execute(work.db);
	return rows;
}

/** The women of a parted commune who stood in no branch, in the order of names, a page at a time: each is assigned by hand. */
export async function listWaiting(work: Work, input: { unitId: number; after?: string }) {
	const one = await requireParted(work, input.unitId);
	const { rows } = await sql<{ spellId: string; name: string; birth: Day | null; precision: string; address: string }>`
		select s.id as "spellId", p.full_name as name, p.birth::text as birth, p.birth_precision as precision, p.address
		from app.spell s join app.person p on p.id = s.person_id
		where s.leaf_id = ${input.unitId} and s.stage = 'recognised' and (s.left_on is null or s.left_on > ${one.on}::date)
			and (${input.after ?? null}::uuid is null or (p.sort_key, s.id) > (select q.sort_key, a.id from app.spell a join app.person q on q.id = a.person_id
				where a.id = ${input.after ?? null}::uuid))
		order by p.sort_key, s.id limit ${PAGE + 1}`.execute(work.db);
	const page = rows
		.slice(0, PAGE)
		.map(({ precision, ...row }) => ({ ...row, birth: writeBirth(row.birth, precision) }));
	return { rows: page, next: rows.length > PAGE ? (page.at(-1)?.spellId ?? null) : null };
}

/**
 * Puts branches and single women of a parted commune under one of its parts, from the day of the parting. The shares of figures
 * without names and of the denominator follow, and the parts still add up to what the commune had.
 */
export async function assignParted(
	work: Work,
	input: { unitId: number; toUnitId: number; branchIds: number[]; spellIds: string[] },
): Promise<Parted> {
	const one = await requireParted(work, input.unitId);
	const part = one.parts.find((each) => each.unitId === input.toUnitId);
	if (!part)
		throw new Problem("reorganisation.not_a_part", 422, `${one.name} không có phần nào về đơn vị đã chọn.`, {
			field: "toUnitId",
		});
	if (!part.mayAssign) throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền phân về đơn vị này.");
	const waiting = new Set(one.branches.map((branch) => branch.unitId));
	if (input.branchIds.some((branch) => !waiting.has(branch)))
		throw new Problem("reorganisation.assigned", 409, "Có chi hội đã được người khác phân. Hãy mở lại danh sách.", {
			field: "branchIds",
		});
	if (input.branchIds.length > 0)
		await sql`select calc.assign_branches(${input.unitId}, ${input.toUnitId}, ${input.branchIds}::integer[])`.execute(
			work.db,
		);
	if (input.spellIds.length > 0) {
		await moveBranch(work, { spellIds: input.spellIds, leafId: input.toUnitId, from: one.on });
		await sql`select calc.reshare(${input.unitId}, ${input.toUnitId})`.execute(work.db);
	}
	await work.audit({
		action: "reorganisations.assign",
		unitId: input.toUnitId,
		detail: { from: input.unitId, branches: input.branchIds.length, members: input.spellIds.length },
	});
	return requireParted(work, input.unitId);
}
