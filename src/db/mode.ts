import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceWhole } from "./whole-file.ts";

/** Which of the two embedded databases a data folder serves. */
export type Mode = "real" | "demo";

/** Their names in the embedded PostgreSQL. */
export const DATABASE_OF: Record<Mode, string> = { real: "taphop", demo: "taphop_demo" };

/** The mode written in the data folder; the first to ask decides it. */
export function currentMode(dataDir: string, first: Mode): Mode {
	const file = join(dataDir, "mode");
	if (!existsSync(file)) setMode(dataDir, first);
	return readFileSync(file, "utf8").trim() === "demo" ? "demo" : "real";
}

/** Changes what the data folder serves from the next start on. */
export function setMode(dataDir: string, mode: Mode): void {
	mkdirSync(dataDir, { recursive: true });
	// Whole or not at all: a cut-off "demo" would be read as "real".
	replaceWhole(join(dataDir, "mode"), mode, 0o644);
}

/** The same server's other database. */
export function withDatabase(url: string, name: string): string {
	const parsed = new URL(url);
	parsed.pathname = `/${name}`;
	return parsed.href;
}
