import type { RateRow } from "../areas/gathering/contract.ts";
import type { SupportCase } from "../areas/support/contract.ts";
import { CASE_STATE_WORDS, RESULT_WORDS, WEIGHT_WORDS, WHY_WORDS } from "../areas/support/rules.ts";
import type { CaseState } from "../areas/support/rules-kinds.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber, displayRate } from "../core/number.ts";
import { type Command, print, required } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface ShownSupport {
	unit: { name: string; path: string[] };
	row: RateRow;
	state: CaseState;
	dataDay: string;
	case: SupportCase | null;
}

export const supportShow: Command = {
	name: "support show",
	usage: "--unit MÃ_XÃ",
	summary: "Hồ sơ hỗ trợ một cơ sở: nguyên nhân, nhóm phụ nữ khó tập hợp, giải pháp, lộ trình, nguồn lực",
	options: { unit: { type: "string" } },
	async run(invocation) {
		const unit = required(invocation, "unit");
		const shown = await operate(invocation, ({ call }) => call<ShownSupport>("support.show", { unit }));
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ unit, row, state, case: found }: ShownSupport): string[] {
	const rate = row.rate === null ? "chưa có số liệu phụ nữ từ 18 tuổi trở lên" : displayRate(row.rate);
	return [
		`${[unit.name, ...unit.path].join(", ")}: ${rate}${row.missing ? `, còn thiếu ${displayNumber(row.missing)} hội viên để đạt trên 60%` : ""} (tạm tính)`,
		CASE_STATE_WORDS[state],
		...(found ? caseLines(found) : []),
	];
}

function caseLines({
	openedOn,
	why,
	closed,
	causes,
	groups,
	milestones,
	solutions,
	resources,
	partners,
}: SupportCase): string[] {
	return [
		`Lập ngày ${displayDay(openedOn)}, ${WHY_WORDS[why]}`,
		...(closed ? [`Kết thúc ngày ${displayDay(closed.on)}: ${RESULT_WORDS[closed.result]}`] : []),
		...textTable(
			["Nguyên nhân", "Mức độ", "Căn cứ"],
			causes.map((one) => [one.words, WEIGHT_WORDS[one.weight] as string, one.evidence]),
		),
		...textTable(
			["Nhóm phụ nữ khó tập hợp", "Số chị"],
			groups.map((one) => [one.words, one.women === null ? null : displayNumber(one.women)]),
		),
		...textTable(
			["Giải pháp", "Từ ngày", "Người thực hiện"],
			solutions.map((one) => [one.words, displayDay(one.begunOn), one.responsible]),
		),
		...textTable(
			["Mốc", "Hội viên", "Thực tế"],
			milestones.map((one) => [
				`${displayDay(one.day)}${one.recomputed ? " (tính lại sau sắp xếp)" : ""}`,
				`${displayNumber(one.members)}${one.over ? " (trên 60%)" : ""}`,
				one.actual === null ? null : displayNumber(one.actual),
			]),
		),
		...resources.map(
			(one) => `Nguồn lực: ${one.words}${one.amount === null ? "" : `, ${displayNumber(one.amount)} đồng`}`,
		),
		...partners.map((one) => `Phối hợp: ${one.words}${one.task ? `: ${one.task}` : ""}`),
	];
}
