import { addDays, displayDay } from "../core/day.ts";
import { type Command, print, required } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

export const unitsShow: Command = {
	name: "units show",
	usage: "--code MÃ --on NGÀY",
	summary: "Một đơn vị vào một ngày, với tên, mã và nơi trực thuộc qua thời gian",
	options: { code: { type: "string" }, on: { type: "string" } },
	async run(invocation) {
		const input = { code: required(invocation, "code"), on: dayOption(invocation, "on") };
		const answer = await operate(invocation, ({ call }) => call("units.show", input));
		print(invocation, answer, linesOf(answer));
		return undefined;
	},
};

// biome-ignore lint/suspicious/noExplicitAny: what units.show answers, checked by its contract.
function linesOf({ unit, spells, predecessors, successors, notes }: any): string[] {
	const period = (from: string, to: string | null) =>
		`${displayDay(from)} – ${to ? displayDay(addDays(to, -1)) : "nay"}`;
	const named = (list: { code: string | null; name: string; on: string; part: string }[]) =>
		list.map(
			(one) => `  ${one.code ?? ""} ${one.name} (${displayDay(one.on)}${one.part === "partial" ? ", một phần" : ""})`,
		);
	return [
		[unit.code, unit.name, ...unit.path].filter(Boolean).join(", "),
		...spells.map(
			(one: { from: string; to: string | null; name: string; parent: string | null; decree: string }) =>
				`  ${period(one.from, one.to)}: ${one.name}${one.parent ? `, ${one.parent}` : ""}${one.decree ? ` (${one.decree})` : ""}`,
		),
		...(predecessors.length > 0 ? ["Đơn vị trước sắp xếp:", ...named(predecessors)] : []),
		...(successors.length > 0 ? ["Đơn vị hình thành sau sắp xếp:", ...named(successors)] : []),
		...notes,
	];
}
