import pg from "pg";
import { uuidv7 } from "../src/core/id.ts";
import { type Actor, OPERATOR_ID } from "../src/db/actor.ts";
import { call } from "../src/server/call.ts";
import { openCountry, SIZES } from "./country-place.ts";
import { atMost, beside, medianTime, type Row, timed } from "./row.ts";

/** The communes whose queues are read: those with the most. */
const QUEUES = 20;

interface Pass {
	compared: number;
	pairs: number;
	raised: number;
	gone: number;
}

/** The same woman twice: one pass over everybody, a second one, and how long a commune waits for its queue. */
export async function run(): Promise<Row[]> {
	const country = await openCountry(SIZES.full);
	const operator = { accountId: OPERATOR_ID };
	const pass = async () => {
		let found: Pass | undefined;
		const milliseconds = await timed(async () => {
			found = (await call(country, operator, "members.findDuplicates", {})) as Pass;
		});
		return { ...(found as unknown as Pass), minutes: milliseconds / 60_000 };
	};
	try {
		const first = await pass();
		const again = await pass();
		const chairs = await longestQueues(country.ownerUrl);
		const page = await medianTime((at) => {
			const { actor, unitId } = chairs[Math.max(at, 0)] as (typeof chairs)[number];
			return call(country, actor, "members.duplicatePairs", { id: unitId });
		}, QUEUES);
		const province = await medianTime(() => call(country, operator, "members.duplicatePairs", { code: "01" }));
		return [
			atMost("one pass over all members", 10, first.minutes, "min"),
			beside("  memberships compared", first.compared, ""),
			beside("  pairs it found", first.pairs, ""),
			beside("a second pass over the same", again.minutes, "min"),
			atMost("  pairs it raises or takes away", 0, again.raised + again.gone, ""),
			atMost("the first page of a commune's queue, of the longest ones", 100, page, "ms"),
			beside("  pairs in the longest", chairs[0]?.pairs ?? 0, ""),
			beside("the first page of a province's queue", province, "ms"),
		];
	} finally {
		await country.close();
	}
}

/** Chairs, made for this, of the communes with the most pairs. */
async function longestQueues(ownerUrl: string): Promise<{ actor: Actor; unitId: number; pairs: number }[]> {
	const owner = new pg.Client({ connectionString: ownerUrl });
	await owner.connect();
	try {
		const { rows } = await owner.query<{ unitId: number; pairs: number }>(
			`select h.commune_id as "unitId", count(distinct d.id)::integer as pairs from app.duplicate_pair d
				join app.unit_home h on h.leaf_id in (d.leaf_a, d.leaf_b) and h.during @> calc.today()
				join app.unit u on u.id = h.commune_id and u.kind = 'commune'
				group by h.commune_id order by 2 desc, 1 limit $1`,
			[QUEUES],
		);
		const chairs = [];
		for (const [nth, row] of rows.entries()) {
			const id = uuidv7();
			await owner.query("insert into app.account (id, username, display_name, unit_id) values ($1, $2, $2, $3)", [
				id,
				`trung.${id.slice(-6)}.${nth}`,
				row.unitId,
			]);
			await owner.query("insert into app.account_role (account_id, role, unit_id) values ($1, 'commune_chair', $2)", [
				id,
				row.unitId,
			]);
			chairs.push({ actor: { accountId: id }, ...row });
		}
		return chairs;
	} finally {
		await owner.end();
	}
}
