import { displayNumber } from "../core/number.ts";
import { type Command, optional, print } from "./command.ts";
import { operate } from "./operate.ts";
import type { ListedSupport } from "./support-list.ts";

export const supportExport: Command = {
	name: "support export",
	usage: "[--unit MÃ] --json",
	summary: "Mọi hồ sơ hỗ trợ đang mở trong một đơn vị, đầy đủ, để máy khác đọc",
	options: { unit: { type: "string" } },
	async run(invocation) {
		const unit = optional(invocation, "unit") ?? "VN";
		const exported = await operate(invocation, async ({ call }) => {
			const { on, rows, passing, unrated } = await call<ListedSupport>("support.list", { unit });
			const cases = [];
			for (const { unitId } of [...rows.filter(({ state }) => state !== "none"), ...passing, ...unrated])
				cases.push(await call<object>("support.show", { unitId }));
			return { on, cases };
		});
		print(invocation, exported, [
			`${displayNumber(exported.cases.length)} hồ sơ. Thêm --json để lấy toàn bộ nội dung.`,
		]);
		return undefined;
	},
};
