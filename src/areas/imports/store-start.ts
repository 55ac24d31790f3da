import { sql } from "kysely";
import type { Day } from "../../core/day.ts";
import { uuidv7 } from "../../core/id.ts";
import { Problem } from "../../core/problem.ts";
import type { Sheet } from "../../core/sheet.ts";
import type { Work } from "../../db/actor.ts";
import { openWorkbook, readSheet } from "../../sheets/read.ts";
import type { FileSource, Workbook } from "../../sheets/workbook.ts";
import {
	applyRemembered,
	layoutFingerprint,
	type RosterLayout,
	recogniseRoster,
	recogniseSheet,
	type SheetLayout,
} from "../members/rules-roster-layout.ts";
import { type RosterRow, rosterReader, seenIds } from "../members/rules-roster-read.ts";
import { requireUnit } from "../units/store-reading.ts";
import { type RowPlan, rowPlanner } from "./rules.ts";
import { findBranches, missingBranches } from "./store-branches.ts";
import { dropRows, hashOf, openSealedFile, sealFile } from "./store-file.ts";
import { type ImportHead, requireImport } from "./store-heads.ts";
import { planAgainstDatabase, printOf, type RosterPlace } from "./store-matching.ts";
import { stageRows } from "./store-staging.ts";

/** Rows at the top of a sheet that recognising looks at. */
const LOOKED_AT = 2000;

/**
 * Takes a spreadsheet for a commune: seals a copy, recognises its sheets and columns (or remembers how the unit corrected them),
 * and stages every row with what it would do. Nothing is written to the roster. The same file again for the same unit and day
 * carries on with the import that is not finished: planned anew by its own layout, or as it stands where someone has answered or
 * put right rows of it. Throws Problems of the file (src/sheets) and `import.not_a_commune`,
 * `import.as_of_future`, `access.denied`.
 */
export async function startImport(
	work: Work,
	input: { unitId: number; asOf: Day; fileName: string; source: FileSource },
): Promise<{ id: string; resumed: boolean }> {
	await requirePlace(work, input);
	const hash = work.vault.fingerprint(await hashOf(input.source));
	const unfinished = await findUnfinished(work, input, hash);
	if (unfinished?.state === "committing") return { id: unfinished.id, resumed: true };
	if (unfinished && (await isWorkedOn(work, unfinished.id))) return { id: unfinished.id, resumed: false };
	const id = unfinished?.id ?? uuidv7();
	const workbook = await openWorkbook(input.source, input.fileName);
	try {
		if (!unfinished) await addImport(work, { id, hash, ...input });
		const layout = unfinished?.layout ?? (await rememberedLayout(work, input.unitId, await topOf(workbook)));
		const rows = await stageWorkbook(work, { importId: id, unitId: input.unitId, asOf: input.asOf }, workbook, layout);
		await work.audit({ action: "imports.start", unitId: input.unitId, detail: { import: id, rows } });
	} finally {
		workbook.close();
	}
	return { id, resumed: false };
}

async function addImport(
	work: Work,
	input: { id: string; unitId: number; asOf: Day; fileName: string; hash: Buffer; source: FileSource },
): Promise<void> {
	await work.db
		.insertInto("import")
		.values({
			id: input.id,
			unit_id: input.unitId,
			as_of: input.asOf,
			file_name: input.fileName.slice(-300),
			file_hash: input.hash,
			created_by: work.accountId,
		})
		.execute();
	await sealFile(work, input.id, input.source);
}

async function requirePlace(work: Work, input: { unitId: number; asOf: Day }): Promise<void> {
	if (input.asOf > work.today)
		throw new Problem("import.as_of_future", 422, "Danh sách không thể lập vào một ngày chưa tới.", { field: "asOf" });
	const unit = await requireUnit(work, { id: input.unitId, on: input.asOf });
	if (unit.kind !== "commune" && unit.kind !== "unassigned")
		throw new Problem(
			"import.not_a_commune",
			422,
			"Danh sách hội viên được nhập vào một xã, phường, thị trấn. Chi hội, tổ do tệp ghi.",
			{ field: "unitId" },
		);
	const { rows } = await sql<{ ok: boolean }>`select calc.may_at('members.write', ${input.unitId}) as ok`.execute(
		work.db,
	);
	if (!rows[0].ok)
		throw new Problem("access.denied", 403, "Tài khoản của chị không có quyền nhập danh sách cho đơn vị này.");
}

/**
 * An import of this very file that was not finished, held until this transaction ends, so that nobody begins to write rows that
 * are being staged anew. The lock of the roster lets only one of two that come at once begin.
 */
async function findUnfinished(work: Work, input: { unitId: number; asOf: Day }, hash: Buffer) {
	const find = async () => {
		const { rows } = await sql<{ id: string; state: "staged" | "committing"; layout: RosterLayout }>`
			select id, state, layout from app.import where unit_id = ${input.unitId} and as_of = ${input.asOf}::date
				and file_hash = ${hash} and state in ('staged', 'committing')
			order by created_at desc limit 1 for update`.execute(work.db);
		return rows[0];
	};
	const found = await find();
	if (found) return found;
	await sql`select calc.lock_roster(${input.unitId})`.execute(work.db);
	return find();
}

/** Whether someone has answered or put right a row. Once the import is held: what she did just now is seen, too. */
async function isWorkedOn(work: Work, importId: string): Promise<boolean> {
	const { rows } = await sql`select from app.import_row where import_id = ${importId}
		and (answer is not null or fixed_cipher is not null) limit 1`.execute(work.db);
	return rows.length > 0;
}

