import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { requireUnit } from "../units/store-reading.ts";
import { isBalanced, ratesOf } from "./rules-content.ts";
import { jumpsOf } from "./rules-jumps.ts";
import { dueOf, type PeriodKind } from "./rules-periods.ts";
import type { Signal } from "./rules-signals.ts";
import { countsIn, type Made, makeReports, type ReportUnit, reportUnits } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import { previousOf } from "./store-previous.ts";
import { signalsIn } from "./store-signals.ts";

export interface ReportRef {
	periodId?: number;
	dataUntil?: Day;
	/** Of several periods with one last day: of which kind. */
	periodKind?: PeriodKind;
	unitId?: number;
	unit?: string;
}

/** A report's row, as it stands. */
export interface ReportRow {
	id: string;
	unitId: number;
	aboveId: number;
	periodId: number;
	state: "draft" | "submitted" | "returned" | "locked" | "restating";
	words: Record<string, string>;
	documents: string[];
	copyId: string | null;
	seq: number;
	version: number;
}

/** The unit of a report among those that report in the period; another one is a Problem that says so. */
export async function requireReportUnit(work: Work, period: Period, ref: ReportRef): Promise<ReportUnit> {
	const unitId = ref.unitId ?? (await unitIdOf(work, period, ref.unit));
	const [unit] = await reportUnits(work, period, { ids: [unitId] });
	if (unit) return unit;
	const { rows } = await sql<{
		reads: boolean;
	}>`select calc.may_at('reports.read', ${unitId}::integer) as reads`.execute(work.db);
	if (!rows[0].reads)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền xem báo cáo của đơn vị này.");
	throw new Problem("report.no_report", 422, "Đơn vị này không phải gửi báo cáo trong kỳ đã chọn.", { field: "unit" });
}

/** Without a unit: that of the one acting, or for which she acts. */
export async function unitIdOf(
	work: Work,
	period: Pick<Period, "dataUntil">,
	code: string | undefined,
): Promise<number> {
	if (code !== undefined) return (await requireUnit(work, { code, on: period.dataUntil })).id;
	const { rows } = await sql<{ unitId: number }>`select coalesce(${work.actingFor}::integer, unit_id) as "unitId"
		from app.account where id = calc.account_id()`.execute(work.db);
	return rows[0].unitId;
}

export async function findReport(work: Work, periodId: number, unitId: number): Promise<ReportRow | null> {
	const { rows } =
		await sql<ReportRow>`select id, unit_id as "unitId", above_id as "aboveId", period_id as "periodId", state, words, documents,
			copy_id as "copyId", seq, version from app.report where period_id = ${periodId} and unit_id = ${unitId}`.execute(
			work.db,
		);
	return rows[0] ?? null;
}

/**
 * A unit's report of a period: what its figures are now ("tạm tính") beside what was submitted, what is frozen ("đã chốt") and the last
 * period's, with a mark where they jump; who below is missing in it; and what the one looking may do.
 */
export async function showReport(work: Work, ref: ReportRef) {
	const period = await requirePeriod(work, ref);
	const unit = await requireReportUnit(work, period, ref);
	const report = await findReport(work, period.id, unit.unitId);
	const [made] = (await makeReports(work, period, [unit])) as [Made];
	const previous = (await previousOf(work, period, [unit.unitId])).get(unit.unitId) ?? null;
	const copy = report?.copyId ? await copyOf(work, report.copyId) : null;
	const { state, version, words, documents, seq, id } = report ?? NO_REPORT;
	return {
		period: toldPeriod(period, unit),
		unit: { unitId: unit.unitId, code: unit.code, name: unit.name, kind: unit.kind },
		above: unit.aboveId === unit.unitId ? null : { unitId: unit.aboveId, name: unit.above },
		report: { id, state, version, words, documents, seq },
		keys: made.inputs.head.keys,
		questions: period.form.questions,
		live: {
			counts: made.counts,
			seen: made.seen,
			...ratesOf(unit.kind, made.counts),
			balanced: isBalanced(made.counts),
			jumps: jumpsOf(made.counts, previous),
			signals: (await signalsIn(work, period, [made])).get(unit.unitId) ?? [],
			denominator: made.inputs.head.denominator,
		},
		submitted: state === "submitted" || state === "restating" ? copy : null,
		frozen: report ? await frozenOf(work, report.id) : [],
		previous,
		missing: made.missing.map(({ unitId, code, name }) => ({ unitId, code, name })),
		expected: made.below.length + made.missing.length,
		corrected: await correctedBelow(work, report, made),
		notes: report ? await notesOf(work, report.id) : [],
		may: await mayDo(work, period, unit, report),
	};
}

