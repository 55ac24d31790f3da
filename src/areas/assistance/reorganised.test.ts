import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../../test/kit.ts";
import { uuidv7 } from "../../core/id.ts";

// What was written under the map before July 2025, read after it (R38).
const TODAY = "2026-03-10";
const { call, person, unit, owner } = await openTestDatabase({ today: TODAY });
// A commune of a province that both went into others.
const { rows } = await owner.query(
	`select c.unit_id as commune, c.province_id as province, x.successor_id as became, n.code as "newProvince"
		from app.territory c
		join app.unit_succession x on x.predecessor_id = c.unit_id and x.on_day = '2025-07-01' and x.part = 'full'
		join app.territory t on t.unit_id = x.successor_id and t.since <= $1::date and t.until > $1::date and t.kind = 'commune'
		join app.unit_succession p on p.predecessor_id = c.province_id and p.successor_id = t.province_id
		join app.territory n on n.unit_id = t.province_id and n.since <= $1::date and n.until > $1::date
		where c.kind = 'commune' and c.since <= '2025-06-30' and c.until = '2025-07-01' order by c.place limit 1`,
	[TODAY],
);
const { commune, province, became, newProvince } = rows[0];
const head = await person("tinh.moi", "province", newProvince);
const former = await person("can.bo.cu", "province", newProvince);
const roundId = uuidv7();
await owner.query(
	"insert into app.commune_officer (id, commune_id, role, account_id, during, assigned_by) values ($1, $2, 'officer', $3, '[2024-01-01,)', $3)",
	[uuidv7(), commune, former.accountId],
);
await owner.query(
	"insert into app.commune_visit (id, commune_id, on_day, attended, visited_by) values ($1, $2, '2025-03-01', 'committee', $3)",
	[uuidv7(), commune, former.accountId],
);
await owner.query(
	"insert into app.support_round (id, province_id, name, opened_on, opened_by) values ($1, $2, 'Đợt hỗ trợ năm 2025', '2025-02-01', $3)",
	[roundId, province, former.accountId],
);
await owner.query("insert into app.support_workshop (round_id, held_on, changed_by) values ($1, '2025-03-01', $2)", [
	roundId,
	former.accountId,
]);
await owner.query("insert into app.support_workshop_commune (round_id, commune_id, attended) values ($1, $2, true)", [
	roundId,
	commune,
]);

test("a merged commune has nobody until somebody is named; who held the old one is told", async () => {
	const { rows: shown } = await call(head, "assistance.portfolios");
	const row = shown.find(({ unitId }: { unitId: number }) => unitId === became);
	assert.equal(row.officer, null);
	assert.ok(row.before.some((words: string) => words.startsWith("can.bo.cu (")));
	const visits = await call(head, "assistance.visits", { unitId: became });
	assert.equal(visits.length, 1);
});

test("the round of a province that went into another goes on there, with what its communes became", async () => {
	const board = await call(head, "assistance.rounds");
	assert.deepEqual(
		board.rows.map(({ id }: { id: string }) => id),
		[roundId],
	);
	const shown = await call(head, "assistance.round", { roundId });
	assert.equal(shown.communes[0].becameNow.length, 1);
	assert.equal(shown.mayWrite, true);
	await call(head, "assistance.setMinutes", {
		roundId,
		version: 0,
		metOn: "2025-08-05",
		pictureOn: "2025-05-01",
	});
	const { picture } = (await call(head, "assistance.round", { roundId })).minutes;
	assert.ok(picture.communes > 10);
	// The list is kept as it stands, with the commune that is there now added beside the old one.
	await call(head, "assistance.setWorkshop", {
		roundId,
		version: 1,
		heldOn: "2025-03-01",
		communes: [{ unitId: commune, attended: true }, { unitId: became }],
	});
	assert.equal((await call(head, "assistance.round", { roundId })).communes.length, 2);
	assert.ok((await unit(newProvince)) > 0);
});
