import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { runImport } from "../areas/imports/import-run.ts";
import { reportImport } from "../areas/imports/store-report.ts";
import { startImport } from "../areas/imports/store-start.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import type { Day } from "../core/day.ts";
import { uuidv7 } from "../core/id.ts";
import { Problem } from "../core/problem.ts";
import { type Actor, asActor, type Database } from "../db/actor.ts";
import { call } from "../server/call.ts";
import { limits } from "../sheets/limits.ts";

/** What `taphop members import` is asked. */
export interface MembersImportOptions {
	file: string;
	/** The code of the commune on `asOf`. */
	unit: string;
	/** The day the roster stands for; default today. */
	asOf?: Day;
	lowerUnlisted?: "auto" | "none" | number;
	onProgress?: (done: number, total: number) => void;
}

/**
 * Imports a roster from a file to its end and answers what became of every row. Killed and called again with the same file, it
 * goes on where it stopped. Refused rows are no error; a file that cannot be read, or a unit that is none, is a Problem.
 */
export async function membersImport(database: Database, actor: Actor, options: MembersImportOptions) {
	const bytes = await readBytes(options.file);
	const fileName = basename(options.file);
	const { id, resumed } = await asActor(database, actor, async (work) => {
		const asOf = options.asOf ?? work.today;
		const unit = await requireUnit(work, { code: options.unit, on: asOf });
		return startImport(work, { unitId: unit.id, asOf, fileName, bytes });
	});
	if (!resumed)
		await call(database, actor, "imports.commit", { id, lowerUnlisted: options.lowerUnlisted ?? "auto" }, uuidv7());
	await runImport(database, actor, id, options.onProgress);
	return asActor(database, actor, (work) => reportImport(work, id));
}

async function readBytes(file: string): Promise<Buffer> {
	try {
		const bytes = await readFile(file);
		if (bytes.length > limits.fileBytes) throw new Problem("file.too_large", 413, "Tệp lớn hơn 100 MB.");
		return bytes;
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw new Problem("file.unreadable", 422, `Không đọc được tệp ${file}.`, { field: "file" });
	}
}
