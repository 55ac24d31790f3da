import { constants, createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DOCUMENT_KINDS, REGISTERS } from "../areas/documents/rules-kinds.ts";
import { type Asked, composeDocument } from "../areas/documents/store-compose.ts";
import { TARGET_KINDS } from "../areas/targets/rules-kinds.ts";
import { displayDay } from "../core/day.ts";
import type { Paper } from "../core/paper.ts";
import { Problem } from "../core/problem.ts";
import { asActor } from "../db/actor.ts";
import { type Command, type Invocation, oneOf, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

/** What every command that makes a document takes. */
export const FILE_OPTIONS = { "take-number": { type: "string" }, out: { type: "string" } } as const;
export const FILE_USAGE = `[--take-number ${REGISTERS.join("|")}] --out TỆP.docx|TỆP.xlsx`;

export const documentsExport: Command = {
	name: "documents export",
	usage: `${DOCUMENT_KINDS.join("|")} --unit MÃ [--on NGÀY] [--map NGÀY] [--target LOẠI] [--year NĂM] [--until NGÀY] [--round ID] ${FILE_USAGE}`,
	summary: "Lập văn bản theo thể thức hành chính của Hội (Word), hoặc bảng số liệu của văn bản (Excel)",
	options: {
		unit: { type: "string" },
		on: { type: "string" },
		map: { type: "string" },
		target: { type: "string" },
		year: { type: "string" },
		until: { type: "string" },
		round: { type: "string" },
		...FILE_OPTIONS,
	},
	positionals: 1,
	async run(invocation) {
		const kind = DOCUMENT_KINDS.find((one) => one === invocation.positionals[0]);
		if (!kind) throw new UsageError(`Hãy ghi loại văn bản: ${DOCUMENT_KINDS.join(", ")}.`);
		const year = optional(invocation, "year");
		if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError("--year phải là năm có bốn chữ số.");
		const asked = {
			kind,
			unit: required(invocation, "unit"),
			on: dayOption(invocation, "on"),
			map: dayOption(invocation, "map"),
			dataUntil: dayOption(invocation, "until"),
			roundId: optional(invocation, "round"),
			target: {
				kind: oneOf(invocation, "target", TARGET_KINDS) ?? ("net_new_members" as const),
				name: "",
				year: year === undefined ? undefined : Number(year),
			},
		};
		return exportDocument(invocation, asked);
	},
};

/** Makes a document as the one acting, with a number where one is asked for, and writes it to `--out`. */
export async function exportDocument(invocation: Invocation, asked: Asked): Promise<undefined> {
	const out = required(invocation, "out");
	const format = /\.(docx|xlsx)$/i.exec(out)?.[1].toLowerCase();
	if (!format) throw new UsageError("--out phải là tệp .docx (Word) hoặc .xlsx (Excel).");
	const takeNumber = oneOf(invocation, "take-number", REGISTERS);
	// Before a number is taken for what could not be kept.
	await access(dirname(out), constants.W_OK).catch(refuseFile);
	const { paper, unit } = await operate(invocation, ({ database, actor }) =>
		asActor(database, actor, (work) => composeDocument(work, { ...asked, takeNumber })),
	);
	await pipeline(await contentOf(paper, format), createWriteStream(out)).catch(refuseFile);
	const tables = [
		...paper.body.flatMap((block) => (block.kind === "table" ? [block.table] : [])),
		...paper.annexes.map(({ table }) => table),
	];
	const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
	print(invocation, { file: out, unit: unit.code, rows, number: paper.head.number }, [
		`Đã lập ${out}: ${[paper.title, ...paper.about].filter(Boolean).join(" ")}, ${unit.name}${paper.head.day ? `, ngày ${displayDay(paper.head.day)}` : ""}.`,
	]);
	return undefined;
}

/** Only here: the packages that write Word are more than all the other commands have to load. */
async function contentOf(paper: Paper, format: string): Promise<Readable> {
	if (format === "xlsx") return (await import("../documents/sheet.ts")).documentWorkbook(paper);
	return Readable.from([await (await import("../documents/write.ts")).wordBytes(paper)]);
}

function refuseFile(error: Error): never {
	throw new Problem("file.unwritable", 422, `Không ghi được tệp: ${error.message}`, { field: "out" });
}
