import { sql } from "kysely";
import { type Day, displayDay } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { GROUPS } from "./rules-figures.ts";
import {
	type PeriodKind,
	PLANNED_COMMUNES,
	type ProposedPeriod,
	proposedPeriods,
	type ReportLevel,
} from "./rules-periods.ts";

export interface Question {
	key: string;
	text: string;
	required: boolean;
	/** The answer is a whole number, and is added up. */
	number?: boolean;
}

/** A period that was opened, with its form. */
export interface Period extends ProposedPeriod {
	id: number;
	closed: boolean;
	version: number;
	form: { id: number; name: string; figures: string[]; questions: Question[] };
}

const PERIOD =
	sql.raw(`p.id, p.kind, p.name, p.opens_on::text as "opensOn", p.from_day::text as "from", p.data_until::text as "dataUntil",
	p.due_on::text as "dueOn", p.due_levels as "dueLevels", p.levels, p.closed_at is not null as closed, p.version,
	jsonb_build_object('id', f.id, 'name', f.name, 'figures', f.figures, 'questions', f.questions) as form`);

/** All periods, the latest first; what the calendar proposes and nobody has opened; and the forms. */
export async function listPeriods(work: Work) {
	const { rows: periods } =
		await sql<Period>`select ${PERIOD} from app.report_period p join app.report_form f on f.id = p.form_id
		order by p.data_until desc, p.id desc`.execute(work.db);
	const { rows: forms } = await sql<Period["form"] & { version: number }>`
		select id, name, figures, questions, version from app.report_form order by id`.execute(work.db);
	const { rows: may } = await sql<{ open: boolean }>`select calc.may('reports.open') as open`.execute(work.db);
	const known = new Set(periods.map(({ kind, dataUntil }) => `${kind} ${dataUntil}`));
	const proposed = proposedPeriods(work.today).filter(({ kind, dataUntil }) => !known.has(`${kind} ${dataUntil}`));
	return { periods, proposed: may[0].open ? proposed : [], forms, mayOpen: may[0].open };
}

/** A period by its id, or by the last day of its data; without either the latest that is open to be written. */
export async function requirePeriod(
	work: Work,
	ref: { periodId?: number; dataUntil?: Day; periodKind?: PeriodKind },
): Promise<Period> {
	const { rows } =
		await sql<Period>`select ${PERIOD} from app.report_period p join app.report_form f on f.id = p.form_id
		where (${ref.periodId ?? null}::integer is null or p.id = ${ref.periodId ?? null}::integer)
			and (${ref.dataUntil ?? null}::date is null or p.data_until = ${ref.dataUntil ?? null}::date)
			and (${ref.periodKind ?? null}::text is null or p.kind = ${ref.periodKind ?? null}::text)
		-- A plan is asked for by its kind or its id; "the latest period" means reports.
		order by p.kind = 'plan', p.opens_on <= ${work.today}::date desc, p.data_until desc, p.id desc limit 1`.execute(
			work.db,
		);
	if (rows[0]) return rows[0];
	throw new Problem("report.period_not_found", 404, "Không có kỳ báo cáo này. Hãy chọn lại kỳ.", { field: "periodId" });
}

interface OpenInput {
	kind: PeriodKind;
	name: string;
	opensOn: Day;
	from: Day;
	dataUntil: Day;
	dueOn: Day;
	dueLevels: Partial<Record<ReportLevel, Day>>;
	levels: ReportLevel[];
	formId?: number;
}

