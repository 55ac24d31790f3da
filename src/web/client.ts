import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryCache, QueryClient } from "@tanstack/react-query";
import type { Contract } from "../server/contract.ts";
import { actedFor } from "./acting-for.ts";
import { forgetSession } from "./kept-session.ts";
import { againIn, isSignedOut, triesAgain } from "./problem.ts";

/**
 * What a call may carry beside its input: the id under which the server runs a command once, however often it is sent; and the unit
 * below her own for which she does it ("nhập thay", R39: recorded and told to that unit).
 */
export type CallContext = { commandId?: string; actingFor?: number };

const link = new RPCLink<CallContext>({
	url: () => `${location.origin}/rpc`,
	headers: ({ context }) => ({
		...(context.commandId ? { "x-command-id": context.commandId } : {}),
		...actingHeaders(context.actingFor),
	}),
	fetch: (request, init) => fetch(request, { ...init, credentials: "same-origin" }),
});

/** Calls by the contract's words: `client.members.add(input, { context: { commandId } })`. */
export const client: ContractRouterClient<Contract, CallContext> = createORPCClient(link);

/** The same for TanStack Query: `useQuery(api.units.tree.queryOptions({ input: { on } }))`. Commands go through `useCommand`. */
export const api = createTanstackQueryUtils(client);

/** Reads are tried again only where nobody refused; who is signed out is led to the sign-in page, and back after it. */
export const queryClient = new QueryClient({
	queryCache: new QueryCache({
		onError: (error) => isSignedOut(error) && goToSignIn(),
	}),
	defaultOptions: {
		// Without a connection a call fails and says so; the library's way would be to wait without a word.
		mutations: { networkMode: "always" },
		queries: {
			networkMode: "always",
			staleTime: 30_000,
			refetchOnWindowFocus: false,
			retry: triesAgain,
			retryDelay: againIn,
		},
	},
});

/** Says for whom a call is made: the unit named, else the one she acts for in this tab. */
export function actingHeaders(unitId = actedFor()?.id): Record<string, string> {
	return unitId === undefined ? {} : { "x-acting-for": String(unitId) };
}

/** Leaves for the sign-in page; she comes back to where she was. */
export function goToSignIn() {
	forgetSession();
	const here = location.pathname + location.search;
	location.assign(here === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(here)}`);
}
