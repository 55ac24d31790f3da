import { HEADCOUNT_COLUMNS } from "../areas/headcounts/rules.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { readTableFile } from "./table-file.ts";

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
		const rows = readTableFile(file, HEADCOUNT_COLUMNS);
		const answer = await operate(invocation, ({ call }) => call("headcounts.import", { on, rows }));
		print(invocation, answer, [`Đã ghi ${displayNumber(answer.saved)} số liệu.`]);
		return undefined;
	},
};
