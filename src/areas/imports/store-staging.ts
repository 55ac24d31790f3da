import { type RawBuilder, sql } from "kysely";
import type { Cell } from "../../core/sheet.ts";
import type { Work } from "../../db/actor.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import type { Action, Answer, Match, RowPlan, RowProblem } from "./rules.ts";
import { packFields, unpackFields } from "./store-matching.ts";

/** A row as it stands in staging, opened. */
export interface StagedRow {
	position: number;
	sheet: string;
	row: number;
	fields: RosterFields;
	/** The cells as the file has them, where something is wrong with the row. */
	raw: (Cell | null)[] | null;
	/** The texts with which a person corrected it. */
	fixed: Record<string, string> | null;
	problems: RowProblem[];
	match: Match & StoredMatch;
	answer: Answer | null;
	action: Action;
	state: "staged" | "done" | "undone" | "kept";
}

/** What a written row remembers for undo. */
export interface StoredMatch {
	personVersion?: number;
	spellVersion?: number;
}

/** A row read from a file, planned and not yet in the database. */
export interface NewRow extends RowPlan {
	position: number;
	sheet: string;
	row: number;
	fields: RosterFields;
	raw: (Cell | undefined)[];
}

const BATCH = 4000;

/** Puts rows into staging, sealed one by one. */
export async function stageRows(work: Work, importId: string, rows: readonly NewRow[]): Promise<void> {
	const sheets = [...new Set(rows.map(({ sheet }) => sheet))];
	for (let start = 0; start < rows.length; start += BATCH) {
		const batch = rows.slice(start, start + BATCH).map((row) => sealedRow(work, row, sheets));
		await sql`insert into app.import_row (import_id, position, sheet, row, raw_cipher, problems, match, action)
			select ${importId}::uuid, r.p, s.name, r.n, decode(r.c, 'base64'), coalesce(r.e, '[]'), coalesce(r.m, '{}'), r.a
			from json_to_recordset(${JSON.stringify(batch)}::json) as r(p integer, s integer, n integer, c text, e jsonb, m jsonb, a text)
			join unnest(${sheets}::text[]) with ordinality s(name, number) on s.number = r.s`.execute(work.db);
	}
}

function sealedRow(work: Work, row: NewRow, sheets: string[]) {
	const isQuiet = row.problems.every(({ level }) => level === "info");
	const plain = JSON.stringify([packFields(row.fields), isQuiet ? null : row.raw]);
	return {
		p: row.position,
		s: sheets.indexOf(row.sheet) + 1,
		n: row.row,
		c: work.vault.seal(plain).toString("base64"),
		e: row.problems.length > 0 ? row.problems : undefined,
		m: Object.keys(row.match).length > 0 ? row.match : undefined,
		a: row.action,
	};
}

interface SealedRow {
	position: number;
	sheet: string;
	row: number;
	raw_cipher: Buffer;
	fixed_cipher: Buffer | null;
	problems: RowProblem[];
	match: StagedRow["match"];
	answer: Answer | null;
	action: Action;
	state: StagedRow["state"];
}

function openRow(work: Work, row: SealedRow): StagedRow {
	const [packed, raw] = JSON.parse(work.vault.open(row.raw_cipher).toString()) as [unknown[], (Cell | null)[] | null];
	const { raw_cipher: _, fixed_cipher, ...rest } = row;
	if (!fixed_cipher) return { ...rest, fields: unpackFields(packed), raw, fixed: null };
	const [fields, fixed] = JSON.parse(work.vault.open(fixed_cipher).toString()) as [unknown[], Record<string, string>];
	return { ...rest, fields: unpackFields(fields), raw, fixed };
}

/** Seals what a person made of a row. */
export function sealFix(work: Work, fields: RosterFields, fixed: Record<string, string>): Buffer {
	return work.vault.seal(JSON.stringify([packFields(fields), fixed]));
}

/** Rows of the table `r` under a condition (with its order and limit), opened. */
export async function rowsWhere(work: Work, condition: RawBuilder<unknown>): Promise<StagedRow[]> {
	const { rows } =
		await sql<SealedRow>`select r.position, r.sheet, r.row, r.raw_cipher, r.fixed_cipher, r.problems, r.match, r.answer, r.action, r.state
		from app.import_row r where ${condition}`.execute(work.db);
	return rows.map((row) => openRow(work, row));
}

/** The next rows of an import behind a position, refused ones among them. */
export function rowsBehind(work: Work, importId: string, position: number, limit: number): Promise<StagedRow[]> {
	return rowsWhere(
		work,
		sql`r.import_id = ${importId} and r.position > ${position} order by r.position limit ${limit}`,
	);
}

/** One row, locked; null where there is none. */
export async function findRow(work: Work, importId: string, position: number): Promise<StagedRow | null> {
	const rows = await rowsWhere(work, sql`r.import_id = ${importId} and r.position = ${position} for update of r`);
	return rows[0] ?? null;
}
