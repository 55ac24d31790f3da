import type { InferContractRouterOutputs } from "@orpc/contract";
import { useQuery } from "@tanstack/react-query";
import type { Contract } from "../server/contract.ts";
import { api } from "./client.ts";

/** Who is here, for which unit, and what she may do; the server decides again at every call. */
export type Session = InferContractRouterOutputs<Contract>["access"]["session"];

/** The session's query; the shell waits for it, so pages may take it as there. */
export function sessionQuery() {
	return api.access.session.queryOptions({ input: {}, staleTime: 5 * 60_000 });
}

/** The session of the person signed in. Only within the shell. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery());
	if (!data) throw new Error("useSession outside the shell");
	return data;
}
