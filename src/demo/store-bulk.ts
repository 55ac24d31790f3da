import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { BINARY_HEADER, BINARY_TRAILER } from "../db/binary-rows.ts";

/** What was taken off some tables before a load, to be put on again after it. */
export interface Taken {
	/** By table: primary keys, exclusions and indexes, each a statement. */
	indexes: Map<string, string[]>;
	foreignKeys: Map<string, string[]>;
}

const OPTIONS = "-c client_min_messages=warning -c datestyle=ISO,YMD -c synchronous_commit=off";

/** A connection as the owner of the tables. */
export async function openOwner(ownerUrl: string, options = ""): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: ownerUrl, options: `${OPTIONS} ${options}` });
	await client.connect();
	await client.query("set role taphop_owner");
	return client;
}

/**
 * Takes indexes and constraints (checks stay) off empty tables, and every foreign key that leads from or to them. A load into
 * bare tables and one build of each index afterwards takes a fraction of what keeping them in step row by row does.
 */
export async function takeOff(client: pg.ClientBase, tables: readonly string[]): Promise<Taken> {
	const wanted = tables.map((table) => `app.${table}`);
	const { rows } = await client.query<{ table: string; name: string; kind: string; definition: string }>(
		`select c.conrelid::regclass::text as table, quote_ident(c.conname) as name, c.contype::text as kind, pg_get_constraintdef(c.oid) as definition
			from pg_constraint c where c.contype in ('p', 'u', 'x', 'f') and c.conparentid = 0
				and (c.conrelid = any($1::regclass[]) or (c.contype = 'f' and c.confrelid = any($1::regclass[])))
			union all
			select i.indrelid::regclass::text, i.indexrelid::regclass::text, 'i', pg_get_indexdef(i.indexrelid)
			from pg_index i where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
		[wanted],
	);
	const taken: Taken = { indexes: new Map(), foreignKeys: new Map() };
	// Foreign keys first: they rest on the primary keys.
	for (const { table, name, kind, definition } of rows.toSorted(
		(a, b) => Number(b.kind === "f") - Number(a.kind === "f"),
	)) {
		await client.query(kind === "i" ? `drop index ${name}` : `alter table ${table} drop constraint ${name}`);
		const statements = kind === "f" ? taken.foreignKeys : taken.indexes;
		const again = kind === "i" ? definition : `alter table ${table} add constraint ${name} ${definition}`;
		statements.set(table, [...(statements.get(table) ?? []), again]);
	}
	return taken;
}

/** Puts indexes and constraints on again, two tables at a time; foreign keys last, each checking every row. */
export async function putOn(ownerUrl: string, taken: Taken, memoryMegabytes: number): Promise<void> {
	for (const statements of [taken.indexes, taken.foreignKeys]) {
		const queue = [...statements.values()].flat().toSorted((a, b) => weightOf(a) - weightOf(b));
		await Promise.all([1, 2].map(() => work(ownerUrl, queue, memoryMegabytes)));
	}
}

/** The slowest kinds first, so that neither of the two waits for the other at the end. */
function weightOf(statement: string): number {
	return / USING gin /i.test(statement) ? 0 : / USING gist /i.test(statement) ? 1 : 2;
}

async function work(ownerUrl: string, queue: string[], memoryMegabytes: number): Promise<void> {
	const client = await openOwner(
		ownerUrl,
		`-c maintenance_work_mem=${memoryMegabytes}MB -c work_mem=${memoryMegabytes}MB -c max_parallel_maintenance_workers=0 -c max_parallel_workers_per_gather=0`,
	);
	try {
		for (let next = queue.shift(); next; next = queue.shift()) await client.query(next);
	} finally {
		await client.end();
	}
}

/** A table being filled. */
export interface Filling {
	write(bytes: Uint8Array): Promise<void>;
	/** Commits what was written. */
	end(): Promise<void>;
	/** Throws away what was written. */
	abandon(): Promise<void>;
}

/**
 * Opens a binary COPY into an empty table of `app`, as its owner, in a transaction of its own that has emptied it: then neither
 * is the log written nor has anything to be frozen later. PostgreSQL refuses COPY under row-level security, so the owner is let
 * off it until the commit, while the table is locked.
 */
export async function fill(ownerUrl: string, table: string, columns: string): Promise<Filling> {
	const client = await openOwner(ownerUrl);
	await client.query(`begin; alter table app.${table} no force row level security; truncate app.${table}`);
	const filling = fillWith(client, `app.${table} (${columns}) from stdin (format binary, freeze)`);
	return {
		write: filling.write,
		async end() {
			await filling.end();
			await client.query(`alter table app.${table} force row level security; commit`);
			await client.end();
		},
		async abandon() {
			filling.stream.destroy();
			await client.end();
		},
	};
}

/** A binary COPY on a connection of the caller's. */
export function fillWith(
	client: pg.ClientBase,
	target: string,
): { stream: Writable; write(bytes: Uint8Array): Promise<void>; end(): Promise<void> } {
	const stream = client.query(copyFrom(`copy ${target}`));
	stream.write(BINARY_HEADER);
	const failed = new Promise<never>((_, reject) => stream.once("error", reject));
	// Raced against below; without a race under way nobody would hear of it, and that must not end the process.
	failed.catch(() => undefined);
	return {
		stream,
		async write(bytes) {
			if (!stream.write(bytes)) await Promise.race([once(stream, "drain"), failed]);
		},
		async end() {
			stream.end(BINARY_TRAILER);
			await finished(stream);
		},
	};
}
