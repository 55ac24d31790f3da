import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { OPERATOR_ID } from "../src/db/actor.ts";
import { call } from "../src/server/call.ts";
import { openCountry, SIZES } from "./country-place.ts";
import { copySeconds, keepRows, sweep, takeAway } from "./import-floor.ts";
import type { Imported, Order, Outcome } from "./import-one.ts";
import { writeCsv, writeXlsx } from "./import-roster.ts";
import { atLeast, atMost, beside, median, type Row, RUNS } from "./row.ts";

const execute = promisify(execFile);
const LONG = Number(process.env.TAPHOP_BENCH_IMPORT_ROWS ?? 1_000_000);
const MEMBERS = Number(process.env.TAPHOP_BENCH_IMPORT_MEMBERS ?? SIZES.full);
const WORKBOOK = 100_000;
const EACH = 25_000;

/** Does one thing in a process of its own, so that its memory and processor time are its own. */
async function measured(order: Omit<Order, "members">): Promise<Outcome> {
	const file = join(import.meta.dirname, "import-one.ts");
	const { stdout } = await execute(process.execPath, [file, JSON.stringify({ ...order, members: MEMBERS })], {
		maxBuffer: 64 * 1024 * 1024,
	});
	return JSON.parse(stdout) as Outcome;
}

/** Where the imports go: a folder of files, the country open, its communes, and a way to take an import back. */
interface Place {
	folder: string;
	owner: pg.Client;
	codes: string[];
	/** Undoes an import as a person would; seconds. */
	undo(id: string): Promise<number>;
	/** Takes imports away in the quickest way. */
	away(imports: readonly Imported[]): Promise<void>;
}

