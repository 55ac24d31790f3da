import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { lockHeadcounts } from "../headcounts/store-ledger.ts";
import { type Lowering, lowerUnlisted, requireEnough, unlistedCount } from "../headcounts/store-unlisted.ts";
import { nameKeys } from "../members/rules-person.ts";
import type { ConsentBasis } from "./contract.ts";
import { independentRows, type RowProblem } from "./rules.ts";
import { applyRows, type PlannedRow, type Written } from "./store-apply.ts";
import { noteMade } from "./store-blocks.ts";
import { addMissingBranches, findBranches } from "./store-branches.ts";
import { countsOf, type ImportHead, placeOfImport, readLowering, requireImport } from "./store-heads.ts";
import { planAgainstDatabase } from "./store-matching.ts";
import { isPlain, putOwnRows, rowsBehind, type StagedRow } from "./store-staging.ts";

/**
 * Asks for an import to be written. The rows follow in chunks, each a transaction of its own ({@link commitChunk}), so that
 * whoever carries it on after a crash begins where it stopped. Asked again, it does nothing.
 */
export async function commitImport(
	work: Work,
	input: { id: string; lowerUnlisted: Lowering; consent: ConsentBasis | null },
): Promise<ImportHead> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state === "committing" || head.state === "committed") return head;
	if (head.state !== "staged")
		throw new Problem("import.not_staged", 409, "Lần nhập này đã hoàn tác hoặc đã bỏ. Hãy chọn tệp để nhập lại.");
	if (input.consent && input.consent.givenOn > work.today)
		throw new Problem("consent.future", 422, "Ngày đồng ý không thể ở tương lai.", { field: "consent.givenOn" });
	if (typeof input.lowerUnlisted === "number")
		requireEnough(input.lowerUnlisted, await unlistedCount(work, head.unitId, head.asOf));
	await work.db
		.updateTable("import")
		.set({
			state: "committing",
			lower_unlisted: String(input.lowerUnlisted),
			consent: input.consent && JSON.stringify(input.consent),
			committed_by: work.accountId,
			acting_for: work.actingFor,
		})
		.where("id", "=", head.id)
		.execute();
	await work.audit({
		action: "imports.commit",
		unitId: head.unitId,
		detail: { import: head.id, rows: head.rowsTotal, consent: input.consent?.how ?? null },
	});
	return requireImport(work, head.id);
}

/** Rows of one chunk: enough that a long file is not slowed by short transactions, few enough that little waits for it. */
export function chunkSize(rows: number): number {
	return Math.min(20_000, Math.max(1000, Math.ceil(rows / 10)));
}

/** Rows of the next chunk, read and made ready while the one before is being written. */
export interface RowsAhead {
	from: number;
	/** The position of the last of them. */
	end: number;
	rows: StagedRow[];
}

/** Reads the rows behind a position that can be written together, with their keys and seals worked out. */
export async function readAhead(work: Work, importId: string, from: number, size: number): Promise<RowsAhead> {
	// None of them is written yet: whatever the import's state, they stand as they were staged.
	const behind = await rowsBehind(work, { id: importId, state: "committing", rowsDone: from }, from, size);
	const rows = behind.slice(0, independentRows(behind));
	for (const { fields, action } of rows) if (action === "add") nameKeys(fields.name);
	return { from, end: rows.at(-1)?.position ?? from, rows };
}

/**
 * Writes the next rows of an import that is being committed, ledger and place in the file with them. Rows are planned anew
 * against what the commune has now. Answers false once the last row is through and the import is finished.
 */
export async function commitChunk(
	work: Work,
	importId: string,
	size: number,
	ahead?: RowsAhead,
): Promise<{ more: boolean; done: number; total: number }> {
	const head = await requireImport(work, importId, { lock: true });
	const progress = { done: head.rowsDone, total: head.rowsTotal };
	if (head.state !== "committing") return { ...progress, more: false };
	await sql`select calc.lock_roster(${head.unitId})`.execute(work.db);
	const { rows, end } = ahead?.from === head.rowsDone ? ahead : await readAhead(work, importId, head.rowsDone, size);
	if (rows.length === 0) {
		await finishImport(work, head);
		return { ...progress, more: false };
	}
	await commitRows(
		work,
		head,
		rows.filter((row) => row.state === "staged" && row.action !== "refuse" && (row.action !== "ask" || row.answer)),
		{ whole: false, upTo: end },
	);
	const done = end;
	await work.db.updateTable("import").set({ rows_done: done, failure: null }).where("id", "=", importId).execute();
	return { done, total: head.rowsTotal, more: true };
}

/**
 * Plans and writes rows of an import that is being or has been committed. `whole`: a row by itself, met with all that is in the
 * commune; else the next rows of the file, which end at the position `upTo`. Answers the memberships added.
 */
