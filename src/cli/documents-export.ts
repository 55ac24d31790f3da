import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DOCUMENT_KINDS, REGISTERS } from "../areas/documents/rules-kinds.ts";
import { composeDocument } from "../areas/documents/store-compose.ts";
import { TARGET_KINDS } from "../areas/targets/rules-kinds.ts";
import { displayDay } from "../core/day.ts";
import type { Paper } from "../core/paper.ts";
import { Problem } from "../core/problem.ts";
import { asActor } from "../db/actor.ts";
import { type Command, oneOf, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

export const documentsExport: Command = {
	name: "documents export",
	usage: `${DOCUMENT_KINDS.join("|")} --unit MÃ [--on NGÀY] [--map NGÀY] [--target LOẠI] [--year NĂM] [--take-number ${REGISTERS.join("|")}] --out TỆP.docx|TỆP.xlsx`,
	summary: "Lập văn bản theo thể thức hành chính của Hội (Word), hoặc bảng số liệu của văn bản (Excel)",
	options: {
		unit: { type: "string" },
		on: { type: "string" },
		map: { type: "string" },
		target: { type: "string" },
		year: { type: "string" },
		"take-number": { type: "string" },
		out: { type: "string" },
	},
	positionals: 1,
	async run(invocation) {
		const kind = DOCUMENT_KINDS.find((one) => one === invocation.positionals[0]);
		if (!kind) throw new UsageError(`Hãy ghi loại văn bản: ${DOCUMENT_KINDS.join(", ")}.`);
		const out = required(invocation, "out");
		const format = /\.(docx|xlsx)$/i.exec(out)?.[1].toLowerCase();
		if (!format) throw new UsageError("--out phải là tệp .docx (Word) hoặc .xlsx (Excel).");
		const year = optional(invocation, "year");
		if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError("--year phải là năm có bốn chữ số.");
		const asked = {
			kind,
			unit: required(invocation, "unit"),
			on: dayOption(invocation, "on"),
			map: dayOption(invocation, "map"),
			takeNumber: oneOf(invocation, "take-number", REGISTERS),
			target: {
				kind: oneOf(invocation, "target", TARGET_KINDS) ?? ("net_new_members" as const),
				name: "",
				year: year === undefined ? undefined : Number(year),
			},
		};
		const { paper, unit } = await operate(invocation, ({ database, actor }) =>
			asActor(database, actor, (work) => composeDocument(work, asked)),
		);
		await write(out, await contentOf(paper, format));
		const tables = [
			...paper.body.flatMap((block) => (block.kind === "table" ? [block.table] : [])),
			...paper.annexes.map(({ table }) => table),
		];
		const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
		print(invocation, { file: out, unit: unit.code, rows, number: paper.head.number }, [
			`Đã lập ${out}: ${[paper.title, ...paper.about].filter(Boolean).join(" ")}, ${unit.name}${paper.head.day ? `, ngày ${displayDay(paper.head.day)}` : ""}.`,
		]);
		return undefined;
	},
};

/** Only here: the packages that write Word are more than all the other commands have to load. */
async function contentOf(paper: Paper, format: string): Promise<Readable> {
	if (format === "xlsx") return (await import("../documents/sheet.ts")).documentWorkbook(paper);
	return Readable.from([await (await import("../documents/write.ts")).wordBytes(paper)]);
}

async function write(out: string, content: Readable): Promise<void> {
	try {
		await pipeline(content, createWriteStream(out));
	} catch (error) {
		throw new Problem("file.unwritable", 422, `Không ghi được tệp: ${(error as Error).message}`, { field: "out" });
	}
}
