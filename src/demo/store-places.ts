import type { ClientBase } from "pg";
import { GUIDANCE_DAY, type HigherUnit, type NewPlace, type Place, REFORM_DAY } from "./place.ts";
import type { Country } from "./plan.ts";

/** What the plan needs to know of the units that stand in the database. */
export async function readCountry(client: ClientBase): Promise<Country> {
	const { rows } = await client.query("select max(id)::integer as last from app.unit");
	return {
		places: await readPlaces(client),
		newPlaces: await readNewPlaces(client),
		higher: await readHigherUnits(client),
		lastUnitId: rows[0].last,
	};
}

/** The 10 598 old communes by key, with what stood above them and who took them over. */
async function readPlaces(client: ClientBase): Promise<Place[]> {
	const { rows } = await client.query<Place>(
		`select u.id, u.builtin_key as key, s.name, s.title, d.title as "districtTitle", d.name as "districtName",
				p.unit_id as "provinceId", p.code as "provinceCode", x.successor_id as "successorId", su.builtin_key as "successorKey"
			from app.unit u join app.unit_spell s on s.unit_id = u.id and s.during @> $1::date
			join app.unit_spell d on d.unit_id = s.parent_id and d.during @> $1::date
			join app.unit_spell p on p.unit_id = d.parent_id and p.during @> $1::date
			join app.unit_succession x on x.predecessor_id = u.id and x.part = 'full'
			join app.unit su on su.id = x.successor_id
			where u.kind = 'commune' order by u.builtin_key collate "C"`,
		[GUIDANCE_DAY],
	);
	return rows;
}

/** The communes of the new set and each *Chưa phân*, by key. */
async function readNewPlaces(client: ClientBase): Promise<NewPlace[]> {
	const { rows } = await client.query<NewPlace>(
		`select u.id, u.builtin_key as key, s.name, u.kind from app.unit u
			join app.unit_spell s on s.unit_id = u.id and s.during @> $1::date
			where u.kind in ('commune', 'unassigned') order by u.builtin_key collate "C"`,
		[REFORM_DAY],
	);
	return rows;
}

/** The centre and the provinces of the 63. */
async function readHigherUnits(client: ClientBase): Promise<HigherUnit[]> {
	const { rows } = await client.query<HigherUnit>(
		`select u.id, u.kind, s.code, s.name, x.successor_id as "successorId" from app.unit u
			join app.unit_spell s on s.unit_id = u.id and s.during @> $1::date
			left join app.unit_succession x on x.predecessor_id = u.id and x.part = 'full'
			where u.kind in ('centre', 'province') order by u.builtin_key collate "C"`,
		[GUIDANCE_DAY],
	);
	return rows;
}
