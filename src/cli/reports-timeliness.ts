import { longWords } from "../areas/reporting/rules-timeliness.ts";
import { type Command, optional, print } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Timely {
	periods: { id: number; name: string }[];
	rows: {
		periodId: number;
		code: string | null;
		name: string;
		expected: number;
		inTime: number;
		late: number;
		pending: number;
		named: number | null;
		unlisted: number | null;
	}[];
}

export const reportsTimeliness: Command = {
	name: "reports timeliness",
	usage: "[--unit MÃ]",
	summary: "Báo cáo gửi đúng hạn, muộn, chưa gửi và tỷ lệ hội viên đã có tên: theo tỉnh, hoặc theo đơn vị của một tỉnh",
	options: { unit: { type: "string" } },
	async run(invocation) {
		const unit = optional(invocation, "unit");
		const answer = await operate(invocation, ({ call }) => call<Timely>("reports.timeliness", unit ? { unit } : {}));
		print(invocation, answer, linesOf(answer));
		return undefined;
	},
};

function linesOf({ periods, rows }: Timely): string[] {
	return periods.flatMap(({ id, name }) => [
		`${name}:`,
		...textTable(
			["Mã", "Đơn vị", "Báo cáo"],
			rows.filter(({ periodId }) => periodId === id).map((row) => [row.code, row.name, longWords(row)]),
		),
	]);
}
