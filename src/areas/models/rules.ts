import { addMonths, type Day } from "../../core/day.ts";

/** A branch or group meets at least this often (R42). */
export const MEETING_MONTHS = 3;

export const MEETING_KINDS = ["meeting", "activity"] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];
export const MEETING_KIND_WORDS: Record<MeetingKind, string> = {
	meeting: "Sinh hoạt chi hội, tổ",
	activity: "Hoạt động Hội",
};

export const MEETING_FORMS = ["in_person", "zalo", "facebook"] as const;
export type MeetingForm = (typeof MEETING_FORMS)[number];
export const MEETING_FORM_WORDS: Record<MeetingForm, string> = {
	in_person: "Trực tiếp",
	zalo: "Zalo",
	facebook: "Facebook",
};

/** The kind of model in the catalogue that says what brings its women together. */
export const CLUB_KIND = "model.club";

export const CLUB_BASES = ["age", "trade", "interest"] as const;
export type ClubBasis = (typeof CLUB_BASES)[number];
export const CLUB_BASIS_WORDS: Record<ClubBasis, string> = {
	age: "Theo lứa tuổi",
	trade: "Theo ngành nghề",
	interest: "Theo sở thích",
};

/** The forms of "1+1" in the words of the guidance (footnote 2), an open list: `other` has a name of its own. */
export const PAIR_FORMS = [
	"good_branch_weak_branch",
	"member_invites_woman",
	"party_member_fosters",
	"cadre_member_helps",
	"strong_branch_twinned",
	"member_helps_member",
	"other",
] as const;
export type PairForm = (typeof PAIR_FORMS)[number];
export const PAIR_FORM_WORDS: Record<PairForm, string> = {
	good_branch_weak_branch: "1 chi hội khá kèm 1 chi hội yếu",
	member_invites_woman: "1 hội viên vận động 1 phụ nữ tham gia tổ chức Hội",
	party_member_fosters: "1 đảng viên nữ bồi dưỡng, giới thiệu phát triển Đảng 1 chi hội trưởng, tổ trưởng, tổ phó",
	cadre_member_helps: "1 hội viên nữ cán bộ, công chức, viên chức, ủy viên Ban Chấp hành giúp 1 chi hội hoặc hội viên",
	strong_branch_twinned: "1 chi hội mạnh kết nghĩa giúp đỡ 1 chi hội yếu",
	member_helps_member: "1 hội viên có điều kiện hỗ trợ 1 hội viên có hoàn cảnh khó khăn",
	other: "Hình thức khác",
};

/** "3 có, 3 biết" in the words of the guidance (footnote 3). */
export const CRITERIA = [
	"has_vanguard",
	"has_monthly_activity",
	"has_resources",
	"knows_faces",
	"knows_circumstances",
	"knows_needs",
] as const;
export type Criterion = (typeof CRITERIA)[number];
export const CRITERION_WORDS: Record<Criterion, string> = {
	has_vanguard: "Có hội viên tiên phong",
	has_monthly_activity: "Có hoạt động hàng tháng",
	has_resources: "Có nguồn lực tổ chức hoạt động",
	knows_faces: "Biết mặt hội viên",
	knows_circumstances: "Biết hoàn cảnh hội viên",
	knows_needs: "Biết nhu cầu hội viên, phụ nữ",
};

export const ATTENDERS = ["chair", "deputy", "committee", "officer"] as const;
export type Attender = (typeof ATTENDERS)[number];
export const ATTENDER_WORDS: Record<Attender, string> = {
	chair: "Chủ tịch",
	deputy: "Phó Chủ tịch",
	committee: "Ủy viên Ban Chấp hành",
	officer: "Cán bộ Hội cấp trên phụ trách",
};

export const FOSTERED_POSTS = ["deputy_chair", "branch_head", "branch_deputy", "group_head", "group_deputy"] as const;
export type FosteredPost = (typeof FOSTERED_POSTS)[number];
export const FOSTERED_POST_WORDS: Record<FosteredPost, string> = {
	deputy_chair: "Phó Chủ tịch Hội LHPN cơ sở",
	branch_head: "Chi hội trưởng",
	branch_deputy: "Chi hội phó",
	group_head: "Tổ trưởng",
	group_deputy: "Tổ phó",
};

export const PROGRAMME_KINDS = ["programme", "project", "fund", "loan", "training", "material", "other"] as const;
export type ProgrammeKind = (typeof PROGRAMME_KINDS)[number];
export const PROGRAMME_KIND_WORDS: Record<ProgrammeKind, string> = {
	programme: "Chương trình, đề án",
	project: "Dự án",
	fund: "Kinh phí hỗ trợ",
	loan: "Vốn vay, vốn ủy thác",
	training: "Tập huấn",
	material: "Tài liệu, phương tiện",
	other: "Nguồn lực khác",
};

/** The first day of the period whose sums stand beside the registries where none is asked: the three months up to and with `on`. */
export function periodStart(on: Day): Day {
	return addMonths(on, -MEETING_MONTHS);
}

/** Where a fostering stands, by the days that are written (R25). */
export type FosteringState = "proposed" | "fostered" | "introduced" | "admitted" | "ended";
export const FOSTERING_WORDS: Record<FosteringState, string> = {
	proposed: "Đã đề nghị",
	fostered: "Đang bồi dưỡng",
	introduced: "Đã giới thiệu",
	admitted: "Đã kết nạp Đảng",
	ended: "Đã thôi",
};

/** The furthest step that is written. */
export function fosteringState(days: {
	fosteredOn: Day | null;
	introducedOn: Day | null;
	admittedOn: Day | null;
	endedOn: Day | null;
}): FosteringState {
	if (days.endedOn) return "ended";
	if (days.admittedOn) return "admitted";
	if (days.introducedOn) return "introduced";
	return days.fosteredOn ? "fostered" : "proposed";
}
