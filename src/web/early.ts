import { actedFor } from "./acting-for.ts";
import { api, queryClient } from "./client.ts";
import { sessionOfToday, sessionQuery } from "./session.ts";

/**
 * Asks for what the first screen needs before React has drawn anything: on a slow phone the answers and the screen's own files
 * come while the program is still starting. Only for whoever was here earlier today; the server decides by the cookie.
 */
export function askEarly() {
	queryClient.prefetchQuery(sessionQuery());
	const session = sessionOfToday();
	if (!session || actedFor() || location.pathname !== "/" || location.search) return;
	if (session.unit.kind !== "commune") return;
	// What cannot be fetched now is asked for again by the page, which says so.
	void import("../areas/gathering/page-overview.tsx").catch(() => undefined);
	void import("../areas/gathering/page-overview-commune.tsx").catch(() => undefined);
	queryClient.prefetchQuery(
		api.gathering.rates.queryOptions({ input: { on: session.today, unitId: session.unit.id } }),
	);
}
