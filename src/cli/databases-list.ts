import { displayDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { listDatabases, type StoredDatabase } from "../db/databases.ts";
import { readSettings } from "../db/settings.ts";
import { type Command, operatorsAlone, print } from "./command.ts";
import { textTable } from "./text-table.ts";

const KINDS: Record<StoredDatabase["kind"], string> = {
	real: "Dữ liệu thật",
	demo: "Dữ liệu minh họa",
	kept: "Giữ lại",
};

export const databasesList: Command = {
	name: "databases list",
	usage: "",
	summary: "Các cơ sở dữ liệu trong TAPHOP_DATA: đang dùng, minh họa, được giữ lại khi phục hồi",
	async run(invocation) {
		operatorsAlone(invocation);
		const databases = await listDatabases(readSettings());
		const rows = databases.map(({ name, kind, serving, bytes, keptAt, hasKey }) => [
			name,
			[KINDS[kind], serving ? "đang dùng" : "", hasKey ? "" : "không thấy khóa"].filter(Boolean).join(", "),
			keptAt ? displayDay(keptAt.slice(0, 10)) : null,
			`${displayNumber(Math.ceil(bytes / 1024 ** 2))} MB`,
		]);
		print(invocation, databases, textTable(["Tên", "Loại", "Giữ từ ngày", "Dung lượng"], rows));
		return undefined;
	},
};
