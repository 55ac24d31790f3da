import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { searchKey } from "../../core/vietnamese.ts";
import type { Work } from "../../db/actor.ts";
import { dateRange } from "../../db/ranges.ts";
import type { StoreOf } from "../store-of.ts";
import type { unitsContract } from "./contract.ts";
import { findUnit, listChildren, listTree, requireUnit, searchUnits, showUnit } from "./store-reading.ts";
import { addUnit, endUnit, moveUnit, renameUnit } from "./store-writing.ts";

/** The registry of units over time (R37, R38). */
export const units: StoreOf<typeof unitsContract> = {
	show: async (work, input) => showUnit(work, await requireUnit(work, input), input.on ?? work.today),
	children: async (work, input) => {
		const on = input.on ?? work.today;
		const parent = await requireUnit(work, input);
		return listChildren(work, parent.id, on, input.kinds);
	},
	tree: (work, input) => listTree(work, input.on ?? work.today, input.kinds),
	search: (work, input) => searchUnits(work, input),
	add: addUnit,
	rename: renameUnit,
	move: moveUnit,
	end: endUnit,
	clusters: (work, input) => listClusters(work, input.on ?? work.today),
	setCluster,
	openWork: listOpenWork,
};

async function listClusters(work: Work, on: Day) {
	const { rows } = await sql<{ id: number; name: string; example: boolean; provinces: { id: number; name: string }[] }>`
		select u.id, s.name, u.builtin_key is not null as example,
			coalesce((select jsonb_agg(jsonb_build_object('id', p.unit_id, 'name', p.name) order by p.code)
				from app.cluster_province c join app.unit_spell p on p.unit_id = c.province_id and p.during @> ${on}::date
				where c.cluster_id = u.id and c.during @> ${on}::date), '[]') as provinces
		from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> ${on}::date
		where u.kind = 'cluster' order by s.name`.execute(work.db);
	return rows;
}

async function setCluster(work: Work, input: { id?: number; name: string; provinceIds: number[]; from: Day }) {
	const centre = await requireUnit(work, { code: "VN", on: input.from });
	const clusterId = input.id ?? (await newCluster(work, centre.id, input));
	if (input.id !== undefined) {
		const cluster = await findUnit(work, { id: input.id, on: input.from });
		if (cluster?.kind !== "cluster")
			throw new Problem("unit.not_found", 404, "Không tìm thấy Cụm thi đua này vào ngày đã chọn.");
		if (cluster.name !== input.name) await renameUnit(work, { id: input.id, name: input.name, from: input.from });
	}
	// From this day the relation is what was sent; earlier days keep what they had.
	await sql`update app.cluster_province set during = daterange(lower(during), ${input.from}::date)
		where cluster_id = ${clusterId} and during @> ${input.from}::date and lower(during) < ${input.from}::date`.execute(
		work.db,
	);
	await sql`delete from app.cluster_province where cluster_id = ${clusterId} and lower(during) >= ${input.from}::date`.execute(
		work.db,
	);
	for (const provinceId of input.provinceIds) {
		const province = await findUnit(work, { id: provinceId, on: input.from });
		if (province?.kind !== "province")
			throw new Problem(
				"cluster.not_a_province",
				422,
				"Cụm thi đua chỉ gồm các tỉnh, thành phố đang hoạt động vào ngày đã chọn.",
				{ field: "provinceIds" },
			);
		await work.db
			.insertInto("cluster_province")
			.values({ cluster_id: clusterId, province_id: provinceId, during: dateRange(input.from, province.to) })
			.execute();
	}
	await sql`select calc.refresh_scopes((select array_agg(id) from app.unit where kind = 'province'))`.execute(work.db);
	await work.audit({
		action: "units.setCluster",
		unitId: clusterId,
		detail: { from: input.from, provinces: input.provinceIds.length },
	});
	return { id: clusterId };
}

async function newCluster(work: Work, centreId: number, input: { name: string; from: Day }): Promise<number> {
	const { id } = await work.db.insertInto("unit").values({ kind: "cluster" }).returning("id").executeTakeFirstOrThrow();
	await work.db
		.insertInto("unit_spell")
		.values({
			unit_id: id,
			during: dateRange(input.from, null),
			name: input.name,
			parent_id: centreId,
			search_key: searchKey(input.name),
		})
		.execute();
	await sql`select calc.refresh_scopes(array[${id}::integer])`.execute(work.db);
	return id;
}

async function listOpenWork(work: Work, input: { within?: number }) {
	const { rows } = await sql<{
		id: number;
		code: string | null;
		name: string;
		district: string;
		unassignedId: number;
		unassigned: string;
	}>`
		select u.id, s.code, s.name, d.name as district, n.unit_id as "unassignedId", n.name as unassigned
		from app.unit_succession x
		join app.unit t on t.id = x.successor_id and t.kind = 'unassigned'
		join app.unit u on u.id = x.predecessor_id
		join app.unit_spell s on s.unit_id = u.id and s.during @> (x.on_day - 1)
		join app.unit_spell d on d.unit_id = s.parent_id and d.during @> (x.on_day - 1)
		join app.unit_spell n on n.unit_id = t.id and n.during @> x.on_day
		where ${input.within ?? null}::integer is null
			or t.id in (select unit_id from app.unit_scope where ancestor_id = ${input.within ?? null}::integer)
		order by n.name, d.name, s.name`.execute(work.db);
	return rows;
}
