import pg from "pg";
import type { Day } from "../core/day.ts";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { SYSTEM_ID } from "../db/actor.ts";
import type { Vault } from "../db/vault.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./accounts.ts";
import { DEMO_NOTE } from "./notice.ts";
import { type Plan, planDemo } from "./plan.ts";
import { writeAccounts } from "./store-accounts.ts";
import { writeHeadcounts, writePopulations } from "./store-figures.ts";
import { readCountry } from "./store-places.ts";
import { sealCards, writeRosters, writeUnits } from "./store-roster.ts";

export { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./accounts.ts";

export interface DemoOptions {
	/** Another seed makes another demo; the same one always the same. */
	seed?: number;
	/** The day the demo is made for; otherwise the database's own today. */
	today?: Day;
	/** The share of the women by name that is made; 1 but in tests. */
	scale?: number;
}

/** What was made. */
export interface DemoSummary {
	today: Day;
	communes: number;
	/** Persons on the rosters, men among the honorary included. */
	named: number;
	units: number;
	headcounts: number;
	accounts: number;
	/** How long each part took. */
	milliseconds: Record<string, number>;
}

/** Loading is done under the lock that preparing the database takes, by one process at a time. */
export const PREPARING_LOCK = 7402;

/**
 * Fills a prepared, otherwise empty database with the demo, all or nothing, as its owner. Everything says that it is
 * "Dữ liệu minh họa". Throws `demo.not_empty` where there are members or figures already: a demo is never mixed with real data.
 */
export async function loadDemo(ownerUrl: string, vault: Vault, options: DemoOptions = {}): Promise<DemoSummary> {
	const client = new pg.Client({
		connectionString: ownerUrl,
		options: "-c client_min_messages=warning -c datestyle=ISO,YMD",
	});
	await client.connect();
	try {
		return await inTransaction(client, () => fill(client, vault, options));
	} finally {
		await client.end();
	}
}

async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
	// A demo lost to a power failure is made again: commit does not wait for the disk.
	await client.query(
		"begin; set local role taphop_owner; set local synchronous_commit = off; set local work_mem = '128MB'",
	);
	try {
		const result = await work();
		await client.query("commit");
		return result;
	} catch (error) {
		await client.query("rollback");
		throw error;
	}
}

async function fill(client: pg.ClientBase, vault: Vault, options: DemoOptions): Promise<DemoSummary> {
	const milliseconds: Record<string, number> = {};
	const timed = async <T>(part: string, work: () => T | Promise<T>): Promise<T> => {
		const start = performance.now();
		const result = await work();
		milliseconds[part] = Math.round(performance.now() - start);
		return result;
	};
	await client.query("select pg_advisory_xact_lock($1)", [PREPARING_LOCK]);
	await refuseUnlessEmpty(client);
	const today = await setToday(client, options.today);
	const seed = options.seed ?? 1;
	const country = await timed("country", () => readCountry(client));
	const plan = await timed("plan", () => planDemo(country, { seed, today, scale: options.scale ?? 1 }));
	const units = unitsOf(plan);
	await timed("populations", () => writePopulations(client, country, plan.standings, seed));
	await timed("units", () => writeUnits(client, units));
	await timed("headcounts", () => writeHeadcounts(client, plan.headcounts, seed));
	const cards = await timed("ledger of headcounts", () => postHeadcounts(client, () => sealCards(plan.rosters, vault)));
	await timed("rosters", () => writeRosters(client, plan, cards, seed));
	await timed("ledger of rosters", () => postSpells(client));
	await timed("accounts", () => writeAccounts(client, DEMO_ACCOUNTS, DEMO_PASSWORD, seed));
	await mark(client, { seed, today });
	await timed("statistics", () => client.query("analyze"));
	return {
		today,
		communes: country.places.length,
		named: plan.rosters.reduce((sum, roster) => sum + roster.women.length, 0),
		units: units.length,
		headcounts: plan.headcounts.length,
		accounts: DEMO_ACCOUNTS.length,
		milliseconds,
	};
}

/** Throws `demo.not_empty` where there are members, figures, or units that people made. */
export async function refuseUnlessEmpty(client: pg.ClientBase): Promise<void> {
	const { rows } = await client.query(
		`select exists (select from app.person) or exists (select from app.headcount) or exists (select from app.population)
			or exists (select from app.unit where builtin_key is null) as filled`,
	);
	if (rows[0].filled)
		throw new Problem(
			"demo.not_empty",
			409,
			"Cơ sở dữ liệu đã có dữ liệu. Dữ liệu minh họa chỉ được nạp vào cơ sở dữ liệu còn trống.",
		);
}

/** Fixes today for this transaction, as every function of the ledger will see it. */
async function setToday(client: pg.ClientBase, today: Day | undefined): Promise<Day> {
	await client.query("select set_config('app.today', $1, true)", [today ?? ""]);
	const { rows } = await client.query("select calc.today()::text as today");
	return rows[0].today;
}

function unitsOf(plan: Plan) {
	return [...plan.rosters.flatMap((roster) => roster.branches), ...plan.circles.units];
}

/** Posts all headcounts at once, for none was in the ledger before; `meanwhile` is done while the database works. */
async function postHeadcounts<T>(client: pg.ClientBase, meanwhile: () => T): Promise<T> {
	const [, result] = await Promise.all([client.query("select calc.post_headcounts(null, 1)"), meanwhile()]);
	return result;
}

/** Posts all spells at once, likewise. */
async function postSpells(client: pg.ClientBase): Promise<void> {
	await client.query("analyze app.spell, app.unit_home");
	await client.query("select calc.post_spells((select array_agg(id) from app.spell), 1)");
}

/** Marks the database and leaves an audit row: whoever opens it can see what it is and who made it. */
export async function mark(
	client: pg.ClientBase,
	detail: { seed: number; today: Day; members?: number },
): Promise<void> {
	await client.query("insert into app.setting (name, value) values ('demo', $1)", [
		JSON.stringify({ ...detail, notice: DEMO_NOTE }),
	]);
	await client.query("insert into app.audit (id, account_id, action, detail) values ($1, $2, 'demo.load', $3)", [
		uuidv7(),
		SYSTEM_ID,
		JSON.stringify(detail),
	]);
}
