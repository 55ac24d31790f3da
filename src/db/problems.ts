import { Problem } from "../core/problem.ts";

type Said = [code: string, status: number, sentence: string, field?: string];

const COUNTS_TWICE: Said = [
	"member.counts_twice",
	409,
	"Hội viên này đang được tính ở một nơi khác trong cùng thời gian. Hãy dùng “Chuyển sinh hoạt Hội”.",
];

/** What the database says when a rule of its own is broken: constraint name → code, status, sentence (design §2.6). */
const CONSTRAINTS: Record<string, Said> = {
	spell_counts_once: COUNTS_TWICE,
	spell_counts_alone: COUNTS_TWICE,
	spell_counting_order_once: COUNTS_TWICE,
	spell_left_after_joined: ["member.left_before_joined", 422, "Ngày ra khỏi Hội phải từ ngày vào Hội trở đi.", "left"],
	spell_left_has_reason: ["member.leave_reason_missing", 422, "Hãy chọn lý do ra khỏi tổ chức Hội.", "reason"],
	person_name_present: ["member.name_invalid", 422, "Họ và tên phải có, tối đa 200 ký tự.", "name"],
	person_member_is_woman: ["member.not_a_woman", 422, "Chỉ hội viên danh dự mới có thể là nam.", "sex"],
	person_birth_plausible: ["member.birth_invalid", 422, "Ngày sinh không hợp lệ.", "birth"],
	person_text_bounded: ["member.text_too_long", 422, "Nội dung quá dài, hãy rút gọn."],
	national_id_pkey: ["member.id_taken", 409, "Số CCCD/CMND này đã thuộc về một hồ sơ khác.", "nationalId"],
	transfer_one_pending: [
		"transfer.pending",
		409,
		"Hội viên này đang có một đề nghị chuyển sinh hoạt chưa được tiếp nhận.",
	],
	residence_until_after_start: ["residence.dates", 422, "Ngày kết thúc cư trú phải sau ngày bắt đầu.", "residence"],
	affiliation_until_after_since: ["affiliation.dates", 422, "Ngày thôi sinh hoạt phải từ ngày bắt đầu trở đi."],
	away_until_after_since: ["away.dates", 422, "Ngày trở về phải từ ngày đi trở đi.", "until"],
	spell_introduced_by_fkey: [
		"member.introducer_unknown",
		422,
		"Không có hồ sơ của người giới thiệu đã chọn. Hãy ghi tên người giới thiệu.",
		"introducedBy",
	],
	post_until_after_since: ["post.dates", 422, "Ngày thôi giữ chức danh phải từ ngày bắt đầu trở đi."],
	consent_withdrawn_after_given: ["consent.dates", 422, "Ngày rút lại phải từ ngày đồng ý trở đi."],
	headcount_count_range: ["headcount.count_invalid", 422, "Số lượng phải từ 0 đến 100.000.000.", "count"],
	headcount_overlap_range: [
		"headcount.overlap_invalid",
		422,
		"Số đã có trong danh sách phải từ 0 đến số lượng đã nhập.",
		"overlap",
	],
	headcount_day_range: ["headcount.day_invalid", 422, "Ngày của số liệu phải từ 01/01/2017.", "onDay"],
	headcount_source_present: ["headcount.source_missing", 422, "Hãy ghi nguồn cung cấp số liệu.", "source"],
	headcount_one_a_day: ["headcount.concurrent", 409, "Người khác vừa nhập số liệu cùng ngày. Hãy xem lại rồi lưu."],
	population_women18_range: [
		"population.invalid",
		422,
		"Số phụ nữ từ 18 tuổi trở lên phải từ 1 đến 100.000.000.",
		"women18",
	],
	population_one_current: ["population.concurrent", 409, "Người khác vừa nhập số liệu này. Hãy xem lại rồi lưu."],
	target_one_current: ["target.concurrent", 409, "Người khác vừa giao chỉ tiêu này. Hãy xem lại rồi ghi."],
	report_period_name_unique: ["report.period_name", 409, "Đã có kỳ báo cáo mang tên này. Hãy đặt tên khác.", "name"],
	report_form_name_unique: ["report.form_name", 409, "Đã có biểu mẫu mang tên này. Hãy đặt tên khác.", "name"],
	meeting_one_a_day: [
		"meeting.recorded",
		409,
		"Buổi sinh hoạt ngày này của đơn vị đã có người ghi. Hãy mở buổi ấy để sửa.",
		"onDay",
	],
	party_fostering_one_open: [
		"fostering.open",
		409,
		"Chị này đang được theo dõi bồi dưỡng. Hãy ghi bước tiếp theo vào mục đã có.",
		"personId",
	],
	document_number_once: ["document.concurrent", 409, "Người khác vừa lấy số này. Hãy lấy lại."],
	unit_spell_no_overlap: ["unit.overlap", 409, "Đơn vị đã có thông tin trong khoảng thời gian này."],
	unit_spell_not_own_parent: ["unit.own_parent", 422, "Một đơn vị không thể trực thuộc chính mình.", "parentId"],
	unit_spell_name_present: ["unit.name_invalid", 422, "Tên đơn vị phải có, tối đa 300 ký tự.", "name"],
	cluster_province_one_cluster: [
		"cluster.overlap",
		409,
		"Tỉnh, thành phố này đã thuộc một cụm thi đua khác trong thời gian đó.",
	],
	account_username_unique: [
		"account.username_taken",
		409,
		"Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
		"username",
	],
	account_username_shape: [
		"account.username_invalid",
		422,
		"Tên đăng nhập gồm 3–40 chữ thường không dấu, chữ số, dấu chấm, gạch.",
		"username",
	],
	import_file_name_bounded: ["import.file_name", 422, "Tên tệp quá dài, hãy đổi tên ngắn hơn."],
};

