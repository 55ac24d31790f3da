import { nfc } from "../../core/vietnamese.ts";
import type { DocumentKind } from "./rules-kinds.ts";

/** A named field of a template, written `{{tên Hội}}`: what it stands for, and a sample for looking at a template. */
export interface Field {
	name: string;
	meaning: string;
	sample: string;
}

const COMMON: readonly Field[] = [
	{ name: "tên Hội", meaning: "Tên tổ chức Hội ban hành", sample: "Hội Liên hiệp Phụ nữ tỉnh Lào Cai" },
	{ name: "ban", meaning: "Ban Thường vụ; ở Trung ương là Đoàn Chủ tịch", sample: "Ban Thường vụ" },
	{
		name: "Hội cấp trên",
		meaning: "Tổ chức Hội cấp trên trực tiếp",
		sample: "Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
	},
	{ name: "địa bàn", meaning: "Tên đơn vị hành chính; ở Trung ương là “cả nước”", sample: "tỉnh Lào Cai" },
	{ name: "ký hiệu", meaning: "Chữ viết tắt của cơ quan ban hành", sample: "BTV" },
	{ name: "tính đến ngày", meaning: "Ngày của số liệu", sample: "24/11/2025" },
	{ name: "năm", meaning: "Năm của số liệu", sample: "2025" },
];

const FIGURES: readonly Field[] = [
	{ name: "số cơ sở", meaning: "Số cơ sở Hội được giao chỉ tiêu", sample: "99" },
	{ name: "số trên 60%", meaning: "Số cơ sở đạt tỷ lệ tập hợp trên 60%", sample: "71" },
	{ name: "số bằng 60%", meaning: "Số cơ sở có tỷ lệ bằng 60%", sample: "1" },
	{ name: "số dưới 60%", meaning: "Số cơ sở có tỷ lệ dưới 60%", sample: "26" },
	{ name: "số chưa đạt trên 60%", meaning: "Số cơ sở chưa đạt trên 60% (dưới và bằng 60%)", sample: "27" },
	{ name: "số chưa có số liệu", meaning: "Số cơ sở chưa có số liệu phụ nữ từ 18 tuổi trở lên", sample: "1" },
	{ name: "còn thiếu", meaning: "Số hội viên còn thiếu để tất cả cơ sở đạt trên 60%", sample: "8.412" },
	{ name: "hội viên", meaning: "Tổng số hội viên", sample: "341.207" },
	{ name: "phụ nữ từ 18 tuổi", meaning: "Số phụ nữ từ 18 tuổi trở lên", sample: "512.866" },
	{ name: "tỷ lệ", meaning: "Tỷ lệ tập hợp (cấp huyện trở lên: tham khảo)", sample: "66,53%" },
	{ name: "xếp loại", meaning: "Dưới 60%, bằng 60%, trên 60% (của một xã)", sample: "trên 60%" },
];

const TARGET: readonly Field[] = [
	{ name: "loại chỉ tiêu", meaning: "Loại chỉ tiêu", sample: "chỉ tiêu phát triển hội viên (tăng thực)" },
	{ name: "kỳ", meaning: "Nhiệm kỳ hoặc năm của chỉ tiêu", sample: "nhiệm kỳ 2022 - 2027" },
	{ name: "chỉ tiêu trên giao", meaning: "Chỉ tiêu của đơn vị", sample: "12.000 hội viên" },
	{ name: "tổng giao", meaning: "Tổng chỉ tiêu giao cho các đơn vị trực thuộc", sample: "12.000 hội viên" },
	{
		name: "so với trên giao",
		meaning: "Đủ, thiếu hay vượt so với chỉ tiêu trên giao",
		sample: "Đủ so với chỉ tiêu trên giao",
	},
	{ name: "số đơn vị", meaning: "Số đơn vị trực thuộc được giao", sample: "99" },
	{ name: "văn bản giao", meaning: "Văn bản giao chỉ tiêu đã ghi trong chương trình", sample: "358/ĐCT-TC" },
];

const PERIOD: readonly Field[] = [
	{ name: "kỳ báo cáo", meaning: "Tên kỳ báo cáo", sample: "6 tháng cuối năm 2025" },
	{ name: "tình trạng số liệu", meaning: "Số đã chốt, đã gửi hay tạm tính", sample: "số đã chốt" },
];

const PLAN: readonly Field[] = [
	{ name: "năm kế hoạch", meaning: "Năm của kế hoạch", sample: "2026" },
	{ name: "số cơ sở sẽ đạt", meaning: "Số cơ sở Hội sẽ đạt tỷ lệ tập hợp trên 60% trong năm", sample: "12" },
	{ name: "tình trạng số liệu", meaning: "Kế hoạch đã duyệt, đã gửi hay đang soạn", sample: "đã được duyệt" },
];

