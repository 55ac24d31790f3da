import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import type { StoreOf } from "../store-of.ts";
import type { gatheringContract } from "./contract.ts";
import { explainRate } from "./store-explain.ts";
import { classShares, overview, trend } from "./store-overview.ts";
import { listRates } from "./store-rates.ts";

/** How many of its women each unit has gathered, on any day, at every level (R1–R7, R47). */
export const gathering: StoreOf<typeof gatheringContract> = {
	rates: listRates,
	overview,
	trend,
	classShares,
	explain: explainRate,
	verify: (work) => verifyLedger(work),
};

const SAMPLES = 20;

/** Recounts everything from the rows and compares it with what is derived: the number of differences and the first of them. */
async function verifyLedger(work: Work) {
	const { rows } = await sql<{
		differences: number;
		spells: number;
		headcounts: number;
		entries: number;
		samples: {
			what: string;
			unitId: number;
			component: number;
			day: string;
			ledger: number | null;
			rows: number | null;
		}[];
	}>`with found as materialized (select row_number() over () as n, v.* from calc.verify() v)
		select (select count(*) from found) as differences, t.spells, t.headcounts, t.entries,
			coalesce((select jsonb_agg(jsonb_build_object('what', what, 'unitId', coalesce(unit_id, 0), 'component', coalesce(component, 0),
				'day', day, 'ledger', ledger, 'rows', rows) order by n) from found where n <= ${SAMPLES}), '[]') as samples
		from calc.ledger_size() t`.execute(work.db);
	const { differences, samples, ...checked } = rows[0];
	return { differences, checked, samples };
}
