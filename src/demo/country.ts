import type pg from "pg";
import { epochDays } from "../core/day.ts";
import type { Vault } from "../db/vault.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./accounts.ts";
import { COUNTRY_DAY, type CountryPlace, type CountryPlan, planCountry } from "./country-plan.ts";
import { COUNTRY_TABLES, type CountryTable } from "./country-rows.ts";
import type { Made } from "./country-worker.ts";
import { makeCommunes } from "./country-workers.ts";
import { mark, PREPARING_LOCK, refuseUnlessEmpty } from "./demo.ts";
import { FIGURE_DAYS, headcountsOf } from "./headcounts.ts";
import type { Country } from "./plan.ts";
import { writeAccounts } from "./store-accounts.ts";
import { writeBranches } from "./store-branches.ts";
import { type Filling, fill, fillWith, openOwner, putOn, takeOff } from "./store-bulk.ts";
import { writeHeadcounts, writePopulations } from "./store-figures.ts";
import { readCountry } from "./store-places.ts";

export interface CountryOptions {
	members: number;
	/** The same seed always makes the same country. */
	seed: number;
	/** Memory for building one index. */
	memoryMegabytes?: number;
	say?(line: string): void;
}

/** What was made, and how long each part took. */
export interface CountrySummary {
	communes: number;
	members: number;
	units: number;
	headcounts: number;
	seconds: Record<string, number>;
}

/** Batches of about so many women: enough work for a message, little memory. */
const BATCH = 10_000;

/** What is filled without its indexes. The ledger is, too: it is written once, whole. */
const BARE = [...(Object.keys(COUNTRY_TABLES) as CountryTable[]).filter((table) => table !== "entry"), "day_delta"];

/**
 * Fills a prepared, otherwise empty database with a synthetic country of so many women by name, in every commune, as its owner.
 * Everything is fixed by the seed but the seals on the IDs. Throws `demo.not_empty` where there is anything already. Not one
 * transaction: when it is broken off, the database is to be thrown away.
 */
export async function loadCountry(ownerUrl: string, vault: Vault, options: CountryOptions): Promise<CountrySummary> {
	const client = await openOwner(ownerUrl, "-c work_mem=256MB");
	const seconds: Record<string, number> = {};
	const timed = async <T>(part: string, work: () => T | Promise<T>): Promise<T> => {
		const start = performance.now();
		const result = await work();
		seconds[part] = Math.round((performance.now() - start) / 10) / 100;
		options.say?.(`${part}: ${seconds[part]} s`);
		return result;
	};
	try {
		await client.query("select pg_advisory_lock($1)", [PREPARING_LOCK]);
		await refuseUnlessEmpty(client);
		const country = await readCountry(client);
		const plan = await timed("plan", () => planCountry(country, options));
		const memory = options.memoryMegabytes ?? 1024;
		await timed("populations", () =>
			inTransaction(client, () => writePopulations(client, country, plan.standings, options.seed)),
		);
		await timed("units", () => writeBranches(client, ownerUrl, plan.units, memory));
		const taken = await takeOff(client, BARE);
		const named = await timed("members", () => writeMembers(ownerUrl, client, vault, plan, options.seed));
		await timed("names", () =>
			client.query("insert into app.person_name (sort_key) select distinct sort_key from app.spell order by 1"),
		);
		const headcounts = await timed("headcounts", () => writeFigures(client, country, plan, named, options.seed));
		await timed("ledger", () => client.query("select calc.fill_ledger()"));
		await timed("indexes", () => putOn(ownerUrl, taken, memory));
		await timed("accounts", () => inTransaction(client, () => writeSignIns(client, options)));
		await timed("statistics", () => client.query("analyze"));
		await remember(client, { members: options.members, seed: options.seed, seconds });
		return {
			communes: plan.places.length,
			members: options.members,
			units: plan.units.length,
			headcounts,
			seconds,
		};
	} finally {
		await client.end();
	}
}

async function inTransaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
	await client.query("begin");
	try {
		const result = await work();
		await client.query("commit");
		return result;
	} catch (error) {
		await client.query("rollback");
		throw error;
	}
}

