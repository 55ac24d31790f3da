import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { openTestDatabase } from "../../../test/kit.ts";
import { addDays, type Day } from "../../core/day.ts";
import { OPERATOR_ID } from "../../db/actor.ts";
import { dateMultirange, readMultirange } from "../../db/ranges.ts";
import { type CountedSpell, countingOf, type Residence } from "./rules.ts";

/** The two workings-out of R2, rules.ts and calc.miscounted, held together. */

const database = await openTestDatabase({ today: "2026-11-22" });
const { owner, branch, unit } = database;

/** Leaves by the first day they stand: from the ledger's first, from a reform on, from a day of their own, never. */
const LEAVES: { id: number; standsFrom: Day | null }[] = [
	{ id: await branch("Chi hội Đông", "00004", "2025-06-30"), standsFrom: "2017-01-01" },
	{ id: await branch("Chi hội Tây", "00001", "2025-06-30"), standsFrom: "2017-01-01" },
	{ id: await unit("00004"), standsFrom: "2025-07-01" },
	{ id: await lateBranch(), standsFrom: "2021-03-15" },
	{ id: await neverStanding(), standsFrom: null },
];

async function lateBranch(): Promise<number> {
	const made = await database.call(database.operator, "units.add", {
		parentId: await unit("00004", "2025-06-30"),
		kind: "branch",
		name: "Chi hội Muộn",
		from: "2021-03-15",
	});
	return made.id;
}

async function neverStanding(): Promise<number> {
	const { rows } = await owner.query("insert into app.unit (kind) values ('branch') returning id");
	return rows[0].id;
}

/** Few days, so that much begins and ends together; ends of months among them. */
const day = fc.oneof(
	fc.constantFrom("2017-01-01", "2020-08-31", "2021-02-28", "2021-03-15", "2024-02-29", "2025-07-01", "2025-12-31"),
	fc.integer({ min: 0, max: 5000 }).map((days) => addDays("2014-01-01", days)),
);
const residence: fc.Arbitrary<Residence> = fc
	.record({
		kind: fc.constantFrom("permanent" as const, "temporary" as const),
		start: fc.option(day, { nil: null }),
		until: fc.option(day, { nil: null }),
	})
	.map((each) => ({ ...each, until: each.start && each.until && each.until < each.start ? null : each.until }));
const spell = fc.record({
	leaf: fc.constantFrom(...LEAVES),
	stage: fc.constantFrom("recognised" as const, "recognised" as const, "recognised" as const, "proposed" as const),
	joined: day,
	left: fc.option(day, { nil: null }),
	residences: fc.array(residence, { maxLength: 3 }),
});
const woman = fc.record({
	honorary: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
	spells: fc.array(spell, { minLength: 1, maxLength: 4 }),
});
type Woman = typeof woman extends fc.Arbitrary<infer Drawn> ? Drawn : never;

interface Row extends CountedSpell {
	leafId: number;
	personId: string;
	honorary: boolean;
	/** What rules.ts says, as PostgreSQL's text. */
	due: string;
}

function rowsOf(women: readonly Woman[]): Row[] {
	return women.flatMap(({ honorary, spells }) => {
		const personId = randomUUID();
		const hers = spells.map(({ leaf, left, ...each }) => ({
			...each,
			id: randomUUID(),
			left: left !== null && left < each.joined ? null : left,
			standsFrom: leaf.standsFrom,
			leafId: leaf.id,
		}));
		const counting = countingOf(hers, { honorary });
		return hers.map((each) => ({
			...each,
			personId,
			honorary,
			due: dateMultirange(counting.get(each.id) ?? []),
		}));
	});
}

type Query = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, string>[] }>;

