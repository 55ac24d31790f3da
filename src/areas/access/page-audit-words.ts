import { ACTION_TEXT } from "../members/rules-words.ts";

const WORDS: Record<string, string> = {
	...ACTION_TEXT,
	"members.list": "Xem danh sách hội viên",
	"members.export": "Xuất danh sách hội viên",
	"access.signIn": "Đăng nhập",
	"access.signOut": "Đăng xuất",
	"access.changePassword": "Đổi mật khẩu",
	"access.addAccount": "Lập tài khoản",
	"access.resetPassword": "Cấp lại mật khẩu",
	"access.setRoles": "Đổi quyền sử dụng",
	"access.setDisabled": "Khóa hoặc mở lại tài khoản",
	"access.invite": "Gửi lời mời dùng điện thoại",
	"access.revokeDevices": "Thôi đăng nhập bằng mã PIN",
	"access.acceptInvitation": "Nhận lời mời trên điện thoại",
	"access.twoFactorOn": "Bật xác thực hai bước",
	"access.twoFactorOff": "Tắt xác thực hai bước",
	"access.addPasskey": "Đăng ký khóa của máy để đăng nhập",
	"access.removePasskey": "Bỏ khóa của máy",
	"access.linkOpenId": "Liên kết với hệ thống đăng nhập của cơ quan",
	"access.unlinkOpenId": "Bỏ liên kết với hệ thống đăng nhập của cơ quan",
	"imports.start": "Gửi tệp danh sách",
	"imports.recognise": "Xem tệp danh sách đã gửi",
	"imports.setLayout": "Sửa các cột của tệp",
	"imports.commit": "Ghi nhận danh sách từ Excel",
	"imports.answer": "Trả lời dòng chưa rõ là ai",
	"imports.fixRow": "Sửa một dòng của tệp",
	"imports.undo": "Hoàn tác lần nhập danh sách",
	"imports.cancel": "Bỏ lần nhập danh sách",
	"imports.forget": "Xóa tệp đã gửi",
	"imports.workbook": "Tải lại tệp danh sách",
	"headcounts.set": "Nhập số lượng tổng hợp",
	"headcounts.import": "Nhập số lượng tổng hợp từ tệp",
	"populations.set": "Nhập số phụ nữ từ 18 tuổi trở lên",
	"populations.import": "Nhập số phụ nữ từ 18 tuổi trở lên từ tệp",
	"units.add": "Thêm đơn vị",
	"units.rename": "Đổi tên đơn vị",
	"units.move": "Chuyển đơn vị",
	"units.end": "Kết thúc hoạt động của đơn vị",
	"units.setCluster": "Lập hoặc sửa Cụm thi đua",
};

const AREAS: Record<string, string> = {
	members: "Hội viên",
	imports: "Nhập danh sách",
	headcounts: "Số lượng tổng hợp",
	populations: "Phụ nữ từ 18 tuổi trở lên",
	units: "Hệ thống tổ chức Hội",
	access: "Tài khoản và đăng nhập",
};

/** A whole area, or one of the acts people look for most. */
export const AREA_CHOICES = [
	...Object.entries(AREAS).map(([value, label]) => ({ value, label: `${label}: tất cả` })),
	...["members.revealId", "members.sensitive", "members.export", "access.signIn"].map((value) => ({
		value,
		label: WORDS[value],
	})),
];

/** What an action of the log says to people. */
export function actionWords(action: string): string {
	return WORDS[action] ?? `${AREAS[action.split(".")[0]] ?? "Việc khác"} (${action})`;
}

const DETAILS: Record<string, string> = {
	rows: "dòng",
	accepted: "ghi mới",
	updated: "cập nhật",
	rejected: "cần sửa",
	people: "người",
	count: "số",
};

/** The numbers of an audit row's detail; it never holds names or IDs of people. */
export function detailWords(detail: Record<string, unknown>): string {
	return Object.entries(detail)
		.filter(([key, value]) => key in DETAILS && typeof value === "number")
		.map(([key, value]) => `${value} ${DETAILS[key]}`)
		.join(", ");
}
