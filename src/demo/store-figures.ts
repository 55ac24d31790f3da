import type { ClientBase } from "pg";
import { SYSTEM_ID } from "../db/actor.ts";
import type { HeadcountRow } from "./headcounts.ts";
import { DEMO_NOTE } from "./notice.ts";
import { GUIDANCE_DAY, type NewPlace, type Place } from "./place.ts";
import { idsOf } from "./random.ts";
import type { Standing } from "./standing.ts";
import { copyInto } from "./store-copy.ts";
import { ISLAND_DOCUMENT, ISLAND_WOMEN, WOMEN18_SOURCE } from "./women.ts";

/** Writes the official denominators: every old commune's, and those of the đặc khu that have one. */
export async function writePopulations(
	client: ClientBase,
	country: { places: readonly Place[]; newPlaces: readonly NewPlace[] },
	standings: readonly Standing[],
	seed: number,
): Promise<void> {
	const sourceId = await addSource(client);
	const newId = idsOf(seed, "populations");
	const old = country.places.map((place, at) => ({
		unitId: place.id,
		women: (standings[at] as Standing).women,
		document: DEMO_NOTE,
	}));
	const islands = country.newPlaces.flatMap(({ id, key }) =>
		key in ISLAND_WOMEN ? [{ unitId: id, women: ISLAND_WOMEN[key] as number, document: ISLAND_DOCUMENT }] : [],
	);
	await copyInto(
		client,
		"population",
		{
			id: newId,
			source_id: () => sourceId,
			unit_id: (row) => row.unitId,
			women18: (row) => row.women,
			document: (row) => row.document,
			created_by: () => SYSTEM_ID,
		},
		[...old, ...islands],
	);
	await client.query("analyze app.population");
	await client.query("select calc.refresh_denominators()");
}

/** The source of the figures, the official one of the guidance's term. */
async function addSource(client: ClientBase): Promise<number> {
	const { rows } = await client.query(
		`insert into app.population_source (term_id, name, official)
			select id, $1, true from app.term where level = 'centre' and during @> $2::date returning id`,
		[WOMEN18_SOURCE, GUIDANCE_DAY],
	);
	return rows[0].id;
}

/** Writes the headcounts. The ledger is posted by the caller. */
export async function writeHeadcounts(client: ClientBase, rows: readonly HeadcountRow[], seed: number): Promise<void> {
	const newId = idsOf(seed, "headcounts");
	await copyInto(
		client,
		"headcount",
		{
			id: newId,
			unit_id: (row) => row.unitId,
			component: (row) => row.component,
			on_day: (row) => row.on,
			count: (row) => row.count,
			overlap: (row) => row.overlap,
			source: (row) => row.source,
			document: () => DEMO_NOTE,
			created_by: () => SYSTEM_ID,
		},
		rows,
	);
	await client.query("analyze app.headcount");
}
