/** The Union's words for what the member file holds. */

export const POST_TEXT: Record<string, string> = {
	chair: "Chủ tịch",
	deputy: "Phó Chủ tịch",
	branch_head: "Chi hội trưởng",
	branch_deputy: "Chi hội phó",
	group_head: "Tổ trưởng",
	group_deputy: "Tổ phó",
	committee: "Ủy viên Ban Chấp hành",
	standing: "Ủy viên Ban Thường vụ",
	other: "Chức danh khác",
};

export const CONSENT_PURPOSE_TEXT: Record<string, string> = {
	membership: "Quản lý hội viên",
	sensitive: "Dữ liệu cá nhân nhạy cảm",
	contact: "Liên hệ, mời tham gia",
};

export const CONSENT_HOW_TEXT: Record<string, string> = {
	signed_list: "Ký trên danh sách chi hội",
	signed_form: "Ký phiếu",
	spoken_minuted: "Nói, có ghi biên bản",
	digital: "Xác nhận điện tử",
};
