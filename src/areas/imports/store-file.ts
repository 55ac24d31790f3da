import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { openWorkbook } from "../../sheets/read.ts";
import type { FileSource, Workbook } from "../../sheets/workbook.ts";
import type { ImportHead } from "./store-heads.ts";

/** A file is sealed and stored in parts of this size, so that it need not be whole in memory. */
const PART = 4 * 1024 * 1024;

/** What tells a file from every other, in hexadecimal. */
export async function hashOf(source: FileSource): Promise<string> {
	const hash = createHash("sha256");
	for await (const part of partsOf(source)) hash.update(part);
	return hash.digest("hex");
}

/** Seals a copy of an import's file. */
export async function sealFile(work: Work, importId: string, source: FileSource): Promise<void> {
	let number = 0;
	for await (const part of partsOf(source))
		await work.db
			.insertInto("import_part")
			.values({ import_id: importId, number: ++number, cipher: work.vault.seal(part) })
			.execute();
}

async function* partsOf(source: FileSource): AsyncGenerator<Uint8Array> {
	if (typeof source === "string") yield* createReadStream(source, { highWaterMark: PART });
	else for (let at = 0; at < source.length; at += PART) yield source.subarray(at, at + PART);
}

/** The sealed copy of an import's file, opened. The caller closes it. */
export async function openSealedFile(
	work: Work,
	head: Pick<ImportHead, "id" | "fileName" | "state">,
): Promise<Workbook> {
	if (head.state === "forgotten" || head.state === "cancelled")
		throw new Problem("import.forgotten", 410, "Tệp của lần nhập này đã được xóa.");
	const parts = await work.db
		.selectFrom("import_part")
		.select("cipher")
		.where("import_id", "=", head.id)
		.orderBy("number")
		.execute();
	return openWorkbook(Buffer.concat(parts.map(({ cipher }) => work.vault.open(cipher))), head.fileName);
}

/** Deletes the staged rows of an import. */
export async function dropRows(work: Work, importId: string): Promise<void> {
	await work.db.deleteFrom("import_block").where("import_id", "=", importId).execute();
	await work.db.deleteFrom("import_row").where("import_id", "=", importId).execute();
}

/** Deletes all that an import keeps of its file: the copy and the rows. */
export async function dropFile(work: Work, importId: string): Promise<void> {
	await dropRows(work, importId);
	await work.db.deleteFrom("import_part").where("import_id", "=", importId).execute();
}
