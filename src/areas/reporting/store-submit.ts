import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { isBalanced, type ReportHead } from "./rules-content.ts";
import { FIGURE_BY_KEY, type Figures } from "./rules-figures.ts";
import { dueOf } from "./rules-periods.ts";
import { type Made, makeReports, type ReportUnit, sealed } from "./store-making.ts";
import { type Period, requirePeriod } from "./store-periods.ts";
import { findReport, type ReportRow, requireReportUnit } from "./store-show.ts";
import { signalsIn } from "./store-signals.ts";

interface Draft {
	periodId: number;
	unitId: number;
	/** 0 where nothing has been written yet. */
	version: number;
	words: Record<string, string>;
	documents: string[];
}

/** Keeps the words and documents of a report that is not submitted; the first time it makes the report's row. */
export async function saveDraft(work: Work, input: Draft) {
	const period = await requirePeriod(work, input);
	refuseClosed(period, work.today);
	const unit = await requireReportUnit(work, period, input);
	const known = new Set(period.form.questions.map(({ key }) => key));
	const words = Object.fromEntries(Object.entries(input.words).filter(([key]) => known.has(key)));
	refuseNoNumber(period, words);
	await makeRows(work, period, [unit]);
	const report = await requireAt(work, period, unit, input.version);
	refuseUnless(report, ["draft", "returned"]);
	const { rows } = await sql<{
		version: number;
	}>`update app.report set words = ${JSON.stringify(words)}::jsonb, documents = ${input.documents}::text[],
			version = version + 1, updated_at = now()
		where id = ${report.id} returning version`.execute(work.db);
	if (!rows[0]) throw denied();
	await work.audit({ action: "reports.draft", unitId: unit.unitId, detail: { period: period.id } });
	return { reportId: report.id, version: rows[0].version };
}

interface Signing {
	periodId: number;
	unitId: number;
	version: number;
	/** The hash of the figures she saw, and themselves: what changed since is told. */
	seen: string;
	figures?: Figures;
	/** As what she signs: "Chủ tịch". */
	as: string;
	/** The units below she knows to be missing. */
	missing: number[];
}

/** Signs and submits a report: refused where a figure is another than the one she saw, and where someone below is missing without being named. */
export async function submitReport(work: Work, input: Signing) {
	const period = await requirePeriod(work, input);
	refuseClosed(period, work.today);
	refuseEarly(period, work.today);
	const unit = await requireReportUnit(work, period, input);
	await makeRows(work, period, [unit]);
	const report = await requireAt(work, period, unit, input.version);
	refuseUnless(report, ["draft", "returned"]);
	refuseSilence(period, report);
	return sign(work, { period, unit, report, input, reason: "" });
}

/** Submits corrected figures of a locked report with a reason; the frozen ones stand until the level above approves (restatement). */
export async function restateReport(work: Work, input: Signing & { reason: string; words?: Record<string, string> }) {
	const period = await requirePeriod(work, input);
	const unit = await requireReportUnit(work, period, input);
	const report = await requireAt(work, period, unit, input.version);
	refuseUnless(report, ["locked"]);
	const words = input.words ? { ...report.words, ...input.words } : report.words;
	return sign(work, { period, unit, report: { ...report, words }, input, reason: input.reason });
}

interface Signed {
	period: Period;
	unit: ReportUnit;
	report: ReportRow;
	input: Signing;
	reason: string;
}

async function sign(work: Work, { period, unit, report, input, reason }: Signed) {
	const [made] = (await makeReports(work, period, [unit])) as [Made];
	refuseChanged(made, input);
	refuseUnnamed(made, input.missing);
	const [copy] = await submitAll(work, period, [{ made, report }], { as: input.as, reason });
	await work.audit({
		action: reason === "" ? "reports.submit" : "reports.restate",
		unitId: unit.unitId,
		detail: { period: period.id, sha256: copy?.sha256 },
	});
	return copy as NonNullable<typeof copy>;
}

