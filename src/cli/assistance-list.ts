import { GAP_WORDS, GAPS, isGap } from "../areas/assistance/rules.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, oneOf, optional, print } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Row {
	code: string | null;
	name: string;
	province: string;
	rate: string | null;
	class: "under" | "exactly" | "over" | null;
	officer: { name: string; present: boolean } | null;
	committee: { name: string; present: boolean } | null;
	difficult: boolean;
	cluster: { name: string } | null;
	lastVisit: string | null;
	visitLate: boolean;
}

export const assistanceList: Command = {
	name: "assistance list",
	usage: `[--unit MÃ] [--without ${GAPS.join("|")}]`,
	summary: "Cán bộ phụ trách, Cụm được giao, lần đi cơ sở gần nhất của từng cơ sở; --without: chỉ nơi còn thiếu",
	options: { unit: { type: "string" }, without: { type: "string" } },
	async run(invocation) {
		const without = oneOf(invocation, "without", GAPS);
		const shown = await operate(invocation, ({ call }) =>
			call<{ unit: { name: string }; rows: Row[] }>("assistance.portfolios", {
				unit: optional(invocation, "unit"),
			}),
		);
		const rows = without ? shown.rows.filter((row) => isGap(without, row)) : shown.rows;
		print(invocation, rows, [
			`${shown.unit.name}: ${displayNumber(rows.length)} cơ sở${without ? ` (${GAP_WORDS[without].toLowerCase()})` : ""}`,
			...textTable(
				["Mã", "Cơ sở", "Tỷ lệ %", "Cán bộ phụ trách", "Cụm được giao", "Đi gần nhất"],
				rows.map((row) => [
					row.code,
					row.name,
					row.rate?.replace(".", ",") ?? null,
					row.officer?.present ? row.officer.name : "chưa có",
					row.cluster?.name ?? null,
					row.lastVisit ? displayDay(row.lastVisit) : null,
				]),
			),
		]);
		return undefined;
	},
};