/** Writes the members and answers how many of them count in each commune on each of {@link FIGURE_DAYS}. */
async function writeMembers(
	ownerUrl: string,
	client: pg.ClientBase,
	vault: Vault,
	plan: CountryPlan,
	seed: number,
): Promise<Int32Array> {
	const days = FIGURE_DAYS.map(epochDays);
	const named = new Int32Array(plan.places.length * days.length);
	await client.query("create temp table ledger_entry (unit_id integer, component smallint, day date, delta integer)");
	const fillings = await openFillings(ownerUrl, client);
	const start = { seed, atlas: plan.atlas, key: vault.exportKey(), days };
	try {
		await makeCommunes(start, batchesOf(plan.places), async (made, batch) => {
			addNamed(named, made, batch, days);
			await Promise.all(made.tables.map(([table, bytes]) => (fillings.get(table) as Filling).write(bytes)));
		});
		await Promise.all([...fillings.values()].map((filling) => filling.end()));
	} catch (error) {
		await Promise.allSettled([...fillings.values()].map((filling) => filling.abandon()));
		throw error;
	}
	return named;
}

async function openFillings(ownerUrl: string, client: pg.ClientBase): Promise<Map<CountryTable, Filling>> {
	const fillings = new Map<CountryTable, Filling>();
	for (const [table, columns] of Object.entries(COUNTRY_TABLES) as [CountryTable, string][])
		if (table !== "entry") fillings.set(table, await fill(ownerUrl, table, columns));
	const entries = fillWith(client, `pg_temp.ledger_entry (${COUNTRY_TABLES.entry}) from stdin (format binary)`);
	fillings.set("entry", { ...entries, abandon: async () => void entries.stream.destroy() });
	return fillings;
}

function batchesOf(places: readonly CountryPlace[]): CountryPlace[][] {
	const batches: CountryPlace[][] = [];
	let room = 0;
	for (const place of places) {
		if (room <= 0) {
			batches.push([]);
			room = BATCH;
		}
		(batches.at(-1) as CountryPlace[]).push(place);
		room -= place.size + 50;
	}
	return batches;
}

function addNamed(named: Int32Array, made: Made, batch: readonly CountryPlace[], days: readonly number[]): void {
	made.named.forEach((counts, at) => {
		const from = (batch[at] as CountryPlace).at * days.length;
		counts.forEach((count, day) => {
			(named[from + day] as number) += count;
		});
	});
	for (let i = 0; i < made.far.length; i += 3) {
		const [place, on, change] = made.far.slice(i, i + 3) as [number, number, number];
		for (let day = 0; day < days.length; day++)
			if (on <= (days[day] as number)) (named[place * days.length + day] as number) += change;
	}
}

/** Headcounts: what its members by name and other organisations leave of each commune's standing, without names. */
async function writeFigures(
	client: pg.ClientBase,
	country: Country,
	plan: CountryPlan,
	named: Int32Array,
	seed: number,
): Promise<number> {
	const at = new Map(plan.places.map((one) => [one.place.id, one.at]));
	const headcounts = headcountsOf(
		{
			...country,
			standings: plan.standings,
			namedOn: (place, day) =>
				named[(at.get(place.id) as number) * FIGURE_DAYS.length + FIGURE_DAYS.indexOf(day)] as number,
			inFull: () => false,
			namesMayExceed: true,
		},
		COUNTRY_DAY,
		seed,
	);
	await inTransaction(client, async () => {
		await writeHeadcounts(client, headcounts, seed);
		await client.query(
			`insert into pg_temp.ledger_entry (unit_id, component, day, delta)
				select unit_id, component, day, delta from calc.headcount_entries(null)`,
		);
	});
	return headcounts.length;
}

/** Keeps how long it took where it is measured: see bench/country.ts. */
async function remember(client: pg.ClientBase, value: object): Promise<void> {
	await client.query("insert into app.setting (name, value) values ('country', $1)", [JSON.stringify(value)]);
}

async function writeSignIns(client: pg.ClientBase, options: CountryOptions): Promise<void> {
	await writeAccounts(client, DEMO_ACCOUNTS, DEMO_PASSWORD, options.seed);
	await mark(client, { seed: options.seed, today: COUNTRY_DAY, members: options.members });
}