/** Makes the rows of reports that have none yet. */
export async function makeRows(work: Work, period: Period, units: ReportUnit[]): Promise<void> {
	await sql`insert into app.report (id, period_id, unit_id, above_id)
		select id, ${period.id}, unit_id, above_id from unnest(${units.map(() => uuidv7())}::uuid[], ${units.map((unit) => unit.unitId)}::integer[],
			${units.map((unit) => unit.aboveId)}::integer[]) as n(id, unit_id, above_id)
		on conflict (period_id, unit_id) do nothing`.execute(work.db);
}

/** Signs and submits reports that were looked at, all in four statements: the copies never change again. */
export async function submitAll(
	work: Work,
	period: Period,
	reports: { made: Made; report: ReportRow }[],
	{ as, reason }: { as: string; reason: string },
) {
	const { rows: signer } = await sql<{ name: string }>`select calc.account_name(${work.accountId}) as name`.execute(
		work.db,
	);
	const signals = await signalsIn(
		work,
		period,
		reports.map(({ made }) => made),
	);
	const copies = reports.map(({ made, report }) => {
		if (!isBalanced(made.counts)) throw unbalanced(made.unit);
		// A correction has no deadline: that the report itself came late stays with its first copy.
		const late = reason === "" && work.today > dueOf(period, made.unit.kind);
		const said: Pick<ReportHead, "words" | "documents" | "signed" | "reason"> = {
			words: period.form.questions.map(({ key, text, number }) => ({
				question: text,
				answer: (number ? report.words[key]?.trim() : report.words[key]) ?? "",
				...(number ? { key } : {}),
			})),
			documents: report.documents,
			signed: { name: signer[0].name, as, on: work.today, late },
			reason,
		};
		const told = JSON.stringify(signals.get(made.unit.unitId) ?? []);
		return { id: uuidv7(), reportId: report.id, late, signals: told, ...sealed(made, said) };
	});
	const reportIds = copies.map(({ reportId }) => reportId);
	await sql`insert into app.report_copy (id, report_id, content, sha256, inputs, rules, map_day, signed_by, signed_as, late, reason, signals)
		select n.id, n.report_id, n.content, decode(n.sha256, 'hex'), n.inputs, ${reports[0]?.made.inputs.head.rules ?? 0}::integer, ${period.dataUntil}::date,
			${work.accountId}::uuid, ${as}::text, n.late, ${reason}::text, n.signals
		from unnest(${copies.map(({ id }) => id)}::uuid[], ${reportIds}::uuid[], ${copies.map(({ content }) => content)}::bytea[],
			${copies.map((copy) => copy.sha256)}::text[], ${copies.map(({ inputs }) => inputs)}::bytea[], ${copies.map(({ late }) => late)}::boolean[],
			${copies.map((copy) => copy.signals)}::jsonb[]) as n(id, report_id, content, sha256, inputs, late, signals)`.execute(
		work.db,
	);
	const { rows } = await sql<{ id: string; version: number }>`
		update app.report r set copy_id = n.copy_id, state = case when r.seq = 0 then 'submitted' else 'restating' end,
			version = r.version + 1, updated_at = now()
		from unnest(${reportIds}::uuid[], ${copies.map(({ id }) => id)}::uuid[], ${reports.map(({ report }) => report.version)}::integer[])
			as n(report_id, copy_id, version)
		where r.id = n.report_id and r.version = n.version returning r.id, r.version`.execute(work.db);
	if (rows.length !== reports.length) throw changedMeanwhile();
	const versions = new Map(rows.map((row) => [row.id, row.version]));
	return copies.map((copy) => ({
		reportId: copy.reportId,
		version: versions.get(copy.reportId) as number,
		sha256: copy.sha256,
		late: copy.late,
	}));
}

/** The report's row, locked, at the version she looked at. */
async function requireAt(work: Work, period: Period, unit: ReportUnit, version: number): Promise<ReportRow> {
	const report = await findReport(work, period.id, unit.unitId);
	if (!report) throw denied();
	// A row that was made just now is at its first version, and whoever saw none said 0.
	if (report.version !== Math.max(1, version)) throw changedMeanwhile();
	return report;
}

