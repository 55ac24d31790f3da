import { displayNumber } from "../core/number.ts";
import { type Command, print, required, UsageError } from "./command.ts";
import { readTable } from "./csv.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

const COLUMNS = ["code", "component", "count", "overlap", "source", "document"] as const;

export const headcountsImport: Command = {
	name: "headcounts import",
	usage: "TỆP.csv --on NGÀY",
	summary: "Nhập số liệu tổng hợp; cột: code,component,count,overlap,source; một dòng sai thì không ghi dòng nào",
	options: { on: { type: "string" } },
	positionals: 1,
	async run(invocation) {
		required(invocation, "on");
		const on = dayOption(invocation, "on");
		const [file] = invocation.positionals;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		const rows = readTable(file, COLUMNS, ["overlap", "document"]).map(({ row, cells }) => ({ row, ...cells }));
		const answer = await operate(invocation, ({ call }) => call("headcounts.import", { on, rows }));
		print(invocation, answer, [`Đã ghi ${displayNumber(answer.saved)} số liệu.`]);
		return undefined;
	},
};
