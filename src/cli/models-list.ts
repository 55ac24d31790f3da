import { REGISTRY_LIST_WORDS, REGISTRY_LISTS } from "../areas/models/rules-lists.ts";
import { noteListing, readListing } from "../areas/models/store-export.ts";
import { requireUnit } from "../areas/units/store-reading.ts";
import { displayDay } from "../core/day.ts";
import { asActor } from "../db/actor.ts";
import { type Command, oneOf, optional, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

export const modelsList: Command = {
	name: "models list",
	usage: `[--unit MÃ] [--list ${REGISTRY_LISTS.join("|")}] [--on NGÀY]`,
	summary: "Một sổ của chi hội, xã: mô hình, cặp “1+1”, sinh hoạt, “3 cùng”, nguồn lực; ai chưa có, ai quá hạn",
	options: { unit: { type: "string" }, list: { type: "string" }, on: { type: "string" } },
	async run(invocation) {
		const list = oneOf(invocation, "list", REGISTRY_LISTS) ?? "models";
		const day = dayOption(invocation, "on");
		const listing = await operate(invocation, ({ database, actor }) =>
			asActor(database, actor, async (work) => {
				const on = day ?? work.today;
				const { id } = await requireUnit(work, { code: optional(invocation, "unit"), on });
				await noteListing(work, list, id);
				return readListing(work, list, { unitId: id, on });
			}),
		);
		const { unit, on, columns, rows } = listing;
		print(
			invocation,
			{
				list,
				unit,
				on,
				rows: rows.map((row) => Object.fromEntries(columns.map(([head], at) => [head, row[at] ?? null]))),
			},
			[
				`${REGISTRY_LIST_WORDS[list]}: ${unit.name}, ngày ${displayDay(on)}`,
				...textTable(
					columns.map(([head]) => head),
					rows,
				),
				`Tổng số: ${rows.length}.`,
			],
		);
		return undefined;
	},
};
