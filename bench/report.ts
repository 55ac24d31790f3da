import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import type { Row } from "./row.ts";
import { SECTIONS } from "./sections.ts";

const HERE = import.meta.dirname;
const RESULTS = join(HERE, "results.json");
const RUNS = join(HERE, "runs.json");

/** On what, when and at which commit a section was measured last. */
interface Run {
	on: string;
	commit: string;
	machine: string;
	/** The machine's load when it began: above its cores, others were at work. */
	load: string;
}

const load = loadavg()[0]?.toFixed(1) ?? "";

/** Puts a section's rows in the place of its former ones and writes the table anew. */
export function keep(section: string, rows: readonly Row[]): void {
	const kept = read<Row[]>(RESULTS, []).filter(({ name }) => !name.startsWith(`${section}: `));
	const order = (row: Row) => SECTIONS.findIndex(({ name }) => row.name.startsWith(`${name}: `));
	const all = [...kept, ...rows].toSorted((a, b) => order(a) - order(b));
	const runs = { ...read<Record<string, Run>>(RUNS, {}), [section]: thisRun() };
	writeFileSync(RESULTS, `${JSON.stringify(all, null, "\t")}\n`);
	writeFileSync(RUNS, `${JSON.stringify(runs, null, "\t")}\n`);
	writeFileSync(join(HERE, "RESULTS.md"), table(all, runs));
}

function read<T>(file: string, otherwise: T): T {
	return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : otherwise;
}

function thisRun(): Run {
	const gigabytes = Math.round(totalmem() / 2 ** 30);
	return {
		on: new Date().toISOString().slice(0, 16).replace("T", " "),
		commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: HERE, encoding: "utf8" }).trim(),
		machine: `${cpus()[0]?.model.trim() ?? "?"}, ${availableParallelism()} cores, ${gigabytes} GB, Linux ${release()}, Node ${process.version}`,
		load,
	};
}

function table(rows: readonly Row[], runs: Record<string, Run>): string {
	const budgets = rows.filter(({ budget }) => budget !== null);
	const missed = budgets.filter(({ met }) => !met).length;
	return [
		"# What was measured",
		"",
		"Written by `npm run bench`; the figures are also in `results.json`. Medians of at least five, on real PostgreSQL, ratios in one run.",
		"",
		`${budgets.length - missed} of ${budgets.length} budgets are met. ${note("meaning")}`.trim(),
		"",
		...SECTIONS.flatMap(({ name, title }) => part(name, title, rows, runs[name])),
	].join("\n");
}

function part(name: string, title: string, rows: readonly Row[], run: Run | undefined): string[] {
	const own = rows.filter((row) => row.name.startsWith(`${name}: `));
	if (own.length === 0 || !run) return [];
	const lines = own.map(
		({ name: what, budget, value, unit, met }) =>
			`| ${what.slice(name.length + 2)} | ${budget ?? ""} | ${value} | ${unit} | ${budget === null ? "" : met ? "met" : "**missed**"} |`,
	);
	const said = note(name);
	return [
		`## ${title}`,
		"",
		`${run.on} UTC, commit ${run.commit}, ${run.machine}, load ${run.load} when it began.`,
		"",
		"| what | budget | value | unit | |",
		"|---|---|---|---|---|",
		...lines,
		"",
		...(said ? [said, ""] : []),
	];
}

/** What people have to say to the figures: bench/notes/SECTION.md, above all the profile of a budget that is missed. */
function note(name: string): string {
	const file = join(HERE, "notes", `${name}.md`);
	return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}
