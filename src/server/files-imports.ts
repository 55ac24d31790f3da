import { requireImport } from "../areas/imports/store-heads.ts";
import { notesOf } from "../areas/imports/store-report.ts";
import { openSealedFile, startImport } from "../areas/imports/store-start.ts";
import { isDay } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import { asActor, type Database } from "../db/actor.ts";
import { annotateWorkbook, type SheetNotes } from "../sheets/annotate.ts";
import { fileProblems, limits } from "../sheets/limits.ts";
import { call } from "./call.ts";
import type { FileRoutes } from "./files.ts";
import { signedIn, workbookAnswer } from "./files-answer.ts";

/**
 * `POST /files/imports?unitId=…&asOf=…`: a roster's file as the body, its name in `x-file-name` (URI-encoded); answers
 * `{id, resumed}`. `GET /files/imports/:id/workbook`: her own workbook back with the column "Lỗi cần sửa".
 */
export function importFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.post("/files/imports", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const unitId = Number(c.req.query("unitId"));
			const asOf = c.req.query("asOf") ?? "";
			if (!Number.isInteger(unitId) || unitId < 1)
				throw new Problem("input.invalid", 422, "Hãy chọn đơn vị nhận danh sách.", { field: "unitId" });
			if (!isDay(asOf)) throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: "asOf" });
			const fileName = fileNameOf(c.req.header("x-file-name"));
			const bytes = await readBody(c.req.raw);
			return c.json(await asActor(database, actor, (work) => startImport(work, { unitId, asOf, fileName, bytes })));
		});
		app.get("/files/imports/:id/workbook", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const id = c.req.param("id");
			if (!/^[0-9a-f-]{36}$/.test(id))
				throw new Problem("import.not_found", 404, "Không tìm thấy lần nhập danh sách này.");
			const { demo } = (await call(database, actor, "access.session", {})) as { demo: boolean };
			const { workbook, notes, fileName } = await asActor(database, actor, async (work) => {
				const head = await requireImport(work, id);
				const texts = await notesOf(work, id);
				await work.audit({ action: "imports.workbook", unitId: head.unitId, detail: { import: id } });
				const sheets = head.layout.sheets.map(({ sheet, headerRow, headerRows }): [string, SheetNotes] => [
					sheet,
					{ headerRow: headerRow + Math.max(0, headerRows - 1), noteOf: (row) => texts.get(sheet)?.get(row) },
				]);
				return { workbook: await openSealedFile(work, head), notes: new Map(sheets), fileName: head.fileName };
			});
			const answer = await annotateWorkbook(workbook, notes, { demo });
			answer.once("close", () => void workbook.close());
			return workbookAnswer(answer, `${fileName.replace(/\.\w+$/, "")} - cần sửa.xlsx`);
		});
	};
}

function fileNameOf(header: string | undefined): string {
	try {
		const name = decodeURIComponent(header ?? "").trim();
		if (name !== "") return name;
	} catch (error) {
		if (!(error instanceof URIError)) throw error;
	}
	throw new Problem("file.name_missing", 422, "Thiếu tên tệp.", { field: "x-file-name" });
}

/** The body, refused as soon as it is larger than a file may be. */
async function readBody(request: Request): Promise<Buffer> {
	const tooLarge = () => fileProblems.tooLarge(limits.fileBytes / 1024 / 1024);
	if (Number(request.headers.get("content-length") ?? 0) > limits.fileBytes) throw tooLarge();
	const pieces: Uint8Array[] = [];
	let size = 0;
	for await (const piece of request.body ?? []) {
		size += piece.length;
		if (size > limits.fileBytes) throw tooLarge();
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}
