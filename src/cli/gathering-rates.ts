import { LEVELS, type RateRow } from "../areas/gathering/contract.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber, displayRate } from "../core/number.ts";
import { type Command, oneOf, optional, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

const CLASSES = ["under", "exactly", "over"] as const;
export const CLASS_LABELS = { under: "Dưới 60%", exactly: "Đúng 60%", over: "Trên 60%" };

/** The row as scripts read it: these keys, in this order. */
export function publicRow(row: RateRow) {
	const { code, name, kind, on, women18, without_denominator, members, parts, rate, missing } = row;
	const { roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap } = parts;
	return {
		code,
		name,
		kind,
		on,
		women18,
		without_denominator,
		members,
		parts: { roster, unlisted, trade_union, armed_forces, member_organisation, upper_club, overlap },
		rate,
		class: row.class,
		missing,
		...(row.map === null ? {} : { map: row.map, estimated: row.estimated }),
	};
}

export const gatheringRates: Command = {
	name: "gathering rates",
	usage: `--on NGÀY [--map NGÀY] [--unit MÃ] [--level ${LEVELS.join("|")}] [--class ${CLASSES.join("|")}]`,
	summary: "Tỷ lệ tập hợp của các đơn vị vào một ngày",
	options: {
		on: { type: "string" },
		map: { type: "string" },
		unit: { type: "string" },
		level: { type: "string" },
		class: { type: "string" },
	},
	async run(invocation) {
		const input = {
			on: dayOption(invocation, "on"),
			map: dayOption(invocation, "map"),
			unit: optional(invocation, "unit"),
			level: oneOf(invocation, "level", LEVELS),
			class: oneOf(invocation, "class", CLASSES),
		};
		const rows = await operate(invocation, ({ call }) => call<RateRow[]>("gathering.rates", input));
		print(invocation, rows.map(publicRow), tableOf(rows));
		return undefined;
	},
};

function tableOf(rows: RateRow[]): string[] {
	if (rows.length === 0) return ["Không có đơn vị nào."];
	return [
		`Tính đến ngày ${displayDay(rows[0].on)} (tạm tính)${rows[0].map === null ? "" : `, theo đơn vị ngày ${displayDay(rows[0].map)}`}`,
		...textTable(
			["Mã", "Đơn vị", "Phụ nữ 18+", "Hội viên", "Tỷ lệ", "Xếp loại", "Còn thiếu"],
			rows.map((row) => [
				row.code,
				row.name,
				row.women18 === null ? null : displayNumber(row.women18),
				`${displayNumber(row.members)}${row.estimated ? " (ước tính)" : ""}`,
				row.rate === null ? null : displayRate(row.rate),
				row.class === null ? (row.rate === null ? null : "Tham khảo") : CLASS_LABELS[row.class],
				row.missing === null ? null : displayNumber(row.missing),
			]),
		),
	];
}
