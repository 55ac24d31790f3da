import type { InferContractRouterOutputs } from "@orpc/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Contract } from "../server/contract.ts";
import { useActedFor } from "./acting-for.ts";
import { api } from "./client.ts";

/** Who is here, for which unit, and what she may do; the server decides again at every call. */
export type Session = InferContractRouterOutputs<Contract>["access"]["session"];

/** The session's query; the shell waits for it, so pages may take it as there. */
export function sessionQuery() {
	return api.access.session.queryOptions({ input: {}, staleTime: 5 * 60_000 });
}

/** The session of the person signed in; its unit is the one she acts for, where she does. Only within the shell. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery());
	const acted = useActedFor();
	const session = useMemo(() => (data && acted ? { ...data, unit: acted } : data), [data, acted]);
	if (!session) throw new Error("useSession outside the shell");
	return session;
}
