import { type Day, displayDay } from "../../core/day.ts";

/** `error`: refused and kept in staging. `warning`: accepted, to be looked at. `info`: told, nothing to do. */
export type ProblemLevel = "error" | "warning" | "info";

/** What the reader has to say of one row. */
export interface RosterProblem {
	code: RosterProblemCode;
	level: ProblemLevel;
	/** A Vietnamese sentence for the preview and the column "Lỗi cần sửa". */
	text: string;
}

const PROBLEMS = {
	"name.missing": ["error", "Thiếu họ và tên."],
	"name.too_long": ["error", "Họ và tên dài quá 200 ký tự."],
	"birth.invalid": ["error", "Ngày sinh không có thật hoặc không đọc được."],
	"joined.invalid": ["error", "Ngày vào Hội không có thật hoặc không đọc được."],
	"joined.future": ["error", "Ngày vào Hội ở sau ngày hôm nay."],
	"joined.underage": ["error", "Chưa đủ 18 tuổi vào ngày vào Hội."],
	"left.invalid": ["error", "Ngày ra khỏi Hội không có thật hoặc không đọc được."],
	"left.missing": ["error", "Có lý do ra khỏi Hội nhưng thiếu ngày ra khỏi Hội."],
	"left.before_joined": ["error", "Ngày ra khỏi Hội trước ngày vào Hội."],
	"id.duplicate": ["error", "Số CCCD/CMND trùng với một hội viên đang sinh hoạt ở dòng trên."],
	"sex.male": ["error", "Ghi giới tính nam: nam giới chỉ có thể là hội viên danh dự, được nhập riêng."],
	"id.missing": ["warning", "Chưa có số CCCD/CMND."],
	"id.cmnd": ["warning", "Là số CMND cũ (9 số), nên bổ sung số CCCD."],
	"id.birth_year": ["warning", "Năm sinh không khớp với số CCCD."],
	"id.sex": ["warning", "Số CCCD không phải của nữ theo thế kỷ và giới tính trong số."],
	"id.unreadable": ["warning", "Số CCCD/CMND không đúng 12 số hoặc 9 số, chưa ghi nhận được."],
	"residence.start_missing": ["warning", "Tạm trú nhưng chưa có ngày bắt đầu: được lưu, chưa được tính."],
	"birth.missing": ["warning", "Chưa có ngày sinh."],
	"joined.missing": ["warning", "Chưa có ngày vào Hội"],
	"left.future": ["warning", "Ngày ra khỏi Hội ở sau ngày hôm nay."],
	"phone.unreadable": ["warning", "Số điện thoại không đọc được, chưa ghi nhận."],
	"text.decoded": ["info", "Chữ phông cũ (TCVN3, VNI) hoặc chữ tách dấu đã được chuyển sang Unicode."],
	"id.zeros_restored": ["info", "Số CCCD được thêm lại số 0 ở đầu."],
	"phone.changed": ["info", "Số điện thoại được viết lại theo dạng hiện hành."],
	"text.shortened": ["info", "Nội dung dài quá mức được cắt bớt; bản gốc vẫn được giữ."],
} as const satisfies Record<string, readonly [ProblemLevel, string]>;

export type RosterProblemCode = keyof typeof PROBLEMS;

/** The problem of this code; `more` is what the row adds to its sentence. */
export function rosterProblem(code: RosterProblemCode, more = ""): RosterProblem {
	const [level, text] = PROBLEMS[code];
	return { code, level, text: text + more };
}

/** `joined.missing` says from which day she is taken as a member. */
export function joinedMissing(asOf: Day): RosterProblem {
	return rosterProblem("joined.missing", `: tạm lấy ngày ${displayDay(asOf)}.`);
}