/** Opens a period of reporting (R8, R34). */
export async function openPeriod(work: Work, input: OpenInput) {
	refuseDays(input);
	const { rows: forms } = await sql<{ id: number }>`select id from app.report_form
		where ${input.formId ?? null}::integer is null or id = ${input.formId ?? null}::integer
		-- A plan asks how many communes are to pass (R35), a report does not.
		order by (questions @> ${JSON.stringify([{ key: PLANNED_COMMUNES }])}::jsonb) = ${input.kind === "plan"} desc, id limit 1`.execute(
		work.db,
	);
	if (!forms[0])
		throw new Problem("report.form_not_found", 404, "Không có biểu mẫu này. Hãy chọn lại.", { field: "formId" });
	const { rows } = await sql<{ id: number }>`
		insert into app.report_period (kind, name, opens_on, from_day, data_until, due_on, due_levels, form_id, levels, opened_by)
		values (${input.kind}, ${input.name}, ${input.opensOn}, ${input.from}, ${input.dataUntil}, ${input.dueOn},
			${JSON.stringify(input.dueLevels)}::jsonb, ${forms[0].id}, ${input.levels}::text[], ${work.accountId}) returning id`.execute(
		work.db,
	);
	return { periodId: rows[0].id };
}

function refuseDays({ opensOn, from, dataUntil, dueOn, dueLevels }: OpenInput): void {
	const wrong = (field: string, text: string) => new Problem("report.period_days", 422, text, { field });
	if (from < "2017-01-02" || from > dataUntil)
		throw wrong("from", "Ngày đầu của kỳ phải từ 02/01/2017 và không sau ngày cuối cùng của số liệu.");
	if (dueOn < dataUntil || opensOn > dueOn)
		throw wrong("dueOn", `Hạn gửi báo cáo phải từ ngày ${displayDay(dataUntil)} và không trước ngày mở kỳ.`);
	for (const due of Object.values(dueLevels))
		if (due < dataUntil || due > dueOn)
			throw wrong("dueLevels", `Hạn của từng cấp phải từ ${displayDay(dataUntil)} đến ${displayDay(dueOn)}.`);
}

/** Closes a period to further reports, or opens it again; what is frozen stays so. */
export async function setClosed(work: Work, input: { periodId: number; version: number; closed: boolean }) {
	const { rows } = await sql<{ version: number }>`update app.report_period set version = version + 1,
			closed_at = ${input.closed ? sql`now()` : sql`null`}
		where id = ${input.periodId} and version = ${input.version} returning version`.execute(work.db);
	if (rows[0]) return rows[0];
	const { version } = await requirePeriod(work, input);
	throw new Problem("report.period_changed", 409, "Người khác vừa sửa kỳ báo cáo này. Hãy tải lại rồi làm lại.", {
		detail: { version },
	});
}

/** Writes a form anew, or a new one: which groups of figures, and which questions in words. */
export async function setForm(
	work: Work,
	input: { formId?: number; version?: number; name: string; figures: string[]; questions: Question[] },
) {
	const unknown = input.figures.find((key) => !GROUPS.some((group) => group.key === key && group.optional));
	if (unknown)
		throw new Problem("report.figure_unknown", 422, `Không có nhóm số liệu “${unknown}”.`, { field: "figures" });
	if (new Set(input.questions.map(({ key }) => key)).size !== input.questions.length)
		throw new Problem("report.question_twice", 422, "Hai câu hỏi không được dùng chung một mã.", {
			field: "questions",
		});
	const questions = JSON.stringify(input.questions);
	const { rows } =
		input.formId === undefined
			? await sql<{ id: number; version: number }>`insert into app.report_form (name, figures, questions)
				values (${input.name}, ${input.figures}::text[], ${questions}::jsonb) returning id, version`.execute(work.db)
			: await sql<{ id: number; version: number }>`update app.report_form
				set name = ${input.name}, figures = ${input.figures}::text[], questions = ${questions}::jsonb, version = version + 1, updated_at = now()
				where id = ${input.formId} and version = ${input.version ?? 0} returning id, version`.execute(work.db);
	if (!rows[0])
		throw new Problem("report.form_changed", 409, "Người khác vừa sửa biểu mẫu này. Hãy tải lại rồi làm lại.");
	return { formId: rows[0].id, version: rows[0].version };
}
