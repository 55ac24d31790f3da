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

/** Audit words on the person page ("Ai đã xem, ai đã sửa"). */
export const ACTION_TEXT: Record<string, string> = {
	"members.add": "Thêm vào danh sách",
	"members.propose": "Đề nghị kết nạp",
	"members.recognise": "Công nhận hội viên",
	"members.decline": "Không công nhận",
	"members.edit": "Sửa hồ sơ",
	"members.editSensitive": "Sửa dữ liệu nhạy cảm",
	"members.sensitive": "Xem dữ liệu nhạy cảm",
	"members.revealId": "Xem số CCCD/CMND",
	"members.search": "Tìm theo số CCCD/CMND",
	"members.setHonorary": "Đổi ghi nhận hội viên danh dự",
	"members.setCore": "Đổi ghi nhận hội viên nòng cốt",
	"members.end": "Ghi nhận ra khỏi tổ chức Hội",
	"members.reopen": "Bỏ ghi nhận ra khỏi tổ chức Hội",
	"members.moveBranch": "Chuyển chi hội",
	"members.transfer": "Đề nghị chuyển sinh hoạt Hội",
	"members.accept": "Tiếp nhận, chuyển sinh hoạt Hội",
	"members.declineTransfer": "Không tiếp nhận",
	"members.cancelTransfer": "Rút đề nghị chuyển sinh hoạt",
	"members.merge": "Gộp hồ sơ trùng",
	"members.split": "Tách hồ sơ đã gộp",
	"members.addAffiliation": "Ghi nhận nơi tham gia sinh hoạt",
	"members.endAffiliation": "Thôi tham gia sinh hoạt",
	"members.addPost": "Ghi nhận chức danh",
	"members.endPost": "Thôi giữ chức danh",
	"members.giveConsent": "Ghi nhận đồng ý cung cấp thông tin",
	"members.withdrawConsent": "Ghi nhận rút lại đồng ý",
	"members.addAway": "Ghi nhận đi làm ăn xa",
	"members.endAway": "Ghi nhận đã trở về",
	"members.import": "Nhập từ danh sách Excel",
	"imports.elsewhere": "Nhập từ Excel: số CCCD/CMND thuộc nơi khác",
	"members.undoImport": "Hoàn tác lần nhập danh sách",
};
