import type { RosterField } from "../members/rules-roster-fields.ts";

/** The columns of the blank template and of an exported roster, in order: what is exported can be read back (R48). */
export const TEMPLATE_COLUMNS: readonly { header: string; field: RosterField; width: number }[] = [
	{ header: "STT", field: "number", width: 6 },
	{ header: "Họ và tên", field: "name", width: 28 },
	{ header: "Ngày sinh", field: "birth", width: 13 },
	{ header: "Số CCCD/CMND", field: "nationalId", width: 18 },
	{ header: "Dân tộc", field: "ethnicity", width: 12 },
	{ header: "Nghề nghiệp", field: "occupation", width: 18 },
	{ header: "Chi hội", field: "branch", width: 24 },
	{ header: "Tổ phụ nữ", field: "group", width: 18 },
	{ header: "Ngày vào Hội", field: "joined", width: 14 },
	{ header: "Cư trú", field: "residence", width: 13 },
	{ header: "Tạm trú từ ngày", field: "residenceStart", width: 17 },
	{ header: "Ngày ra khỏi Hội", field: "left", width: 15 },
	{ header: "Lý do ra khỏi Hội", field: "leaveReason", width: 22 },
	{ header: "Số điện thoại", field: "phone", width: 15 },
	{ header: "Địa chỉ", field: "address", width: 30 },
	{ header: "Người giới thiệu vào Hội", field: "introducer", width: 24 },
	{ header: "Ghi chú", field: "note", width: 24 },
];

/** What stands on the template's second sheet. */
export const TEMPLATE_GUIDE: readonly string[] = [
	"HƯỚNG DẪN GHI DANH SÁCH HỘI VIÊN",
	"Mỗi hội viên một dòng, ghi ở trang “Hội viên”. Có thể bỏ trống cột không có thông tin; không cần xóa cột.",
	"Họ và tên: ghi đủ, như trên CCCD. Cột này không được bỏ trống.",
	"Ngày sinh: ngày/tháng/năm (08/03/1985). Chỉ biết năm thì ghi năm (1985).",
	"Số CCCD/CMND: 12 số (CCCD) hoặc 9 số (CMND). Ô đã để dạng chữ nên giữ được số 0 ở đầu. Chỉ ghi khi hội viên đã được giải thích và đồng ý.",
	"Ngày vào Hội: ngày/tháng/năm. Hội viên phải đủ 18 tuổi vào ngày này.",
	"Cư trú: ghi “Thường trú” hoặc “Tạm trú”. Tạm trú thì ghi ngày bắt đầu: đủ 6 tháng mới được tính (điểm 1.2, mục II, Hướng dẫn 21/HD-ĐCT).",
	"Ngày ra khỏi Hội và lý do (xin ra khỏi Hội, qua đời, chuyển đi …): chỉ ghi với người đã ra. Xóa một dòng khỏi danh sách không làm hội viên đó ra khỏi Hội.",
	"Chi hội, Tổ phụ nữ: ghi tên; tên chưa có sẽ được lập mới trong xã.",
	"Nhập lại tệp đã sửa lúc nào cũng được: dòng không đổi được bỏ qua, dòng có thay đổi được cập nhật.",
];