/** Puts the women in as rows that count on no day yet. */
async function putIn(query: Query, rows: readonly Row[]): Promise<void> {
	const json = [JSON.stringify(rows)];
	await query("insert into app.person_name values ('x') on conflict do nothing");
	await query(
		`insert into app.person (id, full_name, search_key, identity_key, sort_key, honorary, created_by)
		select distinct r."personId", 'Trần Thị Thử', 'x', 'x', 'x', r.honorary, '${OPERATOR_ID}'::uuid
		from json_to_recordset($1) as r("personId" uuid, honorary boolean)`,
		json,
	);
	await query(
		`insert into app.spell (id, person_id, sort_key, leaf_id, stage, joined, left_on, leave_reason)
		select r.id, r."personId", 'x', r."leafId", r.stage, r.joined, r."left", case when r."left" is not null then 'other' end
		from json_to_recordset($1) as r(id uuid, "personId" uuid, "leafId" integer, stage text, joined date, "left" date)`,
		json,
	);
	await query(
		`insert into app.residence (id, spell_id, kind, start, until) select gen_random_uuid(), r.id, x.kind, x.start, x.until
		from json_to_recordset($1) as r(id uuid, residences json) cross join json_to_recordset(r.residences) as x(kind text, start date, until date)`,
		json,
	);
}

async function countAsDue(query: Query, rows: readonly Row[]): Promise<void> {
	await query(
		`update app.spell s set counts = r.due::datemultirange, counting_order = case when r.due = '{}' then null when r.n = 1 then 0 else r.place end
		from (select x.id, x.due, count(*) filter (where x.due <> '{}') over (partition by x."personId") as n,
			row_number() over (partition by x."personId" order by x.due = '{}', x.id) as place
			from json_to_recordset($1) as x(id uuid, "personId" uuid, due text)) r where s.id = r.id`,
		[JSON.stringify(rows.map(({ id, personId, due }) => ({ id, personId, due })))],
	);
}

/** Spells that are counted wrongly, with what is due for them. */
async function miscounted(query: Query): Promise<Map<string, string>> {
	const { rows } = await query("select spell_id as id, due::text as due from calc.miscounted()");
	return new Map(rows.map(({ id, due }) => [id, dateMultirange(readMultirange(due))]));
}

async function rolledBack(fn: (query: Query) => Promise<void>): Promise<void> {
	const client = await owner.connect();
	try {
		await client.query("begin");
		await fn((text, values) => client.query(text, values));
	} finally {
		await client.query("rollback");
		client.release();
	}
}

test("law: for random women SQL and rules.ts say the same days, whatever is stored", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(woman, { minLength: 250, maxLength: 250, size: "max" }), async (women) => {
			const rows = rowsOf(women);
			await rolledBack(async (query) => {
				await putIn(query, rows);
				const counting = rows.filter(({ due }) => due !== "{}");
				assert.deepEqual(await miscounted(query), new Map(counting.map(({ id, due }) => [id, due])));
				await countAsDue(query, rows);
				assert.deepEqual(await miscounted(query), new Map());
			});
		}),
		{ numRuns: 12, endOnFailure: true },
	);
});

