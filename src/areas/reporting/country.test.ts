import assert from "node:assert/strict";
import { test } from "node:test";
import pg from "pg";
import { openTestDatabase } from "../../../test/kit.ts";
import { loadCountry } from "../../demo/country.ts";
import { countsIn } from "./store-making.ts";

// The whole country of before the reorganisation of 2025: 10 598 communes, their districts, provinces and the centre, closed in one run.

const database = await openTestDatabase({ today: "2026-11-22" });
const { call, operator, owner } = database;
await loadCountry(database.ownerUrl, database.vault, { members: 20_000, seed: 7, memoryMegabytes: 64 });
const DAY = "2025-06-09";
const { periodId } = await call(operator, "reports.open", {
	kind: "half_year",
	name: "6 tháng đầu năm 2025",
	opensOn: "2025-05-26",
	from: "2024-11-25",
	dataUntil: DAY,
	dueOn: "2025-06-30",
	dueLevels: {},
	levels: ["commune", "district", "province", "centre"],
});

/** How many questions the database is asked while `work` is done. */
async function questions(work: () => Promise<unknown>): Promise<number> {
	const { query } = pg.Client.prototype;
	let asked = 0;
	pg.Client.prototype.query = function counted(this: pg.Client, ...input: unknown[]) {
		asked += 1;
		return (query as (...all: unknown[]) => unknown).apply(this, input);
	} as typeof query;
	try {
		await work();
	} finally {
		pg.Client.prototype.query = query;
	}
	return asked;
}

test("10 598 communes, their districts and provinces are closed in one run that asks the database far fewer questions than there are reports", async () => {
	const asked = await questions(async () => {
		const { closed } = await call(operator, "reports.closeAll", { periodId });
		assert.deepEqual(closed, { commune: 10_598, district: 705, province: 63, centre: 1 });
	});
	assert.ok(asked < 1000, `${asked} questions`);
});

test("what was frozen of every unit are the rates of that day, and every movement table balances", async () => {
	const rates = await call(operator, "gathering.rates", { on: DAY, level: "all" });
	const { rows } = await owner.query(
		`select r.unit_id, c.content from app.report r join app.report_frozen f on f.report_id = r.id join app.report_copy c on c.id = f.copy_id
			where r.period_id = $1`,
		[periodId],
	);
	const frozen = new Map(rows.map(({ unit_id, content }) => [unit_id as number, countsIn(content)]));
	assert.equal(frozen.size, 10_598 + 705 + 63 + 1);
	for (const row of rates) {
		if (row.kind === "cluster" || row.kind === "unassigned") continue;
		const counts = frozen.get(row.id);
		assert.deepEqual(
			{ members: counts?.members, women18: counts?.women18, roster: counts?.roster, unlisted: counts?.unlisted },
			{ members: row.members, women18: row.women18, roster: row.parts.roster, unlisted: row.parts.unlisted },
			`${row.kind} ${row.code}`,
		);
	}
	assert.equal(rates.filter(({ kind }: { kind: string }) => kind === "commune").length, 10_598);
	const centre = rates.find(({ kind }: { kind: string }) => kind === "centre");
	const top = frozen.get(centre.id) as Record<string, number>;
	assert.equal(top.communes_under + top.communes_exactly + top.communes_over + top.communes_unknown, 10_598);
	assert.equal(top.people_kinh + top.people_minority + top.people_unknown, top.roster);
});
