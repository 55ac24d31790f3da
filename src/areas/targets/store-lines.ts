import { sql } from "kysely";
import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";

/** A unit's members before each of some days began, under the units of another day; without id where the one acting does not read it. */
export interface LineRow {
	unitId: number | null;
	kind: string;
	districtId: number | null;
	provinceId: number | null;
	ward: boolean;
	members: number[];
	unlisted: number[];
	estimated: boolean;
}

/** The members of every unit at and below one (of the province's communes too, `likes`) before each of the days, own figures only. */
export async function readLines(work: Work, days: Day[], map: Day, unitId: number, likes: boolean): Promise<LineRow[]> {
	const { rows } = await sql<LineRow>`select unit_id as "unitId", kind, district_id as "districtId",
			province_id as "provinceId", ward, members, unlisted, estimated
		from calc.lines_under(${days}::date[], ${map}::date, ${unitId}::integer, ${likes}::boolean)`.execute(work.db);
	return rows;
}

/** The same of the whole country on the evening of each day, with all that stands below each unit. */
export async function readCountry(
	work: Work,
	days: Day[],
	map: Day,
	centreId: number,
): Promise<Map<number, { members: number[]; estimated: boolean }>> {
	const rows = await readLines(
		work,
		days.map((day) => addDays(day, 1)),
		map,
		centreId,
		false,
	);
	const sums = new Map<number, { members: number[]; estimated: boolean }>();
	for (const { unitId, districtId, provinceId, members, estimated } of rows)
		for (const id of new Set([unitId, districtId, provinceId, centreId])) {
			if (id === null) continue;
			const sum = sums.get(id) ?? { members: days.map(() => 0), estimated: false };
			sums.set(id, {
				members: sum.members.map((had, at) => had + (members[at] as number)),
				// What was parted stays within its province, so that sums above the communes are exact.
				estimated: sum.estimated || (id === unitId && estimated),
			});
		}
	return sums;
}
