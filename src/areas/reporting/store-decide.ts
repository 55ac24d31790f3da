import { sql } from "kysely";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { FIGURE_BY_KEY } from "./rules-figures.ts";
import { jumpsOf } from "./rules-jumps.ts";
import { needsLook, type Signal } from "./rules-signals.ts";
import { countsIn, missingIn } from "./store-making.ts";
import { requirePeriod } from "./store-periods.ts";
import { previousOf } from "./store-previous.ts";
import { changedMeanwhile, denied } from "./store-submit.ts";

interface Wanted {
	reportId: string;
	version: number;
}

interface Waiting extends Wanted {
	unitId: number;
	state: string;
	name: string;
}

/**
 * Approves and locks reports, one or many in one act: what was submitted becomes what was reported (R34). All of them or none; of two who
 * approve at once one waits and is told that it has been done. Many at once only where nothing is to be looked at.
 */
export async function approveReports(work: Work, input: { reports: Wanted[] }) {
	const reports = await lockWaiting(work, input.reports);
	if (reports.length > 1) await refuseUnseen(work, reports);
	return lockReports(work, reports);
}

/** Approves reports without a look at each: the operator's closing of what is left. */
export async function approveUnseen(work: Work, input: { reports: Wanted[] }) {
	return lockReports(work, await lockWaiting(work, input.reports));
}

async function lockReports(work: Work, reports: Waiting[]) {
	const ids = reports.map(({ reportId }) => reportId);
	await sql`insert into app.report_frozen (report_id, seq, copy_id, approved_by)
		select r.id, r.seq + 1, r.copy_id, ${work.accountId}::uuid from app.report r where r.id = any(${ids}::uuid[])`.execute(
		work.db,
	);
	const { rows } =
		await sql<Wanted>`update app.report set state = 'locked', seq = seq + 1, version = version + 1, updated_at = now()
		where id = any(${ids}::uuid[]) returning id as "reportId", version`.execute(work.db);
	if (rows.length !== ids.length) throw denied();
	await work.audit({
		action: "reports.approve",
		unitId: reports.length === 1 ? reports[0]?.unitId : null,
		detail: { reports: reports.length, units: reports.slice(0, 500).map(({ unitId }) => unitId) },
	});
	return { approved: rows.length };
}

/** A report with a jump, a signal, someone missing in it or a correction is approved by itself, after a look. */
async function refuseUnseen(work: Work, reports: Waiting[]): Promise<void> {
	const { rows } = await sql<{
		periodId: number;
		unitId: number;
		state: string;
		content: Buffer;
		signals: Signal[] | null;
	}>`
		select r.period_id as "periodId", r.unit_id as "unitId", r.state, c.content, c.signals
		from app.report r join app.report_copy c on c.id = r.copy_id where r.id = any(${reports.map(({ reportId }) => reportId)}::uuid[])`.execute(
		work.db,
	);
	const odd = new Set<number>();
	for (const [periodId, some] of Map.groupBy(rows, (row) => row.periodId)) {
		const period = await requirePeriod(work, { periodId });
		const ids = some.map(({ unitId }) => unitId);
		const before = await previousOf(work, period, ids);
		for (const { unitId, state, content, signals } of some) {
			const jumps = jumpsOf(countsIn(content), before.get(unitId) ?? null);
			if (needsLook({ state, jumps, signals: signals ?? [], missing: missingIn(content) })) odd.add(unitId);
		}
	}
	const named = reports.filter(({ unitId }) => odd.has(unitId));
	if (named.length === 0) return;
	throw new Problem(
		"report.needs_look",
		409,
		`Báo cáo của ${namesOf(named)} có số tăng giảm mạnh hoặc dấu hiệu cần xem. Hãy mở từng báo cáo ấy rồi duyệt riêng.`,
		{ detail: { units: named.map(({ unitId }) => unitId) } },
	);
}

