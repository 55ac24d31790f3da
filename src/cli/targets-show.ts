import { TARGET_KINDS } from "../areas/targets/rules-kinds.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, type Invocation, oneOf, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

/** What `targets show` and `targets set` read of the answer. */
export interface ShownTarget {
	on: string;
	unit: { unitId: number; code: string | null; name: string };
	measure: string;
	period: { name: string };
	target: { value: number; estimated: boolean; decision: { document: string } | null } | null;
	rows: {
		unitId: number;
		code: string | null;
		name: string;
		target: { value: number; estimated: boolean; decision: { document: string } | null } | null;
	}[];
	sum: number;
	short: number;
}

/** The options that say which target. */
export const WHICH_OPTIONS = {
	unit: { type: "string" },
	kind: { type: "string" },
	name: { type: "string" },
	year: { type: "string" },
	on: { type: "string" },
} as const;

/** Which target the options mean; the centre's term where no year is given. */
export function whichOptions(invocation: Invocation) {
	const year = optional(invocation, "year");
	if (year !== undefined && !/^\d{4}$/.test(year)) throw new UsageError("--year phải là năm có bốn chữ số.");
	return {
		unit: required(invocation, "unit"),
		kind: oneOf(invocation, "kind", TARGET_KINDS) ?? ("net_new_members" as const),
		name: optional(invocation, "name"),
		year: year === undefined ? undefined : Number(year),
		on: dayOption(invocation, "on"),
	};
}

export const targetsShow: Command = {
	name: "targets show",
	usage: `--unit MÃ [--kind ${TARGET_KINDS.join("|")}] [--name TÊN] [--year NĂM] [--on NGÀY]`,
	summary: "Chỉ tiêu của một đơn vị, đã giao cho các đơn vị trực thuộc, và các lần giao",
	options: WHICH_OPTIONS,
	async run(invocation) {
		const input = whichOptions(invocation);
		const shown = await operate(invocation, ({ call }) => call<ShownTarget>("targets.show", input));
		print(invocation, shown, linesOf(shown));
		return undefined;
	},
};

function linesOf({ unit, period, measure, target, rows, sum, short, on }: ShownTarget): string[] {
	const own = target === null ? "chưa giao" : `${displayNumber(target.value)} ${measure}${mark(target)}`;
	return [
		`${unit.name}, ${period.name}, ngày ${displayDay(on)}: ${own}`,
		...(rows.length === 0
			? []
			: [
					...textTable(
						["Mã", "Đơn vị", "Chỉ tiêu", "Văn bản"],
						rows.map((row) => [
							row.code,
							row.name,
							row.target ? `${displayNumber(row.target.value)}${mark(row.target)}` : null,
							row.target?.decision?.document ?? null,
						]),
					),
					`Cộng: ${displayNumber(sum)}${short > 0 ? `, thiếu ${displayNumber(short)} so với chỉ tiêu trên giao` : ""}.`,
				]),
	];
}

function mark({ estimated }: { estimated: boolean }): string {
	return estimated ? " (ước tính)" : "";
}
