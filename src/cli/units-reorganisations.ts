import type { Reorganisation } from "../areas/reorganisations/contract.ts";
import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { type Command, print } from "./command.ts";
import { operate } from "./operate.ts";
import { textTable } from "./text-table.ts";

const STATES: Record<Reorganisation["state"], string> = {
	draft: "đang soạn",
	submitted: "chờ duyệt",
	approved: "đã duyệt",
	applied: "đã thực hiện",
	undone: "đã hủy",
	discarded: "đã bỏ",
};

export const unitsReorganisations: Command = {
	name: "units reorganisations",
	usage: "",
	summary: "Các đợt sắp xếp đơn vị, kể cả những đợt có sẵn trong danh mục",
	options: {},
	async run(invocation) {
		const rows = await operate(invocation, ({ call }) => call<Reorganisation[]>("reorganisations.list", {}));
		print(
			invocation,
			rows,
			textTable(
				["Từ ngày", "Đợt sắp xếp", "Văn bản", "Trạng thái", "Số thay đổi"],
				rows.map((one) => [
					displayDay(one.on),
					`${one.title}${one.builtin ? " (có sẵn)" : ""}`,
					one.decree,
					STATES[one.state],
					displayNumber(one.changes),
				]),
			),
		);
		return undefined;
	},
};
