import { addDays, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { readRows } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { readLines } from "../targets/store-lines.ts";
import { countOver } from "../targets/store-progress.ts";
import { requirePeriod, standingsOn } from "../targets/store-standing.ts";
import type { Criterion } from "./contract.ts";
import type { Measure, Reckoned } from "./rules.ts";
import { dayOfYear, type Member } from "./store-round.ts";

/** What the figures say of each member for each measure that a round asks for; live until the year is published. */
export async function reckonAll(
	work: Work,
	clusterId: number,
	year: number,
	criteria: readonly Criterion[],
	members: readonly Member[],
): Promise<Map<number, Partial<Record<Measure, Reckoned>>>> {
	const on = dayOfYear(year, work.today);
	const asked = new Set(criteria.map(({ measure }) => measure));
	asked.delete("self");
	const found = new Map<number, Partial<Record<Measure, Reckoned>>>(members.map(({ unitId }) => [unitId, {}]));
	if (asked.size === 0 || members.length === 0) return found;
	// A province reads itself, not its cluster.
	const top = members.length === 1 ? (members[0] as Member).unitId : clusterId;
	const rows = await readRows(work, { on, map: null }, ["province", "district", "commune"], top);
	const now = new Map(rows.map((row) => [row.id, row]));
	const over = countOver(now);
	const net = asked.has("net_vs_target") ? await netOf(work, top, year, on) : new Map<number, number>();
	const [members60, membersNet] = [
		await targetsOf(work, "communes_over_60", year, on),
		await targetsOf(work, "net_new_members", year, on),
	];
	for (const { unitId } of members) {
		const row = now.get(unitId);
		if (!row) continue;
		found.set(unitId, {
			net_vs_target: { achieved: net.get(unitId) ?? 0, whole: membersNet.get(unitId) ?? null },
			over_60_vs_target: { achieved: over.get(unitId) ?? 0, whole: members60.get(unitId) ?? null },
			completeness: { achieved: row.parts.roster, whole: row.parts.roster + row.parts.unlisted },
		});
	}
	return found;
}

/** Members who came on top since the evening before the year, of each province at or below `top`. */
async function netOf(work: Work, top: number, year: number, on: Day): Promise<Map<number, number>> {
	const begins = `${year}-01-01` < FIRST_DAY ? FIRST_DAY : `${year}-01-01`;
	const net = new Map<number, number>();
	for (const { provinceId, unitId, kind, members } of await readLines(work, [begins, addDays(on, 1)], on, top, false)) {
		const province = kind === "province" ? unitId : provinceId;
		if (province === null) continue;
		net.set(province, (net.get(province) ?? 0) + (members[1] as number) - (members[0] as number));
	}
	return net;
}

async function targetsOf(work: Work, kind: "net_new_members" | "communes_over_60", year: number, on: Day) {
	const which = { kind, name: "", year };
	const standings = await standingsOn(work, which, await requirePeriod(work, which, on), on);
	return new Map([...standings].map(([unitId, { value }]) => [unitId, value]));
}
