import * as z from "zod";
import { DOCUMENT_KINDS, DOCUMENT_LEVELS } from "../areas/documents/rules-kinds.ts";
import { type Asked, composeDocument, composeSample } from "../areas/documents/store-compose.ts";
import { TARGET_KINDS } from "../areas/targets/rules-kinds.ts";
import { isDay } from "../core/day.ts";
import type { Paper } from "../core/paper.ts";
import { Problem } from "../core/problem.ts";
import { type Actor, asActor, type Database } from "../db/actor.ts";
import { documentWorkbook } from "../documents/sheet.ts";
import type { FileRoutes } from "./files.ts";
import { fileAnswer, signedIn, workbookAnswer } from "./files-answer.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/**
 * `GET /files/documents/KIND.docx` or `.xlsx`, `?unitId=…[&on=…][&map=…][&number=ID]`: a document in the Union's administrative form, or its
 * tables as a workbook, from what the person may read. An allotment also takes `target=KIND&term=…|year=…`, a periodic report `period=ID`, a paper
 * of the steps of support `round=ID[&update=ID]`. Leaves an audit row.
 */
export function documentFiles(database: Database): FileRoutes {
	return (app, contextOf) => {
		app.get("/files/documents/:file{[a-z0-9_]+\\.(docx|xlsx)}", async (c) => {
			const actor = signedIn(await contextOf(c.req.raw));
			const [kind, format] = c.req.param("file").split(".") as [string, string];
			if (kind === "sample") return sample(database, actor, c.req.query());
			const asked = askedOf(kind, c.req.query());
			const { paper, fileName } = await asActor(database, actor, (work) => composeDocument(work, asked));
			if (format === "xlsx") return workbookAnswer(documentWorkbook(paper), `${fileName}.xlsx`);
			return wordAnswer(paper, `${fileName}.docx`);
		});
	};
}

/** `GET /files/documents/sample.docx?kind=KIND&unitId=…|level=…`: the words of a template around made-up figures. */
async function sample(database: Database, actor: Actor, query: Record<string, string>): Promise<Response> {
	const kind = DOCUMENT_KINDS.find((one) => one === query.kind);
	const level = DOCUMENT_LEVELS.find((one) => one === query.level);
	if (!kind || (query.level !== undefined && !level))
		throw new Problem("path.unknown", 404, "Không có mẫu văn bản này.");
	const unitId = level ? undefined : numberIn(query, "unitId");
	const paper = await asActor(database, actor, (work) => composeSample(work, { kind, unitId, level }));
	return wordAnswer(paper, `xem-thu-mau-${kind.replaceAll("_", "-")}.docx`);
}

/** Loaded with the first document: a server that makes none need not hold the packages that write Word. */
async function wordAnswer(paper: Paper, name: string): Promise<Response> {
	const { wordBytes } = await import("../documents/write.ts");
	return fileAnswer(new Uint8Array(await wordBytes(paper)), name, DOCX);
}

function numberIn(query: Record<string, string>, name: string): number | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	if (/^\d{1,9}$/.test(value)) return Number(value);
	throw new Problem("input.invalid", 422, "Địa chỉ không đúng. Hãy mở lại trang rồi tải.", { field: name });
}

function askedOf(word: string, query: Record<string, string>): Asked {
	const kind = DOCUMENT_KINDS.find((one) => one === word);
	if (!kind) throw new Problem("path.unknown", 404, "Không có văn bản này.");
	const day = (name: string) => {
		const value = query[name];
		if (value === undefined || isDay(value)) return value;
		throw new Problem("input.invalid", 422, "Ngày phải có dạng năm-tháng-ngày.", { field: name });
	};
	const number = (name: string) => numberIn(query, name);
	const uuid = (name: string) => {
		const value = query[name];
		if (value === undefined || z.uuid().safeParse(value).success) return value;
		throw new Problem("input.invalid", 422, "Địa chỉ không đúng. Hãy mở lại trang rồi tải.", { field: name });
	};
	const unitId = number("unitId");
	if (unitId === undefined) throw new Problem("input.invalid", 422, "Hãy chọn đơn vị.", { field: "unitId" });
	const target = TARGET_KINDS.find((one) => one === (query.target ?? "net_new_members"));
	if (!target) throw new Problem("input.invalid", 422, "Không có loại chỉ tiêu này.", { field: "target" });
	return {
		kind,
		unitId,
		on: day("on"),
		periodId: number("period"),
		map: day("map"),
		numberId: uuid("number"),
		roundId: uuid("round"),
		updateId: uuid("update"),
		target: { kind: target, name: "", termId: number("term"), year: number("year") },
	};
}
