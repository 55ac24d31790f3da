import { useQuery } from "@tanstack/react-query";
import type { Day } from "../core/day.ts";
import { api } from "./client.ts";

/** Who is here, for which unit, and what she may do; the server decides again at every call. */
export type Session = {
	person: { name: string };
	unit: { id: string; code: string; name: string; kind: string };
	roles: string[];
	verbs: string[];
	demo: boolean;
	today: Day;
};

/** The session's query; the shell waits for it, so pages may take it as there. */
export function sessionQuery() {
	return api.session.get.queryOptions({ staleTime: 5 * 60_000 });
}

/** The session of the person signed in. Only within the shell. */
export function useSession(): Session {
	const { data } = useQuery(sessionQuery());
	if (!data) throw new Error("useSession outside the shell");
	return data;
}
