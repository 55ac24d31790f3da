import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { asSystem } from "../db/actor.ts";
import { loadDemo } from "./demo.ts";
import { closeDemoHalfYear } from "./reports.ts";

const TODAY = "2026-11-22";
const database = await openTestDatabase({ today: TODAY });

test("the demo has lived through a half-year: two provinces are closed, the others missing, the next one is open", async () => {
	await loadDemo(database.ownerUrl, database.vault, { today: TODAY, scale: 0.1 });
	await asSystem(database, closeDemoHalfYear, TODAY);
	const { operator, call, unit } = database;
	const { periods } = await call(operator, "reports.periods");
	assert.deepEqual(
		periods.map(({ name }: { name: string }) => name),
		["6 tháng cuối năm 2026", "6 tháng đầu năm 2026"],
	);
	const list = await call(operator, "reports.list", { periodId: periods[1].id, unitId: await unit("VN") });
	const locked = list.rows.filter(({ state }: { state: string }) => state === "locked");
	assert.deepEqual(
		locked.map(({ code }: { code: string }) => code),
		["12", "46"],
	);
	const hue = await call(operator, "reports.show", { periodId: periods[1].id, unit: "46" });
	const [rate] = await call(operator, "gathering.rates", { unit: "46", on: "2026-06-09" });
	assert.deepEqual([hue.frozen[0].counts.members, hue.frozen[0].counts.women18], [rate.members, rate.women18]);
	assert.equal(hue.missing.length, 0);
});
