import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ProblemData } from "../../ui/ProblemAlert.tsx";
import { api } from "../../web/client.ts";

/** Where somebody else has changed the account meanwhile, reads it again: the next try is made on what stands now, and she sees it. */
export function useFreshAfterStale(problem: ProblemData | null) {
	const queries = useQueryClient();
	const stale = problem?.code === "account.stale";
	useEffect(() => {
		if (stale) queries.invalidateQueries({ queryKey: api.access.accounts.key() });
	}, [stale, queries]);
}