async function commitRows(
	work: Work,
	head: ImportHead,
	rows: readonly StagedRow[],
	{ whole, upTo }: { whole: boolean; upTo?: number },
): Promise<string[]> {
	const place = placeOfImport(head);
	const standing = await findBranches(work, place);
	const plans = await planAgainstDatabase(work, place, rows, standing, { own: whole ? null : head.id });
	const planned = rows.map((row, index) => ({ row, plan: plans[index] as PlannedRow["plan"] }));
	const placed = planned.filter(
		({ plan }) => plan.action === "add" || plan.match.changes?.some((field) => field === "branch" || field === "group"),
	);
	const branches = await addMissingBranches(
		work,
		place,
		placed.map(({ row }) => row.fields),
		standing,
	);
	const written = await applyRows(
		work,
		{ importId: head.id, asOf: head.asOf, consent: head.consent, branches },
		planned,
	);
	await markRows(work, head, planned, written, upTo);
	return planned.flatMap(({ row, plan }) => (plan.action === "add" ? (written.get(row.position)?.spellId ?? []) : []));
}

/** Writes a row that was put right after its import was written; she comes out of the unlisted figures as the others did. */
export async function commitLateRow(work: Work, head: ImportHead, row: StagedRow): Promise<void> {
	const spells = await commitRows(work, head, [row], { whole: true });
	const { id: importId, unitId, asOf } = head;
	// A number was said of all the names there were, and none stays none.
	if (spells.length > 0 && readLowering(head.lowerUnlisted) === "auto")
		await lowerUnlisted(work, { importId, unitId, asOf, lower: "auto", spells });
}

/**
 * Writes what became of the rows; refused and asked ones stay in staging with their reasons. New women as they were planned go
 * into their blocks, nothing but who they became; any other row has a row of its own, from now on if not before.
 */
async function markRows(
	work: Work,
	head: ImportHead,
	rows: readonly PlannedRow[],
	written: ReadonlyMap<number, Written>,
	upTo: number | undefined,
): Promise<void> {
	const isPlainNow = ({ row, plan }: PlannedRow) => !row.own && isPlain(plan);
	const made = new Map(
		rows.filter(isPlainNow).map(({ row }) => [row.position, written.get(row.position) as Written] as const),
	);
	if (upTo !== undefined) await noteMade(work, head.id, head.rowsDone, upTo, made);
	const told = rows.filter((row) => !isPlainNow(row));
	await putOwnRows(
		work,
		head.id,
		told.flatMap(({ row }) => (row.own ? [] : [row])),
	);
	const marks = told.map(({ row, plan }) => markOf(row, plan, written.get(row.position)));
	if (marks.length === 0) return;
	await sql`update app.import_row r set action = m.a, state = m.s, problems = coalesce(m.e, r.problems), match = m.m, person_id = m.w, spell_id = m.l,
			before_cipher = decode(m.b, 'base64')
		from json_to_recordset(${JSON.stringify(marks)}::json) as m(p integer, a text, s text, e jsonb, m jsonb, w uuid, l uuid, b text)
		where r.import_id = ${head.id} and r.position = m.p`.execute(work.db);
}

function markOf(row: StagedRow, plan: PlannedRow["plan"], done: Written | undefined) {
	return {
		p: row.position,
		a: plan.action,
		s: plan.action === "refuse" || plan.action === "ask" ? "staged" : "done",
		e: sameProblems(row.problems, plan.problems) ? undefined : plan.problems,
		m: { ...plan.match, ...done?.stored },
		w: done?.personId ?? plan.match.personId,
		l: done?.spellId ?? plan.match.spellId,
		b: done?.before?.toString("base64"),
	};
}

function sameProblems(before: readonly RowProblem[], after: readonly RowProblem[]): boolean {
	return before.length === after.length && before.every(({ code }, index) => code === after[index]?.code);
}

/** Refuses the next row of an import with what the database said of it, so that one row never holds up the others; false where none is left. */
export async function refuseNextRow(work: Work, importId: string, problem: Problem): Promise<boolean> {
	const head = await requireImport(work, importId, { lock: true });
	const [row] = await rowsBehind(work, head, head.rowsDone, 1);
	if (head.state !== "committing" || !row) return false;
	if (!row.own) await putOwnRows(work, importId, [row]);
	await noteMade(work, importId, head.rowsDone, row.position, new Map());
	const told: RowProblem = { code: problem.code, level: "error", text: problem.message };
	await work.db
		.updateTable("import_row")
		.set({ action: "refuse", problems: JSON.stringify([told, ...row.problems]) })
		.where("import_id", "=", importId)
		.where("position", "=", row.position)
		.execute();
	await work.db.updateTable("import").set({ rows_done: row.position }).where("id", "=", importId).execute();
	return true;
}

/** After the last row: unlisted figures are lowered once by the names that came in (R49). */
async function finishImport(work: Work, head: ImportHead): Promise<void> {
	const { id: importId, unitId, asOf } = head;
	const wanted = readLowering(head.lowerUnlisted);
	// Someone may have lowered the figure since the number was given: what is left of it goes. Nobody does from here on.
	await lockHeadcounts(work, [unitId]);
	const lower = typeof wanted === "number" ? Math.min(wanted, await unlistedCount(work, unitId, asOf)) : wanted;
	const { lowered } = await lowerUnlisted(work, { importId, unitId, asOf, lower });
	const counts = (await countsOf(work, [head.id])).get(head.id);
	await work.db
		.updateTable("import")
		.set({ state: "committed", committed_at: sql`now()`, failure: null })
		.where("id", "=", head.id)
		.execute();
	await work.audit({
		action: "imports.committed",
		unitId: head.unitId,
		detail: { import: head.id, ...counts, unlistedLowered: lowered },
	});
}
