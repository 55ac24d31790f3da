import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import { totalOf } from "../gathering/rules.ts";
import type { Unit } from "../units/contract.ts";
import type { ReportState } from "./contract.ts";
import { ratesOf } from "./rules-content.ts";
import type { Figures } from "./rules-figures.ts";
import { jumpsOf } from "./rules-jumps.ts";
import { dueOf } from "./rules-periods.ts";
import { basesOf, countsIn, reportUnits } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import { previousOf, type ReportRef, requireReportUnit, toldPeriod, unitIdOf } from "./store-show.ts";

interface Stored {
	unitId: number;
	id: string;
	state: ReportState;
	version: number;
	content: Buffer | null;
	late: boolean | null;
	signedBy: string | null;
	signedAt: string | null;
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
	const top = await requireReportUnit(work, period, ref);
	return { top, units: await reportUnits(work, period, { above: [top.unitId] }) };
}

function isMissing(state: ReportState | undefined): boolean {
	return state === undefined || state === "none" || state === "draft" || state === "returned";
}

function missingIn(content: Buffer): string[] {
	return (JSON.parse(content.toString()) as { missing: { name: string }[] }).missing.map(({ name }) => name);
}

async function storedOf(work: Work, period: Period, ids: number[]): Promise<Map<number, Stored>> {
	const { rows } = await sql<Stored>`select r.unit_id as "unitId", r.id, r.state, r.version,
			case when r.state <> 'returned' then c.content end as content,
			(select x.late from app.report_copy x where x.report_id = r.id order by x.signed_at limit 1) as late,
			calc.account_name(c.signed_by) as "signedBy", c.signed_at as "signedAt",
			(select count(*)::integer from app.report_note n where n.report_id = r.id) as notes
		from app.report r left join app.report_copy c on c.id = r.copy_id
		where r.period_id = ${period.id} and r.unit_id = any(${ids}::integer[])`.execute(work.db);
	return new Map(rows.map((row) => [row.unitId, row]));
}

/**
 * How many reports of each period came in time, late or not at all, by province (the centre's and clusters' picture) or by the units below a province:
 * completeness and timeliness as one table. Units the one acting does not read are not in it.
 */
export async function timeliness(work: Work, input: { periods: number }) {
	const { rows } = await sql<{
		periodId: number;
		unitId: number;
		name: string;
		code: string | null;
		expected: number;
		inTime: number;
		late: number;
		approved: number;
	}>`
		with chosen as materialized (select p.id, p.data_until from app.report_period p where p.opens_on <= ${work.today}::date
			order by p.data_until desc, p.id desc limit ${input.periods})
		select p.id as "periodId", g.unit_id as "unitId", g.name, g.code, count(*)::integer as expected,
			(count(*) filter (where r.state not in ('draft', 'returned') and not c.late))::integer as "inTime",
			(count(*) filter (where r.state not in ('draft', 'returned') and c.late))::integer as late,
			(count(*) filter (where r.seq > 0))::integer as approved
		from chosen p cross join lateral calc.report_units(p.id) u
		join app.territory g on g.unit_id = coalesce(u.province_id, u.unit_id) and g.since <= p.data_until and g.until > p.data_until
		left join app.report r on r.period_id = p.id and r.unit_id = u.unit_id
		-- The first copy says whether it came in time: a correction later on does not make it late.
		left join lateral (select x.late from app.report_copy x where x.report_id = r.id order by x.signed_at limit 1) c on true
		where u.kind <> 'centre'
		group by p.id, p.data_until, g.unit_id, g.name, g.code, g.place order by p.data_until desc, p.id desc, g.place`.execute(
		work.db,
	);
	const { rows: periods } = await sql<{ id: number; name: string }>`select id, name from app.report_period
		where id = any(${[...new Set(rows.map(({ periodId }) => periodId))]}::integer[]) order by data_until desc, id desc`.execute(
		work.db,
	);
	return { periods, rows };
}