function refuseUnless({ state }: ReportRow, states: readonly string[]): void {
	if (states.includes(state)) return;
	throw new Problem(
		"report.state",
		409,
		state === "locked"
			? "Báo cáo đã được duyệt và khóa. Muốn sửa số liệu đã báo cáo, hãy lập báo cáo điều chỉnh."
			: state === "submitted" || state === "restating"
				? "Báo cáo đã gửi và đang chờ Hội cấp trên duyệt. Nếu cần sửa, hãy đề nghị Hội cấp trên trả lại."
				: "Báo cáo chưa được duyệt nên chưa thể điều chỉnh.",
		{ detail: { state } },
	);
}

function refuseClosed(period: Period, today: Day): void {
	if (period.closed)
		throw new Problem(
			"report.period_closed",
			409,
			`${period.name} đã khóa kỳ báo cáo. Hãy đề nghị Trung ương Hội mở lại kỳ.`,
		);
	if (today < period.opensOn)
		throw new Problem("report.not_open", 409, `${period.name} mở từ ngày ${displayDay(period.opensOn)}.`);
}

export function refuseEarly({ dataUntil }: Period, today: Day): void {
	if (today < dataUntil)
		throw new Problem(
			"report.too_early",
			409,
			`Số liệu của kỳ này tính đến hết ngày ${displayDay(dataUntil)}. Hãy ký gửi từ ngày ấy; lời báo cáo thì ghi trước được.`,
		);
}

/** What is added up above must be a whole number. */
function refuseNoNumber(period: Period, words: Record<string, string>): void {
	const wrong = period.form.questions.find(({ key, number }) => number && !/^\s*\d{0,6}\s*$/.test(words[key] ?? ""));
	if (wrong)
		throw new Problem("report.number_wanted", 422, `Phần “${wrong.text}” phải là một số nguyên, chỉ gồm chữ số.`, {
			field: wrong.key,
		});
}

function refuseSilence(period: Period, report: ReportRow): void {
	const unanswered = period.form.questions.find(({ key, required }) => required && !report.words[key]?.trim());
	if (unanswered)
		throw new Problem("report.unanswered", 422, `Hãy ghi phần “${unanswered.text}” trước khi gửi.`, {
			field: unanswered.key,
		});
}

function refuseChanged(made: Made, { seen, figures }: Signing): void {
	if (made.seen === seen) return;
	const changed = Object.entries(made.counts).flatMap(([key, now]) => {
		const before = figures?.[key];
		return before === undefined || before === now
			? []
			: [{ key, label: FIGURE_BY_KEY.get(key)?.label ?? key, before, now }];
	});
	throw new Problem(
		"report.figures_changed",
		409,
		"Số liệu đã thay đổi sau khi chị xem, nên báo cáo chưa được gửi. Hãy xem lại các số vừa thay đổi rồi ký gửi.",
		{ detail: { changed, seen: made.seen } },
	);
}

function refuseUnnamed({ missing }: Made, named: number[]): void {
	const silent = missing.filter(({ unitId }) => !named.includes(unitId));
	if (silent.length === 0) return;
	throw new Problem(
		"report.missing_below",
		409,
		`${silent.length} đơn vị cấp dưới chưa có báo cáo được duyệt. Hãy đợi, hoặc xác nhận gửi và nêu tên các đơn vị còn thiếu.`,
		{ detail: { missing: silent.map(({ unitId, code, name }) => ({ unitId, code, name })) } },
	);
}

export function changedMeanwhile(): Problem {
	return new Problem(
		"report.changed",
		409,
		"Người khác vừa làm việc với báo cáo này. Hãy tải lại để xem bản mới nhất.",
	);
}

export function denied(): Problem {
	return new Problem(
		"access.denied",
		403,
		"Tài khoản của chị không có quyền làm việc này với báo cáo của đơn vị đã chọn.",
	);
}

/** The ledger and the rows say different things: nobody signs that. */
function unbalanced({ name }: ReportUnit): Problem {
	return new Problem(
		"report.unbalanced",
		409,
		`Bảng biến động hội viên của ${name} không khớp số đầu kỳ, cuối kỳ. Hãy báo người vận hành máy chủ kiểm tra (taphop verify).`,
	);
}
