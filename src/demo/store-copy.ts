import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** What a column can be given: bytes for a bytea, null for none. */
export type Cell = string | number | boolean | Uint8Array | null;

/** A column and what it holds of a row. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** Enough text for one write to the socket; more only takes memory. */
const CHUNK = 64 * 1024;

/**
 * Puts rows into a table of `app` by COPY. PostgreSQL refuses COPY into a table with row-level security, so they go into a
 * temporary one first, of the same columns, gone at commit; indexes and constraints of the table hold as ever.
 */
export async function copyInto<Row>(
	client: ClientBase,
	table: string,
	columns: Columns<Row>,
	rows: readonly Row[],
): Promise<void> {
	const names = Object.keys(columns).join(", ");
	await client.query(`create temp table staged_${table} on commit drop as select ${names} from app.${table} limit 0`);
	const cells = Object.values(columns);
	const stream = client.query(copyFrom(`copy pg_temp.staged_${table} (${names}) from stdin`));
	await pipeline(Readable.from(chunks(rows, cells)), stream);
	await client.query(
		`insert into app.${table} (${names}) overriding system value select ${names} from pg_temp.staged_${table}`,
	);
}

function* chunks<Row>(rows: readonly Row[], cells: readonly ((row: Row) => Cell)[]): Generator<string> {
	let text = "";
	for (const row of rows) {
		for (let at = 0; at < cells.length; at++)
			text += `${at === 0 ? "" : "\t"}${cellText((cells[at] as (row: Row) => Cell)(row))}`;
		text += "\n";
		if (text.length < CHUNK) continue;
		yield text;
		text = "";
	}
	yield text;
}

/** A cell in COPY's text format. */
function cellText(cell: Cell): string {
	if (cell === null) return "\\N";
	if (typeof cell === "string") return /[\\\t\n\r]/.test(cell) ? escaped(cell) : cell;
	if (cell instanceof Uint8Array)
		return `\\\\x${Buffer.from(cell.buffer, cell.byteOffset, cell.length).toString("hex")}`;
	return typeof cell === "boolean" ? (cell ? "t" : "f") : String(cell);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(text: string): string {
	return text.replace(/[\\\t\n\r]/g, (letter) => ESCAPES[letter] as string);
}
