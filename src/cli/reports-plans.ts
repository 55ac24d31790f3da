import type { ReportState } from "../areas/reporting/contract.ts";
import { STATE_WORDS } from "../areas/reporting/rules-words.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, optional, print, UsageError } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Plans {
	year: number;
	periodId: number | null;
	on: string;
	rows: {
		code: string | null;
		name: string;
		state: ReportState;
		planned: number | null;
		over: number | null;
		passed: number | null;
		from: string | null;
	}[];
}

export const reportsPlans: Command = {
	name: "reports plans",
	usage: "[--year NĂM]",
	summary: "Kế hoạch năm của các tỉnh: số cơ sở sẽ đạt trên 60% trong năm, và kết quả đến nay",
	options: { year: { type: "string" } },
	async run(invocation) {
		const year = optional(invocation, "year");
		if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError("--year phải là năm có bốn chữ số.");
		const input = year === undefined ? {} : { year: Number(year) };
		const plans = await operate(invocation, ({ call }) => call<Plans>("reports.plans", input));
		print(invocation, plans, linesOf(plans));
		return undefined;
	},
};

function linesOf({ year, periodId, on, rows }: Plans): string[] {
	if (periodId === null) return [`Năm ${year} chưa mở kỳ kế hoạch.`];
	const number = (value: number | null) => (value === null ? null : displayNumber(value));
	return [
		`Kế hoạch năm ${year}, kết quả theo báo cáo đã duyệt gần nhất, không có thì đến ngày ${displayDay(on)} (tạm tính):`,
		...textTable(
			["Mã", "Tỉnh, thành phố", "Kế hoạch", "Sẽ đạt", "Kết quả", "Trên 60%", "Theo"],
			rows.map((row) => [
				row.code,
				row.name,
				STATE_WORDS[row.state],
				number(row.planned),
				number(row.passed),
				number(row.over),
				row.from ?? "tạm tính",
			]),
		),
	];
}
