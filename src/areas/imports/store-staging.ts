import { type RawBuilder, sql } from "kysely";
import type { Cell } from "../../core/sheet.ts";
import type { Work } from "../../db/actor.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import type { Action, Answer, Match, RowPlan, RowProblem } from "./rules.ts";
import { BLOCK_ROWS, type BlockRow, rowsOfBlocks, writeBlocks } from "./store-blocks.ts";
import { packFields, unpackFields } from "./store-fields.ts";
import type { ImportHead } from "./store-heads.ts";

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
	/** The fingerprint of her number, where it is known already. */
	print: Buffer | null;
	/** Whether it has a row of its own in the database: one of which there is nothing to say stands in a block only. */
	own: boolean;
}

/** What a written row remembers for undo. */
export interface StoredMatch {
	personVersion?: number;
	spellVersion?: number;
	/** Her membership goes on in another branch, in a spell the import made. */
	continued?: true;
}

/** A row read from a file, planned and not yet in the database. */
export interface NewRow extends RowPlan, BlockRow {
	raw: readonly (Cell | null | undefined)[] | null;
}

const BATCH = 4000;

/** True of an addition nobody has to look at: it needs no row of its own. */
export function isPlain({ action, problems, match }: RowPlan): boolean {
	return action === "add" && problems.length === 0 && Object.keys(match).length === 0;
}

/** Puts rows that follow one another into staging: all into blocks, those that are not plain also one by one. */
export async function stageRows(work: Work, importId: string, rows: readonly NewRow[]): Promise<void> {
	await writeBlocks(work, importId, rows);
	await putOwnRows(
		work,
		importId,
		rows.filter((row) => !isPlain(row)),
	);
}

/** Gives rows of blocks a row of their own, with what is known of them; sealed one by one. */
export async function putOwnRows(work: Work, importId: string, rows: readonly NewRow[]): Promise<void> {
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
	const own = { ...rest, raw, print: null, own: true };
	if (!fixed_cipher) return { ...own, fields: unpackFields(packed), fixed: null };
	const [fields, fixed] = JSON.parse(work.vault.open(fixed_cipher).toString()) as [unknown[], Record<string, string>];
	return { ...own, fields: unpackFields(fields), fixed };
}

/** Seals what a person made of a row. */
export function sealFix(work: Work, fields: RosterFields, fixed: Record<string, string>): Buffer {
	return work.vault.seal(JSON.stringify([packFields(fields), fixed]));
}

/** Rows of the table `r` under a condition (with its order and limit), opened: those that have a row of their own. */
export async function rowsWhere(work: Work, condition: RawBuilder<unknown>): Promise<StagedRow[]> {
	const { rows } =
		await sql<SealedRow>`select r.position, r.sheet, r.row, r.raw_cipher, r.fixed_cipher, r.problems, r.match, r.answer, r.action, r.state
		from app.import_row r where ${condition}`.execute(work.db);
	return rows.map((row) => openRow(work, row));
}

/** How far an import is: what the state of rows without a row of their own follows from. */
export type Progress = Pick<ImportHead, "id" | "state" | "rowsDone">;

/** The next rows of an import behind a position, refused ones among them. */
export async function rowsBehind(work: Work, head: Progress, position: number, limit: number): Promise<StagedRow[]> {
	const [from, to] = [position + 1, position + limit];
	const own = await rowsWhere(work, sql`r.import_id = ${head.id} and r.position between ${from} and ${to}`);
	const byPosition = new Map(own.map((row) => [row.position, row]));
	const rows = (await rowsOfBlocks(work, head.id, from, to)).map(
		(row) => byPosition.get(row.position) ?? plainRow(head, row),
	);
	// An import from before there were blocks has a row for each of its rows.
	return rows.length > 0 ? rows : own.sort((a, b) => a.position - b.position);
}

/** The rows at these positions, which are in order. */
export async function rowsAt(work: Work, head: Progress, positions: readonly number[]): Promise<StagedRow[]> {
	const wanted = new Set(positions);
	const found: StagedRow[] = [];
	let done = 0;
	for (const position of positions) {
		if (position <= done) continue;
		const rows = await rowsBehind(work, head, position - 1, BLOCK_ROWS);
		found.push(...rows.filter((row) => wanted.has(row.position)));
		done = position - 1 + BLOCK_ROWS;
	}
	return found;
}

/** The plain additions of an import behind a position: the ones with no row of their own. */
export async function plainBehind(work: Work, head: Progress, position: number, limit: number): Promise<StagedRow[]> {
	const found: StagedRow[] = [];
	let rows: StagedRow[];
	let at = position;
	do {
		rows = await rowsBehind(work, head, at, BLOCK_ROWS);
		for (const row of rows) if (!row.own) found.push(row);
		at += BLOCK_ROWS;
	} while (rows.length > 0 && found.length < limit);
	return found.slice(0, limit);
}

function plainRow({ state, rowsDone }: Progress, row: BlockRow): StagedRow {
	const done = state === "undone" ? "undone" : "done";
	return {
		...row,
		raw: null,
		fixed: null,
		problems: [],
		match: {},
		answer: null,
		action: "add",
		state: row.position <= rowsDone ? done : "staged",
		own: false,
	};
}

/** One row, locked, with a row of its own from now on where it is still to be written; null where there is none. */
export async function findRow(work: Work, head: Progress, position: number): Promise<StagedRow | null> {
	const [own] = await rowsWhere(work, sql`r.import_id = ${head.id} and r.position = ${position} for update of r`);
	if (own) return own;
	const [plain] = await rowsBehind(work, head, position - 1, 1);
	if (plain?.state !== "staged") return plain ?? null;
	await putOwnRows(work, head.id, [plain]);
	return { ...plain, own: true };
}
