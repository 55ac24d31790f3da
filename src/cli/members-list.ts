import { listRoster } from "../areas/imports/store-roster.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import { displayNumber } from "../core/number.ts";
import { asActor } from "../db/actor.ts";
import { type Command, print, required } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

export const membersList: Command = {
	name: "members list",
	usage: "--unit MÃ [--on NGÀY] [--all]",
	summary: "Danh sách hội viên của một xã vào một ngày, đủ số CCCD (ghi nhật ký)",
	options: { unit: { type: "string" }, on: { type: "string" }, all: { type: "boolean" } },
	async run(invocation) {
		const code = required(invocation, "unit");
		const day = dayOption(invocation, "on");
		const entries = await operate(invocation, ({ database, actor }) =>
			asActor(database, actor, async (work) => {
				const on = day ?? work.today;
				const unit = await requireUnit(work, { code, on });
				return listRoster(work, { unitId: unit.id, on, all: invocation.values.all === true });
			}),
		);
		const rows = entries.map(({ name, birth, id, branch, joined, left, residence, counts }) => ({
			name,
			birth,
			id,
			branch,
			joined,
			left,
			residence,
			counts,
		}));
		print(invocation, rows, [
			...rows.map(({ name, birth, branch, joined, left }) =>
				[name, birth ?? "", branch, joined, left ?? ""].join("\t").trimEnd(),
			),
			`Tổng số: ${displayNumber(rows.length)}.`,
		]);
		return undefined;
	},
};