/** Enough of each sheet to recognise it. */
export async function topOf(workbook: Workbook): Promise<Sheet[]> {
	const sheets: Sheet[] = [];
	for (const source of workbook.sheets) sheets.push(await readSheet(source, LOOKED_AT));
	return sheets;
}

/** How the sheets are read: as recognised, or as people of the unit corrected it for a file with the same columns. */
async function rememberedLayout(work: Work, unitId: number, sheets: readonly Sheet[]): Promise<RosterLayout> {
	const rows = await work.db.selectFrom("import_layout").select("layout").where("unit_id", "=", unitId).execute();
	const known = rows.map((row) => row.layout as unknown as SheetLayout);
	return {
		sheets: recogniseRoster(sheets).sheets.map((layout, index) => recalled(sheets[index] as Sheet, layout, known)),
	};
}

/** A header nobody could recognise is looked for where people pointed to it before. */
function recalled(sheet: Sheet, layout: SheetLayout, known: readonly SheetLayout[]): SheetLayout {
	for (const remembered of known) {
		const { headerRow: row, headerRows } = remembered;
		const read = layout.headerRow > 0 ? layout : recogniseSheet(sheet, { row, rows: headerRows });
		if (layoutFingerprint(read) === layoutFingerprint(remembered)) return applyRemembered(read, remembered);
	}
	return layout;
}

/** Rows planned and staged together. */
const STAGED_ROWS = 10_000;

/** Reads a workbook by a layout, plans every row and puts them into staging in place of what was there. Answers how many. */
async function stageWorkbook(
	work: Work,
	place: RosterPlace,
	workbook: Workbook,
	layout: RosterLayout,
): Promise<number> {
	await dropRows(work, place.importId);
	const branches = await findBranches(work, place);
	const missing = missingBranches(branches);
	const plan = rowPlanner();
	const lines: Record<string, number> = {};
	let total = 0;
	for await (const read of readRows(work, place, workbook, layout, lines)) {
		const inputs = read.map((row) => ({ ...row, answer: null, print: printOf(work.vault, row) }));
		const plans = await planAgainstDatabase(work, place, inputs, branches, { plan });
		const rows = inputs.map((row, index) => ({ ...row, ...(plans[index] as RowPlan), position: total + index + 1 }));
		for (const { action, fields } of rows) if (action !== "refuse") missing.add(fields);
		await stageRows(work, place.importId, rows);
		total += rows.length;
	}
	const newBranches = missing.names().map(({ branch, group }) => (group ? `${branch}, ${group}` : branch));
	await work.db
		.updateTable("import")
		.set({
			layout: JSON.stringify(layout),
			summary: JSON.stringify({ lines, newBranches }),
			rows_total: total,
			rows_done: 0,
			failure: null,
		})
		.where("id", "=", place.importId)
		.execute();
	return total;
}

/** The members' rows of a workbook as they are read, some at a time; other lines are counted in `lines`. */
async function* readRows(
	work: Work,
	place: RosterPlace,
	workbook: Workbook,
	layout: RosterLayout,
	lines: Record<string, number>,
): AsyncGenerator<RosterRow[]> {
	let rows: RosterRow[] = [];
	const seen = seenIds();
	for (const sheet of layout.sheets) {
		const source = workbook.sheets.find(({ name }) => name === sheet.sheet);
		if (!source || !sheet.use) continue;
		const read = rosterReader(sheet, { today: work.today, asOf: place.asOf }, seen);
		for await (const row of source.rows()) {
			const line = read(row);
			if (line === null) continue;
			if ("fields" in line) rows.push(line);
			else lines[line.kind] = (lines[line.kind] ?? 0) + 1;
			if (rows.length < STAGED_ROWS) continue;
			yield rows;
			rows = [];
		}
	}
	if (rows.length > 0) yield rows;
}

/** Reads the file anew as a person says, and remembers it for the unit's next file with the same columns. */
export async function setLayout(
	work: Work,
	input: { id: string; layout: RosterLayout; remember: boolean },
): Promise<ImportHead> {
	const head = await requireImport(work, input.id, { lock: true });
	if (head.state !== "staged")
		throw new Problem("import.not_staged", 409, "Lần nhập này đã được ghi nhận hoặc đã bỏ, không sửa được cột nữa.");
	const workbook = await openSealedFile(work, head);
	try {
		const names = new Set(workbook.sheets.map(({ name }) => name));
		if (input.layout.sheets.some(({ sheet }) => !names.has(sheet)))
			throw new Problem("import.sheet_unknown", 422, "Tệp không có trang tính này.", { field: "layout" });
		await stageWorkbook(work, { importId: head.id, unitId: head.unitId, asOf: head.asOf }, workbook, input.layout);
	} finally {
		workbook.close();
	}
	if (input.remember)
		for (const sheet of input.layout.sheets.filter(({ headerRow }) => headerRow > 0))
			await work.db
				.insertInto("import_layout")
				.values({ unit_id: head.unitId, fingerprint: layoutFingerprint(sheet), layout: JSON.stringify(sheet) })
				.onConflict((conflict) =>
					conflict
						.columns(["unit_id", "fingerprint"])
						.doUpdateSet({ layout: JSON.stringify(sheet), updated_at: sql`now()` }),
				)
				.execute();
	await work.audit({ action: "imports.setLayout", unitId: head.unitId, detail: { import: head.id } });
	return requireImport(work, head.id);
}
