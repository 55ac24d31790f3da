import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { displayNumber } from "../core/number.ts";
import { backup as writeBackup } from "../db/backup.ts";
import { type Command, operatorsAlone, print, UsageError } from "./command.ts";
import { operate } from "./operate.ts";

const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

export const backup: Command = {
	name: "backup",
	usage: "FILE",
	summary:
		"Sao lưu toàn bộ dữ liệu và khóa vào một tệp; chỉ mã khôi phục mở được (TAPHOP_BACKUP_CODE, hoặc mã mới in ra)",
	positionals: 1,
	async run(invocation) {
		const [file] = invocation.positionals;
		if (!file) throw new UsageError("Thiếu tên tệp.");
		const given = process.env.TAPHOP_BACKUP_CODE;
		const code = given || makeCode();
		operatorsAlone(invocation);
		const answer = await operate(invocation, ({ database }) =>
			writeBackup(database.ownerUrl, database.vault.exportKey(), resolve(file), code),
		);
		print(invocation, { file, ...answer, code: given ? null : code }, [
			`Đã sao lưu ${displayNumber(answer.rows)} dòng của ${answer.tables} bảng vào ${file}.`,
			given
				? "Mở bằng mã trong TAPHOP_BACKUP_CODE."
				: `Mã khôi phục: ${code}\nHãy cất mã này ở nơi khác: không có mã thì không ai mở được bản sao lưu.`,
		]);
		return 0;
	},
};

/** Six groups of four: 118 bits, no letters that look alike. */
function makeCode(): string {
	const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
	return Array.from({ length: 6 }, group).join("-");
}
