import { type RawBuilder, sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { dayFault, refuse } from "../headcounts/rules.ts";
import type { Unit } from "../units/contract.ts";
import { requireUnit } from "../units/store-reading.ts";
import { periodStart } from "./rules.ts";

/** What a question about a unit carries; see the contract. */
export interface Asked {
	unitId?: number;
	unit?: string;
	on?: Day;
	from?: Day;
}

/** The unit asked about, as it stood on the day, and the period that ends with the day. */
export interface About {
	unit: Unit;
	on: Day;
	from: Day;
}

/** Reads what was asked; the verb must reach the unit, else `access.denied`. */
export async function about(work: Work, asked: Asked, verb = "models.read"): Promise<About> {
	const on = asked.on ?? work.today;
	refuse(dayFault(on, work.today, "on"));
	const from = asked.from ?? periodStart(on);
	if (from > on) throw new Problem("day.order", 422, "Ngày đầu kỳ phải trước ngày cuối kỳ.", { field: "from" });
	const unit = await requireUnit(work, { id: asked.unitId, code: asked.unit, on });
	if (!(await mayAt(work, verb, unit.id)))
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem số liệu của đơn vị này.");
	return { unit, on, from };
}

/** Whether the verb reaches the unit. */
export async function mayAt(work: Work, verb: string, unitId: number): Promise<boolean> {
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at(${verb}, ${unitId}::integer) as ok`.execute(work.db);
	return rows[0]?.ok === true;
}

/** Refuses what the verb does not reach, before anything is looked at. */
export async function requireMay(work: Work, verb: string, unitId: number): Promise<void> {
	if (!(await mayAt(work, verb, unitId))) throw denied();
}

/** As the contract names the unit asked about. */
export function topOf({ id, kind, code, name }: Unit) {
	return { id, kind, code, name };
}

/**
 * The units whose rows are read for a unit, as `place(unit_id, place_id)`: each that counts at or below it on the day (calc.registry_places); of a
 * branch or club itself and its groups.
 */
export function placesOf({ unit, on }: Pick<About, "unit" | "on">): RawBuilder<unknown> {
	// Of one commune by its own index: the function looks at every club of the country (40 ms).
	if (unit.kind === "commune" || unit.kind === "unassigned")
		return sql`(select h.leaf_id as unit_id, h.commune_id as place_id from app.unit_home h
			where h.commune_id = ${unit.id}::integer and h.during @> ${on}::date
			union all select s.unit_id, h.commune_id from app.unit_home h
			join app.unit_spell s on s.parent_id = h.leaf_id and s.during @> ${on}::date
			join app.unit u on u.id = s.unit_id and u.kind in ('club', 'special_base', 'force', 'department')
			where h.commune_id = ${unit.id}::integer and h.during @> ${on}::date)`;
	if (isAbove(unit))
		return sql`(select p.unit_id, p.place_id from calc.registry_places(${on}::date, ${scopeOf({ unit, on })}) p)`;
	return sql`(select w.unit_id, ${homeOf(sql`w.unit_id`, on)} as place_id from calc.with_leaves(array[${unit.id}::integer]) w)`;
}

function isAbove({ kind }: Unit): boolean {
	return ["centre", "cluster", "province", "district"].includes(kind);
}

/** The administrative units at or below one, as an array for the functions that count; null: all of them. */
export function scopeOf({ unit, on }: Pick<About, "unit" | "on">): RawBuilder<unknown> {
	if (unit.kind === "centre") return sql`null::integer[]`;
	return sql`array(select t.unit_id from app.territory t where t.since <= ${on}::date and t.until > ${on}::date and ${below({ unit, on })})`;
}

/** The commune one unit's rows count in on a day; null where there is none. */
function homeOf(unitId: RawBuilder<unknown>, on: Day): RawBuilder<unknown> {
	return sql`coalesce((select h.commune_id from app.unit_home h where h.leaf_id = ${unitId} and h.during @> ${on}::date),
		(select h.commune_id from app.unit_spell s join app.unit_home h on h.leaf_id = s.parent_id and h.during @> ${on}::date
			where s.unit_id = ${unitId} and s.during @> ${on}::date limit 1))`;
}

/** Whether the administrative unit `t` stands at or below the unit on the day. */
export function below({ unit, on }: Pick<About, "unit" | "on">): RawBuilder<unknown> {
	if (unit.kind === "centre") return sql`true`;
	if (unit.kind === "cluster")
		return sql`coalesce(t.province_id, t.unit_id) in (select c.province_id from app.cluster_province c
			where c.cluster_id = ${unit.id}::integer and c.during @> ${on}::date)`;
	return sql`${unit.id}::integer in (t.unit_id, t.district_id, t.province_id)`;
}

/** The unit and commune of a row, of `place` and of the row's own unit `r.unit_id`; names as of the day, else the last ones. */
export function named(on: Day): RawBuilder<unknown> {
	return sql`r.unit_id as "unitId",
		coalesce((select s.name from app.unit_spell s where s.unit_id = r.unit_id
			order by s.during @> ${on}::date desc, s.during desc limit 1), '') as "unitName",
		home.unit_id as "communeId", coalesce(home.name, '') as "communeName"`;
}

/** Joins the commune a row counts in, for {@link named}. */
export function homeJoin(on: Day): RawBuilder<unknown> {
	return sql`left join app.territory home on home.unit_id = place.place_id and home.kind in ('commune', 'unassigned')
		and home.since <= ${on}::date and home.until > ${on}::date`;
}

/** Where a row that was just written counts, as {@link placesOf} has it. */
export function placeOfRow(on: Day): RawBuilder<unknown> {
	return sql`left join lateral (select ${homeOf(sql`r.unit_id`, on)} as place_id) place on true`;
}

/** Nothing is recorded before it happened. */
export function refuseAhead(day: Day | null, today: Day, field: string): void {
	if (day === null || day <= today) return;
	throw new Problem("day.ahead", 422, `Ngày này chưa đến (hôm nay là ${displayDay(today)}).`, { field });
}

/** Somebody wrote the row since she read it. */
export function stale(): Problem {
	return new Problem("write.concurrent", 409, "Người khác vừa sửa mục này. Hãy tải lại trang, xem lại rồi lưu.");
}

/** The row is not there, or not for her to see. */
export function gone(): Problem {
	return new Problem("input.unknown_reference", 404, "Mục này không còn. Hãy tải lại trang.");
}

/** She sees it and may not write it. */
export function denied(): Problem {
	return new Problem("access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở đơn vị đã chọn.");
}

/** Units of these kinds at a unit where the verb lets her write, by name. */
export async function writableUnits(work: Work, { unit, on }: About, verb: string, kinds: readonly string[]) {
	if (!["commune", "special_base", "branch", "group", "club", "force"].includes(unit.kind)) return [];
	const { rows } = await sql<{ unitId: number; kind: Unit["kind"]; name: string }>`
		select u.id as "unitId", u.kind, s.name from app.unit_scope w join app.unit u on u.id = w.unit_id
		join app.unit_spell s on s.unit_id = u.id and s.during @> ${on}::date
		where w.ancestor_id = ${unit.id}::integer and w.own and u.kind = any(${kinds}::text[])
			and ((select calc.sees_all(${verb})) or u.id in (select calc.my_units(${verb})))
		order by array_position(array['commune', 'special_base', 'branch', 'group', 'club'], u.kind), s.search_key, u.id`.execute(
		work.db,
	);
	return rows;
}
