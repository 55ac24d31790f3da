import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
import { PassThrough, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createZstdCompress, createZstdDecompress } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { Problem } from "../core/problem.ts";
import { migrate, migrationFiles } from "./migrate.ts";
import { openStream, sealStream } from "./sealed-stream.ts";

/** The first line of a backup: what it is, and the key that opens what is sealed inside (the whole file is sealed, too). */
interface Head {
	format: 1;
	at: string;
	migration: number;
	key: string;
	tables: { name: string; columns: string[] }[];
}

/** Tables kept: the program's and those of sign-in. `app.migration` is made by migrating, not copied. */
const TABLES = `select format('%I.%I', n.nspname, c.relname) as name,
		array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
	from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname in ('app', 'auth')
	join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	where c.relkind = 'r' and (n.nspname, c.relname) <> ('app', 'migration') group by 1 order by 1`;

/**
 * Writes the whole database, as it stood at one instant, and the key of its sealed columns into one file that only
 * `passphrase` opens. The file appears under its name when it is whole. Answers how many rows it holds.
 */
export async function backup(
	ownerUrl: string,
	masterKey: Buffer,
	file: string,
	passphrase: string,
): Promise<{ tables: number; rows: number }> {
	const client = await connect(ownerUrl);
	const draft = `${file}.${process.pid}.part`;
	try {
		await client.query("begin isolation level repeatable read read only");
		const { rows: tables } = await client.query<{ name: string; columns: string[] }>(TABLES);
		const { rows } = await client.query<{ number: number }>("select max(number) as number from app.migration");
		const head: Head = {
			format: 1,
			at: new Date().toISOString(),
			migration: rows[0].number,
			key: masterKey.toString("hex"),
			tables,
		};
		const plain = new PassThrough();
		const written = pipeline(
			plain,
			createZstdCompress(),
			sealStream(passphrase),
			createWriteStream(draft, { flags: "wx", mode: 0o600 }),
		);
		const counted = writeTables(client, head, plain).catch((error) => {
			plain.destroy(error);
			throw error;
		});
		const [total] = await Promise.all([counted, written]);
		await flush(draft);
		await rename(draft, file);
		return { tables: tables.length, rows: total };
	} catch (error) {
		await unlink(draft).catch((missing) => {
			if (missing.code !== "ENOENT") throw missing;
		});
		throw asProblem(error);
	} finally {
		await client.end();
	}
}

async function writeTables(client: pg.Client, head: Head, out: PassThrough): Promise<number> {
	out.write(`${JSON.stringify(head)}\n`);
	let total = 0;
	for (const { name, columns } of head.tables) {
		const copy = client.query(copyTo(`copy ${name} (${columns.map(quoted).join(", ")}) to stdout`));
		for await (const chunk of copy) if (!out.write(chunk)) await new Promise((resume) => out.once("drain", resume));
		total += copy.rowCount ?? 0;
		out.write("\\.\n");
	}
	out.end();
	return total;
}

/**
 * Fills an empty, never migrated database from a backup: migrations up to the backup's, its rows, then the migrations since.
 * All or nothing. Answers the key that opens what is sealed inside.
 */
export async function restore(
	ownerUrl: string,
	file: string,
	passphrase: string,
): Promise<{ rows: number; key: Buffer; at: string }> {
	const unpacked = createZstdDecompress();
	// What goes wrong before it (no such file, another code) ends `unpacked` with that error, where the reader meets it.
	const fed = pipeline(createReadStream(file), openStream(passphrase), unpacked);
	try {
		const lines = linesOf(fed, unpacked);
		const head = JSON.parse((await lines.next()).value?.toString() ?? "{}") as Head;
		const newest = migrationFiles().at(-1)?.number ?? 0;
		if (head.format !== 1 || head.migration > newest)
			throw new Problem(
				"backup.newer",
				422,
				"Bản sao lưu được tạo bởi phiên bản mới hơn của chương trình. Hãy dùng phiên bản đó.",
			);
		await migrate(ownerUrl, head.migration);
		const rows = await readTables(ownerUrl, head, lines);
		await migrate(ownerUrl);
		return { rows, key: Buffer.from(head.key, "hex"), at: head.at };
	} catch (error) {
		throw asProblem(error);
	}
}

