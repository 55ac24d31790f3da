import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireTop } from "../gathering/store-rates.ts";
import type { StoreOf } from "../store-of.ts";
import type { targetsContract } from "./contract.ts";
import { allot, keyOf, shortOf } from "./rules.ts";
import { childrenOf, refuseNoParent } from "./store-children.ts";
import { showProgress } from "./store-progress.ts";
import { setTargets } from "./store-set.ts";
import { showTarget } from "./store-show.ts";

/** Targets handed down level by level that never add up to less than what stands above without saying so (R14, R15, R37). */
export const targets: StoreOf<typeof targetsContract> = {
	terms: listTerms,
	propose,
	set: setTargets,
	progress: showProgress,
	show: showTarget,
};

async function listTerms(work: Work) {
	const { rows } = await sql<{
		id: number;
		level: "centre" | "province" | "district" | "commune";
		name: string;
		from: Day;
		to: Day | null;
		expectedEnd: Day;
	}>`select id, level, name, lower(during)::text as "from", upper(during)::text as "to", expected_end::text as "expectedEnd"
		from app.term order by array_position(array['centre', 'province', 'district', 'commune'], level), lower(during)`.execute(
		work.db,
	);
	return rows;
}

/** What each unit directly below would be given of a total by the women not yet members on a day; nothing is written (R14). */
async function propose(
	work: Work,
	input: {
		unitId?: number;
		unit?: string;
		on?: Day;
		total: number;
		locked?: { unitId: number; target: number }[];
	},
) {
	const on = input.on ?? work.today;
	const top = await requireTop(work, { id: input.unitId, code: input.unit, on });
	refuseNoParent(top);
	const { rows, without } = await childrenOf(work, top, on);
	const fixed = new Map((input.locked ?? []).map(({ unitId, target }) => [unitId, target]));
	const parts = allot(
		input.total,
		rows.map((row) => ({ key: keyOf(row), weight: row.weight, locked: fixed.get(row.unitId) ?? null })),
	);
	const proposed = rows.map((row) => ({
		...row,
		target: parts.get(keyOf(row)) as number,
		locked: fixed.has(row.unitId),
	}));
	const sum = proposed.reduce((total, { target }) => total + target, 0);
	return { on, rows: proposed, sum, short: shortOf(input.total, sum), without };
}
