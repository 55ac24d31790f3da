/** The documents the program makes. Apart from the contract, so that a page's address is read without its schemas. */
export const DOCUMENT_KINDS = [
	"not_over_60",
	"target_allotment",
	"gathering_report",
	"period_report",
	"year_plan",
	"support_minutes",
	"support_plan",
	"support_activities",
	"support_update",
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** The levels that issue documents. */
export const DOCUMENT_LEVELS = ["centre", "cluster", "province", "district", "commune"] as const;
export type DocumentLevel = (typeof DOCUMENT_LEVELS)[number];

/** What the documents are called on screen. */
export const DOCUMENT_LABELS: Record<DocumentKind, string> = {
	not_over_60: "Danh sách cơ sở Hội chưa đạt tỷ lệ tập hợp trên 60%",
	target_allotment: "Phân bổ chỉ tiêu cho các đơn vị trực thuộc",
	gathering_report: "Báo cáo kết quả tập hợp phụ nữ",
	period_report: "Báo cáo định kỳ (6 tháng, năm)",
	year_plan: "Kế hoạch năm (số cơ sở đạt trên 60%)",
	support_minutes: "Biên bản Cụm thi đua làm việc với Hội LHPN tỉnh (bước 1)",
	support_plan: "Kế hoạch hành động hỗ trợ cơ sở Hội (bước 2)",
	support_activities: "Báo cáo kết quả các hoạt động hỗ trợ cơ sở Hội (bước 3)",
	support_update: "Báo cáo cập nhật tình hình hỗ trợ cơ sở Hội (bước 4)",
};

/** The papers of the four steps of support, each made from one round (R18). */
export function isSupportKind(kind: DocumentKind): kind is Extract<DocumentKind, `support_${string}`> {
	return kind.startsWith("support_");
}

export const LEVEL_LABELS: Record<DocumentLevel, string> = {
	centre: "Trung ương Hội",
	cluster: "Cụm thi đua",
	province: "cấp tỉnh",
	district: "cấp huyện",
	commune: "cấp xã",
};

/** Which levels issue a kind: a list of communes needs communes below, a cluster hands down no targets (R14, R35). */
const ISSUED_BY: Record<DocumentKind, readonly DocumentLevel[]> = {
	not_over_60: ["centre", "cluster", "province", "district"],
	target_allotment: ["centre", "province", "district"],
	gathering_report: DOCUMENT_LEVELS,
	period_report: DOCUMENT_LEVELS,
	year_plan: ["province"],
	support_minutes: ["cluster", "province"],
	support_plan: ["province"],
	support_activities: ["cluster", "province"],
	support_update: ["cluster", "province"],
};

/** Whether a unit of some kind issues a document. */
export function isIssuedBy(kind: DocumentKind, level: string): level is DocumentLevel {
	return ISSUED_BY[kind].includes(level as DocumentLevel);
}

/** The registers in which documents are numbered: one for all kinds, or one for each, as the unit is used to (decree 30, article 15). */
export const REGISTERS = ["all", "reports", "letters", "decisions", "plans", "notices"] as const;
export type Register = (typeof REGISTERS)[number];

export const REGISTER_LABELS: Record<Register, string> = {
	all: "Sổ chung",
	reports: "Báo cáo",
	letters: "Công văn",
	decisions: "Quyết định",
	plans: "Kế hoạch",
	notices: "Thông báo",
};

/** Where a document of a kind is numbered, unless the unit keeps one register for all. */
export const REGISTER_OF: Record<DocumentKind, Register> = {
	not_over_60: "reports",
	target_allotment: "letters",
	gathering_report: "reports",
	period_report: "reports",
	year_plan: "plans",
	support_minutes: "all",
	support_plan: "plans",
	support_activities: "reports",
	support_update: "reports",
};
