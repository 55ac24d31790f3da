import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, oneOf, optional, print, required } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Term {
	level: "centre" | "province" | "district" | "commune";
	name: string;
	from: string;
	to: string | null;
	expectedEnd: string;
	document: string;
	closed: number;
}

const LEVELS = ["centre", "province", "district", "commune"] as const;
const WORDS = { centre: "Trung ương", province: "cấp tỉnh", district: "cấp huyện", commune: "cấp xã" };

export const targetsTerms: Command = {
	name: "targets terms",
	usage: `[--begin NGÀY --level ${LEVELS.join("|")} --name TÊN --expected-end NGÀY --document VĂN_BẢN]`,
	summary: "Các nhiệm kỳ của từng cấp; với --begin: bắt đầu nhiệm kỳ mới, nhiệm kỳ trước kết thúc ngày ấy",
	options: {
		begin: { type: "string" },
		level: { type: "string" },
		name: { type: "string" },
		"expected-end": { type: "string" },
		document: { type: "string" },
	},
	async run(invocation) {
		const from = dayOption(invocation, "begin");
		if (from !== undefined) {
			const input = {
				from,
				level: oneOf(invocation, "level", LEVELS) ?? required(invocation, "level"),
				name: required(invocation, "name"),
				expectedEnd: dayOption(invocation, "expected-end") ?? required(invocation, "expected-end"),
				document: required(invocation, "document"),
			};
			const done = await operate(invocation, ({ call }) =>
				call<{ id: number; ended: string | null; closed: number }>("targets.beginTerm", input),
			);
			print(invocation, done, [
				`Đã bắt đầu ${input.name} từ ngày ${displayDay(from)}.`,
				...(done.ended ? [`${done.ended} kết thúc, ${displayNumber(done.closed)} chỉ tiêu đã chốt.`] : []),
			]);
			return undefined;
		}
		for (const name of ["level", "name", "expected-end", "document"])
			if (optional(invocation, name) !== undefined) required(invocation, "begin");
		const terms = await operate(invocation, ({ call }) => call<Term[]>("targets.terms", {}));
		print(
			invocation,
			terms,
			textTable(
				["Cấp", "Nhiệm kỳ", "Từ", "Đến", "Văn bản", "Chỉ tiêu đã chốt"],
				terms.map((term) => [
					WORDS[term.level],
					term.name,
					displayDay(term.from),
					term.to === null ? `dự kiến ${displayDay(term.expectedEnd)}` : displayDay(term.to),
					term.document,
					displayNumber(term.closed),
				]),
			),
		);
		return undefined;
	},
};