test("a counting period that someone made a day longer, a day shorter, emptied or gave to the wrong spell is found, and no other", async () => {
	const home = { joined: "2015-03-01", left: null, stage: "recognised" as const };
	const permanent: Residence = { kind: "permanent", start: null, until: null };
	const rows = rowsOf([
		{ honorary: false, spells: [{ ...home, leaf: LEAVES[0], residences: [permanent] }] },
		{
			honorary: false,
			spells: [
				{ ...home, leaf: LEAVES[0], residences: [permanent] },
				{ ...home, leaf: LEAVES[1], residences: [{ kind: "temporary", start: "2020-08-31", until: "2023-01-01" }] },
			],
		},
		{ honorary: true, spells: [{ ...home, leaf: LEAVES[0], residences: [permanent] }] },
		{ honorary: false, spells: [{ ...home, stage: "proposed", leaf: LEAVES[0], residences: [permanent] }] },
		{ honorary: false, spells: [{ ...home, leaf: LEAVES[1], residences: [{ ...permanent, until: "2022-01-01" }] }] },
	]);
	const [settled, atHome, away, honorary, , movedAway] = rows as [Row, Row, Row, Row, Row, Row];
	assert.deepEqual(
		[atHome.due, away.due],
		["{[2015-03-01,2021-02-28),[2023-01-01,)}", "{[2021-02-28,2023-01-01)}"],
		"the clamped end of February",
	);
	const plants: [string, Row[]][] = [
		[`counts = '{[2015-03-02,)}' where id = '${settled.id}'`, [settled]],
		[`counts = '{[2015-02-28,)}' where id = '${settled.id}'`, [settled]],
		[`counts = '{}', counting_order = null where id = '${settled.id}'`, [settled]],
		[`counts = '{[2015-03-01,2031-01-01)}' where id = '${settled.id}'`, [settled]],
		[`joined = '2015-03-02' where id = '${settled.id}'`, [{ ...settled, due: "{[2015-03-02,)}" }]],
		[`counts = '{[2021-02-28,2022-12-31)}' where id = '${away.id}'`, [away]],
		[`counts = '{[2015-03-01,2021-02-28),[2023-01-02,)}' where id = '${atHome.id}'`, [atHome]],
		[`counts = '{[2015-03-01,2022-01-01)}' where id = '${movedAway.id}'`, []],
		[`counts = '{[2015-03-01,2022-01-02)}' where id = '${movedAway.id}'`, [movedAway]],
		[`counts = '{[2015-03-01,)}', counting_order = 0 where id = '${honorary.id}'`, [honorary]],
	];
	for (const [change, wrong] of plants)
		await rolledBack(async (query) => {
			await putIn(query, rows);
			await countAsDue(query, rows);
			await query(`update app.spell set ${change}`);
			assert.deepEqual(await miscounted(query), new Map(wrong.map(({ id, due }) => [id, due])), change);
		});
	await rolledBack(async (query) => {
		await putIn(query, rows);
		await countAsDue(query, rows);
		await query("update app.person set merged_into = $1 where id = $2", [atHome.personId, settled.personId]);
		assert.deepEqual(
			await miscounted(query),
			new Map([[settled.id, "{}"]]),
			"a record merged into another counts nothing",
		);
	});
	// The wrong one of two: home keeps what the destination has earned, and the destination has nothing.
	await rolledBack(async (query) => {
		await putIn(query, rows);
		await countAsDue(query, rows);
		await query(`update app.spell set counts = '{}', counting_order = null where id = '${away.id}'`);
		await query(`update app.spell set counts = '{[2015-03-01,)}' where id = '${atHome.id}'`);
		assert.deepEqual([...(await miscounted(query)).keys()].sort(), [atHome.id, away.id].sort());
	});
});

test("residence that someone changed by hand is found by verify, with the first wrong day", async () => {
	const rows = rowsOf([
		{
			honorary: false,
			spells: [
				{
					leaf: LEAVES[0],
					stage: "recognised",
					joined: "2018-01-01",
					left: null,
					residences: [{ kind: "temporary", start: "2019-08-31", until: null }],
				},
			],
		},
	]);
	const [row] = rows as [Row];
	await rolledBack(async (query) => {
		await putIn(query, rows);
		await countAsDue(query, rows);
		await query("select calc.post_spells($1, 1)", [[row.id]]);
		assert.deepEqual((await query("select * from calc.verify()")).rows, []);
		await query("update app.residence set start = '2019-08-30' where spell_id = $1", [row.id]);
		assert.deepEqual((await query("select * from calc.verify()")).rows, []);
		await query("update app.residence set start = '2019-09-01' where spell_id = $1", [row.id]);
		const { rows: found } = await query(
			`select what, unit_id as "unitId", day::text as day, ledger::integer as ledger, rows::integer as rows from calc.verify()`,
		);
		assert.deepEqual(found, [{ what: "spell", unitId: row.leafId, day: "2020-02-29", ledger: 1, rows: 0 }]);
	});
});
