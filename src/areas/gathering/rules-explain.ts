import { COMPONENT_LABELS } from "../headcounts/rules.ts";
import type { UnitKind } from "../units/contract.ts";
import type { Parts, RateRow } from "./contract.ts";

const GUIDANCE = "Hướng dẫn 21/HD-ĐCT";
const OWN = "Quy ước của chương trình (Hướng dẫn chưa quy định)";

/** Which term's way of counting a day is read by (R47); `recomputed` for days before the first term. */
export interface TermOfDay {
	name: string;
	recomputed: boolean;
}

/** One line of "Cách tính". */
export interface Step {
	label: string;
	value: number;
	sign: "+" | "-" | "=";
	note: string;
}

/** The sum that makes the total, line by line; women and what is missing at its end. */
export function stepsOf(row: RateRow): Step[] {
	const { parts } = row;
	const plus = (label: string, value: number, note = ""): Step => ({ label, value, sign: "+", note });
	const steps = [plus("Hội viên đã nhập danh sách", parts.roster, "Đếm từng người có mặt vào ngày này.")];
	if (row.kind === "branch") return [...steps, { label: "Tổng số hội viên", value: row.members, sign: "=", note: "" }];
	steps.push(
		plus(COMPONENT_LABELS.unlisted, parts.unlisted),
		plus(COMPONENT_LABELS.trade_union, parts.trade_union),
		plus(COMPONENT_LABELS.armed_forces, parts.armed_forces),
		plus(COMPONENT_LABELS.member_organisation, parts.member_organisation),
		plus(COMPONENT_LABELS.upper_club, parts.upper_club),
		{ label: "Số đã có trong danh sách (trừ trùng)", value: parts.overlap, sign: "-", note: "" },
		{ label: "Tổng số hội viên (1)", value: row.members, sign: "=", note: "" },
	);
	if (row.women18 !== null)
		steps.push({ label: "Phụ nữ từ 18 tuổi trở lên (2)", value: row.women18, sign: "=", note: womenNote(row) });
	if (row.missing !== null)
		steps.push({
			label: "Còn thiếu để đạt trên 60%",
			value: row.missing,
			sign: "=",
			note: "Số hội viên nhỏ nhất cần thêm để 5 lần số hội viên lớn hơn 3 lần số phụ nữ.",
		});
	return steps;
}

function womenNote(row: RateRow): string {
	if (row.without_denominator > 0)
		return `Chưa có số liệu của ${row.without_denominator} đơn vị cấp xã: tỷ lệ chưa đầy đủ.`;
	if (row.women18 !== null && row.members > row.women18)
		return "Số hội viên lớn hơn số phụ nữ năm 2019 vì dân cư đã thay đổi; tỷ lệ có thể trên 100%.";
	return "";
}

/** The rules that this unit's figure follows, each with its place in the guidance, or marked as the program's own. */
export function rulesFor(kind: UnitKind, parts: Parts, term: TermOfDay): { text: string; place: string }[] {
	const rules = [
		{
			text: "Tính hội viên có hộ khẩu thường trú, hoặc tạm trú từ 6 tháng trở lên tại xã, phường, thị trấn; trừ người đã ra khỏi tổ chức Hội, đã chết, đã chuyển hộ khẩu thường trú.",
			place: `điểm 1.2, mục II, ${GUIDANCE}`,
		},
		{
			text: "Tính từ ngày vào Hội; từ ngày ra khỏi Hội thì thôi tính. Mỗi người chỉ tính một lần, ở nơi cư trú, dù sinh hoạt tại đâu.",
			place: OWN,
		},
		{
			text: "Hội viên đi làm ăn xa vẫn tính ở nơi thường trú cho đến khi nơi tạm trú đã tiếp nhận và chị đã tạm trú đủ 6 tháng; từ ngày đó tính ở nơi tạm trú.",
			place: OWN,
		},
	];
	if (kind === "branch") return rules;
	rules.push({
		text: "Hội viên là đoàn viên công đoàn, trong lực lượng vũ trang, trong tổ chức thành viên: chỉ tổng hợp số lượng theo nguồn cùng cấp; số của cấp trên tính vào tổng của cấp đó.",
		place: `điểm 1.1, mục II, ${GUIDANCE}`,
	});
	if (parts.overlap !== 0)
		rules.push({ text: "Số đã khai là có trong danh sách được trừ đi để không tính hai lần.", place: OWN });
	if (parts.unlisted !== 0)
		rules.push({
			text: "Hội viên đã báo cáo nhưng chưa nhập danh sách được tính theo báo cáo gần nhất đã duyệt và giảm dần khi nhập tên.",
			place: OWN,
		});
	rules.push({
		text: "Số phụ nữ từ 18 tuổi trở lên là số liệu của ngành thống kê năm 2019, một nguồn cho cả nhiệm kỳ.",
		place: `điểm 1.2, mục II, ${GUIDANCE}`,
	});
	rules.push(...rateRules(kind));
	if (term.recomputed)
		rules.push({
			text: "Ngày trước nhiệm kỳ được tính lại theo cách tính 2022 - 2027 (nhiệm kỳ 2017 - 2022 chỉ tính hộ khẩu thường trú).",
			place: OWN,
		});
	return rules;
}

function rateRules(kind: UnitKind): { text: string; place: string }[] {
	if (kind === "commune")
		return [
			{
				text: "Tỷ lệ = tổng số hội viên (1) : phụ nữ từ 18 tuổi trở lên (2) × 100%. Đạt chỉ tiêu khi trên 60%; đúng 60% là chưa đạt.",
				place: `điểm 1.2, mục II, ${GUIDANCE}`,
			},
		];
	if (kind === "unassigned")
		return [
			{
				text: "Gồm các xã, phường, thị trấn chưa biết đơn vị hình thành sau sắp xếp: tính một lần vào tổng của tỉnh, không có tỷ lệ riêng.",
				place: OWN,
			},
		];
	return [
		{
			text: "Hội LHPN cấp huyện, cấp tỉnh không bắt buộc báo cáo tỷ lệ tập hợp: tỷ lệ ở đây là tham khảo, cộng từ các xã, không dùng để xếp hạng.",
			place: `điểm 1.2, mục II, ${GUIDANCE}`,
		},
	];
}

/** Why a woman of the roster does not count, as the screen says it. */
export const NOT_COUNTED_LABELS: Record<string, string> = {
	honorary: "Hội viên danh dự (không tính)",
	proposed: "Đang đề nghị, chưa được công nhận",
	counted_elsewhere: "Hội viên di cư đi, đã tính ở nơi tạm trú",
	temporary_start_missing: "Tạm trú chưa rõ ngày bắt đầu",
	temporary_under_6_months: "Tạm trú chưa đủ 6 tháng",
	active_here: "Sinh hoạt tại đây, cư trú nơi khác (không tính)",
	other: "Chưa có thông tin cư trú tại địa bàn vào ngày này",
};
