import { displayDay } from "../core/day.ts";
import { displayNumber, displayRate } from "../core/number.ts";
import { type Command, print, required } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { CLASS_LABELS, publicRow } from "./gathering-rates.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

export const gatheringExplain: Command = {
	name: "gathering explain",
	usage: "--unit MÃ --on NGÀY [--map NGÀY]",
	summary: "Cách tính, với con số tính lại từ từng dòng",
	options: { unit: { type: "string" }, on: { type: "string" }, map: { type: "string" } },
	async run(invocation) {
		const input = {
			code: required(invocation, "unit"),
			on: dayOption(invocation, "on"),
			map: dayOption(invocation, "map"),
		};
		const answer = await operate(invocation, ({ call }) => call("gathering.explain", input));
		print(invocation, { ...answer, row: publicRow(answer.row) }, linesOf(answer));
		return undefined;
	},
};

// biome-ignore lint/suspicious/noExplicitAny: what gathering.explain answers, checked by its contract.
function linesOf(answer: any): string[] {
	const { row, recount, steps, rules, notCounted, denominator, headcounts, term, origins } = answer;
	const rate = row.rate === null ? "không có tỷ lệ" : displayRate(row.rate);
	return [
		`${row.name}, tính đến ngày ${displayDay(row.on)}${row.map ? `, theo đơn vị ngày ${displayDay(row.map)}` : ""}: ${rate}${row.class ? ` (${CLASS_LABELS[row.class as keyof typeof CLASS_LABELS]})` : ""}`,
		...(term.recomputed ? ["Tính lại theo cách tính 2022 - 2027."] : []),
		"",
		...textTable(
			["", "Nội dung", "Số lượng", "Ghi chú"],
			steps.map((step: { sign: string; label: string; value: number; note: string }) => [
				step.sign,
				step.label,
				displayNumber(step.value),
				step.note,
			]),
		),
		"",
		...origins.map(
			(one: { code: string | null; name: string; members: number; women18: number | null; part: boolean }) =>
				`Gồm ${one.code ?? ""} ${one.name}${one.part ? " (một phần)" : ""}: ${displayNumber(one.members)} hội viên${one.women18 === null ? "" : `, ${displayNumber(one.women18)} phụ nữ`}`,
		),
		recount === null
			? "Có phần ước tính: không tính lại được từ từng dòng."
			: recount.equal
				? `Tính lại từ từng dòng: ${displayNumber(recount.members)} hội viên, khớp.`
				: `Tính lại từ từng dòng: ${displayNumber(recount.members)} hội viên, KHÔNG KHỚP. Hãy báo người vận hành.`,
		`Nguồn số phụ nữ từ 18 tuổi trở lên: ${denominator.source ?? "chưa có"}`,
		...headcounts.map(
			(one: { label: string; count: number; onDay: string; source: string; unit: string }) =>
				`${one.label}: ${displayNumber(one.count)}, ngày ${displayDay(one.onDay)}, ${one.unit}, nguồn: ${one.source}`,
		),
		...notCounted.map((one: { label: string; count: number }) => `${one.label}: ${displayNumber(one.count)}`),
		"",
		...rules.map((rule: { text: string; place: string }) => `– ${rule.text} (${rule.place})`),
	];
}
