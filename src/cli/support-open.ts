import { displayNumber } from "../core/number.ts";
import { type Command, optional, print, required } from "./command.ts";
import { operate } from "./operate.ts";

export const supportOpen: Command = {
	name: "support open",
	usage: "--unit MÃ_XÃ [--note LỜI] | --review --unit MÃ",
	summary:
		"Lập hồ sơ hỗ trợ một cơ sở; --review: cho mọi cơ sở chưa đạt trên 60% của đơn vị, kết thúc hồ sơ đã được xác nhận",
	options: { unit: { type: "string" }, note: { type: "string" }, review: { type: "boolean" } },
	async run(invocation) {
		const unit = required(invocation, "unit");
		if (invocation.values.review === true) {
			const done = await operate(invocation, ({ call }) => call("support.review", { unit }));
			print(invocation, done, [
				`Đã lập ${displayNumber(done.opened)} hồ sơ, kết thúc ${displayNumber(done.closed)} hồ sơ; ${displayNumber(done.waiting)} chờ kỳ 6 tháng xác nhận, ${displayNumber(done.fellBack)} tụt lại.`,
			]);
			return undefined;
		}
		const note = optional(invocation, "note") ?? "";
		const opened = await operate(invocation, ({ call }) => call("support.open", { unit, note }));
		print(invocation, opened, ["Đã lập hồ sơ hỗ trợ."]);
		return undefined;
	},
};
