import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../web/client.ts";
import { type MemberList, type MembersSearch, STATUSES_OF } from "../../web/search-people.ts";

/** The members of a unit in one of the lists, `limit` at a time; `q` as typed, numbers included. */
export function useMembers(unitId: number, search: MembersSearch, q: string, limit = 100) {
	const list = search.which ?? "counts";
	return useInfiniteQuery(
		api.members.list.infiniteOptions({
			input: (after: string | undefined) => ({
				id: unitId,
				on: search.on,
				leafId: search.branch,
				all: list === "all" || list === "core" || list.startsWith("without") || list === "review",
				status: STATUSES_OF[list],
				only: ONLY[list],
				q: q || undefined,
				reverse: search.end,
				limit,
				after,
			}),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (last) => last.next ?? undefined,
			placeholderData: (before) => before,
		}),
	);
}

const ONLY: Partial<Record<MemberList, "without_id" | "without_consent" | "review" | "core">> = {
	without_id: "without_id",
	without_consent: "without_consent",
	review: "review",
	core: "core",
};
