import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { type RawBuilder, sql } from "kysely";
import type { Work } from "../../db/actor.ts";
import type { RosterFields } from "../members/rules-roster-member.ts";
import { packFields, unpackFields } from "./store-fields.ts";

/** Rows sealed together: enough that sealing costs nothing a row, few enough that a page of them opens at once. */
export const BLOCK_ROWS = 1000;
const PRINT = 32;
const UUID = 16;

/** A row as a block keeps it. */
export interface BlockRow {
	position: number;
	sheet: string;
	row: number;
	fields: RosterFields;
	/** The fingerprint of her number; null where she has none. */
	print: Buffer | null;
}

/** Seals rows that follow one another into blocks. */
export async function writeBlocks(work: Work, importId: string, rows: readonly BlockRow[]): Promise<void> {
	for (let start = 0; start < rows.length; start += BLOCK_ROWS) {
		const block = rows.slice(start, start + BLOCK_ROWS);
		const sheets = [...new Set(block.map(({ sheet }) => sheet))];
		const lines = block.map(({ sheet, row, fields }) => [sheets.indexOf(sheet), row, ...packFields(fields)]);
		const fingerprints = Buffer.alloc(block.length * PRINT);
		for (const [index, { print }] of block.entries()) print?.copy(fingerprints, index * PRINT);
		await work.db
			.insertInto("import_block")
			.values({
				import_id: importId,
				first: (block[0] as BlockRow).position,
				rows: block.length,
				cipher: work.vault.seal(zstdCompressSync(JSON.stringify([sheets, lines]))),
				fingerprints,
			})
			.execute();
	}
}

/** The rows of an import's blocks between two positions, both included, in order. */
export async function rowsOfBlocks(work: Work, importId: string, from: number, to: number): Promise<BlockRow[]> {
	const rows: BlockRow[] = [];
	for (const block of await blocksWhere(
		work,
		sql`import_id = ${importId} and first <= ${to} and first + rows > ${from}`,
	))
		for (const row of openBlock(work, block)) if (row.position >= from && row.position <= to) rows.push(row);
	return rows;
}

interface SealedBlock {
	first: number;
	cipher: Buffer;
	fingerprints: Buffer;
}

async function blocksWhere(work: Work, condition: RawBuilder<unknown>): Promise<SealedBlock[]> {
	const { rows } = await sql<SealedBlock>`select first, cipher, fingerprints from app.import_block
		where ${condition} order by first`.execute(work.db);
	return rows;
}

function openBlock(work: Work, { first, cipher, fingerprints }: SealedBlock): BlockRow[] {
	const text = zstdDecompressSync(work.vault.open(cipher)).toString();
	const [sheets, lines] = JSON.parse(text) as [string[], [number, number, ...unknown[]][]];
	return lines.map((line, index) => {
		const fields = unpackFields(line, 2);
		const print = fields.nationalId === null ? null : fingerprints.subarray(index * PRINT, (index + 1) * PRINT);
		return { position: first + index, sheet: sheets[line[0]] as string, row: line[1], fields, print };
	});
}

/** How many rows of an import stand in its blocks alone. */
export async function countPlain(work: Work, importId: string): Promise<number> {
	const { rows } = await sql<{ n: number }>`select greatest(0, coalesce(sum(rows), 0)
		- (select count(*) from app.import_row where import_id = ${importId}))::integer as n
		from app.import_block where import_id = ${importId}`.execute(work.db);
	return rows[0]?.n ?? 0;
}

/** Whom a row made. */
export interface Made {
	personId: string;
	spellId: string;
}

/**
 * Notes whom the rows after one position and up to another made, those that have no row of their own; rows are written in
 * order, so that what a block knows always reaches as far as the import does.
 */
export async function noteMade(
	work: Work,
	importId: string,
	after: number,
	to: number,
	made: ReadonlyMap<number, Made>,
): Promise<void> {
	const { rows: blocks } = await sql<{ first: number; rows: number }>`select first, rows from app.import_block
		where import_id = ${importId} and first <= ${to} and first + rows > ${after + 1}`.execute(work.db);
	for (const { first, rows } of blocks) {
		const [from, until] = [Math.max(first, after + 1), Math.min(first + rows, to + 1)];
		const [persons, spells] = [Buffer.alloc((until - from) * UUID), Buffer.alloc((until - from) * UUID)];
		for (let position = from; position < until; position++) {
			const one = made.get(position);
			if (!one) continue;
			persons.write(one.personId.replaceAll("-", ""), (position - from) * UUID, "hex");
			spells.write(one.spellId.replaceAll("-", ""), (position - from) * UUID, "hex");
		}
		await sql`update app.import_block set person_ids = person_ids || ${persons}::bytea, spell_ids = spell_ids || ${spells}::bytea
			where import_id = ${importId} and first = ${first}`.execute(work.db);
	}
}