/** What is said when the disk is full, whoever notices it first. */
export const DISK_FULL =
	"Ổ đĩa của máy chủ đã đầy. Chưa có gì được ghi; hãy giải phóng dung lượng ổ chứa dữ liệu rồi làm lại.";

/** SQLSTATE classes that are nobody's mistake: what happened, and that nothing was lost. */
const STATES: Record<string, [code: string, status: number, sentence: string]> = {
	"42501": ["access.denied", 403, "Tài khoản của chị không có quyền làm việc này ở đơn vị đã chọn."],
	"53100": ["disk.full", 507, DISK_FULL],
	// Transactions read only while there is too little room (actor.ts).
	"25006": ["disk.full", 507, DISK_FULL],
	ENOSPC: ["disk.full", 507, DISK_FULL],
	EDQUOT: ["disk.full", 507, DISK_FULL],
	"53200": ["server.memory", 503, "Máy chủ tạm thời thiếu bộ nhớ. Chưa có gì được ghi; hãy thử lại."],
	"53300": ["server.busy", 503, "Máy chủ đang bận. Chưa có gì được ghi; hãy thử lại sau ít phút."],
	"40001": ["write.concurrent", 409, "Có người khác vừa ghi cùng lúc. Chưa có gì được ghi; hãy thử lại."],
	"40P01": ["write.concurrent", 409, "Có người khác vừa ghi cùng lúc. Chưa có gì được ghi; hãy thử lại."],
	"57014": ["query.too_long", 503, "Việc này mất quá nhiều thời gian nên đã dừng lại. Chưa có gì được ghi."],
	"22001": ["input.too_long", 422, "Nội dung nhập vào quá dài."],
	"22003": ["input.number_range", 422, "Con số nhập vào quá lớn."],
	"22008": ["input.date_invalid", 422, "Ngày nhập vào không hợp lệ."],
	"22007": ["input.date_invalid", 422, "Ngày nhập vào không hợp lệ."],
	"22009": ["input.date_invalid", 422, "Ngày nhập vào không hợp lệ."],
	"22P02": ["input.text_invalid", 422, "Nội dung có ký tự không hợp lệ."],
	"22P05": ["input.text_invalid", 422, "Nội dung có ký tự không hợp lệ."],
	"23503": ["input.unknown_reference", 422, "Một mục đã chọn không còn nữa. Hãy tải lại trang rồi chọn lại."],
	"22021": ["input.text_invalid", 422, "Nội dung có ký tự không hợp lệ."],
};

const UNREACHABLE = new Set([
	"ECONNREFUSED",
	"ECONNRESET",
	"EPIPE",
	"57P01",
	"57P02",
	"57P03",
	"08006",
	"08003",
	"08000",
]);

/** The Problem a database error means to people; anything else comes back as it was. */
export function translateDatabaseError(error: unknown): unknown {
	if (!(error instanceof Error) || error instanceof Problem) return error;
	const { code, constraint } = error as Error & { code?: string; constraint?: string };
	const known = constraint ? CONSTRAINTS[constraint] : undefined;
	if (known) return new Problem(known[0], known[1], known[2], { field: known[3] });
	const state = code ? STATES[code] : undefined;
	if (state) return new Problem(...state);
	if (
		(code && UNREACHABLE.has(code)) ||
		/Connection terminated|server closed the connection|not queryable|timeout exceeded when trying to connect/.test(
			error.message,
		)
	)
		return unreachable();
	return error;
}

/** The answer to a commit may be what was lost: whether it was written shows when the same command is sent again. */
export function unreachable(): Problem {
	return new Problem(
		"database.unreachable",
		503,
		"Cơ sở dữ liệu đang khởi động lại. Hãy gửi lại sau ít giây; việc đã ghi không bị ghi hai lần.",
	);
}

/** The names of constraints that have a sentence of their own; a test compares them with the schema. */
export const NAMED_CONSTRAINTS = Object.keys(CONSTRAINTS);