async function readTables(ownerUrl: string, head: Head, lines: AsyncGenerator<Buffer>): Promise<number> {
	const client = await connect(ownerUrl);
	let total = 0;
	try {
		await client.query("begin");
		// Rows come in table by table, so references are checked when all are there; COPY needs row-level security not forced.
		const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(FOREIGN_KEYS);
		for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${quoted(name)}`);
		for (const { name, columns } of head.tables) {
			await client.query(`alter table ${name} no force row level security`);
			await client.query(`delete from ${name}`);
			const copy = client.query(copyFrom(`copy ${name} (${columns.map(quoted).join(", ")}) from stdin`));
			await pipeline(tableRows(lines), copy);
			total += copy.rowCount ?? 0;
			await client.query(`alter table ${name} force row level security`);
		}
		for (const { table, name, definition } of keys)
			await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
		await client.query(RESET_SEQUENCES);
		await client.query("delete from app.setting where name = 'derived_hash'");
		await client.query("commit");
		return total;
	} finally {
		await client.end();
	}
}

/** The lines of one table, up to its end mark, in large pieces. */
async function* tableRows(lines: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
	let pieces: Buffer[] = [];
	let size = 0;
	for (;;) {
		const { value, done } = await lines.next();
		if (done) throw new Problem("backup.damaged", 422, "Bản sao lưu không còn nguyên vẹn. Hãy dùng bản khác.");
		if (value.length === 2 && value.toString() === "\\.") break;
		pieces.push(value, NEWLINE);
		size += value.length + 1;
		if (size > 65_536) {
			yield Buffer.concat(pieces);
			pieces = [];
			size = 0;
		}
	}
	if (pieces.length > 0) yield Buffer.concat(pieces);
}

const NEWLINE = Buffer.from("\n");

/** COPY's text form never has a bare newline inside a row, so that lines are rows. */
async function* linesOf(fed: Promise<void>, stream: Readable): AsyncGenerator<Buffer> {
	fed.catch((error) => stream.destroy(error));
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of stream) {
		const text = rest.length > 0 ? Buffer.concat([rest, chunk]) : (chunk as Buffer);
		let from = 0;
		for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, from)) {
			yield text.subarray(from, at);
			from = at + 1;
		}
		rest = text.subarray(from);
	}
	if (rest.length > 0) yield rest;
}

const FOREIGN_KEYS = `select c.conrelid::regclass::text as table, c.conname as name, pg_get_constraintdef(c.oid) as definition
	from pg_constraint c join pg_namespace n on n.oid = c.connamespace where c.contype = 'f' and n.nspname in ('app', 'auth')`;

const RESET_SEQUENCES = `do $$ declare c record; begin
	for c in select table_schema, table_name, column_name from information_schema.columns where table_schema in ('app', 'auth') and is_identity = 'YES' loop
		execute format('select setval(pg_get_serial_sequence(%L, %L), greatest(1, (select max(%I) from %I.%I)))',
			c.table_schema || '.' || c.table_name, c.column_name, c.column_name, c.table_schema, c.table_name);
	end loop;
end $$`;

async function connect(ownerUrl: string): Promise<pg.Client> {
	const client = new pg.Client({
		connectionString: ownerUrl,
		options: "-c client_min_messages=warning -c search_path=pg_catalog",
	});
	// Lost between two statements: the next one says so.
	client.on("error", () => undefined);
	await client.connect();
	await client.query("set role taphop_owner");
	return client;
}

async function flush(file: string): Promise<void> {
	const handle = await open(file, "r+");
	await handle.sync();
	await handle.close();
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function asProblem(error: unknown): unknown {
	const code = (error as { code?: string }).code;
	if (code === "ENOSPC")
		return new Problem("disk.full", 507, "Ổ đĩa đã đầy. Bản sao lưu chưa được tạo; dữ liệu không bị ảnh hưởng.");
	if (code === "ENOENT") return new Problem("backup.file_missing", 422, "Không tìm thấy tệp hoặc thư mục đã ghi.");
	if (code === "EEXIST") return new Problem("backup.running", 409, "Một lần sao lưu khác đang ghi vào tệp này.");
	return error;
}