const NO_REPORT = { id: null, state: "none" as const, version: 0, words: {}, documents: [], seq: 0 };

export function toldPeriod(period: Period, unit: { kind: string }) {
	const { id, kind, name, opensOn, from, dataUntil, closed } = period;
	return { id, kind, name, opensOn, from, dataUntil, closed, due: dueOf(period, unit.kind) };
}

/** What was submitted last: its figures, who signed them, as what and when. */
async function copyOf(work: Work, copyId: string) {
	const { rows } = await sql<{
		sha256: string;
		content: Buffer;
		signedBy: string;
		signedAs: string;
		signedAt: string;
		late: boolean;
		reason: string;
		signals: Signal[] | null;
	}>`select encode(sha256, 'hex') as sha256, content, calc.account_name(signed_by) as "signedBy", signed_as as "signedAs",
			signed_at as "signedAt", late, reason, signals from app.report_copy where id = ${copyId}`.execute(work.db);
	const { content, ...copy } = rows[0];
	return { ...copy, counts: countsIn(content) };
}

/** Every frozen copy of a report, the one that stands first. */
async function frozenOf(work: Work, reportId: string) {
	const { rows } = await sql<{
		seq: number;
		sha256: string;
		content: Buffer;
		signedBy: string;
		signedAs: string;
		signedAt: string;
		late: boolean;
		reason: string;
		approvedBy: string;
		approvedAt: string;
	}>`select f.seq, encode(c.sha256, 'hex') as sha256, c.content, calc.account_name(c.signed_by) as "signedBy", c.signed_as as "signedAs",
			c.signed_at as "signedAt", c.late, c.reason, calc.account_name(f.approved_by) as "approvedBy", f.approved_at as "approvedAt"
		from app.report_frozen f join app.report_copy c on c.id = f.copy_id where f.report_id = ${reportId} order by f.seq desc`.execute(
		work.db,
	);
	return rows.map(({ content, ...row }) => ({ ...row, counts: countsIn(content) }));
}

/** Which reports below were corrected after this one was frozen: it still says what they said before. */
async function correctedBelow(work: Work, report: ReportRow | null, made: Made) {
	if (!report || report.seq === 0) return [];
	const { rows } = await sql<{
		content: Buffer;
	}>`select c.content from app.report_frozen f join app.report_copy c on c.id = f.copy_id
		where f.report_id = ${report.id} and f.seq = ${report.seq}`.execute(work.db);
	const { below } = JSON.parse(rows[0].content.toString()) as { below: { report: string; seq: number }[] };
	const used = new Map(below.map((one) => [one.report, one.seq]));
	return made.below
		.filter(({ reportId, seq }) => (used.get(reportId) ?? seq) < seq)
		.map(({ unitId, code, name }) => ({ unitId, code, name }));
}

async function notesOf(work: Work, reportId: string) {
	const { rows } = await sql<{ kind: "return" | "comment"; figure: string; text: string; by: string; at: string }>`
		select kind, figure, text, calc.account_name(by) as by, at from app.report_note where report_id = ${reportId} order by at desc, figure`.execute(
		work.db,
	);
	return rows;
}

async function mayDo(work: Work, period: Period, unit: ReportUnit, report: ReportRow | null) {
	const { rows } = await sql<{ write: boolean; submit: boolean; approve: boolean; comment: boolean }>`
		select calc.may_at('reports.write', ${unit.unitId}) as write, calc.may_at('reports.submit', ${unit.unitId}) as submit,
			calc.sees_all('reports.approve') or calc.may_close_reports(${unit.aboveId}) as approve,
			calc.may_at('reports.comment', ${unit.unitId}) as comment`.execute(work.db);
	const { write, submit, approve, comment } = rows[0];
	const state = report?.state ?? "none";
	const open = ["none", "draft", "returned"].includes(state) && !period.closed && work.today >= period.opensOn;
	return {
		write: write && open,
		// Nobody signs for a day that is not over yet (store-submit.ts says so, too).
		submit: submit && open && work.today >= period.dataUntil,
		restate: submit && state === "locked",
		approve: approve && ["submitted", "restating"].includes(state),
		comment: comment && report !== null,
	};
}
