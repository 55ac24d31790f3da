import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import type { Work } from "../../db/actor.ts";
import { REPORT_LEVELS, type ReportLevel } from "./rules-periods.ts";
import { approveUnseen } from "./store-decide.ts";
import { makeReports, type ReportUnit, reportUnits } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import type { ReportRow } from "./store-show.ts";
import { makeRows, refuseEarly, submitAll } from "./store-submit.ts";

/** So many reports are made at once: their members are in memory meanwhile, 20 bytes each. */
const AT_ONCE = 400;

/** As what the machine's operator signs for units that did not. */
const SIGNED_AS = "Người vận hành chốt thay";

/**
 * Closes every report of a period that is not approved yet, level by level from below, in one act: signed, approved and locked from the
 * figures of its day. For the machine's operator: a country taken over from paper, a demo, a measurement. Nothing is asked a report.
 */
export async function closeAll(work: Work, input: { periodId?: number; dataUntil?: Day }) {
	const period = await requirePeriod(work, input);
	refuseEarly(period, work.today);
	const closed = await closeReports(work, period, await reportUnits(work, period));
	await work.audit({ action: "reports.closeAll", detail: { period: period.id, closed } });
	return { periodId: period.id, closed };
}

/** Closes the reports of some units that are not approved yet, those below first. Answers how many of each level. */
export async function closeReports(
	work: Work,
	period: Period,
	units: readonly ReportUnit[],
): Promise<Partial<Record<ReportLevel, number>>> {
	const closed: Partial<Record<ReportLevel, number>> = { commune: 0, district: 0, province: 0, centre: 0 };
	for (const level of REPORT_LEVELS.filter((one) => period.levels.includes(one))) {
		const waiting = units.filter(({ kind }) => kind === level);
		closed[level] = 0;
		for (let at = 0; at < waiting.length; at += AT_ONCE)
			closed[level] = (closed[level] ?? 0) + (await closeSome(work, period, waiting.slice(at, at + AT_ONCE)));
	}
	return closed;
}

async function closeSome(work: Work, period: Period, units: ReportUnit[]): Promise<number> {
	await makeRows(work, period, units);
	const rows = await reportsOf(work, period, units);
	const open = units.filter(({ unitId }) => ["draft", "returned"].includes(rows.get(unitId)?.state ?? ""));
	const made = await makeReports(work, period, open);
	await submitAll(
		work,
		period,
		made.map((one) => ({ made: one, report: rows.get(one.unit.unitId) as ReportRow })),
		{ as: SIGNED_AS, reason: "" },
	);
	const submitted = [...(await reportsOf(work, period, units)).values()].filter(({ state }) => state === "submitted");
	if (submitted.length > 0)
		await approveUnseen(work, { reports: submitted.map(({ id, version }) => ({ reportId: id, version })) });
	return submitted.length;
}

async function reportsOf(work: Work, period: Period, units: ReportUnit[]): Promise<Map<number, ReportRow>> {
	const { rows } =
		await sql<ReportRow>`select id, unit_id as "unitId", above_id as "aboveId", period_id as "periodId", state, words, documents,
			copy_id as "copyId", seq, version from app.report
		where period_id = ${period.id} and unit_id = any(${units.map(({ unitId }) => unitId)}::integer[])`.execute(work.db);
	return new Map(rows.map((row) => [row.unitId, row]));
}
