import { putInUse } from "../db/databases.ts";
import { readSettings } from "../db/settings.ts";
import { type Command, operatorsAlone, print, UsageError } from "./command.ts";

export const databasesUse: Command = {
	name: "databases use",
	usage: "TÊN",
	summary: "Dùng lại dữ liệu thật được giữ lại khi phục hồi; dữ liệu đang dùng được giữ lại thay cho nó",
	positionals: 1,
	async run(invocation) {
		const [name] = invocation.positionals;
		if (!name) throw new UsageError("Thiếu tên cơ sở dữ liệu.");
		operatorsAlone(invocation);
		const { kept } = await putInUse(readSettings(), name);
		print(invocation, { used: name, kept }, [
			`Từ nay dùng lại “${name}”.`,
			...(kept ? [`Dữ liệu vừa thôi dùng được giữ dưới tên “${kept}”.`] : []),
		]);
		return undefined;
	},
};
