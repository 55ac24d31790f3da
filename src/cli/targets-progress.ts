import { checkWords, type Foreseen, rangeWords } from "../areas/targets/rules-words.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, print, UsageError } from "./command.ts";
import { operate } from "./operate.ts";
import { WHICH_OPTIONS, whichOptions } from "./targets-show.ts";
import { textTable } from "./text-table.ts";

interface Row {
	unitId: number;
	code: string | null;
	name: string;
	target: number | null;
	achieved: number;
	perMonth: number | null;
}

interface Progress {
	on: string;
	end: string;
	own: Row;
	rows: Row[];
}

export const targetsProgress: Command = {
	name: "targets progress",
	usage: "--unit MÃ [--kind net_new_members|communes_over_60] [--year NĂM] [--on NGÀY]",
	summary: "Đã thực hiện so với chỉ tiêu, mức tăng cần mỗi tháng, dự báo đến hết kỳ và sai số khi thử (tạm tính)",
	options: WHICH_OPTIONS,
	async run(invocation) {
		const input = whichOptions(invocation);
		if (input.kind !== "net_new_members" && input.kind !== "communes_over_60")
			throw new UsageError("--kind phải là net_new_members hoặc communes_over_60: loại khác do đơn vị ghi kết quả.");
		const [progress, forecast] = await operate(invocation, async ({ call }) => [
			await call<Progress>("targets.progress", input),
			await call<Foreseen>("targets.forecast", input),
		]);
		print(invocation, { ...progress, forecast }, linesOf(progress, forecast, input.kind === "net_new_members"));
		return undefined;
	},
};

function linesOf({ on, end, own, rows }: Progress, forecast: Foreseen, isNet: boolean): string[] {
	const found = new Map(forecast.units.map((one) => [one.unitId, one]));
	const table = [own, ...rows].map((row) => {
		const ahead = isNet ? found.get(row.unitId) : undefined;
		return [
			row.code,
			row.name,
			row.target === null ? null : displayNumber(row.target),
			displayNumber(row.achieved),
			row.perMonth === null ? null : displayNumber(row.perMonth),
			...(isNet ? [ahead ? rangeWords(row.achieved, ahead) : "chưa đủ dữ liệu"] : []),
		];
	});
	const { passing } = forecast;
	return [
		`Tạm tính đến ngày ${displayDay(on)}; tỷ lệ cấp huyện trở lên là số tham khảo, không xếp hạng`,
		...textTable(
			[
				"Mã",
				"Đơn vị",
				"Chỉ tiêu",
				"Đã thực hiện",
				"Cần mỗi tháng",
				...(isNet ? [`Dự báo đến ${displayDay(end)}`] : []),
			],
			table,
		),
		`${displayNumber(passing.over)} trên ${displayNumber(passing.known)} xã đã đạt trên 60%; dự báo đến cuối kỳ ${displayNumber(passing.expected)} xã (chắc ${displayNumber(passing.certain)}, có thể ${displayNumber(passing.possible)}), ${displayNumber(passing.unknown)} xã chưa đủ dữ liệu.`,
		checkWords(forecast.check),
	];
}
