import { sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import { type RowProblem, waitsForAnswer } from "./rules.ts";
import { countsOf, requireImport } from "./store-heads.ts";
import { rowsWhere } from "./store-staging.ts";

/** What `taphop members import` answers; scripts depend on its keys and their order. */
export interface ImportReport {
	file: string;
	rows: number;
	accepted: number;
	updated: number;
	rejected: number;
	warned: number;
	skipped: number;
	problems: { sheet: string; row: number; name: string; level: RowProblem["level"]; code: string; text: string }[];
}

/**
 * The outcome of an import, row by row where there is something to say. Rows that wait for an answer are among the rejected; what
 * they are asked (`match.…`) says so, and where it is answered.
 */
export async function reportImport(work: Work, importId: string): Promise<ImportReport> {
	const head = await requireImport(work, importId);
	const counts = (await countsOf(work, [importId])).get(importId);
	const rows = await rowsWhere(work, sql`r.import_id = ${importId} and r.problems <> '[]' order by r.position`);
	return {
		file: head.fileName,
		rows: counts?.rows ?? 0,
		accepted: counts?.accepted ?? 0,
		updated: counts?.updated ?? 0,
		rejected: counts?.rejected ?? 0,
		warned: counts?.warned ?? 0,
		skipped: counts?.skipped ?? 0,
		problems: rows.flatMap(({ sheet, row, fields, problems }) =>
			problems.map((problem) => {
				const { level, code } = problem;
				return { sheet, row, name: fields.name, level, code, text: toldText(problem) };
			}),
		),
	};
}

/** A problem in words, for those who do not see the row on the screen. */
function toldText(problem: RowProblem): string {
	return waitsForAnswer(problem) ? `${problem.text} ${WAITS}` : problem.text;
}

const WAITS = "Dòng này chưa được ghi nhận: hãy trả lời ở màn hình “Nhập danh sách từ Excel”.";

/** The problems of an import's rows as the column "Lỗi cần sửa" tells them: by sheet and row, errors and warnings. */
export async function notesOf(work: Work, importId: string): Promise<Map<string, Map<number, string>>> {
	const { rows } = await sql<{
		sheet: string;
		row: number;
		problems: RowProblem[];
	}>`select sheet, row, problems from app.import_row
		where import_id = ${importId} and problems <> '[]' order by position`.execute(work.db);
	const notes = new Map<string, Map<number, string>>();
	for (const { sheet, row, problems } of rows) {
		const texts = problems.filter(({ level }) => level !== "info").map(toldText);
		if (texts.length === 0) continue;
		const ofSheet = notes.get(sheet) ?? new Map<number, string>();
		ofSheet.set(row, texts.join(" "));
		notes.set(sheet, ofSheet);
	}
	return notes;
}
