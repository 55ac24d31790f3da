import type { Readable } from "node:stream";
import { TEMPLATE_COLUMNS, TEMPLATE_GUIDE } from "../areas/imports/rules-columns.ts";
import { openSealedFile } from "../areas/imports/store-file.ts";
import { requireImport } from "../areas/imports/store-heads.ts";
import { notesOf } from "../areas/imports/store-report.ts";
import { startImport } from "../areas/imports/store-start.ts";
import { isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import { type Actor, asActor, type Database } from "../db/actor.ts";
import { annotateWorkbook, type SheetNotes } from "../sheets/annotate.ts";
import { fileProblems, limits } from "../sheets/limits.ts";
import { type OutCell, type OutSheet, writeWorkbook } from "../sheets/write.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";

/** Rows of the blank template whose cells are already of the text format. */
const BLANK_ROWS = 500;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Rosters up and down: `POST /files/imports?unitId=&asOf=` (the file as the body, its name in `x-file-name`; answers
 * `{id, resumed}`), `GET /files/imports/:id/workbook` (her own workbook with "Lỗi cần sửa"), `GET /files/members-template.xlsx`.
 */
export function importFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		const actorOf = async (request: Request) => signedIn(await contextOf(request));
		app.post("/files/imports", async (c) => {
			const actor = await actorOf(c.req.raw);
			const input = placeOf(c.req.query("unitId"), c.req.query("asOf"));
			const fileName = fileNameOf(c.req.header("x-file-name"));
			const bytes = await readBody(c.req.raw, limits.fileBytes);
			const started = await asActor(database, actor, (work) =>
				startImport(work, { ...input, asOf: input.asOf ?? work.today, fileName, source: bytes }),
			);
			return c.json(started);
		});
		app.get("/files/imports/:id/workbook", async (c) => {
			const actor = await actorOf(c.req.raw);
			const { stream, fileName } = await annotated(database, actor, c.req.param("id"));
			return workbookAnswer(stream, fileName);
		});
		app.get("/files/members-template.xlsx", async (c) => {
			await actorOf(c.req.raw);
			return workbookAnswer(writeWorkbook(templateSheets()), "mau-danh-sach-hoi-vien.xlsx");
		});
	};
}

function placeOf(unitId: string | undefined, asOf: string | undefined): { unitId: number; asOf: string | undefined } {
	if (!unitId || !/^\d{1,9}$/.test(unitId))
		throw new Problem("input.invalid", 422, "Hãy chọn xã, phường để nhập danh sách.", { field: "unitId" });
	if (asOf && !isDay(asOf))
		throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày và có thật trên lịch.", {
			field: "asOf",
		});
	return { unitId: Number(unitId), asOf: asOf || undefined };
}

function fileNameOf(header: string | undefined): string {
	try {
		const name = decodeURIComponent(header ?? "")
			.replace(/^.*[/\\]/su, "")
			.replace(/[\p{Cc}\p{Cf}]/gu, "");
		return name.slice(-200) || "danh-sach";
	} catch {
		throw new Problem("input.invalid", 422, "Tên tệp không hợp lệ.", { field: "fileName" });
	}
}

/** A request's body up to a limit; what says or turns out to be longer is refused without being read to its end. */
async function readBody(request: Request, limit: number): Promise<Buffer> {
	const tooLarge = () => fileProblems.tooLarge(limit / 1024 / 1024);
	if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
	const parts: Uint8Array[] = [];
	let length = 0;
	for await (const part of request.body ?? []) {
		length += part.length;
		if (length > limit) throw tooLarge();
		parts.push(part);
	}
	return Buffer.concat(parts);
}

/** Her workbook with what is to be corrected; reading it leaves an audit row, for it holds her whole roster. */
async function annotated(
	database: Database,
	actor: Actor,
	id: string,
): Promise<{ stream: Readable; fileName: string }> {
	if (!UUID.test(id)) throw new Problem("import.not_found", 404, "Không tìm thấy lần nhập danh sách này.");
	const { demo } = (await call(database, actor, "access.session", {})) as { demo: boolean };
	const { workbook, notes, fileName } = await asActor(database, actor, async (work) => {
		const head = await requireImport(work, id);
		const problems = await notesOf(work, id);
		await work.audit({ action: "imports.workbook", unitId: head.unitId, detail: { import: id } });
		const notes = new Map<string, SheetNotes>();
		for (const { sheet, use, headerRow, headerRows } of head.layout.sheets)
			if (use)
				notes.set(sheet, {
					headerRow: headerRow + headerRows - 1,
					noteOf: (row) => problems.get(sheet)?.get(row),
				});
		return { workbook: await openSealedFile(work, head), notes, fileName: head.fileName };
	});
	const stream = await annotateWorkbook(workbook, notes, { demo });
	stream.once("close", () => workbook.close());
	return { stream, fileName: `${fileName.replace(/\.[^.]*$/, "")} - lỗi cần sửa.xlsx` };
}

/** The blank workbook: cells of text, so that numbers keep their zeros, and a sheet of guidance. */
function templateSheets(): OutSheet[] {
	const blank: OutCell[] = TEMPLATE_COLUMNS.map(() => ({ value: "", look: "text" }));
	return [
		{
			name: "Hội viên",
			columns: TEMPLATE_COLUMNS.map(({ header, width }) => ({ header, width })),
			rows: Array.from({ length: BLANK_ROWS }, () => blank),
		},
		{ name: "Hướng dẫn", widths: [120], rows: TEMPLATE_GUIDE.map((line) => [line]) },
	];
}
