import { resolve } from "node:path";
import { displayNumber } from "../core/number.ts";
import { putBack } from "../db/put-back.ts";
import { readSettings } from "../db/settings.ts";
import { type Command, operatorsAlone, optional, print, UsageError } from "./command.ts";

export const restore: Command = {
	name: "restore",
	usage: "FILE [--code MÃ] [--replace]",
	summary: "Phục hồi từ bản sao lưu; dữ liệu đang có được giữ lại dưới tên khác (mã: --code hoặc TAPHOP_BACKUP_CODE)",
	options: { code: { type: "string" }, replace: { type: "boolean" } },
	positionals: 1,
	async run(invocation) {
		const [file] = invocation.positionals;
		const code = optional(invocation, "code") ?? process.env.TAPHOP_BACKUP_CODE;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		if (!code) throw new UsageError("Thiếu mã khôi phục (--code hoặc TAPHOP_BACKUP_CODE).");
		operatorsAlone(invocation);
		const answer = await putBack(readSettings(), resolve(file), code, invocation.values.replace === true);
		print(invocation, answer, [
			`Đã phục hồi ${displayNumber(answer.rows)} dòng từ bản sao lưu ngày ${answer.at.slice(0, 10).split("-").reverse().join("/")}.`,
			...(answer.kept
				? [
						`Dữ liệu trước đó được giữ dưới tên “${answer.kept}”, cùng với khóa của nó.`,
						`Dùng lại: taphop databases use ${answer.kept}. Xóa hẳn: taphop databases remove ${answer.kept}.`,
					]
				: []),
		]);
		return 0;
	},
};
