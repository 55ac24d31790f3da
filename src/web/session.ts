import type { InferContractRouterOutputs } from "@orpc/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Contract } from "../server/contract.ts";
import { dayInVietnam } from "../ui/format-time.ts";
import { useActedFor } from "./acting-for.ts";
import { api, client } from "./client.ts";
import { keepSession, keptSession } from "./kept-session.ts";
import { isLost } from "./problem.ts";

/** Who is here, for which unit, and what she may do; the server decides again at every call. */
export type Session = InferContractRouterOutputs<Contract>["access"]["session"];

/**
 * The session's query; the shell waits for it, so pages may take it as there. Who was here earlier today is taken as still here while the server
 * is asked: pages begin at once, and whatever they ask for it decides by the cookie. Where the server is not to be had, who was last here.
 */
export function sessionQuery() {
	return queryOptions({
		queryKey: api.access.session.queryKey({ input: {} }),
		queryFn: askSession,
		staleTime: 5 * 60_000,
		initialData: () => sessionOfToday(),
		initialDataUpdatedAt: 0,
	});
}

function sessionOfToday(): Session | undefined {
	const kept = keptSession();
	return kept && kept.today === dayInVietnam(new Date()) ? kept : undefined;
}

async function askSession(): Promise<Session> {
	try {
		const session = await client.access.session({});
		keepSession(session);
		return session;
	} catch (error) {
		const kept = isLost(error) ? keptSession() : null;
		if (kept) return kept;
		throw error;
	}
}

/** The session of the person signed in; its unit is the one she acts for, where she does. Only within the shell. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery());
	const acted = useActedFor();
	const session = useMemo(() => (data && acted ? { ...data, unit: acted } : data), [data, acted]);
	if (!session) throw new Error("useSession outside the shell");
	return session;
}
