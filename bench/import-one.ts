import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type pg from "pg";
import { runImport } from "../src/areas/imports/import-run.ts";
import { startImport } from "../src/areas/imports/store-start.ts";
import { recogniseRoster } from "../src/areas/members/rules-roster-layout.ts";
import { rosterReader } from "../src/areas/members/rules-roster-read.ts";
import { requireUnit } from "../src/areas/units/store-reading.ts";
import { type Actor, asActor, type Database, OPERATOR_ID } from "../src/db/actor.ts";
import { call } from "../src/server/call.ts";
import { openWorkbook, readSheet } from "../src/sheets/read.ts";
import { openCountry } from "./country-place.ts";

/** What a process of its own is asked to do; given as JSON on the command line, answered as JSON on stdout. */
export interface Order {
	/** `bytes`: read the file and nothing else; `parse`: take it apart, too; `read`: make members of its rows; the others import it. */
	what: "bytes" | "parse" | "read" | "import" | "one after the other" | "at once";
	/** A file and the code of the commune of today it goes to. */
	files: { file: string; code: string }[];
	/** The country to import into. */
	members: number;
}

/** How an import went. Times in seconds. */
export interface Imported {
	id: string;
	rows: number;
	accepted: number;
	/** From the file to the preview: read, checked, matched, staged. */
	staged: number;
	/** From the preview to the end. */
	written: number;
	/** How often its progress was told. */
	progress: number;
}

export interface Outcome {
	seconds: number;
	/** Of this process, in seconds, and the most memory it had, in MB. */
	cpu: number;
	peak: number;
	imports: Imported[];
	/** Seconds the program waited for the database, by what for. */
	waited: Record<string, number>;
}

const ACTOR: Actor = { accountId: OPERATOR_ID };
const WAITING: [RegExp, string][] = [
	[/roster_(known|members|elsewhere)|'imports.elsewhere'/, "match"],
	[/import_(block|row|part)/, "stage"],
	[/add_newcomers|open_newcomers|add_members/, "write"],
	[/add_branches|roster_leaves/, "branches"],
];

/** Puts a stopwatch on each statement of the database's connections. */
function watch({ pool }: Database, waited: Record<string, number>): void {
	const known = new WeakSet<pg.PoolClient>();
	pool.on("acquire", (client) => {
		if (known.has(client)) return;
		known.add(client);
		const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
		client.query = ((...asked: unknown[]) => {
			const began = performance.now();
			const answer = query(...asked);
			if (answer instanceof Promise) {
				const text = typeof asked[0] === "string" ? asked[0] : (asked[0] as { text?: string }).text;
				const what = WAITING.find(([pattern]) => pattern.test(text ?? ""))?.[1] ?? "other";
				const stop = () => {
					waited[what] = (waited[what] ?? 0) + (performance.now() - began) / 1000;
				};
				answer.then(stop, stop);
			}
			return answer;
		}) as typeof client.query;
	});
}

async function importOne(database: Database, { file, code }: Order["files"][number]): Promise<Imported> {
	const began = performance.now();
	const seconds = () => (performance.now() - began) / 1000;
	const { id } = await asActor(database, ACTOR, async (work) => {
		const unit = await requireUnit(work, { code, on: work.today });
		return startImport(work, { unitId: unit.id, asOf: work.today, fileName: basename(file), source: file });
	});
	const staged = seconds();
	await call(database, ACTOR, "imports.commit", { id, lowerUnlisted: "none" });
	let progress = 0;
	await runImport(database, ACTOR, id, () => void progress++);
	const written = seconds() - staged;
	const { counts } = (await call(database, ACTOR, "imports.progress", { id })) as {
		counts: { rows: number; accepted: number };
	};
	return { id, rows: counts.rows, accepted: counts.accepted, staged, written, progress };
}

async function readOnly(what: Order["what"], file: string): Promise<void> {
	if (what === "bytes") {
		for await (const _ of createReadStream(file));
		return;
	}
	const workbook = await openWorkbook(file, file);
	const [sheet] = workbook.sheets;
	if (!sheet) throw new Error(`${file} has no sheet`);
	if (what === "parse") for await (const _ of sheet.rows());
	else {
		const [layout] = recogniseRoster([await readSheet(sheet, 2000)]).sheets;
		const read = rosterReader(layout as NonNullable<typeof layout>, { today: new Date().toISOString().slice(0, 10) });
		for await (const row of sheet.rows()) read(row);
	}
	workbook.close();
}

async function obey({ what, files, members }: Order): Promise<Outcome> {
	const waited: Record<string, number> = {};
	const imports: Imported[] = [];
	const isReading = what === "bytes" || what === "parse" || what === "read";
	const country = isReading ? undefined : await openCountry(members, 8);
	const database = country;
	if (database) watch(database, waited);
	const cpuBefore = process.cpuUsage();
	const began = performance.now();
	if (!database) for (const { file } of files) await readOnly(what, file);
	else if (what === "at once") imports.push(...(await Promise.all(files.map((one) => importOne(database, one)))));
	else for (const one of files) imports.push(await importOne(database, one));
	const seconds = (performance.now() - began) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	await country?.close();
	return { seconds, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024, imports, waited };
}

if (import.meta.main) process.stdout.write(JSON.stringify(await obey(JSON.parse(process.argv[2] as string) as Order)));
