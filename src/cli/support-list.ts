import { CASE_STATE_WORDS } from "../areas/support/rules.ts";
import type { CaseState } from "../areas/support/rules-kinds.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber, displayRate } from "../core/number.ts";
import { type Command, optional, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Moved {
	code: string | null;
	name: string;
	parent: string;
	before: string;
	rate: string;
}

/** What `support list` and `support export` read of the answer. */
export interface ListedSupport {
	on: string;
	map: string | null;
	since: string;
	unit: { name: string };
	counts: { under: number; exactly: number; over: number; none: number };
	official: { communes: number; provinces: number; on: string; source: string } | null;
	byData: { on: string; under: number; provinces: number; known: number } | null;
	rows: {
		unitId: number;
		code: string | null;
		name: string;
		parent: string;
		rate: string;
		missing: number;
		since: string | null;
		yearNet: number;
		state: CaseState;
	}[];
	passing: (Moved & { unitId: number })[];
	unrated: { unitId: number }[];
	left: Moved[];
	fellBack: Moved[];
}

export const supportList: Command = {
	name: "support list",
	usage: "[--unit MÃ] [--on NGÀY] [--map NGÀY] [--since NGÀY]",
	summary:
		"Cơ sở Hội chưa đạt trên 60% vào một ngày: còn thiếu bao nhiêu, từ khi nào, ai ra khỏi danh sách, ai tụt lại",
	options: { unit: { type: "string" }, on: { type: "string" }, map: { type: "string" }, since: { type: "string" } },
	async run(invocation) {
		const input = {
			unit: optional(invocation, "unit") ?? "VN",
			on: dayOption(invocation, "on"),
			map: dayOption(invocation, "map"),
			since: dayOption(invocation, "since"),
		};
		const listed = await operate(invocation, ({ call }) => call<ListedSupport>("support.list", input));
		print(invocation, listed, linesOf(listed));
		return undefined;
	},
};

function linesOf({
	on,
	map,
	since,
	unit,
	counts,
	official,
	byData,
	rows,
	left,
	fellBack,
	passing,
}: ListedSupport): string[] {
	const moved = (title: string, ones: Moved[]) => [
		`${title} (so với ngày ${displayDay(since)}): ${displayNumber(ones.length)}`,
		...ones.map(
			({ name, parent, before, rate }) => `  ${name}, ${parent}: ${displayRate(before)} → ${displayRate(rate)}`,
		),
	];
	return [
		`${unit.name}, ngày ${displayDay(on)} (tạm tính)${map === null ? "" : `, theo đơn vị ngày ${displayDay(map)}`}: ${displayNumber(rows.length)} cơ sở chưa đạt trên 60% (dưới 60%: ${displayNumber(counts.under)}, bằng 60%: ${displayNumber(counts.exactly)})`,
		...(official
			? [
					`${official.source}: trên ${displayNumber(official.communes)} cơ sở dưới 60% thuộc ${official.provinces} tỉnh/thành.`,
				]
			: []),
		...(byData && byData.known > 0
			? [
					`Theo số liệu trong phần mềm ngày ${displayDay(byData.on)}: ${displayNumber(byData.under)} cơ sở dưới 60% thuộc ${byData.provinces} tỉnh/thành.`,
				]
			: []),
		...textTable(
			["Mã", "Đơn vị", "Trực thuộc", "Tỷ lệ", "Còn thiếu", "Chưa đạt từ", "12 tháng qua", "Hồ sơ"],
			rows.map((row) => [
				row.code,
				row.name,
				row.parent,
				displayRate(row.rate),
				displayNumber(row.missing),
				row.since === null ? "sau kỳ gần nhất" : displayDay(row.since),
				`${row.yearNet > 0 ? "+" : ""}${displayNumber(row.yearNet)}`,
				CASE_STATE_WORDS[row.state],
			]),
		),
		...moved("Đã trên 60%, hồ sơ còn mở", passing),
		...moved("Ra khỏi danh sách", left),
		...moved("Tụt lại", fellBack),
	];
}
