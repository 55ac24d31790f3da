import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDatabase } from "../../test/kit.ts";
import { duplicatesAtNight } from "./jobs-nightly.ts";

const database = await openTestDatabase();
const ALL_DAY = { from: 0, to: 23 };
const NEVER = { from: 24, to: 24 };

async function passes(): Promise<number> {
	const { rows } = await database.owner.query("select count(*)::integer as n from app.duplicate_pass");
	return rows[0].n;
}

test("a pass that is broken off ends at once and leaves nothing", async () => {
	const other = await database.owner.connect();
	try {
		// As if another pass were under way: this one waits for it.
		await other.query("begin; select pg_advisory_xact_lock(7407)");
		const nightly = duplicatesAtNight(database, ALL_DAY);
		const run = nightly.run();
		const waits = "select from pg_locks where locktype = 'advisory' and objid = 7407 and not granted";
		while ((await database.owner.query(waits)).rowCount === 0) await new Promise((later) => setTimeout(later, 10));
		await nightly.stop();
		await run;
		assert.equal(await passes(), 0);
	} finally {
		await other.query("rollback");
		other.release();
	}
});

test("at night, once a night, and not by day", async () => {
	await duplicatesAtNight(database, NEVER).run();
	assert.equal(await passes(), 0);
	const nightly = duplicatesAtNight(database, ALL_DAY);
	await nightly.run();
	await nightly.run();
	assert.equal(await passes(), 1);
	await nightly.stop();
	const { rows } = await database.owner.query("select detail from app.audit where action = 'members.findDuplicates'");
	assert.equal(rows.length, 1);
});
