import type { RateRow } from "./contract.ts";

/** The lists of communes by rate: the three classes, the guidance's list of those to be supported, and two that need a look (R1). */
export const RATE_LISTS = ["all", "under", "exactly", "not_over", "over", "over_100", "none"] as const;
export type RateList = (typeof RATE_LISTS)[number];

/** What the lists are called. */
export const LIST_WORDS: Record<RateList, string> = {
	all: "Tất cả",
	under: "Dưới 60%",
	exactly: "Bằng 60%",
	not_over: "Chưa đạt trên 60%",
	over: "Trên 60%",
	over_100: "Trên 100%",
	none: "Chưa có số liệu",
};

/** Whether a commune stands in a list; by integers, never by a rounded rate. */
export const IN_LIST: Record<RateList, (row: RateRow) => boolean> = {
	all: () => true,
	under: (row) => row.class === "under",
	exactly: (row) => row.class === "exactly",
	not_over: (row) => row.class === "under" || row.class === "exactly",
	over: (row) => row.class === "over",
	over_100: (row) => row.kind === "commune" && row.women18 !== null && row.members > row.women18,
	none: (row) => row.kind === "commune" && row.women18 === null,
};
