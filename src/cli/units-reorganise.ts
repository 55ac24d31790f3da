import { basename } from "node:path";
import type { DryRunUnit } from "../areas/reorganisations/contract.ts";
import { SUCCESSOR_COLUMNS } from "../areas/reorganisations/import.ts";
import { classMoves } from "../areas/reorganisations/rules-dry-run.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber, displayRate } from "../core/number.ts";
import { Problem } from "../core/problem.ts";
import { OPERATOR_ID } from "../db/actor.ts";
import { type Command, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { CLASS_LABELS } from "./gathering-rates.ts";
import { operate } from "./operate.ts";
import { readTableFile } from "./table-file.ts";

export const unitsReorganise: Command = {
	name: "units reorganise",
	usage: "TỆP.csv --date NGÀY --decree VĂN-BẢN [--title TÊN] [--dry-run]",
	summary:
		"Sắp xếp đơn vị từ bảng cũ – mới (cột: new_code,new_name,old_code[,new_province_code,old_name,part,share,document]); --dry-run chỉ cho xem trước",
	options: {
		date: { type: "string" },
		decree: { type: "string" },
		title: { type: "string" },
		"dry-run": { type: "boolean" },
	},
	positionals: 1,
	async run(invocation) {
		const on = dayOption(invocation, "date") ?? required(invocation, "date");
		const decree = required(invocation, "decree");
		const [file] = invocation.positionals;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		const rows = readTableFile(file, SUCCESSOR_COLUMNS);
		const title = optional(invocation, "title") ?? `${basename(file)}, ${displayDay(on)}`;
		const answer = await operate(invocation, async ({ call, actor }) => {
			const drafted = await call("reorganisations.draftFromTable", { title, decree, on, rows });
			const tried = await call("reorganisations.dryRun", { id: drafted.id });
			const said = { ...tried, conflicts: [...drafted.conflicts, ...tried.conflicts.filter(isNew(drafted.conflicts))] };
			const act = (name: string, one: { id: string; version: number }) =>
				call(`reorganisations.${name}`, { id: one.id, version: one.version });
			if (invocation.values["dry-run"]) {
				await act("discard", drafted);
				return { id: null, state: "dry-run", on, decree, changes: drafted.changes, ...said };
			}
			const worst = said.conflicts.find((one: { level: string }) => one.level === "error");
			if (worst) {
				await act("discard", drafted);
				throw new Problem(worst.code, 422, `${worst.row === null ? "" : `Dòng ${worst.row}: `}${worst.text}`);
			}
			// The machine's operator answers for the whole act; a person leaves a list for another to approve (R39).
			const submitted = await act("submit", drafted);
			const done = actor.accountId === OPERATOR_ID ? await act("apply", await act("approve", submitted)) : submitted;
			return { id: done.id, state: done.state, on, decree, changes: done.changes, ...said };
		});
		print(invocation, answer, [
			`${answer.state === "dry-run" ? "Chạy thử, chưa ghi gì" : answer.state === "applied" ? "Đã thực hiện" : "Đã trình duyệt"}: ${displayNumber(answer.changes)} thay đổi, ${displayNumber(answer.units.length)} đơn vị có số liệu khác trước, ${displayNumber(answer.classChanges)} đơn vị có hội viên sang nhóm khác.`,
			...classMoves(answer.units).map(
				({ from, to }) => `  ${figure(answer.units[from].before)} → ${figure(answer.units[to].after)}`,
			),
			`Hội viên trước ${displayNumber(answer.before.members)}, sau ${displayNumber(answer.after.members)}; phụ nữ từ 18 tuổi trước ${displayNumber(answer.before.women18)}, sau ${displayNumber(answer.after.women18)}${answer.before.target > 0 ? `; chỉ tiêu tăng hội viên trước ${displayNumber(answer.before.target)}, sau ${displayNumber(answer.after.target)}` : ""}.`,
			...answer.conflicts.map(
				(one: { level: string; row: number | null; text: string }) =>
					`${one.level === "error" ? "Lỗi" : "Lưu ý"}${one.row === null ? "" : `, dòng ${one.row}`}: ${one.text}`,
			),
		]);
		return undefined;
	},
};

/** A commune with its rate and class on one side of a reorganisation. */
function figure(of: DryRunUnit["before"]): string {
	if (of === null || of.rate === null) return of?.name ?? "";
	return `${of.name} ${displayRate(of.rate)}${of.class === null ? "" : ` (${CLASS_LABELS[of.class]})`}`;
}

/** Conflicts that the drafting has not told already, with their lines. */
function isNew(told: readonly { text: string }[]) {
	const texts = new Set(told.map((one) => one.text));
	return (one: { text: string }) => !texts.has(one.text);
}
