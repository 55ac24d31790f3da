import type { MemberStatus } from "../areas/members/contract-member.ts";
import type { Day } from "../core/day.ts";
import { dayIn, flagIn, idIn, type RawSearch, textIn, wordIn } from "./search.ts";

/** The lists of members by where they stand; none: those counted on the day. */
export const MEMBER_LISTS = [
	"counts",
	"proposed",
	"under_six_months",
	"start_unknown",
	"elsewhere",
	"review",
	"left",
	"honorary",
	"core",
	"without_consent",
	"without_id",
	"all",
] as const;
export type MemberList = (typeof MEMBER_LISTS)[number];

/** The statuses a list of {@link MEMBER_LISTS} stands for; undefined where it is none of statuses. */
export const STATUSES_OF: Partial<Record<MemberList, MemberStatus[]>> = {
	counts: ["counts"],
	proposed: ["proposed"],
	under_six_months: ["under_six_months"],
	start_unknown: ["start_unknown"],
	elsewhere: ["elsewhere"],
	left: ["left"],
	honorary: ["honorary"],
};

/** The list of members: of which unit and branch, on which day, which of them; `end`: from its last name; `pick`: choosing several for one act. */
export type MembersSearch = {
	on?: Day;
	unit?: number;
	branch?: number;
	which?: MemberList;
	q?: string;
	end?: true;
	pick?: true;
};

/** Reads the address of the list of members. */
export function membersSearch(raw: RawSearch): MembersSearch {
	return {
		on: dayIn(raw, "on"),
		unit: idIn(raw, "unit"),
		branch: idIn(raw, "branch"),
		which: wordIn(raw, "which", MEMBER_LISTS),
		q: textIn(raw, "q"),
		end: flagIn(raw, "end"),
		pick: flagIn(raw, "pick"),
	};
}

/** Which transfers are shown. */
export const TRANSFER_LISTS = ["pending", "accepted", "declined", "cancelled"] as const;
export type TransfersSearch = { state?: (typeof TRANSFER_LISTS)[number] };

/** Reads the address of the transfers. */
export function transfersSearch(raw: RawSearch): TransfersSearch {
	return { state: wordIn(raw, "state", TRANSFER_LISTS) };
}

/** Which pairs of perhaps one woman are shown: not judged yet, one woman and not merged yet, two. */
export const DUPLICATE_LISTS = ["open", "same", "different"] as const;
export type DuplicatesSearch = { which?: (typeof DUPLICATE_LISTS)[number] };

/** Reads the address of the pairs. */
export function duplicatesSearch(raw: RawSearch): DuplicatesSearch {
	return { which: wordIn(raw, "which", DUPLICATE_LISTS) };
}

/** The rows of an import that are shown. */
export const ROW_LISTS = ["problems", "errors", "warnings", "ask", "update", "add", "skip", "waiting"] as const;
export type RowList = (typeof ROW_LISTS)[number];

/** One import: which rows, of which problem. */
export type ImportSearch = { only?: RowList; code?: string };

/** Reads the address of an import. */
export function importSearch(raw: RawSearch): ImportSearch {
	return { only: wordIn(raw, "only", ROW_LISTS), code: textIn(raw, "code") };
}

/** The audit log: of which account, action or record. */
export type AuditSearch = { account?: string; action?: string; subject?: string; acting?: true };

/** Reads the address of the audit log. */
export function auditSearch(raw: RawSearch): AuditSearch {
	return {
		account: textIn(raw, "account"),
		action: textIn(raw, "action"),
		subject: textIn(raw, "subject"),
		acting: flagIn(raw, "acting"),
	};
}

/** The accounts: what is searched. */
export type AccountsSearch = { q?: string };

/** Reads the address of the accounts. */
export function accountsSearch(raw: RawSearch): AccountsSearch {
	return { q: textIn(raw, "q") };
}
