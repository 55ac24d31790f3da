import { STEP_WORDS, type Step } from "../areas/assistance/rules-rounds.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, optional, print } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Board {
	unit: { name: string };
	rows: {
		id: string;
		name: string;
		province: { code: string | null; name: string };
		current: Step | null;
		missing: string[];
		late: string[];
		communes: number;
		activities: number;
		done: number;
	}[];
	without: { name: string; notOver: number }[];
}

export const assistanceRounds: Command = {
	name: "assistance rounds",
	usage: "[--unit MÃ]",
	summary: "Các đợt hỗ trợ của từng tỉnh: đang ở bước nào, còn thiếu gì để khép bước, việc gì chậm",
	options: { unit: { type: "string" } },
	async run(invocation) {
		const board = await operate(invocation, ({ call }) =>
			call<Board>("assistance.rounds", { unit: optional(invocation, "unit") }),
		);
		print(invocation, board, [
			...textTable(
				["Mã đợt", "Tỉnh, thành phố", "Đợt hỗ trợ", "Đang ở", "Cơ sở", "Hoạt động"],
				board.rows.map((row) => [
					row.id,
					row.province.name,
					row.name,
					row.current === null ? "đã khép đủ bốn bước" : STEP_WORDS[row.current],
					displayNumber(row.communes),
					`${displayNumber(row.done)}/${displayNumber(row.activities)}`,
				]),
			),
			...board.rows.flatMap((row) => [
				...row.missing.map((words) => `${row.province.name}: còn thiếu: ${words}`),
				...row.late.map((words) => `${row.province.name}: chậm: ${words}`),
			]),
			...board.without.map(
				({ name, notOver }) => `${name}: ${displayNumber(notOver)} cơ sở chưa đạt trên 60%, chưa mở đợt hỗ trợ`,
			),
		]);
		return undefined;
	},
};
