import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import pg from "pg";
import { openTestDatabase } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";
import { OPERATOR_ID } from "../../db/actor.ts";

// One woman counts once (R3), whatever is written: here nothing of the program stands between the rows and the constraints.

const { owner, ownerUrl, unit, beforeClose } = await openTestDatabase({ today: "2026-11-22" });
const leaf = await unit("00004", "2024-01-01");
const clients = [new pg.Client({ connectionString: ownerUrl }), new pg.Client({ connectionString: ownerUrl })] as const;
for (const client of clients) await client.connect();
beforeClose(() => Promise.all(clients.map((client) => client.end())));

/** What is done to one of the woman's spells: its periods and its place among those that count, or null: it goes. */
type Step = { spell: number; counts: string; order: number | null } | { spell: number; counts: null };

async function womanWith(spells: number): Promise<{ personId: string; ids: string[] }> {
	const personId = uuidv7();
	const ids = Array.from({ length: spells }, () => uuidv7());
	await owner.query(
		`insert into app.person (id, full_name, search_key, identity_key, sort_key, created_by) values ($1, 'Nguyễn Thị Thử', 'x', 'x', 'x', $2)`,
		[personId, OPERATOR_ID],
	);
	await owner.query(
		`insert into app.spell (id, person_id, sort_key, leaf_id, joined) select id, $1, 'x', $2, '2020-01-01' from unnest($3::uuid[]) id`,
		[personId, leaf, ids],
	);
	return { personId, ids };
}

function take(client: pg.ClientBase, ids: readonly string[], step: Step): Promise<unknown> {
	return step.counts === null
		? client.query("delete from app.spell where id = $1", [ids[step.spell]])
		: client.query("update app.spell set counts = $2, counting_order = $3 where id = $1", [
				ids[step.spell],
				step.counts,
				step.order,
			]);
}

/** True where one of the person's days stands in two of her spells. */
async function countsTwice(personId: string): Promise<boolean> {
	const { rows } = await owner.query(
		"select from app.spell a join app.spell b on a.person_id = b.person_id and a.id < b.id and a.counts && b.counts where a.person_id = $1",
		[personId],
	);
	return rows.length > 0;
}

const PERIODS = ["{}", "{[2020-01-01,)}", "{[2020-01-01,2021-01-01)}", "{[2021-01-01,2022-01-01)}", "{[2022-01-01,)}"];
const aStep: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 9,
		arbitrary: fc.record({
			spell: fc.nat(2),
			counts: fc.constantFrom(...PERIODS),
			order: fc.constantFrom(null, 0, 1, 2, 3),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ spell: fc.nat(2), counts: fc.constant(null) }) },
);

/** One transaction of some steps; a refused step or commit undoes all of it. */
async function transaction(
	client: pg.ClientBase,
	ids: readonly string[],
	steps: readonly Step[],
	beforeCommit: () => Promise<unknown> = async () => undefined,
): Promise<string | null> {
	await client.query("begin");
	try {
		for (const step of steps) await take(client, ids, step);
		await beforeCommit();
		await client.query("commit");
		return null;
	} catch (error) {
		await client.query("rollback");
		return (error as { constraint?: string }).constraint ?? String(error);
	}
}

test("no sequence of changes leaves a woman counting twice on a day", async () => {
	let written = 0;
	const refusals = new Set<string>();
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(aStep, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
			async (transactions) => {
				const { personId, ids } = await womanWith(3);
				for (const steps of transactions) {
					const refused = await transaction(clients[0], ids, steps);
					if (refused) refusals.add(refused);
					else written += 1;
					assert.equal(await countsTwice(personId), false);
				}
			},
		),
		{ numRuns: 200 },
	);
	assert.ok(written > 100, `${written} were written`);
	assert.deepEqual([...refusals].sort(), [
		"spell_counting_first_fkey",
		"spell_counting_order_once",
		"spell_counting_ordered",
		"spell_counts_alone",
		"spell_counts_once",
	]);
});

const whole = (spell: number, order: number | null): Step => ({
	spell,
	counts: order === null ? "{}" : "{[2020-01-01,)}",
	order,
});

/** Two who change one woman at the same time, neither knowing of the other: what stood before, and what each does. */
const AT_ONCE: [what: string, before: Step[], one: Step[], other: Step[]][] = [
	["both make theirs the only one", [], [whole(0, 0)], [whole(1, 0)]],
	["the only one, and the first of several", [], [whole(0, 0)], [whole(1, 1)]],
	["the first of several twice", [], [whole(0, 1)], [whole(1, 1)]],
	["two at different places", [whole(0, 1)], [whole(0, null)], [whole(1, 2)]],
	["a second beside one that becomes the only one", [whole(0, 1)], [whole(0, 0)], [whole(1, 2)]],
	["the first gives way while a third leans on it", [whole(0, 1)], [whole(0, null), whole(1, 0)], [whole(2, 2)]],
	[
		"each its own place, the same days",
		[{ spell: 2, counts: "{[2019-01-01,2020-01-01)}", order: 1 }],
		[whole(0, 2)],
		[whole(1, 3)],
	],
];

for (const [what, before, one, other] of AT_ONCE)
	test(`two at once: ${what}`, async () => {
		for (const [first, second] of [
			[one, other],
			[other, one],
		]) {
			const { personId, ids } = await womanWith(3);
			assert.equal(await transaction(clients[0], ids, before), null);
			let later: Promise<string | null> | undefined;
			// The second begins while the first has not committed, and may have to wait for it.
			await transaction(clients[0], ids, first as Step[], async () => {
				later = transaction(clients[1], ids, second as Step[]);
				await new Promise((resolve) => setTimeout(resolve, 30));
			});
			await later;
			assert.equal(await countsTwice(personId), false);
		}
	});
