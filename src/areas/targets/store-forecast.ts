import type { Day } from "../../core/day.ts";
import { classOf } from "../../core/rate.ts";
import type { Work } from "../../db/actor.ts";
import type { RateRow } from "../gathering/contract.ts";
import { isAtOrBelow } from "../gathering/rules.ts";
import { readRows } from "../gathering/store-rates.ts";
import { FIRST_DAY } from "../headcounts/rules.ts";
import { hasTargets } from "./rules.ts";
import {
	addSteps,
	checkYears,
	type Forecast,
	forecastAll,
	type History,
	halfYearDays,
	type Step,
	stepsOf,
	stretchesAhead,
} from "./rules-forecast.ts";
import { type LineRow, readLines } from "./store-lines.ts";
import { LEVELS, lastDayOf } from "./store-progress.ts";
import { requireTargeted } from "./store-show.ts";
import { requirePeriod, type Which } from "./store-standing.ts";

/**
 * What is expected by the end of the period, with an interval, and which communes would not be over 60 % (R14, R15): from the half-years
 * behind each unit (rules-forecast.ts), read under the units of the day (R38). With it how the same rule did on the years that are over. A
 * unit is left out of `units` where less than a year is known of it.
 */
export async function showForecast(work: Work, input: Which & { unitId?: number; unit?: string; on?: Day }) {
	const map = input.on ?? work.today;
	const { unit } = await requireTargeted(work, input, map);
	const period = await requirePeriod(work, input, map);
	const on = lastDayOf(period, map);
	const levels = LEVELS.filter((level) => isAtOrBelow(level, unit.kind));
	const now = new Map((await readRows(work, { on, map: null }, levels, unit.id)).map((row) => [row.id, row]));
	const days = halfYearDays(FIRST_DAY, on);
	const stretches = stretchesAhead(on, period.end);
	const lines = await readLines(work, days, on, unit.id, true);
	const communes = communeHistories(lines, now);
	const above = [...now.values()].filter(
		(row) => row.id === unit.id || (row.parentId === unit.id && hasTargets(row.kind)),
	);
	const firstSeason = days[0]?.slice(5, 7) === "07" ? 1 : 0;
	const forecasts = new Map([
		...forecastAll(communes, stretches, firstSeason),
		...forecastAll(sumHistories(above, lines), stretches, firstSeason),
	]);
	const isCommune = unit.kind === "commune";
	const known = [...now.values()].filter(({ kind, women18 }) => kind === "commune" && women18 !== null);
	return {
		on,
		end: period.end,
		units: above.flatMap(({ id }) => {
			const found = forecasts.get(String(id));
			return found ? [{ unitId: id, ...found }] : [];
		}),
		estimated: lines.some((line) => line.estimated),
		passing: passingOf(known, now, forecasts),
		check: shownCheck(
			checkYears(isCommune ? communes : sumHistories([now.get(unit.id) as RateRow], lines), days),
			unit.id,
		),
		communesCheck: shownCheck(checkYears(communes, days), unit.id),
	};
}

/** Each commune among its likes: those of its province, phường apart from xã. Those she may not read stand without a name. */
export function communeHistories(
	lines: readonly LineRow[],
	now: ReadonlyMap<number, Pick<RateRow, "members">>,
): History[] {
	return lines.flatMap(({ unitId, kind, provinceId, ward, members, unlisted }, at) => {
		if (kind !== "commune") return [];
		const mine = unitId === null ? undefined : now.get(unitId);
		return [
			{
				key: mine ? String(unitId) : `like ${at}`,
				likes: `${provinceId} ${ward ? "phường" : "xã"}`,
				steps: stepsOf(members, unlisted),
				now: mine?.members ?? members.at(-1) ?? 0,
			},
		];
	});
}

/** Units above the communes: all that stands below them together, each compared with itself alone. */
function sumHistories(above: readonly RateRow[], lines: readonly LineRow[]): History[] {
	const steps = new Map<LineRow, (Step | null)[]>(lines.map((line) => [line, stepsOf(line.members, line.unlisted)]));
	return above
		.filter(({ kind }) => kind !== "commune")
		.map(({ id, kind, members }) => ({
			key: String(id),
			likes: String(id),
			steps: addSteps(
				lines
					.filter((line) => kind === "centre" || line.unitId === id || line.provinceId === id || line.districtId === id)
					.map((line) => steps.get(line) as (Step | null)[]),
			),
			now: members,
		}));
}

/** Communes not over 60 % now that would not be at the end, and how sure that is; a commune without a forecast is `unknown`. */
function passingOf(
	communes: readonly RateRow[],
	now: ReadonlyMap<number, RateRow>,
	forecasts: ReadonlyMap<string, Forecast>,
) {
	const counts = { known: communes.length, over: 0, expected: 0, certain: 0, possible: 0, unknown: 0 };
	const not = communes.flatMap(({ id, code, name, parentId, members, women18, missing, class: cls }) => {
		if (cls === "over") counts.over += 1;
		const found = forecasts.get(String(id));
		const women = women18 as number;
		const passes = (net: number) => classOf(members + net, women) === "over";
		if (!found) {
			counts.unknown += 1;
			return [];
		}
		const { net, low, high } = found;
		if (passes(net)) counts.expected += 1;
		if (low !== null && passes(low)) counts.certain += 1;
		if (high !== null && passes(high)) counts.possible += 1;
		if (passes(net)) return [];
		return [
			{
				unitId: id,
				code,
				name,
				parent: parentId === null ? "" : (now.get(parentId)?.name ?? ""),
				members,
				women18: women,
				missing: missing ?? 0,
				expected: members + net,
				low: low === null ? null : members + low,
				high: high === null ? null : members + high,
				possible: high !== null && passes(high),
			},
		];
	});
	return { ...counts, not };
}

function shownCheck({ own, ...check }: ReturnType<typeof checkYears>, id: number) {
	return { ...check, own: own.get(String(id)) ?? null };
}
