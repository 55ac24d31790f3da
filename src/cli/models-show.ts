import type { Counts } from "../areas/models/contract.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, optional, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Shown {
	unit: { name: string };
	from: string;
	on: string;
	own: Counts;
	rows: { code: string | null; name: string; counts: Counts }[];
}

export const modelsShow: Command = {
	name: "models show",
	usage: "[--unit MÃ] [--on NGÀY] [--from NGÀY]",
	summary: "Mô hình, sinh hoạt chi hội, “3 cùng”, nguồn lực của một đơn vị và các đơn vị trực thuộc, cộng lên",
	options: { unit: { type: "string" }, on: { type: "string" }, from: { type: "string" } },
	async run(invocation) {
		const shown = await operate(invocation, ({ call }) =>
			call<Shown>("models.counts", {
				unit: optional(invocation, "unit"),
				on: dayOption(invocation, "on"),
				from: dayOption(invocation, "from"),
			}),
		);
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ unit, from, on, own, rows }: Shown): string[] {
	const cells = (c: Counts) => [
		`${displayNumber(c.withModel)}/${displayNumber(c.communes)}`,
		displayNumber(c.models),
		displayNumber(c.pairs),
		`${displayNumber(c.branchesMetAll)}/${displayNumber(c.branches)}`,
		`${displayNumber(c.leavesBehind)}/${displayNumber(c.leaves)}`,
		displayNumber(c.meetings + c.activities),
		displayNumber(c.membersPresent),
		displayNumber(c.wishesOpen),
		`${displayNumber(c.reached)}/${displayNumber(c.communes)}`,
		displayNumber(c.money),
	];
	return [
		`${unit.name}: tính đến ngày ${displayDay(on)}; sinh hoạt từ ngày ${displayDay(from)}`,
		...textTable(
			[
				"Mã",
				"Đơn vị",
				"Xã có mô hình",
				"Mô hình",
				"1+1",
				"3 có, 3 biết",
				"Quá hạn sinh hoạt",
				"Buổi",
				"Lượt hội viên",
				"Nguyện vọng mở",
				"Xã có nguồn lực",
				"Đồng",
			],
			[...rows.map((row) => [row.code, row.name, ...cells(row.counts)]), [null, "Cộng", ...cells(own)]],
		),
	];
}
