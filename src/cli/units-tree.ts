import type { Unit } from "../areas/units/contract.ts";
import { type Command, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

export const unitsTree: Command = {
	name: "units tree",
	usage: "--on NGÀY",
	summary: "Hệ thống tổ chức Hội vào một ngày",
	options: { on: { type: "string" } },
	async run(invocation) {
		const on = dayOption(invocation, "on");
		const units = await operate(invocation, ({ call }) => call<Unit[]>("units.tree", { on }));
		print(invocation, units, linesOf(units));
		return undefined;
	},
};

/** One line a unit, indented by its depth. */
function linesOf(units: Unit[]): string[] {
	const below = Map.groupBy(units, (unit) => unit.parentId);
	const lines: string[] = [];
	const walk = (unit: Unit, depth: number) => {
		lines.push(`${"  ".repeat(depth)}${unit.code ?? ""} ${unit.name}`.trimEnd());
		for (const child of below.get(unit.id) ?? []) walk(child, depth + 1);
	};
	for (const top of below.get(null) ?? []) walk(top, 0);
	return lines;
}
