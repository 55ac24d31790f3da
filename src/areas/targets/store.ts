import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { requireTop } from "../gathering/store-rates.ts";
import type { StoreOf } from "../store-of.ts";
import type { targetsContract } from "./contract.ts";
import { allot, keyOf, shortOf } from "./rules.ts";
import { listFree, recordAchieved, showAchieved } from "./store-achieved.ts";
import { childrenOf, refuseNoParent } from "./store-children.ts";
import { showForecast } from "./store-forecast.ts";
import { showProgress } from "./store-progress.ts";
import { setTargets } from "./store-set.ts";
import { showTarget } from "./store-show.ts";
import { beginTerm, listTerms } from "./store-terms.ts";

/** Targets handed down level by level that never add up to less than what stands above without saying so (R14, R15, R37). */
export const targets: StoreOf<typeof targetsContract> = {
	terms: listTerms,
	beginTerm,
	record: recordAchieved,
	achieved: showAchieved,
	free: listFree,
	propose,
	set: setTargets,
	progress: showProgress,
	forecast: showForecast,
	show: showTarget,
};

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
	const changed = on < work.today ? changesSince(rows, (await childrenOf(work, top, work.today)).rows) : null;
	return { on, rows: proposed, sum, short: shortOf(input.total, sum), without, changed };
}

interface Weighed {
	unitId: number;
	weight: number;
}

/** By how much today's weights are others than those of the proposal's day: units that came or went since count, too. */
function changesSince(then: readonly Weighed[], today: readonly Weighed[]) {
	const now = new Map(today.map(({ unitId, weight }) => [unitId, weight]));
	const gone = then.filter(({ unitId, weight }) => now.get(unitId) !== weight).length;
	const stood = new Set(then.map(({ unitId }) => unitId));
	const weightOf = (rows: readonly Weighed[]) => rows.reduce((sum, { weight }) => sum + weight, 0);
	return {
		rows: gone + today.filter(({ unitId }) => !stood.has(unitId)).length,
		weight: weightOf(then),
		weightToday: weightOf(today),
	};
}
