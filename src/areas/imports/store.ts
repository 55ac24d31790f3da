import { Problem } from "../../core/problem.ts";
import type { Work } from "../../db/actor.ts";
import { cellText } from "../members/rules-roster-cells.ts";
import type { StoreOf } from "../store-of.ts";
import type { ImportRow, importsContract } from "./contract.ts";
import { commitImport } from "./store-commit.ts";
import { dropFile, openSealedFile } from "./store-file.ts";
import { importRowOf, listImports, previewImport, requireImport } from "./store-heads.ts";
import { answerRow, fixRow, listRows } from "./store-rows.ts";
import { setLayout, topOf } from "./store-start.ts";
import { undoImport } from "./store-undo.ts";

/** Rosters in (design §6): file → staged → checked → preview → committed in chunks → undone as a whole, if need be. */
export const imports: StoreOf<typeof importsContract> = {
	list: listImports,
	preview: previewImport,
	recognise,
	rows: listRows,
	progress: async (work, input) => importRowOf(work, await requireImport(work, input.id)),
	setLayout: async (work, input) => previewImport(work, { id: (await setLayout(work, input)).id }),
	commit: async (work, input) => importRowOf(work, await commitImport(work, input)),
	answer: answerRow,
	fixRow,
	undo: undoImport,
	cancel: cancelImport,
	forget: forgetImport,
};

/** The sheets as they are read, with their first lines as text, for a person to correct. */
async function recognise(work: Work, input: { id: string; rows: number }) {
	const head = await requireImport(work, input.id);
	const workbook = await openSealedFile(work, head);
	try {
		const sheets = await topOf(workbook);
		await work.audit({ action: "imports.recognise", unitId: head.unitId, detail: { import: head.id } });
		return head.layout.sheets.map((layout) => {
			const sheet = sheets.find(({ name }) => name === layout.sheet);
			const encodings = new Map(layout.columns.map(({ column, encoding }) => [column, encoding]));
			const top = (sheet?.rows ?? []).slice(0, input.rows).map(({ row, cells }) => ({
				row,
				cells: Array.from(cells, (cell, column) => cellText(cell, encodings.get(column)).text.slice(0, 200)),
			}));
			return { ...layout, hidden: sheet?.hidden ?? false, top };
		});
	} finally {
		workbook.close();
	}
}

/** Drops an import that was not committed: nothing of it was in the roster. */
async function cancelImport(work: Work, input: { id: string }): Promise<ImportRow> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state !== "staged")
		throw new Problem("import.not_staged", 409, "Lần nhập này đã được ghi nhận. Hãy dùng “Hoàn tác”.");
	return drop(work, input.id, "cancelled", "imports.cancel");
}

/** Deletes the file and the staged rows of a finished import, as law 91/2025 asks of data no longer needed; it cannot be undone afterwards. */
async function forgetImport(work: Work, input: { id: string }): Promise<ImportRow> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state !== "committed" && head.state !== "undone")
		throw new Problem("import.not_committed", 409, "Lần nhập này chưa xong. Hãy dùng “Bỏ” hoặc đợi ghi nhận xong.");
	return drop(work, input.id, "forgotten", "imports.forget");
}

/** The counts as they were stay in the audit; file and rows go. */
async function drop(work: Work, id: string, state: string, action: string): Promise<ImportRow> {
	const before = await importRowOf(work, await requireImport(work, id));
	await work.audit({ action, unitId: before.unitId, detail: { import: id, ...before.counts } });
	await dropFile(work, id);
	await work.db.updateTable("import").set({ state }).where("id", "=", id).execute();
	return importRowOf(work, await requireImport(work, id));
}
