import { displayDay } from "../core/day.ts";
import { displayNumber, readCount } from "../core/number.ts";
import { type Command, type Invocation, oneOf, optional, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

interface Proposed {
	on: string;
	rows: {
		unitId: number;
		code: string | null;
		name: string;
		women18: number | null;
		members: number;
		weight: number;
		target: number;
	}[];
	sum: number;
	short: number;
	without: { code: string | null; name: string }[];
	changed: { rows: number; weight: number; weightToday: number } | null;
}

export const targetsPropose: Command = {
	name: "targets propose",
	usage: "--unit MÃ --kind net_new_members --total SỐ [--on NGÀY]",
	summary: "Dự kiến phân bổ chỉ tiêu cho các đơn vị trực thuộc theo số phụ nữ chưa vào Hội; không ghi gì",
	options: { unit: { type: "string" }, kind: { type: "string" }, total: { type: "string" }, on: { type: "string" } },
	async run(invocation) {
		const input = {
			unit: required(invocation, "unit"),
			kind: oneOf(invocation, "kind", ["net_new_members"]) ?? required(invocation, "kind"),
			total: totalOption(invocation),
			on: dayOption(invocation, "on"),
		};
		if (input.total === undefined) throw new UsageError("Thiếu --total.");
		const answer = await operate(invocation, ({ call }) => call<Proposed>("targets.propose", input));
		const { rows, sum, short, without, on } = answer;
		const told = rows.map(({ code, name, women18, members, weight, target }) => ({
			code,
			name,
			women18,
			members,
			weight,
			target,
		}));
		print(invocation, { rows: told, sum }, [
			`Dự kiến phân bổ theo số liệu ngày ${displayDay(on)} (tạm tính)`,
			...textTable(
				["Mã", "Đơn vị", "Phụ nữ 18+", "Hội viên", "Chưa vào Hội", "Dự kiến"],
				told.map((row) => [
					row.code,
					row.name,
					row.women18 === null ? null : displayNumber(row.women18),
					displayNumber(row.members),
					displayNumber(row.weight),
					displayNumber(row.target),
				]),
			),
			`Cộng: ${displayNumber(sum)}${short > 0 ? `, thiếu ${displayNumber(short)}` : ""}.`,
		]);
		sayWithout(without);
		sayChanged(answer);
		return undefined;
	},
};

/** Names on stderr the communes without weight, so that one JSON value stays alone on stdout. */
function sayWithout(without: Proposed["without"]): void {
	if (without.length === 0) return;
	const named = without.slice(0, 5).map(({ code, name }) => `${name} (${code ?? "không mã"})`);
	process.stderr.write(
		`${displayNumber(without.length)} xã chưa có số liệu phụ nữ từ 18 tuổi trở lên nên chưa được tính vào phân bổ: ${named.join(", ")}${without.length > named.length ? " …" : ""}\n`,
	);
}

/** Says on stderr that the figures are no longer those of the proposal's day. */
function sayChanged({ changed, on }: Proposed): void {
	if (changed === null || changed.rows === 0) return;
	process.stderr.write(
		`Số liệu đã thay đổi từ ngày ${displayDay(on)}: ${displayNumber(changed.rows)} đơn vị có số phụ nữ chưa vào Hội khác trước, cộng ${displayNumber(changed.weight)} nay là ${displayNumber(changed.weightToday)}.\n`,
	);
}

/** `--total`, a whole number; undefined where it is not there. */
export function totalOption(invocation: Invocation): number | undefined {
	const text = optional(invocation, "total");
	if (text === undefined) return undefined;
	const total = readCount(text);
	if (total === null || total > 100_000_000) throw new UsageError("--total phải là số nguyên từ 0 đến 100.000.000.");
	return total;
}
