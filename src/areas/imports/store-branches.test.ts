import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { importsOf, rosterOf, womenOf } from "./import.harness.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const { owner, operator, unit } = database;
const imports = importsOf(database);

/** Who reaches the branches an import made, and where they stood, as they are written and as they are worked out anew. */
async function derived(importId: string) {
	const made = "(select unnest(branches) from app.import where id = $1)";
	const { rows: scopes } = await owner.query(
		`select ancestor_id, unit_id, own from app.unit_scope where unit_id in ${made} order by 1, 2`,
		[importId],
	);
	const { rows: homes } = await owner.query(
		`select leaf_id, commune_id, during::text from app.unit_home where leaf_id in ${made} order by 1, 2, 3`,
		[importId],
	);
	return { scopes, homes };
}

for (const [what, code, asOf, from] of [
	["a commune of today", "00004", "2026-11-22", 0],
	["a commune that has gone into another since", "00001", "2023-05-20", 100],
] as const)
	test(`branches made in ${what} are reached by whom they would be if all were worked out anew`, async () => {
		const women = womenOf(6, from).map((woman, index) => ({ ...woman, branch: `Chi hội thôn ${index % 2}` }));
		const { id, accepted } = await imports.whole(operator, await unit(code, asOf), rosterOf(women), { asOf });
		assert.equal(accepted, 6);
		const written = await derived(id);
		assert.ok(written.scopes.length >= 6 && written.homes.length >= 2);
		await owner.query("select calc.refresh_scopes((select branches from app.import where id = $1))", [id]);
		await owner.query("select calc.refresh_homes((select branches from app.import where id = $1))", [id]);
		assert.deepEqual(await derived(id), written);
		assert.equal(await imports.differences(), 0);
	});
