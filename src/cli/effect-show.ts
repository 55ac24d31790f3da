import { CAUTION_WORDS, effectWords, pointsWords, verdictWords } from "../areas/effect/rules-words.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

/** What the command reads of `effect.show`. */
interface Shown {
	on: string;
	months: number;
	communes: number;
	using: number;
	kinds: (Parameters<typeof effectWords>[0] &
		Parameters<typeof verdictWords>[0] & {
			words: string;
			guidance: string;
			used: number;
			controls: number;
			changed: number | null;
			changedLikes: number | null;
		})[];
}

export const effectShow: Command = {
	name: "effect show",
	usage: "[--on NGÀY]",
	summary: "Chênh lệch tỷ lệ tập hợp của xã đã làm từng giải pháp so với xã tương đồng chưa làm",
	options: { on: { type: "string" } },
	async run(invocation) {
		const on = dayOption(invocation, "on");
		const shown = await operate(invocation, ({ call }) => call<Shown>("effect.show", { on }));
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ on, months, communes, using, kinds }: Shown): string[] {
	return [
		`${displayNumber(using)} trên ${displayNumber(communes)} xã đã bắt đầu giải pháp, mô hình tính đến ngày ${displayDay(on)}; so sánh trong ${months} tháng sau khi bắt đầu.`,
		CAUTION_WORDS,
		...textTable(
			["Giải pháp", "Số xã", "Mức tăng / xã tương đồng", "Chênh lệch (khoảng 95%)", "Nhận định"],
			kinds.map((row) => [
				row.guidance || row.words.slice(0, 40),
				displayNumber(row.used),
				row.changed === null || row.changedLikes === null
					? null
					: `${pointsWords(row.changed)} / ${pointsWords(row.changedLikes)}`,
				effectWords(row),
				verdictWords(row),
			]),
		),
	];
}
