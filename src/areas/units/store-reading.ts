import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import type { Unit, UnitKind } from "./contract.ts";

/** A unit named by id, or by the code it bore on `on` (default today; "VN" is the centre). */
export interface UnitRef {
	id?: number;
	code?: string;
	on?: Day;
}

const SPELL = sql.raw(`u.id, u.kind, s.code, s.name, s.parent_id as "parentId",
	lower(s.during)::text as "from", upper(s.during)::text as "to"`);

/** The unit as it stood on the day, or null where there was none. */
export async function findUnit(work: Work, ref: UnitRef): Promise<Unit | null> {
	const on = ref.on ?? work.today;
	const { rows } = await sql<Unit>`select ${SPELL} from app.unit u join app.unit_spell s on s.unit_id = u.id
		where s.during @> ${on}::date and ${ref.id === undefined ? sql`s.code = ${ref.code ?? "VN"}` : sql`u.id = ${ref.id}`}
		order by array_position(array['commune', 'district', 'province', 'centre'], u.kind)`.execute(work.db);
	return rows[0] ?? null;
}

/** Like {@link findUnit}, but an unknown unit is a Problem that says when it lived, where that is known. */
export async function requireUnit(work: Work, ref: UnitRef): Promise<Unit> {
	const unit = await findUnit(work, ref);
	if (unit) return unit;
	const on = ref.on ?? work.today;
	const { rows } = await sql<{ name: string; from: Day; to: Day | null }>`
		select s.name, lower(s.during)::text as "from", (upper(s.during) - 1)::text as "to" from app.unit_spell s
		where ${ref.id === undefined ? sql`s.code = ${ref.code ?? ""}` : sql`s.unit_id = ${ref.id}`} order by lower(s.during) limit 3`.execute(
		work.db,
	);
	const lives = rows
		.map((row) => `${row.name} (${displayDay(row.from)} – ${row.to ? displayDay(row.to) : "nay"})`)
		.join(", ");
	throw new Problem(
		"unit.not_found",
		404,
		`Không có đơn vị ${ref.code ? `mang mã ${ref.code} ` : "này "}vào ngày ${displayDay(on)}.${lives ? ` Ngày khác có: ${lives}. Hãy chọn đúng ngày.` : ""}`,
		{ field: ref.code ? "unit" : "id" },
	);
}

const PATH = (on: Day) => sql`array(with recursive up(id, depth) as (
		select s.parent_id, 1 union all
		select p.parent_id, up.depth + 1 from up join app.unit_spell p on p.unit_id = up.id and p.during @> ${on}::date where up.depth < 8
	) select n.name from up join app.unit_spell n on n.unit_id = up.id and n.during @> ${on}::date
		join app.unit nu on nu.id = up.id and nu.kind <> 'centre' order by depth)`;

const CHILDREN = (on: Day) =>
	sql`(select count(*) from app.unit_spell c where c.parent_id = u.id and c.during @> ${on}::date)`;

/** The units directly under one, on a day, by code and then by name. */
export async function listChildren(work: Work, parentId: number, on: Day, kinds?: UnitKind[]) {
	const { rows } = await sql<Unit & { path: string[]; children: number }>`
		select ${SPELL}, ${PATH(on)} as path, ${CHILDREN(on)} as children
		from app.unit_spell s join app.unit u on u.id = s.unit_id
		where s.parent_id = ${parentId} and s.during @> ${on}::date and (${kinds ?? null}::text[] is null or u.kind = any(${kinds ?? null}::text[]))
		order by u.kind = 'unassigned', s.code nulls last, s.search_key, u.id`.execute(work.db);
	return rows;
}

/** Every unit of a day, those above first. Branches, groups and clubs only where asked for by kind. */
export async function listTree(work: Work, on: Day, kinds?: UnitKind[]): Promise<Unit[]> {
	const wanted = kinds ?? [
		"centre",
		"cluster",
		"province",
		"district",
		"commune",
		"unassigned",
		"special_base",
		"force",
	];
	const { rows } =
		await sql<Unit>`select ${SPELL} from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> ${on}::date
		where u.kind = any(${wanted}::text[])
		order by array_position(array['centre', 'cluster', 'province', 'district', 'commune', 'unassigned', 'special_base', 'force', 'department', 'branch', 'group', 'club'], u.kind),
			s.code nulls last, s.name`.execute(work.db);
	return rows;
}

