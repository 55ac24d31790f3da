import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";

/**
 * Writes parts of a case. Of two who edit at once the second is told; what the other wrote is read then, while her own draft stays, so that
 * she may look and write again.
 */
export function useSaveCase(onDone: () => void) {
	const queries = useQueryClient();
	const save = useCommand(client.support.save, {
		refresh: [api.support.key()],
		said: "Đã ghi vào hồ sơ hỗ trợ.",
		onDone,
	});
	const code = save.problem?.code;
	useEffect(() => {
		if (code === "support.changed") void queries.invalidateQueries({ queryKey: api.support.key() });
	}, [code, queries]);
	return save;
}
