import { sql } from "kysely";
import type pg from "pg";
import { gathering } from "../src/areas/gathering/store.ts";
import type { Day } from "../src/core/day.ts";
import { addDays, epochDays } from "../src/core/day.ts";
import { asSystem } from "../src/db/actor.ts";
import type { OpenDatabase } from "../src/db/open.ts";
import { REFORM_DAY } from "../src/demo/place.ts";
import { Random } from "../src/demo/random.ts";
import { median, medianTime } from "./row.ts";

const COUNT = `select h.commune_id, count(*) from app.spell s join app.unit_home h on h.leaf_id = s.leaf_id and h.during @> $1::date
	where s.counts @> $1::date group by h.commune_id`;

/** Counting the members of every commune on a day from their rows: the middle of some days, in milliseconds. */
export async function countedRows(client: pg.Client, days: readonly Day[]): Promise<number> {
	const times: number[] = [];
	for (const day of days.slice(-5)) times.push(await medianTime(() => client.query(COUNT, [day]), 1));
	return median(times);
}

/** Of so many random days and units (communes of both sets, districts, provinces, the centre), how many differ from the count over rows. */
export async function equalToRows(database: OpenDatabase, pairs: number): Promise<number> {
	const random = new Random("equal to rows");
	let different = 0;
	for (let n = 0; n < pairs; n++) {
		const on = addDays("2017-01-01", random.integer(0, epochDays("2026-10-31") - epochDays("2017-01-01")));
		const middle = on < REFORM_DAY ? "district" : "commune";
		const kind = random.weighted([
			["commune", 65],
			[middle, 20],
			["province", 14],
			["centre", 1],
		]);
		if (!(await asSystem(database, (work) => agrees(work, on, kind, random.next())))) different += 1;
	}
	return different;
}

type WorkOf = Parameters<Parameters<typeof asSystem>[1]>[0];

/** One unit's row against its members counted one by one and its headcounts looked up. */
async function agrees(work: WorkOf, on: Day, kind: string, which: number): Promise<boolean> {
	const { rows: units } = await sql<{ id: number }>`select unit_id as id from app.territory
		where kind = ${kind} and during @> ${on}::date order by unit_id
		offset (select floor(${which}::float8 * count(*))::integer from app.territory where kind = ${kind} and during @> ${on}::date) limit 1`.execute(
		work.db,
	);
	const id = (units[0] as { id: number }).id;
	const [row] = (await gathering.rates(work, { on, unitId: id })) as { members: number; parts: { roster: number } }[];
	const { rows: counted } = await sql<{
		roster: number;
		others: number;
	}>`select calc.recount_roster(${id}, ${on}::date) as roster,
		coalesce((select sum(count - overlap) from calc.recount_headcounts(${id}, ${on}::date)), 0)::bigint as others`.execute(
		work.db,
	);
	const { roster, others } = counted[0] as { roster: number; others: number };
	return row?.parts.roster === roster && row.members === roster + others;
}
