import { POPULATION_COLUMNS } from "../areas/populations/rules.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { readTableFile } from "./table-file.ts";

export const populationsImport: Command = {
	name: "populations import",
	usage: "TỆP.csv --source NGUỒN [--as-of NGÀY]",
	summary: "Nhập số phụ nữ từ 18 tuổi trở lên; cột: code,women18; một dòng sai thì không ghi dòng nào",
	options: { source: { type: "string" }, "as-of": { type: "string" } },
	positionals: 1,
	async run(invocation) {
		const source = required(invocation, "source");
		const asOf = dayOption(invocation, "as-of");
		const [file] = invocation.positionals;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		const rows = readTableFile(file, POPULATION_COLUMNS);
		const answer = await operate(invocation, ({ call }) => call("populations.import", { source, asOf, rows }));
		print(invocation, answer, [
			`Đã ghi ${displayNumber(answer.saved)} đơn vị${answer.official ? "; đây là nguồn chính thức của nhiệm kỳ" : ""}.`,
		]);
		return undefined;
	},
};