const ROUND: readonly Field[] = [
	{ name: "tỉnh", meaning: "Tỉnh, thành phố được hỗ trợ", sample: "tỉnh Lào Cai" },
	{ name: "Cụm", meaning: "Cụm thi đua của tỉnh, thành phố", sample: "Cụm thi đua số 1" },
	{ name: "đợt", meaning: "Tên đợt hỗ trợ", sample: "Đợt hỗ trợ 2025 - 2026" },
	{ name: "số cơ sở", meaning: "Số cơ sở được hỗ trợ trong đợt", sample: "12" },
];

const MEETING: readonly Field[] = [
	{ name: "ngày làm việc", meaning: "Ngày Cụm làm việc với tỉnh", sample: "05/8/2025" },
	{ name: "địa điểm", meaning: "Nơi làm việc hoặc nơi hội thảo", sample: "Trụ sở Hội LHPN tỉnh" },
];

const WORKSHOP: readonly Field[] = [
	{ name: "ngày hội thảo", meaning: "Ngày hội thảo với các cơ sở", sample: "01/9/2025" },
	{ name: "số phấn đấu", meaning: "Số cơ sở phấn đấu đạt từ 60% trở lên", sample: "10" },
	{ name: "ngày phấn đấu", meaning: "Đến ngày nào", sample: "31/12/2026" },
	{ name: "kế hoạch", meaning: "Số, ngày của kế hoạch hành động", sample: "Kế hoạch 12/KH-BTV ngày 10/9/2025" },
];

const ACTIVITIES: readonly Field[] = [
	{ name: "số hoạt động", meaning: "Số hoạt động của kế hoạch", sample: "8" },
	{ name: "số đã làm", meaning: "Số hoạt động đã có kết quả", sample: "6" },
	{ name: "số tham gia", meaning: "Số lượt người tham gia", sample: "640" },
];

const UPDATE: readonly Field[] = [
	{ name: "kỳ cập nhật", meaning: "6 tháng đầu năm hoặc năm", sample: "6 tháng đầu năm 2026" },
	{ name: "số trên 60%", meaning: "Số cơ sở đạt trên 60% vào ngày ấy", sample: "71" },
	{ name: "số chưa đạt trên 60%", meaning: "Số cơ sở chưa đạt trên 60% vào ngày ấy", sample: "27" },
	{ name: "còn thiếu", meaning: "Số hội viên còn thiếu để tất cả cơ sở đạt trên 60%", sample: "8.412" },
];

/** The fields a template of a kind may use. */
export const FIELDS: Record<DocumentKind, readonly Field[]> = {
	not_over_60: [...COMMON, ...FIGURES.filter(({ name }) => name !== "xếp loại")],
	target_allotment: [...COMMON, ...TARGET],
	gathering_report: [...COMMON, ...FIGURES],
	year_plan: [...COMMON, ...PLAN],
	period_report: [...COMMON, ...PERIOD, ...FIGURES.filter(({ name }) => name !== "còn thiếu")],
	support_minutes: [...COMMON, ...ROUND, ...MEETING],
	support_plan: [...COMMON, ...ROUND, ...WORKSHOP],
	support_activities: [...COMMON, ...ROUND, ...WORKSHOP, ...ACTIVITIES],
	support_update: [...COMMON, ...ROUND, ...WORKSHOP, ...ACTIVITIES, ...UPDATE],
};

/** What is wrong with a text: a field nobody knows, or braces that make none; null where nothing is. */
export interface FieldFault {
	kind: "unknown" | "broken";
	/** As it is written, shortened. */
	written: string;
}

const PIECES = /\{\{([^{}\n]*)\}\}|[{}]+[^{}\n]{0,30}/gu;

/** The first fault of a text's fields, or null. */
export function fieldFault(text: string, names: ReadonlySet<string>): FieldFault | null {
	for (const [written, name] of nfc(text).matchAll(PIECES)) {
		if (name === undefined) return { kind: "broken", written: written.trim() };
		if (!names.has(fieldName(name))) return { kind: "unknown", written: `{{${name.slice(0, 60)}}}` };
	}
	return null;
}

/** The text with its fields filled in. Only a text without faults and values of all fields it names may come here. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
	return nfc(text).replace(PIECES, (written, name) =>
		name === undefined ? written : (values.get(fieldName(name)) ?? written),
	);
}

/** A field by its name however it was typed: spaces, capitals and the way letters are composed do not matter. */
export function fieldName(written: string): string {
	return nfc(written).trim().replace(/\s+/gu, " ").toLowerCase();
}
