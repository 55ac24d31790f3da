import { displayNumber } from "../core/number.ts";
import { type Command, operatorsAlone, print } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { operate } from "./operate.ts";

export const reportsClose: Command = {
	name: "reports close",
	usage: "[--until NGÀY]",
	summary: "Chốt thay mọi báo cáo còn lại của một kỳ, từ cấp xã lên, theo số liệu hiện có (người vận hành)",
	options: { until: { type: "string" } },
	async run(invocation) {
		operatorsAlone(invocation);
		const dataUntil = dayOption(invocation, "until");
		const answer = await operate(invocation, ({ call }) =>
			call<{ closed: Record<string, number> }>("reports.closeAll", { dataUntil }),
		);
		const sum = Object.values(answer.closed).reduce((all, one) => all + one, 0);
		print(invocation, answer, [`Đã chốt ${displayNumber(sum)} báo cáo.`]);
		return undefined;
	},
};
