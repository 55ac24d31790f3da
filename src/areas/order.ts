/**
 * The areas, lowest first. An area uses only areas before it; the same list orders policies, navigation and reports
 * (design §2.3). `ledger` stands before `members`: whoever writes a counting row posts it in the same transaction.
 */
export const AREAS = [
	"units",
	"access",
	"ledger",
	"members",
	"headcounts",
	"populations",
	"gathering",
	"targets",
	"emulation",
	"reporting",
	"support",
	"models",
	"effect",
	"documents",
	"imports",
	"reorganisations",
] as const;