/** Units whose name (without tones) or code begins with or contains `q`; those that begin with it first. */
export async function searchUnits(
	work: Work,
	input: { q: string; on?: Day; kinds?: UnitKind[]; within?: number; limit: number },
) {
	const on = input.on ?? work.today;
	const key = searchKey(input.q);
	const like = `%${key.replace(/[\\%_]/g, "\\$&")}%`;
	const { rows } = await sql<Unit & { path: string[]; children: number }>`
		select ${SPELL}, ${PATH(on)} as path, ${CHILDREN(on)} as children
		from app.unit_spell s join app.unit u on u.id = s.unit_id
		where s.during @> ${on}::date and (s.search_key like ${like} or s.code = ${input.q})
			and (${input.kinds ?? null}::text[] is null or u.kind = any(${input.kinds ?? null}::text[]))
			and (${input.within ?? null}::integer is null or u.id in (select unit_id from app.unit_scope where ancestor_id = ${input.within ?? null}::integer))
		order by s.code = ${input.q} desc nulls last,
			array_position(array['centre', 'province', 'district', 'commune'], u.kind) nulls last, length(s.search_key), s.search_key, u.id
		limit ${input.limit}`.execute(work.db);
	return rows;
}

/** A unit with its names over time, predecessors and successors, and where the registry's knowledge ends. */
export async function showUnit(work: Work, unit: Unit, on: Day) {
	const detail = await sql<{ path: string[]; children: number }>`
		select ${PATH(on)} as path, ${CHILDREN(on)} as children from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> ${on}::date
		where u.id = ${unit.id}`.execute(work.db);
	const spells = await sql<{
		from: Day;
		to: Day | null;
		code: string | null;
		name: string;
		parent: string | null;
		decree: string;
	}>`
		select lower(s.during)::text as "from", upper(s.during)::text as "to", s.code, s.name, s.decree,
			(select p.name from app.unit_spell p where p.unit_id = s.parent_id and p.during && s.during order by p.during limit 1) as parent
		from app.unit_spell s where s.unit_id = ${unit.id} order by s.during`.execute(work.db);
	return {
		unit: { ...unit, ...detail.rows[0] },
		spells: spells.rows,
		predecessors: await successions(work, unit.id, "successor_id", "predecessor_id"),
		successors: await successions(work, unit.id, "predecessor_id", "successor_id"),
		notes: notesOf(unit),
	};
}

interface Relative {
	id: number;
	code: string | null;
	name: string;
	on: Day;
	part: "full" | "partial";
	share: string | null;
	decree: string;
	reorganisationId: string | null;
}

async function successions(work: Work, unitId: number, mine: string, other: string) {
	const { rows } = await sql<Relative>`
		select x.${sql.ref(other)} as id, s.code, s.name, x.on_day::text as on, x.part, x.decree,
			case when x.part = 'partial' then round(100 * w.weight / (select sum(o.weight) from app.split_share o
				where o.predecessor_id = x.predecessor_id), 2)::text end as share,
			-- What no one has corrected stands as the built-in registry has it.
			coalesce(x.reorganisation_id, (select r.id from app.reorganisation r where r.builtin = 'registry:' || x.on_day)) as "reorganisationId"
		from app.unit_succession x join app.unit_spell s on s.unit_id = x.${sql.ref(other)}
			and s.during @> (x.on_day - ${other === "predecessor_id" ? 1 : 0}::integer)
		left join app.split_share w on w.predecessor_id = x.predecessor_id and w.successor_id = x.successor_id
		where x.${sql.ref(mine)} = ${unitId} order by s.code nulls last, s.name`.execute(work.db);
	return rows;
}

function notesOf(unit: Unit): string[] {
	if (unit.kind === "unassigned")
		return [
			"Gồm các xã, phường, thị trấn trước 01/7/2025 chưa biết đơn vị hình thành sau sắp xếp. Số liệu được tính một lần ở đây cho đến khi phân xong.",
		];
	if (["commune", "district", "province"].includes(unit.kind) && unit.to !== null && unit.to <= "2025-07-01")
		return ["Danh mục đơn vị tại ngày 29/5/2023, được dùng cho cả thời gian từ 01/01/2017 đến 30/6/2025."];
	if (unit.kind === "cluster")
		return [
			"Cụm thi đua này là ví dụ minh họa: danh sách chính thức chưa được công bố. Hãy sửa theo văn bản của Trung ương Hội.",
		];
	return [];
}
