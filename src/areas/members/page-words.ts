import { displayDay } from "../../core/day.ts";
import type { MemberList } from "../../web/search-people.ts";
import type { MemberRow, MemberShow } from "./contract-member.ts";
import { LEAVE_REASON_TEXT } from "./rules.ts";
import { CONSENT_HOW_TEXT, CONSENT_PURPOSE_TEXT, POST_TEXT } from "./rules-words.ts";

export type Spell = MemberShow["spells"][number];

/** The lists of members as the filter names them. */
export const LIST_WORDS: Record<MemberList, string> = {
	counts: "Đang được tính",
	proposed: "Đề nghị kết nạp (chờ công nhận)",
	under_six_months: "Tạm trú chưa đủ 6 tháng",
	start_unknown: "Chưa rõ ngày bắt đầu tạm trú",
	elsewhere: "Hội viên di cư đi",
	review: "Cần rà soát cư trú",
	left: "Đã ra khỏi tổ chức Hội",
	honorary: "Hội viên danh dự",
	core: "Hội viên nòng cốt",
	without_consent: "Chưa có đồng ý cung cấp thông tin",
	without_id: "Chưa có số CCCD/CMND",
	all: "Tất cả, cả người không được tính",
};

/** Where she lives, as a list says it: "Thường trú", "Tạm trú từ 12/03/2025". */
export function residenceWords(kind: MemberRow["residence"], start: string | null): string {
	if (kind === null) return "";
	if (kind === "permanent") return "Thường trú";
	return start ? `Tạm trú từ ${displayDay(start)}` : "Tạm trú, chưa rõ từ ngày nào";
}

/** A period of days: the second day is the first that no longer belongs to it. */
export function periodWords(from: string, to: string | null): string {
	return to ? `từ ${displayDay(from)} đến trước ${displayDay(to)}` : `từ ${displayDay(from)} đến nay`;
}

export const AWAY_WORDS = {
	near: "Đi làm gần nhà",
	within_year: "Đi về trong năm",
	gone: "Đi khỏi địa phương",
} as const;

export const TAKES_PART_WORDS = {
	yes: "Có tham gia sinh hoạt",
	online: "Tham gia trực tuyến",
	no: "Không tham gia sinh hoạt",
} as const;

export const DUPLICATE_WORDS = {
	open: "Chưa trả lời",
	same: "Cùng một người, chờ gộp",
	different: "Hai người khác nhau",
} as const;

export const TRANSFER_WORDS = {
	pending: "Chờ tiếp nhận",
	accepted: "Đã tiếp nhận",
	declined: "Trả lại",
	cancelled: "Đã rút đề nghị",
} as const;

export const RESIDENCE_CHOICES = [
	{ value: "permanent" as const, label: "Thường trú" },
	{ value: "temporary" as const, label: "Tạm trú" },
];

type LeaveReason = "resigned" | "dead" | "moved" | "temporary_left" | "other";
type Post =
	| "chair"
	| "deputy"
	| "branch_head"
	| "branch_deputy"
	| "group_head"
	| "group_deputy"
	| "committee"
	| "standing"
	| "other";
type Purpose = "membership" | "sensitive" | "contact";
type How = "signed_list" | "signed_form" | "spoken_minuted" | "digital";

export const LEAVE_CHOICES = choices<LeaveReason>(LEAVE_REASON_TEXT, [
	"resigned",
	"dead",
	"moved",
	"temporary_left",
	"other",
]);
export const POST_CHOICES = choices<Post>(POST_TEXT);
export const PURPOSE_CHOICES = choices<Purpose>(CONSENT_PURPOSE_TEXT);
export const HOW_CHOICES = choices<How>(CONSENT_HOW_TEXT);
export const AWAY_CHOICES = choices<keyof typeof AWAY_WORDS>(AWAY_WORDS);
export const TAKES_PART_CHOICES = choices<keyof typeof TAKES_PART_WORDS>(TAKES_PART_WORDS);

/** The words of a table as choices of a field. */
function choices<Value extends string>(words: Record<string, string>, values = Object.keys(words) as Value[]) {
	return values.map((value) => ({ value, label: words[value] }));
}

/** The text of the consent asked for by the Union's forms of today; a new one gets a new name. */
export const CONSENT_TEXT = "Phiếu đồng ý cung cấp thông tin hội viên, mẫu 2025";
