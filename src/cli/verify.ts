import { displayNumber } from "../core/number.ts";
import { type Command, print } from "./command.ts";
import { operate } from "./operate.ts";

export const verify: Command = {
	name: "verify",
	usage: "",
	summary: "Tính lại toàn bộ từ từng dòng và so với sổ; mã thoát 1 khi có chỗ lệch",
	async run(invocation) {
		const answer = await operate(invocation, ({ call }) => call("gathering.verify", {}));
		print(invocation, answer, [
			`Số chỗ lệch: ${displayNumber(answer.differences)}`,
			`Đã đối chiếu: ${displayNumber(answer.checked.spells)} quá trình tham gia, ${displayNumber(answer.checked.headcounts)} số liệu tổng hợp, ${displayNumber(answer.checked.entries)} dòng sổ.`,
		]);
		return answer.differences === 0 ? 0 : 1;
	},
};
