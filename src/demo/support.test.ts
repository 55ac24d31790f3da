import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { loadDemo } from "./demo.ts";
import { supportDemo } from "./support.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });

test("one province of the demo has cases in every state, and the centre reads the guidance's figure beside its data", async () => {
	await loadDemo(database.ownerUrl, database.vault, { today: TODAY, scale: 0.1 });
	await supportDemo(database, TODAY);
	const { operator, call } = database;
	const { states, causes, strip } = await call(operator, "support.overview", { unit: "46" });
	const found = new Map(states.map(({ state, communes }: { state: string; communes: number }) => [state, communes]));
	for (const state of ["none", "open", "waiting", "confirmed", "fell_back"])
		assert.ok((found.get(state) as number) > 0, `${state} in ${JSON.stringify(states)}`);
	const { rows } = await database.owner.query("select result from app.support_case where closed_on is not null");
	assert.deepEqual(rows, [{ result: "passed" }]);
	assert.ok(causes.length > 5 && strip.length > 5);
	const { byData, official } = await call(operator, "support.list", { unit: "VN" });
	assert.deepEqual([byData.under, byData.provinces, official.communes], [2129, 46, 2129]);
	await database.verified();
});