/** Returns a submitted report with reasons, each at its figure; a correction of a locked one is turned down and the frozen one stands. */
export async function returnReport(work: Work, input: Wanted & { reasons: { figure: string; text: string }[] }) {
	const [report] = await lockWaiting(work, [input]);
	for (const { figure } of input.reasons) refuseUnknownFigure(figure);
	await addNotes(work, input.reportId, "return", input.reasons);
	const { rows } = await sql<{ version: number; state: "returned" | "locked" }>`
		update app.report r set state = case when r.seq = 0 then 'returned' else 'locked' end, version = r.version + 1, updated_at = now(),
			copy_id = coalesce((select f.copy_id from app.report_frozen f where f.report_id = r.id and f.seq = r.seq), r.copy_id)
		where r.id = ${input.reportId} returning r.version, r.state`.execute(work.db);
	if (!rows[0]) throw denied();
	await work.audit({ action: "reports.return", unitId: report?.unitId, detail: { reasons: input.reasons.length } });
	return rows[0];
}

/** A word at a figure, or at the whole: who reads along (a cluster) says it, and nothing changes by it. */
export async function commentReport(work: Work, input: { reportId: string; figure: string; text: string }) {
	refuseUnknownFigure(input.figure);
	await addNotes(work, input.reportId, "comment", [input]);
	await work.audit({ action: "reports.comment", subjectId: input.reportId });
	return { done: true as const };
}

async function addNotes(
	work: Work,
	reportId: string,
	kind: "return" | "comment",
	notes: { figure: string; text: string }[],
) {
	await sql`insert into app.report_note (id, report_id, kind, figure, text, by)
		select id, ${reportId}::uuid, ${kind}::text, figure, text, ${work.accountId}::uuid
		from unnest(${notes.map(() => uuidv7())}::uuid[], ${notes.map(({ figure }) => figure)}::text[], ${notes.map(({ text }) => text)}::text[])
			as n(id, figure, text)`.execute(work.db);
}

function refuseUnknownFigure(figure: string): void {
	if (figure !== "" && !FIGURE_BY_KEY.has(figure))
		throw new Problem("report.figure_unknown", 422, "Không có số liệu này trong báo cáo.", { field: "figure" });
}

/** The rows of submitted reports, locked in one order; refused whole where one is not hers, was changed, or waits for nothing. */
async function lockWaiting(work: Work, wanted: Wanted[]): Promise<Waiting[]> {
	const ids = [...new Set(wanted.map(({ reportId }) => reportId))];
	// Waits for whoever holds a row, and then sees what became of it: so it is read again and not out of the lock's own snapshot.
	await sql`select id from app.report where id = any(${ids}::uuid[]) order by id for update`.execute(work.db);
	const { rows } = await sql<Waiting>`select r.id as "reportId", r.version, r.unit_id as "unitId", r.state,
			calc.unit_name(r.unit_id, p.data_until) as name
		from app.report r join app.report_period p on p.id = r.period_id where r.id = any(${ids}::uuid[]) order by r.id`.execute(
		work.db,
	);
	if (rows.length !== ids.length) throw denied();
	const versions = new Map(wanted.map(({ reportId, version }) => [reportId, version]));
	const locked = rows.filter(({ state }) => state === "locked");
	if (locked.length > 0)
		throw new Problem("report.locked", 409, `Báo cáo của ${namesOf(locked)} đã được duyệt và khóa.`, {
			detail: { units: locked.map(({ unitId }) => unitId) },
		});
	const idle = rows.filter(({ state }) => state !== "submitted" && state !== "restating");
	if (idle.length > 0)
		throw new Problem("report.not_submitted", 409, `Báo cáo của ${namesOf(idle)} chưa được gửi hoặc đã trả lại.`, {
			detail: { units: idle.map(({ unitId }) => unitId) },
		});
	if (rows.some((row) => versions.get(row.reportId) !== row.version)) throw changedMeanwhile();
	return rows;
}

function namesOf(rows: readonly Waiting[]): string {
	const named = rows.slice(0, 3).map(({ name }) => name);
	return rows.length > named.length
		? `${named.join(", ")} và ${rows.length - named.length} đơn vị khác`
		: named.join(", ");
}
