import { useQuery } from "@tanstack/react-query";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import { letterheadOf } from "./rules-letterhead.ts";

/** The head of the papers of one's own unit, as it stands today. */
export function useLetterhead() {
	const { unit } = useSession();
	return useQuery(
		api.units.show.queryOptions({ input: { id: unit.id }, select: ({ unit: mine }) => letterheadOf(mine) }),
	);
}
