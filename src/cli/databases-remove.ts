import { removeDatabase } from "../db/databases.ts";
import { readSettings } from "../db/settings.ts";
import { type Command, operatorsAlone, print, UsageError } from "./command.ts";

export const databasesRemove: Command = {
	name: "databases remove",
	usage: "TÊN",
	summary: "Xóa hẳn một cơ sở dữ liệu được giữ lại, hoặc bản minh họa khi đã dùng thật; khóa riêng của nó cũng bị xóa",
	positionals: 1,
	async run(invocation) {
		const [name] = invocation.positionals;
		if (!name) throw new UsageError("Thiếu tên cơ sở dữ liệu.");
		operatorsAlone(invocation);
		const removed = await removeDatabase(readSettings(), name);
		print(invocation, removed, [`Đã xóa “${name}”.`]);
		return undefined;
	},
};
