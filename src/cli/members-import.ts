import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { runImport } from "../areas/imports/import-run.ts";
import { waitsForAnswer } from "../areas/imports/rules.ts";
import { reportImport } from "../areas/imports/store-report.ts";
import { startImport } from "../areas/imports/store-start.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import { displayNumber } from "../core/number.ts";
import { Problem } from "../core/problem.ts";
import { asActor } from "../db/actor.ts";
import { fileProblems, limits } from "../sheets/limits.ts";
import { type Command, type Invocation, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { type Operation, operate } from "./operate.ts";

export const membersImport: Command = {
	name: "members import",
	usage: "TỆP --unit MÃ [--as-of NGÀY] [--lower-unlisted auto|none|SỐ]",
	summary: "Nhập danh sách hội viên (XLSX, XLS, CSV) vào một xã; dòng sai được giữ lại, gọi lại thì chạy tiếp",
	options: { unit: { type: "string" }, "as-of": { type: "string" }, "lower-unlisted": { type: "string" } },
	positionals: 1,
	async run(invocation) {
		const [file] = invocation.positionals;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		const code = required(invocation, "unit");
		const asOf = dayOption(invocation, "as-of");
		const lowerUnlisted = loweringOption(invocation);
		const report = await operate(invocation, (operation) => importFile(operation, { file, code, asOf, lowerUnlisted }));
		const waiting = report.problems.filter(waitsForAnswer).length;
		const ofThese = waiting > 0 ? ` (trong đó ${displayNumber(waiting)} dòng chờ trả lời)` : "";
		print(invocation, report, [
			`Số dòng: ${displayNumber(report.rows)}. Đã nhận ${displayNumber(report.accepted)}, cập nhật ${displayNumber(report.updated)}, không đổi ${displayNumber(report.skipped)}, từ chối ${displayNumber(report.rejected)}${ofThese}; cần xem lại ${displayNumber(report.warned)}.`,
			...report.problems
				.filter(({ level }) => level !== "info")
				.map(({ sheet, row, name, text }) => `  ${sheet}, dòng ${row}${name ? `, ${name}` : ""}: ${text}`),
		]);
		return undefined;
	},
};

function loweringOption(invocation: Invocation): "auto" | "none" | number {
	const value = optional(invocation, "lower-unlisted") ?? "auto";
	if (value === "auto" || value === "none") return value;
	if (!/^\d{1,7}$/.test(value)) throw new UsageError("--lower-unlisted phải là auto, none hoặc một số.");
	return Number(value);
}

/** Stages the file, asks for its commit and carries it to the end; an import of the same file that was cut off is carried on. */
async function importFile(
	{ database, actor, call }: Operation,
	input: { file: string; code: string; asOf?: string; lowerUnlisted: "auto" | "none" | number },
) {
	requireFile(input.file);
	const { id, resumed } = await asActor(database, actor, async (work) => {
		const asOf = input.asOf ?? work.today;
		const unit = await requireUnit(work, { code: input.code, on: asOf });
		return startImport(work, { unitId: unit.id, asOf, fileName: basename(input.file), source: input.file });
	});
	if (!resumed) await call("imports.commit", { id, lowerUnlisted: input.lowerUnlisted });
	await runImport(database, actor, id);
	return asActor(database, actor, (work) => reportImport(work, id));
}

function requireFile(file: string): void {
	if (!existsSync(file) || !statSync(file).isFile())
		throw new Problem("file.not_found", 404, `Không có tệp ${file}.`, { field: "file" });
	if (statSync(file).size > limits.fileBytes) throw fileProblems.tooLarge(limits.fileBytes / 1024 / 1024);
}