async function inPlace<T>(work: (place: Place) => Promise<T>): Promise<T> {
	const folder = mkdtempSync(join(tmpdir(), "taphop-bench-import-"));
	// The database's own account reads the files of the floor.
	chmodSync(folder, 0o755);
	const country = await openCountry(MEMBERS);
	const owner = new pg.Client({ connectionString: country.ownerUrl });
	try {
		await owner.connect();
		const { rows } = await owner.query<{ code: string }>(
			`select code from app.unit_spell s join app.unit u on u.id = s.unit_id and u.kind = 'commune'
				where s.during @> current_date order by u.id limit 4`,
		);
		const undo = async (id: string) => {
			const began = performance.now();
			await call(country, { accountId: OPERATOR_ID }, "imports.undo", { id });
			return (performance.now() - began) / 1000;
		};
		const away = async (imports: readonly Imported[]) => {
			for (const { id } of imports) await takeAway(owner, id);
			await sweep(owner);
		};
		return await work({ folder, owner, codes: rows.map(({ code }) => code), undo, away });
	} finally {
		// A client that never connected has nothing to end.
		await owner.end().catch(() => undefined);
		await country.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Section 4: a long CSV, a workbook and four at once, imported into the synthetic country and taken back. */
export function run(): Promise<Row[]> {
	return inPlace(async (place) => [
		...(await longCsv(place)),
		...(await workbook(place)),
		...(await fourAtOnce(place)),
	]);
}

async function longCsv({ folder, owner, codes, away }: Place): Promise<Row[]> {
	const file = join(folder, "dai.csv");
	await writeCsv(file, LONG);
	const files = [{ file, code: codes[0] as string }];
	const outcomes: Outcome[] = [];
	const floors: number[] = [];
	let branches: number[] = [];
	for (let n = 0; n < RUNS; n++) {
		const outcome = await measured({ what: "import", files });
		outcomes.push(outcome);
		const [one] = outcome.imports as [Imported];
		if (n === 0) branches = await keepRows(owner, one.id, folder);
		await away(outcome.imports);
		floors.push(await copySeconds(owner, folder, branches));
		await sweep(owner);
	}
	const middle = (of: (outcome: Outcome) => number) => median(outcomes.map(of));
	const seconds = middle((outcome) => outcome.seconds);
	const [one] = (outcomes[0] as Outcome).imports as [Imported];
	const micros = (value: number) => (value * 1e6) / LONG;
	const costOf = async (what: Order["what"]) => micros((await measured({ what, files })).cpu);
	const [bytes, parse, rules] = [await costOf("bytes"), await costOf("parse"), await costOf("read")];
	const waited = (what: string) => micros(middle((outcome) => outcome.waited[what] ?? 0));
	return [
		atLeast(
			`${LONG} rows of CSV against ${MEMBERS} members, from the file to the ledger`,
			50_000,
			LONG / seconds,
			"rows/s",
		),
		atMost("the same beside COPY of its rows into the same indexed tables", 3, seconds / median(floors), "×"),
		beside("that COPY alone, one connection", LONG / median(floors), "rows/s"),
		beside("of the rows refused, for their number is another's", one.rows - one.accepted, "rows"),
		beside(
			"to the preview: read, checked, matched, staged",
			micros(middle(({ imports }) => imports[0]?.staged ?? 0)),
			"µs/row",
		),
		beside("from the preview to the end", micros(middle(({ imports }) => imports[0]?.written ?? 0)), "µs/row"),
		beside("processor of the program", micros(middle(({ cpu }) => cpu)), "µs/row"),
		beside("of it, splitting the file", parse - bytes, "µs/row"),
		beside("of it, making members of rows", rules - parse, "µs/row"),
		beside("waited for the database to find members", waited("match"), "µs/row"),
		beside("waited for the database to stage", waited("stage"), "µs/row"),
		beside("waited for the database to write members and ledger", waited("write"), "µs/row"),
		beside("waited for the database to make branches", waited("branches"), "µs/row"),
		beside(
			"peak memory of the program",
			middle(({ peak }) => peak),
			"MB",
		),
		beside("progress told", one.progress, "times"),
	];
}

async function workbook({ folder, codes, undo, away }: Place): Promise<Row[]> {
	const file = join(folder, "so.xlsx");
	await writeXlsx(file, WORKBOOK, 5_000_000);
	const files = [{ file, code: codes[1] as string }];
	const [parses, outcomes]: [number[], Outcome[]] = [[], []];
	let undone = 0;
	for (let n = 0; n < RUNS; n++) {
		parses.push((await measured({ what: "parse", files })).seconds);
		const outcome = await measured({ what: "import", files });
		outcomes.push(outcome);
		if (n === 0) undone = await undo(outcome.imports[0]?.id ?? "");
		else await away(outcome.imports);
	}
	const parse = median(parses);
	const staged = median(outcomes.map(({ imports }) => imports[0]?.staged ?? 0));
	const whole = median(outcomes.map(({ seconds }) => seconds));
	return [
		atMost(`XLSX of ${WORKBOOK} rows, from the file to the ledger, beside the bare parse`, 1.5, whole / parse, "×"),
		beside("XLSX to the preview beside the bare parse", staged / parse, "×"),
		beside("the bare parse", (parse * 1e6) / WORKBOOK, "µs/row"),
		beside("the whole of it undone", (undone * 1e6) / WORKBOOK, "µs/row"),
		atMost("XLSX peak memory", 300, Math.max(...outcomes.map(({ peak }) => peak)), "MB"),
	];
}

async function fourAtOnce({ folder, codes, away }: Place): Promise<Row[]> {
	const files: Order["files"] = [];
	for (const [n, code] of codes.entries()) {
		const file = join(folder, `bon-${n}.csv`);
		await writeCsv(file, EACH, 6_000_000 + n * EACH);
		files.push({ file, code });
	}
	const ratios: number[] = [];
	for (let n = 0; n < RUNS; n++) {
		const single = await measured({ what: "one after the other", files });
		await away(single.imports);
		const together = await measured({ what: "at once", files });
		await away(together.imports);
		const accepted = (outcome: Outcome) => outcome.imports.reduce((sum, one) => sum + one.accepted, 0);
		if (accepted(single) !== accepted(together))
			throw new Error("four at once accepted others than one after the other");
		ratios.push(together.seconds / single.seconds);
	}
	return [atMost(`four imports of ${EACH} rows at once beside one after the other`, 1, median(ratios), "×")];
}

if (import.meta.main) for (const row of await run()) console.log(row);
