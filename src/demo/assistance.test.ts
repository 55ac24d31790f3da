import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { assistanceDemo } from "./assistance.ts";
import { loadDemo } from "./demo.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });

test("one province of the demo has officers, late visits, a pilot and a round in its third step", async () => {
	await loadDemo(database.ownerUrl, database.vault, { today: TODAY, scale: 0.1 });
	await assistanceDemo(database, TODAY);
	const { operator, call } = database;
	const { rows } = await call(operator, "assistance.portfolios", { unit: "46" });
	const count = (has: (row: Record<string, unknown>) => unknown) => rows.filter(has).length;
	assert.ok(count(({ officer }) => officer) > 20 && count(({ officer }) => !officer) > 3);
	assert.ok(count(({ visitLate }) => visitLate) > 0 && count(({ lastVisit }) => lastVisit) > 4);
	assert.equal(
		count(({ pilot }) => pilot),
		1,
	);
	const board = await call(operator, "assistance.rounds", { unit: "46" });
	assert.equal(board.rows.length, 1);
	assert.equal(board.rows[0].current, 3);
	assert.match(board.rows[0].late.join("\n"), /Tập huấn chi hội trưởng/);
	await database.verified();
});
