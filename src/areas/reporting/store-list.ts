import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import { totalOf } from "../gathering/rules.ts";
import type { Unit } from "../units/contract.ts";
import { requireUnit } from "../units/store-reading.ts";
import type { ReportState } from "./contract.ts";
import { ratesOf } from "./rules-content.ts";
import type { Figures } from "./rules-figures.ts";
import { jumpsOf } from "./rules-jumps.ts";
import { dueOf } from "./rules-periods.ts";
import type { Signal } from "./rules-signals.ts";
import { basesOf, countsIn, missingIn, reportUnits } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import { previousOf } from "./store-previous.ts";
import { type ReportRef, requireReportUnit, toldPeriod, unitIdOf } from "./store-show.ts";

interface Stored {
	unitId: number;
	id: string;
	state: ReportState;
	version: number;
	content: Buffer | null;
	late: boolean | null;
	signedBy: string | null;
	signedAt: string | null;
	signals: Signal[] | null;
	notes: number;
}

/**
 * The reports of the units that report to one, with what jumps in each: who is missing, who waits to be looked at. Of whoever has not
 * submitted the ledger's total of the day stands there ("tạm tính").
 */
export async function listReports(work: Work, ref: ReportRef) {
	const period = await requirePeriod(work, ref);
	const { top, units } = await requireBelow(work, period, ref);
	const ids = units.map(({ unitId }) => unitId);
	const stored = await storedOf(work, period, ids);
	const previous = await previousOf(work, period, ids);
	const bases = await basesOf(
		work,
		ids.filter((id) => !stored.get(id)?.content),
		period.dataUntil,
	);
	const { rows: may } = await sql<{ approve: boolean }>`
		select calc.sees_all('reports.approve') or calc.may_close_reports(${top.unitId}) as approve`.execute(work.db);
	return {
		period: toldPeriod(period, top),
		unit: { unitId: top.unitId, code: top.code, name: top.name, kind: top.kind },
		due: units[0] ? dueOf(period, units[0].kind) : null,
		mayApprove: may[0].approve,
		rows: units.map((unit) => {
			const report = stored.get(unit.unitId);
			const base = bases.get(unit.unitId);
			const counts: Figures = report?.content
				? countsIn(report.content)
				: { members: base ? totalOf(base) : null, women18: base?.women18 ?? null };
			const before = previous.get(unit.unitId) ?? null;
			const { rate, class: cls } = ratesOf(unit.kind, counts);
			return {
				unitId: unit.unitId,
				code: unit.code,
				name: unit.name,
				kind: unit.kind,
				reportId: report?.id ?? null,
				state: report?.state ?? ("none" as const),
				version: report?.version ?? 0,
				isOverdue: isMissing(report?.state) && work.today > dueOf(period, unit.kind),
				late: report?.late ?? false,
				signedBy: report?.signedBy ?? null,
				signedAt: report?.signedAt ?? null,
				members: counts.members ?? null,
				women18: counts.women18 ?? null,
				before: before?.counts.members ?? null,
				rate,
				class: cls,
				jumps: report?.content ? jumpsOf(counts, before) : [],
				signals: report?.content ? (report.signals ?? []) : [],
				/** Named as missing in what it submitted. */
				missing: report?.content ? missingIn(report.content) : [],
				notes: report?.notes ?? 0,
			};
		}),
	};
}

/** A unit and those that report to it; of a cluster, which reads along, its provinces. */
async function requireBelow(work: Work, period: Period, ref: ReportRef) {
	const unitId = ref.unitId ?? (await unitIdOf(work, period, ref.unit));
	const { rows: clusters } = await sql<Pick<Unit, "code" | "name"> & { provinceIds: number[] }>`
		select s.code, s.name, array_agg(c.province_id) as "provinceIds" from app.unit_spell s join app.cluster_province c on c.cluster_id = s.unit_id
		where s.unit_id = ${unitId} and s.during @> ${work.today}::date and c.during @> ${period.dataUntil}::date
			and calc.may_at('reports.read', s.unit_id) group by s.code, s.name`.execute(work.db);
	const [cluster] = clusters;
	if (cluster) {
		const units = await reportUnits(work, period, { ids: cluster.provinceIds });
		return { top: { unitId, code: cluster.code, name: cluster.name, kind: "cluster" as const }, units };
	}
	// Whoever reports nothing itself in this period may still receive reports: the centre the plans of provinces, an ad hoc report.
	const units = await reportUnits(work, period, { above: [unitId] });
	const [reporting] = units.length > 0 ? await reportUnits(work, period, { ids: [unitId] }) : [];
	const { rows: may } = await sql<{
		read: boolean;
	}>`select calc.may_at('reports.read', ${unitId}::integer) as read`.execute(work.db);
	if (units.length > 0 && !reporting && may[0].read) {
		const { code, name, kind } = await requireUnit(work, { id: unitId, on: period.dataUntil });
		return { top: { unitId, code, name, kind }, units };
	}
	return { top: reporting ?? (await requireReportUnit(work, period, ref)), units };
}

function isMissing(state: ReportState | undefined): boolean {
	return state === undefined || state === "none" || state === "draft" || state === "returned";
}

async function storedOf(work: Work, period: Period, ids: number[]): Promise<Map<number, Stored>> {
	const { rows } = await sql<Stored>`select r.unit_id as "unitId", r.id, r.state, r.version,
			case when r.state <> 'returned' then c.content end as content,
			(select x.late from app.report_copy x where x.report_id = r.id order by x.signed_at limit 1) as late,
			calc.account_name(c.signed_by) as "signedBy", c.signed_at as "signedAt", c.signals,
			(select count(*)::integer from app.report_note n where n.report_id = r.id) as notes
		from app.report r left join app.report_copy c on c.id = r.copy_id
		where r.period_id = ${period.id} and r.unit_id = any(${ids}::integer[])`.execute(work.db);
	return new Map(rows.map((row) => [row.unitId, row]));
}
