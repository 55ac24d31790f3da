import { sql } from "kysely";
import { addMonths, type Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { listRates } from "../gathering/store-rates.ts";
import type { ReportState } from "./contract.ts";
import type { ReportHead } from "./rules-content.ts";
import { PLANNED_COMMUNES } from "./rules-periods.ts";
import { countsIn, type ReportUnit, reportUnits } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import { unitIdOf } from "./store-show.ts";

/** The year a plan is for: that of the day half a year after its data. */
export function yearOfPlan({ dataUntil }: { dataUntil: Day }): number {
	return Number(addMonths(dataUntil, 6).slice(0, 4));
}

/**
 * What provinces plan for a year (R35), how many communes are to pass 60 % in it, and what has come of it: communes over 60 % then and
 * now under the same units, the approved report of the year before the figures of today. Without a year the latest plan.
 */
export async function plans(work: Work, input: { year?: number }) {
	const period = await findPlan(work, input.year);
	if (!period) return { year: input.year ?? Number(work.today.slice(0, 4)), periodId: null, on: work.today, rows: [] };
	const year = yearOfPlan(period);
	const end = `${year}-12-31` < work.today ? `${year}-12-31` : work.today;
	// A plan made in autumn begins with its year all the same.
	const begin = [period.dataUntil, `${year - 1}-12-31`].sort().at(-1) as Day;
	const units = await reportUnits(work, period);
	const said = await plannedBy(work, period);
	const [then, now, reported] = [
		await overBy(work, begin < end ? begin : end, end),
		await overBy(work, end, end),
		await reportedBy(work, begin, `${year}-12-31`),
	];
	return {
		year,
		periodId: period.id,
		on: end,
		rows: units
			.filter(({ kind }) => kind === "province")
			.map((unit) => rowOf(unit, { ...said.get(unit.unitId), then, now, reported: reported.get(unit.unitId) })),
	};
}

interface Said {
	state?: ReportState;
	planned?: number | null;
}

function rowOf(
	{ unitId, code, name }: ReportUnit,
	{
		state = "none",
		planned = null,
		then,
		now,
		reported,
	}: Said & {
		then: Map<number, number>;
		now: Map<number, number>;
		reported: { over: number; name: string } | undefined;
	},
) {
	const before = then.get(unitId) ?? null;
	const over = reported?.over ?? now.get(unitId) ?? null;
	return {
		unitId,
		code,
		name,
		state,
		planned,
		before,
		over,
		/** The approved report the count is of; null: of today, "tạm tính". */
		from: reported?.name ?? null,
		passed: before === null || over === null ? null : over - before,
	};
}

async function findPlan(work: Work, year: number | undefined): Promise<Period | null> {
	const { rows } = await sql<{
		id: number;
		dataUntil: Day;
	}>`select id, data_until::text as "dataUntil" from app.report_period
		where kind = 'plan' and opens_on <= ${work.today}::date order by data_until desc, id desc`.execute(work.db);
	const found = rows.find((row) => year === undefined || yearOfPlan(row) === year);
	return found ? requirePeriod(work, { periodId: found.id }) : null;
}

/** What each province has sent: the approved plan, else the one that waits; a draft is its own. */
async function plannedBy(work: Work, period: Period): Promise<Map<number, Said>> {
	const { rows } = await sql<{ unitId: number; state: ReportState; content: Buffer | null }>`
		select r.unit_id as "unitId", r.state, c.content from app.report r
		left join app.report_frozen f on f.report_id = r.id and f.seq = r.seq
		left join app.report_copy c on c.id = coalesce(f.copy_id, case when r.state = 'submitted' then r.copy_id end)
		where r.period_id = ${period.id}`.execute(work.db);
	return new Map(rows.map(({ unitId, state, content }) => [unitId, { state, planned: content && plannedIn(content) }]));
}

function plannedIn(content: Buffer): number | null {
	const { words } = JSON.parse(content.toString()) as ReportHead;
	const answer = words.find(({ key }) => key === PLANNED_COMMUNES)?.answer ?? "";
	return answer === "" ? null : Number(answer);
}

/** How many communes of each province are over 60 % on a day, under the units of another. */
async function overBy(work: Work, on: Day, map: Day): Promise<Map<number, number>> {
	const unitId = await unitIdOf(work, { dataUntil: map }, undefined);
	const rows = await listRates(work, { on, map, unitId, level: "commune", class: "over" });
	const { rows: homes } = await sql<{
		id: number;
		provinceId: number;
	}>`select unit_id as id, province_id as "provinceId" from app.territory
		where kind in ('commune', 'province') and since <= ${map}::date and until > ${map}::date`.execute(work.db);
	const provinceOf = new Map(homes.map(({ id, provinceId }) => [id, provinceId]));
	// A province none of whose communes has passed stands with nought.
	const counts = new Map(homes.filter(({ id, provinceId }) => id === provinceId).map(({ id }) => [id, 0]));
	for (const { id } of rows) {
		const province = provinceOf.get(id);
		if (province !== undefined) counts.set(province, (counts.get(province) ?? 0) + 1);
	}
	return counts;
}

/** The communes over 60 % in the last approved report of the year that is made of communes' reports. */
async function reportedBy(work: Work, begin: Day, end: Day): Promise<Map<number, { over: number; name: string }>> {
	const { rows } = await sql<{ unitId: number; name: string; content: Buffer }>`
		select distinct on (r.unit_id) r.unit_id as "unitId", p.name, c.content
		from app.report r join app.report_period p on p.id = r.period_id and p.kind <> 'plan' and 'commune' = any(p.levels)
			join app.unit u on u.id = r.unit_id and u.kind = 'province'
		join app.report_frozen f on f.report_id = r.id and f.seq = r.seq join app.report_copy c on c.id = f.copy_id
		where p.data_until > ${begin}::date and p.data_until <= ${end}::date
		order by r.unit_id, p.data_until desc, p.id desc`.execute(work.db);
	return new Map(
		rows.flatMap(({ unitId, name, content }) => {
			const over = countsIn(content).communes_over;
			return over === null || over === undefined ? [] : [[unitId, { over, name }] as const];
		}),
	);
}
